import Foundation
import TestSupport

/// The files of the repository as these tests read them.
enum House {
  /// A source file.
  struct File: Sendable {
    /// Path from the root of the package.
    var path: String
    /// Its lines.
    var lines: [String]

    /// Imported modules with their line numbers; `import struct M.T` counts as M.
    var imports: [(line: Int, module: String)] {
      lines.enumerated().compactMap { number, line in
        guard line.contains("import ") else { return nil }
        let pattern =
          /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |fileprivate |private )?import (?:(?:struct|class|enum|protocol|func|var|let|typealias) )?(\w+)/
        return line.firstMatch(of: pattern).map { (number + 1, String($0.1)) }
      }
    }
  }

  /// What the compiler calls an error where it is asked to check files, a line each.
  static func compilerErrors(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swiftc", "-typecheck", "-swift-version", "6"] + arguments
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let errors = text.components(separatedBy: "\n").filter { $0.contains("error:") }
    // A compiler that ends badly without a word has not found the files sound.
    return errors.isEmpty && process.terminationStatus != 0
      ? "error: no word but \(text)" : errors.joined(separator: "\n")
  }

  /// Names of the rooms, in order.
  static let rooms: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: SharedFolder.packageRoot + "/Sources")) ?? []
    return all.filter { !$0.hasPrefix(".") }.sorted()
  }()

  /// Whether nothing has moved into the room yet.
  static func isPlaceholder(_ room: String) -> Bool {
    swiftFiles(in: "Sources/" + room).allSatisfy { $0.path.hasSuffix("/Room.swift") }
  }

  /// The Swift files under a folder of the package.
  static func swiftFiles(in folder: String) -> [File] {
    let root = SharedFolder.packageRoot
    let walk = FileManager.default.enumerator(atPath: root + "/" + folder)
    var files: [File] = []
    while let path = walk?.nextObject() as? String {
      guard path.hasSuffix(".swift"), !path.contains(".build") else { continue }
      let lines = (try? text(folder + "/" + path))?.components(separatedBy: "\n") ?? []
      files.append(File(path: folder + "/" + path, lines: lines.last == "" ? lines.dropLast() : lines))
    }
    return files.sorted { $0.path < $1.path }
  }

  /// Text of a file, by its path from the root.
  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: SharedFolder.packageRoot + "/" + path, encoding: .utf8)
  }

  /// Files that git knows; without git (an unpacked archive) none.
  static func trackedFiles() -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", SharedFolder.packageRoot, "ls-files"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return [] }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

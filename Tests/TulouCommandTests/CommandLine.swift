import Foundation
import TestSupport

/// Runs the built command as a user would.
struct CommandLine {
  /// What came of it.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The executable beside the test bundle; nil where it was not built.
  static let executable: String? = {
    var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    // `swift test` may run the bundle by a helper of the toolchain; the bundle's path is then an argument.
    for argument in Foundation.ProcessInfo.processInfo.arguments where argument.hasSuffix(".xctest") {
      folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
    }
    let path = folder.appendingPathComponent("tulou").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Runs `tulou` with arguments in a folder, with changes to the environment and a text on standard input.
  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable ?? "/nonexistent")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    let output = folder.appendingPathComponent("stdout-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent("stderr-\(UUID().uuidString)")
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    if let input {
      let answers = folder.appendingPathComponent("stdin-\(UUID().uuidString)")
      try input.write(to: answers, atomically: true, encoding: .utf8)
      process.standardInput = try FileHandle(forReadingFrom: answers)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// A new empty folder.
  static func scratch() throws -> URL { try ScratchFolder.make() }
}

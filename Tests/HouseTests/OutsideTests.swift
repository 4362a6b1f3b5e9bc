import Foundation
import TestSupport
import Testing

/// Who builds on Tulou sees what is `public` and no more: code of the how-to is checked as another package would compile it.
@Suite("Seen from another package") struct OutsideTests {
  private static let modules = SharedFolder.packageRoot + "/.build/debug/Modules"
  private static let yaml = SharedFolder.packageRoot + "/.build/checkouts/Yams/Sources/CYaml/include"

  @Test(
    "the code of the how-to compiles from outside",
    .enabled(if: FileManager.default.fileExists(atPath: modules), "the modules of a debug build"))
  func howTo() throws {
    let found = try Self.check(Self.source(of: "Documentation/how-to/from-swift.md"))
    #expect(found.isEmpty, "\(found)")
  }

  @Test(
    "what rooms keep for each other cannot be reached from outside",
    .enabled(if: FileManager.default.fileExists(atPath: modules), "the modules of a debug build"))
  func doors() throws {
    let found = try Self.check("import TulouAssembly\nimport TulouProject\nlet draft: Draft? = nil\n")
    #expect(found.contains("Draft"), "\(found)")
  }

  /// The Swift blocks of a page as one file: imports first, each block in a function of its own.
  private static func source(of page: String) throws -> String {
    var imports: Set<String> = []
    var functions = ""
    for (number, block) in try House.text(page).components(separatedBy: "```swift\n").dropFirst().enumerated() {
      let lines = block.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
      imports.formUnion(lines.filter { $0.hasPrefix("import ") })
      let body = lines.filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
      functions += "func block\(number)() throws {\n\(body)\n}\n"
    }
    return imports.sorted().joined(separator: "\n") + "\n" + functions
  }

  /// What the compiler says of a file of another package.
  private static func check(_ source: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("outside-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("outside.swift")
    try source.write(to: file, atomically: true, encoding: .utf8)
    return try House.compilerErrors(["-package-name", "another", "-I", modules, "-I", yaml, file.path])
  }
}

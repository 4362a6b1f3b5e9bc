import Foundation
import TestSupport
import Testing
import TulouFiles
import TulouQuantities

/// `tulou check` knows every kind of file that Tulou takes by what the file holds.
@Suite("Kinds of files that are checked") struct FileCheckTests {
  private let folder: URL

  init() throws { folder = try ScratchFolder.make() }

  private func check(_ name: String, _ text: String) throws -> FileCheck {
    let file = folder.appendingPathComponent(name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return FileCheck.of(path: file.path)
  }

  @Test("a carbon account is told by its keys, however they are written")
  func carbon() throws {
    for text in ["base_year: 2024\n", "\"base_year\": 2024\n", "{base_year: 2024}\n", "{\"base_year\": 2024}"] {
      #expect(try check("c.json", text).kind == "carbon account", "\(text)")
    }
    // A slip that makes it no YAML does not make it a project.
    #expect(try check("c.yaml", "base_year: 2024\n\tx: [1\n").kind == "carbon account")
    #expect(try check("p.yaml", "tulou: 1\nname: base_year: 3\n").kind == "project")
  }

  @Test("results: numbers, hours and lock file are read as 'report' and 'compare' read them")
  func results() throws {
    #expect(FileCheck.of(path: folder.path).findings.first?.message.contains("holds no results") == true)
    let text = "{\"tulou\": \"0.1.0\", \"status\": \"optimal\"}"
    let result = try check("result.json", text)
    #expect(result.kind == "results, optimal")
    #expect(result.findings.map(\.severity) == [.warning] && result.findings[0].message.contains("no lock file"))
    let survey = try check("resource.json", text)
    #expect(survey.kind == "results" && survey.findings.isEmpty)
    let lock = try check("project.lock.yaml", "tulou: 1\nlock: 3\n")
    #expect(lock.kind == "lock file" && lock.findings.contains { $0.severity == .error })
    #expect(FileCheck.of(path: folder.path).findings == lock.findings.filter { $0.severity == .error })
    _ = try check("flows.csv", "time,a\n2025-01-01T00:00,x\n")
    #expect(FileCheck.of(path: folder.path).findings.first?.message.contains("is no number") == true)
  }
}

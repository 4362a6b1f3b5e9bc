import Foundation
import TestSupport
import Testing
import TulouDocument
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

  @Test("lists of appliances and buildings are read as a demand reads them")
  func lists() throws {
    let good = try check("a.csv", "name,count,power [W],share,hours\nlamps,20,9,35 %,18:00-23:00\n")
    #expect(good.kind == "list of appliances, 1 row" && good.findings.isEmpty, "\(good)")
    let bad = try check("a.csv", "name,count,power [W]\nlamps,many,9\n")
    #expect(bad.findings.contains { $0.severity == .error && $0.message.contains("many") }, "\(bad)")
    let houses = try check("b.csv", "use,floor_area [m2]\nofice,1000\n")
    #expect(
      houses.kind == "list of buildings, 1 row" && houses.findings.contains { $0.advice.contains("office") },
      "\(houses)")
  }

  @Test("a table of series: words among numbers, gaps, and stamps that are none, with their rows")
  func series() throws {
    #expect(try check("s.csv", "time,kW\n2025-01-01T00:00,1\n2025-01-01T01:00,2\n").findings.isEmpty)
    let word = try check("s.csv", "time,kW\n2025-01-01T00:00,1\n2025-01-01T01:00,x\n")
    #expect(word.findings.contains { $0.severity == .error && $0.place?.line == 3 })
    let gap = try check("s.csv", "time,kW\n2025-01-01T00:00,1\n2025-01-01T01:00,nan\n")
    #expect(gap.findings.contains { $0.severity == .warning && $0.place?.line == 3 })
    let stamp = try check("s.csv", "time,kW\n2025-01-01T00:00,1\nlater,2\n")
    #expect(stamp.findings.contains { $0.severity == .error && $0.message.contains("later") })
    #expect(try check("s.csv", "time,kW\n").findings.contains { $0.severity == .error })
  }

  @Test("files of other programs are named, not taken for projects")
  func foreign() throws {
    #expect(
      try check("r.html", "<!doctype html>\n<title>x</title>").findings.map(\.message).first?.contains("web page")
        == true)
    #expect(try check("m.xlsx", "PK\u{3}\u{4}xl").findings.map(\.message).first?.contains("workbook") == true)
    let other = try check("x.json", "{\"a\": 1}")
    #expect(other.kind == "file" && other.findings.count == 1)
    #expect(try check("p.json", "{\"tulou\": 1}").kind == "project")
    let products = try check("c.yaml", "pv-x:\n  kind: pv\n  life: 25 y\n")
    #expect(products.kind == "catalogue of 1 products" || products.kind.hasPrefix("catalogue"))
  }
}

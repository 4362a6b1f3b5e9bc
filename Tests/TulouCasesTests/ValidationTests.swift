import Foundation
import TestSupport
import Testing
import Tulou
import TulouCases

@Suite("The page of validation") struct ValidationTests {
  @Test("every comparison has a source, and is measured by a test that its command runs")
  func measured() throws {
    let report = try ValidationReport.read(version: "test")
    let tests = try Self.tests()
    #expect(report.rows.count > 30 && Set(report.rows.map(\.id)).count == report.rows.count)
    for row in report.rows {
      #expect(!row.source.isEmpty, "\(row.id)")
      guard row.worst != nil else {
        #expect(row.note.hasPrefix("not compared"), "\(row.id)")
        continue
      }
      let suite = row.command.components(separatedBy: "--filter ").last ?? ""
      let file = try #require(tests.first { $0.contains("\"\(row.id)\"") }, "no test measures \(row.id)")
      #expect(file.contains("struct \(suite)") && row.command.hasSuffix("swift test --filter \(suite)"), "\(row.id)")
    }
  }

  @Test("a difference above the stated one, or of an unknown name, is told") func stated() throws {
    let row = try #require(try ValidationReport.read(version: "test").rows.first { $0.id == "mvs.annuity" })
    let worst = try #require(row.worst)
    #expect(Measured.states(row.id, worst) && !Measured.states(row.id, worst * 1.01 + 1e-30))
    #expect(!Measured.states("no.such.row", 0))
  }

  @Test("tables say what was compared, how far off, and by which command") func tables() throws {
    let report = ValidationReport(
      rows: [
        .init(
          id: "a", worst: 0.00051, unit: "W/m2", set: "pv-hourly", peer: "pvlib", what: "planes",
          source: "pvlib 0.16.1",
          command: "swift test --filter A", note: ""),
        .init(
          id: "b", worst: nil, unit: "", set: "exergy", peer: "exerpy", what: "balances", source: "exerpy", command: "",
          note: "not compared: later"),
      ], version: "test")
    #expect(report.tables.map(\.caption) == ["pvlib", "Not compared"])
    #expect(report.tables[0].rows[0].prefix(2) == ["planes", "0.00051 W/m²"])
  }

  @Test("every set of expected values is on it, and every peer", .enabled(if: SharedFolder.isPresent)) func sets()
    throws
  {
    let rows = try ValidationReport.read(version: "test").rows
    let folder = (SharedFolder.path ?? "") + "/validation"
    for set in try FileManager.default.contentsOfDirectory(atPath: folder) where !set.contains(".") {
      #expect(rows.contains { $0.set == set }, "\(set)")
    }
    for peer in [
      "pvlib", "windpowerlib", "PyPSA", "oemof", "REopt", "Microgrids.py", "HOMER's manual", "EnergyCommunity.jl",
    ] {
      #expect(rows.contains { $0.peer.hasPrefix(peer) && $0.worst != nil }, "\(peer)")
    }
  }

  @Test("the page of the documentation is made from the tables of the house") func page() throws {
    let page = try String(
      contentsOfFile: SharedFolder.packageRoot + "/Documentation/validation.md", encoding: .utf8)
    #expect(page.hasSuffix(try ValidationReport.read(version: "test").markdown))
    for name in Cases.names {
      let paper = try PublishedCase.read(name)
      let rows = try ExpectedRows.read(name).rows.map { expected in
        ReproducedRow(
          row: try #require(paper.row(expected.id)), computed: expected.value, tolerance: nil,
          verdict: expected.verdict,
          how: "")
      }
      let report = ReproductionReport(name: name, citation: "", rows: rows, version: "test")
      #expect(page.contains("Made by `tulou reproduce \(name)`. \(report.count)."), "\(name): \(report.count)")
    }
  }

  @Test("every row of the page has the value, tolerance and verdict that are known of it", arguments: Cases.names)
  func rowsOfThePage(name: String) throws {
    let page = try String(
      contentsOfFile: SharedFolder.packageRoot + "/Documentation/validation.md", encoding: .utf8)
    let paper = try PublishedCase.read(name)
    let roundings = try PaperArithmetic.roundings(paper)
    let known = Dictionary(
      try ExpectedRows.read(name).rows.compactMap { row in
        row.value.map { value in
          var one = ComputedValue(nil)
          one.value = value
          return (row.id, one)
        }
      }, uniquingKeysWith: { first, _ in first })
    let report = ReproductionReport(
      name: name, citation: "", rows: paper.compared(with: known, roundings: roundings), version: "test")
    let compared = report.judged.filter { $0.computed != nil }
    let verdicts = try ExpectedRows.read(name).rows.filter { $0.verdict != nil && $0.value != nil }.count
    #expect(verdicts > 0 && compared.count == verdicts)
    let lines = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
    }
    /// `1,234.5 t/y` as 1234.5; nil for words.
    func number(_ cell: String) -> Double? {
      cell.split(separator: " ").first.flatMap { Double($0.replacing(",", with: "")) }
    }
    func check(_ cells: [String], computed: Int) {
      // All but the last cell, which says how the value was found; the table of known values has eight digits.
      let isThere = lines.contains { line in
        line.count == cells.count
          && zip(line, cells).enumerated().dropLast().allSatisfy { k, pair in
            if pair.0 == pair.1 { return true }
            guard k == computed, let shown = number(pair.0), let known = number(pair.1) else { return false }
            return abs(shown - known) <= 1e-6 * abs(known)
          }
      }
      #expect(isThere, "\(cells.joined(separator: " | "))")
    }
    for cells in report.table(compared).rows { check(cells, computed: 2) }
    for basis in [PublishedCase.Row.Basis.derived, .ours] {
      for cells in report.derivedTable(basis, caption: "").rows where cells[1] != NumberText.none {
        check(cells, computed: 1)
      }
    }
  }

  @Test("all cases have one shape in JSON, and every word of it stands on the page of results") func shape() throws {
    let paper = try PublishedCase.read("yanqing")
    let report = ReproductionReport(
      name: "yanqing", citation: "", rows: paper.compared(with: [:]), version: "test")
    let comparisons = try ValidationReport.read(version: "test")
    func object(_ json: JSON) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(json.indented.utf8)) as? [String: Any])
    }
    let first = try object(report.json), second = try object(comparisons.json)
    #expect(Set(first.keys) == Set(second.keys) && second["case"] as? String == "validation")
    let values = [first, second].map { $0["values"] as? [[String: Any]] ?? [] }
    #expect(values.allSatisfy { $0.count > 20 } && Set(values.joined().map { Set($0.keys) }).count == 1)
    for value in values[1] {
      let verdict = ValidationReport.Verdict(rawValue: value["verdict"] as? String ?? "")
      #expect(verdict != nil && !(value["reasons"] as? [String] ?? []).isEmpty, "\(value["id"] ?? "")")
      #expect((value["tolerance"] is Double) == (verdict == .heldByTest))
    }
    let counts = second["counts"] as? [String: Int] ?? [:]
    #expect(counts.values.reduce(0, +) == values[1].count && counts["held_by_test"] ?? 0 > 30)
    let page = try String(
      contentsOfFile: SharedFolder.packageRoot + "/Documentation/results-folder.md", encoding: .utf8)
    let words =
      ReproducedRow.Verdict.allCases.map(\.rawValue) + ValidationReport.Verdict.allCases.map(\.rawValue)
      + PublishedCase.Row.Basis.allCases.map(\.rawValue) + MissingInput.allCases.map(\.rawValue)
      + Array(first.keys) + Array(values[1].first?.keys ?? [:].keys)
    for word in words { #expect(page.contains("`\(word)`"), "\(word)") }
  }

  /// Texts of all test files.
  private static func tests() throws -> [String] {
    let root = SharedFolder.packageRoot + "/Tests"
    let walk = FileManager.default.enumerator(atPath: root)
    var texts: [String] = []
    while let path = walk?.nextObject() as? String {
      guard path.hasSuffix(".swift"), !path.hasPrefix("TulouCasesTests") else { continue }
      texts.append(try String(contentsOfFile: root + "/" + path, encoding: .utf8))
    }
    return texts
  }
}

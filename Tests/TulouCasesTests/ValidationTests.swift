import Foundation
import TestSupport
import Testing
import Tulou

@testable import TulouCases

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

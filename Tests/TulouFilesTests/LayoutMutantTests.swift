import Foundation
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Mutants of exported tables and of the words that name their columns are read or refused, never a trap.
@Suite("Mutants of layouts")
struct LayoutMutantTests {
  /// A small table in each of several layouts, with the words that read it.
  static let cases: [(table: String, series: String)] = {
    func table(_ head: String, _ row: (Int) -> String) -> String {
      head + "\n" + (0..<48).map { row($0) + "\n" }.joined()
    }
    func clock(_ i: Int) -> String { LayoutTests.clock(i) }
    let wide =
      "Datum;" + (1...24).map { "H\($0)" }.joined(separator: ";") + "\n"
      + (15...16).map { day in "\(day).01.2024;" + (1...24).map { "\($0),5" }.joined(separator: ";") + "\n" }.joined()
    return [
      (table("Zeit;Last [kW]") { "\(15 + $0 / 24).01.2024 \(clock($0));\($0),25" }, "\"Last [kW]\", time: {}"),
      (table("date,hour,kW") { "2024-01-\(15 + $0 / 24),\($0 % 24 + 1),\($0)" }, "kW, time: {}"),
      (table("year,month,day,hour,kW") { "2024,1,\(15 + $0 / 24),\($0 % 24),\($0)" }, "5, time: {}"),
      (table("serial,kW") { "\(45_306 + Double($0) / 24),\($0)" }, "kW, time: {}"),
      (table("unix,kW") { "\(1_705_276_800 + 3600 * $0),\($0)" }, "kW, time: {}"),
      (table("Time\tkWh") { "1/\(15 + $0 / 24)/2024 \(clock($0))\t1,\(200 + $0)" }, "kWh, time: {}, register: true"),
      (wide, "1, time: {}"), (table("5") { "\($0)" }, "1"),
    ]
  }()

  @Test("end with values or with words")
  func mutants() throws {
    var random = SeededRandom(seed: 20_261_130)
    for number in 0..<max(MutantTests.count, 200) {
      let (table, series) = Self.cases[number % Self.cases.count]
      let bytes = number % 3 == 0 ? Array(table.utf8) : MutantTests.mutant(of: table, &random)
      let words = number % 3 == 1 ? Array(series.utf8) : MutantTests.mutant(of: series, &random)
      do {
        let values = try SeriesCase(
          horizon: "horizon: {start: 2024-01-15, length: 48 h}", zone: "Europe/Berlin",
          files: ["a.csv": String(decoding: bytes, as: UTF8.self)],
          power: "{file: a.csv, column: \(String(decoding: words, as: UTF8.self))}"
        ).project().demands.flatMap(\.power)
        #expect(!values.contains { !$0.isFinite }, "mutant \(number)")
      } catch let fault as ProjectFault {
        #expect(!fault.diagnostics.isEmpty, "mutant \(number)")
      }
    }
  }

  @Test(
    "a column named by a number beyond all columns is refused",
    arguments: [
      "-9223372036854775808", "9223372036854775807", "0", "-1", "3",
    ])
  func number(name: String) {
    for table in Self.cases.map(\.table) + ["a,b\n1,2\n"] {
      #expect(throws: ProjectFault.self) {
        try SeriesCase(
          horizon: "horizon: {start: 2024-01-15, length: 48 h}", zone: "Europe/Berlin", files: ["a.csv": table],
          power: "{file: a.csv, column: \(name == "3" ? "99" : name), time: {}}"
        ).values()
      }
    }
  }
}

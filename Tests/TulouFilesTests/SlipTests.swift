import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// Slips that would count something else in silence: a sign, a letter of a class.
@Suite("Slips of sign and letter") struct SlipTests {
  private func findings(_ source: String = "class: S.sun", land: String = "8 m2/kW", grid: String = "0.4 kg/kWh")
    -> (refused: [String], warned: [String])
  {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01, length: 24 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        roof: {kind: source, bus: ac, \(source), availability: 20 %, capital: 700 EUR/kW, land: \(land), capacity: {max: 20 kW}}
      markets: {grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, emission: \(grid), marginal_emission: 0.5 kg/kWh}}
      """
    let found = ProjectReader.check(text: text, path: "project.yaml")
    return (
      found.filter { $0.severity == .error }.map(\.message), found.filter { $0.severity == .warning }.map(\.message)
    )
  }

  @Test("a class a letter from a known one is told, other children are not", arguments: ["S.sunn", "S.son", "S.Hydro"])
  func classes(word: String) {
    #expect(findings("class: \(word)").warned.contains { $0.contains("'\(word)' is taken as a class of its own") })
  }

  @Test("children that nobody mistakes are not told", arguments: ["S.sun", "S.roof", "S.sun.east", "W.hill", "N.coal"])
  func children(word: String) {
    #expect(!findings("class: \(word)").warned.contains { $0.contains("class of its own") })
  }

  @Test func landIsNotBelowZero() {
    #expect(findings(land: "-8 m2/kW").refused == ["'land' is -8 m2/kW, but has to be 0 or more."])
    #expect(findings(land: "0 m2/kW").refused.isEmpty)
  }

  @Test func anEmissionBelowZeroIsTold() {
    #expect(findings().warned.allSatisfy { !$0.contains("below zero") })
    let told = findings(grid: "-0.4 kg/kWh").warned.filter { $0.contains("below zero") }
    #expect(told.count == 1 && told.first?.contains("-0.4 kg/kWh") == true)
  }
}

/// Periods count by their weight in the months in which they lie; where that is not the months of the year, the register says so.
@Suite("Months of representative periods") struct MonthShareTests {
  private func assumed(_ periods: [(start: String, days: Double)]) throws -> [String] {
    let list = periods.map { "{start: 2027-\($0.start), length: 1 d, weight: \($0.days)}" }.joined(separator: ", ")
    let folder = try ScratchFolder.make().appendingPathComponent("p.yaml")
    try """
    tulou: 1
    periods: [\(list)]
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    demands: {load: {bus: ac, power: 10 kW}}
    markets: {grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, emission: 0.4 kg/kWh, fixed_charge: 30 EUR/month}}
    """.write(to: folder, atomically: true, encoding: .utf8)
    return try ProjectReader.read(path: folder.path).assumptions.filter { $0.path == "markets.grid" }.map(\.value)
  }

  @Test func twoDaysThatStandForAYearAreNotTwelveMonths() throws {
    // 182.5/31 twice.
    #expect(try assumed([("01-15", 182.5), ("07-15", 182.5)]) == ["11.77 months of charges for 12"])
  }

  @Test func periodsThatFillTheirMonthsAre() throws {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let periods = days.enumerated().map { (start: String(format: "%02d-10", $0 + 1), days: Double($1)) }
    #expect(try assumed(periods).isEmpty)
  }
}

import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouReport
import TulouSolvers

/// One shortage is told with one percentage, and with what it is a share of; values by hand.
@Suite("Shares of what is not served") struct ShortageShareTests {
  /// 10 kW of electricity and 5 kW of heat; of one of them half may be shed at less than it costs.
  private func report(shed: String) throws -> PlanReport {
    let powers = ["load": "power: 10 kW", "warm": "power: 5 kW"]
    func demand(_ id: String, _ bus: String) -> String {
      "  \(id): {bus: \(bus), \(powers[id] ?? "")\(id == shed ? ", tiers: {normal: 50 %}" : "")}\n"
    }
    let text =
      TrueSentenceTests.head.replacingOccurrences(of: "buses: {ac: {carrier: electricity}}\n", with: "") + """
        buses: {ac: {carrier: electricity}, hot: {carrier: heat, supply: 60 degC, return: 40 degC}}
        components: {pump: {kind: heat-pump, power: ac, heat: hot, cop: 2, capacity: {existing: 10 kW}}}
        markets: {grid: {bus: ac, class: N, buy: 0.5 EUR/kWh, emission: 0.4 kg/kWh}}
        reliability: {unserved_cost: {normal: 0.1 EUR/kWh}}
        demands:

        """ + demand("load", "ac") + demand("warm", "hot")
    let project = try ProjectReader.read(text: text, path: "short.yaml")
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    return try #require(
      PlanReport(outcome: outcome, accounts: Accounts.make(outcome, solver: Structured()), version: "test"))
  }

  private func sentences(_ report: PlanReport) -> [String] {
    report.page().sections.flatMap(\.contents).compactMap {
      switch $0 {
      case .alert(let text), .lead(let text): text
      default: nil
      }
    }
  }

  @Test("a third of all demand is half of the electricity, and the page says which")
  func electricity() throws {
    let report = try report(shed: "load")
    // 5 of 15 kW are shed: 43,800 kWh a year.
    let line = try #require(report.answer(report: "r").first { $0.hasPrefix("Not served") })
    #expect(line.contains("43.8 MWh/y, 33.3 % of the demand of all carriers"), "\(line)")
    let told = try #require(sentences(report).first { $0.hasPrefix("Not all demand is served") })
    #expect(told.contains("43.8 MWh a year (33.3 % of the demand of all carriers)"), "\(told)")
    #expect(told.contains("of electricity at worst 120 kWh within 24 h"), "\(told)")
  }

  @Test("heat that is not served is not passed over")
  func heat() throws {
    // 2.5 of 15 kW.
    let told = sentences(try report(shed: "warm")).filter {
      $0.contains("served in every hour") || $0.contains("Not all")
    }
    #expect(told.count == 1 && told[0].contains("21.9 MWh a year (16.7 % of the demand of all carriers)"), "\(told)")
  }
}

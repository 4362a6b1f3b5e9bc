import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouSolvers

/// Seasons, and what a heat pump would do, by hand.
@Suite("Exergy of seasons", .enabled(if: InstalledHighs.isPresent))
struct ExergyNumberTests {
  private func account(_ text: String) throws -> ExergyAccount {
    let outcome = try PlanStudy.run(
      project: TemporaryText.project(text), solver: Highs(#require(InstalledHighs.library)))
    return Accounts.make(project: outcome.project, plan: try #require(outcome.plan)).exergy
  }

  private func project(start: String, _ rest: String) -> String {
    """
    tulou: 1
    horizon: {start: \(start), length: 24 h, step: 1 h}
    economy: {currency: CNY, real_discount_rate: 6 %, lifetime: 5 y}
    exergy: {ambient: 5 degC}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, exergy_factor: 1.04}}
    buses:
      ac: {carrier: electricity}
      hot: {carrier: heat, supply: 80 degC, return: 60 degC}
      pipe: {carrier: gas}
    markets:
      grid: {bus: ac, class: N, buy: 1 CNY/kWh}
      wells: {bus: pipe, class: N, buy: 0.3 CNY/kWh}

    """ + rest
  }

  @Test(
    "months stand in their season",
    arguments: [("2027-03-15", "spring"), ("2027-12-10", "winter"), ("2027-08-31", "summer")])
  func seasons(start: String, season: String) throws {
    let found = try account(project(start: start, "demands: {lamps: {bus: ac, power: 5 kW}}\n"))
    #expect(found.seasons.map(\.name) == [season])
  }

  @Test("a boiler is compared with a heat pump of 45 % of Carnot") func comparison() throws {
    let found = try account(
      project(
        start: "2027-01-01",
        """
        demands: {rooms: {bus: hot, power: 10 kW}}
        components:
          boiler: {kind: boiler, fuel: pipe, heat: hot, efficiency: 92 %, capacity: {fixed: 40 kW}}

        """))
    let mismatch = try #require(found.mismatches.first)
    let given = try #require(found.line("boiler")).given
    #expect(abs(mismatch.otherwise - given * (1 / 0.45 - 1)) < 1e-6 * given)
  }
}

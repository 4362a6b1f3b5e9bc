import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouSolvers

/// Both renewable fractions of a day by hand.
@Suite("Renewable fractions by hand", .enabled(if: InstalledHighs.isPresent)) struct RenewableFractionTests {
  @Test(
    "what is not served counts against it, what storage gives back only in the second, a green share of purchase in both"
  )
  func day() throws {
    let project = try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 10 kW, tiers: {a: 100 %}}}
      reliability: {unserved_cost: {a: 1 USD/kWh}}
      components:
        pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(Array(repeating: "1", count: 12).joined(separator: ",")),\(Array(repeating: "0", count: 12).joined(separator: ","))]}, capacity: {fixed: 16 kW}}
        battery: {kind: storage, bus: ac, efficiency: {charge: 100 %, discharge: 100 %}, capacity: {power: {fixed: 3 kW}, energy: {fixed: 36 kWh}}}
      markets: {grid: {bus: ac, class: N, renewable_share: 25 %, buy: 0.1 USD/kWh, limit: {buy: 4 kW}}}
      """)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    let accounts = Accounts.make(project: project, plan: try #require(outcome.plan))
    // By day 10 kW of sun are used and 3 kW stored; by night come 3 kW from the battery, 4 kW from the grid, and 3 kW are missing:
    // of 240 kWh 36 are not served and 36 bought that are not renewable.
    #expect(abs((accounts.value("renewable_fraction") ?? 0) - 0.7) < 1e-9)
    // In: 156 of sun, 12 and 36 bought, 36 out of the battery.
    #expect(abs((accounts.value("renewable_fraction_with_storage") ?? 0) - 204.0 / 240) < 1e-9)
    #expect(abs((accounts.value("unserved_energy") ?? 0) - 36.0 / 240) < 1e-9)
  }
}

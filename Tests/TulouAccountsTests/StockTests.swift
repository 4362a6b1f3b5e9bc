import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouSolvers

/// A stock is an amount of a year: a part of the year has that part of it.
@Suite("Stocks by hand", .enabled(if: InstalledHighs.isPresent)) struct StockTests {
  @Test("two days may take two days' share of a yearly amount") func part() throws {
    let project = try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        wood: {kind: source, bus: ac, class: S.bio, stock: {annual: 8760 kWh/y}, capacity: {max: 100 kW}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}}
      """)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    let accounts = Accounts.make(project: project, plan: try #require(outcome.plan))
    // 1 kW on average of the stock, 9 of 10 kW are bought.
    #expect(abs((accounts.value("p_n") ?? 0) - 9 * 8760) < 1e-3)
  }
}

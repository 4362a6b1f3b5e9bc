import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouSolvers

/// What is not served, tier by tier, and what reserve is short, by hand.
@Suite("Reliability by hand", .enabled(if: InstalledHighs.isPresent)) struct ReliabilityByHandTests {
  private func accounts(_ more: String) throws -> Accounts {
    let project = try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l}}
      buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
      \(more)
      """)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    return Accounts.make(project: project, plan: try #require(outcome.plan))
  }

  @Test("of two tiers the cheaper goes first, each measured by what it wants") func tiers() throws {
    let found = try accounts(
      """
      demands: {load: {bus: ac, power: 10 kW, tiers: {a: 60 %, b: 40 %}}}
      reliability: {unserved_cost: {a: 1 USD/kWh, b: 2 USD/kWh}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, limit: {buy: 6 kW}}}
      """)
    let tiers = found.reliability.tiers
    #expect(tiers.map(\.tier) == ["a", "b"])
    for (tier, wanted, unserved) in zip3(tiers, [6.0, 4], [4.0, 0]) {
      #expect(abs(tier.wanted - wanted * 8760) < 1e-6 && abs(tier.unserved - unserved * 8760) < 1e-6)
    }
    #expect(abs((found.value("unserved_energy") ?? 0) - 0.4) < 1e-9)
    #expect(abs((found.value("capacity_shortage") ?? 0) - 0.4) < 1e-9)
  }

  @Test("capacity shortage counts missing reserve beside missing energy") func reserve() throws {
    // 9 of 10 kW are served, and of the two kW of reserve there is none.
    let found = try accounts(
      """
      demands: {load: {bus: ac, power: 10 kW, tiers: {a: 100 %}}}
      components:
        engine: {kind: generator, fuel: tank, power: ac, efficiency: 25 %, capacity: {fixed: 9 kW}}
      markets: {fuel: {bus: tank, class: N, buy: 1 USD/l}}
      reliability: {unserved_cost: {a: 9 USD/kWh}, reserve: {ac: {demand: 20 %}}}
      limits: {capacity_shortage: {max: 40 %}}
      """)
    #expect(abs((found.value("unserved_energy") ?? 0) - 0.1) < 1e-9)
    #expect(abs((found.value("capacity_shortage") ?? 0) - 0.3) < 1e-9)
  }

  private func zip3<A, B, C>(_ a: [A], _ b: [B], _ c: [C]) -> [(A, B, C)] {
    zip(a, zip(b, c)).map { ($0, $1.0, $1.1) }
  }
}

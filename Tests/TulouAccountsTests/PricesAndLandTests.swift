import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouSolvers

/// Accounts of small projects by hand: a sale whose price rises, land of plant that stands already.
@Suite("Rising sale prices, and land of old plant") struct PricesAndLandTests {
  private func accounts(_ text: String) throws -> Accounts {
    let project = try ProjectReader.read(text: text, path: "small.yaml")
    let outcome = try PlanStudy.run(project: project, solver: try #require(SolverChoice.builtInStructured))
    return Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
  }

  @Test("80 kW sold all year at 0.04 USD/kWh, rising by 5 %/y for three years")
  func sale() throws {
    let accounts = try accounts(
      """
      tulou: 1
      name: sale
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 10 %, lifetime: 3 y}
      demands: {load: {bus: ac, power: 20 kW}}
      components: {mill: {kind: source, bus: ac, class: W, availability: 100 %, must_take: true, capacity: {fixed: 100 kW}}}
      markets: {grid: {bus: ac, class: N, buy: 1 USD/kWh, sell: {value: 0.04 USD/kWh, escalation: 5 %/y}, emission: 0.5 kg/kWh}}
      """)
    let first = 80 * 8760 * 0.04
    let present = first * (1 / 1.1 + 1.05 / 1.21 + 1.1025 / 1.331)
    let annuity = 0.1 * 1.331 / 0.331
    #expect(abs((accounts.value("net_present_cost") ?? 0) + present) < 1e-6 * present)
    #expect(abs((accounts.value("annual_cost") ?? 0) + present * annuity) < 1e-6 * present)
  }

  @Test("100 kW that stand and 20 kW that are added take 10 m2 each")
  func land() throws {
    let accounts = try accounts(
      """
      tulou: 1
      name: land
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 10 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 120 kW}}
      components: {mill: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {existing: 100 kW, built: 2020, max: 150 kW}, life: 20 y, land: 10 m2/kW, capital: 100 USD/kW}}
      markets: {grid: {bus: ac, class: N, buy: 1 USD/kWh, emission: 0.5 kg/kWh}}
      """)
    #expect(abs((accounts.value("land") ?? 0) - 1200) < 1e-3)
  }
}

import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers

/// What may go unserved or short: plans, searches and their bounds reckon alike; values by hand.
@Suite("Service limits") struct ShortageTests {
  /// 10 kW around the clock from one generator; nothing has a price of being shed.
  private func project(_ limits: String) throws -> Project {
    try ProjectReader.read(
      text: """
        tulou: 1
        name: service
        horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
        economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
        carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
        buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
        demands: {load: {bus: ac, power: 10 kW}}
        components:
          gen: {kind: generator, fuel: tank, power: ac, efficiency: 40 %, capital: 400 EUR/kW, life: 15 y, capacity: {max: 100 kW}}
        markets: {oil: {bus: tank, class: N, buy: 1 EUR/l}}
        \(limits)
        """, path: "service.yaml")
  }

  @Test("the bound of a search allows what its rows may shed")
  func bound() throws {
    var options = SearchOptions()
    options.candidates = ["gen": [9.6, 10]]
    let found = try SearchStudy.run(
      project: try project("limits: {unserved_energy: {max: 5 %}}"), options: options,
      solver: try #require(SolverChoice.builtInStructured))
    let best = try #require(found.rows.first), bound = try #require(found.bound)
    #expect(best.sizes == [9.6] && best.isFeasible)
    // 95 % of the load is the least that has to be served: 9.5 kW at 0.25 EUR/kWh, and their plant.
    #expect(bound <= best.value && abs(bound / best.value - 9.5 / 9.6) < 1e-6)
    #expect(!found.warnings.contains { $0.severity == .error })
  }

  @Test(
    "a plan is short of what its reserve lacks, also where the limit is far off",
    arguments: [(12.0, 0.0), (11, 0.1), (10, 0.2)])
  func shortage(size: Double, share: Double) throws {
    var options = PlanOptions()
    options.sizes = ["gen": size]
    let project = try project("reliability: {reserve: {ac: {demand: 20 %}}}\nlimits: {capacity_shortage: {max: 50 %}}")
    let outcome = try PlanStudy.run(
      project: project, options: options, solver: try #require(SolverChoice.builtInStructured))
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    #expect(abs((accounts.value("capacity_shortage") ?? .nan) - share) < 1e-6)
  }
}

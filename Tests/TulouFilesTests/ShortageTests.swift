import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// What may go unserved or short: plans, searches and their bounds reckon alike; values by hand.
@Suite("Service limits") struct ShortageTests {
  /// 10 kW around the clock from one generator; without tiers nothing has a price of being shed.
  private func project(_ limits: String, tiers: String = "") throws -> Project {
    try ProjectReader.read(
      text: """
        tulou: 1
        name: service
        horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
        economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
        carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
        buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
        demands: {load: {bus: ac, power: 10 kW\(tiers)}}
        components:
          gen: {kind: generator, fuel: tank, power: ac, efficiency: 40 %, capital: 400 EUR/kW, life: 15 y, capacity: {max: 100 kW}}
        markets: {oil: {bus: tank, class: N, buy: 1 EUR/l}}
        \(limits)
        """, path: "service.yaml")
  }

  private func search(_ project: Project, _ sizes: [Double]) throws -> SearchOutcome {
    var options = SearchOptions()
    options.candidates = ["gen": sizes]
    return try SearchStudy.run(
      project: project, options: options, solver: SolverChoice.builtInStructured)
  }

  private func isInfeasible(_ project: Project, size: Double) throws -> Bool {
    var options = PlanOptions()
    options.sizes = ["gen": size]
    options.explanationSeconds = nil
    return try PlanStudy.run(
      project: project, options: options, solver: try #require(SolverChoice.builtInStructured)
    ).status == .infeasible
  }

  private func holds(_ project: Project, size: Double) throws -> Bool {
    var options = SimulateOptions()
    options.sizes = ["gen": size]
    options.comparesWithForesight = false
    return try #require(try SimulateStudy.run(project: project, options: options, solver: nil).givenSizes)
      .allSatisfy(\.holds)
  }

  @Test(
    "no limit lets go unserved what has no price: plan, simulate and search alike",
    arguments: ["unserved_energy: {max: 5 %}", "capacity_shortage: {max: 5 %}"])
  func noTiers(limit: String) throws {
    let project = try project("limits: {\(limit)}")
    let found = try search(project, [9.6, 10, 12])
    let best = try #require(found.rows.first), bound = try #require(found.bound)
    #expect(found.feasible == 2 && best.sizes == [10] && best.isFeasible)
    // 10 kW is what the linear plan takes too.
    #expect(abs(bound / best.value - 1) < 1e-6)
    #expect(!found.warnings.contains { $0.severity == .error })
    for (size, isServed) in [(9.6, false), (10.0, true)] {
      #expect(try holds(project, size: size) == isServed)
      #expect(try isInfeasible(project, size: size) == !isServed)
    }
  }

  @Test("what has a price may be shed as far as the limit says, and the bound knows it")
  func tiers() throws {
    let project = try project(
      "reliability: {unserved_cost: {normal: 0 EUR/kWh}}\nlimits: {unserved_energy: {max: 5 %}}",
      tiers: ", tiers: {normal: 100 %}")
    let found = try search(project, [9.4, 9.6, 10])
    let best = try #require(found.rows.first), bound = try #require(found.bound)
    #expect(found.feasible == 2 && best.sizes == [9.6])
    // 95 % of the load is the least that has to be served: 9.5 kW at 0.25 EUR/kWh, and their plant.
    #expect(bound <= best.value && abs(bound / best.value - 9.5 / 9.6) < 1e-6)
    for (size, isServed) in [(9.4, false), (9.6, true)] { #expect(try holds(project, size: size) == isServed) }
  }

  @Test("reserve may not be short without a limit on capacity shortage: plan, simulate and search alike")
  func reserve() throws {
    let asked = "reliability: {reserve: {ac: {demand: 20 %}}}"
    // 12 kW are asked for; 11 serve all and lack 1 kW of 2.
    let strict = try project(asked)
    let found = try search(strict, [11, 12])
    #expect(found.feasible == 1 && found.rows.first?.sizes == [12] && found.limits.contains("reserve"))
    let limited = try project(asked + "\nlimits: {capacity_shortage: {max: 10 %}}")
    #expect(try search(limited, [10.9, 11, 12]).feasible == 2)
    for (size, holdsAll) in [(11.0, false), (12, true)] {
      #expect(try holds(strict, size: size) == holdsAll)
      #expect(try isInfeasible(strict, size: size) == !holdsAll)
      #expect(try holds(limited, size: size))
    }
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

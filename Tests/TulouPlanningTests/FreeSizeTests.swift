import TestSupport
import Testing
import TulouAssembly
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Free sizes beside sales for nothing (rule M20): nothing is built in order to sell for nothing. Values by hand.
@Suite("Free sizes")
struct FreeSizeTests {
  /// Two days of 10 kW; sun for eight hours a day, `sun` kW of it or a free size; a store without loss or cost, of free size or
  /// of 40 kW and 400 kWh; 5 kW at most sold for nothing.
  private func project(sun: Double?, fixedStore: Bool = false) -> Project {
    var project = Project.small("free", hours: 48, buses: [("ac", .electricity)])
    let share = (0..<48).map { (8..<16).contains($0 % 24) ? 1.0 : 0 }
    project.addSource("pv", class: .sun, share: share, max: sun ?? 500, cost: SizeCost())
    if let sun { project.components[0].sizes[0].existing = sun }
    var sizes: [Size] = [.kW(part: .power, max: 1e4, SizeCost()), .kWh(max: 1e5, SizeCost())]
    if fixedStore {
      (sizes[0].existing, sizes[0].maximum, sizes[1].existing, sizes[1].maximum) = (40, 40, 400, 400)
    }
    project.addStorage("store", charge: 1, discharge: 1, shape: .independent, sizes: sizes)
    project.addMarket(
      "grid", buy: [Double](repeating: 0.2, count: 48), sell: [Double](repeating: 0, count: 48), limit: (100, 5))
    project.addDemand("load", [Double](repeating: 10, count: 48))
    return project
  }

  @Test(
    "the least that serves the load is shown; of what it leaves all is sold that the limit lets through",
    arguments: TieTests.solvers)
  func least(choice: SolverChoice) throws {
    let solver = try TieTests.solver(choice)
    // 240 kWh a day in eight hours: 30 kW, of which 20 are stored, 160 kWh for the night. 60 kW of sun leave 30 kW at noon, of
    // which 5 are sold; a store that stands already sells 5 kW around the clock.
    let cases: [(sun: Double?, fixed: Bool, pv: Double, energy: Double, sold: Double)] = [
      (nil, false, 30, 160, 0), (60, false, 60, 160, 80), (60, true, 60, 400, 240),
    ]
    for (sun, fixed, pv, energy, sold) in cases {
      let outcome = try PlanStudy.run(project: project(sun: sun, fixedStore: fixed), solver: solver)
      let plan = try #require(outcome.plan)
      #expect(abs((plan.capacity(Label("pv", .size)) ?? 0) - pv) < 1e-4)
      #expect(abs((plan.capacity(Label("store", .size, part: .energy)) ?? 0) - energy) < 1e-3)
      if !fixed { #expect(abs((plan.capacity(Label("store", .size, part: .power)) ?? 0) - 20) < 1e-4) }
      #expect(abs(TieTests.sum(plan, "grid", .sale) - sold) < 1e-3, "\(sun ?? 0) kW, store stands: \(fixed)")
      #expect(outcome.certificate?.value == 0 && outcome.status == Solution.Status.optimal)
      #expect(fixed || outcome.warnings.contains { $0.message.contains("the least that serves the plan is shown") })
      if sold > 0 {
        #expect(outcome.warnings.contains { $0.message.contains("all that the limits let through is sold") })
      }
    }
  }

  @Test("the last tier of a sale that pays nothing is filled like any sale for nothing", arguments: TieTests.solvers)
  func lastTier(choice: SolverChoice) throws {
    var project = TieTests.sunny(price: 0.05, sellLimit: 100)
    project.markets[0].sell?.tiers = [
      Market.Tier(upTo: 1000, price: 0.05), Market.Tier(upTo: nil, price: 0),
    ]
    let outcome = try PlanStudy.run(project: project, solver: try TieTests.solver(choice))
    let plan = try #require(outcome.plan), certificate = try #require(outcome.certificate)
    // 160 kWh are left over; the day's part of a month of 1,000 kWh, 1/31 of it, earns.
    #expect(abs(TieTests.sum(plan, "grid", .sale) - 160) < 1e-3)
    #expect(abs(certificate.value * outcome.assembled.years - (32 - 0.05 * 1000 / 31)) < 1e-5)
    #expect(certificate.gap < 1e-6 && certificate.largestRelativeResidual < 1e-7)
    #expect(outcome.warnings.contains { $0.path == "markets.grid.sell" && $0.message.contains("pays nothing") })
    // A last tier that pays leaves no tie, one that costs is not reached.
    project.markets[0].sell?.tiers[1] = Market.Tier(upTo: nil, price: -0.01)
    let costly = try PlanStudy.run(project: project, solver: try TieTests.solver(choice))
    #expect(abs(TieTests.sum(try #require(costly.plan), "grid", .sale) - 1000.0 / 31) < 1e-3)
  }

  /// A project of two days with free and paid things by chance.
  private static func random(_ seed: UInt64) -> Project {
    var random = SeededRandom(seed: seed)
    func chance(_ share: Double) -> Bool { random.uniform() < share }
    var project = Project.small("random", hours: 48, buses: [("ac", .electricity), ("far", .electricity)])
    let share = (0..<48).map { (7..<17).contains($0 % 24) ? 0.4 + 0.6 * random.uniform() : 0 }
    func cost(_ amount: Double) -> SizeCost { chance(0.5) ? SizeCost() : .yearly(amount) }
    project.addSource("pv", bus: chance(0.5) ? "ac" : "far", class: .sun, share: share, max: 200, cost: cost(40))
    if chance(0.5) {
      project.components[0].sizes[0].existing = random.uniform(20...60)
      project.components[0].sizes[0].maximum = project.components[0].sizes[0].existing
    }
    project.addSource(
      "wind", class: .wind, share: (0..<48).map { _ in random.uniform() }, max: random.uniform(5...40), cost: cost(60))
    let efficiency = chance(0.5) ? 1 : 0.9
    project.addStorage(
      "store", charge: efficiency, discharge: efficiency, shape: .independent,
      sizes: [.kW(part: .power, max: 300, cost(5)), .kWh(max: 3000, cost(4))])
    var line = LinkBlock(from: "far", to: "ac", efficiency: chance(0.5) ? 1 : 0.95)
    line.twoWay = chance(0.5)
    project.components.append(
      Component(id: "line", kind: "link", block: .link(line), sizes: [.kW(max: 500, cost(3))]))
    let sale = chance(0.7) ? 0 : 0.05
    project.addMarket(
      "grid", buy: (0..<48).map { _ in random.uniform(0.1...0.3) }, sell: [Double](repeating: sale, count: 48),
      limit: (100, random.uniform(3...40)))
    project.addDemand("load", (0..<48).map { _ in random.uniform(5...20) })
    project.addDemand("other", bus: "far", (0..<48).map { _ in random.uniform(0...4) }, unservedCost: 2)
    return project
  }

  @Test(
    "random projects: what is said to be least or greatest is, as another problem finds it",
    .enabled(if: InstalledHighs.isPresent), arguments: SlowTests.areWanted ? Array(1...30) : Array(1...5))
  func againstAnotherProblem(seed: Int) throws {
    let highs = try InstalledHighs.solver()
    let outcome = try PlanStudy.run(project: Self.random(UInt64(seed)), solver: Structured())
    let plan = try #require(outcome.plan)
    var problem = outcome.assembled.problem
    problem.exclusions = []
    let value = problem.objectiveValue(
      flows: plan.solution.flows, contents: plan.solution.contents, capacities: plan.solution.capacities)
    let slack = 1e-7 * max(abs(value), 1)
    problem.yearlyRows.append(
      YearlyRow(Label("cost", .limit), problem.objective, upper: value + slack))
    let free = problem.capacities.indices.filter {
      problem.capacities[$0].label.role == .size && problem.capacities[$0].upper > problem.capacities[$0].lower
        && (problem.objective.capacities[$0] ?? 0) == 0
    }
    let printed = free.reduce(0) { $0 + plan.solution.capacities[$1] }
    problem.objective = LinearForm(capacities: Dictionary(uniqueKeysWithValues: free.map { ($0, 1) }))
    let least = highs.solve(problem, options: SolveOptions())
    try #require(least.hasPlan)
    func says(_ words: String) -> Bool { outcome.warnings.contains { $0.message.contains(words) } }
    // The slack of the row buys a little.
    if says("the least that serves the plan is shown") {
      #expect(printed - least.objective < 1e-2 * max(1, printed), "\(printed), least \(least.objective)")
    }
    guard says("all that the limits let through is sold") else { return }
    for k in free {
      problem.capacities[k].lower = plan.solution.capacities[k]
      problem.capacities[k].upper = plan.solution.capacities[k] + 1e-6
    }
    let sale = try #require(problem.flows.firstIndex { $0.label.role == .sale })
    problem.objective = LinearForm(flows: [sale: .constant(-1)])
    let most = highs.solve(problem, options: SolveOptions())
    try #require(most.hasPlan)
    let sold = TieTests.sum(plan, "grid", .sale)
    #expect(-most.objective - sold < 1e-2 * max(1, sold), "\(sold), greatest \(-most.objective)")
  }
}

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

/// Of plans of equal value the one that rule M20 asks for is shown, and it says so. Values by hand.
@Suite("Ties and dust")
struct TieTests {
  static var solvers: [SolverChoice] { InstalledHighs.isPresent ? [.structured, .highs] : [.structured] }

  static func solver(_ choice: SolverChoice) throws -> any Solver {
    choice == .highs ? try InstalledHighs.solver() : Structured()
  }

  /// 30 kW of sun for eight hours of 24 beside 10 kW of load; the sale pays `price`.
  static func sunny(price: Double, sellLimit: Double, behindInverter: Bool = false) -> Project {
    var buses: [(String, Carrier.Kind)] = [("ac", .electricity)]
    if behindInverter { buses.append(("dc", .electricity)) }
    var project = Project.small("sunny", hours: 24, buses: buses)
    let share = (0..<24).map { (8..<16).contains($0) ? 1.0 : 0 }
    project.addSource("pv", bus: behindInverter ? "dc" : "ac", class: .sun, share: share, max: 30, cost: .yearly(0))
    project.components[0].sizes[0].existing = 30
    if behindInverter {
      var size = Size(unit: "kW")
      size.existing = 25
      project.components.append(
        Component(
          id: "inverter", kind: "inverter", block: .link(LinkBlock(from: "dc", to: "ac", efficiency: 1)), sizes: [size])
      )
    }
    project.addMarket(
      "grid", buy: [Double](repeating: 0.2, count: 24), sell: [Double](repeating: price, count: 24),
      limit: (100, sellLimit))
    project.addDemand("load", [Double](repeating: 10, count: 24))
    return project
  }

  static func sum(_ plan: Plan, _ id: String, _ role: Label.Role) -> Double {
    (plan.total(id, role) ?? []).reduce(0, +)
  }

  @Test("where selling pays nothing, all is sold that the limit lets through", arguments: solvers)
  func soldForNothing(choice: SolverChoice) throws {
    let solver = try Self.solver(choice)
    for (limit, behind, sold) in [(100.0, false, 160.0), (5, false, 40), (100, true, 120)] {
      let outcome = try PlanStudy.run(
        project: Self.sunny(price: 0, sellLimit: limit, behindInverter: behind), solver: solver)
      let plan = try #require(outcome.plan), certificate = try #require(outcome.certificate)
      #expect(abs(Self.sum(plan, "grid", .sale) - sold) < 1e-4, "limit \(limit), inverter \(behind)")
      // 16 hours of 10 kW at 0.2, and the proof is that of this plan.
      #expect(abs(certificate.value * outcome.assembled.years - 32) < 1e-5)
      #expect(outcome.status == .optimal && certificate.gap < 1e-6)
      #expect(certificate.largestRelativeResidual < 1e-7)
      #expect(outcome.warnings.contains { $0.path == "markets.grid.sell" && $0.message.contains("pays nothing") })
    }
    // A sale that costs is not made, one that pays needs no rule.
    let paid = try PlanStudy.run(project: Self.sunny(price: -0.01, sellLimit: 100), solver: solver)
    #expect(Self.sum(try #require(paid.plan), "grid", .sale) < 1e-4)
    #expect(!paid.warnings.contains { $0.message.contains("pays nothing") })
  }

  @Test("a store and lines that cost and do nothing have no size, and it says so", arguments: solvers)
  func freeSizes(choice: SolverChoice) throws {
    var project = Project.small("free", hours: 48, buses: [("ac", .electricity), ("other", .electricity)])
    project.addStorage(
      "store", charge: 1, discharge: 1, shape: .energyOnly, sizes: [.kWh(max: 1e6, SizeCost())])
    for (id, from, to) in [("line", "ac", "other"), ("back", "other", "ac")] {
      var block = LinkBlock(from: from, to: to, efficiency: 1)
      block.twoWay = true
      project.components.append(
        Component(id: id, kind: "link", block: .link(block), sizes: [.kW(max: 1e6, SizeCost())]))
    }
    project.addMarket("grid", buy: [Double](repeating: 0.1, count: 48))
    project.addDemand("load", [Double](repeating: 10, count: 48))
    let outcome = try PlanStudy.run(project: project, solver: try Self.solver(choice))
    let plan = try #require(outcome.plan)
    #expect(plan.capacity(Label("store", .size, part: .energy)) == 0)
    #expect(plan.capacity(Label("line", .size)) == 0 && plan.capacity(Label("back", .size)) == 0)
    #expect(Self.sum(plan, "store", .charge) == 0 && Self.sum(plan, "line", .forward) == 0)
    #expect(outcome.warnings.filter { $0.message.contains("costs nothing") }.count == 3)
    #expect(abs((outcome.certificate?.value ?? 0) * outcome.assembled.years - 48) < 1e-6)
  }

  @Test("a free line is as large as what passes it", arguments: solvers)
  func freeLine(choice: SolverChoice) throws {
    var project = Project.small("line", hours: 24, buses: [("a", .electricity), ("b", .electricity)])
    project.components.append(
      Component(
        id: "line", kind: "link", block: .link(LinkBlock(from: "a", to: "b", efficiency: 0.5)),
        sizes: [.kW(max: 1e5, SizeCost())]))
    project.addMarket("grid", bus: "a", buy: [Double](repeating: 0.1, count: 24))
    project.addDemand("load", bus: "b", (0..<24).map { $0 == 7 ? 12 : 5 })
    let outcome = try PlanStudy.run(project: project, solver: try Self.solver(choice))
    let size = try #require(outcome.plan?.capacity(Label("line", .size)))
    #expect(abs(size - 24) < 1e-5)
  }

  @Test("an idle storage at one price stands still", arguments: solvers)
  func idleStorage(choice: SolverChoice) throws {
    var project = Project.small("idle", hours: 48, buses: [("ac", .electricity)])
    var power = Size(part: .power, unit: "kW"), energy = Size(part: .energy, unit: "kWh")
    (power.existing, energy.existing) = (20, 80)
    project.addStorage("store", charge: 1, discharge: 1, shape: .independent, sizes: [power, energy])
    project.addMarket("grid", buy: [Double](repeating: 0.1, count: 48), limit: (100, 0))
    project.addDemand("load", [Double](repeating: 10, count: 48))
    let outcome = try PlanStudy.run(project: project, solver: try Self.solver(choice))
    let plan = try #require(outcome.plan)
    #expect(Self.sum(plan, "store", .charge) < 1e-4)
    #expect((plan.content(Label("store", .content)) ?? []).allSatisfy { $0 < 1e-3 })
  }

  @Test("below a millionth of its scale a number is zero, whatever the scale")
  func dust() throws {
    #expect(Dust.cleaned(0.9e-6, scale: 1) == 0 && Dust.cleaned(-1.1e-6, scale: 1) == -1.1e-6)
    var problem = HourlyProblem(steps: 2, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("ac", .balance), equals: .constant(1000))]
    problem.capacities = [
      Capacity(Label("pv", .size), upper: 5000), Capacity(Label("small", .size), upper: 0.5),
      Capacity(Label("idle", .size), upper: 5000),
    ]
    func flow(_ id: String, _ k: Int) -> Flow {
      Flow(Label(id, .production), rows: [RowTerm(0, .one)], upper: [.capacity(k)])
    }
    problem.flows = [flow("pv", 0), flow("small", 1), flow("idle", 2)]
    var solution = Solution(status: .optimal, solver: "test")
    solution.capacities = [2000, 4e-4, 1e-6]
    solution.flows = [[1000, 3e-4], [2e-4, 4e-4], [1e-6, 5e-7]]
    let clean = solution.withoutDust(in: problem) { _ in "kW" }
    // A device of half a kilowatt is measured by itself, an idle one by the bus.
    #expect(clean.capacities == [2000, 4e-4, 0])
    #expect(clean.flows == [[1000, 3e-4], [2e-4, 4e-4], [0, 0]])
    let written = Plan(problem: problem, solution: clean).withoutDustInHours()
    #expect(written.solution.flows == [[1000, 0], [2e-4, 4e-4], [0, 0]])
  }
}

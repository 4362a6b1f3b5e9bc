import TestSupport
import Testing
import TulouHourBlock
import TulouProblem

/// A load, a source of free size and purchase: optimum by hand (see `DualBoundTests`).
private func sizing(load: [Double]) -> HourlyProblem {
  var problem = HourlyProblem(steps: load.count, stepHours: 1, years: 1)
  problem.rows = [.balance(Label("bus", .balance), equals: .series(load))]
  problem.capacities = [Capacity(Label("source", .size), upper: 100)]
  problem.flows = [
    Flow(Label("source", .production), rows: [RowTerm(0, .one)], upper: [.capacity(0)]),
    Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(8))]),
  ]
  problem.objective.add(flow: 0, .one)
  problem.objective.add(flow: 1, .constant(4))
  problem.objective.add(capacity: 0, 5)
  return problem
}

/// Whether a plan holds every limit to rounding and its certificate is tight.
private func isProven(_ problem: HourlyProblem, _ solution: Solution, gap: Double = 1.5e-8) -> Bool {
  let residual = problem.residuals(
    flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
  return solution.status == .optimal && residual.largestRelative < 1e-9 && abs(solution.gap) <= gap
}

@Suite("Structured solver on small problems") struct SmallProblemTests {
  @Test("finds the size and cost known by hand") func byHand() {
    let solution = HourBlock.solve(sizing(load: [10, 20]))
    #expect(isProven(sizing(load: [10, 20]), solution))
    #expect(abs(solution.objective - 114) < 1e-6)
    #expect(abs(solution.capacities[0] - 12) < 1e-6)
    // The last kWh of the second hour needs a further kW: 5 + 1.
    #expect(abs((solution.multipliers?.rows[0][1] ?? 0) - 6) < 1e-5)
  }

  @Test("solves horizons that no lane count divides", arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 31])
  func shortHorizons(steps: Int) {
    let problem = RandomHourlyProblem(seed: 4, steps: steps).problem
    let solution = HourBlock.solve(problem)
    #expect(solution.status == .infeasible || isProven(problem, solution), "\(solution.message)")
  }

  @Test("gives the same bytes for any number of threads") func threads() throws {
    let problem = RandomHourlyProblem(seed: 7, steps: 2400).problem
    var options = SolveOptions()
    let one = HourBlock.solve(problem, options: options)
    for threads in [2, 3, 8] {
      options.threads = threads
      let many = HourBlock.solve(problem, options: options)
      #expect(many.flows == one.flows && many.capacities == one.capacities && many.bound == one.bound)
      #expect(many.iterations == one.iterations)
    }
    #expect(isProven(problem, one))
  }

  @Test("solves many problems side by side as it solves them one by one", arguments: [1, 2, 5]) func many(threads: Int)
  {
    let problems = (0..<9).map { RandomHourlyProblem(seed: 40 + UInt64($0), steps: 24 + 7 * $0).problem }
    var options = SolveOptions()
    options.threads = threads
    for (together, problem) in zip(HourBlock.solve(problems, options: options), problems) {
      let alone = HourBlock.solve(problem)
      #expect(together.status == alone.status && together.flows == alone.flows)
      #expect(together.bound == alone.bound || (together.bound.isNaN && alone.bound.isNaN))
    }
    #expect(HourBlock.solve([HourlyProblem](), options: options).isEmpty)
  }

  /// A battery of given size moves energy from cheap to dear hours; what must stay in it leaks a little every hour.
  @Test(
    "a store that leaks from what must stay in it", arguments: [(0.0, 1.0), (0.2, 1.0), (0, 0.9999), (0.2, 0.9999)])
  func leakingReserve(least: Double, retention: Double) {
    var problem = HourlyProblem(steps: 336, stepHours: 1, years: 336.0 / 8760)
    problem.rows = [.balance(Label("bus", .balance), equals: .series((0..<336).map { 8 + Double($0 * 7 % 24) / 4 }))]
    problem.states = [
      State(
        Label("battery", .content), retention: .constant(retention), lower: .fixed(.constant(least * 120)),
        upper: .fixed(.constant(120)))
    ]
    problem.flows = [
      Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(60))]),
      Flow(
        Label("battery", .charge), rows: [RowTerm(0, .constant(-1))], states: [StateTerm(0, .constant(0.95))],
        upper: [.fixed(.constant(30))]),
      Flow(
        Label("battery", .discharge), rows: [RowTerm(0, .one)], states: [StateTerm(0, .constant(-1 / 0.95))],
        upper: [.fixed(.constant(30))]),
    ]
    problem.objective.add(flow: 0, .series((0..<336).map { 0.1 + 0.02 * Double($0 * 5 % 11) }))
    let solution = HourBlock.solve(problem)
    #expect(isProven(problem, solution), "\(solution.message)")
  }

  @Test("takes the same steps in other units") func units() {
    var problem = sizing(load: (0..<48).map { 10 + Double($0 % 24) })
    problem.flows[1].upper = [.fixed(.constant(20))]
    let plain = HourBlock.solve(problem)
    // Watts and cents: loads and bounds times 1024, money times 128.
    problem.rows[0] = .balance(Label("bus", .balance), equals: problem.rows[0].upper * 1024)
    problem.flows[1].upper = [.fixed(.constant(20 * 1024))]
    problem.capacities[0].upper *= 1024
    for (j, profile) in problem.objective.flows { problem.objective.flows[j] = profile * (128.0 / 1024) }
    problem.objective.capacities[0] = 5 * 128 / 1024
    let scaled = HourBlock.solve(problem)
    #expect(scaled.iterations == plain.iterations)
    #expect(abs(scaled.objective / 128 - plain.objective) <= 1e-12 * plain.objective)
  }

  @Test("names the limits that cannot hold together") func conflicts() {
    var problem = sizing(load: [10, 20, 30])
    problem.yearlyRows = [
      YearlyRow(Label("land", .limit), LinearForm(capacities: [0: 2]), upper: 1000),
      YearlyRow(Label("outside", .limit), LinearForm(flows: [1: .one]), upper: 2),
      YearlyRow(Label("size", .limit), LinearForm(capacities: [0: 1]), upper: 25),
    ]
    let solution = HourBlock.solve(problem)
    #expect(solution.status == .infeasible)
    // 30 kW in hour 2 against 25 kW of source and 2 kWh from outside; land is not in it.
    #expect(solution.conflict?.yearlyRows == [1, 2])
    problem.yearlyRows = []
    problem.capacities[0].upper = 0
    let short = HourBlock.solve(problem)
    #expect(short.status == .infeasible)
  }

  @Test("refuses integers on request and relaxes them otherwise") func integers() {
    var problem = sizing(load: [10, 20])
    problem.capacities[0].choice = .multiples(of: 5)
    var options = SolveOptions()
    options.integers = true
    #expect(HourBlock.cannotSolve(problem, options: options) != nil)
    #expect(HourBlock.solve(problem, options: options).status == .failed)
    #expect(HourBlock.cannotSolve(problem) == nil)
    #expect(isProven(problem, HourBlock.solve(problem)))
  }

  @Test("says why it cannot certify a flow that nothing bounds") func unbounded() {
    var problem = sizing(load: [10, 20])
    problem.flows.append(Flow(Label("load", .unserved), rows: [RowTerm(0, .one)]))
    #expect(HourBlock.cannotSolve(problem) == nil)
    problem.flows.append(Flow(Label("park", .sale), rows: [RowTerm(0, .constant(-1))]))
    #expect(HourBlock.cannotSolve(problem)?.contains("no upper bound") == true)
  }

  @Test("stops when told and tells of its progress") func cancellation() {
    let problem = RandomHourlyProblem(seed: 3, steps: 96).problem
    var options = SolveOptions()
    options.isCancelled = { true }
    #expect(HourBlock.solve(problem, options: options).status == .cancelled)
    options = SolveOptions()
    options.timeLimit = 0
    #expect(HourBlock.solve(problem, options: options).status == .limit)
  }

  @Test("certifies forced zeros, zero prices and sizes that cost nothing") func degenerate() {
    var problem = sizing(load: [0, 0, 10, 20])
    #expect(isProven(problem, HourBlock.solve(problem)))
    problem.objective = LinearForm(capacities: [0: 1])
    #expect(isProven(problem, HourBlock.solve(problem)))
    problem.objective = LinearForm(flows: [1: .one])
    let free = HourBlock.solve(problem)
    #expect(abs(free.objective) < 1e-6 && abs(free.objective - free.bound) < 1e-6)
  }

  /// A load over two days with sun by day and a lossless store.
  private func stored(upper: Bound?, retention: Double = 1, boundary: State.Boundary = .cyclic) -> HourlyProblem {
    let load = (0..<48).map { 20 + Double($0 % 24) }
    var problem = sizing(load: load)
    problem.flows[0].upper = [.capacity(0, factor: .series((0..<48).map { (8..<18).contains($0 % 24) ? 1 : 0 }))]
    problem.flows[1].upper = [.fixed(.constant(50))]
    problem.capacities[0].upper = 300
    problem.states = [
      State(Label("store", .content), retention: .constant(retention), upper: upper, boundary: boundary)
    ]
    for (role, row, gain) in [(Label.Role.charge, -1.0, 0.9), (.discharge, 1, -1 / 0.9)] {
      problem.flows.append(
        Flow(
          Label("store", role), rows: [RowTerm(0, .constant(row))], states: [StateTerm(0, .constant(gain))],
          upper: [.fixed(.constant(40))]))
    }
    return problem
  }

  @Test(
    "takes a store without a limit of its own, and finds what a wide limit finds",
    arguments: [State.Boundary.cyclic, .cyclicOverHorizon, .initial(.fixed(.constant(30)))], [1, 0.99])
  func openStore(boundary: State.Boundary, retention: Double) {
    let open = stored(upper: nil, retention: retention, boundary: boundary)
    #expect(HourBlock.cannotSolve(open) == nil)
    let solution = HourBlock.solve(open)
    #expect(isProven(open, solution), "\(solution.message)")
    let wide = HourBlock.solve(stored(upper: .fixed(.constant(5000)), retention: retention, boundary: boundary))
    #expect(abs(solution.objective - wide.objective) <= 1e-7 * wide.objective)
  }

  @Test("a content that begins next to nothing is no unit to measure a store by", arguments: [0, 1e-6, 1e-3, 1])
  func smallStart(content: Double) {
    let problem = stored(upper: .fixed(.constant(200)), boundary: .initial(.fixed(.constant(content))))
    let solution = HourBlock.solve(problem)
    #expect(isProven(problem, solution), "\(solution.message)")
    #expect(solution.iterations < 40)
  }

  @Test("a second limit that never acts does not widen the bound") func idleSecondBound() {
    var problem = sizing(load: (0..<48).map { 10 + Double($0 % 24) })
    // A peak that is paid for; the connection is as wide as the greatest peak.
    problem.capacities.append(Capacity(Label("grid", .peak), upper: 60))
    problem.objective.add(capacity: 1, 3)
    problem.flows[1].upper = [.fixed(.constant(60)), .capacity(1)]
    let solution = HourBlock.solve(problem)
    #expect(isProven(problem, solution), "\(solution.gap)")
  }
}

import Testing
import TulouProblem
import TulouSolvers

/// Problems of a few steps whose optimum is found by hand.
@Suite("HiGHS on small problems", .enabled(if: InstalledHighs.isPresent))
struct HighsSmallTests {
  private func highs() throws -> Highs { Highs(try #require(InstalledHighs.library), feasibility: 1e-9) }

  private var exact: SolveOptions {
    var options = SolveOptions()
    options.integers = true
    return options
  }

  /// One bus with a load, a generator of free size and a grid that costs more.
  private func generatorAndGrid(load: [Double], grid: Double = 100) -> HourlyProblem {
    var problem = HourlyProblem(steps: load.count, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("ac", .balance), equals: .series(load))]
    problem.capacities = [Capacity(Label("generator", .size), upper: 50)]
    problem.flows = [
      Flow(Label("generator", .conversion), rows: [RowTerm(0, .one)], upper: [.capacity(0)]),
      Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(grid))]),
    ]
    problem.objective = LinearForm(flows: [0: .constant(1), 1: .constant(3)], capacities: [0: 5], constant: 7)
    return problem
  }

  @Test("sizes a generator against a dearer grid")
  func sizing() throws {
    // A kW of generator costs 5 and saves 2 an hour of use: worth it where three of four hours use it.
    let problem = generatorAndGrid(load: [10, 20, 30, 40])
    let solution = try highs().solve(problem, options: SolveOptions())
    #expect(solution.status == .optimal)
    // 20 kW: hours of use of the 20th kW are 3 (saves 6 > 5); of the 21st 2 (saves 4 < 5).
    #expect(abs(solution.capacities[0] - 20) < 1e-9)
    // 7 + 5*20 + (10 + 20 + 20 + 20) + 3 (10 + 20)
    #expect(abs(solution.objective - 267) < 1e-8)
    #expect(abs(solution.bound - 267) < 1e-6)
    // One more kW of load costs the grid's price in the last hour, the generator's in the first.
    let multipliers = try #require(solution.multipliers)
    #expect(abs(multipliers.rows[0][3] - 3) < 1e-9)
    #expect(abs(multipliers.rows[0][0] - 1) < 1e-9)
  }

  @Test("the problem in W and in GW has the same answer", arguments: [1e-6, 1e3, 1e6])
  func units(factor: Double) throws {
    var problem = generatorAndGrid(load: [10, 20, 30, 40].map { $0 * factor }, grid: 100 * factor)
    problem.capacities[0].upper *= factor
    problem.objective.constant = 0
    let solution = try highs().solve(problem, options: SolveOptions())
    #expect(abs(solution.objective / factor - 260) < 1e-6)
  }

  @Test("sizes in whole units")
  func multiples() throws {
    var problem = generatorAndGrid(load: [10, 20, 30, 40])
    problem.capacities[0].choice = .multiples(of: 12)
    let solution = try highs().solve(problem, options: exact)
    #expect(solution.status == .optimal)
    // 12 kW: 7 + 60 + 46 + 3*54 = 275; 24 kW: 7 + 120 + 78 + 3*22 = 271
    #expect(solution.capacities[0] == 24)
    #expect(abs(solution.objective - 271) < 1e-8)
    #expect(solution.gap < 1e-6)
  }

  @Test("sizes from a list, and a charge once anything is built")
  func optionsAndCharge() throws {
    var problem = generatorAndGrid(load: [10, 20, 30, 40])
    problem.capacities[0].choice = .options([0, 15, 45])
    // 15 kW: 7 + 75 + 55 + 3*45 = 272; 0 kW: 7 + 300 = 307
    #expect(abs(try highs().solve(problem, options: exact).objective - 272) < 1e-8)
    problem.capacities[0].fixedCharge = 30
    #expect(abs(try highs().solve(problem, options: exact).objective - 302) < 1e-8)
    problem.capacities[0].fixedCharge = 40
    let none = try highs().solve(problem, options: exact)
    #expect(abs(none.objective - 307) < 1e-8)
    #expect(none.capacities[0] == 0)
  }

  @Test("units committed are whole")
  func commitment() throws {
    var problem = generatorAndGrid(load: [10, 20, 30, 40])
    problem.rows.append(HourlyRow(label: Label("online", .limit), lower: .zero))
    // Generator output at most what is on line, in units of 15 kW at 4 an hour.
    problem.flows[0].rowTerms.append(RowTerm(1, .constant(-1)))
    problem.flows.append(
      Flow(
        Label("generator", .online), rows: [RowTerm(1, .one)], upper: [.capacity(0)], multipleOf: 15))
    problem.objective = LinearForm(flows: [0: .constant(1), 1: .constant(3), 2: .constant(4.0 / 15)])
    // Each hour by itself: load 10: 10+4 = 14 < 30; 20: 15+4+15 = 34 (two units 28); 30: 38; 40: two units 30+8+30 = 68,
    // three units 40 + 12 = 52
    let solution = try highs().solve(problem, options: exact)
    #expect(abs(solution.objective - (14 + 28 + 38 + 52)) < 1e-8)
    #expect(solution.flows[2] == [15, 30, 30, 45])
  }

  @Test("flows that exclude each other are not both positive")
  func exclusion() throws {
    // Selling pays more than buying: without the exclusion the grid is a money machine.
    var problem = HourlyProblem(steps: 2, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("ac", .balance), equals: .constant(5))]
    problem.flows = [
      Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(20))]),
      Flow(Label("grid", .sale), rows: [RowTerm(0, .constant(-1))], upper: [.fixed(.constant(10))]),
      Flow(Label("sun", .production), rows: [RowTerm(0, .one)], upper: [.fixed(.series([0, 9]))]),
    ]
    problem.objective = LinearForm(flows: [0: .constant(1), 1: .constant(-2)])
    problem.exclusions = [Exclusion(0, 1)]
    // Relaxed: buys 15, sells 10 in the first hour.
    #expect(abs(try highs().solve(problem, options: SolveOptions()).objective - (15 - 20 + 6 - 20)) < 1e-8)
    // Exact: buys 5; sells 4.
    let solution = try highs().solve(problem, options: exact)
    #expect(abs(solution.objective - (5 - 8)) < 1e-8)
    problem.exclusions = [Exclusion(0, 1, steps: [false, true])]
    #expect(abs(try highs().solve(problem, options: exact).objective - (15 - 20 - 8)) < 1e-8)
    problem.flows[1].upper = []
    let refused = try highs().solve(problem, options: exact)
    #expect(refused.status == .failed)
    #expect(refused.message.contains("'grid' (sale) excludes another flow"))
  }

  @Test("contents: losses, inflow, cycles, starts")
  func contents() throws {
    // Store that loses half an hour; free energy in hour 0 only, load in hour 1 and 2 of 3.
    var problem = HourlyProblem(steps: 3, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("ac", .balance), equals: .series([0, 8, 2]))]
    problem.flows = [
      Flow(Label("sun", .production), rows: [RowTerm(0, .one)], upper: [.fixed(.series([100, 0, 0]))]),
      Flow(
        Label("store", .charge), rows: [RowTerm(0, .constant(-1))], states: [StateTerm(0, .constant(0.8))],
        upper: [.fixed(.constant(100))]),
      Flow(
        Label("store", .discharge), rows: [RowTerm(0, .one)], states: [StateTerm(0, .constant(-1))],
        upper: [.fixed(.constant(100))]),
    ]
    problem.states = [State(Label("store", .content), retention: .constant(0.5), upper: .fixed(.constant(100)))]
    problem.objective = LinearForm(flows: [1: .constant(1)])
    // e2 = 0.5 e1 - 8, 0 = 0.5 e2 - 2 + 0 -> e2 = 4, e1 = 24, charge = 24/0.8 = 30, content cycles at 0.
    let cyclic = try highs().solve(problem, options: SolveOptions())
    #expect(abs(cyclic.objective - 30) < 1e-8)
    #expect(abs(cyclic.contents[0][1] - 24) < 1e-8 && abs(cyclic.contents[0][2] - 4) < 1e-8)
    // Start with 16 and end with at least as much: e1 = 8 + 0.8 c, e2 = e1/2 - 8, e3 = e2/2 - 2 >= 16.
    problem.states[0].boundary = .initial(.fixed(.constant(16)))
    #expect(abs(try highs().solve(problem, options: SolveOptions()).objective - (88 - 8) / 0.8) < 1e-8)
    // The start as a share of a size that costs nothing and may be 200 at most: 0.08 G = 16 where G = 200.
    problem.capacities = [Capacity(Label("store", .size), lower: 200, upper: 400)]
    problem.states[0].boundary = .initial(.capacity(0, factor: .constant(0.08)))
    #expect(abs(try highs().solve(problem, options: SolveOptions()).objective - (88 - 8) / 0.8) < 1e-8)
    // Blocks of one step each: the store can hold nothing over, so the load of hours 1 and 2 cannot be met.
    problem.states[0].boundary = .cyclic
    problem.blockStarts = [0, 1, 2]
    #expect(try highs().solve(problem, options: SolveOptions()).status == .infeasible)
    // Chained over the whole horizon they are as one block.
    problem.states[0].boundary = .cyclicOverHorizon
    #expect(abs(try highs().solve(problem, options: SolveOptions()).objective - 30) < 1e-8)
  }

  @Test("a peak for each month by capacities by step")
  func peaks() throws {
    var problem = generatorAndGrid(load: [10, 20, 30, 40])
    problem.capacities[0].upper = 0
    problem.capacities += [
      Capacity(Label("grid", .peak, part: .named("1")), upper: 1000),
      Capacity(Label("grid", .peak, part: .named("2")), upper: 1000),
    ]
    problem.flows[1].upper.append(Bound(offset: .zero, capacity: .byStep([1, 1, 2, -1]), factor: .one))
    problem.objective.add(capacity: 1, 2)
    problem.objective.add(capacity: 2, 4)
    problem.rows[0].lower = .series([10, 20, 30, 0])
    problem.rows[0].upper = problem.rows[0].lower
    // 7 + 3*60 + 2*20 + 4*30; the last step has no capacity, so its bound is zero.
    let solution = try highs().solve(problem, options: SolveOptions())
    #expect(abs(solution.objective - 347) < 1e-8)
    #expect(abs(solution.gap) < 1e-9)
  }

  @Test("infeasible, unbounded, out of time and cancelled are told apart")
  func endings() throws {
    let tooSmall = generatorAndGrid(load: [10, 20, 30, 400])
    #expect(try highs().solve(tooSmall, options: SolveOptions()).status == .infeasible)
    var falling = generatorAndGrid(load: [10, 20, 30, 40])
    falling.flows.append(Flow(Label("money", .auxiliary)))
    falling.objective.add(flow: 2, .constant(-1))
    #expect(try highs().solve(falling, options: SolveOptions()).status == .unbounded)
    var both = tooSmall
    both.flows.append(Flow(Label("money", .auxiliary)))
    both.objective.add(flow: 2, .constant(-1))
    #expect(try highs().solve(both, options: SolveOptions()).status == .infeasible)
    var options = SolveOptions()
    options.isCancelled = { true }
    #expect(try highs().solve(tooSmall, options: options).status == .cancelled)
  }

  @Test("a missing library says where it was sought and how to get it")
  func missing() {
    #expect(throws: HighsLibrary.Missing.self) { try HighsLibrary.open(path: "/nowhere/libhighs.so") }
    do { _ = try HighsLibrary.open(path: "/nowhere/libhighs.so") } catch {
      #expect(error.tried == ["/nowhere/libhighs.so: no such file"])
      #expect(error.message.contains("Scripts/set-up"))
    }
  }
}

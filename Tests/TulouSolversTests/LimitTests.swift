import Testing
import TulouProblem
import TulouSolvers

@Suite("Limits of time and memory") struct SolveLimitTests {
  @Test("solves with one clock share its time, and a solve counts its own seconds")
  func clock() {
    var options = SolveOptions()
    options.timeLimit = 100
    let before = options.fixed
    options.startClock()
    #expect(options.timeLimit <= 100 && options.timeLimit > 99 && before.timeLimit == 100)
    options.timeLimit = 5
    #expect(options.timeLimit == 5)
    options.timeLimit = 1e9
    #expect(options.timeLimit <= 100)
    var endless = SolveOptions()
    endless.startClock()
    #expect(endless.timeLimit == .infinity)
  }

  @Test("what needs more memory than is free is not begun, and says what it would take")
  func memory() {
    let problem = SmallProblem.purchase(hours: 72)
    var options = SolveOptions()
    options.memoryLimit = 1000
    let solution = Structured().solve(problem, options: options)
    #expect(solution.status == .limit && !solution.hasPlan)
    #expect((solution.refused?.bytes ?? 0) > 1000 && (solution.refused?.seconds ?? -1) >= 0)
    options.memoryLimit = 1e9
    #expect(Structured().solve(problem, options: options).status == .optimal)
  }
}

/// A demand and a purchase.
enum SmallProblem {
  static func purchase(hours: Int) -> HourlyProblem {
    var problem = HourlyProblem(steps: hours, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("ac", .balance), equals: .series((0..<hours).map { 5 + Double($0 % 24) }))]
    problem.flows = [Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(100))])]
    problem.objective = LinearForm(flows: [0: .series((0..<hours).map { 1 + Double($0 % 5) })])
    return problem
  }
}

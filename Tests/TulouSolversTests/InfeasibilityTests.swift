import Testing
import TulouProblem
import TulouSolvers

@Suite("Why nothing holds", .enabled(if: InstalledHighs.isPresent))
struct InfeasibilityTests {
  /// Load of 10, 20, 50 kW, a grid of 30 kW, a generator of at most 5 kW, and at most 40 kWh from the grid.
  private func problem() -> HourlyProblem {
    var problem = HourlyProblem(steps: 3, stepHours: 1, years: 1)
    problem.rows = [.balance(Label("ac", .balance), equals: .series([10, 20, 50]))]
    problem.capacities = [Capacity(Label("generator", .size), upper: 5)]
    problem.flows = [
      Flow(Label("generator", .conversion), rows: [RowTerm(0, .one)], upper: [.capacity(0)]),
      Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(30))]),
    ]
    return problem
  }

  private let grid = ElasticLimit(.flowUpper(flow: 1, bound: 0), label: Label("grid", .limit))
  private let size = ElasticLimit(.capacityUpper(0), label: Label("generator", .size))
  private let served = ElasticLimit(.rowLower(0), label: Label("load", .limit), measure: .sum)

  @Test("finds the limits, their steps and the least change of each alone")
  func changes() throws {
    let highs = Highs(try #require(InstalledHighs.library))
    let result = InfeasibilityAnalysis().result(for: problem(), limits: [grid, size, served], solver: highs)
    #expect(result.status == .optimal && !result.isFeasible)
    #expect(Set(result.findings.map(\.limit)) == [0, 1, 2])
    #expect(result.findings.first { $0.limit == 0 }?.steps == [2])
    for (limit, remedy) in result.remedies {
      guard case .change(let change, let steps) = remedy else {
        Issue.record("limit \(limit): \(remedy)")
        continue
      }
      // 15 kW are short in the last hour, whichever limit gives way.
      #expect(abs(change - 15) < 1e-6)
      #expect(steps == (limit == 1 ? [] : [2]))
    }
    #expect(result.remedies.count == 3)
  }

  @Test("says which change does not do alone")
  func notAlone() throws {
    let highs = Highs(try #require(InstalledHighs.library))
    var problem = problem()
    problem.yearlyRows = [
      YearlyRow(Label("outside", .limit), LinearForm(flows: [1: .one]), upper: 40)
    ]
    let outside = ElasticLimit(.yearlyUpper(0), label: Label("outside", .limit))
    let result = InfeasibilityAnalysis().result(for: problem, limits: [grid, outside, size], solver: highs)
    let remedies = Dictionary(uniqueKeysWithValues: result.remedies.map { ($0.limit, $0.remedy) })
    #expect(remedies[0] == .notAlone)
    #expect(remedies[1] == .notAlone)
    guard case .change(let change, _)? = remedies[2] else {
      Issue.record("the generator alone would do")
      return
    }
    // Last hour: 50 - 30 = 20 kW; over the year 80 - 40 = 40 kWh = 10 + 15 + 15, so 20 kW suffice.
    #expect(abs(change - 15) < 1e-6)
  }

  @Test("a problem that holds is said to hold")
  func feasible() throws {
    let highs = Highs(try #require(InstalledHighs.library))
    var problem = problem()
    problem.capacities[0].upper = 20
    #expect(InfeasibilityAnalysis().result(for: problem, limits: [grid], solver: highs).isFeasible)
  }
}

@Suite("The choice of a solver") struct SolverChoiceTests {
  /// Answers with a fixed gap.
  private struct Canned: Solver {
    let name = "structured"
    var gap: Double
    var size = 1.0
    func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
      var solution = Solution(status: .optimal, solver: name)
      solution.objective = 1
      solution.bound = 1 - gap
      solution.capacities = [size]
      return solution
    }
  }

  /// A size of 1 to 2 at a cost of 1; at least 1.
  private var problem: HourlyProblem {
    var problem = HourlyProblem(steps: 1, stepHours: 1, years: 1)
    problem.capacities = [Capacity(Label("a", .size), lower: 1, upper: 2)]
    problem.objective = LinearForm(capacities: [0: 1])
    return problem
  }

  private let absent = Result<Highs, HighsLibrary.Missing>.failure(
    HighsLibrary.Missing(tried: ["here: no such file"]))

  @Test(
    "auto never shows a plan that costs less than its bound, or that breaks a limit", arguments: [(-1e-3, 1), (0, 3)])
  func broken(gap: Double, size: Double) throws {
    let canned = Canned(gap: gap, size: size)
    let alone = AutomaticSolver(structured: canned, highs: absent).solve(problem, options: SolveOptions())
    #expect(alone.status == .failed && !alone.hasPlan && alone.capacities.isEmpty)
    #expect(alone.message.contains("breaks a limit") && alone.message.contains("here: no such file"))
    guard let library = InstalledHighs.library else { return }
    let helped = AutomaticSolver(structured: canned, highs: .success(Highs(library)))
      .solve(problem, options: SolveOptions())
    #expect(helped.status == .optimal && helped.solver.hasPrefix("highs"))
    #expect(abs((helped.capacities.first ?? 0) - 1) < 1e-9 && helped.message.contains("breaks a limit"))
  }

  @Test("auto keeps a certified answer and hands over a wide gap")
  func auto() throws {
    let good = AutomaticSolver(structured: Canned(gap: 1e-9), highs: absent).solve(problem, options: SolveOptions())
    #expect(good.solver == "structured" && good.message.isEmpty)
    let wide = AutomaticSolver(structured: Canned(gap: 1e-3), highs: absent).solve(problem, options: SolveOptions())
    #expect(wide.message.contains("certified a gap of 0.001"))
    #expect(wide.message.contains("here: no such file"))
    #expect(wide.hasPlan)
  }

  @Test("a missing HiGHS is thrown where nothing else can solve")
  func missing() {
    let absent = Result<Highs, HighsLibrary.Missing>.failure(HighsLibrary.Missing(tried: []))
    #expect(throws: HighsLibrary.Missing.self) { try SolverChoice.highs.solver(highs: absent) }
  }
}

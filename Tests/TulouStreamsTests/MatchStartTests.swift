import Testing
import TulouProblem
import TulouSolvers
import TulouStreams

/// The start of parks with many links, and what HiGHS makes of a start.
@Suite(.enabled(if: RandomPark.library != nil)) struct MatchStartTests {
  @Test func manyLinksHaveAMatchThatHoldsWithinTheGapAsked() throws {
    let park = LargePark.park(links: 130, blocks: 1)
    var options = MatchingChecks.options
    options.tolerance = 0.03
    options.timeLimit = 20
    let plan = try Matching(park, solver: try RandomPark.solver(), options: options).best()
    #expect(plan.largestBreak(in: park) < 1e-4)
    #expect(plan.bound <= plan.value && plan.gap <= 0.03, "\(plan.gap)")
  }

  /// Ten things of worth 1 to 10 and weight 2 in a sack of 9: a start is kept where no node may be looked at.
  @Test func branchingStartsFromWhatIsGiven() throws {
    var problem = HourlyProblem(steps: 1, stepHours: 1, weight: [1], years: 1)
    var weight = LinearForm()
    for k in 0..<10 {
      problem.capacities.append(
        Capacity(Label("k\(k)", .size, part: .built(.only)), upper: 1, choice: .multiples(of: 1)))
      problem.objective.add(capacity: k, -Double(k + 1))
      weight.add(capacity: k, 2)
    }
    problem.yearlyRows.append(YearlyRow(Label("sack", .limit), weight, upper: 9))
    var options = SolveOptions()
    options.integers = true
    var solver = try RandomPark.solver()
    solver.start = [6: 1, 7: 1, 8: 1, 9: 1]
    let solution = solver.solve(problem, options: options)
    #expect(solution.status == .optimal && abs(solution.objective + 34) < 1e-6)
    // A start that breaks a limit is no plan, and does no harm.
    solver.start = Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, 1.0) })
    #expect(abs(solver.solve(problem, options: options).objective + 34) < 1e-6)
  }
}

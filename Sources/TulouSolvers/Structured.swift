import TulouHourBlock
public import TulouProblem

/// The hour-block interior point as a solver: continuous problems, time linear in the hours, a proven gap.
public struct Structured: Solver {
  /// Its name among the solvers.
  public let name = HourBlock.name

  /// The solver.
  public init() {}

  /// The plan with its certificate; `failed` with the reason for what it does not take (integers, flows that nothing
  /// bounds). A row that holds a goal at its best is priced (`HeldRow`).
  public func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
    if !options.integers || !problem.asksForWholeNumbers, var held = HeldRow(problem, options: options) {
      return held.solve()
    }
    return HourBlock.solve(problem, options: options)
  }
}

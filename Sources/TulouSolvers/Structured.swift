import TulouHourBlock
public import TulouProblem

/// The hour-block interior point as a solver: continuous problems, time linear in the hours, a proven gap.
public struct Structured: Solver {
  /// Its name among the solvers.
  public let name = HourBlock.name

  /// The solver.
  public init() {}

  /// The plan with its certificate; `failed` with the reason for what it does not take (integers, flows that nothing
  /// bounds).
  public func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
    HourBlock.solve(problem, options: options)
  }
}

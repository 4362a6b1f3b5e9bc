public import TulouProblem

/// Anything that can solve an hourly problem: HiGHS, the structured interior point, a rule that chooses between them.
public protocol Solver: Sendable {
  /// Name as the caller writes it, e.g. `highs`.
  var name: String { get }

  /// The plan, its bound and how the search went. Never traps on a well-formed problem: what a solver cannot take
  /// (integers, say) comes back as status `failed` with the reason in `message`.
  func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution
}

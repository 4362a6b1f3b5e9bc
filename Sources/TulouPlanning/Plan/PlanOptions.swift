public import TulouProblem
package import TulouProject

/// What the caller asks of a plan.
public struct PlanOptions: Sendable {
  /// How whole numbers are found.
  package enum WholeNumbers: Sendable, Equatable {
    /// Bound, rounding, re-dispatch, neighbours.
    case rounding
    /// By branching.
    case exact
    /// Not at all: unit sizes and options are continuous, which gives the bound alone.
    case relaxed
  }
  /// How whole numbers are found.
  package var wholeNumbers = WholeNumbers.rounding
  /// Given sizes by `id` or `id.part`: dispatch only, limits reported and not enforced. Empty: sizes are sought.
  public var sizes: [String: Double] = [:]
  /// What is sought; nil: the project's objective.
  package var objective: Objective?
  /// Tolerance, threads, time limit, cancellation and progress of each solve.
  public var solve = SolveOptions()
  /// Whether, of plans of equal value, the one that rule M20 asks for is sought; a bound alone does not need it.
  public var breaksTies = true
  /// Whether shadow prices are sought, which takes a few further solves.
  public var findsShadowPrices = false
  /// Steps of practical sizes by `id` or `id.part` in the unit of the size, a rule for the others (`PracticalPlan`); nil: not sought.
  package var practicalSteps: [String: Double]?
  /// Time that the search among neighbours may take [s].
  public var neighbourSeconds = 60.0
  /// Whether an infeasible project is explained, and how long that may take [s]; nil: not.
  public var explanationSeconds: Double? = 120
  /// Nothing but defaults.
  public init() {}
}

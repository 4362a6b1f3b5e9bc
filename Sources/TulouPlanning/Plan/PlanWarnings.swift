import TulouAssembly
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities

/// What a person should know of a finished plan.
enum PlanWarnings {
  /// Limits that given sizes do not keep.
  static func of(_ plan: Plan, released: ReleasedLimits) -> [Diagnostic] {
    released.measured(on: plan).compactMap(broken)
  }

  /// A size at a limit that nobody stated.
  static func derivedLimits(_ solution: Solution, _ assembled: Assembled) -> [Diagnostic] {
    assembled.derivedLimits.sorted { $0.key < $1.key }.compactMap { k, limit in
      guard solution.capacities[k] > 0.999 * limit else { return nil }
      let label = assembled.problem.capacities[k].label
      return Diagnostic(
        .warning,
        "'\(label.id)' is as large as the limit of \(shortNumber(limit)) that was taken for want of a stated one.",
        advice: "State its 'max'.", path: "components.\(label.id).capacity.max")
    }
  }

  private static func broken(_ limit: MeasuredLimit) -> Diagnostic? {
    guard !limit.holds else { return nil }
    return Diagnostic(
      .warning,
      "With the given sizes '\(limit.key)' reaches \(shortNumber(limit.reached, digits: 4)) \(limit.unit); the limit is \(shortNumber(limit.limit, digits: 4)).",
      path: "limits.\(limit.key)")
  }
}

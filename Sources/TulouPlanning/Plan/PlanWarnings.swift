import TulouProblem
import TulouProject
import TulouQuantities

/// What a person should know of a finished plan.
enum PlanWarnings {
  static func of(_ plan: Plan, assembled: Assembled, released: ReleasedLimits) -> [Diagnostic] {
    derivedLimits(plan, assembled) + simultaneous(plan) + released.measured(on: plan).compactMap(broken)
  }

  /// A size at a limit that nobody stated.
  private static func derivedLimits(_ plan: Plan, _ assembled: Assembled) -> [Diagnostic] {
    assembled.derivedLimits.sorted { $0.key < $1.key }.compactMap { k, limit in
      guard plan.solution.capacities[k] > 0.999 * limit else { return nil }
      let label = plan.problem.capacities[k].label
      return Diagnostic(
        .warning,
        "'\(label.id)' is as large as the limit of \(shortNumber(limit)) that was taken for want of a stated one.",
        advice: "State its 'max'.", path: "components.\(label.id).capacity.max")
    }
  }

  /// Both directions at once that could not be netted (gross contracts apart).
  private static func simultaneous(_ plan: Plan) -> [Diagnostic] {
    let flows = plan.problem.flows
    var found: [Diagnostic] = []
    for (d, discharge) in flows.enumerated() where discharge.label.role == .discharge {
      for (c, charge) in flows.enumerated()
      where charge.label.role == .charge && charge.label.id == discharge.label.id
        && charge.label.stage == discharge.label.stage
      {
        let hours = zip(plan.solution.flows[c], plan.solution.flows[d]).count { min($0, $1) > 0.1 }
        guard hours > 0 else { continue }
        found.append(
          Diagnostic(
            .warning, "'\(charge.label.id)' charges and discharges at once in \(hours) steps.",
            advice: "Something earns by burning energy there: look for a price below nought or a 'must_take'.",
            path: "components.\(charge.label.id)"))
      }
    }
    return found
  }

  private static func broken(_ limit: MeasuredLimit) -> Diagnostic? {
    guard !limit.holds else { return nil }
    return Diagnostic(
      .warning,
      "With the given sizes '\(limit.key)' reaches \(shortNumber(limit.reached, digits: 4)) \(limit.unit); the limit is \(shortNumber(limit.limit, digits: 4)).",
      path: "limits.\(limit.key)")
  }
}

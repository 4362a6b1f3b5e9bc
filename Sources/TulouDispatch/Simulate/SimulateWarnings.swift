import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// What a person should know of a simulated year.
enum SimulateWarnings {
  static func of(_ design: SimulatedDesign) -> [Diagnostic] {
    brokenLimits(design) + unseenPolicies(design.system.project) + service(design) + contents(design)
      + supplies(design.plan, design.system)
  }

  /// Limits that the year does not keep.
  private static func brokenLimits(_ design: SimulatedDesign) -> [Diagnostic] {
    let own: Set<String> = [DesignLimits.forbidden, DesignLimits.reserve]
    func amount(_ value: Double, _ unit: String) -> String {
      unit == "1" ? shortNumber(value * 100, digits: 4) + " %" : shortNumber(value, digits: 4) + " " + unit
    }
    return design.limits.filter { !$0.holds && !own.contains($0.key) }.map { limit in
      Diagnostic(
        .warning,
        "With these sizes and this rule '\(limit.key)' reaches \(amount(limit.reached, limit.unit)); the limit is \(amount(limit.limit, limit.unit)).",
        path: "limits.\(limit.key)")
    }
  }

  /// Policies that the rule does not look at.
  private static func unseenPolicies(_ project: Project) -> [Diagnostic] {
    let unseen = project.policies.filter(\.kind.isOnEnergy).map { "'\($0.id)'" }
    guard !unseen.isEmpty else { return [] }
    return [
      Diagnostic(
        .warning,
        "The rule decides without \(unseen.joined(separator: ", ")), which change what energy is worth; the accounts count them.",
        advice: "Compare with 'tulou plan', which decides with them.", path: "policies")
    ]
  }

  /// What is not served, and reserve that is short.
  private static func service(_ design: SimulatedDesign) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let forbidden = DesignLimits.unservedWithoutPrice(design.plan, design.system.project)
    if forbidden > 1e-6 {
      found.append(
        Diagnostic(
          .warning,
          "\(shortNumber(forbidden)) kWh/y could not be served, of demand that the project does not allow to be shed; it is counted at no cost.",
          advice: "Give larger sizes, or 'unserved_cost' to see what it is worth."))
    }
    if let reserve = design.limits.first(where: { $0.key == DesignLimits.reserve && !$0.holds }) {
      found.append(
        Diagnostic(
          .warning,
          "Reserve is short by \(shortNumber(reserve.reached * 100)) % of the demand; without a limit on capacity shortage none of it may be.",
          advice: "Give larger sizes, another rule, or 'limits: {capacity_shortage: {max: ...}}'.",
          path: "reliability.reserve"))
    }
    return found
  }

  /// Storages that do not come back to where they began.
  private static func contents(_ design: SimulatedDesign) -> [Diagnostic] {
    let dispatch = design.dispatch
    var found: [Diagnostic] = []
    if dispatch.apart > 1e-6 {
      found.append(
        Diagnostic(
          .warning,
          "After repeated years the storage ends \(shortNumber(dispatch.apart * 100)) % of its content away from where it began.",
          advice: "The rule does not settle: a year is not quite like the next one."))
    }
    for id in drained(design.system, dispatch) {
      found.append(
        Diagnostic(
          .note, "'\(id)' ends with less than it began; what it lacks is not paid for.",
          path: "components.\(id).initial"))
    }
    return found
  }

  /// Fuel and stocks that give more than they may, which rules do not know.
  private static func supplies(_ plan: Plan, _ system: SimulatedSystem) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for part in system.generators {
      let flow = plan.problem.flows[part.fuelFlow]
      let limit = flow.upper.filter { $0.capacity == nil }.map(\.offset.minimum).min() ?? .infinity
      let most = plan.solution.flows[part.fuelFlow].max() ?? 0
      if most > limit * (1 + 1e-9), limit > 0 {
        found.append(
          Diagnostic(
            .warning,
            "'\(flow.label.id)' gives up to \(shortNumber(most)) kW of fuel, above its limit of \(shortNumber(limit)) kW, which rules do not know.",
            path: flow.label.id))
      }
    }
    for row in plan.problem.yearlyRows where row.label.part == .stock {
      let used = plan.problem.value(
        of: row.form, flows: plan.solution.flows, contents: plan.solution.contents,
        capacities: plan.solution.capacities
      ).sum
      if used > row.upper * (1 + 1e-9) {
        found.append(
          Diagnostic(
            .warning,
            "'\(row.label.id)' gives \(shortNumber(used)) kWh, more than its stock of \(shortNumber(row.upper)), which rules do not know.",
            path: "components.\(row.label.id).stock"))
      }
    }
    return found
  }

  /// Storages with a content to begin with that end with less.
  static func drained(_ system: SimulatedSystem, _ dispatch: RuleDispatch) -> [String] {
    system.storages.enumerated().compactMap { s, part in
      let storage = system.problem.storages[s]
      guard !part.isCyclic, storage.energy > 0, let last = dispatch.trace.contents[s].last else { return nil }
      return last < storage.startShare * storage.energy * (1 - 1e-6) ? storage.id : nil
    }
  }
}

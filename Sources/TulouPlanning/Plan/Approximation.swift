import TulouAccounts
import TulouAssembly
import TulouProblem
import TulouProject
import TulouTechnologies

/// Machines of which a plan has a part on line that no whole machine could be: their no-load use and least load are
/// approximated, so that the plan is cheaper than one that real machines could follow.
enum Approximation {
  /// Ids in the order of the file.
  static func machines(_ plan: Plan, _ assembled: Assembled) -> [String] {
    let solution = plan.solution
    return assembled.project.components.compactMap { component in
      guard case .converter(let converter) = component.block, !converter.exactCommitment else { return nil }
      let isApproximate = plan.problem.flows.indices.contains { j in
        let flow = plan.problem.flows[j]
        guard flow.label.role == .online, flow.label.id == component.id, case .one(let k)? = flow.upper.first?.capacity
        else { return false }
        var machine = solution.capacities[k]
        if case .multiples(let unit) = component.sizes.first?.choice { machine = unit }
        guard machine > 1e-6 else { return false }
        return solution.flows[j].contains { online in
          let machines = online / machine
          return abs(machines - machines.rounded()) > 1e-4
        }
      }
      return isApproximate || runsBelowLeast(component, converter, plan) ? component.id : nil
    }
  }

  /// Whether a machine without use at no load, whose least load a linear plan cannot see, gives what no number of whole machines
  /// could give.
  private static func runsBelowLeast(_ component: Component, _ converter: ConverterBlock, _ plan: Plan) -> Bool {
    guard converter.minimumLoad > 0, plan.total(component.id, .online) == nil,
      let output = plan.total(component.id, .conversion),
      var machine = component.sizes.first.flatMap({ plan.capacity(Label(size: $0.part, of: component.id)) })
    else { return false }
    if case .multiples(let unit) = component.sizes.first?.choice { machine = unit }
    guard machine > 1e-6 else { return false }
    return output.contains { given in
      guard given > 1e-6 * machine else { return false }
      let machines = (given / machine - 1e-6).rounded(.up)
      return given < machines * machine * converter.minimumLoad * (1 - 1e-6)
    }
  }
}

extension Outcome {
  /// Notes which machines of the plan are approximated; who asks for whole numbers is told 'optimal' of whole machines
  /// only.
  mutating func noteApproximation(asked: PlanOptions.WholeNumbers) {
    guard let plan else { return }
    approximated = Approximation.machines(plan, assembled)
    if asked == .exact, !approximated.isEmpty, status == .optimal { status = .feasible }
  }
}

import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum (q + u) <= share sum D`: reserve that is short, and energy that is not served.
  mutating func addCapacityShortage() {
    guard let share = project.limits.capacityShortage else { return }
    var form = unserved
    for (j, flow) in problem.flows.enumerated() where flow.label.role == .reserveShortage {
      form.add(flow: j, .one)
    }
    guard !form.flows.isEmpty else { return }
    addLimit(
      "capacity_shortage", form, upper: share * demand, limit: share, unit: "1", perActivity: 1 / max(demand, 1e-9))
  }
}

import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum (q + u) <= share sum D`: reserve that is short, and energy that is not served.
  func capacityShortageLimit(_ share: Double) -> LimitForm? {
    var form = unserved
    for (j, flow) in problem.flows.enumerated() where flow.label.role == .reserveShortage {
      form.add(flow: j, .one)
    }
    guard !form.flows.isEmpty else { return nil }
    return LimitForm(form: form, upper: share * demand, perActivity: 1 / max(demand, 1e-9))
  }
}

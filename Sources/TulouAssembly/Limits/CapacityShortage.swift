import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum (q + u) <= share sum D`, over electricity, as the indicator counts: reserve that is short, and what is not served.
  func capacityShortageLimit(_ share: Double) -> LimitForm? {
    func isElectric(_ bus: String) -> Bool { carrierOfBus[bus]?.kind == .electricity }
    var form = LinearForm()
    for (j, flow) in problem.flows.enumerated() {
      switch flow.label.role {
      case .reserveShortage: form.add(flow: j, .one)
      case .unserved where isElectric(flow.label.bus): form.add(flow: j, .one)
      default: break
      }
    }
    guard !form.flows.isEmpty else { return nil }
    let wanted = project.demands.reduce(0) { isElectric($1.bus) ? $0 + sum(profile($1.power)) : $0 }
    return LimitForm(form: form, upper: share * wanted, perActivity: 1 / max(wanted, 1e-9))
  }
}

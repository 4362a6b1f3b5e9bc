import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum u <= share sum D`, over all carriers of energy.
  func unservedEnergyLimit(_ share: Double) -> LimitForm? {
    guard !unserved.flows.isEmpty else { return nil }
    return LimitForm(form: unserved, upper: share * demand, perActivity: 1 / max(demand, 1e-9))
  }
}

import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum u <= share sum D`, over all carriers of energy.
  mutating func addUnservedEnergy() {
    guard let share = project.limits.unservedEnergy, !unserved.flows.isEmpty else { return }
    addLimit(
      "unserved_energy", unserved, upper: share * demand, limit: share, unit: "1", perActivity: 1 / max(demand, 1e-9))
  }
}

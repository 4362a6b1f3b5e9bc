import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum P_N <= outside_energy Y`: all that enters as class N, fuels by lower heating value.
  mutating func addOutsideEnergy() {
    guard let limit = project.limits.outsideEnergy else { return }
    addLimit(
      "outside_energy", outside, upper: limit * money.years, limit: limit, unit: "kWh/y",
      perActivity: 1 / money.years)
  }
}

import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum P_N <= outside_energy Y`: all that enters as class N, fuels by lower heating value.
  func outsideEnergyLimit(_ limit: Double) -> LimitForm? {
    LimitForm(form: outside, upper: limit * money.years, perActivity: 1 / money.years)
  }
}

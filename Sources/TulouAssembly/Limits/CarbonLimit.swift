import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum emission <= co2 Y`, factors as their mean over the years.
  func emissionLimit(_ limit: Double) -> LimitForm? {
    // What is emitted whatever is chosen goes to the other side.
    var form = emission
    let constant = form.constant
    form.constant = 0
    return LimitForm(form: form, upper: limit * money.years - constant, perActivity: 1 / money.years)
  }
}

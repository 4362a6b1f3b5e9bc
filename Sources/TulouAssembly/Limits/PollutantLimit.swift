import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum of a pollutant <= its limit Y`, factors as their mean over the years.
  func pollutantLimit(_ pollutant: Pollutant, _ limit: Double) -> LimitForm? {
    guard project.emits(pollutant), let p = Pollutant.all.firstIndex(of: pollutant), pollution.indices.contains(p)
    else {
      return nil
    }
    var form = pollution[p]
    // What is burnt whatever is chosen goes to the other side.
    let constant = form.constant
    form.constant = 0
    return LimitForm(form: form, upper: limit * money.years - constant, perActivity: 1 / money.years)
  }
}

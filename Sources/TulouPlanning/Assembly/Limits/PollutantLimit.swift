import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum of a pollutant <= its limit Y`, factors as their mean over the years.
  mutating func addPollutantLimits() {
    for (pollutant, var form) in zip(Pollutant.all, pollution) {
      guard let limit = project.limits.pollutants[pollutant], project.emits(pollutant) else { continue }
      // What is burnt whatever is chosen goes to the other side.
      let constant = form.constant
      form.constant = 0
      addLimit(
        Limits.key(pollutant), form, upper: limit * money.years - constant, limit: limit, unit: "kg/y",
        perActivity: 1 / money.years)
    }
  }
}

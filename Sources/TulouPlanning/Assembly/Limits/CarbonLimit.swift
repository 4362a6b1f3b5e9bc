import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `sum emission <= co2 Y`, factors as their mean over the years.
  mutating func addCarbonLimit() {
    guard let limit = project.limits.co2 else { return }
    addLimit(
      "co2", emission, upper: limit * money.years, limit: limit, unit: "kg/y", perActivity: 1 / money.years)
  }
}

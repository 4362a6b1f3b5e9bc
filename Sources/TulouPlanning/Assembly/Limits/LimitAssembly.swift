import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// Every limit of the project as a row; each has its file beside this one.
  mutating func addLimits() {
    addRenewableFraction()
    addCarbonLimit()
    addPollutantLimits()
    addOutsideEnergy()
    addUnservedEnergy()
    addCapacityShortage()
    addLand()
    addBudget()
  }

  /// Adds `form <= upper` or `form >= lower` as limit `key`; elastic where the project gives a price for breaking it.
  ///
  /// - Parameters:
  ///   - limit: What the file states [unit].
  ///   - perActivity: Units of `limit` per unit of the row; a slack of one unit of `limit` relaxes the row by its inverse.
  mutating func addLimit(
    _ key: String, _ form: LinearForm, lower: Double = -.infinity, upper: Double = .infinity, limit: Double,
    unit: String, perActivity: Double, whole: LinearForm? = nil
  ) {
    var form = form
    // Shares are counted in kWh of the horizon, land and capital in what stands every year.
    let price = project.limits.elasticPrice[key].map { form.flows.isEmpty ? $0 * money.years : $0 }
    if let price {
      let k = problem.capacities.count
      let sign = upper.isFinite ? -1.0 : 1.0
      form.add(capacity: k, sign / perActivity)
      problem.capacities.append(
        Capacity(Label(key, .auxiliary, part: "slack"), upper: greatestSlack(key, limit: limit, unit: unit)))
      penalties.add(capacity: k, price / perActivity)
    }
    limitRows.append(
      LimitRow(
        row: problem.yearlyRows.count, key: key, limit: limit, unit: unit, perActivity: perActivity, price: price,
        whole: whole))
    problem.yearlyRows.append(YearlyRow(Label(key, .limit), form, lower: lower, upper: upper))
  }

  /// No plan needs to break a limit by more than this.
  private func greatestSlack(_ key: String, limit: Double, unit: String) -> Double {
    if unit == "1" { return key == "unserved_energy" ? 1 : 10 }
    // Amounts: all that could enter at most, per year.
    let hours = stepHours * Double(steps)
    return abs(limit) + 1000 * scale.peak * hours / max(money.years, 1e-9) / max(1, hours / 8760)
  }
}

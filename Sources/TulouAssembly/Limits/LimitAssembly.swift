import TulouDocument
import TulouProblem
import TulouProject
import TulouTechnologies

/// What a limit sums up over the horizon, and how one unit of that sum is worth in units of the limit.
struct LimitForm {
  /// What is limited.
  var form: LinearForm
  /// Greatest value of the form.
  var upper: Double
  /// Units of the limit per unit of the form.
  var perActivity: Double
  /// For a share: what it is a share of, which the plan decides; nil where `perActivity` says all.
  var whole: LinearForm?
}

/// How a limit becomes a row.
private struct LimitRule: Sendable {
  var key: LimitKey
  /// What is summed up, given what the limit allows; nil: nothing in the project could break it.
  var form: @Sendable (inout Draft, Double) -> LimitForm?

  init(_ key: LimitKey, _ form: @escaping @Sendable (inout Draft, Double) -> LimitForm?) {
    self.key = key
    self.form = form
  }

  /// Every limit on hours that a plan can hold; each has its file beside this one.
  static let all: [LimitRule] =
    [
      LimitRule(.renewableFraction) { $0.renewableFractionLimit($1) },
      LimitRule(.co2) { $0.emissionLimit($1) },
    ]
    + Pollutant.all.map { pollutant in
      LimitRule(.pollutant(pollutant)) { $0.pollutantLimit(pollutant, $1) }
    } + [
      LimitRule(.outsideEnergy) { $0.outsideEnergyLimit($1) },
      LimitRule(.exergyEfficiency) { $0.exergyEfficiencyLimit($1) },
      LimitRule(.unservedEnergy) { $0.unservedEnergyLimit($1) },
      LimitRule(.unservedHours) { $0.unservedHoursLimit($1) },
      LimitRule(.capacityShortage) { $0.capacityShortageLimit($1) },
      LimitRule(.peakValley) { $0.peakValleyLimit($1) },
      LimitRule(.budget) { $0.budgetLimit($1) },
      LimitRule(.selfConsumption) { $0.selfConsumptionLimit($1) },
      LimitRule(.selfCoverage) { $0.selfCoverageLimit($1) },
      LimitRule(.exportShare) { $0.exportShareLimit($1) },
    ]
}

extension Draft {
  /// Every limit of the project as a row, elastic where the project gives a price for breaking it.
  mutating func addLimits() {
    refuseWhatNoPlanHolds()
    for key in project.limits.keys where key.isOfPlans {
      guard let limit = project.limits[key], let form = form(of: key, limit) else { continue }
      add(form, as: key, limit: limit)
    }
  }

  /// What a limit sums up; nil: nothing in the project could break it.
  private mutating func form(of key: LimitKey, _ limit: Double) -> LimitForm? {
    if let perUnit = key.perUnit { return sizeLimit(key, perUnit, limit) }
    guard let rule = LimitRule.all.first(where: { $0.key == key }) else {
      faults.append(Diagnostic(.error, "The limit '\(key.name)' has no row.", path: key.path))
      return nil
    }
    return rule.form(&self, limit)
  }

  private mutating func add(_ limitForm: LimitForm, as key: LimitKey, limit: Double) {
    var form = limitForm.form
    let perActivity = limitForm.perActivity
    // Sums are counted over the horizon, land and capital in what stands every year.
    let price = project.limits.prices[key].map { key.quantity.isFlow ? $0 : $0 * money.years }
    if let price {
      let k = problem.capacities.count
      form.add(capacity: k, -1 / perActivity)
      problem.capacities.append(Capacity(Label(key.name, .auxiliary, part: .slack), upper: greatestSlack(key, limit)))
      penalties.add(capacity: k, price / perActivity)
    }
    limitRows.append(
      LimitRow(
        row: problem.yearlyRows.count, key: key, limit: limit, perActivity: perActivity, price: price,
        whole: limitForm.whole))
    problem.yearlyRows.append(YearlyRow(Label(key.name, .limit), form, upper: limitForm.upper))
  }

  /// No plan needs to break a limit by more than this.
  private func greatestSlack(_ key: LimitKey, _ limit: Double) -> Double {
    if key.quantity.isShare { return key == .unservedEnergy ? 1 : 10 }
    // Amounts: all that could enter at most, per year.
    let hours = stepHours * Double(steps)
    return abs(limit) + 1000 * scale.peak * hours / max(money.years, 1e-9) / max(1, hours / 8760)
  }

  private mutating func refuseWhatNoPlanHolds() {
    for key in project.limits.keys where !key.isOfPlans && project.limits[key] != nil {
      faults.append(
        Diagnostic(
          .error, "A linear plan meets '\(key.name)' by charging and discharging in circles.",
          advice: "Limit 'renewable_fraction', or ask 'simulate' or 'search' with '--solver rules'.", path: key.path))
    }
  }
}

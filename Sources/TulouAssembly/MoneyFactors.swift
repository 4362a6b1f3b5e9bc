package import TulouAccounts
package import TulouFinance
package import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// How yearly amounts, investments and growing prices enter one problem: for a project of one stage, or for a stage.
///
/// One stage: yearly amounts count `Y` times (rule M2), investments as annuities, growth levelised over the lifetime.
/// Stage s: yearly amounts count `CRF v_s` times, investments `CRF K_ks` once, growth levelised within the stage, so
/// that the problems of all stages add up to the annual cost of the whole and their `years` to one.
package struct MoneyFactors: Sendable {
  let economy: Economy
  let firstYear: Int
  /// What the problem's weights are multiplied by.
  let weightFactor: Double
  /// How many years yearly amounts count for.
  package let years: Double
  /// How many annuities investments count for.
  let capitalYears: Double
  /// Components that stood in an earlier stage: the constants of their existing plant are counted there.
  let counted: Set<String>
  private let stage: (factors: StageFactors, costs: StagedCosts, index: Int)?

  package init(project: Project) {
    economy = project.economy
    firstYear = project.firstYear
    weightFactor = 1
    years = project.horizon.years
    capitalYears = years
    counted = []
    stage = nil
  }

  /// Stage `index` of a project whose lifetime begins with the first stage.
  ///
  /// - Parameters:
  ///   - factors: The stages that are known; their prices hold until the next one begins (rule M19), the last to the end.
  ///   - costs: What sizes cost in each of them.
  package init(
    stage index: Int, of factors: StageFactors, costs: StagedCosts, project: Project, economy: Economy,
    firstYear: Int, counted: Set<String>
  ) {
    self.economy = economy
    self.firstYear = firstYear
    let recovery = capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
    years = recovery * factors.worth[index]
    weightFactor = years / project.horizon.years
    capitalYears = 1
    self.counted = counted
    stage = (factors, costs, index)
  }

  /// Levelised value of something that grows by `escalation`, per unit of year 1.
  package func level(_ escalation: Double) -> Double {
    guard escalation != 0 else { return 1 }
    if let stage { return stage.factors.levelisationFactor(escalation: escalation, stage: stage.index) }
    return levelisationFactor(escalation: escalation, rate: economy.realDiscountRate, years: economy.lifetime)
  }

  /// Levelised value of a path, times something that grows by `escalation`, as one series.
  package func level(_ path: YearPath, times escalation: Double) -> Double {
    func value(_ year: Int) -> Double { path.value(year: year) * growth(escalation, year: year) }
    if let stage { return stage.factors.levelised(stage: stage.index, value) }
    return levelised(rate: economy.realDiscountRate, years: economy.lifetime, value)
  }

  /// Plain mean of a factor that grows by `escalation`.
  func mean(_ escalation: Double) -> Double {
    guard escalation != 0 else { return 1 }
    if let stage { return stage.factors.meanGrowth(escalation: escalation, stage: stage.index) }
    return meanGrowth(escalation: escalation, years: economy.lifetime)
  }

  /// Investment per unit of new capacity and its fixed part, over the horizon [money/unit, money].
  func investment(_ size: Size, of component: String) -> (perUnit: Double, fixed: Double) {
    let recovery = capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
    if let stage {
      let present = stage.factors.present(of: stage.costs.of(component, size), stage: stage.index)
      return (recovery * present.perUnit, recovery * present.fixed)
    }
    let annual = annualCost(of: size.cost, economy.discounting)
    return (capitalYears * recovery * annual.presentPerUnit, capitalYears * annual.fixed)
  }

  /// Whether this is a stage of several.
  var isStage: Bool { stage != nil }

  /// When new plant is bought, after the start of the project [y].
  var timeOfPlant: Double { stage.map { $0.factors.starts[$0.index] } ?? 0 }

  /// What one unit of money that is paid once after `time` years counts for over the horizon [-].
  func once(at time: Double) -> Double {
    let recovery = capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
    return capitalYears * recovery * presentWorth(rate: economy.realDiscountRate, time: time)
  }

  /// Whether what is paid once after `time` years is paid in this problem.
  func isHere(_ time: Double) -> Bool { stage.map { $0.factors.stage(at: time) == $0.index } ?? true }

  /// Yearly operation per unit of capacity, over the horizon [money/unit].
  func operation(_ cost: SizeCost) -> Double { years * cost.operation * level(cost.operationEscalation) }

  /// Yearly operation that does not depend on how much is built, over the horizon [money].
  func fixedOperation(_ cost: SizeCost) -> Double {
    years * cost.fixedOperation * level(cost.operationEscalation)
  }

  /// Replacement and salvage of existing plant, over the horizon [money]; of plant that may retire, what all of it costs
  /// as long as it stands in this stage.
  ///
  /// Plant that joins with a later stage is sunk until then: its replacements count from that stage on.
  func existing(_ size: Size, of component: String) -> Double {
    guard size.existing > 0, size.sharedWith == nil else { return 0 }
    let rate = economy.realDiscountRate
    let recovery = capitalRecoveryFactor(rate: rate, years: economy.lifetime)
    guard let stage else {
      return capitalYears * recovery * existingConstants(of: size, economy: economy, firstYear: firstYear).present
    }
    guard size.mayRetire || !counted.contains(component) else { return 0 }
    let first = stage.costs.first(component, size)
    let age = stage.factors.age(of: size, firstYear: firstYear, stage: first)
    let life = PlantLife(of: stage.costs.of(component, size), from: first, age: age, stage.factors)
    return life.all.reduce(0) { sum, renewal in
      guard !size.mayRetire || renewal.stage == stage.index else { return sum }
      let worth = renewal.present(rate: rate)
      return sum + recovery * (size.existing * worth.perUnit + worth.fixed)
    }
  }

  /// A growing price as one profile.
  package func level(_ path: PathSeries, steps: Int) -> Profile {
    Profile(path.values, steps: steps) * level(path.escalation)
  }
}

extension Profile {
  /// A series of the project: one number for all steps, or at least one a step.
  package init(_ values: [Double], steps: Int) {
    if values.count == 1 {
      self = .constant(values[0])
    } else {
      precondition(values.count >= steps, "a series of a project has a value for each step")
      self = .series(values.count == steps ? values : Array(values.prefix(steps)))
    }
  }
}

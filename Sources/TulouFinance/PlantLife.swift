/// What is paid for plant after it was built, per unit of it: replacements when they fall due, rest value at the end.
///
/// Through the stages of a project (rule M19) what falls due is replaced at the price, and lasts the life, of the stage
/// that runs then. The rest value at the end counts by the replacement price of the stage in which the machine that
/// stands then was installed, so that under `annuity` each year bears the annuity of the machine that runs in it.
package struct PlantLife: Sendable, Equatable {
  /// A payment.
  package struct Renewal: Sendable, Equatable {
    /// Years from the start of the project [y].
    package var time: Double
    /// Stage that runs then.
    package var stage: Int
    /// Paid per unit [money/unit].
    package var perUnit: Double
    /// Paid whatever the size [money].
    package var fixed: Double
  }

  /// Replacements in order of time.
  package private(set) var replacements: [Renewal] = []
  /// Rest value at the end of the project, received: below zero or zero.
  package private(set) var salvage: Renewal

  /// The life of plant that stands, or is bought, at the beginning of stage `first`.
  ///
  /// - Parameters:
  ///   - costs: Cost of the size in each stage; nil where a stage has no such size. Where it is gone, the last price
  ///     known holds.
  ///   - factors: The stages.
  ///   - age: Age at the beginning of stage `first` [y], counted up to a life: what is overdue is replaced at once (M21).
  package init(of costs: [SizeCost?], from first: Int, age: Double = 0, _ factors: StageFactors) {
    let years = factors.discounting.years
    func cost(_ stage: Int) -> SizeCost { costs.prefix(stage + 1).last { $0 != nil }.flatMap { $0 } ?? SizeCost() }
    var stage = first
    var life = cost(stage).life ?? years
    var begin = factors.starts[first] - min(age, life)
    var count = 1.0
    while begin + count * life < years - 1e-9 {
      let time = begin + count * life
      stage = factors.stage(at: time)
      let now = cost(stage)
      replacements.append(Renewal(time: time, stage: stage, perUnit: now.replacement, fixed: now.fixedReplacement))
      if (now.life ?? years) == life {
        count += 1
      } else {
        (begin, count, life) = (time, 1, now.life ?? years)
      }
    }
    let share = Replacement.salvageShare(
      factors.discounting.salvage, remaining: min(begin + count * life - years, life), life: life,
      rate: factors.discounting.rate)
    let last = cost(stage)
    salvage = Renewal(
      time: years, stage: factors.stage(at: years), perUnit: -share * last.replacement,
      fixed: -share * last.fixedReplacement)
  }

  /// Every payment, the rest value last.
  package var all: [Renewal] { replacements + [salvage] }
}

extension PlantLife.Renewal {
  /// Present worth at the start of the project [money/unit, money].
  package func present(rate: Double) -> (perUnit: Double, fixed: Double) {
    let worth = presentWorth(rate: rate, time: time)
    return (perUnit * worth, fixed * worth)
  }
}

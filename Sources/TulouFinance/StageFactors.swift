/// Money factors of stages: `NPC = sum_s v_s O_s + sum_ks K_ks new_ks + constants of existing plant`.
///
/// Stage s begins `starts[s]` years after the first and lasts until the next begins (the last: until the lifetime
/// ends). `O_s` is the yearly cost of stage s in prices of year 1 of the project, new_ks what stage s adds to size k.
package struct StageFactors: Sendable, Equatable {
  /// Years from the start of the project to the start of each stage [y].
  package var starts: [Double]
  /// Years from the start of the project to the end of each stage [y].
  package var ends: [Double]
  /// `v_s`: sum of `(1 + i)^-y` over the years of the stage [y].
  package var worth: [Double]
  /// Rate, lifetime, salvage of the project.
  package let discounting: Discounting

  /// Factors of stages that begin in the calendar years `stageYears`, ascending, the first at time 0.
  ///
  /// Stages that begin at or after the end of the lifetime have `worth` zero.
  package init(stageYears: [Int], _ discounting: Discounting) {
    self.discounting = discounting
    let years = discounting.years
    let first = stageYears.first ?? 0
    starts = stageYears.map { min(Double($0 - first), years) }
    ends = Array(starts.dropFirst()) + (starts.isEmpty ? [] : [years])
    let payments = yearlyPayments(rate: discounting.rate, years: years)
    worth = zip(starts, ends).map { start, end in
      payments.reduce(0) { sum, payment in
        payment.time > start + 1e-9 && payment.time <= end + 1e-9
          ? sum + payment.weight * presentWorth(rate: discounting.rate, time: payment.time) : sum
      }
    }
  }

  /// Payments at the ends of the years of stage `s`.
  package func payments(stage s: Int) -> [YearlyPayment] {
    yearlyPayments(rate: discounting.rate, years: discounting.years).filter {
      $0.time > starts[s] + 1e-9 && $0.time <= ends[s] + 1e-9
    }
  }

  /// Levelised value within stage `s` of an amount that grows by `escalation` from year 1 of the project on, per unit
  /// of year 1: `sum_y (1 + e)^(y - 1) (1 + i)^-y / v_s`.
  package func levelisationFactor(escalation: Double, stage s: Int) -> Double {
    guard escalation != 0, worth[s] > 0 else { return 1 }
    return levelised(stage: s) { growth(escalation, year: $0) }
  }

  /// Constant yearly amount within stage `s` that is worth the same as one that changes from year to year of the
  /// project: `sum_y a_y (1 + i)^-y / v_s`; zero for a stage without years.
  package func levelised(stage s: Int, _ value: (Int) -> Double) -> Double {
    guard worth[s] > 0 else { return 0 }
    return payments(stage: s).reduce(0) {
      $0 + $1.weight * value($1.year) * presentWorth(rate: discounting.rate, time: $1.time)
    } / worth[s]
  }

  /// Plain mean over the years of stage `s` of a factor that grows by `escalation` from year 1 of the project on.
  package func meanGrowth(escalation: Double, stage s: Int) -> Double {
    let years = ends[s] - starts[s]
    guard escalation != 0, years > 0 else { return 1 }
    let payments = yearlyPayments(rate: 0, years: discounting.years).filter {
      $0.time > starts[s] + 1e-9 && $0.time <= ends[s] + 1e-9
    }
    return payments.reduce(0) { $0 + $1.weight * growth(escalation, year: $1.year) } / years
  }

  /// The stage that runs `time` years after the start: what falls due as a stage begins falls into it.
  package func stage(at time: Double) -> Int { starts.lastIndex { $0 <= time + 1e-9 } ?? 0 }

  /// `K_ks` per unit of new capacity and the fixed part: capital, replacements before the end and salvage at the end, each
  /// at the price of the stage that runs then (rule M19), discounted to the start of the project [money/unit, money].
  ///
  /// - Parameter costs: Cost of the size in each stage; see `PlantLife`.
  package func present(of costs: [SizeCost?], stage s: Int) -> (perUnit: Double, fixed: Double) {
    guard discounting.years - starts[s] > 1e-9, let cost = costs.indices.contains(s) ? costs[s] : nil else {
      return (0, 0)
    }
    let rate = discounting.rate
    let toStart = presentWorth(rate: rate, time: starts[s])
    return PlantLife(of: costs, from: s, self).all.reduce(
      (perUnit: toStart * cost.capital, fixed: toStart * cost.fixedCapital)
    ) { sum, renewal in
      let worth = renewal.present(rate: rate)
      return (sum.perUnit + worth.perUnit, sum.fixed + worth.fixed)
    }
  }
}

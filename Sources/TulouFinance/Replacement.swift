/// When a machine is replaced within the project, and what is left of it at the end.
///
/// New plant is replaced after k lives, existing plant of age a after k lives less a; both while that lies before the
/// end N (less 1e-9). The rest of the last life is `life ceil((N + a)/life - 1e-9) - (N + a)`. Plant that is older than
/// its life has a = life: it is replaced at the start (rule M21).
///
/// - Source: HOMER Pro manual, "Salvage value"; model.md section 5.
package struct Replacement: Sendable, Equatable {
  /// Times of the replacements [y], ascending.
  package var times: [Double]
  /// Life that is left at the end [y].
  package var remaining: Double
  /// Life of one machine [y].
  package var life: Double

  /// The schedule of plant of age `age` at time 0 with a project that ends at `years`.
  ///
  /// What is due at time 0 or overdue is replaced at time 0.
  package init(life: Double, years: Double, age: Double = 0) {
    precondition(life > 0 && years > 0, "life and lifetime are above 0")
    self.life = life
    let age = min(age, life)
    let until = years + age
    var due: [Double] = []
    var k = 1
    while Double(k) * life < until - 1e-9 {
      due.append(max(0, Double(k) * life - age))
      k += 1
    }
    times = due
    remaining = max(0, life * max(1, (until / life - 1e-9).rounded(.up)) - until)
  }

  /// Rest value at the end per unit of replacement cost [-].
  ///
  /// `linear`: remaining / life. `annuity`: what the yearly payments of the remaining life are worth at the end,
  /// `CRF(i, life) / CRF(i, remaining)`, so that each year of the project bears the same annuity `CRF(i, life)`.
  package func salvageShare(_ salvage: Salvage, rate: Double) -> Double {
    Replacement.salvageShare(salvage, remaining: remaining, life: life, rate: rate)
  }

  package static func salvageShare(_ salvage: Salvage, remaining: Double, life: Double, rate: Double) -> Double {
    guard remaining > 1e-9 else { return 0 }
    switch salvage {
    case .none: return 0
    case .linear: return remaining / life
    case .annuity:
      return capitalRecoveryFactor(rate: rate, years: life) / capitalRecoveryFactor(rate: rate, years: remaining)
    }
  }

  /// Present worth of all replacements per unit of replacement cost [-].
  package func replacementWorth(rate: Double) -> Double {
    times.reduce(0) { $0 + presentWorth(rate: rate, time: $1) }
  }

  /// Present worth of replacements less salvage per unit of replacement cost [-], for a project that ends at `years`.
  package func netWorth(_ salvage: Salvage, rate: Double, years: Double) -> Double {
    replacementWorth(rate: rate) - salvageShare(salvage, rate: rate) * presentWorth(rate: rate, time: years)
  }
}

/// What a size costs per year of the project.
package struct AnnualCost: Sendable, Equatable {
  /// Present worth of capital, replacements and salvage per unit of NEW capacity [money/unit].
  package var presentPerUnit: Double
  /// The same of the part that is paid once if anything new is built [money].
  package var presentFixed: Double
  /// Levelised yearly operation per unit of capacity [money/unit/y].
  package var operationPerUnit: Double
  /// `d_k = CRF present + operation`: cost per unit of new capacity and year [money/unit/y].
  package var perUnit: Double
  /// Yearly cost if anything new is built [money/y].
  package var fixed: Double
}

/// `d_k = CRF [capital + discounted replacements - discounted salvage] + operation` of a size.
///
/// - Parameters:
///   - cost: Capital, replacement, operation, life (nil: the project's lifetime, so neither replacement nor salvage).
///   - discounting: Rate, lifetime, salvage.
package func annualCost(of cost: SizeCost, _ discounting: Discounting) -> AnnualCost {
  let (rate, years) = (discounting.rate, discounting.years)
  let schedule = Replacement(life: cost.life ?? years, years: years)
  let later = schedule.netWorth(discounting.salvage, rate: rate, years: years)
  let present = cost.capital + cost.replacement * later
  let fixed = cost.fixedCapital + cost.fixedReplacement * later
  let recovery = capitalRecoveryFactor(rate: rate, years: years)
  let operation =
    cost.operation * levelisationFactor(escalation: cost.operationEscalation, rate: rate, years: years)
  return AnnualCost(
    presentPerUnit: present, presentFixed: fixed, operationPerUnit: operation,
    perUnit: recovery * present + operation, fixed: recovery * fixed)
}

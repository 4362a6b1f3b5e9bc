import TulouFinance
package import TulouProject
package import TulouTechnologies

/// What existing plant costs whatever is decided: its capital is sunk; replacement, salvage and operation are constants.
package struct ExistingConstants: Sendable, Equatable {
  /// Present worth of replacements less salvage [money].
  package var present: Double
  /// Levelised yearly operation [money/y].
  package var operation: Double
  /// Yearly constant inside value, cash and NPC: `CRF present + operation` [money/y].
  package var annual: Double
}

/// Constants of the existing part of a size (rule M6).
///
/// - Parameters:
///   - size: Size with `existing`, `built` and cost.
///   - economy: Rate, lifetime, salvage.
///   - firstYear: First calendar year; the age is `firstYear - built`, zero where `built` is not stated.
package func existingConstants(of size: Size, economy: Economy, firstYear: Int) -> ExistingConstants {
  guard size.existing > 0, size.sharedWith == nil else {
    return ExistingConstants(present: 0, operation: 0, annual: 0)
  }
  let rate = economy.realDiscountRate
  let years = economy.lifetime
  let cost = size.cost
  let schedule = Replacement(life: cost.life ?? years, years: years, age: age(of: size, firstYear: firstYear))
  let later = schedule.netWorth(economy.salvage, rate: rate, years: years)
  let present = (cost.replacement * size.existing + cost.fixedReplacement) * later
  let operation =
    cost.operation * size.existing
    * levelisationFactor(escalation: cost.operationEscalation, rate: rate, years: years)
  return ExistingConstants(
    present: present, operation: operation,
    annual: capitalRecoveryFactor(rate: rate, years: years) * present + operation)
}

/// Age of existing plant at time 0 [y], never below zero.
package func age(of size: Size, firstYear: Int) -> Double {
  size.built.map { Double(max(0, firstYear - $0)) } ?? 0
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Life-cycle cost per kWh, eqs (8) to (11): component, installation, replacement, maintenance, recycling, and what is bought.
package struct ShareCosts: Sendable {
  private let assumptions: ShareAssumptions

  /// Costs by assumptions.
  package init(_ assumptions: ShareAssumptions) { self.assumptions = assumptions }

  /// The ratio `x = (1 + i) / (1 + d)` of eq. (10).
  /// - Parameters:
  ///   - escalation: Yearly growth i of the price [-].
  ///   - discount: Yearly discount rate d [-].
  package static func ratio(escalation: Double, discount: Double) -> Double { (1 + escalation) / (1 + discount) }

  /// Mean present worth of a unit paid in each of `years` years that grows by `ratio`: `(x + x^2 + ... + x^n) / n`.
  static func meanWorth(_ ratio: Double, years: Double) -> Double {
    let n = max(1, years)
    guard abs(ratio - 1) > 1e-12 else { return 1 }
    return ratio * (1 - pow(ratio, n)) / (1 - ratio) / n
  }

  private var years: Double { assumptions["system.life"] }
  private var discountRatio: Double { 1 / (1 + assumptions["discount"] / 100) }

  /// Present worth over the system's life of capital of 1 with its replacements, the last one in proportion, its maintenance
  /// and its end.
  func plantWorth(life: Double, operation: Double) -> Double {
    var worth = 1 + assumptions["installation"] / 100
    var time = life
    // Replacements at the end of each life; the last one counts by the part that is used.
    while time < years - 1e-9 {
      worth += pow(discountRatio, time) * min(1, (years - time) / life)
      time += life
    }
    worth += operation / 100 * years * ShareCosts.meanWorth(discountRatio, years: years)
    worth += assumptions["recycling"] / 100 * pow(discountRatio, years)
    return worth
  }

  /// Plant cost of a kWh that a machine gives in its hours of a year [EUR/kWh].
  func perKWh(_ id: String) -> Double {
    let worth = plantWorth(life: assumptions[id + ".life"], operation: assumptions[id + ".operation"])
    return assumptions[id + ".capital"] * worth / (years * assumptions[id + ".hours"])
  }

  /// A price with its escalation, mean present worth over the years [EUR/kWh].
  func price(_ name: String, escalation: Double) -> Double {
    assumptions["price." + name]
      * ShareCosts.meanWorth(
        ShareCosts.ratio(escalation: escalation / 100, discount: assumptions["discount"] / 100), years: years)
  }

  /// Cost of a storage per unit of size and day [EUR/MW/d or EUR/MWh/d], less the subsidy on what it passes in a day.
  func perDay(_ id: String) -> (power: Double, energy: Double) {
    let worth = plantWorth(life: assumptions[id + ".life"], operation: 1) * 1000 / (years * 365)
    let subsidy = assumptions["storage.subsidy"] * 1000 * assumptions["storage.cycles"] / 365
    return (assumptions[id + ".power_capital"] * worth, assumptions[id + ".energy_capital"] * worth - subsidy)
  }
}

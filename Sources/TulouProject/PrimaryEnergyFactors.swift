/// Primary energy per energy of what enters, by market and source.
package struct PrimaryEnergyFactors: Sendable, Equatable {
  /// A factor in all, and the part of it that is not renewable [kWh/kWh].
  package struct Factor: Sendable, Equatable {
    /// In all.
    package var total: Double
    /// What of it is not renewable.
    package var nonRenewable: Double
    /// A factor.
    package init(total: Double, nonRenewable: Double) {
      self.total = total
      self.nonRenewable = nonRenewable
    }
  }
  /// By market and source.
  package var factors: [String: Factor] = [:]
  /// Of heat that heat pumps take from the surroundings.
  package var ambient = Factor(total: 1, nonRenewable: 0)
  /// Whether what is sold is taken off at the market's factor.
  package var creditsSales = false
  /// Nothing stated.
  package init() {}
}

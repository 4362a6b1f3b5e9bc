package import TulouTechnologies

/// Pollutants other than CO2, each counted once where it is formed. Masses in kg per year, mean over the years.
public struct PollutantAccount: Sendable, Equatable {
  /// One line a machine, demand or market that emits.
  package var lines: [PollutantLine] = []
  /// All lines together [kg/y].
  package var totals: [Pollutant: Double] = [:]
  /// What would be emitted without the project [kg/y]; nil without reference.
  package var businessAsUsual: [Pollutant: Double]?
  /// Paid for pollutants, levelised [money/y].
  public var cost = 0.0
  /// Nothing yet.
  public init() {}

  /// The sum of one pollutant [kg/y].
  package subscript(pollutant: Pollutant) -> Double { totals[pollutant] ?? 0 }
}

/// What one machine, demand or market emits.
package struct PollutantLine: Sendable, Equatable {
  /// Where it is formed.
  package enum Kind: String, Sendable {
    /// Fuel burnt here.
    case burnt
    /// In the plants of the outside, for what is bought.
    case grid
  }
  /// Component, demand or market.
  package var id: String
  /// Where it is formed.
  package var kind: Kind
  /// Carrier that is burnt or bought.
  package var carrier: String
  /// Fuel burnt, by lower heating value, or energy bought [kWh/y].
  package var energy: Double
  /// Mean over the years [kg/y].
  package var amounts: [Pollutant: Double]
}

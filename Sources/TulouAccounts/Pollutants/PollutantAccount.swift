public import TulouTechnologies

/// Pollutants other than CO2, each counted once where it is formed. Masses in kg per year, mean over the years.
public struct PollutantAccount: Sendable, Equatable {
  /// One line a machine, demand or market that emits.
  public var lines: [PollutantLine] = []
  /// All lines together [kg/y].
  public var totals: [Pollutant: Double] = [:]
  /// What would be emitted without the project [kg/y]; nil without reference.
  public var businessAsUsual: [Pollutant: Double]?
  /// Paid for pollutants, levelised [money/y].
  public var cost = 0.0
  /// Nothing yet.
  public init() {}

  /// The sum of one pollutant [kg/y].
  public subscript(pollutant: Pollutant) -> Double { totals[pollutant] ?? 0 }
}

/// What one machine, demand or market emits.
public struct PollutantLine: Sendable, Equatable {
  /// Where it is formed.
  public enum Kind: String, Sendable {
    /// Fuel burnt here.
    case burnt
    /// In the plants of the outside, for what is bought.
    case grid
  }
  /// Component, demand or market.
  public var id: String
  /// Where it is formed.
  public var kind: Kind
  /// Carrier that is burnt or bought.
  public var carrier: String
  /// Fuel burnt, by lower heating value, or energy bought [kWh/y].
  public var energy: Double
  /// Mean over the years [kg/y].
  public var amounts: [Pollutant: Double]
}

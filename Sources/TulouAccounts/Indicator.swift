import TulouTechnologies

/// A measured number with its name, unit and definition.
public struct Indicator: Sendable, Equatable {
  /// Stable name in `result.json`, e.g. `net_present_cost`, `capacity_factor.wind`.
  public var key: String
  /// The number; nil where there is none (no change of sign for an internal rate of return, no reference ...).
  public var value: Double?
  /// Unit, e.g. `USD`, `kWh/y`; `1` for a share.
  public var unit: String
  /// What exactly it is, with its denominator.
  public var definition: String
  /// Why there is no value, or what restricts it; empty mostly.
  public var note: String
  /// Whether it is at least the number: something is not counted for want of a factor.
  public var isAtLeast = false
  /// An indicator.
  public init(key: String, value: Double?, unit: String, definition: String, note: String = "") {
    self.key = key
    self.value = value
    self.unit = unit
    self.definition = definition
    self.note = note
  }
}

/// Name, unit, definition and number of an indicator: the one place where these stand.
///
/// A further account is a file with its declarations beside `Indicators/`, and its line in `all`.
package struct IndicatorDeclaration: Sendable {
  /// A number with why there is none, or what restricts it.
  package typealias Noted = (value: Double?, note: String)

  /// Stable name.
  package let key: String
  /// Unit; `$` stands for the currency.
  package let unit: String
  /// What it is.
  package let definition: String
  /// What people call it; empty: its key in plain words.
  package let title: String
  /// Its number.
  let count: @Sendable (IndicatorBuilder) -> Noted

  /// An indicator.
  package init(
    _ key: String, _ unit: String, _ definition: String, title: String = "",
    value: @escaping @Sendable (IndicatorBuilder) -> Double?
  ) {
    self.init(key, unit, definition, title: title, noted: { (value($0), "") })
  }

  /// An indicator whose number may have a note.
  package init(
    _ key: String, _ unit: String, _ definition: String, title: String = "",
    noted: @escaping @Sendable (IndicatorBuilder) -> Noted
  ) {
    self.key = key
    self.unit = unit
    self.definition = definition
    self.title = title
    count = noted
  }

  /// All indicators of a plan in the order in which they are shown, account by account.
  package static let all: [IndicatorDeclaration] =
    money
    + carbon
    + pollutants
    + energy
    + service
    + trade
    + plant
    + comparison
    + quality

  /// The declaration of a key.
  package static func of(_ key: String) -> IndicatorDeclaration? { all.first { $0.key == key } }

  /// The indicator with a value, unit in `currency`.
  package func with(_ value: Double?, currency: String, note: String = "") -> Indicator {
    Indicator(
      key: key, value: value, unit: unit.first == "$" ? currency + unit.dropFirst() : unit, definition: definition,
      note: note)
  }
}

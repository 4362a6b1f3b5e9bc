/// What a year under the same rule is like with one component missing.
package struct Contingency: Sendable, Equatable {
  /// Component or market that is missing; empty: nothing.
  package var id: String
  /// In words, e.g. `one of 3 machines of 'genset'`.
  package var words: String
  /// Not served [kWh/y].
  package var unserved: Double
  /// Of it, of tiers called `critical` [kWh/y].
  package var unservedCritical: Double
  /// Time with demand not met [h/y].
  package var hours: Double
  /// Greatest power not met [kW].
  package var greatest: Double

  /// A record.
  package init(
    id: String, words: String, unserved: Double, unservedCritical: Double, hours: Double, greatest: Double
  ) {
    self.id = id
    self.words = words
    self.unserved = unserved
    self.unservedCritical = unservedCritical
    self.hours = hours
    self.greatest = greatest
  }
}

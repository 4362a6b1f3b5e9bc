/// What a carrier is: a form of energy, or a matter.
package enum CarrierKind: String, Sendable, Hashable, CaseIterable {
  /// What burns, by its lower heating value.
  case fuel
  /// What carries no energy that is counted.
  case material
  /// Work in wires.
  case electricity
  /// Heat at the temperature of its bus.
  case heat
  /// Cold at the temperature of its bus.
  case cold
  /// Water.
  case water
  /// Hydrogen, by its lower heating value.
  case hydrogen
}

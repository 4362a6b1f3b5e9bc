import TulouTechnologies

/// Which carriers a renewable fraction looks at.
package enum EnergyScope: String, Sendable, CaseIterable {
  /// Electricity.
  case electricity
  /// Heat and cold.
  case heat
  /// All that is used as it is: electricity, heat and cold.
  case all

  /// Whether a kind of carrier is looked at.
  package func contains(_ kind: Carrier.Kind?) -> Bool {
    switch kind {
    case .electricity: self != .heat
    case .heat, .cold: self != .electricity
    case .water, .hydrogen, .fuel, .material, nil: false
    }
  }

  /// Whether what converters take for carriers that are not looked at counts as use beside the demand.
  package var countsUse: Bool { self != .all }
}

/// One of the seven capabilities of an energy internet to lower CO2.
package enum Capability: String, Sendable, CaseIterable {
  /// Renewables take the place of coal power.
  case renewables
  /// Gas power takes the place of coal power.
  case gasPower = "gas_power"
  /// Less is lost in networks.
  case lineLoss = "line_loss"
  /// Savings, less the electricity of vehicles: may be negative.
  case energySaving = "energy_saving"
  /// A flatter load lets thermal units burn less coal.
  case loadShaping = "load_shaping"
  /// Gasoline replaced by electricity.
  case gasoline
  /// Gasoline replaced by gas.
  case gasVehicles = "gas_vehicles"

  /// What it is called.
  package var title: String {
    switch self {
    case .renewables: "Renewable substitution"
    case .gasPower: "Natural gas substitution"
    case .lineLoss: "Line loss reduction"
    case .energySaving: "Energy saving"
    case .loadShaping: "Load shaping"
    case .gasoline: "Gasoline replaced by electricity"
    case .gasVehicles: "Gasoline replaced by gas"
    }
  }

  /// Its formula, in the letters of the methods page.
  package var formula: String {
    switch self {
    case .renewables: "(G_j - G_0) λ α"
    case .gasPower: "dG λ ν α"
    case .lineLoss: "(r dρ + Σ r_v (ρ_vj - ρ_v0)) P α"
    case .energySaving: "(P Σ s e m - N k L / (1 - l)) α"
    case .loadShaping: "(P_peak Σ s c m + N_all w p + P_sto) / P_max db P σ"
    case .gasoline: "N L f κ"
    case .gasVehicles: "N_g L_g (f κ - g κ_g)"
    }
  }
}

/// A capability with its numbers.
package struct CapabilityRow: Sendable, Equatable {
  /// Which.
  package var capability: Capability
  /// CO2 that it avoids [kg].
  package var amount: Double
  /// Printed value [kg]; nil where none is given.
  package var published: Double?
  /// Contribution to the true sum [-]; nil where the sum is zero.
  package var share: Double?
}

/// The carbon account of a case: seven rows, their sum, what was printed, other readings, and what does not fit.
package struct CapabilityAccount: Sendable, Equatable {
  /// Emission factor of coal power α = b σ [kg/kWh].
  package var factor: Double
  /// The seven capabilities.
  package var rows: [CapabilityRow]
  /// Sum of the rows [kg].
  package var total: Double
  /// Sum of the printed rows [kg]; nil where none is printed.
  package var publishedRows: Double?
  /// Printed total [kg].
  package var publishedTotal: Double?
  /// Documented other readings of the rows that the paper does not determine.
  package var alternatives: [CapabilityAlternative]
  /// What does not fit together.
  package var checks: [CapabilityCheck]
  /// Balance of one electric vehicle in a year.
  package var vehicle: VehicleBalance

  /// The row of a capability [kg].
  package func amount(_ capability: Capability) -> Double {
    rows.first { $0.capability == capability }?.amount ?? 0
  }
}

/// Another reading of a row.
package struct CapabilityAlternative: Sendable, Equatable {
  /// Row.
  package var capability: Capability
  /// Short name, as an option of the file where it is one.
  package var name: String
  /// What is read differently.
  package var reading: String
  /// CO2 that the row then avoids [kg].
  package var amount: Double
}

/// Something that does not fit, with the numbers that show it.
package struct CapabilityCheck: Sendable, Equatable {
  /// Stable id, e.g. `average_above_peak`.
  package var id: String
  /// What does not fit.
  package var message: String
  /// The number that shows it, in the unit of the message.
  package var value: Double
}

/// CO2 of an electric vehicle in a year.
package struct VehicleBalance: Sendable, Equatable {
  /// Gasoline avoided [kg].
  package var gasoline: Double
  /// Electricity, with line losses [kg].
  package var electricity: Double
  /// Avoided on the whole [kg].
  package var net: Double { gasoline - electricity }
}

import TulouProblem
package import TulouProject

/// Exergy of a plan: where it enters, where it is destroyed, what arrives at the temperature that is needed. In kWh per year.
///
/// Electricity counts 1, heat and cold by the temperatures of their bus and the surroundings of the hour, fuels by their factor,
/// heat of the surroundings 0. What a source brings counts as it leaves the device (`device_output`), so sun and wind are
/// not charged with what panels and rotors cannot catch; with `basis: radiation` all light and wind before what stands is charged,
/// used or not.
public struct ExergyAccount: Sendable, Equatable {
  /// Whether there is an account; else `missing` says what it lacks.
  public var isComplete = false
  /// What sun and wind count as where they enter.
  package var basis = ExergyBasis.deviceOutput
  /// What is not stated and would be needed, a sentence each.
  public var missing: [String] = []
  /// What was taken for want of a statement, a sentence each.
  public var remarks: [String] = []
  /// Temperature of the surroundings in each step [degC]; empty where only what needs none is used.
  public var ambient: [Double] = []
  /// One line a component, market, bus with spill and demand.
  package var lines: [ExergyLine] = []
  /// What flows on each bus.
  package var buses: [ExergyFlow] = []
  /// What enters and is used by carrier.
  package var carriers: [ExergyUse] = []
  /// What enters and is used by season.
  package var seasons: [ExergyUse] = []
  /// What enters the cluster [kWh/y].
  public var entered = 0.0
  /// What demands need, at the temperature that they need [kWh/y].
  public var used = 0.0
  /// What is sold [kWh/y].
  public var sold = 0.0
  /// What is destroyed inside, use included [kWh/y].
  public var destroyed = 0.0
  /// What contents hold more at the end, and what changing surroundings made of them [kWh/y].
  public var stored = 0.0
  /// High-grade supply of low-grade demand, by exergy destroyed, largest first.
  package var mismatches: [ExergyMismatch] = []

  /// Nothing yet.
  public init() {}

  /// Exergy that is used and sold per exergy that enters or that stores hold less of at the end than at the start [-]; nil where there
  /// is none of either, or without an account.
  public var efficiency: Double? {
    let input = entered + max(0, -stored)
    guard isComplete, input > 0 else { return nil }
    let share = (used + sold) / input
    // What differs from the whole by the rounding of sums is the whole.
    return abs(share - 1) < 1e-12 ? 1 : share
  }

  /// The line of an id.
  package func line(_ id: String) -> ExergyLine? { lines.first { $0.id == id } }
}

/// Exergy of one component, market, bus or demand.
package struct ExergyLine: Sendable, Equatable {
  /// What a line stands for.
  package enum Kind: String, Sendable {
    case source, converter, storage, link, market, demand, spill
  }
  /// Component, market, bus or demand.
  package var id: String
  /// What it stands for.
  package var kind: Kind
  /// What it takes [kWh/y]; of a market: what is sold, of a source and a purchase: what enters.
  package var taken = 0.0
  /// What it gives [kWh/y]; of a demand: what is needed.
  package var given = 0.0
  /// What its content holds more [kWh/y].
  public var stored = 0.0
  /// What each hour takes [kW].
  package var hourlyTaken: [Double] = []
  /// What each hour gives [kW].
  package var hourlyGiven: [Double] = []
  /// What each hour puts into the content [kW].
  package var hourlyStored: [Double] = []

  /// What is destroyed [kWh/y].
  package var destroyed: Double { taken - given - stored }
  /// What is given per what is taken [-]; nil where nothing is taken.
  package var efficiency: Double? { taken > 0 ? (given + max(0, stored)) / taken : nil }
  /// What is destroyed in each hour [kW].
  package var hourlyDestroyed: [Double] {
    let scale = hourlyScale
    return hourlyTaken.indices.map {
      Dust.cleaned(hourlyTaken[$0] - hourlyGiven[$0] - hourlyStored[$0], scale: scale)
    }
  }
  /// By what its hours are measured: the most that it takes or gives in one [kW].
  var hourlyScale: Double { (hourlyTaken + hourlyGiven).reduce(0) { max($0, abs($1)) } }
}

/// What flows on a bus.
package struct ExergyFlow: Sendable, Equatable {
  /// Bus.
  package var bus: String
  /// Carrier.
  package var carrier: String
  /// Energy that arrives [kWh/y].
  package var energy: Double
  /// Exergy that arrives [kWh/y].
  package var exergy: Double
  /// Exergy per energy [-]; nil where nothing arrives.
  package var factor: Double? { energy > 0 ? exergy / energy : nil }
}

/// What enters and what is used, of a carrier or in a season.
package struct ExergyUse: Sendable, Equatable {
  /// Carrier or season.
  package var name: String
  /// What enters [kWh/y].
  public var entered = 0.0
  /// What is used and sold [kWh/y].
  public var used = 0.0
  /// Used and sold per entered [-]; nil where nothing enters.
  package var efficiency: Double? { entered > 0 ? used / entered : nil }
}

/// Supply of a higher grade than what it serves.
package struct ExergyMismatch: Sendable, Equatable {
  /// Component that turns high-grade energy into heat or cold.
  package var id: String
  /// What it takes: a carrier.
  package var from: String
  /// Heat or cold that it gives [kWh/y].
  package var energy: Double
  /// Exergy that it destroys [kWh/y].
  package var destroyed: Double
  /// What a heat pump or chiller of ordinary quality would destroy for the same [kWh/y].
  package var otherwise: Double
  /// The sentence that a planner can act on.
  package var sentence: String
}

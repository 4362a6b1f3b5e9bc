/// Inputs of the carbon account of an energy internet: two years, four sides, seven capabilities.
///
/// Energies in kWh a year, powers in kW, masses in kg, distances in km, shares as fractions. A group that the file
/// leaves out is zero: its capability then reduces nothing.
///
/// Source: Yang, Zhang, Li, Sustainability 2019, 11(9), 2502, tables 1 to 4.
package struct CarbonCase: Sendable, Equatable {
  /// A part of demand with smart meters and potentials.
  package struct Sector: Sendable, Equatable {
    /// Id, e.g. `residential`.
    package var id: String
    /// Share s of the consumption [-].
    package var share = 0.0
    /// Permeability m of smart meters [-].
    package var meters = 0.0
    /// Saving potential e [-].
    package var saving = 0.0
    /// Potential c to shift load away from the peak [-].
    package var shift = 0.0
    /// A sector.
    package init(id: String) { self.id = id }
  }

  /// A line of ultra-high voltage.
  package struct Line: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Loss that it saves r [-].
    package var lossReduction = 0.0
    /// Share of the generation that passes it in the base and in the target year [-].
    package var base = 0.0, target = 0.0
    /// A line.
    package init(id: String) { self.id = id }
  }

  /// How a lower peak is turned into coal saved.
  package enum LoadRate: String, Sendable, CaseIterable {
    /// Coal saved is per percentage point of the peak that is cut.
    case perPoint = "per_point"
    /// Coal saved is per whole peak that is cut.
    case fraction
    /// Coal saved is per percentage point of the load factor that is gained.
    case loadFactor = "load_factor"
  }

  /// What the line loss is applied to.
  package enum LossOn: String, Sendable, CaseIterable {
    /// The charging of vehicles.
    case vehicles
    /// Vehicles and savings.
    case all
  }

  /// Free text.
  package var name = "Carbon account"
  /// The years compared.
  package var baseYear = 0, targetYear = 0
  /// Coal rate b of thermal units [kg standard coal/kWh].
  package var coalRate = 0.0
  /// Emission σ of standard coal [kg CO2/kg].
  package var coalFactor = 0.0
  /// Renewable generation in both years [kWh].
  package var renewablesBase = 0.0, renewablesTarget = 0.0
  /// Share λ of it that the energy internet brings [-].
  package var renewablesAttributed = 1.0
  /// More generation from gas [kWh].
  package var gasIncrease = 0.0
  /// Share λ of it that the energy internet brings [-].
  package var gasAttributed = 1.0
  /// Part of the coal power's emission that gas saves [-]: 1 less its own emission.
  package var gasNetFactor = 1.0
  /// Generation P of the target year [kWh].
  package var generation = 0.0
  /// Loss that microgrids save where they reach all, r [-].
  package var microgridLossReduction = 0.0
  /// Gain of microgrid permeability, dρ [-].
  package var microgridPermeability = 0.0
  /// Lines of ultra-high voltage.
  package var lines: [Line] = []
  /// Sectors of demand.
  package var sectors: [Sector] = []
  /// Vehicles added, and all in the target year.
  package var vehiclesAdded = 0.0, vehiclesTotal = 0.0
  /// Electricity per distance k [kWh/km] and distance a year L [km].
  package var vehicleConsumption = 0.0, vehicleDistance = 0.0
  /// Line loss l [-].
  package var lineLoss = 0.0
  /// Share of the vehicles w that charge at the peak but would no more [-], and power of a charger [kW].
  package var chargingAtPeak = 0.0, charger = 0.0
  /// Gasoline per distance f [l/km] and its emission κ [kg/l].
  package var fuel = 0.0, fuelFactor = 0.0
  /// Gas vehicles, their distance [km], gasoline that each saves [l/km] and its emission [kg/l], gas that it burns
  /// [m3/km] and its emission [kg/m3].
  package var gasVehicles = 0.0, gasDistance = 0.0, gasSavedFuel = 0.0, gasSavedFactor = 0.0
  /// See `gasVehicles`.
  package var gasConsumption = 0.0, gasFactor = 0.0
  /// Load that may be shifted at the peak, discharge of storages at the peak, and maximum load [kW].
  package var peakLoad = 0.0, storageAtPeak = 0.0, maximumLoad = 0.0
  /// Coal saved by a higher load rate db [kg/kWh per percentage point].
  package var coalSaved = 0.0
  /// How the coal saved is counted.
  package var loadRate = LoadRate.perPoint
  /// Scale of all saving potentials [-].
  package var savingScale = 1.0
  /// What the line loss is applied to.
  package var lossOn = LossOn.vehicles
  /// Printed values by row id, and `total` [kg].
  package var published: [String: Double] = [:]
  /// Stated ranges by parameter path, low and high in the parameter's unit.
  package var ranges: [String: ClosedRange<Double>] = [:]
  /// Number of draws of the Monte Carlo study.
  package var draws = 10_000
  /// Its seed.
  package var seed = 1

  /// Nothing but zeros.
  package init() {}
}

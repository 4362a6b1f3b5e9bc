/// Yearly electricity of a district from floor areas and benchmarks.
///
/// Equation (1): `E = sum A d`.
/// - Source: Zhang et al. 2016, Sustainability 8(5), 452, section 2.2.1 and table 1.
package struct BuildingStock: Sendable, Equatable {
  /// A kind of building.
  package struct Kind: Sendable, Equatable {
    /// Name.
    package var name: String
    /// Floor area A [m2].
    package var floorArea: Double
    /// Benchmark d [kWh/m2/y].
    package var benchmark: Double
    /// A kind.
    package init(_ name: String, floorArea: Double, benchmark: Double) {
      self.name = name
      self.floorArea = floorArea
      self.benchmark = benchmark
    }
    /// Energy of a year [kWh].
    package var energy: Double { floorArea * benchmark }
  }

  /// Kinds of building.
  package var kinds: [Kind]
  /// Energy of what has no floor area [kWh/y].
  package var otherEnergy: Double
  /// A stock.
  package init(kinds: [Kind], otherEnergy: Double = 0) {
    self.kinds = kinds
    self.otherEnergy = otherEnergy
  }
  /// Energy of a year E [kWh].
  package var energy: Double { kinds.reduce(otherEnergy) { $0 + $1.energy } }
}

/// Connected load of a district from its land use.
///
/// Equation (2) without diversity: `P = sum w A R / 1000`.
/// - Source: Zhang et al. 2016, section 2.2.1 and table 2.
package struct LandUse: Sendable, Equatable {
  /// A use of land.
  package struct Use: Sendable, Equatable {
    /// Name.
    package var name: String
    /// Land A [m2].
    package var land: Double
    /// Floor-area ratio R [-].
    package var floorAreaRatio: Double
    /// Load density w [W per m2 of floor].
    package var loadDensity: Double
    /// Whether its demand may wait.
    package var service: Service
    /// A use.
    package init(_ name: String, land: Double, floorAreaRatio: Double, loadDensity: Double, service: Service) {
      self.name = name
      self.land = land
      self.floorAreaRatio = floorAreaRatio
      self.loadDensity = loadDensity
      self.service = service
    }
    /// Load [kW].
    package var kilowatts: Double { loadDensity * land * floorAreaRatio / 1000 }
    /// Floor [m2].
    package var floorArea: Double { land * floorAreaRatio }
  }

  /// How a load is served.
  package enum Service: Sendable, Equatable {
    /// At once.
    case primary
    /// Within a window.
    case deferrable
  }

  /// Uses.
  package var uses: [Use]
  /// Load of what has no land of its own [kW].
  package var otherKilowatts: Double
  /// How that is served.
  package var otherService: Service
  /// Land use of a district.
  package init(uses: [Use], otherKilowatts: Double = 0, otherService: Service = .deferrable) {
    self.uses = uses
    self.otherKilowatts = otherKilowatts
    self.otherService = otherService
  }

  /// Connected load [kW].
  package var kilowatts: Double { kilowatts(.primary) + kilowatts(.deferrable) }

  /// Connected load of a class [kW].
  package func kilowatts(_ service: Service) -> Double {
    uses.filter { $0.service == service }.reduce(otherService == service ? otherKilowatts : 0) { $0 + $1.kilowatts }
  }

  /// Share of the connected load that a class has [-]; energy is split by it (table 4).
  package func share(_ service: Service) -> Double { kilowatts > 0 ? kilowatts(service) / kilowatts : 0 }
}

/// A district that grows in area.
///
/// - Source: Zhang et al. 2016, table 3: energy and connected load scale with area, one diversity factor a stage.
package struct DistrictStage: Sendable, Equatable {
  /// Name.
  package var name: String
  /// Area over the area that the stock and land use describe [-].
  package var areaRatio: Double
  /// Diversity factor K: planned over connected load [-].
  package var diversity: Double
  /// A stage.
  package init(_ name: String, areaRatio: Double, diversity: Double) {
    self.name = name
    self.areaRatio = areaRatio
    self.diversity = diversity
  }
  /// Energy of a year [kWh] from that of the described area.
  package func energy(base: Double) -> Double { base * areaRatio }
  /// Connected load [kW].
  package func connectedKilowatts(base: Double) -> Double { base * areaRatio }
  /// Planned load [kW]: connected load times diversity.
  package func plannedKilowatts(base: Double) -> Double { base * areaRatio * diversity }
  /// Mean over planned load [-]; above 0.8 it is implausible, see note 16 of the seed's inconsistencies.
  package func loadFactor(energyBase: Double, loadBase: Double) -> Double {
    energy(base: energyBase) / 8760 / plannedKilowatts(base: loadBase)
  }
}

import TulouFinance

/// What is wanted at a bus.
package struct Demand: Sendable, Equatable {
  /// A share of the demand that may be shed at a price.
  package struct Tier: Sendable, Equatable {
    /// Name of the tier that outages and failures are measured by.
    package static let critical = "critical"

    /// `critical`, `normal`, `comfort`, ...
    package var name: String
    /// Share of each hour's demand [-].
    package var share: Double
    /// Penalty [money/kWh]; nil: may not be shed.
    package var unservedCost: Double?
    /// A tier.
    package init(name: String, share: Double, unservedCost: Double?) {
      self.name = name
      self.share = share
      self.unservedCost = unservedCost
    }
  }

  /// When energy has to come.
  package enum Kind: Sendable, Equatable {
    /// In the hour in which it is wanted.
    case fixed
    /// Wanted in hour s, served in s - advance ... s + delay [h]; at most `peak` [kW].
    case sliding(delayHours: Double, advanceHours: Double, peak: Double?)
    /// Any hours of the same calendar day; at most `peak` [kW].
    case daily(peak: Double?)
    /// A tank filled by the load and emptied at the wanted rate: content at most `energy` [kWh], power at most
    /// `peak` [kW], at least `minimumLoad` x peak when on (rules only).
    case tank(energy: Double, peak: Double?, minimumLoad: Double)
    /// Parked vehicles.
    case vehicles(Fleet)
  }

  /// A fleet as a storage with series bounds; all series have one value a step.
  package struct Fleet: Sendable, Equatable {
    /// Greatest charging power of what is plugged in [kW].
    package var chargePower: [Double]
    /// Greatest discharging power (V2G) [kW]; all zero without V2G.
    package var dischargePower: [Double]
    /// Least content at the start of the step [kWh].
    package var leastContent: [Double]
    /// Greatest content at the start of the step [kWh].
    package var greatestContent: [Double]
    /// Energy that trips take out during the step [kWh].
    package var tripEnergy: [Double]
    /// Charging and discharging efficiency [-].
    package var chargeEfficiency: Double, dischargeEfficiency: Double
    /// A fleet.
    package init(
      chargePower: [Double], dischargePower: [Double], leastContent: [Double], greatestContent: [Double],
      tripEnergy: [Double], chargeEfficiency: Double, dischargeEfficiency: Double
    ) {
      self.chargePower = chargePower
      self.dischargePower = dischargePower
      self.leastContent = leastContent
      self.greatestContent = greatestContent
      self.tripEnergy = tripEnergy
      self.chargeEfficiency = chargeEfficiency
      self.dischargeEfficiency = dischargeEfficiency
    }
  }

  /// Fuel that vehicles burnt before, and would burn without the project.
  package struct ReplacedFuel: Sendable, Equatable {
    /// Distance of all vehicles [km/y].
    package var distance: Double
    /// Fuel per distance [l/km].
    package var fuel: Double
    /// Emission of the fuel [kg/l].
    package var emission: Double
    /// Price of the fuel [money/l]; nil: not stated.
    package var price: Double?
    /// CO2 that is no longer emitted [kg/y].
    package var avoided: Double { distance * fuel * emission }
    /// A fuel that is replaced.
    package init(distance: Double, fuel: Double, emission: Double, price: Double? = nil) {
      self.distance = distance
      self.fuel = fuel
      self.emission = emission
      self.price = price
    }
  }

  /// Id.
  package var id: String
  /// Free text.
  package var name: String
  /// Who wants it; nil: the commons.
  package var member: String?
  /// Bus that serves it.
  package var bus: String
  /// Wanted power in each step [kW]; for vehicles the trip energy as power.
  package var power: [Double]
  /// When it has to come.
  package var kind: Kind = .fixed
  /// Shares that may be shed; empty: nothing may.
  package var tiers: [Tier] = []
  /// Temperature that it needs [degC], where the bus is heat or cold.
  package var neededTemperature: Double?
  /// Yearly growth [1/y].
  package var growth = 0.0
  /// Fuel whose place it takes, where it moves vehicles.
  package var replaces: ReplacedFuel?

  /// A demand.
  package init(id: String, bus: String, power: [Double]) {
    self.id = id
    self.name = id
    self.bus = bus
    self.power = power
  }
}

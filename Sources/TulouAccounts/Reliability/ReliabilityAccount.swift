/// How surely demand is served. Electricity, unless a name says otherwise.
public struct ReliabilityAccount: Sendable, Equatable {
  /// Share of hours in which demand is not fully served [-] (LPSP by hours).
  public var lossOfPowerSupplyHours = 0.0
  /// Unserved energy per demand [-] (LPSP by energy).
  public var lossOfPowerSupplyEnergy = 0.0
  /// Unserved [kWh/y].
  public var unserved = 0.0
  /// (Unserved + short reserve) / demand [-].
  public var capacityShortage = 0.0
  /// Unserved energy by demand and tier.
  package var tiers: [TierReliability] = []
  /// The event with the most unserved energy; nil where everything is served.
  package var worstEvent: UnservedEvent?
  /// Number of events per year [1/y].
  public var events = 0.0
  /// Time from each hour on that own sources and storages serve the demand with the outside cut [h].
  package var hoursOfAutonomy = HoursOfAutonomy()
  /// The same for the critical tiers alone; nil where no tier is called `critical`.
  package var hoursOfAutonomyCritical: HoursOfAutonomy?
  /// Nothing yet.
  public init() {}
}

/// Demand of a tier and what of it is not served.
package struct TierReliability: Sendable, Equatable {
  /// Demand.
  package var demand: String
  /// Tier.
  package var tier: String
  /// Wanted [kWh/y].
  package var wanted: Double
  /// Not served [kWh/y].
  package var unserved: Double
  /// A tier.
  package init(demand: String, tier: String, wanted: Double, unserved: Double) {
    self.demand = demand
    self.tier = tier
    self.wanted = wanted
    self.unserved = unserved
  }
}

/// Consecutive hours with unserved demand.
package struct UnservedEvent: Sendable, Equatable {
  /// First step.
  package var start: Int
  /// Its stamp, e.g. `2027-01-31T18`.
  package var stamp: String
  /// Length [h].
  package var hours: Double
  /// Unserved energy [kWh].
  package var energy: Double
  /// Greatest unserved power [kW].
  package var power: Double
  /// An event.
  package init(start: Int, stamp: String, hours: Double, energy: Double, power: Double) {
    self.start = start
    self.stamp = stamp
    self.hours = hours
    self.energy = energy
    self.power = power
  }
}

/// Hours until demand is first not served, over all hours at which the outside might be cut, counted up to `limit`.
package struct HoursOfAutonomy: Sendable, Equatable {
  /// Least [h].
  package var least = 0.0
  /// Mean [h].
  package var mean = 0.0
  /// Greatest [h].
  package var greatest = 0.0
  /// Counting stops here [h].
  package var limit = 168.0
  /// Nothing yet.
  package init() {}
}

/// What is wanted at a bus.
public struct Demand: Sendable, Equatable {
  /// A share of the demand that may be shed at a price.
  public struct Tier: Sendable, Equatable {
    /// Name of the tier that outages and failures are measured by.
    public static let critical = "critical"

    /// `critical`, `normal`, `comfort`, ...
    public var name: String
    /// Share of each hour's demand [-].
    public var share: Double
    /// Penalty [money/kWh]; nil: may not be shed.
    public var unservedCost: Double?
    /// A tier.
    public init(name: String, share: Double, unservedCost: Double?) {
      self.name = name
      self.share = share
      self.unservedCost = unservedCost
    }
  }

  /// When energy has to come.
  public enum Kind: Sendable, Equatable {
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
  public struct Fleet: Sendable, Equatable {
    /// Greatest charging power of what is plugged in [kW].
    public var chargePower: [Double]
    /// Greatest discharging power (V2G) [kW]; all zero without V2G.
    public var dischargePower: [Double]
    /// Least content at the start of the step [kWh].
    public var leastContent: [Double]
    /// Greatest content at the start of the step [kWh].
    public var greatestContent: [Double]
    /// Energy that trips take out during the step [kWh].
    public var tripEnergy: [Double]
    /// Charging and discharging efficiency [-].
    public var chargeEfficiency: Double, dischargeEfficiency: Double
    /// A fleet.
    public init(
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
  public struct ReplacedFuel: Sendable, Equatable {
    /// Distance of all vehicles [km/y].
    public var distance: Double
    /// Fuel per distance [l/km].
    public var fuel: Double
    /// Emission of the fuel [kg/l].
    public var emission: Double
    /// Price of the fuel [money/l]; nil: not stated.
    public var price: Double?
    /// CO2 that is no longer emitted [kg/y].
    public var avoided: Double { distance * fuel * emission }
    /// A fuel that is replaced.
    public init(distance: Double, fuel: Double, emission: Double, price: Double? = nil) {
      self.distance = distance
      self.fuel = fuel
      self.emission = emission
      self.price = price
    }
  }

  /// Id.
  public var id: String
  /// Free text.
  public var name: String
  /// Who wants it; nil: the commons.
  public var member: String?
  /// Bus that serves it.
  public var bus: String
  /// Wanted power in each step [kW]; for vehicles the trip energy as power.
  public var power: [Double]
  /// When it has to come.
  public var kind: Kind = .fixed
  /// Shares that may be shed; empty: nothing may.
  public var tiers: [Tier] = []
  /// Temperature that it needs [degC], where the bus is heat or cold.
  public var neededTemperature: Double?
  /// Yearly growth [1/y].
  public var growth = 0.0
  /// Fuel whose place it takes, where it moves vehicles.
  public var replaces: ReplacedFuel?

  /// A demand.
  public init(id: String, bus: String, power: [Double]) {
    self.id = id
    self.name = id
    self.bus = bus
    self.power = power
  }
}

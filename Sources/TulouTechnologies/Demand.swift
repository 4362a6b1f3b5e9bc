/// What is wanted at a bus.
public struct Demand: Sendable, Equatable {
  /// A share of the demand that may be shed at a price.
  public struct Tier: Sendable, Equatable {
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
    /// Greatest discharging power (V2G) [kW]; all nought without V2G.
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

  /// A demand.
  public init(id: String, bus: String, power: [Double]) {
    self.id = id
    self.name = id
    self.bus = bus
    self.power = power
  }
}

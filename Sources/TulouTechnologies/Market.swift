/// Buys from or sells to the outside.
public struct Market: Sendable, Equatable {
  /// Whether buying and selling in one step is allowed.
  public enum Metering: String, Sendable { case net, gross }

  /// Price of energy: bands over the calendar, tiers per billing month.
  public struct Tariff: Sendable, Equatable {
    /// Price in each step (count 1: constant) [money/kWh], of the first tier where there are tiers.
    public var price: PathSeries
    /// Names of the bands; empty where the price is one number or a series.
    public var bands: [String] = []
    /// Band of each step, an index into `bands`; empty without bands.
    public var bandOfStep: [UInt8] = []
    /// Tiers, cumulative per calendar month; empty: none. The last has no `upTo`.
    public var tiers: [Tier] = []
    /// A tariff.
    public init(price: PathSeries) { self.price = price }
  }

  /// A tier of a tariff.
  public struct Tier: Sendable, Equatable {
    /// Cumulative energy of the month up to which it holds [kWh]; nil: all above.
    public var upTo: Double?
    /// Its price [money/kWh].
    public var price: Double
    /// A tier.
    public init(upTo: Double?, price: Double) {
      self.upTo = upTo
      self.price = price
    }
  }

  /// Paid on the highest purchase of a billing month.
  public struct DemandCharge: Sendable, Equatable {
    /// Rate [money/kW/month].
    public var rate: Double
    /// Least billed power [kW].
    public var minimum = 0.0
    /// Share of the highest month that each month is billed at least [-]; 0: no ratchet.
    public var ratchet = 0.0
    /// Real yearly growth [1/y].
    public var escalation = 0.0
    /// Steps in which purchases count; nil: all (coincident peaks name theirs).
    public var steps: [Bool]?
    /// A charge.
    public init(rate: Double) { self.rate = rate }
  }

  /// Id.
  public var id: String
  /// Free text.
  public var name: String
  /// Bus that it serves.
  public var bus: String
  /// Class of what is bought.
  public var energyClass: EnergyClass
  /// Buying and selling at once.
  public var metering: Metering = .net
  /// Purchase tariff; nil: nothing can be bought.
  public var buy: Tariff?
  /// Sale tariff; nil: nothing can be sold.
  public var sell: Tariff?
  /// Greatest purchase [kW]; nil: no limit.
  public var buyLimit: Double?
  /// Greatest sale [kW]; nil: no limit.
  public var sellLimit: Double?
  /// Charges on the monthly peak of purchase.
  public var demandCharges: [DemandCharge] = []
  /// Paid each month whatever is bought [money/month].
  public var fixedChargePerMonth = 0.0
  /// Emission at purchase [kg CO2/kWh].
  public var emission = PathSeries(0)
  /// CO2 that one more kWh bought causes, for what a change avoids [kg/kWh]; nil: not known.
  public var marginalEmission: PathSeries?
  /// Pollutants formed outside for what is bought [kg/kWh].
  public var pollutants: [Pollutant: PathSeries] = [:]
  /// Whether sale is said to displace emission outside, on a line of its own and in no total.
  public var countsExportCredit = false
  /// Renewable share of what is bought [-], for the renewable fraction where asked.
  public var renewableShare = 0.0
  /// When it is cut off; nil: never.
  public var outages: GridOutages?
  /// Whether it only serves members that stand alone (`for: alone`).
  public var onlyAlone = false

  /// A market.
  public init(id: String, bus: String, energyClass: EnergyClass) {
    self.id = id
    self.name = id
    self.bus = bus
    self.energyClass = energyClass
  }
}

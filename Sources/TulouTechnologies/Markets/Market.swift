/// Buys from or sells to the outside.
public struct Market: Sendable, Equatable {
  /// Whether buying and selling in one step is allowed.
  public enum Metering: String, Sendable, CaseIterable { case net, gross }

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
  /// Price of purchase; nil: nothing can be bought.
  public var buy: Price?
  /// Price of sale; nil: nothing can be sold.
  public var sell: Price?
  /// Greatest purchase [kW]; nil: no limit.
  public var buyLimit: Double?
  /// Greatest sale [kW]; nil: no limit.
  public var sellLimit: Double?
  /// Charges on the monthly peak of purchase.
  public var demandCharges: [DemandCharge] = []
  /// Paid each month whatever is bought [money/month].
  public var fixedChargePerMonth = 0.0
  /// Paid each day whatever is bought [money/d].
  public var fixedChargePerDay = 0.0
  /// Least sum of energy, demand and fixed charges of a month [money/month].
  public var minimumPerMonth = 0.0
  /// How purchases and sales are set off against each other; nil: each hour is paid by itself.
  public var netMetering: NetMetering?
  /// The same in the words of the file, from which bills are computed; nil: made in code, what is resolved says all.
  public var tariff: Tariff?
  /// Emission at purchase [kg CO2/kWh]; nil: not stated.
  public var emission: PathSeries?
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

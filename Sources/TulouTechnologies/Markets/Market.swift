package import TulouFinance

/// Buys from or sells to the outside.
package struct Market: Sendable, Equatable {
  /// Whether buying and selling in one step is allowed.
  package enum Metering: String, Sendable, CaseIterable { case net, gross }

  /// Id.
  package var id: String
  /// Free text.
  package var name: String
  /// Bus that it serves.
  package var bus: String
  /// Class of what is bought.
  package var energyClass: EnergyClass
  /// Buying and selling at once.
  package var metering: Metering = .net
  /// Price of purchase; nil: nothing can be bought.
  package var buy: Price?
  /// Price of sale; nil: nothing can be sold.
  package var sell: Price?
  /// Greatest purchase [kW]; nil: no limit.
  package var buyLimit: Double?
  /// Greatest sale [kW]; nil: no limit.
  package var sellLimit: Double?
  /// Charges on the monthly peak of purchase.
  package var demandCharges: [DemandCharge] = []
  /// Paid each month whatever is bought [money/month].
  package var fixedChargePerMonth = 0.0
  /// Paid each day whatever is bought [money/d].
  package var fixedChargePerDay = 0.0
  /// Least sum of energy, demand and fixed charges of a month [money/month].
  package var minimumPerMonth = 0.0
  /// How purchases and sales are set off against each other; nil: each hour is paid by itself.
  package var netMetering: NetMetering?
  /// The same in the words of the file, from which bills are computed; nil: made in code, what is resolved says all.
  package var tariff: Tariff?
  /// Emission at purchase [kg CO2/kWh]; nil: not stated.
  package var emission: PathSeries?
  /// CO2 that one more kWh bought causes, for what a change avoids [kg/kWh]; nil: not known.
  package var marginalEmission: PathSeries?
  /// Pollutants formed outside for what is bought [kg/kWh].
  package var pollutants: [Pollutant: PathSeries] = [:]
  /// Whether sale is said to displace emission outside, on a line of its own and in no total.
  package var countsExportCredit = false
  /// Renewable share of what is bought [-], for the renewable fraction where asked.
  package var renewableShare = 0.0
  /// When it is cut off; nil: never.
  package var outages: GridOutages?
  /// Whether it only serves members that stand alone (`for: alone`).
  package var onlyAlone = false

  /// A market.
  package init(id: String, bus: String, energyClass: EnergyClass) {
    self.id = id
    self.name = id
    self.bus = bus
    self.energyClass = energyClass
  }
}

package import TulouTechnologies

/// Energy of the cluster: entries by class - curtailed + discharged - charged = served + sold + losses.
public struct ClusterBalance: Sendable, Equatable {
  /// One view a carrier that is an energy, in the order of the project's carriers.
  package var carriers: [BalanceView] = []
  /// All carriers together.
  package var all = BalanceView(name: "all")
  /// Greatest residual of an hour in any view [kW].
  public var residual = 0.0
  /// Nothing yet.
  public init() {}
  /// The view of electricity alone (that of the thesis), if the project has electricity.
  package var electricity: BalanceView? { carriers.first { $0.name == CarrierKind.electricity.rawValue } }
}

/// The balance of one carrier or of all: by hour, by month and by year.
package struct BalanceView: Sendable, Equatable {
  /// Id of the carrier, or `all`.
  package var name: String
  /// Classes in the order of `BalanceSums.entries` and `hourlyEntries`.
  package var classes: [EnergyClass] = []
  /// `hourlyEntries[c][t]`: what enters by class, after curtailment [kW].
  package var hourlyEntries: [[Double]] = []
  /// What sources leave unused [kW].
  package var hourlyCurtailed: [Double] = []
  /// Out of storages [kW].
  package var hourlyDischarged: [Double] = []
  /// Into storages [kW].
  package var hourlyCharged: [Double] = []
  /// Demand served [kW].
  package var hourlyServed: [Double] = []
  /// Sold outside [kW].
  package var hourlySold: [Double] = []
  /// Losses of links and converters, and spill [kW].
  package var hourlyLosses: [Double] = []
  /// For one carrier: what converters bring in from other carriers less what they take out [kW]; zero together.
  package var hourlyConverted: [Double] = []
  /// Autonomy of each hour [-].
  package var hourlyAutonomy: [Double] = []
  /// Sums per year.
  package var yearly = BalanceSums(period: "year")
  /// Sums over each calendar month of the horizon.
  package var monthly: [BalanceSums] = []
  /// A view.
  package init(name: String) { self.name = name }
}

/// Sums of a balance over a period [kWh].
package struct BalanceSums: Sendable, Equatable {
  /// `year`, or a month as `2027-01`.
  package var period: String
  /// By class, after curtailment.
  package var entries: [EnteredEnergy] = []
  /// What sources leave unused.
  package var curtailed = 0.0
  /// Out of storages.
  package var discharged = 0.0
  /// Into storages.
  package var charged = 0.0
  /// Demand served.
  package var served = 0.0
  /// Served by kind of member; the commons are `commons`.
  package var servedByKind: [ClassEnergy] = []
  /// Sold outside.
  package var sold = 0.0
  /// Losses and spill.
  package var losses = 0.0
  /// From other carriers less to other carriers; zero together.
  package var converted = 0.0
  /// Demand not served.
  package var unserved = 0.0
  /// entries + converted + discharged - charged - served - sold - losses.
  package var residual = 0.0
  /// 1 - P_N / (P_O + charged + sold + losses); 1 where that is zero.
  package var autonomy = 1.0
  /// 1 - P_N / P_O; 1 where nothing is served.
  package var autonomyWithoutLosses = 1.0
  /// Sums of a period.
  package init(period: String) { self.period = period }
  /// What enters in a class, sub-classes included (`S` is `S.sun` and `S.hydro`).
  package func entry(_ energyClass: EnergyClass) -> Double {
    entries.reduce(0) { $1.energyClass.belongs(to: energyClass) ? $0 + $1.energy : $0 }
  }
}

/// What enters in a class.
package struct EnteredEnergy: Sendable, Equatable {
  /// Class.
  package var energyClass: EnergyClass
  /// Energy [kWh].
  package var energy: Double
  /// An entry.
  package init(_ energyClass: EnergyClass, _ energy: Double) {
    self.energyClass = energyClass
    self.energy = energy
  }
}

/// An energy with a name: a carrier, a band of a tariff, or a kind of member.
package struct ClassEnergy: Sendable, Equatable {
  /// Name.
  package var name: String
  /// Energy [kWh].
  package var energy: Double
  /// A named energy.
  package init(_ name: String, _ energy: Double) {
    self.name = name
    self.energy = energy
  }
}

/// Energy of one source, converter or market by month.
public struct SourceEnergy: Sendable, Equatable {
  /// Component or market.
  public var id: String
  /// Carrier that it gives.
  public var carrier: String
  /// Class of what enters; nil for converters and storages.
  package var energyClass: EnergyClass?
  /// `source`, `converter`, `storage`, `market`.
  public var kind: String
  /// Energy given to its bus, per year [kWh/y].
  public var yearly: Double
  /// By calendar month of the horizon, keys in `months` [kWh].
  public var monthly: [Double]
  /// The months, e.g. `2027-01`.
  public var months: [String]
  /// Left unused, per year [kWh/y].
  public var curtailed: Double
  /// An energy.
  package init(
    id: String, carrier: String, energyClass: EnergyClass?, kind: String, yearly: Double, monthly: [Double],
    months: [String], curtailed: Double
  ) {
    self.id = id
    self.carrier = carrier
    self.energyClass = energyClass
    self.kind = kind
    self.yearly = yearly
    self.monthly = monthly
    self.months = months
    self.curtailed = curtailed
  }
}

public import TulouTechnologies

/// Energy of the cluster: entries by class - curtailed + discharged - charged = served + sold + losses.
public struct ClusterBalance: Sendable, Equatable {
  /// One view a carrier that is an energy, in the order of the project's carriers.
  public var carriers: [BalanceView] = []
  /// All carriers together.
  public var all = BalanceView(name: "all")
  /// Greatest residual of an hour in any view [kW].
  public var residual = 0.0
  /// Nothing yet.
  public init() {}
  /// The view of electricity alone (that of the thesis), if the project has electricity.
  public var electricity: BalanceView? { carriers.first { $0.name == CarrierKind.electricity.rawValue } }
}

/// The balance of one carrier or of all: by hour, by month and by year.
public struct BalanceView: Sendable, Equatable {
  /// Id of the carrier, or `all`.
  public var name: String
  /// Classes in the order of `BalanceSums.entries` and `hourlyEntries`.
  public var classes: [EnergyClass] = []
  /// `hourlyEntries[c][t]`: what enters by class, after curtailment [kW].
  public var hourlyEntries: [[Double]] = []
  /// What sources leave unused [kW].
  public var hourlyCurtailed: [Double] = []
  /// Out of storages [kW].
  public var hourlyDischarged: [Double] = []
  /// Into storages [kW].
  public var hourlyCharged: [Double] = []
  /// Demand served [kW].
  public var hourlyServed: [Double] = []
  /// Sold outside [kW].
  public var hourlySold: [Double] = []
  /// Losses of links and converters, and spill [kW].
  public var hourlyLosses: [Double] = []
  /// For one carrier: what converters bring in from other carriers less what they take out [kW]; zero together.
  public var hourlyConverted: [Double] = []
  /// Autonomy of each hour [-].
  public var hourlyAutonomy: [Double] = []
  /// Sums per year.
  public var yearly = BalanceSums(period: "year")
  /// Sums over each calendar month of the horizon.
  public var monthly: [BalanceSums] = []
  /// A view.
  public init(name: String) { self.name = name }
}

/// Sums of a balance over a period [kWh].
public struct BalanceSums: Sendable, Equatable {
  /// `year`, or a month as `2027-01`.
  public var period: String
  /// By class, after curtailment.
  public var entries: [EnteredEnergy] = []
  /// What sources leave unused.
  public var curtailed = 0.0
  /// Out of storages.
  public var discharged = 0.0
  /// Into storages.
  public var charged = 0.0
  /// Demand served.
  public var served = 0.0
  /// Served by kind of member; the commons are `commons`.
  public var servedByKind: [ClassEnergy] = []
  /// Sold outside.
  public var sold = 0.0
  /// Losses and spill.
  public var losses = 0.0
  /// From other carriers less to other carriers; zero together.
  public var converted = 0.0
  /// Demand not served.
  public var unserved = 0.0
  /// entries + converted + discharged - charged - served - sold - losses.
  public var residual = 0.0
  /// 1 - P_N / (P_O + charged + sold + losses); 1 where that is zero.
  public var autonomy = 1.0
  /// 1 - P_N / P_O; 1 where nothing is served.
  public var autonomyWithoutLosses = 1.0
  /// Sums of a period.
  public init(period: String) { self.period = period }
  /// What enters in a class, sub-classes included (`S` is `S.sun` and `S.hydro`).
  public func entry(_ energyClass: EnergyClass) -> Double {
    entries.reduce(0) { $1.energyClass.belongs(to: energyClass) ? $0 + $1.energy : $0 }
  }
}

/// What enters in a class.
public struct EnteredEnergy: Sendable, Equatable {
  /// Class.
  public var energyClass: EnergyClass
  /// Energy [kWh].
  public var energy: Double
  /// An entry.
  public init(_ energyClass: EnergyClass, _ energy: Double) {
    self.energyClass = energyClass
    self.energy = energy
  }
}

/// An energy with a name: a carrier, a band of a tariff, or a kind of member.
public struct ClassEnergy: Sendable, Equatable {
  /// Name.
  public var name: String
  /// Energy [kWh].
  public var energy: Double
  /// A named energy.
  public init(_ name: String, _ energy: Double) {
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
  public var energyClass: EnergyClass?
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
  public init(
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

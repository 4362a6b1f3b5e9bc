/// Use of a machine.
public struct MachineStatistics: Sendable, Equatable {
  /// Component.
  public var id: String
  /// Kind as the registry names it.
  public var kind: String
  /// Size at the rated port, existing plant included.
  public var capacity: Double
  /// Unit of the size.
  public var unit: String
  /// Energy through the rated port [kWh/y].
  public var energy: Double
  /// Energy per year / (capacity x hours of the year) [-]; nil without a size in kW.
  public var capacityFactor: Double?
  /// Energy per year / capacity [h/y] (or kWh/m2/y); nil without a size.
  public var fullLoadHours: Double?
  /// Greatest power at the rated port [kW].
  public var greatest: Double
  /// Hours with a power above zero [h/y].
  public var hours: Double
  /// Losses [kWh/y].
  public var losses: Double
  /// Fuel taken in, by lower heating value [kWh/y].
  public var fuel: Double
  /// Levelised cost per kWh at the rated port [money/kWh], fuel and purchases not included; nil without energy.
  public var levelisedCost: Double?
  /// A statistic.
  public init(id: String, kind: String, capacity: Double, unit: String) {
    self.id = id
    self.kind = kind
    self.capacity = capacity
    self.unit = unit
    energy = 0
    greatest = 0
    hours = 0
    losses = 0
    fuel = 0
  }
}

/// Use of a storage.
public struct StorageStatistics: Sendable, Equatable {
  /// Component.
  public var id: String
  /// Power [kW]; nil without power limit.
  public var power: Double?
  /// Content capacity [kWh].
  public var energy: Double
  /// Content that may be used [kWh].
  public var usable: Double
  /// Charged at the bus [kWh/y].
  public var charged: Double
  /// Discharged at the bus [kWh/y].
  public var discharged: Double
  /// Charged less discharged less growth of the content [kWh/y].
  public var losses: Double
  /// Full cycles: energy leaving the content per content capacity [1/y].
  public var cycles: Double
  /// Life by cycles [y]; nil where no cycle life is stated.
  public var cycleLifeYears: Double?
  /// Mean content per capacity [-].
  public var meanContent: Double
  /// Hours of mean load of its bus that the usable content covers [h]; nil without load.
  public var hoursOfLoad: Double?
  /// Hours in which it charges and discharges at once above 0.1 kW [h].
  public var simultaneousHours: Double
  /// A statistic.
  public init(id: String, energy: Double) {
    self.id = id
    self.energy = energy
    usable = energy
    charged = 0
    discharged = 0
    losses = 0
    cycles = 0
    meanContent = 0
    simultaneousHours = 0
  }
}

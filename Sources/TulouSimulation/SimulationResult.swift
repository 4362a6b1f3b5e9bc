/// A simulated year: statistics, and the hours if they were asked for.
public struct SimulationResult: Sendable {
  /// Sums over the year.
  public var statistics: SimulationStatistics
  /// Every hour with its reasons; nil unless recorded.
  public var trace: SimulationTrace?
}

/// Sums over a simulated horizon. Energies in kWh, powers in kW, times in h.
public struct SimulationStatistics: Sendable, Equatable {
  /// Sums of one generator.
  public struct GeneratorSums: Sendable, Equatable {
    /// Output [kWh].
    public var energy = 0.0
    /// Time on line [h].
    public var hours = 0.0
    /// Starts.
    public var starts = 0.0
    /// Fuel burnt [unit].
    public var fuel = 0.0
    /// No sums yet.
    public init() {}
  }

  /// Sums of one storage.
  public struct StorageSums: Sendable, Equatable {
    /// Charge at the bus [kWh].
    public var charged = 0.0
    /// Discharge at the bus [kWh].
    public var discharged = 0.0
    /// Content taken out, before the loss of discharge [kWh]: the throughput that wears.
    public var throughput = 0.0
    /// What flowed into a lake, and what ran over [kWh].
    public var inflow = 0.0, overflow = 0.0
    /// Charge and inflow - discharge and overflow - growth of the content [kWh].
    public var lost = 0.0
    /// Content at the end [kWh].
    public var finalContent = 0.0
    /// (Charge + discharge) / (2 x full content); 0 for a storage of no size.
    public var cycles = 0.0
    /// No sums yet.
    public init() {}
  }

  /// Demand wanted, waiting demand left out.
  public var demand = 0.0
  /// Demand met.
  public var served = 0.0
  /// Demand not met (energy not served).
  public var shed = 0.0
  /// Greatest power not met.
  public var shedMaximum = 0.0
  /// Time with demand not met (loss of power supply).
  public var shedHours = 0.0
  /// Longest time on end with demand not met.
  public var shedLongest = 0.0
  /// Demand not met of each demand.
  public var shedByDemand: [Double]
  /// Waiting demand met, and drawn from an empty tank.
  public var deferrableServed = 0.0
  /// Given back by parked vehicles.
  public var givenBack = 0.0
  /// Waiting demand that found the tank empty.
  public var deferrableUnserved = 0.0
  /// Content of each tank at the end [kWh].
  public var deferrableContents: [Double] = []
  /// Generators.
  public var generators: [GeneratorSums]
  /// Storages.
  public var storages: [StorageSums]
  /// What the sources could give.
  public var sourcePotential = 0.0
  /// Thrown away.
  public var spilled = 0.0
  /// Greatest power thrown away.
  public var spilledMaximum = 0.0
  /// Bought outside.
  public var bought = 0.0
  /// Sold outside.
  public var sold = 0.0
  /// Greatest purchase.
  public var boughtMaximum = 0.0
  /// Paid for purchases [money].
  public var purchaseCost = 0.0
  /// Earned by sales [money].
  public var saleRevenue = 0.0
  /// Lost in inverter and rectifier.
  public var converterLoss = 0.0
  /// Load and reserve beyond the running capacity.
  public var capacityShortage = 0.0
  /// Largest hourly residual of the energy balance, relative to the power turned over in the hour.
  public var balanceResidual = 0.0

  /// No sums yet.
  public init(demands: Int, generators: Int, storages: Int) {
    shedByDemand = [Double](repeating: 0, count: demands)
    self.generators = [GeneratorSums](repeating: GeneratorSums(), count: generators)
    self.storages = [StorageSums](repeating: StorageSums(), count: storages)
  }

  /// Share of the demand that is not met (loss of power supply probability by energy) [-].
  public var shedShare: Double { demand > 0 ? shed / demand : 0 }
  /// Share of the potential that is thrown away [-].
  public var spilledShare: Double { sourcePotential > 0 ? spilled / sourcePotential : 0 }
  /// Share of the served demand that no generator made, `1 - generators / served` [-], as Microgrids.py defines it.
  public var renewableShare: Double {
    served > 0 ? 1 - generators.reduce(0) { $0 + $1.energy } / served : 0
  }
}

/// The hours of a simulation: `series[t]`, positive as named.
public struct SimulationTrace: Sendable {
  /// What the sources could give [kW].
  public var sources: [Double] = []
  /// Output of each generator: `generators[g][t]` [kW].
  public var generators: [[Double]]
  /// Whether each generator runs: `isRunning[g][t]`.
  public var isRunning: [[Bool]]
  /// Power of each storage at its bus, positive when discharging [kW].
  public var storages: [[Double]]
  /// Content of each storage at the START of the step [kWh].
  public var contents: [[Double]]
  /// What was paid in the mean for the content of each storage, at the START of the step [money/kWh].
  public var paid: [[Double]]
  /// What runs over of each lake; empty for other storages [kW].
  public var overflows: [[Double]]
  /// Purchase [kW].
  public var bought: [Double] = []
  /// Sale [kW].
  public var sold: [Double] = []
  /// Thrown away [kW].
  public var spilled: [Double] = []
  /// Not met, waiting demand left out [kW].
  public var shed: [Double] = []
  /// Not met of each demand: `shedByDemand[d][t]` [kW].
  public var shedByDemand: [[Double]]
  /// Thrown away at AC and at DC: `spilledByBus[bus][t]` [kW].
  public var spilledByBus: [[Double]]
  /// Output of the inverter, on AC [kW].
  public var inverted: [Double] = []
  /// Output of the rectifier, on DC [kW].
  public var rectified: [Double] = []
  /// Waiting demand served [kW].
  public var deferrable: [Double] = []
  /// Waiting demand served of each: `deferrables[d][t]` [kW].
  public var deferrables: [[Double]]
  /// Content of each tank at the START of the step [kWh].
  public var deferrableContents: [[Double]]
  /// Drawn from each tank when it was empty [kW].
  public var deferrableUnserved: [[Double]]
  /// Load and reserve beyond the running capacity, at AC and at DC: `capacityShortage[bus][t]` [kW].
  public var capacityShortage: [[Double]] = [[], []]
  /// Spare power asked for, and what could be given beyond the load, at AC and at DC [kW].
  public var reserveRequired: [[Double]] = [[], []], reserveAvailable: [[Double]] = [[], []]
  /// Why.
  public var reasons: [Reason] = []

  init(_ problem: SimulationProblem) {
    func empty<Part>(_ parts: [Part]) -> [[Double]] { parts.map { _ in [] } }
    generators = empty(problem.generators)
    isRunning = problem.generators.map { _ in [] }
    storages = empty(problem.storages)
    contents = storages
    paid = storages
    overflows = storages
    shedByDemand = problem.demands.map { _ in [Double](repeating: 0, count: problem.steps) }
    spilledByBus = [[], []]
    deferrables = empty(problem.deferrables)
    deferrableContents = deferrables
    deferrableUnserved = deferrables
  }

  /// Adds the hours of another part of the horizon behind these.
  public mutating func append(_ other: SimulationTrace) {
    func join(_ own: inout [[Double]], _ theirs: [[Double]]) { for i in own.indices { own[i] += theirs[i] } }
    sources += other.sources
    join(&generators, other.generators)
    for g in isRunning.indices { isRunning[g] += other.isRunning[g] }
    join(&storages, other.storages)
    join(&contents, other.contents)
    join(&paid, other.paid)
    join(&overflows, other.overflows)
    bought += other.bought
    sold += other.sold
    spilled += other.spilled
    shed += other.shed
    join(&shedByDemand, other.shedByDemand)
    join(&spilledByBus, other.spilledByBus)
    inverted += other.inverted
    rectified += other.rectified
    deferrable += other.deferrable
    join(&deferrables, other.deferrables)
    join(&deferrableContents, other.deferrableContents)
    join(&deferrableUnserved, other.deferrableUnserved)
    join(&capacityShortage, other.capacityShortage)
    join(&reserveRequired, other.reserveRequired)
    join(&reserveAvailable, other.reserveAvailable)
    reasons += other.reasons
  }
}

/// A simulated year: statistics, and the hours if they were asked for.
package struct SimulationResult: Sendable {
  /// Sums over the year.
  package var statistics: SimulationStatistics
  /// Every hour with its reasons; nil unless recorded.
  package var trace: SimulationTrace?
}

/// Sums over a simulated horizon. Energies in kWh, powers in kW, times in h.
package struct SimulationStatistics: Sendable, Equatable {
  /// Sums of one generator.
  package struct GeneratorSums: Sendable, Equatable {
    /// Output [kWh].
    package var energy = 0.0
    /// Time on line [h].
    package var hours = 0.0
    /// Starts.
    package var starts = 0.0
    /// Fuel burnt [unit].
    package var fuel = 0.0
    /// No sums yet.
    package init() {}
  }

  /// Sums of one storage.
  package struct StorageSums: Sendable, Equatable {
    /// Charge at the bus [kWh].
    package var charged = 0.0
    /// Discharge at the bus [kWh].
    package var discharged = 0.0
    /// Content taken out, before the loss of discharge [kWh]: the throughput that wears.
    package var throughput = 0.0
    /// What flowed into a lake, and what ran over [kWh].
    package var inflow = 0.0, overflow = 0.0
    /// Charge and inflow - discharge and overflow - growth of the content [kWh].
    package var lost = 0.0
    /// Content at the end [kWh].
    package var finalContent = 0.0
    /// (Charge + discharge) / (2 x full content); 0 for a storage of no size.
    package var cycles = 0.0
    /// No sums yet.
    package init() {}
  }

  /// Demand wanted, waiting demand left out.
  package var demand = 0.0
  /// Demand met.
  package var served = 0.0
  /// Demand not met (energy not served).
  package var shed = 0.0
  /// Greatest power not met.
  package var shedMaximum = 0.0
  /// Time with demand not met (loss of power supply).
  package var shedHours = 0.0
  /// Longest time on end with demand not met.
  package var shedLongest = 0.0
  /// Demand not met of each demand.
  package var shedByDemand: [Double]
  /// Waiting demand met, and drawn from an empty tank.
  package var deferrableServed = 0.0
  /// Given back by parked vehicles.
  package var givenBack = 0.0
  /// Waiting demand that found the tank empty.
  package var deferrableUnserved = 0.0
  /// Content of each tank at the end [kWh].
  package var deferrableContents: [Double] = []
  /// Generators.
  package var generators: [GeneratorSums]
  /// Storages.
  package var storages: [StorageSums]
  /// What the sources could give.
  package var sourcePotential = 0.0
  /// Thrown away.
  package var spilled = 0.0
  /// Greatest power thrown away.
  package var spilledMaximum = 0.0
  /// Bought outside.
  package var bought = 0.0
  /// Sold outside.
  package var sold = 0.0
  /// Greatest purchase.
  package var boughtMaximum = 0.0
  /// Paid for purchases [money].
  package var purchaseCost = 0.0
  /// Earned by sales [money].
  package var saleRevenue = 0.0
  /// Lost in inverter and rectifier.
  package var converterLoss = 0.0
  /// Load and reserve beyond the running capacity.
  package var capacityShortage = 0.0
  /// Largest hourly residual of the energy balance, relative to the power turned over in the hour.
  package var balanceResidual = 0.0

  /// No sums yet.
  package init(demands: Int, generators: Int, storages: Int) {
    shedByDemand = [Double](repeating: 0, count: demands)
    self.generators = [GeneratorSums](repeating: GeneratorSums(), count: generators)
    self.storages = [StorageSums](repeating: StorageSums(), count: storages)
  }

  /// Share of the demand that is not met (loss of power supply probability by energy) [-].
  package var shedShare: Double { demand > 0 ? shed / demand : 0 }
  /// Share of the potential that is thrown away [-].
  package var spilledShare: Double { sourcePotential > 0 ? spilled / sourcePotential : 0 }
  /// Share of the served demand that no generator made, `1 - generators / served` [-], as Microgrids.py defines it.
  package var renewableShare: Double {
    served > 0 ? 1 - generators.reduce(0) { $0 + $1.energy } / served : 0
  }
}

/// The hours of a simulation: `series[t]`, positive as named.
package struct SimulationTrace: Sendable {
  /// What the sources could give [kW].
  package var sources: [Double] = []
  /// Output of each generator: `generators[g][t]` [kW].
  package var generators: [[Double]]
  /// Whether each generator runs: `isRunning[g][t]`.
  package var isRunning: [[Bool]]
  /// Power of each storage at its bus, positive when discharging [kW].
  package var storages: [[Double]]
  /// Content of each storage at the START of the step [kWh].
  package var contents: [[Double]]
  /// What was paid in the mean for the content of each storage, at the START of the step [money/kWh].
  package var paid: [[Double]]
  /// What runs over of each lake; empty for other storages [kW].
  package var overflows: [[Double]]
  /// Purchase [kW].
  package var bought: [Double] = []
  /// Sale [kW].
  package var sold: [Double] = []
  /// Thrown away [kW].
  package var spilled: [Double] = []
  /// Not met, waiting demand left out [kW].
  package var shed: [Double] = []
  /// Not met of each demand: `shedByDemand[d][t]` [kW].
  package var shedByDemand: [[Double]]
  /// Thrown away at AC and at DC: `spilledByBus[bus][t]` [kW].
  package var spilledByBus: [[Double]]
  /// Output of the inverter, on AC [kW].
  package var inverted: [Double] = []
  /// Output of the rectifier, on DC [kW].
  package var rectified: [Double] = []
  /// Waiting demand served [kW].
  package var deferrable: [Double] = []
  /// Waiting demand served of each: `deferrables[d][t]` [kW].
  package var deferrables: [[Double]]
  /// Content of each tank at the START of the step [kWh].
  package var deferrableContents: [[Double]]
  /// Drawn from each tank when it was empty [kW].
  package var deferrableUnserved: [[Double]]
  /// Load and reserve beyond the running capacity, at AC and at DC: `capacityShortage[bus][t]` [kW].
  package var capacityShortage: [[Double]] = [[], []]
  /// Spare power asked for, and what could be given beyond the load, at AC and at DC [kW].
  package var reserveRequired: [[Double]] = [[], []], reserveAvailable: [[Double]] = [[], []]
  /// Why.
  package var reasons: [Reason] = []

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
  package mutating func append(_ other: SimulationTrace) {
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

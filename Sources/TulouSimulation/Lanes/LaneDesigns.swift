/// Sizes of many designs of one system, a column a size, a row a design.
package struct LaneDesigns: Sendable {
  /// Size of each source: `sources[i][design]`, in the order of the problem [unit].
  package var sources: [[Double]]
  /// Size of the generator [kW]; 0: none.
  package var generator: [Double]
  /// Content of the full storage [kWh]; 0: none.
  package var storageEnergy: [Double]
  /// Greatest charge of the storage [kW].
  package var chargePower: [Double]
  /// Greatest discharge of the storage [kW].
  package var dischargePower: [Double]
  /// Content of the storage at the start [kWh]; nil: the share of the problem's storage.
  package var startContent: [Double]?
  /// Content of the waiting demand's tank at the start [kWh]; nil: the share of the problem's demand.
  package var startTank: [Double]?

  /// Designs from columns of one length.
  package init(
    sources: [[Double]], generator: [Double], storageEnergy: [Double], chargePower: [Double], dischargePower: [Double]
  ) {
    let count = generator.count
    precondition(
      storageEnergy.count == count && chargePower.count == count && dischargePower.count == count
        && sources.allSatisfy { $0.count == count }, "one size of each kind a design")
    self.sources = sources
    self.generator = generator
    self.storageEnergy = storageEnergy
    self.chargePower = chargePower
    self.dischargePower = dischargePower
  }

  /// Number of designs.
  package var count: Int { generator.count }

  /// Some of the designs.
  package func subset(_ indices: [Int]) -> LaneDesigns {
    func cut(_ column: [Double]) -> [Double] { indices.map { column[$0] } }
    var part = LaneDesigns(
      sources: sources.map(cut), generator: cut(generator), storageEnergy: cut(storageEnergy),
      chargePower: cut(chargePower), dischargePower: cut(dischargePower))
    part.startContent = startContent.map(cut)
    part.startTank = startTank.map(cut)
    return part
  }

  /// The problem with the sizes of one design, for the scalar engine.
  package func problem(_ design: Int, of problem: SimulationProblem) -> SimulationProblem {
    var sized = problem
    for i in sized.sources.indices { sized.sources[i].size = sources[i][design] }
    if !sized.generators.isEmpty { sized.generators[0].size = generator[design] }
    if !sized.storages.isEmpty {
      sized.storages[0].energy = storageEnergy[design]
      sized.storages[0].chargePower = chargePower[design]
      sized.storages[0].dischargePower = dischargePower[design]
      if let startContent, storageEnergy[design] > 0 {
        sized.storages[0].startShare = startContent[design] / storageEnergy[design]
      }
    }
    if let startTank, !sized.deferrables.isEmpty {
      sized.deferrables[0].startShare = startTank[design] / sized.deferrables[0].tank
    }
    return sized
  }
}

/// Statistics of many designs, a column a statistic. Names, units and meanings are those of `SimulationStatistics`.
package struct LaneStatistics: Sendable {
  /// Demand not met [kWh].
  package var shed: [Double]
  /// Greatest power not met [kW].
  package var shedMaximum: [Double]
  /// Time with demand not met [h].
  package var shedHours: [Double]
  /// Longest time on end with demand not met [h].
  package var shedLongest: [Double]
  /// Output of the generator [kWh].
  package var generatorEnergy: [Double]
  /// Time of the generator on line [h].
  package var generatorHours: [Double]
  /// Starts of the generator.
  package var generatorStarts: [Double]
  /// Fuel [unit].
  package var fuel: [Double]
  /// Charge at the bus [kWh].
  package var charged: [Double]
  /// Discharge at the bus [kWh].
  package var discharged: [Double]
  /// Content at the end [kWh].
  package var finalContent: [Double]
  /// Content of the waiting demand's tank at the end [kWh].
  package var finalTank: [Double]
  /// What the sources could give [kWh].
  package var sourcePotential: [Double]
  /// Thrown away [kWh].
  package var spilled: [Double]
  /// Greatest power thrown away [kW].
  package var spilledMaximum: [Double]
  /// Bought [kWh].
  package var bought: [Double]
  /// Greatest purchase [kW].
  package var boughtMaximum: [Double]
  /// Sold [kWh].
  package var sold: [Double]
  /// Paid for purchases [money].
  package var purchaseCost: [Double]
  /// Earned by sales [money].
  package var saleRevenue: [Double]
  /// Waiting demand met [kWh].
  package var deferrableServed: [Double]
  /// Waiting demand that found the tank empty [kWh].
  package var deferrableUnserved: [Double]
  /// Load and reserve beyond the running capacity [kWh].
  package var capacityShortage: [Double]
  /// Demand wanted, the same for all designs [kWh].
  package var demand: Double

  /// Every column; one place to change them all.
  private static let columns: [any WritableKeyPath<LaneStatistics, [Double]> & Sendable] = [
    \.shed, \.shedMaximum, \.shedHours, \.shedLongest, \.generatorEnergy, \.generatorHours, \.generatorStarts, \.fuel,
    \.charged, \.discharged, \.finalContent, \.finalTank, \.sourcePotential, \.spilled, \.spilledMaximum, \.bought,
    \.boughtMaximum,
    \.sold, \.purchaseCost, \.saleRevenue, \.deferrableServed, \.deferrableUnserved, \.capacityShortage,
  ]

  /// Takes the designs of `part` in place of those at `indices`.
  mutating func replace(_ indices: [Int], by part: LaneStatistics) {
    for column in Self.columns {
      for (i, design) in indices.enumerated() { self[keyPath: column][design] = part[keyPath: column][i] }
    }
  }

  init(count: Int, demand: Double) {
    let none = [Double](repeating: 0, count: count)
    shed = none
    shedMaximum = none
    shedHours = none
    shedLongest = none
    generatorEnergy = none
    generatorHours = none
    generatorStarts = none
    fuel = none
    charged = none
    discharged = none
    finalContent = none
    finalTank = none
    sourcePotential = none
    spilled = none
    spilledMaximum = none
    bought = none
    boughtMaximum = none
    sold = none
    purchaseCost = none
    saleRevenue = none
    deferrableServed = none
    deferrableUnserved = none
    capacityShortage = none
    self.demand = demand
  }
}

/// One bus with at most one storage and one generator: the case that a search asks for thousands of times.
struct OneBusIsland {
  let island: SurvivalCurve.Island
  let stepHours: Double

  init(_ island: SurvivalCurve.Island, stepHours: Double) {
    self.island = island
    self.stepHours = stepHours
  }

  /// Steps survived from every start on.
  func survived(_ longest: Int) -> [Int] {
    let net = island.need
    let T = net.count
    let storage = island.storages.first ?? Storage("none", energy: 0, chargePower: 0, dischargePower: 0)
    let contents = island.contents.first ?? []
    let rule = StorageRule(storage, stepHours: stepHours)
    let generator = island.generators.first
    let size = generator?.size ?? 0
    let minimum = size * (generator?.minimumLoad ?? 0)
    let idle = size * (generator?.fuelIntercept ?? 0) * stepHours
    let perEnergy = (generator?.fuelSlope ?? 0) * stepHours
    let giveFactor = storage.dischargeEfficiency / stepHours
    let takeFactor = 1 / (storage.chargeEfficiency * stepHours)
    let outFactor = stepHours / storage.dischargeEfficiency
    let inFactor = stepHours * storage.chargeEfficiency
    let retention = rule.retention, least = rule.least
    let energy = storage.energy, charge = storage.chargePower, discharge = storage.dischargePower

    return (0..<T).map { start in
      var content = contents.isEmpty ? 0 : contents[start]
      var fuel = island.fuel
      var t = start
      for survived in 0..<longest {
        let kept = content * retention
        let need = net[t]
        if need <= 0 {
          content = kept + min(-need, max(0, min((energy - kept) * takeFactor, charge))) * inFactor
        } else {
          let give = max(0, min((kept - least) * giveFactor, discharge))
          var power = min(need, give)
          if need > give + 1e-9 {
            // The generator covers the rest, at its minimum at least; what that is too much spares the storage.
            let output = max(need - give, minimum)
            let burnt = idle + perEnergy * output
            if output > size + 1e-9 || burnt > fuel { return survived }
            fuel -= burnt
            power = min(give, need - output)
          }
          if power < 0 {
            power = -min(-power, max(0, min((energy - kept) * takeFactor, charge)))
            content = kept - power * inFactor
          } else {
            content = kept - power * outFactor
          }
        }
        t += 1
        if t == T { t = 0 }
      }
      return longest
    }
  }
}

/// An outage that begins at one step, with two buses and any number of machines.
struct IslandRun {
  private let island: SurvivalCurve.Island
  private let stepHours: Double
  private let rules: [StorageRule]
  private let start: Int
  private var contents: [StorageRule.Content]
  private var fuel: Double

  init(_ island: SurvivalCurve.Island, start: Int, stepHours: Double) {
    self.island = island
    self.start = start
    self.stepHours = stepHours
    rules = island.storages.map { StorageRule($0, stepHours: stepHours) }
    contents = zip(rules, island.contents).map { rule, contents in rule.evened(contents[start]) }
    fuel = island.fuel
  }

  /// Steps until demand is first not met, at most `longest`.
  func survived(_ longest: Int) -> Int {
    var run = self
    var t = start
    for survived in 0..<longest {
      guard run.pass(t) else { return survived }
      t += 1
      if t == island.need.count { t = 0 }
    }
    return longest
  }

  /// Passes a step; false where demand is not met.
  private mutating func pass(_ t: Int) -> Bool {
    var network = Network()
    if let converter = island.converter {
      network.inverterLeft = converter.inverter
      network.rectifierLeft = converter.rectifier
      network.inverterEfficiency = converter.inverterEfficiency
      network.rectifierEfficiency = converter.rectifierEfficiency
    }
    network.ac = island.need[t]
    network.dc = island.needDC.isEmpty ? 0 : island.needDC[t]
    network.even()
    let limits = zip(rules, contents).map { $0.limits($1, t) }
    var machines = 0
    // As few machines as suffice, in the order listed.
    while unmet(network, limits, machines) > 1e-9 {
      guard machines < island.generators.count else { return false }
      machines += 1
    }
    var outputs = [Double](repeating: 0, count: machines)
    for g in 0..<machines {
      outputs[g] = island.generators[g].size * island.generators[g].minimumLoad
      network.push(outputs[g])
    }
    var powers = [Double](repeating: 0, count: rules.count)
    for s in rules.indices {
      powers[s] = network.supply(at: island.storages[s].bus, upTo: limits[s].discharge)
    }
    var burnt = 0.0
    for g in 0..<machines {
      let generator = island.generators[g]
      outputs[g] += network.supply(at: .ac, upTo: generator.size - outputs[g])
      burnt += (generator.fuelIntercept * generator.size + generator.fuelSlope * outputs[g]) * stepHours
    }
    guard burnt <= fuel else { return false }
    fuel -= burnt
    for s in rules.indices where powers[s] <= 0 && network.surplus > 0 && island.storages[s].inflow.isEmpty {
      powers[s] = -network.absorb(at: island.storages[s].bus, upTo: limits[s].charge)
    }
    for s in rules.indices {
      contents[s] = rules[s].after(contents[s], power: powers[s], t)
      // A lake that is full runs over.
      if contents[s].total > island.storages[s].energy, !island.storages[s].inflow.isEmpty {
        contents[s] = rules[s].evened(island.storages[s].energy)
      }
    }
    return true
  }

  /// Demand that all storages and the first machines leave unmet.
  private func unmet(_ network: Network, _ limits: [(charge: Double, discharge: Double)], _ machines: Int) -> Double {
    guard network.need > 1e-9 else { return 0 }
    var trial = network
    for s in rules.indices { _ = trial.supply(at: island.storages[s].bus, upTo: limits[s].discharge) }
    for g in 0..<machines { _ = trial.supply(at: .ac, upTo: island.generators[g].size) }
    return trial.need
  }
}

import TulouProblem
import TulouProject
import TulouTechnologies

extension Reading {
  /// Statistics of sources, converters and links.
  func machineStatistics(costs: [CostLine]) -> [MachineStatistics] {
    project.components.compactMap { component in
      let series: [Double]
      var losses = 0.0
      var fuel = 0.0
      switch component.block {
      case .source: series = total(component.id, .production)
      case .converter:
        series = total(component.id, .conversion)
        (losses, fuel) = conversionLosses(component.id)
      case .link(let link):
        // What is rated at its output is measured there.
        let factor = link.ratedAtOutput ? link.efficiency : 1
        var both = [Double](repeating: 0, count: steps)
        both.add(total(component.id, .forward), times: factor)
        both.add(total(component.id, .backward), times: factor)
        series = both
        losses = -injectedPerYear(component.id)
      case .storage: return nil
      }
      let size = component.sizes.first { $0.sharedWith == nil }
      var machine = MachineStatistics(
        id: component.id, kind: component.kind, capacity: size.map { capacity(component, $0) } ?? 0,
        unit: size?.unit ?? "kW")
      machine.energy = perYear(series)
      machine.losses = losses
      machine.fuel = fuel
      machine.greatest = series.max() ?? 0
      let scale = machine.capacity > 0 ? machine.capacity : machine.greatest
      machine.hours = perYear(series.map { Dust.cleaned($0, scale: scale) > 0 ? 1 : 0 })
      if machine.capacity > 0 {
        machine.fullLoadHours = machine.energy / machine.capacity
        if machine.unit == "kW" { machine.capacityFactor = machine.energy / (machine.capacity * hoursPerYear) }
      }
      if machine.energy > 0 {
        let cost = costs.reduce(0) { $1.id == component.id && $1.kind != .internal ? $0 + $1.annual : $0 }
        machine.levelisedCost = cost / machine.energy
      }
      return machine
    }
  }

  /// What all flows of an id put into energy buses per year [kWh/y].
  private func injectedPerYear(_ id: String) -> Double {
    (flowsOf[id] ?? []).reduce(0) { sum, j in
      touches[j].reduce(sum) {
        let c = carrierOfBus[$1.bus]
        return c >= 0 && isEnergy[c] ? $0 + perYear(injected(j, $1)) : $0
      }
    }
  }

  private func conversionLosses(_ id: String) -> (losses: Double, fuel: Double) {
    var balance = 0.0
    var fuel = 0.0
    for j in flows(id, .conversion) + flows(id, .online) {
      for touch in touches[j] {
        let c = carrierOfBus[touch.bus]
        guard c >= 0, isEnergy[c] else { continue }
        let energy = perYear(injected(j, touch))
        balance += energy
        if project.carriers[c].kind == .fuel, energy < 0 { fuel -= energy }
      }
    }
    return (max(0, -balance), fuel)
  }

  /// Statistics of storages.
  func storageStatistics() -> [StorageStatistics] {
    project.components.compactMap { component in
      guard case .storage(let block) = component.block else { return nil }
      let sizes = component.sizes
      func size(_ part: Size.Part) -> Double? { sizes.first { $0.part == part }.map { capacity(component, $0) } }
      var power: Double?
      var energy = 0.0
      switch block.shape {
      case .hours(let hours):
        let kW = size(.only) ?? size(.power) ?? 0
        power = kW
        energy = kW * hours
      case .energyOnly: energy = size(.only) ?? size(.energy) ?? 0
      case .hoursBetween, .independent:
        power = size(.power)
        energy = size(.energy) ?? 0
      }
      var storage = StorageStatistics(id: component.id, energy: energy)
      storage.power = power
      storage.usable = energy * block.depth
      let charge = total(component.id, .charge)
      let discharge = total(component.id, .discharge)
      storage.charged = perYear(charge)
      storage.discharged = perYear(discharge)
      storage.losses = storage.charged - storage.discharged
      if energy > 0, block.dischargeEfficiency > 0 {
        storage.cycles = storage.discharged / block.dischargeEfficiency / energy
        if let life = block.cycleLife, storage.cycles > 0 { storage.cycleLifeYears = life / storage.cycles }
        if let content = plan.content(Label(component.id, .content, stage: stage)) {
          storage.meanContent = perYear(content) / hoursPerYear / energy
        }
      }
      let load = project.demands.filter { $0.bus == block.bus }.reduce(0) { $0 + perYear($1.power) } / hoursPerYear
      if load > 0 { storage.hoursOfLoad = storage.usable / load }
      storage.simultaneousHours = perYear(
        zip(charge, discharge).map { min($0, $1) > 0.1 ? 1 : 0 })
      return storage
    }
  }

  /// Energy of sources, converters, storages and markets by month, at their electricity or main output bus.
  func sourceEnergies() -> [SourceEnergy] {
    var list: [SourceEnergy] = []
    let keys = months.map(\.key)
    func add(
      _ id: String, _ bus: String, _ energyClass: EnergyClass?, _ kind: String, _ series: [Double],
      _ curtailed: Double = 0
    ) {
      list.append(
        SourceEnergy(
          id: id, carrier: carrier(bus)?.id ?? "", energyClass: energyClass, kind: kind, yearly: perYear(series),
          monthly: byMonth(series), months: keys, curtailed: curtailed))
    }
    for component in project.components {
      switch component.block {
      case .source(let source):
        let curtailed = flows(component.id, .production).reduce(0) { $0 + perYear(self.curtailed($1, source)) }
        let kind = source.energyClass.isSaving ? "measure" : "source"
        add(component.id, source.bus, source.energyClass, kind, total(component.id, .production), curtailed)
      case .converter:
        for (b, series) in given(component.id) { add(component.id, buses[b].id, nil, "converter", series) }
      case .storage(let storage): add(component.id, storage.bus, nil, "storage", total(component.id, .discharge))
      case .link: break
      }
    }
    for market in project.markets where !market.onlyAlone && market.buy != nil {
      add(market.id, market.bus, market.energyClass, "market", total(market.id, .purchase))
    }
    return list
  }

  /// What a converter gives to each bus [kW], in the order of the buses.
  private func given(_ id: String) -> [(bus: Int, series: [Double])] {
    var byBus: [Int: [Double]] = [:]
    for j in flows(id, .conversion) {
      for touch in touches[j] {
        let series = injected(j, touch)
        guard series.contains(where: { $0 > 0 }) else { continue }
        byBus[touch.bus, default: [Double](repeating: 0, count: steps)].add(series)
      }
    }
    return byBus.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

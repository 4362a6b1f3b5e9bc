import TulouProblem
import TulouProject
import TulouTechnologies

/// Sorts every flow of a plan into the terms of the cluster balance.
struct BalanceBuilder {
  let reading: Reading
  /// All classes of the project, in their order.
  let classes: [EnergyClass]
  private(set) var views: [BalanceView]
  private(set) var all: BalanceView
  /// Entries into each carrier by class, over the horizon [kWh], before conversion.
  private(set) var entered: [[Double]]
  /// Non-renewable part of what enters each carrier, over the horizon [kWh].
  private(set) var enteredFossil: [Double]
  private(set) var converters: [Conversion] = []
  private var servedByKind: [String: [Double]] = [:]
  /// Entries by carrier and class without what converters hand on [kW].
  private var direct: [[[Double]]] = []
  private(set) var unserved: [[Double]]
  /// What measures save, by carrier [kW].
  private(set) var saved: [[Double]]

  /// What a converter puts into and takes out of each carrier [kW], losses and ambient heat.
  struct Conversion {
    var id: String
    /// `net[carrier]`: positive into the carrier; nil where it does not touch it.
    var net: [[Double]?]
    var ambient: [Double]
    var losses: [Double]
    /// What it gives to and takes from each carrier over the horizon [kWh].
    var given: [Double] = []
    var taken: [Double] = []
  }

  init(_ reading: Reading) {
    self.reading = reading
    let project = reading.project
    var found: Set<EnergyClass> = []
    for component in project.components {
      if case .source(let source) = component.block, !source.energyClass.isSaving { found.insert(source.energyClass) }
      if case .converter = component.block { found.insert(.ambient) }
    }
    for market in project.markets where !market.onlyAlone { found.insert(market.energyClass) }
    let ordered = found.sorted()
    classes = ordered
    let zero = [Double](repeating: 0, count: reading.steps)
    func view(_ name: String) -> BalanceView {
      var view = BalanceView(name: name)
      view.classes = ordered
      view.hourlyEntries = ordered.map { _ in zero }
      view.hourlyCurtailed = zero
      view.hourlyDischarged = zero
      view.hourlyCharged = zero
      view.hourlyServed = zero
      view.hourlySold = zero
      view.hourlyLosses = zero
      view.hourlyConverted = zero
      return view
    }
    views = project.carriers.map { view($0.id) }
    all = view("all")
    entered = project.carriers.map { _ in ordered.map { _ in 0 } }
    enteredFossil = project.carriers.map { _ in 0 }
    unserved = project.carriers.map { _ in zero }
    saved = unserved
    classIndex = Dictionary(zip(ordered, ordered.indices), uniquingKeysWith: { first, _ in first })
    sortFlows()
    addDemands()
    attributeConversion()
    addTogether()
  }

  private let classIndex: [EnergyClass: Int]

  private func energyCarrier(_ bus: Int) -> Int? {
    let c = reading.carrierOfBus[bus]
    return c >= 0 && reading.isEnergy[c] ? c : nil
  }

  private mutating func enter(_ energyClass: EnergyClass, carrier c: Int, _ series: [Double], fossil: Double) {
    guard let k = classIndex[energyClass] else { return }
    views[c].hourlyEntries[k].add(series)
    let sum = reading.sum(series)
    entered[c][k] += sum
    enteredFossil[c] += sum * fossil
  }

  private mutating func sortFlows() {
    let project = reading.project
    var conversionOf: [String: Int] = [:]
    for (j, flow) in reading.plan.problem.flows.enumerated() where flow.label.stage == reading.stage {
      let id = flow.label.id
      for touch in reading.touches[j] {
        guard let c = energyCarrier(touch.bus) else { continue }
        let injected = reading.injected(j, touch)
        switch flow.label.role {
        case .production:
          guard let k = reading.componentIndex[id], case .source(let source) = project.components[k].block else {
            continue
          }
          guard !source.energyClass.isSaving else {
            // A measure lowers what is wanted; nothing enters.
            views[c].hourlyServed.add(injected, times: -1)
            note(kindOf: project.components[k].member, c, injected, -1)
            saved[c].add(injected)
            continue
          }
          enter(source.energyClass, carrier: c, injected, fossil: source.energyClass.isOutside ? 1 : 0)
          views[c].hourlyCurtailed.add(reading.curtailed(j, source))
        case .purchase:
          guard let m = reading.marketIndex[id] else { continue }
          let market = project.markets[m]
          let fossil = market.energyClass.isOutside ? 1 - market.renewableShare : 0
          enter(market.energyClass, carrier: c, injected, fossil: fossil)
        case .sale: views[c].hourlySold.add(injected, times: -1)
        case .charge: views[c].hourlyCharged.add(injected, times: -1)
        case .discharge: views[c].hourlyDischarged.add(injected)
        case .forward, .backward, .spill: views[c].hourlyLosses.add(injected, times: -1)
        case .serve: addServed(id, c, injected, j)
        case .unserved: break  // counted with the demands: of deferrable ones no bus sees it
        case .conversion, .online, .auxiliary:
          guard reading.componentIndex[id] != nil else { continue }
          let k = conversionOf[id] ?? newConversion(id)
          conversionOf[id] = k
          if converters[k].net[c] == nil { converters[k].net[c] = [Double](repeating: 0, count: reading.steps) }
          converters[k].net[c]?.add(injected)
        case .content, .reserveShortage, .size, .balance, .limit, .peak: break
        }
      }
    }
  }

  private mutating func newConversion(_ id: String) -> Int {
    let zero = [Double](repeating: 0, count: reading.steps)
    converters.append(
      Conversion(id: id, net: reading.project.carriers.map { _ in nil }, ambient: zero, losses: zero))
    return converters.count - 1
  }

  /// Deferrable demand and vehicles. Of a fleet that also discharges, only what trips take counts as served; the rest
  /// of its charging is charging.
  private mutating func addServed(_ id: String, _ c: Int, _ injected: [Double], _ j: Int) {
    guard let d = reading.demandIndex[id] else { return }
    let demand = reading.project.demands[d]
    var forTrips = 1.0
    if case .vehicles(let fleet) = demand.kind {
      let charged = -reading.sum(injected)
      let returned = reading.sum(reading.total(id, .discharge))
      let both = fleet.chargeEfficiency * fleet.dischargeEfficiency
      if charged > 0, returned > 0, both > 0 { forTrips = max(0, 1 - returned / both / charged) }
    }
    views[c].hourlyServed.add(injected, times: -forTrips)
    if forTrips < 1 { views[c].hourlyCharged.add(injected, times: forTrips - 1) }
    note(kindOf: demand.member, c, injected, -forTrips)
  }

  private mutating func addDemands() {
    for demand in reading.project.demands where demand.kind == .fixed {
      guard let b = reading.busIndex[demand.bus], let c = energyCarrier(b) else { continue }
      views[c].hourlyServed.add(demand.power)
      note(kindOf: demand.member, c, demand.power, 1)
    }
    for demand in reading.project.demands {
      guard let b = reading.busIndex[demand.bus], let c = energyCarrier(b) else { continue }
      for j in reading.flows(demand.id, .unserved) {
        let u = reading.plan.solution.flows[j]
        unserved[c].add(u)
        guard !reading.touches[j].isEmpty else { continue }
        views[c].hourlyServed.add(u, times: -1)
        note(kindOf: demand.member, c, u, -1)
      }
    }
  }

  private func kind(of member: String?) -> String {
    reading.project.members.first { $0.id == member }?.kind ?? "commons"
  }

  private mutating func note(kindOf member: String?, _ c: Int, _ series: [Double], _ factor: Double) {
    let name = "\(c)|" + kind(of: member)
    servedByKind[name, default: [Double](repeating: 0, count: reading.steps)].add(series, times: factor)
  }

  /// Shares of classes in what each carrier is made of; converters hand on the shares of what they take in.
  private mutating func attributeConversion() {
    direct = views.map(\.hourlyEntries)
    let carriers = reading.project.carriers.indices
    for k in converters.indices {
      var out = [Double](repeating: 0, count: reading.steps)
      for net in converters[k].net { if let net { out.add(net) } }
      let drawn = ambientHeat(of: converters[k].id)
      for t in out.indices {
        // A chiller gives more cold than it takes power: what is missing comes from outside as well.
        converters[k].ambient[t] = max(drawn[t], out[t])
        converters[k].losses[t] = max(0, converters[k].ambient[t] - out[t])
      }
    }
    for k in converters.indices {
      converters[k].given = converters[k].net.map { $0.map { reading.sum($0.map { max(0, $0) }) } ?? 0 }
      converters[k].taken = converters[k].net.map { $0.map { reading.sum($0.map { max(0, -$0) }) } ?? 0 }
    }
    let given = converters.map(\.given)
    let taken = converters.map(\.taken)
    let ambient = converters.map { reading.sum($0.ambient) }
    var mix = entered.map { shares($0) }
    for _ in 0..<100 {
      var next = entered
      for k in converters.indices {
        let input = inputMix(taken[k], ambient[k], mix)
        for c in carriers where given[k][c] > 0 {
          for i in classes.indices { next[c][i] += given[k][c] * input[i] }
        }
      }
      mix = next.map { shares($0) }
    }
    for k in converters.indices {
      let input = inputMix(taken[k], ambient[k], mix)
      for c in carriers {
        guard let net = converters[k].net[c] else { continue }
        for i in classes.indices where input[i] > 0 {
          for t in net.indices where net[t] > 0 { views[c].hourlyEntries[i][t] += net[t] * input[i] }
        }
        let unknown = input.allSatisfy { $0 == 0 }
        for t in net.indices where net[t] < 0 || unknown { views[c].hourlyConverted[t] += net[t] }
      }
    }
  }

  private func inputMix(_ taken: [Double], _ ambient: Double, _ mix: [[Double]]) -> [Double] {
    var sums = classes.map { _ in 0.0 }
    for c in taken.indices where taken[c] > 0 { for i in classes.indices { sums[i] += taken[c] * mix[c][i] } }
    if let a = classIndex[.ambient] { sums[a] += ambient }
    return shares(sums)
  }

  private func shares(_ sums: [Double]) -> [Double] {
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : sums.map { _ in 0 }
  }

  private func ambientHeat(of id: String) -> [Double] {
    guard let k = reading.componentIndex[id], case .converter(let block) = reading.project.components[k].block else {
      return [Double](repeating: 0, count: reading.steps)
    }
    let driving = reading.total(id, .conversion)
    return driving.indices.map {
      driving[$0] * (block.ambientHeat.count == 1 ? block.ambientHeat[0] : block.ambientHeat[$0])
    }
  }

  /// The view of all carriers: conversion is inside, so its losses and ambient heat appear in its place.
  private mutating func addTogether() {
    for c in views.indices where reading.isEnergy[c] {
      for i in classes.indices { all.hourlyEntries[i].add(direct[c][i]) }
      all.hourlyCurtailed.add(views[c].hourlyCurtailed)
      all.hourlyDischarged.add(views[c].hourlyDischarged)
      all.hourlyCharged.add(views[c].hourlyCharged)
      all.hourlyServed.add(views[c].hourlyServed)
      all.hourlySold.add(views[c].hourlySold)
      all.hourlyLosses.add(views[c].hourlyLosses)
    }
    let a = classIndex[.ambient]
    for conversion in converters {
      if let a { all.hourlyEntries[a].add(conversion.ambient) }
      all.hourlyLosses.add(conversion.losses)
    }
  }

  func served(kinds carrier: Int?) -> [(kind: String, series: [Double])] {
    var sums: [String: [Double]] = [:]
    for (key, series) in servedByKind.sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: "|", maxSplits: 1)
      guard parts.count == 2, let c = Int(parts[0]), carrier == nil || carrier == c else { continue }
      sums[String(parts[1]), default: [Double](repeating: 0, count: reading.steps)].add(series)
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

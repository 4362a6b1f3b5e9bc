import TulouAccounts
package import TulouAssembly
package import TulouDocument
import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// From the assembled hourly problem to what rules need. What rules cannot run is refused by name.
package struct SystemReader {
  private let assembled: Assembled
  private let project: Project
  private let hourly: HourlyProblem
  private let steps: Int
  private let capacities: [Double]
  private let wear: MachineWear
  private var system: SimulatedSystem
  private var faults: [Diagnostic] = []
  private var flowIndex: [Label: Int] = [:]
  private var isElectric: Set<String> = []

  /// Machines of one component at most.
  private static let mostMachines = 1000.0

  /// The system of a problem whose sizes are given.
  ///
  /// - Parameter assembled: Sizes fixed: the least total of each capacity is taken.
  /// - Throws: Every part that rules cannot run, named.
  package static func system(of assembled: Assembled) throws(ProjectFault) -> SimulatedSystem {
    var reader = SystemReader(assembled)
    reader.read()
    if !reader.faults.isEmpty { throw ProjectFault(reader.faults) }
    return reader.system
  }

  private init(_ assembled: Assembled) {
    self.assembled = assembled
    project = assembled.project
    hourly = assembled.problem
    steps = hourly.steps
    capacities = hourly.capacities.map(\.lower)
    wear = MachineWear(assembled)
    system = SimulatedSystem(
      assembled: assembled, problem: SimulationProblem(steps: steps, stepHours: hourly.stepHours),
      capacities: capacities)
    for (j, flow) in hourly.flows.enumerated() where flowIndex[flow.label] == nil { flowIndex[flow.label] = j }
    isElectric = Set(project.buses.map(\.id).filter { project.carrier(ofBus: $0)?.kind == .electricity })
  }

  private mutating func refuse(_ message: String, advice: String = "", path: String) {
    faults.append(
      Diagnostic(
        .error, "Rules cannot run this: " + message,
        advice: advice.isEmpty ? "`tulou plan` takes it (solver auto)." : advice, path: path))
  }

  private mutating func read() {
    guard readBuses() else { return }
    for c in project.components.indices { read(component: c) }
    readMarkets()
    for d in project.demands.indices { read(demand: d) }
    system.demands = system.demands.sorted { shedsBefore($0, $1) }
    system.problem.demands = system.demands.map { part in
      let demand = project.demands[part.demand]
      var fixed = TulouSimulation.Demand(
        demand.id, bus: place(demand.bus), power: values(demand.power).map { $0 * part.share })
      fixed.shedPrice = part.price ?? .infinity
      return fixed
    }
    readReserve()
    if faults.isEmpty {
      for sentence in system.problem.faults() { refuse(sentence, path: "") }
    }
  }

  // MARK: Buses

  /// The one or two buses of electricity; AC is the one with grid and generators.
  private mutating func readBuses() -> Bool {
    let electric = project.buses.filter { isElectric.contains($0.id) }
    guard !electric.isEmpty else {
      refuse("the project has no bus of electricity.", path: "buses")
      return false
    }
    guard electric.count <= 2 else {
      if let own = electric.first(where: { $0.member != nil }) {
        refuse(
          "member '\(own.member ?? "")' has its own bus '\(own.id)' behind a meter.",
          advice: "Rules know one AC and one DC bus: take 'meters' out, or use `tulou plan`.",
          path: "members.\(own.member ?? "").meters")
      } else {
        refuse("\(electric.count) buses of electricity; rules know one AC and one DC bus.", path: "buses")
      }
      return false
    }
    var machines: [String] = []
    for component in project.components {
      guard case .converter(let converter) = component.block, component.kind == Generator.kind else { continue }
      machines += converter.ports.filter { $0.coefficient.contains { $0 > 0 } }.map(\.bus)
    }
    machines += project.markets.filter { !$0.onlyAlone && isElectric.contains($0.bus) }.map(\.bus)
    let ac =
      machines.first { isElectric.contains($0) } ?? electric.first { $0.id == "ac" }?.id ?? electric[0].id
    system.buses = [ac] + electric.map(\.id).filter { $0 != ac }
    return true
  }

  private func place(_ bus: String) -> SimulationProblem.Bus { bus == system.buses[0] ? .ac : .dc }

  private func values(_ series: [Double]) -> [Double] { Profile(series, steps: steps).expanded(steps) }

  // MARK: Components

  private mutating func read(component c: Int) {
    let component = project.components[c]
    let path = "components.\(component.id)"
    if component.maximumHours != nil {
      refuse(
        "'\(component.id)' has 'maximum_hours', which rules cannot keep: they do not know what the rest of the year brings.",
        advice: "Plan it, or take 'maximum_hours' out.", path: path + ".maximum_hours")
    }
    switch component.block {
    case .source(let source):
      if isElectric.contains(source.bus) {
        read(source, component: c)
      } else if !isFuelForGenerator(source.bus) {
        refuse("'\(component.id)' feeds bus '\(source.bus)', which is no electricity.", path: path)
      }
    case .converter(let converter): read(converter, component: c)
    case .storage(let storage):
      guard isElectric.contains(storage.bus) else {
        refuse("storage '\(component.id)' stands on bus '\(storage.bus)', which is no electricity.", path: path)
        return
      }
      read(storage, component: c)
    case .link(let link):
      guard isElectric.contains(link.from), isElectric.contains(link.to) else {
        refuse("'\(component.id)' joins buses that carry no electricity.", path: path)
        return
      }
      read(link, component: c)
    }
  }

  private func isFuelForGenerator(_ bus: String) -> Bool {
    project.components.contains { component in
      guard component.kind == Generator.kind, case .converter(let converter) = component.block else { return false }
      return converter.ports.contains { $0.bus == bus && $0.coefficient.contains { $0 < 0 } }
    }
  }

  private mutating func read(_ source: SourceBlock, component c: Int) {
    let component = project.components[c]
    guard let j = flowIndex[Label(component.id, .production, bus: source.bus)] else { return }
    if case .stock = source.supply {
      refuse(
        "'\(component.id)' has a yearly stock, which a rule would use up in the first months.",
        path: "components.\(component.id).stock")
      return
    }
    if case .reservoir(let lake) = source.supply { return read(lake, source, flow: j, component: c) }
    let upper = hourly.flows[j].upper
    let share = project.reliability.reserve[source.bus]?.share(of: source.energyClass) ?? 0
    var part = SimulatedSystem.SourcePart(
      component: c, flow: j, capacity: nil, mustTake: source.mustTake, bus: place(source.bus).rawValue)
    var perUnit = [Double](repeating: 0, count: steps)
    var size = 1.0
    if upper.count == 1, case .one(let k)? = upper[0].capacity, upper[0].offset.isZero {
      part.capacity = k
      perUnit = upper[0].factor.expanded(steps)
      size = capacities[k]
    } else {
      for t in 0..<steps { perUnit[t] = upper.reduce(.infinity) { min($0, $1.value(at: t, capacities: capacities)) } }
    }
    system.sources.append(part)
    system.problem.sources.append(
      SeriesSource(component.id, bus: place(source.bus), perUnit: perUnit, size: size, reserve: share))
  }

  /// A lake: a storage that streams fill, and that turbines empty.
  private mutating func read(_ lake: SourceBlock.Lake, _ source: SourceBlock, flow j: Int, component c: Int) {
    let component = project.components[c]
    if lake.flood != nil {
      refuse("'\(component.id)' keeps room for floods, which a rule does not know.", path: "components.\(component.id)")
      return
    }
    guard lake.above == nil,
      let s = hourly.states.firstIndex(where: { $0.label == Label(component.id, .content) }),
      let content = hourly.states[s].upper?.value(at: 0, capacities: capacities)
    else {
      refuse(
        "'\(component.id)' stands below the lake of '\(lake.above ?? "")', whose water a rule does not pass on.",
        path: "components.\(component.id)")
      return
    }
    let most = hourly.flows[j].upper.reduce(.infinity) { min($0, $1.value(at: 0, capacities: capacities)) }
    let overflow = flowIndex[Label(component.id, .auxiliary, part: .spill, bus: source.bus)]
    system.storages.append(
      SimulatedSystem.StoragePart(
        component: c, charge: nil, discharge: j, state: s, isCyclic: lake.initialShare == nil, overflow: overflow))
    var storage = TulouSimulation.Storage(
      component.id, bus: place(source.bus), energy: content, chargePower: 0, dischargePower: max(0, most),
      startShare: lake.initialShare ?? 1)
    storage.inflow = hourly.states[s].inflow.expanded(steps).map { $0 / hourly.stepHours }
    system.problem.storages.append(storage)
  }

  private mutating func read(_ converter: ConverterBlock, component c: Int) {
    let component = project.components[c]
    let path = "components.\(component.id)"
    guard component.kind == Generator.kind else {
      refuse("'\(component.id)' is of kind '\(component.kind)'; of converters rules know generators.", path: path)
      return
    }
    guard let power = converter.ports.first(where: { isElectric.contains($0.bus) }),
      let fuel = converter.ports.first(where: { !isElectric.contains($0.bus) }),
      let j = flowIndex[Label(component.id, .conversion)]
    else { return }
    guard power.bus == system.buses[0] else {
      refuse(
        "generator '\(component.id)' feeds '\(power.bus)', grid and other generators feed '\(system.buses[0])'.",
        path: path)
      return
    }
    guard let output = constant(power.coefficient) else {
      refuse("the efficiency of '\(component.id)' is a series at its fuel.", path: path + ".efficiency")
      return
    }
    guard let fuelFlow = fuelFlow(of: fuel.bus, for: component.id) else { return }
    let online = flowIndex[Label(component.id, .online)]
    let bounds = hourly.flows[online ?? j].upper
    guard let bound = bounds.first, case .one(let k)? = bound.capacity else {
      refuse("generator '\(component.id)' has no size.", advice: "Give it 'capacity: {fixed: ...}'.", path: path)
      return
    }
    var part = SimulatedSystem.GeneratorPart(
      component: c, flow: j, online: online, capacity: k, output: output, unit: nil, fuelFlow: fuelFlow,
      fuel: Profile(fuel.coefficient, steps: steps) * -1, noLoad: converter.noLoad, machines: 0..<0)
    if let size = component.sizes.first, case .multiples(let unit) = size.choice { part.unit = unit }
    let total = capacities[k]
    var sizes = [total]
    if let unit = part.unit, total > 0 {
      let count = (total / unit).rounded()
      guard count <= Self.mostMachines else {
        refuse(
          "\(shortNumber(total, digits: 6)) kW of '\(component.id)' are \(shortNumber(count)) machines of \(shortNumber(unit)) kW; a rule decides of each, and takes \(Int(saturating: Self.mostMachines)) at most.",
          advice: "Give the size of one machine in 'unit', or leave 'unit' out.", path: path + ".capacity.unit")
        return
      }
      guard abs(count * unit - total) <= 1e-6 * total else {
        refuse(
          "\(shortNumber(total, digits: 6)) kW of '\(component.id)' is no whole number of machines of \(shortNumber(unit)) kW.",
          advice: "Give a multiple in '--sizes'.", path: path + ".capacity")
        return
      }
      sizes = [Double](repeating: unit, count: Int(saturating: count))
    }
    let first = system.problem.generators.count
    let price = fuelPrice(fuelFlow) + project.pollutantPrice(of: component)
    let slope = part.fuel.expanded(steps)
    let wearOfAll = wear.perHour(converter, of: component)
    for (n, size) in sizes.enumerated() {
      system.problem.generators.append(
        TulouSimulation.Generator(
          sizes.count > 1 ? "\(component.id) \(n + 1)" : component.id, size: size * output,
          minimumLoad: converter.minimumLoad, fuelIntercept: converter.noLoad / output,
          fuelSlope: slope.reduce(0, +) / Double(steps) / output, fuelPrice: price,
          runCost: converter.runCost * size + (total > 0 ? wearOfAll * size / total : 0),
          outputCost: converter.costPerKWh.values.reduce(0, +) / Double(converter.costPerKWh.values.count) / output,
          startCost: converter.startCost * size,
          minimumRunSteps: max(
            1, Int(saturating: min(1e6, (converter.minimumRunHours / hourly.stepHours - 1e-9).rounded(.up))))))
    }
    part.machines = first..<(first + sizes.count)
    system.generators.append(part)
  }

  private func constant(_ series: [Double]) -> Double? {
    guard let first = series.first, first > 0 else { return nil }
    return series.allSatisfy { $0 == first } ? first : nil
  }

  /// The flow that brings fuel to a bus: one market, or one source with a stock.
  private mutating func fuelFlow(of bus: String, for generator: String) -> Int? {
    var flows: [Int] = []
    for market in project.markets where market.bus == bus && !market.onlyAlone && market.buy != nil {
      guard !market.looksBeyondTheHour else {
        refuse(
          "the fuel market '\(market.id)' has tiers, a demand charge, a least bill or net metering.",
          path: "markets.\(market.id)")
        return nil
      }
      guard market.outages == nil else {
        refuse(
          "the fuel market '\(market.id)' has outages, and a rule has no fuel in store.",
          path: "markets.\(market.id).outages")
        return nil
      }
      if let j = flowIndex[Label(market.id, .purchase, part: .whole, bus: bus)] { flows.append(j) }
    }
    for component in project.components {
      guard case .source(let source) = component.block, source.bus == bus else { continue }
      guard case .stock = source.supply, flows.isEmpty else {
        refuse(
          "fuel of '\(generator)' comes from '\(component.id)' hour by hour or beside a market.",
          path: "components.\(component.id)")
        return nil
      }
      if let j = flowIndex[Label(component.id, .production, bus: bus)] { flows.append(j) }
    }
    guard flows.count == 1 else {
      refuse(
        flows.isEmpty
          ? "nothing brings fuel to bus '\(bus)' of generator '\(generator)'."
          : "bus '\(bus)' of generator '\(generator)' gets fuel from several sides.",
        path: "components.\(generator).fuel")
      return nil
    }
    return flows[0]
  }

  /// Mean price of the fuel that a flow brings, carbon price of the first year included [money/kWh].
  private func fuelPrice(_ j: Int) -> Double {
    let id = hourly.flows[j].label.id
    if let market = project.markets.first(where: { $0.id == id }), let buy = market.buy {
      return mean(PurchasePrice(project: project, steps: steps).series(of: market, buy))
    }
    guard let component = project.components.first(where: { $0.id == id }), case .source(let source) = component.block
    else { return 0 }
    return mean(source.pricePerKWh.values) + mean(source.costPerKWh.values)
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  private mutating func read(_ storage: StorageBlock, component c: Int) {
    let component = project.components[c]
    guard let charge = flowIndex[Label(component.id, .charge, bus: storage.bus)],
      let discharge = flowIndex[Label(component.id, .discharge, bus: storage.bus)],
      let s = hourly.states.firstIndex(where: { $0.label == Label(component.id, .content) }),
      let upper = hourly.states[s].upper
    else { return }
    let state = hourly.states[s]
    func most(_ j: Int) -> Double {
      hourly.flows[j].upper.reduce(.infinity) { min($0, $1.value(at: 0, capacities: capacities)) }
    }
    let energy = upper.value(at: 0, capacities: capacities)
    let least = 1 - storage.depth
    var isCyclic = true
    if case .initial = state.boundary { isCyclic = false }
    system.storages.append(
      SimulatedSystem.StoragePart(component: c, charge: charge, discharge: discharge, state: s, isCyclic: isCyclic))
    system.problem.storages.append(
      TulouSimulation.Storage(
        component.id, bus: place(storage.bus), energy: energy, chargePower: most(charge),
        dischargePower: most(discharge), chargeEfficiency: storage.chargeEfficiency,
        dischargeEfficiency: storage.dischargeEfficiency, selfDischarge: storage.standingLoss,
        leastShare: max(0, least), startShare: storage.initialShare ?? 1,
        wearCost: wear.perEnergy(storage, of: component, energy: energy) + mean(storage.costPerKWh.values),
        model: model(storage.kinetic)))
  }

  private func model(_ kinetic: KineticBattery?) -> TulouSimulation.Storage.Model {
    kinetic.map { .kinetic(share: $0.share, rate: $0.rate, chargeRate: $0.chargeRate) } ?? .idealised
  }

  private mutating func read(_ link: LinkBlock, component c: Int) {
    let component = project.components[c]
    var converter = system.problem.converter ?? BusConverter(inverter: 0, rectifier: 0)
    var directions: [(Label.Role, String)] = [(.forward, link.from)]
    if link.twoWay { directions.append((.backward, link.to)) }
    for (role, from) in directions {
      guard let j = flowIndex[Label(component.id, role)] else { continue }
      let most = hourly.flows[j].upper.reduce(Double.infinity) { min($0, $1.value(at: 0, capacities: capacities)) }
      let part = SimulatedSystem.LinkPart(
        component: c, flow: j, efficiency: link.efficiency, output: most * link.efficiency)
      let towardsAC = from != system.buses[0]
      let beside = (towardsAC ? system.inverters : system.rectifiers).first
      guard beside.map({ $0.efficiency == link.efficiency }) ?? true else {
        refuse(
          "'\(component.id)' carries at another efficiency than '\(project.components[beside?.component ?? c].id)' beside it.",
          advice: "Ways side by side between AC and DC take one efficiency; or use `tulou plan`.",
          path: "components.\(component.id)")
        return
      }
      // Several side by side share what passes by their sizes, and so does what it costs.
      let cost = mean(link.costPerInput.values) / link.efficiency
      if towardsAC {
        system.inverters.append(part)
        converter.inverterCost = mixed(converter.inverterCost, converter.inverter, cost, part.output)
        converter.inverter += part.output
        converter.inverterEfficiency = link.efficiency
      } else {
        system.rectifiers.append(part)
        converter.rectifierCost = mixed(converter.rectifierCost, converter.rectifier, cost, part.output)
        converter.rectifier += part.output
        converter.rectifierEfficiency = link.efficiency
      }
    }
    system.problem.converter = converter
  }

  private func mixed(_ a: Double, _ sizeOfA: Double, _ b: Double, _ sizeOfB: Double) -> Double {
    sizeOfA + sizeOfB > 0 ? (a * sizeOfA + b * sizeOfB) / (sizeOfA + sizeOfB) : b
  }

  // MARK: Markets and demands

  private mutating func readMarkets() {
    for (m, market) in project.markets.enumerated() where !market.onlyAlone && isElectric.contains(market.bus) {
      guard system.market == nil else {
        refuse("'\(market.id)' is a second market of electricity.", path: "markets.\(market.id)")
        continue
      }
      system.market = m
      system.purchases = hourly.flows.indices.filter {
        hourly.flows[$0].label.id == market.id && hourly.flows[$0].label.role == .purchase
      }
      system.sale = flowIndex[Label(market.id, .sale, bus: market.bus)]
      func limit(_ given: Double?, _ flow: Int?) -> Double {
        guard let flow else { return 0 }
        if let given { return given }
        return hourly.flows[flow].upper.reduce(.infinity) { least, bound in
          bound.capacity == nil ? min(least, bound.offset.maximum) : least
        }
      }
      var grid = GridConnection(
        buyLimit: limit(market.buyLimit, system.purchases.first), sellLimit: limit(market.sellLimit, system.sale),
        buyPrice: [Double](repeating: 0, count: steps), sellPrice: values(market.sell?.price.values ?? [0]))
      // Without a limit of its own: more than anything could take.
      let beyond = 100 * (project.demands.reduce(1.0) { $0 + ($1.power.max() ?? 0) } + potentialPeak)
      if let outages = market.outages { grid.available = (0..<steps).map { !outages.isOut($0) } }
      if !grid.buyLimit.isFinite { grid.buyLimit = beyond }
      if !grid.sellLimit.isFinite { grid.sellLimit = beyond }
      if let buy = market.buy {
        grid.buyPrice = PurchasePrice(project: project, steps: steps).series(of: market, buy)
      }
      system.problem.grid = grid
    }
  }

  private var potentialPeak: Double {
    system.problem.sources.reduce(0) { $0 + ($1.perUnit.max() ?? 0) * $1.size }
  }

  private mutating func read(demand d: Int) {
    let demand = project.demands[d]
    guard isElectric.contains(demand.bus) else {
      refuse("demand '\(demand.id)' is on bus '\(demand.bus)', which is no electricity.", path: "demands.\(demand.id)")
      return
    }
    if demand.kind == .fixed {
      for part in demand.shedParts {
        system.demands.append(.init(demand: d, tier: part.tier, share: part.share, price: part.price))
      }
      return
    }
    if var waiting = WaitingDemand(demand, horizon: project.horizon, problem: hourly).deferrable(bus: place(demand.bus))
    {
      waiting.shedParts = demand.shedOrder.map { ($0.share, $0.price ?? .infinity) }
      system.waiting.append(d)
      system.problem.deferrables.append(waiting)
    }
  }

  /// What costs least when it is not served is shed first; what may not be shed goes last.
  private func shedsBefore(_ a: SimulatedSystem.DemandPart, _ b: SimulatedSystem.DemandPart) -> Bool {
    (a.price ?? .infinity, a.demand) < (b.price ?? .infinity, b.demand)
  }

  /// Shares of load and peak of each bus; those of the sources' output stand with the sources.
  private mutating func readReserve() {
    func asked(_ bus: String) -> OperatingReserve {
      let shares = project.reliability.reserve[bus] ?? BusReserve()
      return OperatingReserve(ofLoad: shares.ofDemand, ofPeak: shares.ofPeak)
    }
    system.problem.reserve = asked(system.buses[0])
    if system.buses.count > 1 { system.problem.reserveOnDC = asked(system.buses[1]) }
  }
}

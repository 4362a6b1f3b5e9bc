import TulouFinance
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// A small random project that rules can run, always the same for a seed: everything that decides what a design costs and whether it
/// keeps its limits, in any combination. `kinds` names what it holds.
package struct RandomRuleProject: Sendable, CustomStringConvertible {
  /// Seed that makes it.
  package var seed: UInt64
  /// The project.
  package var project: Project
  /// Kinds of element in it.
  package var kinds: Set<String> = []
  /// `seed 17: battery, grid, ...`.
  package var description: String { "seed \(seed): \(kinds.sorted().joined(separator: ", "))" }

  private var random: SeededRandom
  private var steps: Int { project.horizon.steps }
  private var hasTank = false

  /// The project of a seed.
  ///
  /// - Parameter hours: Number of steps of an hour; with periods they are cut in two.
  package init(seed: UInt64, hours: Int = 96) {
    self.seed = seed
    random = SeededRandom(seed: seed, stream: 91)
    project = Project.small("rules \(seed)", hours: hours, buses: [("ac", .electricity)])
    project.economy.realDiscountRate = random.uniform(0...0.1)
    project.economy.lifetime = (8 + 20 * random.uniform()).rounded()
    // Half of them are simple enough for lanes.
    let isSimple = seed % 2 == 0
    if !isSimple, chance(0.25) { addPeriods(hours) }
    addDemands(isSimple)
    addSources(isSimple)
    if chance(0.8) { addBattery("battery", bus: "ac", isSimple) }
    if chance(0.6) { addGenerator("diesel", isSimple) }
    if !isSimple, chance(0.3) { addGenerator("second", isSimple) }
    if chance(0.6) || project.components.count < 2 { addGrid(isSimple) }
    if !isSimple, chance(0.3) { addDirectCurrent() }
    if chance(0.35) { addWaiting(isSimple) }
    if chance(0.3) { addReserve() }
    if chance(0.3) {
      project.economy.carbonPrice = YearPath(random.uniform(0.01...0.1), escalation: random.uniform(0...0.03))
      kinds.insert("carbon price")
    }
    addLimits()
  }

  private mutating func chance(_ share: Double) -> Bool { random.uniform() < share }

  private mutating func series(_ top: Double, floor: Double = 0) -> [Double] {
    let phase = 24 * random.uniform()
    var level = random.uniform()
    return (0..<steps).map { t in
      level = min(1, max(0, level + 0.4 * (random.uniform() - 0.5)))
      let distance = abs((Double(t) - phase).remainder(dividingBy: 24)) / 12
      return max(floor, top * (0.5 * (1 - distance) + 0.5 * level))
    }
  }

  private mutating func sun() -> [Double] {
    (0..<steps).map { t in
      let height = 1 - abs(Double(t % 24) - 12) / 6
      return height > 0 ? height * (0.3 + 0.7 * random.uniform()) : 0
    }
  }

  private mutating func cost(_ capital: ClosedRange<Double>) -> SizeCost {
    var cost = SizeCost.capital(
      random.uniform(capital), operation: random.uniform(0...0.03) * capital.upperBound,
      life: (5 + 20 * random.uniform()).rounded(), fixed: chance(0.15) ? random.uniform(100...5000) : 0)
    if chance(0.2) { cost.operationEscalation = random.uniform(-0.02...0.03) }
    if chance(0.1) { cost.fixedOperation = random.uniform(10...200) }
    if cost.fixedCapital > 0 { kinds.insert("fixed capital") }
    return cost
  }

  private mutating func addPeriods(_ hours: Int) {
    let half = max(24, hours / 48 * 24)
    project.horizon = Horizon(
      periods: [
        .init(start: CivilDate(year: 2025, month: 1, day: 14), steps: half, weight: 60),
        .init(start: CivilDate(year: 2025, month: 7, day: 3), steps: half, weight: 122),
      ], stepHours: 1)
    kinds.insert("periods")
  }

  private mutating func addDemands(_ isSimple: Bool) {
    for (n, id) in ["load", "other"].prefix(chance(0.3) ? 2 : 1).enumerated() {
      var demand = Demand(id: id, bus: "ac", power: series(random.uniform(20...80), floor: 2))
      if !isSimple, chance(0.3) { demand.growth = random.uniform(0...0.03) }
      let price = random.uniform(0.5...6)
      switch Int(random.uniform(0...(isSimple ? 1.999 : 4.999))) {
      case 0: kinds.insert("may not be shed")
      case 1: demand.tiers = [.init(name: "all", share: 1, unservedCost: isSimple ? 3 : price)]
      case 2:
        demand.tiers = [
          .init(name: "comfort", share: 0.3, unservedCost: 0.4 * price),
          .init(name: "normal", share: 0.5, unservedCost: price),
          .init(name: "critical", share: 0.2, unservedCost: nil),
        ]
        kinds.insert("tiers of shedding")
      case 3:
        demand.tiers = [.init(name: "normal", share: 0.6, unservedCost: price)]
        kinds.insert("part may not be shed")
      default:
        demand.tiers = [
          .init(name: "normal", share: 0.7, unservedCost: price), .init(name: "critical", share: 0.3, unservedCost: 9),
        ]
        kinds.insert("tiers of shedding")
      }
      if isSimple, n > 0 { demand.tiers = project.demands[0].tiers }
      project.demands.append(demand)
    }
  }

  private mutating func addSources(_ isSimple: Bool) {
    project.addSource("pv", class: .sun, share: sun(), max: random.uniform(50...300), cost: cost(500...1200))
    project.components[0].sizes[0].landPerUnit = 10
    edit("pv") { block, kinds, random in
      guard case .source(var source) = block else { return }
      if random.uniform() < 0.3 {
        source.degradation = 0.005
        kinds.insert("degradation")
      }
      if random.uniform() < 0.2 {
        source.costPerKWh = PathSeries(0.01)
        kinds.insert("cost of output")
      }
      block = .source(source)
    }
    if chance(0.4) {
      project.addSource("wind", class: .wind, share: series(0.9), max: random.uniform(20...150), cost: cost(900...1800))
      if chance(0.3) {
        project.components[1].sizes[0].existing = random.uniform(2...15)
        project.components[1].sizes[0].built = 2015
        project.components[1].sizes[0].maximum = 150
        kinds.insert("existing plant")
      }
      if chance(0.25) {
        edit("wind") { block, kinds, _ in
          guard case .source(var source) = block else { return }
          source.mustTake = true
          block = .source(source)
          kinds.insert("must take")
        }
        project.buses[0].spill = true
      }
    }
    guard !isSimple, chance(0.2) else { return }
    let block = SourceBlock(bus: "ac", supply: .natural(series(20)), energyClass: .hydro)
    project.components.append(
      Component(id: "hydro", kind: "source", block: .source(block), sizes: [.kW(max: 15, cost(1500...4000))]))
    kinds.insert("natural flow")
  }

  private mutating func edit(
    _ id: String, _ change: (inout Block, inout Set<String>, inout SeededRandom) -> Void
  ) {
    guard let i = project.components.firstIndex(where: { $0.id == id }) else { return }
    change(&project.components[i].block, &kinds, &random)
  }

  private mutating func addBattery(_ id: String, bus: String, _ isSimple: Bool) {
    let power = cost(50...200), energy = cost(60...250)
    let each = random.uniform(0.85...1)
    var sizes = [
      Size.kW(part: .power, max: random.uniform(10...80), power), .kWh(max: random.uniform(20...400), energy),
    ]
    let shape: StorageBlock.Shape
    let choice = Int(random.uniform(0...3.999))
    switch choice {
    case 0, 1:
      shape = .hours(random.uniform(1...6))
      sizes = [sizes[0]]
    case 2: shape = .hoursBetween(1, 6)
    default:
      shape = .energyOnly
      sizes = [sizes[1]]
    }
    kinds.insert("battery \(["hours", "hours", "hours between", "energy only"][choice])")
    project.addStorage(
      id, bus: bus, charge: each, discharge: each, standingLoss: chance(0.4) ? random.uniform(0...0.01) : 0,
      shape: shape, sizes: sizes)
    edit(id) { block, kinds, random in
      guard case .storage(var storage) = block else { return }
      if random.uniform() < 0.4 { storage.depth = random.uniform(0.6...0.95) }
      if random.uniform() < 0.3 {
        storage.initialShare = max(1 - storage.depth, random.uniform(0.4...0.9))
        kinds.insert("initial content")
      }
      if random.uniform() < 0.4 {
        storage.cycleLife = random.uniform(300...4000)
        kinds.insert("cycle life")
      }
      if random.uniform() < 0.2 {
        storage.kinetic = KineticBattery(share: 0.4, rate: 0.8)
        kinds.insert("kinetic")
      }
      if random.uniform() < 0.3 {
        storage.costPerKWh = PathSeries(random.uniform(0.005...0.05))
        kinds.insert("cost of discharge")
      }
      if random.uniform() < 0.2 {
        var fade = StorageFade()
        fade.perCycle = isSimple ? 0 : 1e-4
        fade.exponent = 1.2
        fade.perYear = 0.02
        fade.end = 0.7
        storage.fade = fade
        kinds.insert("fade")
      }
      block = .storage(storage)
    }
  }

  private mutating func addGenerator(_ id: String, _ isSimple: Bool) {
    if !hasTank {
      var carrier = Carrier(id: "fuel", kind: .fuel)
      carrier.emission = 0.267
      if chance(0.3) { carrier.exergyFactor = 1.06 }
      project.carriers.append(carrier)
      project.buses.append(Bus(id: "tank", carrier: "fuel"))
      project.addMarket("oil", bus: "tank", buy: [random.uniform(0.05...0.15)])
      hasTank = true
    }
    project.addConverter(
      id, kind: "generator",
      ports: [(.power, "ac", [1]), (.fuel, "tank", [-1 / random.uniform(0.28...0.42)])],
      max: (random.uniform(20...90) / 10).rounded() * 10, cost: cost(200...700), perKWh: random.uniform(0...0.02))
    kinds.insert(id)
    guard let i = project.components.firstIndex(where: { $0.id == id }),
      case .converter(var block) = project.components[i].block
    else { return }
    if chance(0.5) {
      block.noLoad = random.uniform(0.1...0.4)
      block.minimumLoad = chance(0.5) ? random.uniform(0.1...0.4) : 0
      kinds.insert("least load")
    }
    if chance(0.3) { block.runCost = random.uniform(0.001...0.02) }
    if chance(0.3) {
      block.lifeHours = random.uniform(8000...40_000)
      kinds.insert("life in hours")
    }
    if !isSimple, chance(0.3) {
      block.startCost = random.uniform(0.01...0.1)
      kinds.insert("start cost")
    }
    if !isSimple, chance(0.3) {
      block.minimumRunHours = 3
      kinds.insert("least run time")
    }
    project.components[i].block = .converter(block)
    if !isSimple, chance(0.3) {
      project.components[i].sizes[0].choice = .multiples(of: 10)
      kinds.insert("units")
    }
  }

  private mutating func addGrid(_ isSimple: Bool) {
    let price = chance(0.5) ? series(0.2, floor: 0.03) : [random.uniform(0.05...0.2)]
    let limit = (buy: random.uniform(10...100), sell: random.uniform(5...60))
    project.addMarket(
      "grid", buy: price, sell: chance(0.6) ? price.map { 0.6 * $0 } : nil, limit: chance(0.7) ? limit : nil,
      emission: random.uniform(0.2...0.8))
    let i = project.markets.count - 1
    kinds.insert("grid")
    if chance(0.2) {
      project.markets[i].emission = PathSeries(series(0.8, floor: 0.1))
      kinds.insert("hourly emission")
    }
    if chance(0.2) { project.markets[i].renewableShare = random.uniform(0.1...0.5) }
    if chance(0.25) {
      project.markets[i].buy?.price.escalation = random.uniform(-0.01...0.03)
      kinds.insert("levelised price")
    }
    guard !isSimple else { return }
    if chance(0.2) {
      project.markets[i].takeTiers(&random)
      kinds.insert("tiers of a tariff")
    }
    if chance(0.3) {
      project.markets[i].takeDemandCharge(&random)
      kinds.insert("demand charge")
    }
  }

  private mutating func addDirectCurrent() {
    project.buses.append(Bus(id: "dc", carrier: "electricity"))
    project.addSource(
      "field", bus: "dc", class: .sun, share: sun(), max: random.uniform(20...150), cost: cost(400...900))
    var link = LinkBlock(from: "dc", to: "ac", efficiency: 0.95)
    link.ratedAtOutput = chance(0.5)
    link.twoWay = !link.ratedAtOutput
    if chance(0.5) { link.costPerKWh = PathSeries(0.01) }
    project.components.append(
      Component(id: "inverter", kind: "inverter", block: .link(link), sizes: [.kW(max: 100, cost(100...200))]))
    kinds.insert("direct current")
  }

  private mutating func addWaiting(_ isSimple: Bool) {
    var demand = Demand(id: "pumps", bus: "ac", power: series(random.uniform(2...12)))
    demand.tiers = isSimple ? project.demands[0].tiers : [.init(name: "late", share: 0.8, unservedCost: 4)]
    let peak = chance(0.5) ? 1.5 * (demand.power.max() ?? 1) : nil
    switch Int(random.uniform(0...3.999)) {
    case 0:
      demand.kind = .sliding(
        delayHours: random.uniform(0...8).rounded(), advanceHours: random.uniform(0...3).rounded(), peak: peak)
      kinds.insert("sliding demand")
    case 1:
      demand.kind = .daily(peak: peak)
      kinds.insert("daily demand")
    default:
      demand.kind = .tank(energy: 5 * (demand.power.max() ?? 1), peak: peak, minimumLoad: chance(0.3) ? 0.2 : 0)
      kinds.insert("tank demand")
    }
    project.demands.append(demand)
  }

  private mutating func addReserve() {
    var reserve = BusReserve()
    reserve.ofDemand = 0.1
    if chance(0.5) { reserve.ofPeak = 0.05 }
    project.reliability.reserve = ["ac": reserve]
    kinds.insert("reserve")
  }

  private mutating func addLimits() {
    func elastic(_ key: LimitKey, _ price: ClosedRange<Double>) {
      guard chance(0.25) else { return }
      project.limits.prices[key] = random.uniform(price)
      kinds.insert("elastic")
    }
    if chance(0.3) {
      project.limits.renewableFraction = random.uniform(0.1...0.8)
      kinds.insert("renewable fraction")
      elastic(.renewableFraction, 0.01...0.3)
    }
    if chance(0.2) {
      project.limits.renewableFractionWithStorage = random.uniform(0.1...0.8)
      kinds.insert("fraction with storage")
    }
    if chance(0.3) {
      project.limits.co2 = random.uniform(5000...300_000)
      kinds.insert("co2")
      elastic(.co2, 0.01...0.3)
    }
    if chance(0.2) {
      project.limits.outsideEnergy = random.uniform(20_000...600_000)
      kinds.insert("outside energy")
      elastic(.outsideEnergy, 0.01...0.1)
    }
    if chance(0.3) {
      project.limits.unservedEnergy = random.uniform(0...0.2)
      kinds.insert("unserved")
      elastic(.unservedEnergy, 0.1...1)
    }
    if chance(0.3) {
      project.limits.capacityShortage = random.uniform(0...0.3)
      kinds.insert("shortage")
      elastic(.capacityShortage, 0.1...1)
    }
    if chance(0.2) {
      project.limits.land = random.uniform(300...3000)
      kinds.insert("land")
    }
    if chance(0.2) {
      project.limits.budget = random.uniform(20_000...300_000)
      kinds.insert("budget")
    }
  }
}

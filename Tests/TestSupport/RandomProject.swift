import TulouFinance
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// A small random project, always the same for a seed: several buses, storages, members, markets, limits.
///
/// Every demand may be shed at a high price, so that only limits can make one infeasible. `kinds` names what it holds,
/// for counting how often each kind of element is tested.
package struct RandomProject: Sendable, CustomStringConvertible {
  /// Seeds of 1 to 40 whose limits contradict each other; any other without a plan is a fault.
  package static let impossible: Set<UInt64> = [17]
  /// Seed that makes it.
  package var seed: UInt64
  /// The project.
  package var project: Project
  /// Kinds of element in it.
  package var kinds: Set<String> = []

  /// `seed 17: storage, heat, ...`.
  package var description: String { "seed \(seed): \(kinds.sorted().joined(separator: ", "))" }

  private var random: SeededRandom
  private var steps: Int { project.horizon.steps }

  /// The project of a seed.
  ///
  /// - Parameter hours: Number of steps of an hour; with periods they are cut in two.
  package init(seed: UInt64, hours: Int = 72) {
    self.seed = seed
    random = SeededRandom(seed: seed, stream: 77)
    project = Project.small("random \(seed)", hours: hours, buses: [("ac", .electricity)])
    project.economy.realDiscountRate = random.uniform(0...0.1)
    project.economy.lifetime = (10 + 20 * random.uniform()).rounded()
    if chance(0.2) { addPeriods(hours) }
    addElectricity()
    if chance(0.5) { addGas() }
    if chance(0.4) { addHeat() }
    if chance(0.4) { addMember() }
    if chance(0.4) { addFlexibleDemand() }
    if chance(0.2) { addVehicles() }
    if chance(0.25) { addDirectCurrent() }
    if chance(0.25) { addStream() }
    if chance(0.25) { addReserve() }
    addLimits()
  }

  private mutating func chance(_ share: Double) -> Bool { random.uniform() < share }

  /// A series between zero and `top` with a daily shape and noise.
  private mutating func series(_ top: Double, daily: Double = 0.5, floor: Double = 0) -> [Double] {
    let phase = 24 * random.uniform()
    var level = random.uniform()
    var values: [Double] = []
    for t in 0..<steps {
      level = min(1, max(0, level + 0.25 * (random.uniform() - 0.5)))
      let distance = abs((Double(t) - phase).remainder(dividingBy: 24)) / 12
      values.append(max(floor, top * (daily * (1 - distance) + (1 - daily) * level)))
    }
    return values
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
      life: (8 + 20 * random.uniform()).rounded())
    if chance(0.2) { cost.operationEscalation = random.uniform(-0.02...0.03) }
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

  private mutating func addElectricity() {
    var demand = Demand(id: "load", bus: "ac", power: series(random.uniform(50...300), floor: 5))
    demand.tiers = [
      .init(name: "critical", share: 0.2, unservedCost: 9), .init(name: "normal", share: 0.5, unservedCost: 5),
      .init(name: "comfort", share: 0.3, unservedCost: random.uniform(0.15...3)),
    ]
    project.demands.append(demand)
    project.addSource(
      "pv", class: .sun, share: sun(), max: chance(0.3) ? nil : random.uniform(100...1500), cost: cost(500...1200))
    if case .source(var block) = project.components[0].block, chance(0.3) {
      block.degradation = 0.005
      project.components[0].block = .source(block)
      kinds.insert("degradation")
    }
    project.components[0].sizes[0].landPerUnit = 10
    if chance(0.6) {
      project.addSource(
        "wind", class: .wind, share: series(0.9, daily: 0.1), max: random.uniform(50...600), cost: cost(900...1800))
      if chance(0.25), case .source(var block) = project.components[1].block {
        block.mustTake = true
        project.components[1].block = .source(block)
        project.buses[0].spill = true
        kinds.insert("must take")
      }
      if chance(0.2) {
        project.components[1].sizes[0].existing = random.uniform(5...40)
        project.components[1].sizes[0].built = 2012
        project.components[1].sizes[0].maximum = 600
        kinds.insert("existing plant")
      }
    }
    if chance(0.75) { addStorage("battery", bus: "ac") }
    if chance(0.25) { addStorage("pumped", bus: "ac") }
    addGrid()
    if chance(0.3) {
      project.economy.carbonPrice = YearPath(random.uniform(0.01...0.1), escalation: random.uniform(0...0.03))
      kinds.insert("carbon price")
    }
  }

  private mutating func addStorage(_ id: String, bus: String) {
    let power = cost(50...200)
    let energy = cost(60...250)
    let each = random.uniform(0.85...1)
    let choice = Int(random.uniform(0...3.999))
    let shape: StorageBlock.Shape
    var sizes = [
      Size.kW(part: .power, max: random.uniform(20...400), power), .kWh(max: random.uniform(50...2000), energy),
    ]
    switch choice {
    case 0:
      shape = .hours(random.uniform(1...8))
      sizes = [sizes[0]]
    case 1: shape = .hoursBetween(1, 6)
    case 2: shape = .independent
    default:
      shape = .energyOnly
      sizes = [sizes[1]]
    }
    kinds.insert("storage \(["hours", "hours between", "independent", "energy only"][choice])")
    project.addStorage(
      id, bus: bus, charge: each, discharge: each, standingLoss: chance(0.5) ? random.uniform(0...0.01) : 0,
      shape: shape,
      sizes: sizes)
    guard let i = project.components.firstIndex(where: { $0.id == id }),
      case .storage(var block) = project.components[i].block
    else { return }
    if chance(0.3) { block.depth = random.uniform(0.6...0.95) }
    if chance(0.3) {
      block.initialShare = max(1 - block.depth, random.uniform(0.4...0.9))
      kinds.insert("initial content")
    }
    if chance(0.3) {
      block.cycleLife = random.uniform(1000...8000)
      kinds.insert("cycle life")
    }
    project.components[i].block = .storage(block)
  }

  private mutating func addGrid() {
    let price = series(0.2, floor: 0.03)
    let limit = (buy: random.uniform(30...300), sell: random.uniform(10...150))
    project.addMarket(
      "grid", buy: price, sell: chance(0.7) ? price.map { 0.6 * $0 } : nil,
      limit: limit, emission: random.uniform(0.2...0.8))
    let i = project.markets.count - 1
    if chance(0.3) {
      project.markets[i].buy?.price.escalation = random.uniform(-0.01...0.03)
      kinds.insert("levelised price")
    }
    if chance(0.25) {
      project.markets[i].takeTiers(&random)
      kinds.insert("tiers")
    }
    if chance(0.35) {
      project.markets[i].takeDemandCharge(&random)
      kinds.insert("demand charge")
    }
  }

  private mutating func addGas() {
    var carrier = Carrier(id: "natural-gas", kind: .fuel)
    carrier.emission = 0.202
    project.carriers.append(carrier)
    project.buses.append(Bus(id: "gasline", carrier: "natural-gas"))
    project.addMarket("gas", bus: "gasline", buy: [random.uniform(0.02...0.08)])
    project.addConverter(
      "genset", kind: "generator",
      ports: [(.power, "ac", [1]), (.fuel, "gasline", [-1 / random.uniform(0.28...0.42)])],
      max: chance(0.3) ? nil : random.uniform(20...300), cost: cost(200...700), perKWh: random.uniform(0...0.02))
    kinds.insert("fuel")
    if chance(0.4), let i = project.components.firstIndex(where: { $0.id == "genset" }),
      case .converter(var block) = project.components[i].block
    {
      block.noLoad = random.uniform(0.1...0.4)
      block.minimumLoad = random.uniform(0...0.4)
      project.components[i].block = .converter(block)
      kinds.insert("commitment")
    }
    if chance(0.4) {
      var block = SourceBlock(
        bus: "gasline", supply: .stock(annualEnergy: random.uniform(20_000...200_000)), energyClass: .biomass)
      block.emissionPerKWh = 0
      block.costPerKWh = PathSeries(random.uniform(0...0.03))
      project.components.append(
        Component(id: "digester", kind: "source", block: .source(block), sizes: [.kW(max: 200, cost(100...400))]))
      kinds.insert("stock")
    }
  }

  private mutating func addHeat() {
    project.carriers.append(Carrier(id: "heat", kind: .heat))
    project.buses.append(Bus(id: "hot", carrier: "heat"))
    var demand = Demand(id: "rooms", bus: "hot", power: series(random.uniform(20...150)))
    demand.tiers = [.init(name: "heat", share: 1, unservedCost: 3)]
    project.demands.append(demand)
    let performance = series(1.5, daily: 0.2).map { 2.2 + $0 }
    project.addConverter(
      "heatpump", kind: "heat-pump", ports: [(.heat, "hot", [1]), (.power, "ac", performance.map { -1 / $0 })],
      max: random.uniform(20...200), cost: cost(400...900))
    if project.buses.contains(where: { $0.id == "gasline" }) {
      project.addConverter(
        "boiler", kind: "boiler", ports: [(.heat, "hot", [1]), (.fuel, "gasline", [-1 / 0.9])],
        max: random.uniform(20...300), cost: cost(50...150))
      if chance(0.5) {
        project.addConverter(
          "chp", kind: "chp", ports: [(.power, "ac", [1]), (.fuel, "gasline", [-3]), (.heat, "hot", [1.4])],
          max: random.uniform(10...100), cost: cost(600...1300), perKWh: 0.01)
        project.buses[project.buses.count - 1].spill = true
        kinds.insert("chp")
      }
    }
    addStorage("tank", bus: "hot")
    kinds.insert("heat")
  }

  private mutating func addMember() {
    var member = Member(id: "village", kind: "village")
    member.ownBuses = ["ac": "village.ac"]
    project.members.append(member)
    var bus = Bus(id: "village.ac", carrier: "electricity")
    bus.member = "village"
    project.buses.append(bus)
    var meter = LinkBlock(from: "ac", to: "village.ac", efficiency: chance(0.5) ? 1 : random.uniform(0.93...0.99))
    meter.twoWay = true
    meter.limit = random.uniform(40...200)
    meter.meterOf = "village"
    meter.chargePerKWh = chance(0.5) ? random.uniform(0...0.02) : 0
    project.components.append(Component(id: "village.ac.meter", kind: "link", block: .link(meter)))
    var demand = Demand(id: "homes", bus: "village.ac", power: series(random.uniform(20...100)))
    demand.member = "village"
    demand.tiers = [.init(name: "normal", share: 1, unservedCost: 6)]
    project.demands.append(demand)
    project.addSource(
      "pv-homes", bus: "village.ac", class: .sun, share: sun(), max: random.uniform(50...300),
      cost: cost(600...1200),
      member: "village")
    kinds.insert("member")
  }

  private mutating func addFlexibleDemand() {
    var demand = Demand(id: "pumps", bus: "ac", power: series(random.uniform(10...60), daily: 0.9))
    demand.tiers = [.init(name: "late", share: 1, unservedCost: 4)]
    let peak = chance(0.5) ? 1.5 * (demand.power.max() ?? 1) : nil
    switch Int(random.uniform(0...2.999)) {
    case 0:
      demand.kind = .sliding(
        delayHours: random.uniform(0...8).rounded(), advanceHours: random.uniform(0...3).rounded(), peak: peak)
      kinds.insert("sliding demand")
    case 1:
      demand.kind = .daily(peak: peak)
      kinds.insert("daily demand")
    default:
      demand.kind = .tank(energy: 5 * (demand.power.max() ?? 1), peak: peak, minimumLoad: 0)
      kinds.insert("tank demand")
    }
    project.demands.append(demand)
  }

  private mutating func addVehicles() {
    let charger = random.uniform(20...80)
    let home = (0..<steps).map { $0 % 24 < 8 || $0 % 24 >= 17 }
    let trip = home.map { $0 ? 0 : 0.5 * charger }
    let fleet = Demand.Fleet(
      chargePower: home.map { $0 ? charger : 0 }, dischargePower: home.map { $0 && seed % 2 == 0 ? charger : 0 },
      leastContent: [Double](repeating: 0, count: steps),
      greatestContent: [Double](repeating: 12 * charger, count: steps), tripEnergy: trip, chargeEfficiency: 0.95,
      dischargeEfficiency: 0.95)
    var demand = Demand(id: "cars", bus: "ac", power: trip)
    demand.kind = .vehicles(fleet)
    project.demands.append(demand)
    kinds.insert("vehicles")
  }

  private mutating func addDirectCurrent() {
    project.buses.append(Bus(id: "dc", carrier: "electricity"))
    project.addSource(
      "pv-field", bus: "dc", class: .sun, share: sun(), max: random.uniform(50...500), cost: cost(400...900))
    var link = LinkBlock(from: "dc", to: "ac", efficiency: 0.95)
    link.ratedAtOutput = chance(0.5)
    link.twoWay = !link.ratedAtOutput
    project.components.append(
      Component(id: "inverter", kind: "inverter", block: .link(link), sizes: [.kW(max: 400, cost(100...200))]))
    addStorage("dc-battery", bus: "dc")
    kinds.insert("link")
  }

  private mutating func addStream() {
    let block = SourceBlock(bus: "ac", supply: .natural(series(80, daily: 0)), energyClass: .hydro)
    project.components.append(
      Component(id: "hydro", kind: "source", block: .source(block), sizes: [.kW(max: 120, cost(1500...4000))]))
    kinds.insert("natural flow")
  }

  private mutating func addReserve() {
    project.reliability.reserve = ["ac": BusReserve(ofDemand: 0.1, ofClass: [.sun: 0.2, .wind: 0.3])]
    project.limits.capacityShortage = random.uniform(0.01...0.2)
    kinds.insert("reserve")
  }

  private mutating func addLimits() {
    if chance(0.4) {
      project.limits.renewableFraction = random.uniform(0.1...0.6)
      kinds.insert("renewable fraction")
    }
    if chance(0.2) {
      project.limits.co2 = random.uniform(100_000...600_000)
      kinds.insert("co2")
    }
    if chance(0.2) {
      project.limits.outsideEnergy = random.uniform(200_000...2_000_000)
      kinds.insert("outside energy")
    }
    if chance(0.2) {
      project.limits.unservedEnergy = random.uniform(0.005...0.2)
      kinds.insert("unserved")
    }
    if chance(0.2) {
      project.limits.land = random.uniform(2000...20_000)
      kinds.insert("land")
    }
    if chance(0.15) {
      project.limits.budget = random.uniform(200_000...2_000_000)
      kinds.insert("budget")
    }
    if chance(0.15), project.limits.co2 != nil {
      project.limits.prices[.co2] = random.uniform(0.05...0.5)
      kinds.insert("elastic")
    }
  }
}

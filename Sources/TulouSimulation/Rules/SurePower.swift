/// Power that can be brought to demand that waits in each step: what fixed demand leaves of sources, grid and machines.
///
/// Sun and wind count with what they will give, as the demand does with what will be drawn: a rule that trusted machines alone
/// would burn fuel at night for a tank that the next morning's sun fills. Storages do not count.
/// Several waiting demands share the power: what one of them counts on in a step is no longer there for the next.
struct SurePower: Sendable {
  /// What is left on AC in each step [kW].
  private var ac: [Double]
  /// What sources leave on DC in each step [kW].
  private var dc: [Double]
  /// What the converter can still give on DC, and on AC, in each step [kW].
  private var rectifier: [Double]
  private var inverter: [Double]
  private let rectifierEfficiency: Double
  private let inverterEfficiency: Double

  init(_ problem: SimulationProblem, wanted: (ac: [Double], dc: [Double]), potential: (ac: [Double], dc: [Double])) {
    let machines = problem.generators.reduce(0) { $0 + $1.size }
    let converter = problem.converter
    ac = [Double](repeating: machines, count: problem.steps)
    dc = [Double](repeating: 0, count: problem.steps)
    rectifier = [Double](repeating: converter?.rectifier ?? 0, count: problem.steps)
    inverter = [Double](repeating: converter?.inverter ?? 0, count: problem.steps)
    rectifierEfficiency = converter?.rectifierEfficiency ?? 1
    inverterEfficiency = converter?.inverterEfficiency ?? 1
    for t in ac.indices {
      if let grid = problem.grid, grid.available.isEmpty || grid.available[t] { ac[t] += grid.buyLimit }
      ac[t] += potential.ac[t]
      dc[t] = potential.dc[t]
      take(wanted.dc[t], at: .dc, in: t)
      take(wanted.ac[t], at: .ac, in: t)
    }
  }

  /// What can be brought to a bus in each step [kW].
  func power(at bus: SimulationProblem.Bus) -> [Double] {
    ac.indices.map { t in
      bus == .ac
        ? ac[t] + min(inverter[t], dc[t] * inverterEfficiency)
        : dc[t] + min(rectifier[t], ac[t] * rectifierEfficiency)
    }
  }

  /// Takes what a demand on a bus counts on in each step [kW].
  mutating func take(_ power: [Double], at bus: SimulationProblem.Bus) {
    for t in ac.indices { take(power[t], at: bus, in: t) }
  }

  /// Takes power [kW] of one step: from the bus itself, then through the converter, as far as there is any.
  private mutating func take(_ power: Double, at bus: SimulationProblem.Bus, in t: Int) {
    switch bus {
    case .ac:
      let own = min(ac[t], power)
      ac[t] -= own
      let through = min(power - own, inverter[t], dc[t] * inverterEfficiency)
      inverter[t] -= through
      dc[t] = max(0, dc[t] - through / inverterEfficiency)
    case .dc:
      let own = min(dc[t], power)
      dc[t] -= own
      let through = min(power - own, rectifier[t], ac[t] * rectifierEfficiency)
      rectifier[t] -= through
      ac[t] = max(0, ac[t] - through / rectifierEfficiency)
    }
  }
}

extension SimulationProblem {
  /// The rules of all waiting demands, each counting on what can be brought to it beside fixed demand and the others. Those that
  /// can wait for the shortest time take their part first: the others have more hours to choose from.
  func waitingRules(
    wanted: (ac: [Double], dc: [Double]), potential: (ac: [Double], dc: [Double])
  ) -> [WaitingRule] {
    guard !deferrables.isEmpty else { return [] }
    let patience = deferrables.map { demand -> Double in
      let drawn = demand.draw.reduce(0, +) * stepHours
      let room = demand.rooms.isEmpty ? demand.tank : demand.rooms.reduce(0, +) / Double(demand.rooms.count)
      return drawn > 0 ? room / drawn : .infinity
    }
    let order = deferrables.indices.sorted { (patience[$0], $0) < (patience[$1], $1) }
    var rules = [WaitingRule?](repeating: nil, count: deferrables.count)
    var sure = SurePower(self, wanted: wanted, potential: potential)
    for d in order {
      let rule = WaitingRule(deferrables[d], stepHours: stepHours, sure: sure.power(at: deferrables[d].bus))
      sure.take(rule.levels[0].latest, at: deferrables[d].bus)
      rules[d] = rule
    }
    for price in pricesBelowWaiting {
      func dearer(_ bus: Bus) -> [Double] {
        var sum = [Double](repeating: 0, count: steps)
        for demand in demands where demand.bus == bus && demand.shedPrice > price {
          for t in sum.indices { sum[t] += demand.power[t] }
        }
        return sum
      }
      var sure = SurePower(self, wanted: (dearer(.ac), dearer(.dc)), potential: potential)
      for d in order where deferrables[d].share(above: price) > 0 {
        rules[d]?.addLevel(price: price, sure: sure.power(at: deferrables[d].bus))
        if let latest = rules[d]?.levels.last?.latest { sure.take(latest, at: deferrables[d].bus) }
      }
    }
    return rules.compactMap { $0 }
  }

  /// Prices of what is shed before some part of a waiting demand is missed, cheapest first.
  var pricesBelowWaiting: [Double] {
    let dearest = deferrables.reduce(-Double.infinity) { max($0, $1.shedParts.map(\.price).max() ?? -.infinity) }
    let prices = Set(demands.map(\.shedPrice) + deferrables.flatMap { $0.shedParts.map(\.price) })
    return prices.filter { $0 < dearest }.sorted()
  }
}

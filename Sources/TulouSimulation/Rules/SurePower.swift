/// Power that grid and machines can bring to demand that waits, whatever sun and wind do: what fixed demand leaves of them.
///
/// Several waiting demands share it: what one of them counts on in a step is no longer there for the next.
struct SurePower: Sendable {
  /// What is left on AC in each step [kW].
  private var ac: [Double]
  /// What the rectifier can still give on DC in each step [kW].
  private var rectifier: [Double]
  /// Efficiency of the rectifier [-].
  private let efficiency: Double

  init(_ problem: SimulationProblem, wanted: (ac: [Double], dc: [Double])) {
    let machines = problem.generators.reduce(0) { $0 + $1.size }
    ac = [Double](repeating: machines, count: problem.steps)
    rectifier = [Double](repeating: problem.converter?.rectifier ?? 0, count: problem.steps)
    efficiency = problem.converter?.rectifierEfficiency ?? 1
    for t in ac.indices {
      if let grid = problem.grid, grid.available.isEmpty || grid.available[t] { ac[t] += grid.buyLimit }
      let toDC = min(rectifier[t], wanted.dc[t])
      ac[t] = max(0, ac[t] - wanted.ac[t] - toDC / efficiency)
      rectifier[t] -= toDC
    }
  }

  /// What can be brought to a bus in each step [kW].
  func power(at bus: SimulationProblem.Bus) -> [Double] {
    bus == .ac ? ac : ac.indices.map { min(rectifier[$0], ac[$0] * efficiency) }
  }

  /// Takes what a demand on a bus counts on in each step [kW].
  mutating func take(_ power: [Double], at bus: SimulationProblem.Bus) {
    for t in ac.indices {
      ac[t] = max(0, ac[t] - (bus == .ac ? power[t] : power[t] / efficiency))
      if bus == .dc { rectifier[t] = max(0, rectifier[t] - power[t]) }
    }
  }
}

extension SimulationProblem {
  /// The rules of all waiting demands, each counting on what grid and machines can bring it beside fixed demand and the
  /// others. Those that can wait for the shortest time take their part first: the others have more hours to choose from.
  func waitingRules(wanted: (ac: [Double], dc: [Double])) -> [WaitingRule] {
    guard !deferrables.isEmpty else { return [] }
    var sure = SurePower(self, wanted: wanted)
    let patience = deferrables.map { demand -> Double in
      let drawn = demand.draw.reduce(0, +) * stepHours
      let room = demand.rooms.isEmpty ? demand.tank : demand.rooms.reduce(0, +) / Double(demand.rooms.count)
      return drawn > 0 ? room / drawn : .infinity
    }
    var rules = [WaitingRule?](repeating: nil, count: deferrables.count)
    for d in deferrables.indices.sorted(by: { (patience[$0], $0) < (patience[$1], $1) }) {
      let bus = deferrables[d].bus
      let rule = WaitingRule(deferrables[d], stepHours: stepHours, sure: sure.power(at: bus))
      sure.take(rule.latest, at: bus)
      rules[d] = rule
    }
    return rules.compactMap { $0 }
  }
}

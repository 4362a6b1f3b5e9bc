import TulouProblem
import TulouProject
import TulouTechnologies

extension BalanceBuilder {
  /// What counts as use of each converter that feeds a network in which something may be thrown away or turned back
  /// [kWh over the horizon], by component: the most that the network's buses can have kept.
  ///
  /// - Parameter perUse: What counts at most per unit that is used; 1: nothing that stores or rings of lines lose.
  func countedUse(of scope: EnergyScope, perUse: Double = UseNetwork.mostPerUse) -> [String: Double] {
    var counted: [String: Double] = [:]
    for network in UseNetwork.all(of: reading.project, scope: scope) {
      for (id, use) in countedUse(in: network, perUse) { counted[id, default: 0] += use }
    }
    return counted
  }

  private func countedUse(in network: UseNetwork, _ perUse: Double) -> [String: Double] {
    var inStep = [Double](repeating: 0, count: reading.steps)
    var overHorizon = inStep, used = inStep
    for demand in reading.project.demands where demand.kind == .fixed && network.buses.contains(demand.bus) {
      inStep.add(demand.power, times: network.worth[demand.bus] ?? 0)
      overHorizon.add(demand.power, times: network.worth[demand.bus] ?? 0)
      used.add(demand.power, times: network.worth[demand.bus] ?? 0)
    }
    for (j, flow) in reading.plan.problem.flows.enumerated() where flow.label.stage == reading.stage {
      let terms = reading.touches[j].map { (bus: reading.buses[$0.bus].id, coefficient: $0.coefficient) }
      let x = reading.plan.solution.flows[j]
      if let own = network.used(by: flow.label, terms) { for t in x.indices { used[t] += own[t] * x[t] } }
      guard let kept = network.kept(by: flow.label, terms) else { continue }
      for t in x.indices {
        inStep[t] += kept.inStep[t] * x[t]
        overHorizon[t] += kept.overHorizon[t] * x[t]
      }
    }
    // The most use within both limits: what takes most per unit that is kept counts first.
    let filled = filled(in: network)
    let most = network.canLose ? perUse * reading.sum(used) : .infinity
    guard network.canDump else { return countedUse(in: network, upTo: most, filled: filled) }
    var left = min(reading.sum(overHorizon) - filled, most)
    var parts: [(use: Double, maker: Int, step: Int)] = []
    for (m, maker) in network.makers.enumerated() {
      for t in inStep.indices where maker.made[t] > 0 { parts.append((maker.taken[t] / maker.made[t], m, t)) }
    }
    parts.sort { ($0.use, $1.step, $1.maker) > ($1.use, $0.step, $0.maker) }
    let driving = network.makers.map { reading.total($0.id, .conversion) }
    var counted = Dictionary(network.makers.map { ($0.id, 0.0) }, uniquingKeysWith: { first, _ in first })
    for part in parts where left > 0 {
      let t = part.step
      let most = driving[part.maker][t] * network.makers[part.maker].made[t]
      let weight = reading.weight[t] * reading.dt
      let kept = min(most, inStep[t], left / weight)
      guard kept > 0 else { continue }
      counted[network.makers[part.maker].id, default: 0] += part.use * kept * weight
      inStep[t] -= kept
      left -= kept * weight
    }
    return counted
  }

  /// What stores hold at the end of their blocks beyond what they held at the start, in the worth of the network [kWh].
  private func filled(in network: UseNetwork) -> Double {
    let problem = reading.plan.problem, solution = reading.plan.solution
    var sum = 0.0
    for fill in network.fills {
      for (s, state) in problem.states.enumerated()
      where state.label.role == .content && state.label.id == fill.id && state.label.stage == reading.stage {
        for block in problem.blocks {
          guard let last = block.last, last < reading.weight.count else { continue }
          var end = state.retention[last] * solution.contents[s][last]
          for (j, flow) in problem.flows.enumerated() {
            for term in flow.stateTerms where term.state == s {
              end += reading.dt * term.gain[last] * solution.flows[j][last]
            }
          }
          sum += reading.weight[last] * fill.perContent * (end - solution.contents[s][block.lowerBound])
        }
      }
    }
    return max(0, sum)
  }

  /// Where nothing can be thrown away: all that the makers take, as long as what they make of it, less what is `filled`, is no more
  /// than `most`.
  private func countedUse(in network: UseNetwork, upTo most: Double, filled: Double) -> [String: Double] {
    let taken = Dictionary(
      network.makers.map { maker in
        let driving = reading.total(maker.id, .conversion)
        return (maker.id, reading.sum(driving.indices.map { driving[$0] * maker.taken[$0] }))
      }, uniquingKeysWith: { first, _ in first })
    let made = network.makers.reduce(0) { $0 + $1.madePerTaken * (taken[$1.id] ?? 0) }
    var left = max(0, min(most, made - filled))
    var counted: [String: Double] = [:]
    for maker in network.makers.sorted(by: { ($0.madePerTaken, $0.id) < ($1.madePerTaken, $1.id) }) {
      let taken = taken[maker.id] ?? 0
      let use = maker.madePerTaken > 0 ? min(taken, left / maker.madePerTaken) : taken
      counted[maker.id] = use
      left -= use * maker.madePerTaken
    }
    return counted
  }
}

import Glibc
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// What a rule did, written as flows of the hourly problem, so that every account and report of a plan runs on it.
///
/// Rules may shed what no plan may, and throw away where no bus spills: such flows are added to the problem.
struct SimulatedPlan {
  private let system: SimulatedSystem
  private let dispatch: RuleDispatch
  private var problem: HourlyProblem
  private var solution: Solution
  private var trace: SimulationTrace { dispatch.trace }
  private var project: Project { system.project }

  /// The plan of a dispatch.
  static func plan(_ system: SimulatedSystem, _ dispatch: RuleDispatch) -> Plan {
    var made = SimulatedPlan(system, dispatch)
    made.fill()
    return Plan(problem: made.problem, solution: made.solution)
  }

  private init(_ system: SimulatedSystem, _ dispatch: RuleDispatch) {
    self.system = system
    self.dispatch = dispatch
    problem = system.assembled.problem
    solution = Solution(status: .feasible, solver: "rules")
    let nothing = [Double](repeating: 0, count: problem.steps)
    solution.flows = problem.flows.map { _ in nothing }
    solution.contents = problem.states.map { _ in nothing }
    solution.capacities = system.capacities
    solution.message = ""
  }

  private var steps: Int { problem.steps }

  private mutating func fill() {
    sourcesAndSpill()
    generators()
    storages()
    links()
    trade()
    demands()
    waiting()
    reserve()
    contracts()
    solution.objective = problem.objectiveValue(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
  }

  /// Index of a flow, added to the problem where it has none.
  private mutating func flow(_ label: Label, rows: [RowTerm], states: [StateTerm] = [], most: Profile) -> Int {
    if let j = problem.flows.firstIndex(where: { $0.label == label }) { return j }
    problem.flows.append(Flow(label, rows: rows, states: states, upper: [.fixed(most)]))
    solution.flows.append([Double](repeating: 0, count: steps))
    return problem.flows.count - 1
  }

  private func row(ofBus bus: String) -> Int? {
    problem.rows.firstIndex { $0.label == Label(bus, .balance, bus: bus) }
  }

  // MARK: Supply

  /// What is thrown away is not made, by the sources of the same bus as far as they may; the rest the bus throws away.
  private mutating func sourcesAndSpill() {
    for (i, source) in system.problem.sources.enumerated() {
      let part = system.sources[i]
      for t in 0..<steps { solution.flows[part.flow][t] = source.perUnit[t] * source.size }
    }
    for (b, bus) in system.buses.enumerated() {
      var left = trace.spilledByBus[b]
      for part in system.sources.reversed() where part.bus == b && !part.mustTake {
        for t in 0..<steps where left[t] > 0 {
          let cut = min(left[t], solution.flows[part.flow][t])
          solution.flows[part.flow][t] -= cut
          left[t] -= cut
        }
      }
      guard left.contains(where: { $0 > 0 }), let row = row(ofBus: bus) else { continue }
      let j = flow(
        Label(bus, .spill, bus: bus), rows: [RowTerm(row, .constant(-1))], most: .constant(left.max() ?? 0))
      solution.flows[j] = left
    }
  }

  private mutating func generators() {
    for part in system.generators {
      var online = [Double](repeating: 0, count: steps)
      for g in part.machines {
        let size = system.problem.generators[g].size / part.output
        for t in 0..<steps {
          solution.flows[part.flow][t] += trace.generators[g][t] / part.output
          if trace.isRunning[g][t] { online[t] += size }
        }
      }
      if let j = part.online { solution.flows[j] = online }
      starts(of: project.components[part.component].id, online: online)
      for t in 0..<steps {
        solution.flows[part.fuelFlow][t] +=
          solution.flows[part.flow][t] * part.fuel[t] + online[t] * part.noLoad
      }
    }
  }

  /// What comes on line and goes off after each step, where the problem pays for it; a block ends as it begins.
  private mutating func starts(of id: String, online: [Double]) {
    guard let s = problem.states.firstIndex(where: { $0.label == Label(id, .content, part: "online") }),
      let up = problem.flows.firstIndex(where: { $0.label == Label(id, .auxiliary, part: "start") }),
      let down = problem.flows.firstIndex(where: { $0.label == Label(id, .auxiliary, part: "stop") })
    else { return }
    solution.contents[s] = online
    for block in problem.blocks {
      for t in block {
        let change = online[t + 1 == block.upperBound ? block.lowerBound : t + 1] - online[t]
        solution.flows[up][t] = max(0, change)
        solution.flows[down][t] = max(0, -change)
      }
    }
  }

  private mutating func storages() {
    for (s, part) in system.storages.enumerated() {
      for t in 0..<steps {
        let power = trace.storages[s][t]
        if power > 0 { solution.flows[part.discharge][t] = power }
        if power < 0, let charge = part.charge { solution.flows[charge][t] = -power }
      }
      if let j = part.overflow, !trace.overflows[s].isEmpty { solution.flows[j] = trace.overflows[s] }
      solution.contents[part.state] = trace.contents[s]
    }
  }

  private mutating func links() {
    for (parts, output) in [(system.inverters, trace.inverted), (system.rectifiers, trace.rectified)] {
      let whole = parts.reduce(0) { $0 + $1.output }
      for part in parts {
        let share = (whole > 0 ? part.output / whole : 0) / part.efficiency
        solution.flows[part.flow] = output.map { $0 * share }
      }
    }
    // Under rules nothing is lent on paper.
    for (j, flow) in problem.flows.enumerated() where flow.label.role == .auxiliary {
      let role: Label.Role
      switch flow.label.part {
      case "reserve": role = .forward
      case "reserve back": role = .backward
      default: continue
      }
      let link = problem.flows.firstIndex { $0.label == Label(flow.label.id, role) }
      if let link { solution.flows[j] = solution.flows[link] }
    }
  }

  private mutating func trade() {
    if let sale = system.sale { solution.flows[sale] = trace.sold }
    if let first = system.purchases.first { solution.flows[first] = trace.bought }
  }

  // MARK: Demand

  private mutating func demands() {
    for (i, part) in system.demands.enumerated() where trace.shedByDemand[i].contains(where: { $0 > 0 }) {
      let demand = project.demands[part.demand]
      guard let row = row(ofBus: demand.bus) else { continue }
      let j = flow(
        Label(demand.id, .unserved, part: part.tier, bus: demand.bus), rows: [RowTerm(row, .one)],
        most: Profile(demand.power, steps: steps) * part.share)
      for t in 0..<steps { solution.flows[j][t] += trace.shedByDemand[i][t] }
    }
  }

  private mutating func waiting() {
    for (i, d) in system.waiting.enumerated() {
      let demand = project.demands[d]
      guard let serve = problem.flows.firstIndex(where: { $0.label == Label(demand.id, .serve, bus: demand.bus) }),
        let state = problem.states.firstIndex(where: { $0.label == Label(demand.id, .content) })
      else { continue }
      solution.flows[serve] = trace.deferrables[i].map { max(0, $0) }
      if let back = problem.flows.firstIndex(where: { $0.label == Label(demand.id, .discharge, bus: demand.bus) }) {
        solution.flows[back] = trace.deferrables[i].map { max(0, -$0) }
      }
      solution.contents[state] = trace.deferrableContents[i]
      let missing = trace.deferrableUnserved[i]
      guard missing.contains(where: { $0 > 0 }) else { continue }
      let j = flow(
        Label(demand.id, .unserved, part: demand.tiers.first?.name ?? "", bus: demand.bus), rows: [],
        states: [StateTerm(state, .one)], most: .constant(missing.max() ?? 0))
      solution.flows[j] = missing
      // A plan misses energy in the hour in which it is wanted, a rule in the hour in which it is due.
      problem.flows[j].upper = [.fixed(.constant(missing.max() ?? 0))]
    }
  }

  // MARK: Reserve and contracts

  private mutating func reserve() {
    for (b, bus) in system.buses.enumerated() where project.reliability.reserve[bus] != nil {
      // What is shed is short too, and counts as shed.
      var missing = trace.capacityShortage[b]
      for (i, demand) in system.problem.demands.enumerated() where demand.bus.rawValue == b {
        for t in 0..<steps { missing[t] -= trace.shedByDemand[i][t] }
      }
      guard missing.contains(where: { $0 > 1e-9 }) else { continue }
      for t in 0..<steps { missing[t] = max(0, missing[t]) }
      let rows = problem.rows.firstIndex { $0.label == Label(bus, .limit, part: "reserve", bus: bus) }
      let j = flow(
        Label(bus, .reserveShortage, bus: bus), rows: rows.map { [RowTerm($0, .one)] } ?? [],
        most: .constant(missing.max() ?? 0))
      solution.flows[j] = missing
    }
    // What each storage could give: at most its rating, at most what its content lasts for.
    for (s, part) in system.storages.enumerated() {
      let storage = system.problem.storages[s]
      guard
        let j = problem.flows.firstIndex(where: {
          $0.label.id == storage.id && $0.label.role == .auxiliary && $0.label.part == "reserve"
        })
      else { continue }
      let kept = pow(1 - storage.selfDischarge, problem.stepHours)
      for t in 0..<steps {
        let give =
          (kept * solution.contents[part.state][t] - storage.leastShare * storage.energy)
          * storage.dischargeEfficiency / problem.stepHours
        solution.flows[j][t] = max(0, min(storage.dischargePower, give))
      }
    }
  }

  /// Tiers, balances, billed peaks and least bills as purchases and sales make them.
  private mutating func contracts() {
    for layout in system.assembled.layouts { layout.settle(&solution, of: problem) }
    // A rule may buy more than a plan thought possible.
    for k in problem.capacities.indices where problem.capacities[k].label.role != .size {
      problem.capacities[k].upper = max(problem.capacities[k].upper, solution.capacities[k])
    }
  }
}

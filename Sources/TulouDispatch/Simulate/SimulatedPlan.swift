import TulouAssembly
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

/// What a rule did, written as flows of the hourly problem, so that every account and report of a plan runs on it.
///
/// Rules may shed what no plan may, and throw away where no bus spills: such flows are added to the problem.
struct SimulatedPlan {
  private let system: SimulatedSystem
  private let trace: SimulationTrace
  private var problem: HourlyProblem
  private var solution: Solution
  private let project: Project

  /// The plan of a dispatch.
  static func plan(_ system: SimulatedSystem, _ dispatch: RuleDispatch) -> Plan {
    var made = SimulatedPlan(system, dispatch)
    made.fill()
    return Plan(problem: made.problem, solution: made.solution)
  }

  private init(_ system: SimulatedSystem, _ dispatch: RuleDispatch) {
    self.system = system
    trace = dispatch.trace
    project = system.project
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
    elasticLimits()
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
      solution.flows[part.flow] = source.perUnit.map { $0 * source.size }
    }
    for (b, bus) in system.buses.enumerated() {
      var left = trace.spilledByBus[b]
      for part in system.sources.reversed() where part.bus == b && !part.mustTake {
        var output = solution.flows[part.flow]
        for t in 0..<steps where left[t] > 0 {
          let cut = min(left[t], output[t])
          output[t] -= cut
          left[t] -= cut
        }
        solution.flows[part.flow] = output
      }
      guard left.contains(where: { $0 > 0 }), let row = row(ofBus: bus) else { continue }
      let j = flow(
        Label(bus, .spill, bus: bus), rows: [RowTerm(row, .constant(-1))], most: .constant(left.max() ?? 0))
      solution.flows[j] = left
    }
  }

  private mutating func generators() {
    for part in system.generators {
      var online = [Double](repeating: 0, count: steps), driving = online
      for g in part.machines {
        let size = system.problem.generators[g].size / part.output
        let output = trace.generators[g], isRunning = trace.isRunning[g]
        for t in 0..<steps {
          driving[t] += output[t] / part.output
          if isRunning[t] { online[t] += size }
        }
      }
      solution.flows[part.flow] = driving
      if let j = part.online { solution.flows[j] = online }
      starts(of: project.components[part.component].id, online: online)
      var fuel = solution.flows[part.fuelFlow]
      for t in 0..<steps { fuel[t] += driving[t] * part.fuel[t] + online[t] * part.noLoad }
      solution.flows[part.fuelFlow] = fuel
    }
  }

  /// What comes on line and goes off after each step, where the problem pays for it; a block ends as it begins.
  private mutating func starts(of id: String, online: [Double]) {
    guard let s = problem.states.firstIndex(where: { $0.label == Label(id, .content, part: .online) }),
      let up = problem.flows.firstIndex(where: { $0.label == Label(id, .auxiliary, part: .start) }),
      let down = problem.flows.firstIndex(where: { $0.label == Label(id, .auxiliary, part: .stop) })
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
      let power = trace.storages[s]
      solution.flows[part.discharge] = power.map { max(0, $0) }
      if let charge = part.charge { solution.flows[charge] = power.map { max(0, -$0) } }
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
      case .reserve: role = .forward
      case .reserveBack: role = .backward
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
        Label(demand.id, .unserved, part: .named(part.tier), bus: demand.bus), rows: [RowTerm(row, .one)],
        most: Profile(demand.power, steps: steps) * part.share)
      let shed = trace.shedByDemand[i]
      for t in 0..<steps { solution.flows[j][t] += shed[t] }
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
      miss(demand, trace.deferrableUnserved[i], due: system.problem.deferrables[i].draw, state: state)
    }
  }

  /// What waiting demand misses, tier by tier: of what falls due in a step the cheapest tier first, as far as its share goes.
  ///
  /// A plan misses energy in the hour in which it is wanted, a rule in the hour in which it is due.
  private mutating func miss(_ demand: TulouTechnologies.Demand, _ missing: [Double], due: [Double], state: Int) {
    guard missing.contains(where: { $0 > 0 }) else { return }
    var left = missing
    let parts = demand.shedOrder
    for (n, part) in parts.enumerated() where left.contains(where: { $0 > 0 }) {
      var cut = left
      if n + 1 < parts.count { for t in 0..<steps { cut[t] = min(left[t], part.share * due[t]) } }
      for t in 0..<steps { left[t] -= cut[t] }
      let most = Profile.constant(cut.max() ?? 0)
      let j = flow(
        Label(demand.id, .unserved, part: .named(part.tier), bus: demand.bus), rows: [],
        states: [StateTerm(state, .one)],
        most: most)
      solution.flows[j] = cut
      problem.flows[j].upper = [.fixed(most)]
    }
  }

  // MARK: Reserve and contracts

  private mutating func reserve() {
    for (b, bus) in system.buses.enumerated() where project.reliability.reserve[bus] != nil {
      // What is shed is short too, and counts as shed.
      var missing = trace.capacityShortage[b]
      for (i, demand) in system.problem.demands.enumerated() where demand.bus.rawValue == b {
        let shed = trace.shedByDemand[i]
        for t in 0..<steps { missing[t] -= shed[t] }
      }
      guard missing.contains(where: { $0 > 1e-9 }) else { continue }
      missing = missing.map { max(0, $0) }
      let rows = problem.rows.firstIndex { $0.label == Label(bus, .limit, part: .reserve, bus: bus) }
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
          $0.label.id == storage.id && $0.label.role == .auxiliary && $0.label.part == .reserve
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

  /// What a limit with a penalty is broken by stands in its slack, which is paid for.
  private mutating func elasticLimits() {
    for row in problem.yearlyRows {
      guard let (k, perUnit) = row.form.capacities.first(where: { problem.capacities[$0.key].label.part == .slack })
      else { continue }
      let value = problem.value(
        of: row.form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
      ).sum
      let excess = row.upper.isFinite ? value - row.upper : row.lower - value
      solution.capacities[k] = max(0, excess) / abs(perUnit)
      problem.capacities[k].upper = max(problem.capacities[k].upper, solution.capacities[k])
    }
  }
}

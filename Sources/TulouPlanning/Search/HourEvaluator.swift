import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouSolvers
import TulouTechnologies

/// Designs one by one with every hour written down, as `tulou simulate` does: any system that rules can run.
struct HourEvaluator: Sendable {
  let builder: CandidateBuilder
  /// How designs are run, and its place among the strategies of the search.
  let strategy: DispatchStrategy
  let place: Int
  let cheapest: Bool
  let parts: PartReader
  /// What a rolling horizon needs besides: the project, and who solves its windows.
  let project: Project
  let plan: PlanOptions
  let seed: UInt64
  let solver: (any Solver)?

  /// A design; nil where its sizes cannot be run (said once when the search begins), or where the user stopped it.
  func candidate(_ x: [Double]) -> SearchCandidate? {
    var assembled = builder.assembled
    let totals = builder.capacities(x)
    let parts = Set(assembled.retirable.flatMap { [$0.kept, $0.new] })
    for k in assembled.problem.capacities.indices
    where assembled.problem.capacities[k].label.role == .size || parts.contains(k) {
      assembled.problem.capacities[k].lower = totals[k]
      assembled.problem.capacities[k].upper = totals[k]
    }
    guard let system = try? SystemReader.system(of: assembled), let dispatch = dispatch(system, x) else { return nil }
    let plan = SimulatedPlan.plan(system, dispatch)
    var row = builder.candidate(x, capacities: plan.solution.capacities, sums(system, dispatch, plan), isExact: true)
    row.strategy = place
    row.parts = self.parts.values(system, dispatch, plan)
    row.warning = PenetrationWarning(system, plan, meanDemand: PartReader.meanDemand(system))
    return row
  }

  /// Designs one after the other, up to the first that cannot be run or that the user does not wait for.
  func candidates(_ designs: [[Double]], until isCancelled: () -> Bool) -> [SearchCandidate] {
    var rows: [SearchCandidate] = []
    for x in designs {
      guard !isCancelled(), let row = candidate(x) else { break }
      rows.append(row)
    }
    return rows
  }

  private func dispatch(_ system: SimulatedSystem, _ x: [Double]) -> RuleDispatch? {
    guard case .optimal(let horizon, let step, let knowledge) = strategy else {
      return system.dispatch(strategy, cheapest: cheapest)
    }
    var sizes: [String: Double] = [:]
    for (side, size) in zip(builder.sides, x) { sizes[side.name] = size }
    guard let solver, let windows = try? SimulateStudy.sized(project, sizes, isWhole: false).0 else { return nil }
    var asked = SimulateOptions()
    asked.strategy = strategy
    asked.seed = seed
    asked.plan = plan
    asked.plan.solve.threads = 1
    asked.plan.solve.progress = { _ in }
    var rolling = RollingHorizon(
      system, windows: windows, horizon: horizon, stride: step, knowledge: knowledge, options: asked, solver: solver)
    return rolling.dispatch()
  }

  private func sums(_ system: SimulatedSystem, _ dispatch: RuleDispatch, _ plan: Plan) -> CandidateBuilder.Sums {
    let problem = plan.problem
    let solution = plan.solution
    func value(_ form: LinearForm) -> Double {
      problem.value(
        of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
      ).sum
    }
    func total(_ series: [Double]) -> Double {
      var sum = 0.0
      for t in series.indices { sum += problem.weight[t] * series[t] }
      return sum * problem.stepHours
    }
    let flows = solution.flows.map(total)
    var sums = CandidateBuilder.Sums(
      flows: flows, values: builder.forms.map(value), penalties: value(builder.assembled.penalties))
    if builder.mayWear { sums.wear = system.wear(dispatch) }
    sums.curtailed = total(dispatch.trace.spilled)
    sums.bought = total(dispatch.trace.bought)
    sums.sold = total(dispatch.trace.sold)
    sums.generatorHours = dispatch.hours.reduce(0, +)
    sums.generatorStarts = dispatch.starts.reduce(0, +)
    for (j, flow) in problem.flows.enumerated() {
      switch flow.label.role {
      case .unserved:
        sums.unserved += flows[j]
        let tiers = system.project.demands.first { $0.id == flow.label.id }?.tiers ?? []
        if tiers.first(where: { $0.name == flow.label.part })?.unservedCost == nil { sums.forbidden += flows[j] }
      case .reserveShortage: sums.shortReserve += flows[j]
      case .discharge: sums.discharged += flows[j]
      default: continue
      }
    }
    for part in system.sources { sums.renewable += flows[part.flow] }
    for part in system.storages where part.charge == nil { sums.renewable += flows[part.discharge] }
    for part in system.generators {
      sums.generated += flows[part.flow] * part.output
      let fuel = part.fuelUsed(plan)
      sums.fuel += fuel
      sums.fuelExergy += fuel * system.exergyFactor(ofFuel: part)
    }
    return sums
  }
}

extension SimulatedSystem {
  /// Exergy per lower heating value of what a generator burns [-].
  func exergyFactor(ofFuel part: GeneratorPart) -> Double {
    guard case .converter(let block) = project.components[part.component].block,
      let port = block.ports.first(where: { $0.coefficient.contains { $0 < 0 } })
    else { return 1 }
    return project.carrier(ofBus: port.bus)?.exergyFactor ?? 1
  }
}

extension SimulatedSystem.GeneratorPart {
  /// Fuel over the horizon, running and at no load [kWh].
  func fuelUsed(_ plan: Plan) -> Double {
    let problem = plan.problem
    var sum = 0.0
    for t in 0..<problem.steps {
      let onLine = online.map { plan.solution.flows[$0][t] } ?? 0
      sum += problem.weight[t] * (plan.solution.flows[flow][t] * fuel[t] + onLine * noLoad)
    }
    return sum * problem.stepHours
  }
}

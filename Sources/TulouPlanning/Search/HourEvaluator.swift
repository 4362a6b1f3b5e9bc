import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// Designs one by one with every hour written down, as `tulou simulate` does: any system that rules can run.
struct HourEvaluator: Sendable {
  let builder: CandidateBuilder
  let strategy: DispatchStrategy
  let cheapest: Bool

  /// A design; nil where its sizes cannot be run (said once when the search begins).
  func candidate(_ x: [Double]) -> SearchCandidate? {
    var assembled = builder.assembled
    let totals = builder.capacities(x)
    for k in assembled.problem.capacities.indices where assembled.problem.capacities[k].label.role == .size {
      assembled.problem.capacities[k].lower = totals[k]
      assembled.problem.capacities[k].upper = totals[k]
    }
    guard let system = try? SystemReader.system(of: assembled),
      let dispatch = system.dispatch(strategy, cheapest: cheapest)
    else { return nil }
    let plan = SimulatedPlan.plan(system, dispatch)
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
      flows: flows, values: builder.forms.map(value), penalties: value(assembled.penalties))
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
    for part in system.generators {
      sums.generated += flows[part.flow] * part.output
      for t in 0..<problem.steps {
        let online = part.online.map { solution.flows[$0][t] } ?? 0
        sums.fuel +=
          problem.weight[t] * problem.stepHours * (solution.flows[part.flow][t] * part.fuel[t] + online * part.noLoad)
      }
    }
    return builder.candidate(x, capacities: solution.capacities, sums, isExact: true)
  }
}

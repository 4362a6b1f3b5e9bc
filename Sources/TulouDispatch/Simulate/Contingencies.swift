import TulouAssembly
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

extension SimulatedSystem {
  /// The year again for each source, machine, storage, link and for the grid, each missing in turn; the whole system first.
  ///
  /// Of several machines of one component one is missing. Nil under `optimal`, which is no rule.
  func contingencies(_ strategy: DispatchStrategy, cheapest: Bool, years: Double) -> [Contingency]? {
    var cases: [(id: String, words: String, system: SimulatedSystem)] = [("", "nothing", self)]
    for (i, part) in sources.enumerated() where problem.sources[i].size > 0 {
      var other = self
      other.problem.sources[i].size = 0
      cases.append((id(part.component), "'\(id(part.component))'", other))
    }
    for part in generators {
      guard let g = part.machines.first(where: { problem.generators[$0].size > 0 }) else { continue }
      var other = self
      other.problem.generators[g].size = 0
      let name = id(part.component)
      let count = part.machines.count
      cases.append((name, count > 1 ? "one of \(count) machines of '\(name)'" : "'\(name)'", other))
    }
    for (s, part) in storages.enumerated() where problem.storages[s].energy > 0 {
      var other = self
      other.problem.storages[s].energy = 0
      other.problem.storages[s].chargePower = 0
      other.problem.storages[s].dischargePower = 0
      cases.append((id(part.component), "'\(id(part.component))'", other))
    }
    for part in Set((inverters + rectifiers).map(\.component)).sorted() {
      var other = self
      for way in inverters where way.component == part { other.problem.converter?.inverter -= way.output }
      for way in rectifiers where way.component == part { other.problem.converter?.rectifier -= way.output }
      cases.append((id(part), "'\(id(part))'", other))
    }
    if let m = market {
      var other = self
      other.problem.grid?.available = [Bool](repeating: false, count: problem.steps)
      cases.append((project.markets[m].id, "the market '\(project.markets[m].id)'", other))
    }
    var found: [Contingency] = []
    for (id, words, system) in cases {
      guard let dispatch = system.dispatch(strategy, cheapest: cheapest) else { return nil }
      found.append(contingency(id, words, dispatch.trace, years: years))
    }
    return found
  }

  private func id(_ component: Int) -> String { project.components[component].id }

  private func contingency(_ id: String, _ words: String, _ trace: SimulationTrace, years: Double) -> Contingency {
    var found = Contingency(id: id, words: words, unserved: 0, unservedCritical: 0, hours: 0, greatest: 0)
    let weight = assembled.problem.weight
    for t in 0..<problem.steps {
      let step = weight[t] * problem.stepHours / years
      var missing = trace.shed[t]
      for late in trace.deferrableUnserved { missing += late[t] }
      guard missing > 1e-9 else { continue }
      found.unserved += missing * step
      found.hours += step
      found.greatest = max(found.greatest, missing)
      for (d, part) in demands.enumerated() where part.tier == Demand.Tier.critical {
        found.unservedCritical += trace.shedByDemand[d][t] * step
      }
    }
    return found
  }
}

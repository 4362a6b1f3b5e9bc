import TulouAssembly
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

/// What single machines do in a year, a number a machine and quantity: HOMER's columns per component.
///
/// Production of sources, generators and links, these where they are rated [kWh/y]; hours on line [h/y], starts [1/y] and fuel [kWh/y] of generators;
/// throughput of storages, the energy that leaves the content before the discharge loss [kWh/y], and how long the usable
/// content carries the mean demand [h].
///
/// - Source: HOMER Pro manual, "Battery throughput" and "Battery bank autonomy".
struct PartReader: Sendable {
  /// Keys and units, in the order of the file.
  private(set) var names: [PartName] = []
  private var place: [String: Int] = [:]

  /// The quantities of a system in which every size is above zero.
  init(_ system: SimulatedSystem) {
    let project = system.project
    for part in system.sources { add(project.components[part.component].id, ["energy": "kWh/y"]) }
    for part in system.generators {
      add(
        project.components[part.component].id,
        ["energy": "kWh/y", "fuel": "kWh/y", "hours": "h/y", "starts": "1/y"])
    }
    for part in system.storages {
      add(project.components[part.component].id, ["autonomy": "h", "throughput": "kWh/y"])
    }
    for part in system.inverters + system.rectifiers {
      add(project.components[part.component].id, ["energy": "kWh/y"])
    }
  }

  private mutating func add(_ id: String, _ quantities: [String: String]) {
    for (quantity, unit) in quantities.sorted(by: { $0.key < $1.key }) where place[id + "." + quantity] == nil {
      place[id + "." + quantity] = names.count
      names.append(PartName(id + "." + quantity, unit))
    }
  }

  /// The numbers of a simulated plan, zero for machines that are not there.
  func values(_ system: SimulatedSystem, _ dispatch: RuleDispatch, _ plan: Plan) -> [Double] {
    let problem = plan.problem
    let project = system.project
    var values = [Double](repeating: 0, count: names.count)
    func note(_ component: Int, _ quantity: String, _ value: Double) {
      if let i = place[project.components[component].id + "." + quantity] { values[i] += value }
    }
    func yearly(_ flow: Int) -> Double {
      var sum = 0.0
      let series = plan.solution.flows[flow]
      for t in series.indices { sum += problem.weight[t] * series[t] }
      return sum * problem.stepHours / problem.years
    }
    for part in system.sources { note(part.component, "energy", yearly(part.flow)) }
    for part in system.generators {
      note(part.component, "energy", yearly(part.flow) * part.output)
      note(part.component, "fuel", part.fuelUsed(plan) / problem.years)
      for g in part.machines {
        note(part.component, "hours", dispatch.hours[g] / problem.years)
        note(part.component, "starts", dispatch.starts[g] / problem.years)
      }
    }
    let demand = PartReader.meanDemand(system)
    for (s, part) in system.storages.enumerated() {
      let storage = system.problem.storages[s]
      note(part.component, "throughput", yearly(part.discharge) / storage.dischargeEfficiency)
      if demand > 0 {
        note(
          part.component, "autonomy",
          storage.energy * (1 - storage.leastShare) * storage.dischargeEfficiency / demand)
      }
    }
    for part in system.inverters + system.rectifiers {
      guard case .link(let link) = project.components[part.component].block else { continue }
      note(part.component, "energy", yearly(part.flow) * (link.ratedAtOutput ? part.efficiency : 1))
    }
    return values
  }

  /// Mean demand of electricity [kW].
  static func meanDemand(_ system: SimulatedSystem) -> Double {
    let problem = system.assembled.problem
    var energy = 0.0, hours = 0.0
    for demand in system.project.demands {
      let power = Profile(demand.power, steps: problem.steps)
      for t in 0..<problem.steps { energy += problem.weight[t] * power[t] }
    }
    for t in 0..<problem.steps { hours += problem.weight[t] }
    return hours > 0 ? energy / hours : 0
  }
}

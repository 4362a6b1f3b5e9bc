package import TulouAssembly
package import TulouDocument
package import TulouProblem
package import TulouProject
import TulouTechnologies

/// The problem of a simulated year made again, so that stored flows find their places.
///
/// A simulation adds flows that no plan has: what is shed although it may not be, what a bus throws away although it may
/// not, reserve that is short. They stand in `flows.csv`, and every account needs them.
package enum StoredSimulation {
  /// The hourly problem of given sizes as a simulation uses it: machines whole, limits taken out.
  ///
  /// - Parameter sizes: Totals by `id` or `id.part`.
  package static func assembled(of project: Project, sizes: [String: Double]) throws(ProjectFault) -> Assembled {
    try SimulateStudy.sized(project, sizes).0
  }

  /// Flows that a simulation may have added, without limit; those that the problem has already are left out.
  package static func addedFlows(of project: Project, to problem: HourlyProblem) -> [Flow] {
    let known = Set(problem.flows.map(\.label))
    func row(_ bus: String) -> Int? { problem.rows.firstIndex { $0.label == Label(bus, .balance, bus: bus) } }
    var added: [Flow] = []
    func add(_ label: Label, rows: [RowTerm], states: [StateTerm] = []) {
      guard !known.contains(label) else { return }
      added.append(Flow(label, rows: rows, states: states, upper: []))
    }
    for bus in project.buses {
      if let row = row(bus.id) { add(Label(bus.id, .spill, bus: bus.id), rows: [RowTerm(row, .constant(-1))]) }
      let reserve = problem.rows.firstIndex {
        $0.label == Label(bus.id, .limit, part: .reserve, bus: bus.id)
      }
      add(Label(bus.id, .reserveShortage, bus: bus.id), rows: reserve.map { [RowTerm($0, .one)] } ?? [])
    }
    for demand in project.demands {
      let state = problem.states.firstIndex { $0.label == Label(demand.id, .content) }
      let tiers = demand.tiers.map(\.name) + (demand.tiers.contains { $0.name.isEmpty } ? [] : [""])
      for tier in tiers {
        add(
          Label(demand.id, .unserved, part: .named(tier), bus: demand.bus),
          rows: state == nil ? row(demand.bus).map { [RowTerm($0, .one)] } ?? [] : [],
          states: state.map { [StateTerm($0, .one)] } ?? [])
      }
    }
    return added
  }

  /// Starts and stops of machines, which are not stored, from their capacity on line; a block ends as it begins.
  package static func fillStarts(_ solution: inout Solution, of problem: HourlyProblem) {
    for (j, flow) in problem.flows.enumerated() where flow.label.role == .online {
      let id = flow.label.id
      let online = solution.flows[j]
      if let s = problem.states.firstIndex(where: { $0.label == Label(id, .content, part: .online) }) {
        solution.contents[s] = online
      }
      guard let up = problem.flows.firstIndex(where: { $0.label == Label(id, .auxiliary, part: .start) }),
        let down = problem.flows.firstIndex(where: { $0.label == Label(id, .auxiliary, part: .stop) })
      else { continue }
      for block in problem.blocks {
        for t in block {
          let change = online[t + 1 == block.upperBound ? block.lowerBound : t + 1] - online[t]
          solution.flows[up][t] = max(0, change)
          solution.flows[down][t] = max(0, -change)
        }
      }
    }
  }
}

import TulouAssembly
import TulouProblem
import TulouProject
import TulouQuantities

extension StagePath {
  /// What a subsidy with a cap pays in a stage is for what the stage adds, and the cap holds for all stages together.
  func chainCaps(_ stages: [Assembled], _ stack: Stack, _ whole: inout Assembled) {
    var sums: [String: LinearForm] = [:]
    for (s, stage) in stages.enumerated() {
      for cap in stage.capitalCaps {
        sums[cap.id, default: LinearForm()].add(capacity: stack.parts[s].capacities[cap.capacity], 1)
        let label = Label(cap.id, .limit, part: .named("paid"), stage: project.stages[s].id)
        guard s > 0, let row = whole.problem.yearlyRows.firstIndex(where: { $0.label == label }) else { continue }
        for (k, paid) in cap.paid.capacities.sorted(by: { $0.key < $1.key }) {
          let own = stage.problem.capacities[k]
          guard let last = stages[s - 1].problem.capacities.firstIndex(where: { $0.label == own.label }) else {
            continue
          }
          whole.problem.yearlyRows[row].form.add(capacity: stack.parts[s - 1].capacities[last], paid)
          whole.problem.yearlyRows[row].upper += paid * own.existing
        }
      }
    }
    for (id, sum) in sums.sorted(by: { $0.key < $1.key }) where sum.capacities.count > 1 {
      let cap = stages.lazy.flatMap(\.capitalCaps).first { $0.id == id }?.cap ?? .infinity
      whole.problem.yearlyRows.append(YearlyRow(Label(id, .limit, part: .named("cap")), sum, upper: cap))
    }
  }
}

import TulouProblem

extension Solution {
  /// The solution with no more capacity shortage (rule M12) than its reserve lacks.
  ///
  /// Shortage costs nothing in itself: below its limit a solver may leave it at any value that fills the reserve's row. What is left
  /// out here stands in that row and in limits from above, so the plan still holds and costs the same.
  func withLeastShortage(in problem: HourlyProblem) -> Solution {
    guard hasPlan else { return self }
    var least = self
    for (j, flow) in problem.flows.enumerated() where flow.label.role == .reserveShortage {
      guard flow.rowTerms.count == 1, let row = flow.rowTerms.first?.row, flow.rowTerms[0].coefficient == .one else {
        continue
      }
      var surplus = (0..<problem.steps).map { -problem.rows[row].lower[$0] }
      func add(_ terms: [RowTerm], _ value: (Int) -> Double) {
        for term in terms where term.row == row {
          for t in surplus.indices { surplus[t] += term.coefficient[t] * value(t) }
        }
      }
      for (i, other) in problem.flows.enumerated() { add(other.rowTerms) { flows[i][$0] } }
      for (s, state) in problem.states.enumerated() { add(state.rowTerms) { contents[s][$0] } }
      for (k, capacity) in problem.capacities.enumerated() { add(capacity.rowTerms) { _ in capacities[k] } }
      for t in surplus.indices where surplus[t] > 0 { least.flows[j][t] = max(0, flows[j][t] - surplus[t]) }
    }
    return least
  }
}

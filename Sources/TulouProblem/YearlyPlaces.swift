/// In which yearly rows each flow, state and capacity stands, rows in their order.
package struct YearlyPlaces: Sendable {
  /// Indices into `HourlyProblem.yearlyRows` by flow, by state and by capacity.
  package private(set) var ofFlow: [[Int]], ofState: [[Int]], ofCapacity: [[Int]]

  /// The places of a problem.
  package init(_ problem: HourlyProblem) {
    ofFlow = [[Int]](repeating: [], count: problem.flows.count)
    ofState = [[Int]](repeating: [], count: problem.states.count)
    ofCapacity = [[Int]](repeating: [], count: problem.capacities.count)
    for (y, row) in problem.yearlyRows.enumerated() {
      for j in row.form.flows.keys { ofFlow[j].append(y) }
      for s in row.form.states.keys { ofState[s].append(y) }
      for k in row.form.capacities.keys { ofCapacity[k].append(y) }
    }
  }
}

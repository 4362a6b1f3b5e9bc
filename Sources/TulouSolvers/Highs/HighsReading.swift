import TulouProblem

extension HighsMatrix {
  /// Puts HiGHS's point and multipliers, unscaled, into `solution`.
  func read(
    _ point: (values: [Double], multipliers: [Double]), of problem: HourlyProblem, into solution: inout Solution
  ) {
    let steps = 0..<layout.steps
    solution.flows = problem.flows.indices.map { j in
      let scale = scaling.flows[j]
      // HiGHS may undershoot nought by its tolerance.
      return steps.map { max(0, point.values[layout.column(flow: j, $0)] * scale) }
    }
    solution.contents = problem.states.indices.map { s in
      let scale = scaling.states[s]
      return steps.map { point.values[layout.column(state: s, $0)] * scale }
    }
    solution.capacities = problem.capacities.indices.map { k in
      let value = point.values[layout.column(capacity: k)] * scaling.capacities[k]
      return min(max(value, problem.capacities[k].lower), problem.capacities[k].upper)
    }
    solution.objective = value(problem, solution)

    let cost = scaling.cost
    // cost' = cost * objective and row' = scale * activity, hence multiplier = multiplier' * scale / cost.
    solution.multipliers = Multipliers(
      rows: problem.rows.indices.map { r in
        let factor = scaling.rows[r] / cost
        return steps.map { point.multipliers[layout.row(hourly: r, $0)] * factor }
      },
      states: problem.states.indices.map { s in
        let factor = scaling.contentRows[s] / cost
        return steps.map { point.multipliers[layout.row(state: s, $0)] * factor }
      },
      yearly: problem.yearlyRows.indices.map { point.multipliers[layout.row(yearly: $0)] * scaling.yearly[$0] / cost })
  }

  /// The objective of the plan on the unscaled data, fixed charges included where integers are honoured.
  private func value(_ problem: HourlyProblem, _ solution: Solution) -> Double {
    var total = problem.objective.constant
    for (k, price) in problem.objective.capacities.sorted(by: { $0.key < $1.key }) {
      total += price * solution.capacities[k]
    }
    func add(_ profile: Profile, _ values: [Double]) {
      var sum = 0.0
      for t in 0..<layout.steps { sum += problem.weight[t] * profile[t] * values[t] }
      total += sum * problem.stepHours
    }
    for (j, profile) in problem.objective.flows.sorted(by: { $0.key < $1.key }) { add(profile, solution.flows[j]) }
    for (s, profile) in problem.objective.states.sorted(by: { $0.key < $1.key }) { add(profile, solution.contents[s]) }
    if layout.integers {
      for (k, capacity) in problem.capacities.enumerated() where capacity.fixedCharge > 0 {
        let built = solution.capacities[k] - capacity.existing
        if built > 1e-7 * max(1, capacity.upper) { total += capacity.fixedCharge }
      }
    }
    return total
  }
}

import TulouProblem

/// A point as HiGHS holds it, scaled: values and reduced costs of columns, multipliers of rows.
struct HighsPoint {
  var values: [Double]
  var reduced: [Double]
  var multipliers: [Double]
}

extension HighsMatrix {
  /// Puts HiGHS's point and multipliers, unscaled, into `solution`.
  func read(_ point: HighsPoint, of problem: HourlyProblem, into solution: inout Solution) {
    let steps = 0..<layout.steps
    solution.flows = problem.flows.indices.map { j in
      let scale = scaling.flows[j]
      // HiGHS may undershoot zero by its tolerance.
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
    solution.objective = problem.objectiveValue(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    if layout.integers { solution.objective += problem.fixedCharges(capacities: solution.capacities) }

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
      yearly: problem.yearlyRows.indices.map { point.multipliers[layout.row(yearly: $0)] * scaling.yearly[$0] / cost },
      shares: shares(point, problem))
  }

  /// Which of several upper bounds of a flow carries its negative reduced cost: the multiplier of a bound's row, or the
  /// column's reduced cost for the tightest of the bounds that are not rows.
  private func shares(_ point: HighsPoint, _ problem: HourlyProblem) -> [Int: [[Double]]] {
    var result: [Int: [[Double]]] = [:]
    let fixed = problem.capacities.map(\.lower)
    for (j, flow) in problem.flows.enumerated() where flow.upper.count > 1 {
      var carried = [[Double]](repeating: [Double](repeating: 0, count: layout.steps), count: flow.upper.count)
      let rows = layout.boundRowsOfFlow[j]
      // The order of `flow.upper` is kept in both lists.
      var isRow = [Bool](repeating: false, count: flow.upper.count)
      var next = 0
      for (i, bound) in flow.upper.enumerated() where next < rows.count && layout.boundRows[rows[next]].bound == bound {
        isRow[i] = true
        next += 1
      }
      for t in 0..<layout.steps {
        var total = 0.0
        next = 0
        var tightest: (place: Int, value: Double)?
        for i in flow.upper.indices {
          if isRow[i] {
            let b = rows[next]
            next += 1
            carried[i][t] = max(0, -point.multipliers[layout.row(bound: b, t)] * scaling.boundRows[b])
            total += carried[i][t]
          } else {
            let value = flow.upper[i].value(at: t, capacities: fixed)
            if value < tightest?.value ?? .infinity { tightest = (i, value) }
          }
        }
        if let tightest {
          carried[tightest.place][t] = max(0, -point.reduced[layout.column(flow: j, t)] / scaling.flows[j])
          total += carried[tightest.place][t]
        }
        if total > 0 { for i in flow.upper.indices { carried[i][t] /= total } }
      }
      result[j] = carried
    }
    return result
  }
}

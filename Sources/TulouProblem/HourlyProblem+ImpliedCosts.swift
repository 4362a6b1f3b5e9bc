extension HourlyProblem {
  /// A cost that any sensible plan stays below: every row met at the dearest price of the problem, all sizes at their
  /// limit, tenfold. Nil where the objective has no least value by its own bounds.
  public func generousCost(_ ranges: ImpliedRanges) -> Double? {
    guard let least = leastCost(ranges) else { return nil }
    var energy = 0.0
    for row in rows {
      for t in 0..<steps {
        let limits = [row.lower[t], row.upper[t]].filter(\.isFinite).map { abs($0) }
        energy += weight[t] * stepHours * (limits.max() ?? 0)
      }
    }
    let price = objective.flows.values.reduce(0) { max($0, abs($1.maximum), abs($1.minimum)) }
    let sizes = capacities.indices.reduce(0.0) { sum, k in
      sum + abs(objective.capacities[k] ?? 0) * relaxedRange(ofCapacity: k).upper
    }
    return least + 10 * (energy * price + sizes) + 1
  }

  /// The objective's least value by the ranges alone, no row looked at; nil if it has none.
  func leastCost(_ ranges: ImpliedRanges) -> Double? {
    var sum = objective.constant
    for (j, cost) in objective.flows.sorted(by: { $0.key < $1.key }) {
      for t in 0..<steps where cost[t] < 0 { sum += weight[t] * stepHours * cost[t] * ranges.flowUpper[j][t] }
    }
    for (s, cost) in objective.states.sorted(by: { $0.key < $1.key }) {
      for t in 0..<steps where cost[t] != 0 {
        let content = cost[t] < 0 ? ranges.contentUpper[s][t] : ranges.contentLower[s][t]
        sum += weight[t] * stepHours * cost[t] * content
      }
    }
    for (k, cost) in objective.capacities.sorted(by: { $0.key < $1.key }) {
      let range = relaxedRange(ofCapacity: k)
      sum += min(cost * range.lower, cost * range.upper)
    }
    return sum.isFinite ? sum : nil
  }

  /// Bounds flows without limit by what is left to spend on them.
  func tighten(costAtMost: Double, _ ranges: inout ImpliedRanges) {
    guard let least = leastCost(ranges) else { return }
    for (j, cost) in objective.flows {
      for t in 0..<steps where ranges.flowUpper[j][t] == .infinity && cost[t] * weight[t] > 0 {
        ranges.flowUpper[j][t] = max(0, costAtMost - least) / (cost[t] * weight[t] * stepHours)
      }
    }
  }
}

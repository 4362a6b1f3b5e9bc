import TulouProblem

/// Names the limits in a conflict that multipliers prove.
///
/// Yearly rows are dropped from the proof one by one; those without which it fails are in the conflict. Hourly rows are
/// named with the steps in which their multiplier carries a noticeable part of it.
struct ConflictSearch {
  /// The problem without costs.
  let problem: HourlyProblem
  let ranges: ImpliedRanges
  let multipliers: Multipliers

  func conflict() -> Conflict {
    var kept = multipliers
    var yearly: [Int] = []
    for r in multipliers.yearly.indices where multipliers.yearly[r] != 0 {
      var without = kept
      without.yearly[r] = 0
      if problem.dualBound(without, ranges: ranges) > 0 { kept = without } else { yearly.append(r) }
    }
    var rows: [(row: Int, steps: [Int])] = []
    let largest = kept.rows.reduce(0.0) { max($0, $1.reduce(0) { max($0, abs($1)) }) }
    for (r, values) in kept.rows.enumerated() {
      let steps = values.indices.filter { abs(values[$0]) > 1e-3 * largest }
      if !steps.isEmpty { rows.append((row: r, steps: steps)) }
    }
    return Conflict(yearlyRows: yearly, rows: rows)
  }
}

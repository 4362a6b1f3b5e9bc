extension HourlyProblem {
  /// Bounds a content without upper limit by what can flow into it and by the rows that it stands in.
  ///
  /// A cycle that loses something holds at most `what flows in / (1 - what remains of a cycle)`. One that loses nothing may
  /// be shifted as a whole without any row noticing, so somewhere in it the content may be taken to touch its lower limit:
  /// the optimum is not cut off, provided that the content itself stands in no row, no sum and earns nothing.
  func tighten(content s: Int, _ ranges: inout ImpliedRanges) {
    for term in states[s].rowTerms { tighten(content: s, by: term, &ranges) }
    guard let gains = greatestGains(s, ranges) else { return }
    switch states[s].boundary {
    case .initial(let start):
      for block in blocks {
        let first = extreme(of: start, at: block.lowerBound)
        carry(first, through: block, gains, s, &ranges)
      }
    case .cyclic: for block in blocks { tighten(cycle: block, gains, s, &ranges) }
    case .cyclicOverHorizon: tighten(cycle: 0..<steps, gains, s, &ranges)
    }
  }

  /// Greatest inflow by step; nil if a flow into the content has no bound.
  private func greatestGains(_ s: Int, _ ranges: ImpliedRanges) -> [Double]? {
    var gains = states[s].inflow.expanded(steps)
    for (j, flow) in flows.enumerated() {
      for term in flow.stateTerms where term.state == s {
        for t in 0..<steps where term.gain[t] > 0 { gains[t] += term.gain[t] * stepHours * ranges.flowUpper[j][t] }
      }
    }
    return gains.allSatisfy { $0 < .infinity } ? gains : nil
  }

  /// Greatest value of a bound over the sizes.
  private func extreme(of bound: Bound, at t: Int) -> Double {
    guard let k = bound.capacity?.index(at: t) else { return bound.offset[t] }
    let range = relaxedRange(ofCapacity: k)
    return bound.offset[t] + max(bound.factor[t] * range.lower, bound.factor[t] * range.upper)
  }

  /// `e_next <= retention e + gains`, step by step from the first of a block.
  private func carry(
    _ first: Double, through block: Range<Int>, _ gains: [Double], _ s: Int, _ ranges: inout ImpliedRanges
  ) {
    var most = first
    for t in block {
      most = max(0, most)
      if most < ranges.contentUpper[s][t] { ranges.contentUpper[s][t] = max(most, ranges.contentLower[s][t]) }
      most = states[s].retention[t] * ranges.contentUpper[s][t] + gains[t]
    }
  }

  private func tighten(cycle block: Range<Int>, _ gains: [Double], _ s: Int, _ ranges: inout ImpliedRanges) {
    var remains = 1.0, held = 0.0, sum = 0.0, isLossless = true
    for t in block {
      let retention = states[s].retention[t]
      held = retention * held + max(0, gains[t])
      remains *= retention
      sum += max(0, gains[t])
      if retention != 1 { isLossless = false }
    }
    if remains < 1 - 1e-9 { return carry(held / (1 - remains), through: block, gains, s, &ranges) }
    let isFree =
      states[s].rowTerms.isEmpty && !yearlyRows.contains { $0.form.states[s] != nil }
      && (objective.states[s]?.minimum ?? 0) >= 0
    guard isLossless, isFree else { return }
    let most = block.reduce(0) { max($0, extreme(of: states[s].lower, at: $1)) } + sum
    for t in block where most < ranges.contentUpper[s][t] { ranges.contentUpper[s][t] = most }
  }

  /// Uses `lower <= activity <= upper` of an hourly row in which the content stands.
  private func tighten(content s: Int, by term: RowTerm, _ ranges: inout ImpliedRanges) {
    let (least, greatest) = activityRange(ofRow: term.row, without: [], withoutState: s, ranges)
    for t in 0..<steps {
      let a = term.coefficient[t]
      var limit = Double.infinity
      if a > 0 { limit = (rows[term.row].upper[t] - least[t]) / a }
      if a < 0 { limit = (greatest[t] - rows[term.row].lower[t]) / -a }
      if limit < ranges.contentUpper[s][t] { ranges.contentUpper[s][t] = max(limit, ranges.contentLower[s][t]) }
    }
  }
}

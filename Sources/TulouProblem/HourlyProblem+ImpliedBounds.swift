/// Ranges of flows, contents and capacities that the problem's own limits prove.
///
/// A flow without upper bound makes a dual bound fall to minus infinity as soon as its reduced cost is below zero by
/// a rounding error. Most such flows are bounded by a row all the same: unserved load by the load and what else the bus
/// can swallow.
public struct ImpliedRanges: Sendable {
  /// Greatest value of every flow in every step, `[j][t]`; infinite where none can be proved.
  public var flowUpper: [[Double]] = []
  /// Least content of every state in every step.
  public var contentLower: [[Double]] = []
  /// Greatest content; infinite where none can be proved.
  public var contentUpper: [[Double]] = []
  /// Of no problem.
  public init() {}

  init(flowUpper: [[Double]], contentLower: [[Double]], contentUpper: [[Double]]) {
    self.flowUpper = flowUpper
    self.contentLower = contentLower
    self.contentUpper = contentUpper
  }
}

extension HourlyProblem {
  /// Bounds of every flow and content that follow from bounds, capacities and (for unbounded flows) rows.
  ///
  /// Rows and content rows are visited up to four times, because one proved bound lets the next be proved.
  /// A pair of unbounded flows that undo each other exactly (a tank charged and discharged without loss or power limit)
  /// is bounded as if the partner stood still: circling changes neither rows nor cost, so the optimum is not cut off.
  ///
  /// - Parameter costAtMost: Plans dearer than this are left out: a flow that costs something is then bounded by what the
  ///   rest may cost at least. A bound computed with such ranges holds if some plan costs no more.
  /// - Complexity: O(coefficients x steps).
  public func impliedRanges(costAtMost: Double = .infinity) -> ImpliedRanges {
    var ranges = ImpliedRanges(
      flowUpper: flows.map { flow in
        flow.upper.reduce([Double](repeating: .infinity, count: steps)) { least, bound in
          zip(least, extremes(of: bound, greatest: true)).map { min($0, $1) }
        }
      },
      contentLower: states.map { extremes(of: $0.lower, greatest: false) },
      contentUpper: states.map { state in
        state.upper.map { extremes(of: $0, greatest: true) } ?? [Double](repeating: .infinity, count: steps)
      })
    if costAtMost < .infinity { tighten(costAtMost: costAtMost, &ranges) }
    let open = flows.indices.filter { j in ranges.flowUpper[j].contains(.infinity) }
    let openStates = states.indices.filter { s in ranges.contentUpper[s].contains(.infinity) }
    guard !open.isEmpty || !openStates.isEmpty else { return ranges }
    func unknown() -> Int {
      open.reduce(0) { $0 + ranges.flowUpper[$1].count(where: { $0 == .infinity }) }
        + openStates.reduce(0) { $0 + ranges.contentUpper[$1].count(where: { $0 == .infinity }) }
    }
    let partner = circlingPartners(among: open)
    for _ in 0..<4 {
      let before = unknown()
      if before == 0 { break }
      for j in open { tighten(flow: j, partner: partner[j], &ranges) }
      for s in openStates { tighten(content: s, &ranges) }
      if unknown() == before { break }
    }
    return ranges
  }

  private func extremes(of bound: Bound, greatest: Bool) -> [Double] {
    (0..<steps).map { t in
      guard let k = bound.capacity?.index(at: t) else { return bound.offset[t] }
      let range = relaxedRange(ofCapacity: k)
      let (a, b) = (bound.factor[t] * range.lower, bound.factor[t] * range.upper)
      return bound.offset[t] + (greatest ? max(a, b) : min(a, b))
    }
  }

  /// Pairs of flows whose columns are opposite and that cost nothing to run in circles.
  private func circlingPartners(among open: [Int]) -> [Int: Int] {
    let sums = yearlyRows.map(\.form)
    var partner: [Int: Int] = [:]
    for j in open where !flows[j].stateTerms.isEmpty && partner[j] == nil {
      guard !sums.contains(where: { $0.flows[j] != nil }) else { continue }
      for i in open where i > j && partner[i] == nil && !sums.contains(where: { $0.flows[i] != nil }) {
        let opposite =
          flows[j].rowTerms.count == flows[i].rowTerms.count && flows[j].stateTerms.count == flows[i].stateTerms.count
          && flows[j].rowTerms.allSatisfy { term in
            flows[i].rowTerms.contains { $0.row == term.row && $0.coefficient == term.coefficient * -1 }
          }
          && flows[j].stateTerms.allSatisfy { term in
            flows[i].stateTerms.contains { $0.state == term.state && $0.gain == term.gain * -1 }
          }
        let cost = (objective.flows[j] ?? .zero) + (objective.flows[i] ?? .zero)
        if opposite, cost.minimum >= 0 {
          (partner[j], partner[i]) = (i, j)
          break
        }
      }
    }
    return partner
  }

  private func tighten(flow j: Int, partner: Int?, _ ranges: inout ImpliedRanges) {
    for term in flows[j].rowTerms { tighten(flow: j, by: term, partner: partner, &ranges) }
    for term in flows[j].stateTerms { tighten(flow: j, by: term, partner: partner, &ranges) }
    if partner == nil, ranges.flowUpper[j].contains(.infinity) { tightenByPair(flow: j, &ranges) }
  }

  /// Bounds a flow into a store without power limit by its row and the store's together: what goes in and comes out again
  /// loses something, and the row has to feed that loss.
  ///
  /// With `a x - b p + A = activity` (row; p the partner that undoes x) and `g x - h p = change of content - others`,
  /// eliminating p leaves `(a - b g / h) x = ...`, bounded where the factor is not zero.
  private func tightenByPair(flow j: Int, _ ranges: inout ImpliedRanges) {
    for term in flows[j].stateTerms {
      for row in flows[j].rowTerms {
        for (i, other) in flows.enumerated() where i != j {
          guard let back = other.stateTerms.first(where: { $0.state == term.state }),
            let opposite = other.rowTerms.first(where: { $0.row == row.row }), other.rowTerms.count == 1,
            other.stateTerms.count == 1, ranges.flowUpper[i].contains(.infinity)
          else { continue }
          let content = activityRange(ofState: term.state, without: [i, j], ranges)
          let others = activityRange(ofRow: row.row, without: [i, j], ranges)
          for t in 0..<steps {
            // a x + b p + A in [lower, upper] and G x + H p + R = 0 with R from `content`: p = -(G x + R) / H.
            let (a, b) = (row.coefficient[t], opposite.coefficient[t])
            let (g, h) = (term.gain[t] * stepHours, back.gain[t] * stepHours)
            guard h != 0 else { continue }
            let factor = a - b * g / h
            let share = b / h
            let (least, greatest) = (
              min(share * content.least[t], share * content.greatest[t]),
              max(share * content.least[t], share * content.greatest[t])
            )
            var limit = Double.infinity
            if factor > 1e-9 { limit = (rows[row.row].upper[t] - others.least[t] + greatest) / factor }
            if factor < -1e-9 { limit = (rows[row.row].lower[t] - others.greatest[t] + least) / factor }
            if limit < ranges.flowUpper[j][t] { ranges.flowUpper[j][t] = max(0, limit) }
          }
        }
      }
    }
  }

  /// Least and greatest of `retention e + inflow + other gains - e_next` by step.
  private func activityRange(
    ofState s: Int, without left: [Int], _ ranges: ImpliedRanges
  ) -> (least: [Double], greatest: [Double]) {
    var least = states[s].inflow.expanded(steps)
    var greatest = least
    widen(&least, &greatest, states[s].retention, from: ranges.contentLower[s], to: ranges.contentUpper[s])
    for (i, other) in flows.enumerated() where !left.contains(i) {
      for part in other.stateTerms where part.state == s {
        widen(&least, &greatest, part.gain * stepHours, zeroTo: ranges.flowUpper[i])
      }
    }
    for (t, next) in followingSteps(states[s].boundary).enumerated() {
      least[t] -= ranges.contentUpper[s][next]
      greatest[t] -= ranges.contentLower[s][next]
      // At the end of a block with a given start the row is an inequality: what is over may be lost.
      if case .initial = states[s].boundary, next <= t { least[t] = -.infinity }
    }
    return (least, greatest)
  }

  /// Least and greatest activity of an hourly row by step, some flows left out.
  func activityRange(
    ofRow r: Int, without left: [Int], withoutState: Int = -1, _ ranges: ImpliedRanges
  ) -> (least: [Double], greatest: [Double]) {
    var least = [Double](repeating: 0, count: steps)
    var greatest = least
    for (i, other) in flows.enumerated() where !left.contains(i) {
      for part in other.rowTerms where part.row == r {
        widen(&least, &greatest, part.coefficient, zeroTo: ranges.flowUpper[i])
      }
    }
    for (s, state) in states.enumerated() where s != withoutState {
      for part in state.rowTerms where part.row == r {
        widen(&least, &greatest, part.coefficient, from: ranges.contentLower[s], to: ranges.contentUpper[s])
      }
    }
    for (k, capacity) in capacities.enumerated() {
      for part in capacity.rowTerms where part.row == r {
        let range = relaxedRange(ofCapacity: k)
        widen(
          &least, &greatest, part.coefficient, from: [Double](repeating: range.lower, count: steps),
          to: [Double](repeating: range.upper, count: steps))
      }
    }
    return (least, greatest)
  }

  /// Uses `lower <= activity <= upper` of an hourly row.
  private func tighten(flow j: Int, by term: RowTerm, partner: Int?, _ ranges: inout ImpliedRanges) {
    let (least, greatest) = activityRange(ofRow: term.row, without: [j] + (partner.map { [$0] } ?? []), ranges)
    let row = rows[term.row]
    for t in 0..<steps {
      let a = term.coefficient[t]
      var limit = Double.infinity
      if a > 0 { limit = (row.upper[t] - least[t]) / a }
      if a < 0 { limit = (greatest[t] - row.lower[t]) / -a }
      if limit < ranges.flowUpper[j][t] { ranges.flowUpper[j][t] = max(0, limit) }
    }
  }

  /// Uses the row that carries a content to the next step.
  private func tighten(flow j: Int, by term: StateTerm, partner: Int?, _ ranges: inout ImpliedRanges) {
    let s = term.state
    let state = states[s]
    var least = state.inflow.expanded(steps)
    var greatest = least
    widen(&least, &greatest, state.retention, from: ranges.contentLower[s], to: ranges.contentUpper[s])
    for (i, other) in flows.enumerated() where i != j && i != partner {
      for part in other.stateTerms where part.state == s {
        widen(&least, &greatest, part.gain * stepHours, zeroTo: ranges.flowUpper[i])
      }
    }
    let following = followingSteps(state.boundary)
    for t in 0..<steps {
      let gain = term.gain[t] * stepHours
      var isInequality = false
      if case .initial = state.boundary { isInequality = following[t] <= t }
      var limit = Double.infinity
      if gain > 0, !isInequality { limit = (ranges.contentUpper[s][following[t]] - least[t]) / gain }
      if gain < 0 { limit = (greatest[t] - ranges.contentLower[s][following[t]]) / -gain }
      if limit < ranges.flowUpper[j][t] { ranges.flowUpper[j][t] = max(0, limit) }
    }
  }

  private func widen(_ least: inout [Double], _ greatest: inout [Double], _ a: Profile, zeroTo upper: [Double]) {
    for t in 0..<steps {
      let c = a[t]
      if c > 0 { greatest[t] += c * upper[t] }
      if c < 0 { least[t] += c * upper[t] }
    }
  }

  private func widen(
    _ least: inout [Double], _ greatest: inout [Double], _ a: Profile, from lower: [Double], to upper: [Double]
  ) {
    for t in 0..<steps {
      let c = a[t]
      if c == 0 { continue }
      least[t] += min(c * lower[t], c * upper[t])
      greatest[t] += max(c * lower[t], c * upper[t])
    }
  }
}

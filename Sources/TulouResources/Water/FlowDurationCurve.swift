package import TulouDocument
import TulouQuantities

/// Flow over the share of time in which it is reached or exceeded.
package struct FlowDurationCurve: Sendable, Equatable {
  /// Shares of time, ascending from 0 to 1 [-].
  package let exceedance: [Double]
  /// Flows at these shares, falling [m3/s].
  package let flows: [Double]

  /// A curve through points, straight between them.
  package init(exceedance: [Double], flows: [Double]) throws(ProjectFault) {
    var found: [Diagnostic] = []
    if exceedance.count != flows.count || flows.count < 2 {
      found.append(Diagnostic(.error, "A flow-duration curve needs as many shares as flows, at least two."))
    } else {
      if exceedance.first != 0 || exceedance.last != 1 {
        found.append(Diagnostic(.error, "A flow-duration curve runs from 0 to 100 % of time."))
      }
      for i in flows.indices.dropFirst() where exceedance[i] <= exceedance[i - 1] || flows[i] > flows[i - 1] {
        found.append(
          Diagnostic(.error, "Point \(i + 1) of the flow-duration curve must have more time and no more flow."))
      }
    }
    for flow in flows { check(flow, in: 0...250_000, "flow", "m3/s", &found) }
    if !found.isEmpty { throw ProjectFault(found) }
    self.exceedance = exceedance
    self.flows = flows
  }

  /// The curve of a series, at every hundredth of time.
  package init(series: [Double]) throws(ProjectFault) {
    guard !series.isEmpty else { throw ProjectFault("A flow-duration curve needs a series of flows.") }
    let sorted = series.sorted(by: >)
    let shares = (0...100).map { Double($0) / 100 }
    try self.init(
      exceedance: shares,
      flows: shares.map { sorted[min(sorted.count - 1, Int(saturating: $0 * Double(sorted.count)))] })
  }

  /// Flow [m3/s] that is reached in a share of time [-].
  package func flow(at share: Double) -> Double {
    let x = min(1, max(0, share))
    var i = 0
    while i < exceedance.count - 2 && exceedance[i + 1] < x { i += 1 }
    return flows[i] + (flows[i + 1] - flows[i]) * (x - exceedance[i]) / (exceedance[i + 1] - exceedance[i])
  }

  /// A series with this curve and the order in time of another: ranks of `shape` become shares of time.
  package func series(shapedBy shape: [Double]) -> [Double] {
    let order = shape.indices.sorted { (shape[$0], $0) > (shape[$1], $1) }
    var result = [Double](repeating: 0, count: shape.count)
    for (rank, t) in order.enumerated() { result[t] = flow(at: (Double(rank) + 0.5) / Double(shape.count)) }
    return result
  }
}

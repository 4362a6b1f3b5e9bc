public import TulouQuantities

/// When deferrable energy may be served.
public enum DeferrableWindow: Sendable, Equatable {
  /// Energy wanted in an hour may be served up to `advance` earlier and `delay` later [h].
  case sliding(delayHours: Double, advanceHours: Double = 0)
  /// In any hour of the same calendar day.
  case sameDay

  /// Bounds of the energy served since the period's start.
  public struct Bounds: Sendable, Equatable {
    /// Least energy served by the end of each step [kWh].
    public var due: [Double]
    /// Most energy served by the end of each step [kWh].
    public var allowed: [Double]
  }

  /// Cumulative bounds for a wanted power [kW], `count == horizon.steps` each; both start anew in each period, and at the
  /// end of a period everything wanted is due (nothing wraps).
  ///
  /// Complexity: O(steps).
  public func bounds(wanted: [Double], over horizon: Horizon) throws(ProjectFault) -> Bounds {
    guard wanted.count == horizon.steps else {
      throw ProjectFault(
        "The deferrable demand has \(wanted.count) values, but the horizon has \(horizon.steps) steps.")
    }
    var found: [Diagnostic] = []
    if case .sliding(let delay, let advance) = self {
      check(delay, in: 0...8784, "delay of the window", "h", &found)
      check(advance, in: 0...8784, "advance of the window", "h", &found)
    }
    if let t = wanted.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      found.append(
        Diagnostic(.error, "The deferrable demand of step \(t + 1) is \(wanted[t]) kW, but must not be negative."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    var due = [Double](repeating: 0, count: wanted.count)
    var allowed = due
    for (p, start) in horizon.periodStarts.enumerated() {
      let range = start..<(start + horizon.periods[p].steps)
      var cumulative = [0.0]
      for t in range { cumulative.append(cumulative[cumulative.count - 1] + wanted[t] * horizon.stepHours) }
      let count = range.count
      for i in 0..<count {
        let t = start + i
        switch self {
        case .sliding(let delay, let advance):
          let d = Int(saturating: (delay / horizon.stepHours + 1e-9).rounded(.down))
          let a = Int(saturating: (advance / horizon.stepHours + 1e-9).rounded(.down))
          due[t] = cumulative[max(0, i + 1 - d)]
          allowed[t] = cumulative[min(count, i + 1 + a)]
        case .sameDay:
          let hours = horizon.periods[p].startHour + Double(i) * horizon.stepHours
          let day = (hours / 24 + 1e-9).rounded(.down)
          let first = Int(
            saturating: ((day * 24 - horizon.periods[p].startHour) / horizon.stepHours - 1e-9).rounded(.up))
          let last = Int(
            saturating: (((day + 1) * 24 - horizon.periods[p].startHour) / horizon.stepHours - 1e-9).rounded(.up))
          due[t] = i + 1 >= min(count, last) ? cumulative[min(count, last)] : cumulative[max(0, first)]
          allowed[t] = cumulative[min(count, last)]
        }
      }
      if count > 0 { due[start + count - 1] = cumulative[count] }
    }
    return Bounds(due: due, allowed: allowed)
  }
}

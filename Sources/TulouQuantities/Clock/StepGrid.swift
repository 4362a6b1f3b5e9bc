/// Rows of one length beside steps of another over the same periods, and how values go from one to the other: each value
/// holds for its row or step, so means, and with them energy, are kept.
package struct StepGrid: Sendable, Equatable {
  /// The rows; the first of a period may begin before it, the last may end after it.
  package let rows: Horizon
  /// The steps.
  package let steps: Horizon
  /// Where the first step of each period begins, in rows since the period's first.
  private let begins: [Double]

  /// The rows that cover a horizon; nil where no whole number of them makes a day.
  ///
  /// - Parameters:
  ///   - rowHours: Length of a row [h].
  ///   - phase: Hour of the day at which one of them begins [h].
  package init?(steps: Horizon, rowHours: Double, phase: Double = 0) {
    let perDay = 24 / rowHours
    guard rowHours > 0, abs(perDay - perDay.rounded()) < 1e-6 else { return nil }
    self.steps = steps
    var periods: [Horizon.Period] = []
    var begins: [Double] = []
    for period in steps.periods {
      let first = ((period.startHour - phase) / rowHours + 1e-9).rounded(.down)
      let start = phase + first * rowHours
      let end = period.startHour + Double(period.steps) * steps.stepHours
      let count = Int(saturating: ((end - start) / rowHours - 1e-9).rounded(.up))
      let days = (start / 24 + 1e-9).rounded(.down)
      periods.append(
        Horizon.Period(
          start: CivilDate(dayNumber: period.start.dayNumber + Int(days)), startHour: max(0, start - days * 24),
          steps: max(1, count), weight: period.weight))
      begins.append((period.startHour - start) / rowHours)
    }
    self.begins = begins
    rows = Horizon(periods: periods, stepHours: rowHours, clock: steps.clock)
  }

  /// Whether rows are steps.
  package var isSame: Bool { rows.stepHours == steps.stepHours && begins.allSatisfy { abs($0) < 1e-9 } }

  /// Values of rows as means over steps, `count == steps.steps`.
  package func toSteps(_ values: [Double]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(steps.steps)
    let length = steps.stepHours / rows.stepHours
    for (p, period) in steps.periods.enumerated() {
      let first = rows.periodStarts[p]
      let own = values[first..<(first + rows.periods[p].steps)]
      for t in 0..<period.steps {
        result.append(StepGrid.mean(own, from: begins[p] + Double(t) * length, length: length))
      }
    }
    return result
  }

  /// Values of steps as means over the part of rows that they cover, `count == rows.steps`.
  package func toRows(_ values: [Double]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows.steps)
    let length = rows.stepHours / steps.stepHours
    for (p, period) in rows.periods.enumerated() {
      let first = steps.periodStarts[p], count = steps.periods[p].steps
      let own = values[first..<(first + count)]
      for r in 0..<period.steps {
        let from = max(0, (Double(r) - begins[p]) * length)
        let to = min(Double(count), (Double(r + 1) - begins[p]) * length)
        result.append(StepGrid.mean(own, from: from, length: max(1e-9, to - from)))
      }
    }
    return result
  }

  /// Mean of values that hold for one row each over `[from, from + length)`, counted in rows.
  package static func mean(_ values: ArraySlice<Double>, from: Double, length: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    let to = from + length
    let first = max(0, Int(saturating: (from + 1e-9).rounded(.down)))
    let last = min(values.count - 1, Int(saturating: (to - 1e-9).rounded(.down)))
    // What lies within one row is that row, to the digit.
    if first >= last { return values[values.startIndex + min(first, values.count - 1)] }
    var sum = 0.0
    for i in first...last { sum += values[values.startIndex + i] * (min(to, Double(i + 1)) - max(from, Double(i))) }
    return sum / length
  }
}

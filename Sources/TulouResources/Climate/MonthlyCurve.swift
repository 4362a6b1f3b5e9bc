import TulouQuantities

/// A smooth curve of days whose monthly means are the given twelve.
enum MonthlyCurve {
  /// One value per day of the year, `count == 365 or 366`; the mean over the days of each month is the given mean.
  ///
  /// Straight lines between knots in the middle of the months; the knots are moved until the means hold (Rymes and Myers
  /// 2001, "Mean preserving algorithm for smoothly interpolating averaged data", Solar Energy 71(4), solves the same task
  /// by smoothing), what is left is added month by month. Where a `floor` would be broken, that month is flat.
  static func days(means: [Double], year: Int, floor: Double = -.infinity) -> [Double] {
    let lengths = (1...12).map { Double(CivilDate.days(inMonth: $0, of: year)) }
    var starts = [0.0]
    for length in lengths { starts.append(starts[starts.count - 1] + length) }
    let total = starts[12]
    let centres = (0..<12).map { starts[$0] + lengths[$0] / 2 }
    var knots = means
    func curve() -> [Double] {
      var m = 11
      var days: [Double] = []
      days.reserveCapacity(Int(saturating: total))
      for d in 0..<Int(saturating: total) {
        let x = Double(d) + 0.5
        while m == 11 ? (x >= centres[0] && x < centres[11]) : x >= centres[m + 1] { m = (m + 1) % 12 }
        let next = (m + 1) % 12
        let from = m == 11 && x < centres[0] ? centres[11] - total : centres[m]
        let to = next == 0 ? (x < centres[0] ? centres[0] : centres[0] + total) : centres[next]
        let share = (x - from) / (to - from)
        days.append(knots[m] + (knots[next] - knots[m]) * share)
      }
      return days
    }
    func monthMean(_ days: [Double], _ m: Int) -> Double {
      var sum = 0.0
      for d in Int(saturating: starts[m])..<Int(saturating: starts[m + 1]) { sum += days[d] }
      return sum / lengths[m]
    }
    for _ in 0..<8 {
      let days = curve()
      for m in 0..<12 { knots[m] += means[m] - monthMean(days, m) }
    }
    var days = curve()
    for m in 0..<12 {
      let range = Int(saturating: starts[m])..<Int(saturating: starts[m + 1])
      let shift = means[m] - monthMean(days, m)
      for d in range { days[d] += shift }
      if range.contains(where: { days[$0] < floor }) { for d in range { days[d] = means[m] } }
    }
    return days
  }
}

package import TulouDocument
package import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Weather {
  /// A quantity at the steps of a project's horizon.
  ///
  /// A typical year serves every calendar year day by day (29 February repeats the 28th). Real weather serves its own
  /// years; another calendar year is an error unless `weatherYear` says which recorded year to use. Between the clocks of
  /// file and project whole and half hours are shifted. Longer steps get the mean of the rows, shorter ones the row's value,
  /// so that sums hold; of the wind's direction they get the direction of the mean vector.
  ///
  /// - Parameters:
  ///   - quantity: Quantity; the file must have it without gaps.
  ///   - target: The project's steps, local standard time.
  ///   - utcOffsetHours: The project's clock; nil: the same as the file's.
  ///   - weatherYear: Recorded year that stands for every year of the horizon.
  /// - Returns: `count == target.steps`, in the unit of `WeatherQuantity`.
  package func series(
    _ quantity: WeatherQuantity, over target: Horizon, utcOffsetHours: Double? = nil, weatherYear: Int? = nil
  ) throws(ProjectFault) -> [Double] {
    let values = try complete(quantity)
    guard quantity == .windDirection else {
      return try means(values, over: target, utcOffsetHours: utcOffsetHours, weatherYear: weatherYear)
    }
    let north = try means(
      values.map { cos(radians($0)) }, over: target, utcOffsetHours: utcOffsetHours, weatherYear: weatherYear)
    let east = try means(
      values.map { sin(radians($0)) }, over: target, utcOffsetHours: utcOffsetHours, weatherYear: weatherYear)
    return north.indices.map { turned(degrees(atan2(east[$0], north[$0]))) }
  }

  /// The grid of the file's rows over a project's steps; nil where they are the steps, or make no whole day.
  package func grid(over target: Horizon, utcOffsetHours: Double? = nil) -> StepGrid? {
    let shift = (utcOffsetHours ?? site.utcOffsetHours) - site.utcOffsetHours
    let row = horizon.stepHours
    let begin = horizon.periods[0].startHour + shift
    let late = begin - (begin / row + 1e-9).rounded(.down) * row
    guard let grid = StepGrid(steps: target, rowHours: row, phase: late < 1e-9 ? 0 : late) else { return nil }
    return grid.isSame ? nil : grid
  }

  private func means(
    _ values: [Double], over target: Horizon, utcOffsetHours: Double?, weatherYear: Int?
  ) throws(ProjectFault) -> [Double] {
    let shift = (utcOffsetHours ?? site.utcOffsetHours) - site.utcOffsetHours
    let rows = RowClock(self, values)
    let years = target.calendarYears
    let recorded = kind == .real ? Set(horizon.calendarYears) : []
    if kind == .real, weatherYear == nil,
      let year = years.first(where: { !recorded.contains($0) && !isEdge($0, target) })
    {
      throw ProjectFault(
        "The weather '\(source)' holds \(recorded.sorted().map(String.init).joined(separator: ", ")), but the horizon needs \(year).",
        advice: "Say which recorded year stands for it with 'year'.")
    }
    if let weatherYear, kind == .real, !recorded.contains(weatherYear) {
      throw ProjectFault("The weather '\(source)' does not hold the year \(weatherYear).")
    }
    var result: [Double] = []
    result.reserveCapacity(target.steps)
    for t in 0..<target.steps {
      let moment = target.moment(t)
      let year = moment.date.year
      let own = kind == .typical ? rows.year : (weatherYear ?? year)
      var hour = Double(moment.date.dayOfYear - 1) * 24 + moment.hour
      // Day of the year moves where only one of the calendars has a 29 February (day 60).
      let leapHere = CivilDate.isLeap(year), leapThere = CivilDate.isLeap(own)
      if leapHere && !leapThere && hour >= 59 * 24 { hour -= 24 }
      if !leapHere && leapThere && hour >= 59 * 24 { hour += 24 }
      guard let mean = rows.mean(year: own, fromHour: hour - shift, hours: target.stepHours) else {
        throw ProjectFault("The weather '\(source)' ends before \(year) does.")
      }
      result.append(mean)
    }
    return result
  }

  /// Whether a year is entered by part of a row alone, at either end of a grid of rows.
  private func isEdge(_ year: Int, _ target: Horizon) -> Bool {
    (0..<target.steps).allSatisfy { t in
      let moment = target.moment(t)
      guard moment.date.year == year else { return true }
      let untilNext = Double(CivilDate.hours(inYear: year)) - Double(moment.date.dayOfYear - 1) * 24 - moment.hour
      return untilNext < target.stepHours
    }
  }
}

/// Finds rows by hour of the year.
private struct RowClock {
  let year: Int
  private let values: [Double]
  private let step: Double
  private let wraps: Bool
  private let startHour: Double
  private let startDay: Int
  /// Sums over rows make the mean of any interval two look-ups.
  private var sums = [0.0]

  init(_ weather: Weather, _ values: [Double]) {
    let period = weather.horizon.periods[0]
    self.values = values
    year = period.start.year
    step = weather.horizon.stepHours
    wraps = weather.kind == .typical
    startDay = period.start.dayNumber
    startHour = period.startHour
    sums.reserveCapacity(values.count + 1)
    for value in values { sums.append(sums[sums.count - 1] + value) }
  }

  /// Mean over `[fromHour, fromHour + hours)` of the year, or nil beyond the rows.
  func mean(year: Int, fromHour: Double, hours: Double) -> Double? {
    let days = CivilDate(year: year, month: 1, day: 1).dayNumber - startDay
    var first = (Double(days) * 24 + fromHour - startHour) / step
    let length = hours / step
    let count = Double(values.count)
    if wraps {
      first -= ((first + 1e-9) / count).rounded(.down) * count
    } else {
      // A clock shift looks a few hours beyond the ends of the record; the end rows stand in.
      if first < -24 / step || first + length > count + 24 / step { return nil }
      first = min(max(0, first), count - min(length, count))
    }
    // What lies within one row is that row, to the digit.
    let row = Int(saturating: (first + 1e-9).rounded(.down))
    if first + length <= Double(row + 1) + 1e-9, values.indices.contains(row) { return values[row] }
    func upTo(_ x: Double) -> Double {
      let turns = wraps ? (x / count).rounded(.down) : 0
      let rest = min(count, max(0, x - turns * count))
      let i = min(values.count - 1, Int(saturating: rest + 1e-9))
      let inside = sums[i] + (sums[i + 1] - sums[i]) * max(0, rest - Double(i))
      return turns * sums[values.count] + inside
    }
    return (upTo(first + length) - upTo(first)) / length
  }
}

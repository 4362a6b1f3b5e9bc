public import TulouQuantities

extension Weather {
  /// A quantity at the steps of a project's horizon.
  ///
  /// A typical year serves every calendar year day by day (29 February repeats the 28th). Real weather serves its own
  /// years; another calendar year is an error unless `weatherYear` says which recorded year to use. Between the clocks of
  /// file and project whole and half hours are shifted. Longer steps get the mean of the rows, shorter ones the row's value,
  /// so that sums hold.
  ///
  /// - Parameters:
  ///   - quantity: Quantity; the file must have it without gaps.
  ///   - target: The project's steps, local standard time.
  ///   - utcOffsetHours: The project's clock; nil: the same as the file's.
  ///   - weatherYear: Recorded year that stands for every year of the horizon.
  /// - Returns: `count == target.steps`, in the unit of `WeatherQuantity`.
  public func series(
    _ quantity: WeatherQuantity, over target: Horizon, utcOffsetHours: Double? = nil, weatherYear: Int? = nil
  ) throws(ProjectFault) -> [Double] {
    let values = try complete(quantity)
    let shift = (utcOffsetHours ?? site.utcOffsetHours) - site.utcOffsetHours
    // Sums over rows make the mean of any interval two look-ups.
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    for value in values { sums.append(sums[sums.count - 1] + value) }
    let rows = RowClock(self)
    let years = target.calendarYears
    if kind == .real && weatherYear == nil {
      let recorded = horizon.calendarYears
      for year in years where !recorded.contains(year) {
        throw ProjectFault(
          "The weather '\(source)' holds \(recorded.map(String.init).joined(separator: ", ")), but the horizon needs \(year).",
          advice: "Say which recorded year stands for it with 'weather_year'.")
      }
    }
    if let weatherYear, kind == .real, !horizon.calendarYears.contains(weatherYear) {
      throw ProjectFault("The weather '\(source)' does not hold the year \(weatherYear).")
    }
    return try target.cut { (year) throws(ProjectFault) in
      let whole = target.wholeYear(year)
      let recorded = kind == .typical ? rows.year : (weatherYear ?? year)
      var result: [Double] = []
      result.reserveCapacity(whole.steps)
      let leapHere = CivilDate.isLeap(year), leapThere = CivilDate.isLeap(recorded)
      for t in 0..<whole.steps {
        var hour = Double(t) * whole.stepHours
        // Day of the year moves where only one of the calendars has a 29 February (day 60).
        if leapHere && !leapThere && hour >= 59 * 24 { hour -= 24 }
        if !leapHere && leapThere && hour >= 59 * 24 { hour += 24 }
        guard let mean = rows.mean(sums, year: recorded, fromHour: hour - shift, hours: whole.stepHours) else {
          throw ProjectFault("The weather '\(source)' ends before \(year) does.")
        }
        result.append(mean)
      }
      return result
    }
  }
}

/// Finds rows by hour of the year.
private struct RowClock {
  let year: Int
  let step: Double
  let rows: Int
  let wraps: Bool
  let startHour: Double
  let startDay: Int

  init(_ weather: Weather) {
    let period = weather.horizon.periods[0]
    year = period.start.year
    step = weather.horizon.stepHours
    rows = weather.horizon.steps
    wraps = weather.kind == .typical
    startDay = period.start.dayNumber
    startHour = period.startHour
  }

  /// Mean over `[fromHour, fromHour + hours)` of the year, or nil beyond the rows.
  func mean(_ sums: [Double], year: Int, fromHour: Double, hours: Double) -> Double? {
    let days = CivilDate(year: year, month: 1, day: 1).dayNumber - startDay
    var first = (Double(days) * 24 + fromHour - startHour) / step
    let length = hours / step
    let count = Double(rows)
    if wraps {
      first -= (first / count).rounded(.down) * count
    } else {
      // A clock shift looks a few hours beyond the ends of the record; the end rows stand in.
      if first < -24 / step || first + length > count + 24 / step { return nil }
      first = min(max(0, first), count - min(length, count))
    }
    let last = first + length
    func upTo(_ x: Double) -> Double {
      let turns = wraps ? (x / count).rounded(.down) : 0
      let rest = min(count, max(0, x - turns * count))
      let i = min(rows - 1, Int(saturating: rest + 1e-9))
      let inside = sums[i] + (sums[i + 1] - sums[i]) * max(0, rest - Double(i))
      return turns * sums[rows] + inside
    }
    return (upTo(last) - upTo(first)) / length
  }
}

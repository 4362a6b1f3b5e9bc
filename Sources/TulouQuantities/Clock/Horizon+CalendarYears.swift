/// Whole calendar years behind a horizon: synthesis works on them, so that a part of a year is a part of what the whole
/// year would have been.
extension Horizon {
  /// The calendar years that any step starts in, ascending.
  public var calendarYears: [Int] {
    var found: Set<Int> = []
    for (p, period) in periods.enumerated() where period.steps > 0 {
      let first = periodStarts[p]
      for year in moment(first).date.year...moment(first + period.steps - 1).date.year { found.insert(year) }
    }
    return found.sorted()
  }

  /// The whole calendar year, 1 January 00:00 onwards, at this horizon's step.
  public func wholeYear(_ year: Int) -> Horizon { Horizon.year(year, stepHours: stepHours, clock: clock) }

  /// Takes this horizon's steps out of whole calendar years.
  ///
  /// - Parameter wholeYear: The series of one calendar year, `count == wholeYear(year).steps`; asked once per year.
  /// - Returns: One value per step, `count == steps`.
  public func cut<Failure: Error>(_ wholeYear: (_ year: Int) throws(Failure) -> [Double]) throws(Failure) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(steps)
    var years: [Int: [Double]] = [:]
    for period in periods {
      var t = 0
      while t < period.steps {
        let hours = period.startHour + Double(t) * stepHours
        let days = (hours / 24 + 1e-9).rounded(.down)
        let date = CivilDate(dayNumber: period.start.dayNumber + Int(saturating: days))
        let series: [Double]
        if let known = years[date.year] {
          series = known
        } else {
          series = try wholeYear(date.year)
          years[date.year] = series
        }
        let hourOfYear = Double(date.dayOfYear - 1) * 24 + max(0, hours - days * 24)
        let place = hourOfYear / stepHours
        var index = Int(saturating: (place + 1e-9).rounded(.down))
        // Steps that do not divide a day may begin within a step of the year: then two of them share theirs.
        let late = place - Double(index)
        let share = late < 1e-6 ? 0 : late
        // The rest of the run in this year needs no calendar.
        repeat {
          let value = series.isEmpty ? 0 : series[min(index, series.count - 1)]
          result.append(
            share == 0 || series.isEmpty
              ? value : value + share * (series[min(index + 1, series.count - 1)] - value))
          index += 1
          t += 1
        } while t < period.steps && index < series.count
      }
    }
    return result
  }

  /// First day of the step's year counted in steps, and the length of each month in steps, for a horizon that is one
  /// whole calendar year: step t lies in the month whose range holds it (by the start of the step).
  public static func monthRanges(year: Int, stepHours: Double) -> [Range<Int>] {
    let steps = Horizon.year(year, stepHours: stepHours).steps
    var ranges: [Range<Int>] = []
    var hours = 0.0
    var start = 0
    for month in 1...12 {
      hours += Double(CivilDate.days(inMonth: month, of: year) * 24)
      let end = month == 12 ? steps : min(steps, Int(saturating: (hours / stepHours - 1e-9).rounded(.up)))
      ranges.append(start..<max(start, end))
      start = max(start, end)
    }
    return ranges
  }
}

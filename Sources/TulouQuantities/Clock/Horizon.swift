/// The steps that a project is planned over, in local standard time (no daylight saving, leap days kept).
///
/// Step t covers `[t, t + 1) x stepHours`; series hold means over the interval that STARTS at their stamp. What goes by the
/// clock on the wall (prices, work, bills) asks `civil`.
public struct Horizon: Sendable, Equatable {
  /// A run of consecutive steps that stands for `weight` such runs.
  public struct Period: Sendable, Equatable {
    /// First day; the period begins at its hour `startHour`.
    package var start: CivilDate
    /// Hour of `start` at which the period begins [h], 0 unless stated.
    public var startHour: Double
    /// Number of steps.
    public var steps: Int
    /// What each step counts for [-], e.g. days represented.
    public var weight: Double
    /// A period.
    package init(start: CivilDate, startHour: Double = 0, steps: Int, weight: Double = 1) {
      self.start = start
      self.startHour = startHour
      self.steps = steps
      self.weight = weight
    }
  }

  /// Where a step stands in the calendar.
  public struct Moment: Sendable, Equatable {
    /// The day.
    package var date: CivilDate
    /// Hour of the day at the start of the step [h], 0 ..< 24.
    public var hour: Double
    /// A moment.
    package init(date: CivilDate, hour: Double) {
      self.date = date
      self.hour = hour
    }
    /// `2027-01-31T13` or, off the hour, `2027-01-31T13:30`.
    public var stamp: String {
      let minutes = Int(saturating: (hour * 60).rounded())
      let h = minutes / 60, m = minutes % 60
      let hh = h < 10 ? "0\(h)" : "\(h)"
      return m == 0 ? "\(date)T\(hh)" : "\(date)T\(hh):\(m < 10 ? "0\(m)" : "\(m)")"
    }
  }

  /// The periods, in order. A plain horizon has one of weight 1.
  public let periods: [Period]
  /// Length of a step [h].
  public let stepHours: Double
  /// Number of steps of all periods.
  public let steps: Int
  /// The first step of each period.
  public let periodStarts: [Int]
  /// The zone's standard time, which the steps go by, and the clock on the wall.
  public let clock: CivilClock
  /// Where the wall begins to be ahead of standard time by some seconds, in order of steps.
  let shifts: [Shift]

  /// A horizon of periods.
  public init(periods: [Period], stepHours: Double, clock: CivilClock = .utc) {
    precondition(!periods.isEmpty && stepHours > 0, "a horizon has a period and a step")
    self.periods = periods
    self.stepHours = stepHours
    self.clock = clock
    var starts: [Int] = []
    var count = 0
    for period in periods {
      starts.append(count)
      count += period.steps
    }
    steps = count
    periodStarts = starts
    shifts = Horizon.shifts(periods, starts: starts, stepHours: stepHours, clock: clock)
  }

  /// A whole calendar year of hours.
  public static func year(_ year: Int, stepHours: Double = 1, clock: CivilClock = .utc) -> Horizon {
    Horizon(
      periods: [
        Period(
          start: CivilDate(year: year, month: 1, day: 1),
          steps: Int(saturating: (Double(CivilDate.hours(inYear: year)) / stepHours).rounded()))
      ], stepHours: stepHours, clock: clock)
  }

  /// The period that step t belongs to.
  public func period(of t: Int) -> Int {
    var low = 0, high = periodStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if periodStarts[middle] <= t { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Day and hour at which step t starts.
  public func moment(_ t: Int) -> Moment {
    let p = period(of: t)
    let hours = periods[p].startHour + Double(t - periodStarts[p]) * stepHours
    let days = (hours / 24 + 1e-9).rounded(.down)
    return Moment(
      date: CivilDate(dayNumber: periods[p].start.dayNumber + Int(saturating: days)), hour: max(0, hours - days * 24))
  }

  /// All moments, `count == steps`.
  public var moments: [Moment] { (0..<steps).map(moment) }

  /// Weight of each step [-], `count == steps`.
  public var weights: [Double] {
    periods.flatMap { [Double](repeating: $0.weight, count: $0.steps) }
  }

  /// Years that the horizon stands for: sum of weight x dt / hours of the step's own calendar year (rule M3).
  public var years: Double {
    // Whole calendar years must give whole numbers, so hours are counted per year and divided once.
    var hours: [Int: Double] = [:]
    for t in 0..<steps { hours[moment(t).date.year, default: 0] += periods[period(of: t)].weight * stepHours }
    return hours.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value / Double(CivilDate.hours(inYear: $1.key)) }
  }

  /// The same steps beside the clock of a zone, whose standard time is the one in force as the first period begins.
  public func by(_ rules: ZoneRules) -> Horizon {
    Horizon(periods: periods, stepHours: stepHours, clock: CivilClock(rules, on: periods[0].start))
  }

  /// The first `count` steps.
  public func prefix(_ count: Int) -> Horizon {
    var left = count
    var kept: [Period] = []
    for var period in periods where left > 0 {
      period.steps = min(period.steps, left)
      left -= period.steps
      kept.append(period)
    }
    return Horizon(periods: kept, stepHours: stepHours, clock: clock)
  }
}

/// Weekends and holidays.
package struct WorkCalendar: Sendable, Equatable {
  /// Days of the week that are weekend, 0 = Monday ... 6 = Sunday.
  package var weekend: Set<Int>
  /// Holidays as inclusive ranges.
  package var holidays: [ClosedRange<CivilDate>]

  /// Saturday and Sunday, no holidays, unless stated.
  package init(weekend: Set<Int> = [5, 6], holidays: [ClosedRange<CivilDate>] = []) {
    self.weekend = weekend
    self.holidays = holidays
  }

  /// Whether the day is a holiday.
  package func isHoliday(_ date: CivilDate) -> Bool { holidays.contains { $0.contains(date) } }
  /// Whether the day is of the weekend.
  package func isWeekend(_ date: CivilDate) -> Bool { weekend.contains(date.weekday) }
  /// Neither weekend nor holiday.
  package func isWorkday(_ date: CivilDate) -> Bool { !isWeekend(date) && !isHoliday(date) }
}

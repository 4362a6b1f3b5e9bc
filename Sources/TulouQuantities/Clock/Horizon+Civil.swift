/// Steps of a horizon by the clock on the wall: what bands, bills, holidays and habits go by (rule K11).
extension Horizon {
  /// Day and hour on the wall at which step t starts.
  public func civil(_ t: Int) -> Moment {
    let standard = moment(t)
    let seconds = ahead(t)
    guard seconds != 0 else { return standard }
    let hours = standard.hour + Double(seconds) / 3600
    let days = (hours / 24 + 1e-9).rounded(.down)
    return Moment(
      date: CivilDate(dayNumber: standard.date.dayNumber + Int(days)), hour: max(0, hours - days * 24))
  }

  /// All moments on the wall, `count == steps`.
  public var civilMoments: [Moment] { (0..<steps).map(civil) }

  /// Whether the clock on the wall leaves standard time within the horizon.
  public var hasClockChanges: Bool { shifts.contains { $0.seconds != 0 } }

  /// Everything by which the wall is ahead of standard time in some step [min], ascending.
  public var clockShiftMinutes: [Double] { Set(shifts.map { Double($0.seconds) / 60 }).sorted() }

  /// How far the wall is ahead of standard time at the start of step t [s].
  public func ahead(_ t: Int) -> Int {
    guard shifts.count > 1 else { return shifts[0].seconds }
    var low = 0, high = shifts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if shifts[middle].step <= t { low = middle } else { high = middle - 1 }
    }
    return shifts[low].seconds
  }

  /// The start of step t as people are told it: the stamp that result files have, and which clock it is where zones have
  /// two.
  public func told(_ t: Int) -> String {
    let stamp = moment(t).stamp
    guard hasClockChanges else { return stamp }
    guard ahead(t) != 0 else { return stamp + " (standard time)" }
    let wall = civil(t)
    let clock = wall.stamp.split(separator: "T").last.map(String.init) ?? ""
    return stamp + " standard time (" + clock + (clock.contains(":") ? "" : ":00") + " on the clock)"
  }

  /// From a step on the wall is ahead by some seconds.
  struct Shift: Sendable, Equatable {
    var step: Int
    var seconds: Int
  }

  /// The shifts of periods, in order of steps; a change within a step counts from the next one on.
  static func shifts(_ periods: [Period], starts: [Int], stepHours: Double, clock: CivilClock) -> [Shift] {
    guard clock.rules.changes.count > 1 else {
      return [Shift(step: 0, seconds: clock.rules.changes[0].offset - clock.standardSeconds)]
    }
    var shifts: [Shift] = []
    func add(_ step: Int, _ seconds: Int) {
      if let last = shifts.last, last.step == step { shifts.removeLast() }
      if shifts.last?.seconds != seconds { shifts.append(Shift(step: step, seconds: seconds)) }
    }
    for (period, first) in zip(periods, starts) where period.steps > 0 {
      let begin = Int(saturating: (Double(period.start.dayNumber) * 86_400 + period.startHour * 3600).rounded())
      let stepSeconds = stepHours * 3600
      add(first, clock.ahead(atStandard: begin))
      var i = clock.rules.index(at: begin - clock.standardSeconds) + 1
      while i < clock.rules.changes.count {
        let change = clock.rules.changes[i]
        let step = Int(
          saturating: (Double(change.utc + clock.standardSeconds - begin) / stepSeconds - 1e-6).rounded(.up))
        guard step < period.steps else { break }
        add(first + step, change.offset - clock.standardSeconds)
        i += 1
      }
    }
    return shifts.isEmpty ? [Shift(step: 0, seconds: 0)] : shifts
  }

  /// A month on the wall of which the horizon holds a step.
  public struct CivilMonth: Sendable, Equatable {
    /// Year and month 1...12.
    public var year: Int, month: Int
    /// Its steps as runs, ascending.
    public var runs: [Range<Int>]
    /// Share of the month that the horizon stands for [-]: weighted hours of the steps over hours of the month. A whole
    /// month is 1, also one of 743 or 745 h; a representative week that stands for a year is more.
    public var share: Double
    /// Key, e.g. `2027-01`.
    public var key: String { String("\(CivilDate(year: year, month: month, day: 1))".dropLast(3)) }
  }

  /// The months on the wall, in order of time.
  ///
  /// Where a period of whole months begins and ends in summer time, the wall is an hour ahead at both ends: the hour that
  /// it has entered of the next month stands for the hour that it missed of the first one, so that twelve months stay
  /// twelve (a year in the south of the earth, or one from July to June in the north).
  public var civilMonths: [CivilMonth] {
    var months: [CivilMonth] = []
    var place: [Int: Int] = [:]
    func add(_ date: CivilDate, _ run: Range<Int>, _ weight: Double) {
      let code = date.year * 12 + date.month - 1
      let m = place[code] ?? months.count
      if m == months.count {
        place[code] = m
        months.append(CivilMonth(year: date.year, month: date.month, runs: [], share: 0))
      }
      if let last = months[m].runs.last, last.upperBound == run.lowerBound {
        months[m].runs[months[m].runs.count - 1] = last.lowerBound..<run.upperBound
      } else {
        months[m].runs.append(run)
      }
      months[m].share += Double(run.count) * stepHours * weight
    }
    for (period, start) in zip(periods, periodStarts) where period.steps > 0 {
      let end = start + period.steps
      let turn = passesItsEnd(period, start) ? civil(start).date : nil
      let last = moment(end - 1).date
      var t = start
      while t < end {
        let date = civil(t).date
        var stop = t + 1
        // Whole days at once would need the change of clocks; a step at a time is quick enough.
        while stop < end, civilDay(stop, isOf: date) { stop += 1 }
        let isPast = date.year * 12 + date.month > last.year * 12 + last.month
        add(isPast ? turn ?? date : date, t..<stop, period.weight)
        t = stop
      }
    }
    for m in months.indices { months[m].share /= clock.hours(ofMonth: months[m].month, year: months[m].year) }
    return months.map { month in
      var month = month
      month.runs.sort { $0.lowerBound < $1.lowerBound }
      return month
    }.sorted { ($0.year, $0.month) < ($1.year, $1.month) }
  }

  private func civilDay(_ t: Int, isOf date: CivilDate) -> Bool {
    let other = civil(t).date
    return other.month == date.month && other.year == date.year
  }

  /// Whether a period is whole months of standard time that begin and end with the same summer time.
  private func passesItsEnd(_ period: Period, _ start: Int) -> Bool {
    let hours = period.startHour + Double(period.steps) * stepHours
    let days = (hours / 24).rounded()
    let ahead = ahead(start)
    guard ahead > 0, period.startHour == 0, period.start.day == 1, abs(hours - days * 24) < 1e-6,
      CivilDate(dayNumber: period.start.dayNumber + Int(days)).day == 1
    else { return false }
    return self.ahead(start + period.steps - 1) == ahead
  }
}

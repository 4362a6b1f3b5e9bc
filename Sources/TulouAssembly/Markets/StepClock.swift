import TulouProject
import TulouQuantities

/// Day and minute of each step, for what is measured by days and by blocks of the clock.
struct StepClock: Sendable {
  /// Number of the day that each step lies in, counted over all periods.
  private(set) var day: [Int] = []
  /// Minutes since midnight.
  private(set) var minute: [Int] = []

  init(_ horizon: Horizon) {
    var days = -1
    for (p, period) in horizon.periods.enumerated() {
      var last: CivilDate?
      for t in horizon.periodStarts[p]..<(horizon.periodStarts[p] + period.steps) {
        let moment = horizon.civil(t)
        if moment.date != last { days += 1 }
        last = moment.date
        day.append(days)
        minute.append(Int(saturating: (moment.hour * 60).rounded()))
      }
    }
  }

  /// Blocks of `length` minutes from midnight; a block ends too where a period ends or the clock is set back.
  func blocks(of length: Int) -> [Range<Int>] {
    var starts: [Int] = []
    for t in day.indices {
      let begins =
        t == 0 || day[t] != day[t - 1] || minute[t] <= minute[t - 1]
        || minute[t] / length > minute[t - 1] / length
      if begins { starts.append(t) }
    }
    return zip(starts, starts.dropFirst() + [day.count]).map { $0..<$1 }
  }
}

extension CalendarMonth {
  /// Month of the year, 1...12.
  package var number: Int { Int(key.suffix(2)) ?? 1 }
  /// Year.
  var year: Int { Int(key.prefix(4)) ?? 1 }
  /// Days of a calendar year.
  static func days(inYear year: Int) -> Int { CivilDate.hours(inYear: year) / 24 }
  /// Days of the whole month.
  var days: Double { Double(CivilDate.days(inMonth: number, of: year)) }
}

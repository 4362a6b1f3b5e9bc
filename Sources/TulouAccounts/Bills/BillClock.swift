import TulouQuantities
import TulouTechnologies

/// Where each step of a horizon stands in the civil calendar, and which steps the words of a tariff mean.
///
/// This is the bill's own reading of bands and hours: it shares nothing with that of the plan but the calendar itself.
struct BillClock: Sendable {
  /// Days that hold a step, in the order met.
  private(set) var days: [CivilDate] = []
  /// Day of each step, an index into `days`.
  private(set) var dayOfStep: [Int] = []
  /// Minutes since midnight at the start of each step.
  private(set) var minuteOfStep: [Int] = []
  private let calendar: WorkCalendar

  init(horizon: Horizon, calendar: WorkCalendar) {
    self.calendar = calendar
    dayOfStep.reserveCapacity(horizon.steps)
    minuteOfStep.reserveCapacity(horizon.steps)
    for (period, first) in zip(horizon.periods, horizon.periodStarts) {
      for t in first..<(first + period.steps) {
        let moment = horizon.civil(t)
        // A day of another period is another day, be it of the same date.
        if days.last != moment.date || t == first { days.append(moment.date) }
        dayOfStep.append(days.count - 1)
        minuteOfStep.append(Int(saturating: (moment.hour * 60).rounded()))
      }
    }
  }

  /// Whether each step is meant; `rest` is for bands alone.
  func holds(_ words: CalendarWords) -> [Bool] {
    let isDay = days.map { holds(words, on: $0) }
    return dayOfStep.indices.map { t in isDay[dayOfStep[t]] && holds(words.hours, at: minuteOfStep[t]) }
  }

  /// Band of each step: the one that names its hour, else the one that takes the rest.
  func bands(_ bands: [CalendarWords]) -> [Int] {
    var found = [Int](repeating: 0, count: dayOfStep.count)
    // The rest first: bands that name their hours then take theirs from it.
    for (b, words) in bands.enumerated().sorted(by: { $0.element.isRest && !$1.element.isRest }) {
      let isDay = days.map { holds(words, on: $0) }
      for t in found.indices where isDay[dayOfStep[t]] && (words.isRest || holds(words.hours, at: minuteOfStep[t])) {
        found[t] = b
      }
    }
    return found
  }

  private func holds(_ words: CalendarWords, on date: CivilDate) -> Bool {
    if let months = words.months, !months.contains(date.month) { return false }
    guard let kinds = words.days else { return true }
    let isHoliday = calendar.holidays.contains { $0.contains(date) }
    let isWeekend = calendar.weekend.contains(date.weekday)
    return kinds.contains { kind in
      switch kind {
      case .workday: !isHoliday && !isWeekend
      case .weekend: isWeekend
      case .holiday: isHoliday
      case .weekday(let day): date.weekday == day
      }
    }
  }

  private func holds(_ spans: [CalendarWords.Span]?, at minute: Int) -> Bool {
    guard let spans else { return true }
    return spans.contains { span in
      let end = span.to == 0 ? 1440 : span.to
      return span.from < end ? minute >= span.from && minute < end : minute >= span.from || minute < end
    }
  }

  /// Runs of steps that one measuring interval covers: blocks of `minutes` from midnight, cut where a period ends or the
  /// clock is set.
  func intervals(minutes: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    for t in dayOfStep.indices.dropFirst() {
      let isSame =
        dayOfStep[t] == dayOfStep[t - 1] && minuteOfStep[t] > minuteOfStep[t - 1]
        && minuteOfStep[t] / minutes == minuteOfStep[t - 1] / minutes
      guard !isSame else { continue }
      runs.append(first..<t)
      first = t
    }
    if !dayOfStep.isEmpty { runs.append(first..<dayOfStep.count) }
    return runs
  }
}

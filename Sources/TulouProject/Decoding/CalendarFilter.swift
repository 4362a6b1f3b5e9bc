import TulouDocument
import TulouQuantities

/// Which steps of the calendar are meant: hours of the day, kinds of day, months.
///
/// Hours, days and months are those on the wall, summer time included (rule K11). The day and month are those of the step
/// itself, also where hours pass midnight.
struct CalendarFilter: Sendable {
  /// Ranges in minutes of the day, within 0...1440.
  var minutes: [Range<Int>] = [0..<1440]
  /// nil: all days.
  var days: Set<DayKind>?
  /// nil: all months.
  var months: Set<Int>?
  /// Whether it takes all hours that nothing else takes.
  var isRest = false

  enum DayKind: Hashable, Sendable {
    case workday, weekend, holiday
    case weekday(Int)
  }

  /// Whether a step lies in it that begins at `moment` on the wall.
  func contains(_ moment: Horizon.Moment, _ calendar: WorkCalendar) -> Bool {
    let minute = Int(saturating: (moment.hour * 60).rounded())
    return minutes.contains { $0.contains(minute) } && containsDay(moment.date, calendar)
  }

  func containsDay(_ date: CivilDate, _ calendar: WorkCalendar) -> Bool {
    if let months, !months.contains(date.month) { return false }
    guard let days else { return true }
    return days.contains { kind in
      switch kind {
      case .workday: calendar.isWorkday(date)
      case .weekend: calendar.isWeekend(date)
      case .holiday: calendar.isHoliday(date)
      case .weekday(let day): date.weekday == day
      }
    }
  }
}

extension Decoding {
  /// Reads `hours`, `days` and `months`; nil after a diagnostic.
  mutating func calendarFilter(hours: Node?, days: Node?, months: Node?, at mark: Mark) -> CalendarFilter? {
    var filter = CalendarFilter()
    let before = diagnostics.count
    if let hours {
      within("hours") { inner in
        if hours.text == "rest" {
          filter.isRest = true
        } else if !inner.isFilled(
          hours, "no hour at all", advice: "Write for example hours: [\"10:00-12:00\"], or leave 'hours' out for all.")
        {
          return
        } else if let ranges = inner.clockRanges(hours) {
          filter.minutes = ranges
        }
      }
    }
    if let days { filter.days = within("days") { $0.dayKinds(days) } }
    if let months { filter.months = within("months") { $0.monthNumbers(months) } }
    return diagnostics[before...].allSatisfy { $0.severity != .error } ? filter : nil
  }

  /// Reads `["22:00-06:00", ...]` into minutes of the day; nil after a diagnostic.
  mutating func clockRanges(_ node: Node) -> [Range<Int>]? {
    let items = node.items ?? [node]
    var ranges: [Range<Int>] = []
    for item in items {
      let parts = (item.text ?? "").split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let start = Decoding.minuteOfDay(parts[0]), let end = Decoding.minuteOfDay(parts[1]),
        start != end
      else {
        error(
          "\(item.kindName) is not a span of hours.", advice: "Write \"10:00-12:00\", in quotes; it may pass midnight.",
          at: item.mark)
        return nil
      }
      let span = (end == 0 ? 1440 : end)
      if start < span {
        ranges.append(start..<span)
      } else {
        ranges.append(start..<1440)
        ranges.append(0..<span)
      }
    }
    let minutes = horizon.stepHours * 60
    for range in ranges {
      for edge in [range.lowerBound, range.upperBound] {
        // Steps keep standard time, the hours go by the wall: they have to meet in summer too.
        for shift in horizon.clockShiftMinutes {
          let steps = (Double(edge) - shift) / minutes
          if abs(steps - steps.rounded()) > 1e-9 {
            error(
              "The hours begin or end within a step of \(minutes.plain) min"
                + (shift == 0 ? "." : " while the clock is \(shift.plain) min ahead of standard time."),
              advice: "Choose a 'step' that divides them.",
              at: node.mark)
            return nil
          }
        }
      }
    }
    return ranges
  }

  /// Minutes since midnight of `07:30`, up to `24:00`.
  static func minuteOfDay(_ text: some StringProtocol) -> Int? {
    let trimmed = text.split(separator: " ").joined()
    let parts = trimmed.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }), let hour = Int(parts[0]),
      let minute = Int(parts[1]),
      minute < 60, hour < 24 || (hour == 24 && minute == 0)
    else { return nil }
    return hour * 60 + minute
  }

  /// Refuses a list without items: it would ask for nothing, where the key left out asks for all.
  mutating func isFilled(_ node: Node, _ meaning: String, advice: String) -> Bool {
    guard node.items?.isEmpty == true else { return true }
    error("'\(key)' is an empty list: \(meaning).", advice: advice, at: node.mark)
    return false
  }

  private mutating func dayKinds(_ node: Node) -> Set<CalendarFilter.DayKind>? {
    guard
      isFilled(
        node, "no day at all", advice: "Write for example days: [workdays, saturday], or leave 'days' out for all.")
    else { return nil }
    var kinds: Set<CalendarFilter.DayKind> = []
    let words = ["workdays", "weekend", "holidays"] + ProjectDecoder.dayNames
    for item in node.items ?? [node] {
      guard let word = choice(item, words) else { return nil }
      switch word {
      case "workdays": kinds.insert(.workday)
      case "weekend": kinds.insert(.weekend)
      case "holidays":
        kinds.insert(.holiday)
        if calendar.holidays.isEmpty {
          warning(
            "'holidays' names no day, for the calendar has none.", advice: "Give 'calendar: {holidays: [...]}'.",
            at: item.mark)
        }
      default: if let day = ProjectDecoder.dayNames.firstIndex(of: word) { kinds.insert(.weekday(day)) }
      }
    }
    return kinds
  }

  static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// Months by number or name; nil after a diagnostic.
  mutating func monthNumbers(_ node: Node) -> Set<Int>? {
    guard
      isFilled(
        node, "no month at all",
        advice: "Months are numbers from 1 to 12 or names, such as \(key): [july]; or leave '\(key)' out.")
    else { return nil }
    var months: Set<Int> = []
    for item in node.items ?? [node] {
      let text = item.text ?? ""
      if let number = Int(text), (1...12).contains(number) {
        months.insert(number)
      } else if let i = Decoding.monthNames.firstIndex(where: {
        $0 == text.lowercased() || $0.prefix(3) == text.lowercased()
      }) {
        months.insert(i + 1)
      } else {
        error("\(item.kindName) is not a month.", advice: "Months are numbers from 1 to 12 or names.", at: item.mark)
        return nil
      }
    }
    return months
  }
}

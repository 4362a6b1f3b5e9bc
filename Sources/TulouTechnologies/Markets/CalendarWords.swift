package import TulouQuantities

/// Times of the calendar as they are written: spans of hours, kinds of day, months. Civil time of the site.
package struct CalendarWords: Sendable, Equatable {
  /// A kind of day.
  package enum Day: Sendable, Hashable {
    /// Neither weekend nor holiday.
    case workday
    /// A day of the weekend.
    case weekend
    /// A holiday.
    case holiday
    /// A day of the week, 0 = Monday ... 6 = Sunday.
    case weekday(Int)
  }

  /// A span of the clock; it passes midnight where it ends before it begins.
  package struct Span: Sendable, Equatable {
    /// Minutes since midnight, 0...1440.
    package var from: Int, to: Int
    /// A span.
    package init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// Spans of the day; nil: all hours.
  package var hours: [Span]?
  /// Whether it takes what no other band takes.
  package var isRest = false
  /// Kinds of day; nil: all days.
  package var days: [Day]?
  /// Months, 1...12; nil: all months.
  package var months: [Int]?
  /// All hours.
  package init() {}
}

/// A minute of the civil calendar.
package struct CivilMoment: Sendable, Hashable {
  /// The day.
  package var date: CivilDate
  /// Minutes since midnight, 0..<1440.
  package var minute: Int
  /// A moment.
  package init(_ date: CivilDate, minute: Int) {
    self.date = date
    self.minute = minute
  }
}

public import TulouQuantities

/// Times of the calendar as they are written: spans of hours, kinds of day, months. Civil time of the site.
public struct CalendarWords: Sendable, Equatable {
  /// A kind of day.
  public enum Day: Sendable, Hashable {
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
  public struct Span: Sendable, Equatable {
    /// Minutes since midnight, 0...1440.
    public var from: Int, to: Int
    /// A span.
    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// Spans of the day; nil: all hours.
  public var hours: [Span]?
  /// Whether it takes what no other band takes.
  public var isRest = false
  /// Kinds of day; nil: all days.
  public var days: [Day]?
  /// Months, 1...12; nil: all months.
  public var months: [Int]?
  /// All hours.
  public init() {}
}

/// A minute of the civil calendar.
public struct CivilMoment: Sendable, Hashable {
  /// The day.
  public var date: CivilDate
  /// Minutes since midnight, 0..<1440.
  public var minute: Int
  /// A moment.
  public init(_ date: CivilDate, minute: Int) {
    self.date = date
    self.minute = minute
  }
}

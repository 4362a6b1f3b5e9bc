/// A day of the proleptic Gregorian calendar, without zone.
package struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Year, e.g. 2027.
  package var year: Int
  /// Month 1...12.
  package var month: Int
  /// Day of the month 1...31.
  package var day: Int

  /// A date whose parts the caller knows to be valid.
  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date `number` days after 1970-01-01.
  /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil and its inverse).
  package init(dayNumber number: Int) {
    let z = number + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * mp + 2) / 5 + 1
    month = mp < 10 ? mp + 3 : mp - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The date written `2027-01-31`, or nil where the text is not such a date or names no day of the calendar.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month), day >= 1, day <= CivilDate.days(inMonth: month, of: year)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Days since 1970-01-01.
  package var dayNumber: Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Day of the year, 1...366.
  package var dayOfYear: Int { dayNumber - CivilDate(year: year, month: 1, day: 1).dayNumber + 1 }

  /// Day of the week, 0 = Monday ... 6 = Sunday.
  package var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 }

  /// Whether `year` has a 29 February.
  package static func isLeap(_ year: Int) -> Bool { (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 }

  /// Number of days of `month` in `year`.
  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Hours of the calendar year: 8760, or 8784 in a leap year.
  package static func hours(inYear year: Int) -> Int { isLeap(year) ? 8784 : 8760 }

  /// Earlier is less.
  package static func < (a: CivilDate, b: CivilDate) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

  /// `2027-01-31`.
  package var description: String {
    func padded(_ n: Int, _ width: Int) -> String {
      let digits = String(n)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension CivilDate {
  /// Week of the year by ISO 8601, 1 ... 53: weeks begin on Monday, week 1 holds the first Thursday. The first days of
  /// January may belong to week 52 or 53 of the year before, the last of December to week 1 of the next.
  package var isoWeek: Int {
    let thursday = CivilDate(dayNumber: dayNumber - weekday + 3)
    return (thursday.dayOfYear - 1) / 7 + 1
  }
}

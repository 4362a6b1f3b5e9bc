import TulouQuantities

/// A stamp as it is written, before it is known which number is the day.
struct StampText: Equatable {
  enum Day: Equatable {
    /// Year, month and day.
    case known(Int, Int, Int)
    /// Three numbers in their order; the last or the first is the year, of two or four digits.
    case numbers(Int, Int, Int, mark: UInt8, isShort: Bool)
    /// A month and a day of no year.
    case yearless(Int, Int)
  }
  var day: Day?
  /// Seconds since midnight, up to 86,400.
  var time: Int?
  /// Clock minus universal time [s].
  var offset: Int?

  /// Stamps of an interval in one cell: `27.10.2024 00:00 - 27.10.2024 01:00`, `00:00-00:15`, `A to B`.
  static func range(_ text: String) -> (start: StampText, end: StampText)? {
    for mark in [" - ", " \u{2013} ", "\u{A0}to\u{A0}", " to ", " bis ", " until ", " a ", "/", "\u{2013}", "-"] {
      guard let at = text.firstRange(of: mark) else { continue }
      guard let start = StampText(String(text[..<at.lowerBound])), let end = StampText(String(text[at.upperBound...])),
        start.time != nil, end.time != nil
      else { continue }
      return (start, end)
    }
    return nil
  }

  /// Nil where the text is not a date, a clock time or both.
  init?(_ text: String) {
    var bytes = Array(text.utf8)
    guard bytes.count >= 3, bytes.count <= 48 else { return nil }
    if bytes.contains(0xE5) || bytes.contains(0xE6), let plain = StampText.withoutSigns(text) {
      bytes = Array(plain.utf8)
    }
    var scan = Scan(bytes)
    scan.blanks()
    scan.weekday()
    if let day = scan.day() {
      self.day = day
      // 20160701:0011, 2024-01-01T00:00, 01.02.2024, 00:15
      let before = scan.i
      scan.separators()
      if !scan.isAtEnd {
        guard scan.i > before || scan.compact else { return nil }
        guard let time = scan.time(mayBeBare: true) else { return nil }
        self.time = time
      }
    } else {
      guard let time = scan.time(mayBeBare: false) else { return nil }
      self.time = time
    }
    if time != nil { offset = scan.offset() }
    scan.blanks()
    guard scan.isAtEnd else { return nil }
  }

  /// `2025\u{5E74}1\u{6708}31\u{65E5} 0\u{65F6}15\u{5206}` as `2025-1-31 0:15`; nil: not so written.
  private static func withoutSigns(_ text: String) -> String? {
    guard text.contains("\u{5E74}"), text.contains("\u{65E5}"),
      text.contains(where: { $0 == "\u{65F6}" || $0 == "\u{6642}" || $0 == "\u{70B9}" })
    else { return nil }
    var plain = ""
    var hasMinutes = false
    for character in text {
      switch character {
      case "\u{5E74}", "\u{6708}": plain.append("-")
      case "\u{65E5}": plain.append(" ")
      case "\u{65F6}", "\u{6642}", "\u{70B9}": plain.append(":")
      case "\u{5206}", "\u{79D2}":
        if character == "\u{5206}" { hasMinutes = true }
        plain.append(character == "\u{5206}" ? ":" : " ")
      default: plain.append(character)
      }
    }
    while plain.last == " " || plain.last == ":" && hasMinutes { plain.removeLast() }
    return plain.last == ":" ? plain + "00" : plain
  }

  /// A clock time of digits alone: `0015`, `15`, `2400`.
  init?(digits text: String) {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int(text),
      number % 100 < 60, number <= 2400
    else { return nil }
    time = number / 100 * 3600 + number % 100 * 60
  }

  /// Days since 1970 with the order of the numbers; nil where that gives no day.
  ///
  /// - Parameters:
  ///   - year: Year of stamps that have none.
  ///   - shift: Years that are added to those that are written.
  func dayNumber(_ order: DayOrder, year: Int? = nil, shift: Int = 0) -> Int? {
    guard let (y, m, d) = parts(order, year: year), (1...12).contains(m),
      (1...CivilDate.days(inMonth: m, of: y)).contains(d), d <= CivilDate.days(inMonth: m, of: y + shift)
    else { return nil }
    return CivilDate(year: y + shift, month: m, day: d).dayNumber
  }

  /// Year, month and day with the order of the numbers.
  func parts(_ order: DayOrder, year: Int?) -> (Int, Int, Int)? {
    switch day {
    case .known(let a, let b, let c): return (a, b, c)
    case .yearless(let month, let day): return year.map { ($0, month, day) }
    case .numbers(let a, let b, let c, _, let isShort):
      switch order {
      case .dayFirst: return (isShort ? DayOrder.century(c) : c, b, a)
      case .monthFirst: return (isShort ? DayOrder.century(c) : c, a, b)
      case .yearFirst: return isShort ? (DayOrder.century(a), b, c) : nil
      }
    case nil: return nil
    }
  }
}

/// Which number of a date is the day.
enum DayOrder: String, CaseIterable {
  case dayFirst = "dd/mm/yyyy", monthFirst = "mm/dd/yyyy", yearFirst = "yy/mm/dd"

  /// 24 is 2024, 90 is 1990.
  static func century(_ year: Int) -> Int { year + (year < 70 ? 2000 : 1900) }

  /// The order that a `format` states; nil: it states a year of four digits first, or none.
  init?(format: String) {
    let letters = format.lowercased()
    guard let d = letters.firstIndex(of: "d"), let m = letters.firstIndex(of: "m"), let y = letters.firstIndex(of: "y")
    else {
      return nil
    }
    if y < m, y < d { self = .yearFirst } else { self = d < m ? .dayFirst : .monthFirst }
  }

  /// As it is written with a mark.
  func text(_ mark: UInt8, isShort: Bool) -> String {
    let text = rawValue.replacing("/", with: String(UnicodeScalar(mark)))
    return isShort && self != .yearFirst ? text.replacing("yyyy", with: "yy") : text
  }
}

/// Reads a stamp from the left.
private struct Scan {
  let b: [UInt8]
  var i = 0
  /// Whether the date was eight digits without marks, after which a time may follow at once.
  var compact = false

  init(_ bytes: [UInt8]) { b = bytes }
  var isAtEnd: Bool { i >= b.count }
  func isDigit(_ k: Int) -> Bool { k < b.count && b[k] >= 48 && b[k] <= 57 }
  func isLetter(_ k: Int) -> Bool { k < b.count && (b[k] | 32 >= 97 && b[k] | 32 <= 122 || b[k] >= 0x80) }
  func run(_ k: Int) -> Int {
    var n = 0
    while isDigit(k + n) { n += 1 }
    return n
  }
  /// The number of n digits from place k on; one of more than ten digits, which no date has, stays beyond all years.
  func number(_ k: Int, _ n: Int) -> Int { b[k..<(k + n)].reduce(0) { min($0, 1_000_000_000) * 10 + Int($1 - 48) } }
  mutating func blanks() {
    while i < b.count {
      if b[i] == 0x20 || b[i] == 0x09 {
        i += 1
      } else if i + 1 < b.count, b[i] == 0xC2, b[i + 1] == 0xA0 {
        i += 2
      } else {
        return
      }
    }
  }
  mutating func separators() {
    blanks()
    if i < b.count,
      [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "_")].contains(b[i])
    {
      i += 1
      blanks()
    } else if i + 1 < b.count, b[i] == UInt8(ascii: "-"), i > 0, b[i - 1] == 0x20 {
      i += 1
      blanks()
    }
  }
  func word(_ k: Int) -> String {
    var end = k
    while isLetter(end) { end += 1 }
    return String(decoding: b[k..<end], as: UTF8.self).lowercased()
  }

  /// Passes over the name of a day of the week.
  mutating func weekday() {
    let word = word(i)
    let days: Set<String> = [
      "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday",
      "thursday",
      "friday", "saturday", "sunday", "mo", "di", "mi", "do", "fr", "sa", "so",
    ]
    guard days.contains(word) else { return }
    i += word.utf8.count
    while i < b.count, b[i] == UInt8(ascii: ",") || b[i] == UInt8(ascii: ".") { i += 1 }
    blanks()
  }

  mutating func day() -> StampText.Day? {
    if isLetter(i) { return namedFirst() }
    let n = run(i)
    if n == 8 || n == 12 || n == 14 {
      let (y, m, d) = (number(i, 4), number(i + 4, 2), number(i + 6, 2))
      guard (1900...2200).contains(y), (1...12).contains(m), (1...31).contains(d) else { return nil }
      i += 8
      compact = true
      return .known(y, m, d)
    }
    guard (1...4).contains(n), n != 3, i + n < b.count else { return nil }
    let first = number(i, n)
    var k = i + n
    // 2024年5月1日
    if n == 4, b.count > k + 2, b[k] == 0xE5, b[k + 1] == 0xB9, b[k + 2] == 0xB4 {
      k += 3
      let m = run(k)
      guard (1...2).contains(m), k + m + 3 <= b.count else { return nil }
      let month = number(k, m)
      k += m + 3
      let d = run(k)
      guard (1...2).contains(d), k + d + 3 <= b.count else { return nil }
      let day = number(k, d)
      i = k + d + 3
      return .known(first, month, day)
    }
    let mark = b[k]
    guard [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), 0x20].contains(mark) else { return nil }
    k += 1
    if mark == UInt8(ascii: "."), k < b.count, b[k] == 0x20 { k += 1 }
    if isLetter(k) {
      // 1-Jan-24, 1 Jan 2024, 1 Jan
      let name = word(k)
      guard n <= 2, let month = Month.number(name) else { return nil }
      k += name.utf8.count
      if k < b.count, b[k] == UInt8(ascii: ".") { k += 1 }
      guard k < b.count, b[k] == mark || b[k] == 0x20 else {
        guard k == b.count || b[k] == UInt8(ascii: ",") else { return nil }
        i = k
        return .yearless(month, first)
      }
      let y = run(k + 1)
      guard y == 4 || y == 2, k + 1 + y >= b.count || b[k + 1 + y] != UInt8(ascii: ":") else {
        i = k
        return .yearless(month, first)
      }
      let year = number(k + 1, y)
      i = k + 1 + y
      return .known(y == 2 ? DayOrder.century(year) : year, month, first)
    }
    guard mark != 0x20 else { return nil }
    let m = run(k)
    guard (1...2).contains(m), k + m < b.count, b[k + m] == mark else { return nil }
    let second = number(k, m)
    k += m + 1
    let c = run(k)
    guard c > 0 else { return nil }
    let third = number(k, c)
    if n == 4 {
      guard c <= 2 else { return nil }
      i = k + c
      return .known(first, second, third)
    }
    guard c == 4 || c == 2, n <= 2 else { return nil }
    i = k + c
    return .numbers(first, second, third, mark: mark, isShort: c == 2)
  }

  /// `Jan 1, 2024`, `Jan 1`.
  private mutating func namedFirst() -> StampText.Day? {
    let name = word(i)
    guard let month = Month.number(name) else { return nil }
    var k = i + name.utf8.count
    if k < b.count, b[k] == UInt8(ascii: ".") { k += 1 }
    guard k < b.count, b[k] == 0x20 || b[k] == UInt8(ascii: "-") else { return nil }
    k += 1
    let d = run(k)
    guard (1...2).contains(d) else { return nil }
    let day = number(k, d)
    k += d
    var after = k
    while after < b.count, b[after] == UInt8(ascii: ",") || b[after] == 0x20 { after += 1 }
    if after > k, run(after) == 4 {
      i = after + 4
      return .known(number(after, 4), month, day)
    }
    i = k
    return .yearless(month, day)
  }

  mutating func time(mayBeBare: Bool) -> Int? {
    let n = run(i)
    if n == 4 || n == 6, mayBeBare {
      let (h, m, s) = (number(i, 2), number(i + 2, 2), n == 6 ? number(i + 4, 2) : 0)
      guard h <= 24, m < 60, s < 60 else { return nil }
      i += n
      return half(h * 3600 + m * 60 + s)
    }
    guard n == 1 || n == 2 else { return nil }
    let hour = number(i, n)
    guard hour <= 24 else { return nil }
    i += n
    // 2A:00 and 2B:00 are the hour that stands twice; the order of the rows tells which is which.
    if (1...3).contains(hour), i + 1 < b.count, [UInt8(ascii: "a"), UInt8(ascii: "b")].contains(b[i] | 32),
      b[i + 1] == UInt8(ascii: ":"), run(i + 2) == 2
    {
      i += 1
    }
    guard i < b.count, b[i] == UInt8(ascii: ":") || b[i] | 32 == UInt8(ascii: "h") || b[i] == UInt8(ascii: "."),
      run(i + 1) == 2
    else {
      if i < b.count, b[i] | 32 == UInt8(ascii: "h"), mayBeBare { i += 1 }
      let before = i
      if let whole = half(hour * 3600), i > before || mayBeBare { return whole }
      return nil
    }
    let mark = b[i]
    if mark == UInt8(ascii: "."), !mayBeBare { return nil }
    let minute = number(i + 1, 2)
    i += 3
    var second = 0
    if i < b.count, b[i] == mark, run(i + 1) == 2 {
      second = number(i + 1, 2)
      i += 3
      if i < b.count, b[i] == UInt8(ascii: ".") || b[i] == UInt8(ascii: ","), run(i + 1) > 0 { i += 1 + run(i + 1) }
    }
    guard minute < 60, second < 60, hour < 24 || minute == 0 && second == 0 else { return nil }
    return half(hour * 3600 + minute * 60 + second)
  }

  /// AM or PM behind a time.
  private mutating func half(_ seconds: Int) -> Int? {
    var k = i
    while k < b.count, b[k] == 0x20 { k += 1 }
    guard k < b.count, b[k] | 32 == UInt8(ascii: "a") || b[k] | 32 == UInt8(ascii: "p") else { return seconds }
    let isAfternoon = b[k] | 32 == UInt8(ascii: "p")
    k += 1
    if k < b.count, b[k] == UInt8(ascii: ".") { k += 1 }
    guard k < b.count, b[k] | 32 == UInt8(ascii: "m") else { return seconds }
    k += 1
    if k < b.count, b[k] == UInt8(ascii: ".") { k += 1 }
    let hour = seconds / 3600
    guard (1...12).contains(hour) else { return nil }
    i = k
    return seconds - hour * 3600 + (hour % 12 + (isAfternoon ? 12 : 0)) * 3600
  }

  mutating func offset() -> Int? {
    let before = i
    blanks()
    guard i < b.count else { return nil }
    let isBracketed = b[i] == UInt8(ascii: "(")
    if isBracketed { i += 1 }
    let word = word(i)
    let known = [
      "z": 0, "utc": 0, "gmt": 0, "cet": 3600, "mez": 3600, "cest": 7200, "mesz": 7200, "bst": 3600, "eet": 7200,
      "eest": 10_800,
    ]
    var found: Int?
    if let zone = known[word] {
      i += word.utf8.count
      found = zone
    }
    if i < b.count, found == nil || found == 0, b[i] == UInt8(ascii: "+") || b[i] == UInt8(ascii: "-") {
      let sign = b[i] == UInt8(ascii: "-") ? -1 : 1
      let n = run(i + 1)
      if n == 4 {
        found = sign * (number(i + 1, 2) * 3600 + number(i + 3, 2) * 60)
        i += 5
      } else if n == 1 || n == 2 {
        var size = number(i + 1, n) * 3600
        i += 1 + n
        if i < b.count, b[i] == UInt8(ascii: ":"), run(i + 1) == 2 {
          size += number(i + 1, 2) * 60
          i += 3
        }
        found = sign * size
      }
    }
    if isBracketed, i < b.count, b[i] == UInt8(ascii: ")") { i += 1 }
    if found == nil || abs(found ?? 0) > 18 * 3600 {
      i = before
      return nil
    }
    return found
  }
}

/// Names of months in the languages that exports are written in.
private enum Month {
  private static let names: [[String]] = [
    ["jan", "ene", "gen"], ["feb", "fév", "fev", "fèv"], ["mar", "mär", "mrz", "maa", "mrt"], ["apr", "avr", "abr"],
    ["may", "mai", "mei", "mag", "maj"], ["jun", "juin", "giu"], ["jul", "juil", "lug"], ["aug", "aoû", "aou", "ago"],
    ["sep", "set"], ["oct", "okt", "out", "ott"], ["nov"], ["dec", "dez", "déc", "dic"],
  ]

  static func number(_ word: String) -> Int? {
    guard word.count >= 3, word.count <= 10 else { return nil }
    return names.firstIndex { $0.contains { word.hasPrefix($0) } }.map { $0 + 1 }
  }
}

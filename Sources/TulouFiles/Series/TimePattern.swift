import TulouQuantities

/// How stamps of a foreign file are written: `dd.mm.yyyy hh:mm`, `mm/dd/yyyy h:mm am`, `yyyymmddhhmm`.
///
/// `yyyy` or `yy` (20yy), `mm` month, `dd` day, `hh` hour, `mm` after `hh` minute, `ss` second, `am` for AM or PM; all else
/// stands for itself. Where no digit follows, a part may be shorter (`7.1.2027 8:05`).
struct TimePattern: Sendable, Equatable {
  private enum Part: Equatable {
    case year, shortYear, month, day, hour, minute, second, half
    case literal(UInt8)
  }
  private var parts: [Part] = []

  /// Nil where year, month or day is missing, or a part stands twice.
  init?(_ text: String) {
    let letters = Array(text.lowercased().utf8)
    var i = 0
    while i < letters.count {
      var end = i
      while end < letters.count, letters[end] == letters[i] { end += 1 }
      let run = end - i
      switch letters[i] {
      case UInt8(ascii: "y"):
        if run == 4 { parts.append(.year) } else if run == 2 { parts.append(.shortYear) } else { return nil }
      case UInt8(ascii: "d") where run <= 2: parts.append(.day)
      case UInt8(ascii: "h") where run <= 2: parts.append(.hour)
      case UInt8(ascii: "s") where run <= 2: parts.append(.second)
      case UInt8(ascii: "m") where run <= 2: parts.append(parts.contains(.hour) ? .minute : .month)
      case UInt8(ascii: "a") where end < letters.count && letters[end] == UInt8(ascii: "m"):
        parts.append(.half)
        end += 1
      default: for _ in 0..<run { parts.append(.literal(Array(text.utf8)[i])) }
      }
      i = end
    }
    func count(_ part: Part) -> Int { parts.filter { $0 == part }.count }
    guard count(.year) + count(.shortYear) == 1, count(.month) == 1, count(.day) == 1,
      [Part.hour, .minute, .second, .half].allSatisfy({ count($0) <= 1 })
    else { return nil }
  }

  /// Seconds since 1970 on the clock that is written; nil where the cell is not written so or names no time.
  func seconds(_ cell: ArraySlice<UInt8>) -> Int? {
    let b = Array(cell)
    var i = 0
    var year: Int?
    var month: Int?
    var day: Int?
    var hour = 0
    var minute = 0
    var second = 0
    var isAfternoon: Bool?
    func digit(_ k: Int) -> Bool { k < b.count && b[k] >= 48 && b[k] <= 57 }
    func number(_ most: Int) -> Int? {
      var value = 0, count = 0
      while count < most, digit(i) {
        value = value * 10 + Int(b[i] - 48)
        i += 1
        count += 1
      }
      return count > 0 ? value : nil
    }
    for part in parts {
      switch part {
      case .year:
        guard digit(i + 3), let n = number(4) else { return nil }
        year = n
      case .shortYear:
        guard digit(i + 1), let n = number(2) else { return nil }
        year = 2000 + n
      case .month: month = number(2)
      case .day: day = number(2)
      case .hour:
        guard let n = number(2), n <= 24 else { return nil }
        hour = n
      case .minute:
        guard let n = number(2), n < 60 else { return nil }
        minute = n
      case .second:
        guard let n = number(2), n < 60 else { return nil }
        second = n
      case .half:
        guard i + 1 < b.count, b[i + 1] | 32 == UInt8(ascii: "m") else { return nil }
        switch b[i] | 32 {
        case UInt8(ascii: "a"): isAfternoon = false
        case UInt8(ascii: "p"): isAfternoon = true
        default: return nil
        }
        i += 2
      case .literal(let byte):
        guard i < b.count, b[i] == byte || b[i] | 32 == byte | 32 && byte >= 65 else { return nil }
        i += 1
      }
    }
    guard i == b.count, let year, let month, let day, (1...12).contains(month),
      (1...CivilDate.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24 || minute == 0 && second == 0 else { return nil }
    return CivilDate(year: year, month: month, day: day).dayNumber * 86_400 + hour * 3600 + minute * 60 + second
  }
}

import TulouDocument
import TulouQuantities

/// Time stamps of a column as seconds of UTC.
enum TimeStamps {
  /// The stamps of all rows.
  ///
  /// - Parameters:
  ///   - rules: Clock of stamps that carry no offset of their own.
  ///   - pattern: How they are written; nil: `2025-01-31T13:00` and its kin.
  ///   - areEnds: Whether they close their intervals: then the moment at which clocks are put forward may bear either name.
  /// - Returns: Seconds of universal time, and whether any stamp was read by `rules`.
  static func seconds(
    _ table: CsvTable, _ column: Int, rules: ZoneRules, pattern: TimePattern?, areEnds: Bool
  ) throws(SeriesFault) -> (utc: [Int], byRules: Bool) {
    var result: [Int] = []
    result.reserveCapacity(table.rows.count)
    var lastWall = Int.min
    var seen: [Int: Int] = [:]
    var byRules = false
    for row in table.rows {
      let cell = table.cell(column, row)
      guard let cell, let stamp = pattern.map({ $0.seconds(cell).map { Stamp(wall: $0, offset: nil) } }) ?? parse(cell)
      else {
        let text = cell.map { String(decoding: $0.prefix(30), as: UTF8.self) } ?? ""
        throw SeriesFault(
          "'\(text)' in row \(row.number) is not a time" + (pattern == nil ? "." : " of the given 'format'."),
          advice: pattern == nil
            ? "Times look like '2025-01-31T13:00'; for others say 'format', e.g. 'format: dd.mm.yyyy hh:mm'."
            : "'format' is written with yyyy, mm, dd, hh, mm and ss, e.g. 'dd.mm.yyyy hh:mm'.", part: .data)
      }
      if let offset = stamp.offset {
        result.append(stamp.wall - offset)
        continue
      }
      byRules = true
      var offsets = rules.offsets(ofWall: stamp.wall)
      if offsets.isEmpty, areEnds {
        let before = rules.change(at: rules.utc(ofWall: stamp.wall) - 1).offset
        if stamp.wall - before == rules.utc(ofWall: stamp.wall) { offsets = [before] }
      }
      guard let first = offsets.first else {
        throw SeriesFault(
          "The time of row \(row.number), \(String(decoding: cell, as: UTF8.self)), does not exist in '\(rules.name)': clocks jump over it.",
          advice:
            "Give the zone in which the file was written, e.g. 'zone: UTC', or '\(ZoneRules.name(ofSeconds: rules.change(at: stamp.wall).standard))' where it keeps standard time all year.",
          part: .data)
      }
      // Where clocks go back an hour stands twice: first in daylight saving, then in standard time.
      var offset = first
      if offsets.count > 1 {
        let before = seen[stamp.wall, default: 0]
        if before > 0 || stamp.wall < lastWall && result.last.map({ stamp.wall - first <= $0 }) == true {
          offset = offsets[1]
        }
        if before > 1 {
          throw SeriesFault("The time of row \(row.number) stands three times.", part: .data)
        }
        seen[stamp.wall] = before + 1
      }
      lastWall = stamp.wall
      result.append(stamp.wall - offset)
    }
    return (result, byRules)
  }

  struct Stamp {
    var wall: Int
    var offset: Int?
  }

  /// `2025-01-31T13:00[:00][Z|+08:00]`, also with a blank for `T` and `/` for `-`.
  static func parse(_ cell: ArraySlice<UInt8>) -> Stamp? {
    let b = Array(cell)
    func number(_ from: Int, _ count: Int) -> Int? {
      guard from + count <= b.count else { return nil }
      var value = 0
      for i in from..<(from + count) {
        guard b[i] >= 48 && b[i] <= 57 else { return nil }
        value = value * 10 + Int(b[i] - 48)
      }
      return value
    }
    guard let year = number(0, 4), b.count >= 10, b[4] == 0x2D || b[4] == 0x2F, b[7] == b[4], let month = number(5, 2),
      let day = number(8, 2), (1...12).contains(month), (1...CivilDate.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    var wall = CivilDate(year: year, month: month, day: day).dayNumber * 86_400
    var i = 10
    guard i < b.count else { return Stamp(wall: wall, offset: nil) }
    guard b[i] == UInt8(ascii: "T") || b[i] == UInt8(ascii: " "), let hour = number(11, 2), hour <= 24 else {
      return nil
    }
    let midnight = wall + 86_400
    wall += hour * 3600
    i = 13
    if i < b.count, b[i] == UInt8(ascii: ":") {
      guard let minute = number(14, 2), minute < 60 else { return nil }
      wall += minute * 60
      i = 16
      if i < b.count, b[i] == UInt8(ascii: ":") {
        guard let second = number(17, 2), second < 60 else { return nil }
        wall += second
        i = 19
        if i < b.count, b[i] == UInt8(ascii: ".") {
          i += 1
          while i < b.count, b[i] >= 48 && b[i] <= 57 { i += 1 }
        }
      }
    }
    // 24:00 is the end of the day, and there is nothing after it.
    guard wall <= midnight else { return nil }
    guard i < b.count else { return Stamp(wall: wall, offset: nil) }
    if b[i] == UInt8(ascii: "Z"), i + 1 == b.count { return Stamp(wall: wall, offset: 0) }
    guard b[i] == UInt8(ascii: "+") || b[i] == UInt8(ascii: "-"), let hours = number(i + 1, 2) else { return nil }
    let rest =
      i + 3 < b.count && b[i + 3] == UInt8(ascii: ":") ? number(i + 4, 2) : (i + 3 == b.count ? 0 : number(i + 3, 2))
    guard let rest, hours <= 18 else { return nil }
    let size = hours * 3600 + rest * 60
    return Stamp(wall: wall, offset: b[i] == UInt8(ascii: "-") ? -size : size)
  }

  /// `2025-01-31T13:00:00Z` of seconds of universal time.
  static func plain(_ utc: Int) -> String {
    let day = (utc >= 0 ? utc : utc - 86_399) / 86_400
    let seconds = utc - day * 86_400
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(CivilDate(dayNumber: day))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
  }

  /// `2025-01-31T13:00` of seconds since 1970.
  static func text(_ seconds: Double) -> String {
    let days = (seconds / 86_400).rounded(.down)
    return Horizon.Moment(date: CivilDate(dayNumber: Int(saturating: days)), hour: (seconds - days * 86_400) / 3600)
      .stamp
  }
}

import Foundation
import TulouQuantities

/// Zones by name.
struct TimeZones: Sendable {
  /// Standard time minus UTC [h]; nil where the zone is not known.
  func standardOffset(_ name: String) -> Double? {
    guard let zone = TimeZone(identifier: name) else { return nil }
    let winter = Date(timeIntervalSince1970: 1_735_689_600)  // 2025-01-01: the rules of today.
    return (Double(zone.secondsFromGMT(for: winter)) - zone.daylightSavingTimeOffset(for: winter)) / 3600
  }

  /// The offsets [s] that a wall clock reading may have: one, two where clocks go back, none where they jump.
  func offsets(_ zone: TimeZone, wall: Int) -> [Int] {
    var found: [Int] = []
    for probe in [-86_400, 86_400] {
      let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(wall + probe)))
      let utc = wall - offset
      if zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))) == offset, !found.contains(offset) {
        found.append(offset)
      }
    }
    return found.sorted(by: >)  // The larger offset, daylight saving, comes first in time.
  }
}

/// Time stamps of a column as seconds of UTC.
enum TimeStamps {
  static func seconds(
    _ table: CsvTable, _ column: Int, zone name: String, zones: TimeZones
  ) throws(SeriesFault) -> [Int] {
    guard let zone = TimeZone(identifier: name) else {
      throw SeriesFault(
        "'\(Node.short(name))' is not the name of a time zone.", advice: "Names look like 'Asia/Shanghai' or 'UTC'.",
        part: .time)
    }
    let changes = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: 0)) != nil
    let fixed = zone.secondsFromGMT(for: Date(timeIntervalSince1970: 1_735_689_600))
    var result: [Int] = []
    result.reserveCapacity(table.rows.count)
    var lastWall = Int.min
    var seen: [Int: Int] = [:]
    for row in table.rows {
      guard let cell = table.cell(column, row), let stamp = parse(cell) else {
        let text = table.cell(column, row).map { String(decoding: $0.prefix(30), as: UTF8.self) } ?? ""
        throw SeriesFault(
          "'\(text)' in row \(row.number) is not a time.", advice: "Times look like '2025-01-31T13:00'.", part: .data)
      }
      if let offset = stamp.offset {
        result.append(stamp.wall - offset)
        continue
      }
      guard changes else {
        result.append(stamp.wall - fixed)
        continue
      }
      let offsets = zones.offsets(zone, wall: stamp.wall)
      guard let first = offsets.first else {
        throw SeriesFault(
          "The time of row \(row.number), \(String(decoding: cell, as: UTF8.self)), does not exist in '\(name)': clocks jump over it.",
          advice: "Give the zone in which the file was written, e.g. 'UTC'.", part: .data)
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
    return result
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
    guard i < b.count else { return Stamp(wall: wall, offset: nil) }
    if b[i] == UInt8(ascii: "Z"), i + 1 == b.count { return Stamp(wall: wall, offset: 0) }
    guard b[i] == UInt8(ascii: "+") || b[i] == UInt8(ascii: "-"), let hours = number(i + 1, 2) else { return nil }
    let rest =
      i + 3 < b.count && b[i + 3] == UInt8(ascii: ":") ? number(i + 4, 2) : (i + 3 == b.count ? 0 : number(i + 3, 2))
    guard let rest, hours <= 18 else { return nil }
    let size = hours * 3600 + rest * 60
    return Stamp(wall: wall, offset: b[i] == UInt8(ascii: "-") ? -size : size)
  }

  /// `2025-01-31T13:00` of seconds since 1970.
  static func text(_ seconds: Double) -> String {
    let days = (seconds / 86_400).rounded(.down)
    return Horizon.Moment(date: CivilDate(dayNumber: Int(saturating: days)), hour: (seconds - days * 86_400) / 3600)
      .stamp
  }
}

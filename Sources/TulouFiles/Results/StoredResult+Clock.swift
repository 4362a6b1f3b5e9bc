import TulouQuantities

/// Hours of a stored result by their stamps: standard time of the project's zone, as `flows.csv` has them.
extension StoredResult {
  /// The step that begins at a stamp such as `2027-01-14T18`, or `2027-07-14T18+02:00` with an offset of its own; nil where
  /// there is none.
  package func step(_ stamp: String) -> Int? {
    if let t = stamps.firstIndex(of: stamp) { return t }
    let bytes = Array(stamp.utf8)
    if let read = TimeStamps.parse(bytes[...]) {
      if let clock, let offset = read.offset {
        return stamps.firstIndex(of: TimeStamps.text(Double(read.wall - offset + clock.standardSeconds)))
      }
      // Another spelling of the same time: `2027-01-14 18:00`.
      if stamp.count > 10, let t = stamps.firstIndex(of: TimeStamps.text(Double(read.wall))) { return t }
    }
    return stamps.firstIndex { $0.hasPrefix(stamp) }
  }

  /// A stamp as people are told it: which clock it is, and what the wall shows where that differs.
  func told(_ t: Int) -> String {
    let bytes = Array(stamps[t].utf8)
    guard let clock, clock.rules.changes.count > 1, let read = TimeStamps.parse(bytes[...]) else { return stamps[t] }
    let name = "\(stamps[t]), standard time of \(clock.zone) (\(clock.standardName))"
    let ahead = clock.ahead(atStandard: read.wall)
    return ahead == 0 ? name : name + "; the clock shows \(TimeStamps.text(Double(read.wall + ahead)))"
  }

  /// The project's clock; nil where the results name no known zone.
  private var clock: CivilClock? {
    guard let rules = TimeZones.rules(timeZone), let first = stamps.first, let day = CivilDate(first.prefix(10)) else {
      return nil
    }
    return CivilClock(rules, on: day)
  }
}

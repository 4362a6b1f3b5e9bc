import Foundation
import Synchronization
import TulouQuantities

/// The clocks of the world's zones by name.
///
/// Foundation carries the tables of the time zone database within itself (it found every zone's clock of 1970 to 2060
/// without the system's tables, equal to them), so a machine without `zoneinfo` gives the same results.
enum TimeZones {
  private static let known = Mutex<[String: ZoneRules]>([:])
  /// Years over which changes are looked up.
  private static let years = (first: 1900, last: 2150)

  /// The clock of `Europe/Berlin`, or of a fixed `UTC+5:30` or `+05:30`; nil where there is no such zone, or where the name
  /// is an abbreviation that several countries use.
  static func rules(_ name: String) -> ZoneRules? {
    if let rules = known.withLock({ $0[name] }) { return rules }
    guard let rules = ZoneRules(fixed: name) ?? found(name) else { return nil }
    known.withLock { $0[name] = rules }
    return rules
  }

  /// Abbreviations of the time zone database itself; others, such as CST or IST, mean several clocks.
  private static let plainNames: Set<String> = [
    "UTC", "GMT", "UCT", "CET", "EET", "MET", "WET", "PRC", "ROC", "ROK", "EST", "MST", "HST",
  ]

  private static func found(_ name: String) -> ZoneRules? {
    let isAbbreviation = name.count <= 4 && name.utf8.allSatisfy { $0 >= 65 && $0 <= 90 }
    guard !isAbbreviation || plainNames.contains(name), let zone = TimeZone(identifier: name) else { return nil }
    func seconds(_ year: Int) -> Double {
      Double(CivilDate(year: year, month: 1, day: 1).dayNumber) * 86_400
    }
    func standard(_ date: Date) -> Int {
      zone.secondsFromGMT(for: date) - Int(saturating: zone.daylightSavingTimeOffset(for: date).rounded())
    }
    var date = Date(timeIntervalSince1970: seconds(years.first))
    let end = Date(timeIntervalSince1970: seconds(years.last))
    let first = (zone.secondsFromGMT(for: date), standard(date))
    var changes: [ZoneRules.Change] = []
    while let next = zone.nextDaylightSavingTimeTransition(after: date), next < end, next > date {
      let change = ZoneRules.Change(
        utc: Int(saturating: next.timeIntervalSince1970.rounded()), offset: zone.secondsFromGMT(for: next),
        standard: standard(next))
      // Changes of the name alone change no clock.
      let before = changes.last.map { ($0.offset, $0.standard) } ?? first
      if before != (change.offset, change.standard) { changes.append(change) }
      date = next
    }
    return ZoneRules(name: name, first: first, changes: changes)
  }
}

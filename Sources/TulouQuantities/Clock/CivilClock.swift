/// The clock that people live by, beside the hours of a horizon, which are standard time all year.
///
/// Weather and the hours of a horizon follow the sun; prices, work and habits follow the clock on the wall, which in many
/// zones is put forward in summer (rule K11).
public struct CivilClock: Sendable, Hashable {
  /// What the clocks on the wall show.
  public let rules: ZoneRules
  /// Standard time of the horizon minus universal time [s].
  public let standardSeconds: Int

  /// The clock of a zone for a horizon that begins on `day`: its standard time is the one in force then.
  package init(_ rules: ZoneRules, on day: CivilDate) {
    self.rules = rules
    standardSeconds = rules.change(at: day.dayNumber * 86_400 - rules.changes[0].standard).standard
  }

  /// Universal time.
  public static let utc = CivilClock(.utc, on: CivilDate(year: 1970, month: 1, day: 1))

  /// Name of the zone.
  public var zone: String { rules.name }
  /// Standard time of the horizon minus universal time [h].
  public var standardHours: Double { Double(standardSeconds) / 3600 }
  /// `UTC+1`.
  public var standardName: String { ZoneRules.name(ofSeconds: standardSeconds) }

  /// How far the clock on the wall is ahead of the horizon's standard time [s] at a moment of it [s since 1970].
  public func ahead(atStandard seconds: Int) -> Int {
    rules.change(at: seconds - standardSeconds).offset - standardSeconds
  }

  /// The moment of the horizon's standard time [s since 1970] at which the wall shows `wall` [s since 1970].
  ///
  /// Where clocks are put back, `last` chooses the second of the two moments; where they are put forward over it, it is
  /// the moment at which they are.
  public func standard(ofWall wall: Int, last: Bool = false) -> Int {
    rules.utc(ofWall: wall, last: last) + standardSeconds
  }

  /// Hours of a month on the wall: 743 or 745 h of 31 days where clocks are changed.
  public func hours(ofMonth month: Int, year: Int) -> Double {
    let first = CivilDate(year: year, month: month, day: 1)
    let next = CivilDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
    guard rules.changes.count > 1 else { return Double((next.dayNumber - first.dayNumber) * 24) }
    return Double(standard(ofWall: next.dayNumber * 86_400) - standard(ofWall: first.dayNumber * 86_400)) / 3600
  }
}

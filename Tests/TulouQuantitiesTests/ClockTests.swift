import Testing
import TulouQuantities

/// Clocks by hand: an hour ahead from the last Sunday of March to the last of October at 01:00 of universal time, and a
/// southern one from October to April.
enum Clocks {
  static func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int) -> Int {
    CivilDate(year: year, month: month, day: day).dayNumber * 86_400 + hour * 3600
  }

  static let central = ZoneRules(
    name: "Central", first: (3600, 3600),
    changes: [
      .init(utc: utc(2027, 3, 28, 1), offset: 7200, standard: 3600),
      .init(utc: utc(2027, 10, 31, 1), offset: 3600, standard: 3600),
      .init(utc: utc(2028, 3, 26, 1), offset: 7200, standard: 3600),
      .init(utc: utc(2028, 10, 29, 1), offset: 3600, standard: 3600),
    ])

  static let south = ZoneRules(
    name: "South", first: (11 * 3600, 10 * 3600),
    changes: [
      .init(utc: utc(2027, 4, 3, 16), offset: 10 * 3600, standard: 10 * 3600),
      .init(utc: utc(2027, 10, 2, 16), offset: 11 * 3600, standard: 10 * 3600),
    ])

  static func year(_ rules: ZoneRules, _ year: Int = 2027, step: Double = 1) -> Horizon {
    Horizon.year(year, stepHours: step).by(rules)
  }
}

@Suite("Clocks") struct ClockTests {
  @Test("a wall that is put back shows an hour twice, one that is put forward leaves one out") func walls() {
    let zone = Clocks.central
    #expect(zone.offsets(ofWall: Clocks.utc(2027, 10, 31, 2)) == [7200, 3600])
    #expect(zone.offsets(ofWall: Clocks.utc(2027, 3, 28, 2)) == [])
    #expect(zone.offsets(ofWall: Clocks.utc(2027, 3, 28, 3)) == [7200])
    #expect(zone.utc(ofWall: Clocks.utc(2027, 10, 31, 2)) == Clocks.utc(2027, 10, 31, 0))
    #expect(zone.utc(ofWall: Clocks.utc(2027, 10, 31, 2), last: true) == Clocks.utc(2027, 10, 31, 1))
    #expect(zone.utc(ofWall: Clocks.utc(2027, 3, 28, 2)) == Clocks.utc(2027, 3, 28, 1))
  }

  @Test(
    "fixed clocks by name", arguments: [("UTC+5:30", 19_800), ("+05:30", 19_800), ("UTC-3", -10_800), ("-03", -10_800)])
  func fixed(text: String, seconds: Int) throws {
    let zone = try #require(ZoneRules(fixed: text))
    #expect(zone.change(at: 0).offset == seconds)
    #expect(ZoneRules(fixed: zone.name) == zone)
    for wrong in ["UTC", "5", "+5:60", "+15", "UTC+1:2:3", "Europe/Berlin", "+"] {
      #expect(ZoneRules(fixed: wrong) == nil)
    }
  }

  @Test("steps keep standard time, the wall is ahead in summer") func steps() {
    let year = Clocks.year(Clocks.central)
    #expect(year.clock.standardName == "UTC+1" && year.hasClockChanges)
    // 28 March is day 87, 31 October day 304: summer time from 02:00 to 02:00 of standard time.
    #expect(year.civil(86 * 24 + 1).stamp == "2027-03-28T01")
    #expect(year.civil(86 * 24 + 2).stamp == "2027-03-28T03")
    #expect(year.moment(86 * 24 + 2).stamp == "2027-03-28T02")
    #expect(year.civil(303 * 24 + 1).stamp == "2027-10-31T02")
    #expect(year.civil(303 * 24 + 2).stamp == "2027-10-31T02")
    #expect((0..<8760).count { year.ahead($0) == 3600 } == 217 * 24)
    #expect(year.civil(181 * 24 + 23).stamp == "2027-07-02T00")
    #expect(year.told(181 * 24 + 16) == "2027-07-01T16 standard time (17:00 on the clock)")
    #expect(year.told(0) == "2027-01-01T00 (standard time)")
    #expect(Horizon.year(2027).told(0) == "2027-01-01T00")
  }

  @Test("quarter hours, periods out of order, and the first hours of a horizon") func otherSteps() {
    let quarters = Clocks.year(Clocks.central, step: 0.25)
    #expect(quarters.civil((86 * 24 + 2) * 4 - 1).stamp == "2027-03-28T01:45")
    #expect(quarters.civil((86 * 24 + 2) * 4).stamp == "2027-03-28T03")
    let periods = Horizon(
      periods: [
        .init(start: CivilDate(year: 2027, month: 7, day: 1), steps: 24),
        .init(start: CivilDate(year: 2027, month: 1, day: 1), steps: 24),
        .init(start: CivilDate(year: 2027, month: 3, day: 28), steps: 24),
      ], stepHours: 1
    ).by(Clocks.central)
    #expect(periods.civil(0).stamp == "2027-07-01T01")
    #expect(periods.civil(23).stamp == "2027-07-02T00")
    #expect(periods.civil(24).stamp == "2027-01-01T00")
    #expect(
      [48, 49, 50, 71].map { periods.civil($0).stamp } == [
        "2027-03-28T00", "2027-03-28T01", "2027-03-28T03", "2027-03-29T00",
      ])
    #expect(periods.prefix(25).civil(24).stamp == "2027-01-01T00")
  }

  @Test("months on the wall: 743 and 745 hours are one month each, twelve in all") func months() {
    let months = Clocks.year(Clocks.central).civilMonths
    #expect(months.map(\.month) == Array(1...12))
    #expect(months.map { $0.runs.reduce(0) { $0 + $1.count } }[2] == 743)
    #expect(months.map { $0.runs.reduce(0) { $0 + $1.count } }[9] == 745)
    for month in months { #expect(abs(month.share - 1) < 1e-12, "\(month.key)") }
    // The last hour of March in standard time is the first of April on the wall.
    #expect(months[3].runs == [89 * 24 + 24 - 1..<(120 * 24 - 1)])
  }

  @Test("a year that begins and ends in summer time has twelve months too") func southernMonths() {
    let months = Clocks.year(Clocks.south).civilMonths
    #expect(months.map(\.key).first == "2027-01" && months.count == 12)
    #expect(months[0].runs == [0..<743, 8759..<8760])
    for month in months { #expect(abs(month.share - 1) < 1e-12, "\(month.key)") }
    #expect(months[3].runs.reduce(0) { $0 + $1.count } == 721)
    // From July on it begins in winter: the last hour is one of January.
    let half = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 7, day: 1), steps: 184 * 24)], stepHours: 1)
      .by(Clocks.south).civilMonths
    #expect(half.last?.key == "2028-01" && abs((half.last?.share ?? 0) - 1.0 / 744) < 1e-12)
    // A July of the north: its first hour is missed, the hour beyond stands for it.
    let july = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 7, day: 1), steps: 744)], stepHours: 1)
      .by(Clocks.central).civilMonths
    #expect(july.map(\.key) == ["2027-07"] && abs(july[0].share - 1) < 1e-12)
    // A day of it does not.
    let day = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 7, day: 31), steps: 24)], stepHours: 1)
      .by(Clocks.central).civilMonths
    #expect(day.map(\.key) == ["2027-07", "2027-08"] && day[1].runs == [23..<24])
  }

  @Test("the standard time is the one in force as the horizon begins") func lawChanges() {
    let rules = ZoneRules(
      name: "Moved", first: (7200, 7200),
      changes: [
        .init(utc: Clocks.utc(2016, 3, 27, 1), offset: 10_800, standard: 7200),
        .init(utc: Clocks.utc(2016, 9, 6, 21), offset: 10_800, standard: 10_800),
      ])
    let year = Clocks.year(rules, 2016)
    #expect(year.clock.standardName == "UTC+2" && year.civil(8783).stamp == "2017-01-01T00")
    #expect(Clocks.year(rules, 2017).clock.standardName == "UTC+3" && !Clocks.year(rules, 2017).hasClockChanges)
  }

  @Test("steps that do not divide a day are cut out of years by their share") func cut() {
    // Step of 5 h from 2 January: it begins 4 h into the fifth step of the year.
    let horizon = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 1, day: 2), steps: 2)], stepHours: 5)
    let values = horizon.cut { _ in (0..<1752).map(Double.init) }
    #expect(values == [4.8, 5.8])
  }
}

@Suite("Years of the calendar") struct CalendarYearTests {
  @Test("have a day more every fourth year, of full centuries every fourth")
  func hours() {
    for (year, hours) in [(2023, 8760), (2024, 8784), (1900, 8760), (2000, 8784), (2100, 8760)] {
      #expect(CivilDate.hours(inYear: year) == hours, "\(year)")
      #expect(Horizon.year(year).steps == hours, "\(year)")
    }
  }
}

import Testing
import TulouDemand
import TulouDocument
import TulouQuantities

@Suite("Demand profiles") struct DemandProfileTests {
  static let warm: DemandProfile.Temperature = { (whole) throws(ProjectFault) in
    (0..<whole.steps).map { 15 + 12 * (Double($0) / Double(whole.steps) - 0.5) * 2 }
  }

  @Test("R39: the yearly energy is exact for every archetype, ordinary and leap year", arguments: [2027, 2028])
  func exact(year: Int) throws {
    for archetype in Archetype.all {
      let profile = DemandProfile(archetype: archetype, annualEnergy: 1.1e6, temperature: Self.warm)
      for step in [1.0, 0.25, 3] {
        let series = try profile.series(over: .year(year, stepHours: step))
        #expect(series.count == Int(Double(CivilDate.hours(inYear: year)) / step))
        #expect(abs(series.reduce(0, +) * step - 1.1e6) < 1e-3, "\(archetype.name)")
        #expect(series.allSatisfy { $0 >= 0 })
      }
    }
  }

  @Test("a part of the year is a part of the whole year")
  func part() throws {
    let archetype = try #require(Archetype.named("village"))
    let profile = DemandProfile(
      archetype: archetype, annualEnergy: 1e6, tourism: .init(weeks: [5, 6, 18, 40], factor: 1.6), seed: 4)
    let whole = try profile.series(over: .year(2027))
    let week = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 2, day: 1), steps: 168)], stepHours: 1)
    #expect(try profile.series(over: week) == Array(whole[744..<912]))
    #expect(try profile.series(over: Horizon.year(2027).prefix(336)) == Array(whole[0..<336]))
    let across = Horizon(periods: [.init(start: CivilDate(year: 2027, month: 12, day: 31), steps: 48)], stepHours: 1)
    #expect(try profile.series(over: across)[0..<24] == whole[8736..<8760])
  }

  @Test("on the southern half of the earth the year is half a year off")
  func seasons() throws {
    func months(_ archetype: Archetype, isSouth: Bool) throws -> [Double] {
      var profile = DemandProfile(archetype: archetype, annualEnergy: 8760)
      profile.southernHemisphere = isSouth
      let series = try profile.series(over: .year(2027))
      var first = 0
      return (1...12).map { month in
        let hours = 24 * CivilDate.days(inMonth: month, of: 2027)
        defer { first += hours }
        return series[first..<(first + hours)].reduce(0, +) / Double(hours)
      }
    }
    var seasonal = 0
    for archetype in Archetype.all {
      guard let most = archetype.months.max(), let least = archetype.months.min(), most > 1.3 * least else { continue }
      seasonal += 1
      let north = try months(archetype, isSouth: false), south = try months(archetype, isSouth: true)
      for m in 0..<12 { #expect(abs(south[(m + 6) % 12] / north[m] - 1) < 0.12, "\(archetype.name), month \(m + 1)") }
    }
    #expect(seasonal > 1)
  }

  @Test("the same seed gives the same series, another another")
  func seeds() throws {
    let archetype = try #require(Archetype.named("dwelling"))
    let a = try DemandProfile(archetype: archetype, annualEnergy: 3000, seed: 7).series(over: .year(2027))
    let b = try DemandProfile(archetype: archetype, annualEnergy: 3000, seed: 7).series(over: .year(2027))
    let c = try DemandProfile(archetype: archetype, annualEnergy: 3000, seed: 8).series(over: .year(2027))
    #expect(a == b)
    #expect(a != c)
  }

  @Test("guests raise their weeks by the factor")
  func tourism() throws {
    let archetype = try #require(Archetype.named("village"))
    func weekShare(_ tourism: DemandProfile.Tourism?) throws -> Double {
      let series = try DemandProfile(
        archetype: archetype, annualEnergy: 1e6, tourism: tourism, dayVariability: 0, stepVariability: 0
      ).series(over: .year(2027))
      let days = (0..<365).filter {
        CivilDate(dayNumber: CivilDate(year: 2027, month: 1, day: 1).dayNumber + $0).isoWeek == 18
      }
      let inWeek = days.reduce(0) { $0 + series[($1 * 24)..<($1 * 24 + 24)].reduce(0, +) }
      return inWeek / (1e6 - inWeek)
    }
    let ratio = try weekShare(.init(weeks: [18], factor: 1.6)) / weekShare(nil)
    #expect(abs(ratio - 1.6) < 1e-9)
  }

  @Test("a closed Sunday and a holiday lie below a workday; two shifts work until 22 o'clock")
  func shifts() throws {
    let archetype = try #require(Archetype.named("workshop"))
    let holiday = CivilDate(year: 2027, month: 10, day: 1)
    let series = try DemandProfile(
      archetype: archetype, annualEnergy: 1.6e6, calendar: WorkCalendar(holidays: [holiday...holiday]),
      shifts: ShiftPattern(shifts: 2), closedWeekdays: [6], dayVariability: 0, stepVariability: 0
    ).series(over: .year(2027))
    func day(_ month: Int, _ day: Int) -> [Double] {
      let start = (CivilDate(year: 2027, month: month, day: day).dayOfYear - 1) * 24
      return Array(series[start..<(start + 24)])
    }
    let monday = day(6, 7), sunday = day(6, 6), saturday = day(6, 5)
    #expect(monday[21] > 5 * monday[22])
    #expect(monday == saturday)
    #expect(abs(sunday[12] / monday[12] - 0.15) < 1e-9)
    #expect(abs(day(10, 1)[12] / monday[12] - 0.35) < 1e-9)
  }

  @Test("a slope of -1.5 %/K follows the temperature")
  func slope() throws {
    let archetype = try #require(Archetype.named("constant"))
    let series = try DemandProfile(
      archetype: archetype, annualEnergy: 8760, temperatureSlope: -0.015, temperature: Self.warm
    ).series(over: .year(2027))
    #expect(abs(series[0] / series[4380] - (1 + 0.015 * 12)) < 1e-3)
  }

  @Test("what is outside validity is refused in words")
  func refusals() throws {
    let village = try #require(Archetype.named("village"))
    let heat = try #require(Archetype.named("heating"))
    func message(_ profile: DemandProfile) -> String {
      do {
        _ = try profile.series(over: .year(2027))
        return ""
      } catch { return error.description }
    }
    #expect(message(DemandProfile(archetype: village, annualEnergy: -1)).contains("yearly energy"))
    #expect(
      message(DemandProfile(archetype: village, annualEnergy: 1, shifts: .twoShifts)).contains(
        "does not work in shifts"))
    #expect(message(DemandProfile(archetype: heat, annualEnergy: 1)).contains("outdoor temperature"))
    let hot = DemandProfile(
      archetype: heat, annualEnergy: 1, temperature: { whole in [Double](repeating: 30, count: whole.steps) })
    #expect(message(hot).contains("zero in every hour"))
    #expect(Archetype.named("castle") == nil)
    #expect(Set(Archetype.all.map(\.name)).count == Archetype.all.count)
    #expect(Archetype.all.allSatisfy { !$0.source.isEmpty })
  }
}

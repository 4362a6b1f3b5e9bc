import Testing
import TulouDemand
import TulouQuantities

/// Which day has which shape.
@Suite("Workdays and weekends") struct WorkdayTests {
  /// One on workdays, two on weekends and holidays, times three on holidays.
  static let shape = Archetype(
    name: "made-up", title: "made up", workday: [Double](repeating: 1, count: 24),
    weekend: [Double](repeating: 2, count: 24), holidayFactor: 3, dayVariability: 0, stepVariability: 0, source: "test")

  @Test("Monday to Friday take the workday, Saturday and Sunday the weekend, a holiday its factor")
  func week() throws {
    var profile = DemandProfile(archetype: Self.shape, annualEnergy: 1000)
    let wednesday = CivilDate(year: 2027, month: 1, day: 6)
    profile.calendar = WorkCalendar(holidays: [wednesday...wednesday])
    // 2027-01-04 is a Monday.
    let monday = CivilDate(year: 2027, month: 1, day: 4)
    let week = Horizon(periods: [.init(start: monday, steps: 7 * 24)], stepHours: 1)
    let series = try profile.series(over: week)
    let days = (0..<7).map { day in series[(day * 24)..<(day * 24 + 24)].reduce(0, +) / series[0..<24].reduce(0, +) }
    for (found, expected) in zip(days, [1, 1, 6, 1, 1, 2, 2] as [Double]) { #expect(abs(found - expected) < 1e-9) }
  }
}

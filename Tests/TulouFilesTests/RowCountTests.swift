import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// The number of rows of a series without a time column says what they are (rule K3).
@Suite("Rows without stamps") struct RowCountTests {
  private func values(
    _ rows: Int, _ horizon: String, zone: String = "UTC", row: (Int) -> String = { "\($0)" }
  ) throws -> [Double] {
    try SeriesCase(
      horizon: horizon, zone: zone, files: ["a.csv": SeriesTests.rows("load", rows, row)],
      power: "{file: a.csv, column: load, unit: kW}"
    ).values()
  }

  private func fault(_ rows: Int, _ horizon: String) -> String {
    do {
      _ = try values(rows, horizon)
      return ""
    } catch { return (error as? ProjectFault)?.diagnostics.first?.message ?? "\(error)" }
  }

  @Test("the steps of the horizon, also of one that begins within a year") func steps() throws {
    let quarters = try values(35_040, "horizon: {start: 2027-01-01, step: 15 min}")
    #expect(quarters.count == 35_040 && quarters[35_039] == 35_039)
    #expect(try values(96, "horizon: {start: 2027-06-01, length: 1 d, step: 15 min}") == (0..<96).map(Double.init))
    #expect(try values(8784, "horizon: {start: 2027-07-01}")[8783] == 8783)
  }

  @Test("the hours of the year, held in finer steps and averaged in coarser ones") func hours() throws {
    #expect(try values(8760, "horizon: {start: 2027-02-01, length: 1 h, step: 15 min}") == [744, 744, 744, 744])
    #expect(try values(8760, "horizon: {start: 2027-02-01, length: 6 h, step: 3 h}") == [745, 748])
    #expect(try values(8784, "horizon: {start: 2028-12-31, length: 24 h}").last == 8783)
    // Two years that a horizon touches: 8760 and 8784 hours.
    #expect(try values(17_544, "horizon: {start: 2027-12-31, length: 48 h}") == (8736..<8784).map(Double.init))
  }

  @Test("the steps of the year") func stepsOfTheYear() throws {
    #expect(try values(17_520, "horizon: {start: 2027-01-02, length: 1 h, step: 30 min}") == [48, 49])
    #expect(try values(2920, "horizon: {start: 2027-01-02, length: 6 h, step: 3 h}") == [8, 9])
  }

  @Test("periods: all their steps in order, or the hours of the year") func periods() throws {
    let two = "periods: [{start: 2027-07-01, length: 2 h, weight: 100}, {start: 2027-01-02, length: 2 h, weight: 265}]"
    #expect(try values(4, two) == [0, 1, 2, 3])
    #expect(try values(8760, two) == [4344, 4345, 24, 25])
  }

  @Test("any other number is an error that names all counts") func wrong() {
    let leap = fault(8760, "horizon: {start: 2028-01-01}")
    #expect(leap.contains("8760 rows") && leap.contains("8784") && leap.contains("2028 is a leap year"))
    #expect(fault(8784, "horizon: {start: 2027-01-01}").contains("2027 is no leap year"))
    let part = fault(100, "horizon: {start: 2027-02-01, length: 1 d, step: 15 min}")
    for count in ["96 (the steps of the horizon)", "35040 (the steps of 2027)", "8760 (the hours of 2027)"] {
      #expect(part.contains(count), "\(part)")
    }
    #expect(fault(1000, "horizon: {start: 2028-01-01, length: 60 d}").contains("1440 (the steps of the horizon)"))
  }

  @Test("what was decided is listed, what looks like time is told of") func listed() throws {
    func findings(_ header: String, _ rows: Int, _ horizon: String, _ row: (Int) -> String, _ more: String = "") throws
      -> (
        assumed: String, warned: String
      )
    {
      let project = try SeriesCase(
        horizon: horizon, files: ["a.csv": SeriesTests.rows(header, rows, row)],
        power: "{file: a.csv, column: load, unit: kW\(more)}"
      ).project()
      return (
        project.assumptions.map { "\($0.path): \($0.value)" }.joined(separator: "\n"),
        project.warnings.map(\.message).joined(separator: "\n")
      )
    }
    let year = "horizon: {start: 2027-01-01, length: 1 d, step: 15 min}"
    let held = try findings("load", 8760, year, { "\($0)" })
    #expect(held.assumed.contains("demands.load.power: the hours of 2027, held constant over steps of 15 min"))
    #expect(!held.warned.contains("looks like time"))
    let steps = try findings("load", 96, year, { "\($0)" })
    #expect(steps.assumed.contains("demands.load.power: the steps of the horizon"))
    for (header, stamp) in [
      ("when,load", "2027-01-01T00:00"), ("Datum,load", "x"), ("when,load", "31.12.2027 23:45"), ("when,load", "13:00"),
    ] {
      #expect(
        try findings(header, 96, year, { "\(stamp),\($0)" }).warned.contains("looks like time"), "\(header) \(stamp)")
    }
    #expect(try !findings("hour,load", 96, year, { "\($0),\($0)" }).warned.contains("looks like time"))
    // Half a year of half hours has as many steps as a year has hours.
    let both = try findings("load", 8760, "horizon: {start: 2027-01-01, length: 4380 h, step: 30 min}", { "\($0)" })
    #expect(both.warned.contains("could be the hours of 2027 too"))
  }

  @Test("a list of values has one for each step") func list() throws {
    func read(_ count: Int) throws -> [Double] {
      try SeriesCase(
        horizon: "horizon: {start: 2027-01-01, length: 4 h}", files: [:],
        power: "{values: [\((0..<count).map(String.init).joined(separator: ", "))], unit: kW}"
      ).values()
    }
    #expect(try read(4) == [0, 1, 2, 3])
    for count in [3, 5] { #expect(throws: ProjectFault.self) { _ = try read(count) } }
  }

  @Test("the first hours of a run keep the rows of the whole") func firstHours() throws {
    let series = SeriesCase(
      horizon: "horizon: {start: 2027-06-01, length: 2 d}", files: ["a.csv": SeriesTests.rows("load", 48) { "\($0)" }],
      power: "{file: a.csv, column: load, unit: kW}")
    #expect(try series.values(hours: 5) == [0, 1, 2, 3, 4])
  }
}

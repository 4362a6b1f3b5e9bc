import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// Series with a time column: `time: {column, zone, stamp, format}` and `fill` (rule K3).
@Suite("Rows with stamps") struct StampTests {
  private func values(
    _ rows: [String], _ time: String, _ horizon: String = "horizon: {start: 2027-07-01, length: 4 h}",
    zone: String = "UTC",
    more: String = ""
  ) throws -> [Double] {
    try SeriesCase(
      horizon: horizon, zone: zone, files: ["a.csv": (["t;load"] + rows).joined(separator: "\n") + "\n"],
      power: "{file: a.csv, column: load, unit: kW, time: {column: t\(time)}\(more)}"
    ).values()
  }

  private func fault(_ read: () throws -> [Double]) -> String {
    do {
      return "\(try read())"
    } catch { return (error as? ProjectFault)?.diagnostics.first.map { $0.message + " " + $0.advice } ?? "\(error)" }
  }

  private let hours = (0..<5).map { "2027-07-01T0\($0):00;\($0)" }

  @Test("stamps close their intervals where that is said") func ends() throws {
    #expect(try values(hours, "") == [0, 1, 2, 3])
    #expect(try values(hours, ", stamp: end", "horizon: {start: 2027-07-01, length: 3 h}") == [1, 2, 3])
    let day = (1...24).map { "2027-07-01T\($0 < 10 ? "0" : "")\($0):00;\($0)" }
    #expect(try values(day, ", stamp: end", "horizon: {start: 2027-07-01, length: 24 h}") == (1...24).map(Double.init))
    // The end of the hour before clocks are put forward bears either name.
    for name in ["02:00", "03:00"] {
      let spring = ["01:00", name, "04:00"].enumerated().map { "2027-03-28T\($1);\($0)" }
      #expect(
        try values(
          spring, ", stamp: end, zone: Europe/Berlin", "horizon: {start: 2027-03-28, length: 3 h}",
          zone: "Europe/Berlin")
          == [0, 1, 2], "\(name)")
    }
  }

  @Test("formats of other countries") func formats() throws {
    let dots = (0..<4).map { "1.7.2027 \($0):00;\($0)" }
    #expect(try values(dots, ", format: dd.mm.yyyy hh:mm") == [0, 1, 2, 3])
    let american = ["12:00 AM", "1:00 AM", "2:00 AM", "3:00 AM"].enumerated().map { "7/1/2027 \($1);\($0)" }
    #expect(try values(american, ", format: mm/dd/yyyy hh:mm am") == [0, 1, 2, 3])
    let packed = (0..<4).map { "202707010\($0)00;\($0)" }
    #expect(try values(packed, ", format: yyyymmddhhmm") == [0, 1, 2, 3])
    // Points stand behind the day; strokes may stand behind either, and one day does not tell.
    #expect(try values(dots, "") == [0, 1, 2, 3])
    #expect(fault { try values(american, "") }.contains("'format: mm/dd/yyyy'"))
    #expect(fault { try values(dots, ", format: mm.dd.yyyy hh:mm") } != "[0.0, 1.0, 2.0, 3.0]")
    #expect(fault { try values(dots, ", format: nonsense") }.contains("is no format"))
    #expect(
      fault { try values(["31.13.2027 00:00;1", "1.1.2027 01:00;2"], ", format: dd.mm.yyyy hh:mm") }.contains("row 2"))
    #expect(fault { try values(["2027-07-01T24:30;1", "2027-07-02T01:30;2"], "") }.contains("2027-07-01T24:30"))
  }

  @Test("clocks: the site's unless one is given, and standard time without summer time") func zones() throws {
    // 00:00 to 03:00 on the wall of Berlin in July are 23:00 to 02:00 of standard time.
    let horizon = "horizon: {start: 2027-07-01, length: 3 h}"
    #expect(try values(hours, "", horizon, zone: "Europe/Berlin") == [1, 2, 3])
    #expect(try values(hours, ", zone: UTC+1", horizon, zone: "Europe/Berlin") == [0, 1, 2])
    #expect(try values(hours, ", zone: UTC+2", horizon, zone: "Europe/Berlin") == [1, 2, 3])
    let spring = (0..<5).map { "2027-03-28T0\($0):00;\($0)" }
    #expect(
      fault { try values(spring, "", "horizon: {start: 2027-03-28, length: 3 h}", zone: "Europe/Berlin") }
        .contains("'UTC+1' where it keeps standard time"))
    #expect(fault { try values(hours, ", zone: CST") }.contains("not the name of a time zone"))
  }

  @Test("without a zone of the site the hours are those of its longitude") func longitude() throws {
    let power = SeriesCase(
      horizon: "horizon: {start: 2027-07-01, length: 3 h}", site: "{latitude: 40 deg, longitude: 16 deg}",
      files: ["a.csv": (["t;load"] + (0..<5).map { "2027-07-01T0\($0):00Z;\($0)" } + [""]).joined(separator: "\n")],
      power: "{file: a.csv, column: load, unit: kW, time: {column: t}}")
    // Midnight at 16 deg east is 23:00 of the day before in Greenwich.
    #expect(fault { try power.values() }.contains("covers 2027-07-01T01"))
  }

  @Test("a file of the periods alone is enough, in any order, and a gap elsewhere does no harm") func periods() throws {
    let rows =
      (["2027-01-02", "2027-07-01"].flatMap { day in
        (0..<3).map { "\(day)T0\($0):00;\(day.hasPrefix("2027-01") ? $0 : 10 + $0)" }
      })
    let two = "periods: [{start: 2027-07-01, length: 2 h, weight: 100}, {start: 2027-01-02, length: 3 h, weight: 265}]"
    #expect(try values(rows, "", two) == [10, 11, 0, 1, 2])
    #expect(
      fault { try values(rows, "", "periods: [{start: 2027-07-01, length: 4 h, weight: 100}]") }.contains(
        "needs 2027-07-01T03"))
    #expect(
      fault { try values(rows, "", "periods: [{start: 2027-03-01, length: 4 h, weight: 100}]") }.contains(
        "instead of 60 min"))
  }

  @Test("gaps are filled by straight lines as far as is said") func fill() throws {
    let holes = ["00:00;0", "03:00;6", "04:00;7", "05:00;8"].map { "2027-07-01T\($0)" }
    #expect(fault { try values(holes, "") }.contains("instead of 60 min"))
    #expect(fault { try values(holes, "", more: ", fill: 1 h") }.contains("instead of 60 min"))
    #expect(try values(holes, "", more: ", fill: 2 h") == [0, 2, 4, 6])
    let empty = ["00:00;0", "01:00;", "02:00;NaN", "03:00;6", "04:00;7"].map { "2027-07-01T\($0)" }
    #expect(fault { try values(empty, "") }.contains("no number in rows 3, 4"))
    #expect(try values(empty, "", more: ", fill: 2 h") == [0, 2, 4, 6])
    #expect(
      try values(empty, "", "horizon: {start: 2027-07-01, length: 2 h, step: 30 min}", more: ", fill: 2 h") == [
        0, 0, 2, 2,
      ])
    #expect(
      fault { try values(["2027-07-01T00:00;", "2027-07-01T01:00;1"], "", more: ", fill: 2 h") }.contains("covers")
        == false)
    #expect(
      fault { try values(["2027-07-01T00:00;x", "2027-07-01T01:00;1"], "", more: ", fill: 2 h") }.contains("holds 'x'"))
  }
}

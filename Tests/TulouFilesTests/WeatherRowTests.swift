import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouQuantities

/// Rows and heads of weather files: what is no value of its field, minutes, counts; `check` looks at all that `resource` does.
@Suite("Rows of weather files") struct WeatherRowTests {
  private static let ground = "GROUND TEMPERATURES,1,.5,,,," + (1...12).map { "\($0)" }.joined(separator: ",")

  /// A day of EPW rows at Beijing; `row` may change the cells of a row.
  private static func epw(
    head: [String] = ["DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,1,Summer,Extreme,7/1,7/7", ground],
    perHour: Int = 1, row change: (_ row: Int, _ cells: inout [String]) -> Void = { _, _ in }
  ) -> String {
    var lines = ["LOCATION,Beijing,BJ,CHN,test,1,39.9,116.4,8.0,50"] + head
    lines += ["HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,a", "COMMENTS 2,b"]
    lines.append("DATA PERIODS,1,\(perHour),Data,Sunday, 6/ 1,6/ 1")
    for i in 0..<(24 * perHour) {
      let hour = i / perHour, sun = max(0, 600 * (1 - abs(Double(hour) - 11.5) / 6))
      var cells = [String](repeating: "0", count: 35)
      cells.replaceSubrange(
        0..<6, with: ["2021", "6", "1", "\(hour + 1)", "\((i % perHour + 1) * 60 / perHour)", "?9"])
      cells.replaceSubrange(6..<10, with: ["\(20 + Double(hour) / 10)", "10", "50", "101300"])
      cells[13] = "\(sun.rounded())"
      cells[14] = "9999"
      cells[15] = "9999"
      cells[20] = "180"
      cells[21] = "\(3 + Double(hour % 5))"
      change(i, &cells)
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func findings(_ text: String) throws -> [Diagnostic] {
    let file = try ScratchFolder.make().appendingPathComponent("w.epw")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return FileCheck.of(path: file.path).findings
  }

  @Test("a plain day is well")
  func plain() throws {
    let found = try findings(Self.epw())
    #expect(found.filter { $0.severity == .error }.isEmpty, "\(found)")
  }

  @Test(
    "a number beyond the code of a missing value is a fault with its line, nines are a code",
    arguments: [
      (13, "10050", "9999"), (6, "120", "999.9"), (21, "1500", "999"), (8, "5000", "9999"), (13, "-9500", "-9999"),
    ])
  func codes(column: Int, wrong: String, code: String) throws {
    let bad = try findings(Self.epw { i, cells in if i == 3 { cells[column] = wrong } })
    #expect(bad.contains { $0.severity == .error && $0.place?.line == 12 && $0.message.contains("beyond") }, "\(bad)")
    let good = try findings(Self.epw { i, cells in if i == 3 { cells[column] = code } })
    #expect(!good.contains { $0.severity == .error }, "\(good)")
  }

  @Test("minutes go on as they begin: an error where they order the rows, a warning where they do not")
  func minutes() throws {
    let hourly = try findings(Self.epw { i, cells in if i == 5 { cells[4] = "17" } })
    #expect(
      hourly.contains { $0.severity == .warning && $0.place?.line == 14 && $0.message.contains("17") }, "\(hourly)")
    let half = try findings(Self.epw(perHour: 2) { i, cells in if i == 5 { cells[4] = "30" } })
    #expect(half.contains { $0.severity == .error && $0.message.contains("must be 0") }, "\(half)")
    let word = try findings(Self.epw { i, cells in if i == 5 { cells[4] = "1e308" } })
    #expect(word.contains { $0.severity == .error && $0.message.contains("between 0 and 60") })
    #expect(try findings(Self.epw(perHour: 4)).allSatisfy { $0.severity != .error })
  }

  @Test("counts of the head are whole numbers, bounded, and those of what stands there")
  func counts() throws {
    for (line, isError) in [
      ("DESIGN CONDITIONS,1e18", true), ("DESIGN CONDITIONS,-3", true), ("DESIGN CONDITIONS,2", false),
      ("TYPICAL/EXTREME PERIODS,3,Summer,Extreme,7/1,7/7", false), ("TYPICAL/EXTREME PERIODS,0,Summer,a,b,c", false),
      (Self.ground.replacing("TEMPERATURES,1", with: "TEMPERATURES,2"), false),
      (Self.ground.replacing("TEMPERATURES,1", with: "TEMPERATURES,x"), true),
    ] {
      let found = try findings(Self.epw(head: [line, "a", "b"]))
      #expect(
        found.contains {
          $0.severity == (isError ? .error : .warning) && $0.place?.line == 2 && $0.message.contains("counts")
        },
        "\(line): \(found)")
    }
  }

  @Test("'check' tells what 'resource' tells: sun at night, another country's clock")
  func oneCode() throws {
    let night = Self.epw { i, cells in cells[13] = i < 3 ? "400" : "0" }
    for (text, words) in [
      (night, "sunshine at night"), (Self.epw().replacing("116.4,8.0", with: "116.4,1.0"), "h away from it"),
    ] {
      let weather = try WeatherFormat.epw.read(Array(text.utf8), name: "w")
      let survey = try ResourceSurvey.weather(weather).findings.filter { $0.severity != .note }
      let found = try findings(text)
      #expect(found.map(\.message) == survey.map(\.message))
      #expect(found.contains { $0.message.contains(words) }, "\(found)")
    }
  }

  @Test("a plain table of weather without a place is looked at as far as that goes")
  func plainTable() throws {
    let file = try ScratchFolder.make().appendingPathComponent("w.csv")
    let rows = (0..<48).map {
      "2021-01-0\(1 + $0 / 24)T\($0 % 24 < 10 ? "0" : "")\($0 % 24):00,\($0 == 7 ? 120 : $0 % 9)"
    }
    try "time,temperature [degC]\n\(rows.joined(separator: "\n"))\n".write(to: file, atomically: true, encoding: .utf8)
    let check = FileCheck.of(path: file.path)
    #expect(check.kind.contains("of no place"))
    #expect(check.findings.contains { $0.place?.line == 9 && $0.message.contains("120 is no possible") }, "\(check)")
    #expect(check.findings.contains { $0.message.contains("out of bounds") })
  }
}

import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// Further ways in which people and programs write the same series; all values are made up.
@Suite("Layouts of series: numbers, clocks and tables")
struct LayoutSiblingTests {
  private static let load: [Double] = (0..<48).map { Double(20 + ($0 * 37) % 61) + 0.25 }

  private func values(_ text: String, _ series: String, hours: Int = 48) throws -> [Double] {
    try SeriesCase(
      horizon: "horizon: {start: 2024-01-15, length: \(hours) h}", zone: "UTC", files: ["a.csv": text],
      power: "{file: a.csv, column: \(series)}"
    ).values()
  }

  private func message(_ text: String, _ series: String) -> String {
    do {
      _ = try values(text, series)
      return "read"
    } catch let fault as ProjectFault {
      return fault.diagnostics.map { $0.message + " " + $0.advice }.joined(separator: "\n")
    } catch { return "\(error)" }
  }

  private func rows(_ stamp: (Int) -> String, _ value: (Double) -> String, head: String) -> String {
    head + "\n" + Self.load.enumerated().map { stamp($0.offset) + value($0.element) + "\n" }.joined()
  }
  private func iso(_ i: Int) -> String { "2024-01-\(15 + i / 24) \(LayoutTests.clock(i))," }

  @Test("accounts write (12.50) and 12.50- for what is below zero")
  func negative() throws {
    for (a, b) in [("(", ")"), ("", "-")] {
      let text = rows(iso, { Int($0) % 2 == 0 ? "\(a)\($0)\(b)" : "\($0)" }, head: "time,Net (kW)")
      let folder = try ScratchFolder.make()
      try text.write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
      let column = try #require(try SeriesImport.look(path: folder.path + "/a.csv").columns.first)
      #expect(column.values == Self.load.map { Int($0) % 2 == 0 ? -$0 : $0 })
      #expect(column.line?.contains("net: true") == true)
    }
  }

  @Test("a unit behind each number is the unit of the file, one for all rows")
  func unitsInCells() throws {
    let text = rows(iso, { "\($0 * 1000) W" }, head: "time,load")
    #expect(try values(text, "load, time: {}") == Self.load)
    #expect(message(text, "load, unit: kW, time: {}").contains("'unit: W'"))
    let mixed = text.replacingOccurrences(of: "20250.0 W", with: "20.25 kW")
    #expect(message(mixed, "load, time: {}").contains("in one unit"))
  }

  @Test("per cent behind each number is a unit too")
  func percent() throws {
    let text = rows(iso, { "\($0) %" }, head: "time,availability")
    let folder = try ScratchFolder.make()
    try text.write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
    let column = try #require(try SeriesImport.look(path: folder.path + "/a.csv").columns.first)
    #expect(column.values == Self.load && column.unit == "%")
  }

  @Test("a file without any column of numbers is refused in words")
  func noNumbers() throws {
    let text = rows(iso, { "about \($0) or so" }, head: "time,load")
    let folder = try ScratchFolder.make()
    try text.write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
    let fault = #expect(throws: ProjectFault.self) { try SeriesImport.look(path: folder.path + "/a.csv") }
    #expect(fault?.diagnostics.first?.message.contains("no column of numbers") == true)
  }

  @Test(
    "hours written with signs, and units in Cyrillic and Chinese",
    arguments: [
      ("2024\u{5E74}1\u{6708}15\u{65E5} ", "\u{65F6}", "\u{7535}\u{529B}(\u{5343}\u{74E6})"),
      ("2024\u{5E74}1\u{6708}15\u{65E5} ", "\u{6642}00\u{5206}", "load [kW]"),
      ("15.01.2024 ", ":00", "\u{41D}\u{430}\u{433}\u{440}\u{443}\u{437}\u{43A}\u{430}, \u{43A}\u{412}\u{442}"),
    ])
  func signs(day: String, mark: String, head: String) throws {
    let text =
      "time;\(head)\n" + Self.load.prefix(24).enumerated().map { "\(day)\($0.offset)\(mark);\($0.element)\n" }.joined()
    let folder = try ScratchFolder.make()
    try text.write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
    let found = try SeriesImport.look(path: folder.path + "/a.csv")
    let column = try #require(found.columns.first)
    #expect(column.unit == "kW" && column.values == Array(Self.load.prefix(24)))
    #expect(found.text.contains("2024-01-15T00:00:00Z to 2024-01-16T00:00:00Z"))
  }

  @Test("clock times of digits alone, and a head such as power_w")
  func digits() throws {
    let text = rows(
      { "202401\(15 + $0 / 24),\($0 % 24 < 10 ? "0" : "")\($0 % 24)00," }, { "\($0 * 1000)" }, head: "date,time,power_w"
    )
    #expect(try values(text, "power_w") == Self.load)
  }

  @Test("microseconds since 1970")
  func micros() throws {
    let text = rows({ "\((1_705_276_800 + $0 * 3600) * 1_000_000)," }, { "\($0)" }, head: "ts,kW")
    #expect(try values(text, "kW, unit: kW, time: {}") == Self.load)
  }

  @Test("two tables under one and the same head are told apart by the line above")
  func captions() throws {
    let one = rows(iso, { "\($0)" }, head: "Meter A\ntime,kWh")
    let two = rows(iso, { "\($0 * 2)" }, head: "Meter B\ntime,kWh")
    #expect(message(one + "\n" + two, "kWh, unit: kWh").contains("'block: Meter A'"))
    #expect(try values(one + "\n" + two, "kWh, unit: kWh, block: Meter B") == Self.load.map { $0 * 2 })
  }

  /// Hours of two days around a change of clocks in Berlin, as its clocks show them.
  private func berlin(_ date: String, _ stamp: (Int, Bool) -> String) throws -> String {
    let day = try #require(CivilDate(date)).dayNumber * 86_400
    var text = "Zeit;kW\n"
    var n = 0
    for hour in 0..<48 {
      let isForward = date == "2024-03-30"
      if isForward && hour == 26 { continue }
      for copy in 0..<(!isForward && hour == 26 ? 2 : 1) {
        text += stamp(day + hour * 3600, copy == 1) + ";\(10 + n).5\n"
        n += 1
      }
    }
    return text
  }

  private func plain(_ seconds: Int) -> String {
    let day = CivilDate(dayNumber: seconds / 86_400)
    return "\(day) \(LayoutTests.clock(seconds % 86_400 / 3600))"
  }

  @Test("an hour that clocks leave out or show twice names the zone, it is no gap and no row to take out")
  func zones() throws {
    let folder = try ScratchFolder.make()
    for date in ["2024-03-30", "2024-10-26"] {
      try (try berlin(date) { seconds, _ in plain(seconds) }).write(
        toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
      let found = try SeriesImport.look(path: folder.path + "/a.csv")
      #expect(found.columns.first?.line?.contains("zone: Europe/Berlin") == true)
      #expect(found.facts.contains { $0.contains("as on the clocks of Europe/Berlin") })
      #expect(!found.facts.contains { $0.hasPrefix("gaps") })
      let case1 = SeriesCase(
        horizon: "horizon: {start: \(date), length: 40 h}", zone: "UTC",
        files: ["a.csv": try berlin(date) { seconds, _ in plain(seconds) }],
        power: "{file: a.csv, column: kW, unit: kW, time: {column: Zeit}}")
      #expect { _ = try case1.values() } throws: {
        ($0 as? ProjectFault)?.diagnostics.contains { $0.advice.contains("'zone: Europe/Berlin'") } == true
      }
    }
  }

  @Test("02A and 02B are the two hours of the change")
  func letters() throws {
    let text = try berlin("2024-10-26") { seconds, isSecond in
      let isDoubled = seconds % 86_400 == 7200 && plain(seconds).hasPrefix("2024-10-27")
      return isDoubled
        ? plain(seconds).replacingOccurrences(of: "02:00", with: isSecond ? "2B:00" : "2A:00") : plain(seconds)
    }
    let read = try SeriesCase(
      horizon: "horizon: {start: 2024-10-26, length: 46 h}", zone: "UTC", files: ["a.csv": text],
      power: "{file: a.csv, column: kW, unit: kW, time: {column: Zeit, zone: Europe/Berlin}}"
    ).values()
    #expect(read == (0..<46).map { Double(12 + $0) + 0.5 })
  }

  @Test("check looks at a workbook's columns, and tells a damaged one")
  func workbook() throws {
    let folder = try ScratchFolder.make()
    let csv =
      "time,load [kW],note [kWh]\n"
      + (0..<30).map { "2024-01-15 \(LayoutTests.clock($0 % 24)),\($0 % 7).5,3\n" }.joined()
    let bytes = ResultWorkbook.bytes(of: [(name: "flows.csv", bytes: Array(csv.utf8))])
    try Data(bytes).write(to: folder.appendingPathComponent("a.xlsx"))
    let found = FileCheck.of(path: folder.path + "/a.xlsx")
    #expect(found.kind.hasPrefix("workbook"))
    #expect(!found.findings.contains { $0.severity == .error }, "\(found.findings)")
    try Data(bytes.prefix(200)).write(to: folder.appendingPathComponent("b.xlsx"))
    #expect(FileCheck.of(path: folder.path + "/b.xlsx").findings.contains { $0.severity == .error })
  }

  @Test("a sheet's column that is named and empty does not hide the head")
  func emptyColumn() throws {
    let folder = try ScratchFolder.make()
    let csv =
      "Farm load export\n\nDate,Load [kW],Comment\n"
      + (0..<24).map { "2024-01-15 \(LayoutTests.clock($0)),\($0 % 7).5\n" }.joined()
    let bytes = ResultWorkbook.bytes(of: [(name: "load.csv", bytes: Array(csv.utf8))])
    try Data(bytes).write(to: folder.appendingPathComponent("a.xlsx"))
    let column = try #require(try SeriesImport.look(path: folder.path + "/a.xlsx").columns.first)
    #expect(column.name == "Load [kW]" && column.unit == "kW")
  }

  @Test("zones of North America change at one hour of the clock, so import asks which")
  func america() throws {
    let folder = try ScratchFolder.make()
    let day = try #require(CivilDate("2024-03-09")).dayNumber * 86_400
    let hours = (0..<72).filter { $0 != 26 }
    let text = "t,kW\n" + hours.map { plain(day + $0 * 3600) + ",\($0)\n" }.joined()
    try text.write(toFile: folder.path + "/a.csv", atomically: true, encoding: .utf8)
    let found = try SeriesImport.look(path: folder.path + "/a.csv")
    #expect(found.columns.allSatisfy { $0.line == nil })
    #expect(found.columns.first?.question?.contains("America/Chicago") == true)
  }
}

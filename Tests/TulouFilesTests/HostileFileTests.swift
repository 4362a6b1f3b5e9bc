import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities
import TulouResources

/// Numbers out of all range, torn tables, headers that lie: told with their place, and never taken.
@Suite("Hostile files") struct HostileFileTests {
  static func project(_ change: (String, String) = ("", "")) -> String {
    let text = """
      tulou: 1
      horizon: {start: 2025-01-01, length: 48 h}
      economy: {currency: EUR, real_discount_rate: 5 %}
      members: {v: {kind: village, population: 900}}
      demands: {load: {member: v, bus: ac, power: 40 kW}}
      components:
        pv: {kind: source, bus: ac, class: S.sun, availability: 20 %, capacity: {max: 200 kW}, capital: 700 EUR/kW, life: 25 y}
        set: {kind: generator, fuel: tank, power: ac, efficiency: 35 %, capacity: {fixed: 60 kW}, capital: 500 EUR/kW, life: 10 y}
      carriers: {oil: {kind: fuel, heating_value: 10 kWh/l}}
      buses: {ac: {carrier: electricity}, tank: {carrier: oil}}
      markets:
        grid: {bus: ac, class: N, buy: 0.20 EUR/kWh, emission: 0.5 kg/kWh, outages: {mean_interval: 20 d, duration: 2 h, seed: 1}}
        fuel: {bus: tank, class: N, buy: 1.2 EUR/l, emission: 2.6 kg/l}
      """
    return change.0.isEmpty ? text : text.replacingOccurrences(of: change.0, with: change.1)
  }

  private func findings(_ text: String) -> [String] {
    ProjectReader.check(text: text, path: "p.yaml").filter { $0.severity == .error }.map(\.message)
  }

  @Test("the project that the others are made of is read") func plain() { #expect(findings(Self.project()).isEmpty) }

  @Test(
    "numbers beyond 1e15, next to nothing, and lives below a month are refused by key",
    arguments: [
      ("max: 200 kW", "max: 1e20 kW", "'max' is 1e20 kW, but has to be between -1e15 kW and 1e15 kW"),
      ("0.20 EUR/kWh", "1e308 EUR/kWh", "'buy' is 1e308 EUR/kWh"),
      ("duration: 2 h", "duration: 1e19 h", "'duration' is"),
      ("population: 900", "population: 1e-300", "'population' is 1e-300"),
      ("life: 25 y", "life: 1 s", "'life' is 1 s, but has to be between a month and 1000 years"),
      ("life: 10 y", "life: 29 d", "'life' is 29 d"),
      ("700 EUR/kW", "{value: 1e14 EUR/kW, scale: 1e10}", "'capital' is"),
      (
        "power: 40 kW", "power: {values: [1e300\(String(repeating: ", 1", count: 47))], unit: kW}",
        "'power' is 1e+300 at 2025-01-01T00"
      ),
      ("real_discount_rate: 5 %", "real_discount_rate: 1e17 %", "'real_discount_rate' is"),
    ])
  func ranges(old: String, new: String, words: String) {
    let found = findings(Self.project((old, new)))
    #expect(found.contains { $0.contains(words) }, "\(found)")
  }

  @Test("every number of a project may be made huge, tiny or nothing, and the reader says so or takes it")
  func everyNumber() throws {
    let text = Self.project()
    let numbers = text.matches(of: /[^A-Za-z0-9_.-](\d+\.?\d*)/)
    #expect(numbers.count > 20)
    for number in numbers {
      for other in ["1e300", "-1e300", "1e-300", "9223372036854775807", "nan", "0", "-1"] {
        var changed = text
        changed.replaceSubrange(number.output.1.startIndex..<number.output.1.endIndex, with: other)
        _ = ProjectReader.check(text: changed, path: "p.yaml")
      }
    }
  }

  private func table(_ text: String, more: String = "") throws -> [String] {
    let folder = try ScratchFolder.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(to: folder.appendingPathComponent("load.csv"), atomically: true, encoding: .utf8)
    let project = Self.project(("power: 40 kW", "power: {file: load.csv, column: load, unit: kW\(more)}"))
    return ProjectReader.check(text: project, path: folder.path + "/p.yaml").filter { $0.severity == .error }
      .map(\.message)
  }

  @Test("torn tables are refused with their row")
  func tables() throws {
    func rows(_ head: String, _ row: (Int) -> String) -> String {
      ([head] + (0..<48).map(row)).joined(separator: "\n") + "\n"
    }
    #expect(try table(rows("t,load") { "\($0),5" } + "\n\n").isEmpty)
    // One name and rows of two groups of digits: two cells, or a decimal comma where the project says so.
    #expect(try table(rows("load") { _ in "10,5" }).contains { $0.contains("Row 2 has 2 cells, but the header has 1") })
    #expect(try table(rows("load") { _ in "10,5" }, more: ", decimal: \",\"").isEmpty)
    #expect(try table(rows("load,t") { $0 == 5 ? "10,5,1" : "10,5" }).contains { $0.contains("Row 7 has 3 cells,") })
    #expect(try table(rows("t;load") { $0 == 7 ? "\($0)" : "\($0);5" }).contains { $0.contains("Row 9 has 1 cell,") })
    #expect(try table(rows("load") { $0 == 9 ? " " : "5" }).contains { $0.contains("Row 11 is empty") })
    #expect(try table(rows("t,load,load") { _ in "1,2,3" }).contains { $0.contains("has 2 columns 'load'") })
    #expect(
      try table(rows("t,load") { $0 == 3 ? "\"3,5" : "1,5" }).contains { $0.contains("Row 5 has 1 cell,") })
  }

  private func fault(_ bytes: [UInt8], _ format: WeatherFormat) -> String {
    do { _ = try format.read(bytes, name: "w") } catch { return error.description }
    return ""
  }

  @Test("weather files: counts of the header are bounded, days are compared, rows are whole")
  func weather() {
    let epw = Self.epw()
    #expect(fault(epw, .epw).isEmpty)
    func changed(_ old: String, _ new: String) -> [UInt8] {
      Array(String(decoding: epw, as: UTF8.self).replacing(old, with: new, maxReplacements: 1).utf8)
    }
    for count in ["1000000000", "0", "7", "-1", "x"] {
      #expect(fault(changed("DATA PERIODS,1,1", "DATA PERIODS,1,\(count)"), .epw).contains("records an hour"))
    }
    #expect(fault(changed("2005,1,2,5", "2005,1,3,5"), .epw).contains("w:37:1: error"))
    let shifted = String(decoding: epw, as: UTF8.self).replacing("2005,1,2,", with: "2005,1,4,")
    #expect(fault(Array(shifted.utf8), .epw).contains("must be 1/2"))
    #expect(fault(changed("2005,1,1,3,60,9,", "2005,1,1,3,60,9,5,"), .epw).contains("36 cells where 35"))
    #expect(fault(changed("2005,1,1,3,", "\n2005,1,1,3,"), .epw).contains("line is empty"))
    let offset =
      "{\"inputs\": {\"location\": {\"latitude\": 4, \"longitude\": 8, \"irradiance_time_offset\": 1e300}}, \"outputs\": {\"tmy_hourly\": []}}"
    #expect(fault(Array(offset.utf8), .pvgis).contains("time offset"))
  }

  static func epw(days: Int = 2) -> [UInt8] {
    var text = "LOCATION,Town,Province,CHN,CSWD,589180,25.05,116.42,8.0,198.0\n"
    for line in ["DESIGN CONDITIONS,0", "TYPICAL,0", "GROUND,0", "HOLIDAYS", "COMMENTS 1", "COMMENTS 2"] {
      text += line + "\n"
    }
    text += "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n"
    for row in 0..<(days * 24) {
      text +=
        "2005,1,\(row / 24 + 1),\(row % 24 + 1),60," + [String](repeating: "9", count: 30).joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  @Test("check knows every kind of file")
  func kinds() throws {
    let folder = try ScratchFolder.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    func check(_ name: String, _ bytes: [UInt8]) throws -> FileCheck {
      let file = folder.appendingPathComponent(name)
      try Data(bytes).write(to: file)
      return FileCheck.of(path: file.path)
    }
    let epw = try check("w.epw", Self.epw())
    #expect(epw.kind == "weather (epw), 48 rows" && !epw.findings.contains { $0.severity == .error })
    #expect(try check("torn.epw", Array(Self.epw().dropLast(100))).findings.contains { $0.severity == .error })
    let table = try check("t.csv", Array("a,b\n1,2\n".utf8))
    #expect(table.kind == "table of 1 rows and 2 columns" && table.findings.isEmpty)
    #expect(try check("t.csv", Array("a,b\n1,2,3\n".utf8)).findings.first?.message.contains("Row 2") == true)
    let carbon = FileCheck.of(path: SharedFolder.packageRoot + "/Examples/yanqing/yanqing.yaml")
    #expect(carbon.kind == "carbon account" && !carbon.findings.contains { $0.severity == .error })
    let project = try check("p.yaml", Array(Self.project().utf8))
    #expect(project.kind == "project" && !project.findings.contains { $0.severity == .error })
    try ProjectReader.open(path: folder.path + "/p.yaml").lock(version: "test").write(to: folder.path)
    #expect(FileCheck.of(path: folder.path + "/project.lock.yaml").kind == "lock file")
    let answers = try check("a.txt", Array("My valley\nnowhere at all\nYongding\n".utf8))
    #expect(answers.kind == "answers to 'tulou init'")
    #expect(answers.findings.first?.place?.line == 2 && answers.findings.first?.severity == .error)
    #expect(FileCheck.of(path: folder.path + "/none").findings.first?.message.contains("no file") == true)
  }

  @Test("names of weather years are ids, for they name folders", arguments: ["..", "a/b", "", " ", "x\u{202E}y"])
  func yearNames(name: String) {
    let years =
      "weather_years: [{name: \"\(name)\", set: {demands.load.power: x1.1}}, {name: b, set: {demands.load.power: x1}}]"
    #expect(!findings(Self.project() + "\n" + years).isEmpty)
    #expect(findings(Self.project() + "\n" + years.replacingOccurrences(of: "\"\(name)\"", with: "2019-a")).isEmpty)
  }
}

import Foundation
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

/// A folder of its own with a project over some CSV files.
struct SeriesCase {
  var horizon: String
  var zone = "UTC"
  /// In place of the zone alone.
  var site = ""
  var files: [String: String]
  var power: String

  func values(hours: Int? = nil) throws -> [Double] { try project(hours: hours).demands[0].power }

  func project(hours: Int? = nil) throws -> Project {
    let folder = NSTemporaryDirectory() + "/tulou-series-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    let text = """
      tulou: 1
      site: \(site.isEmpty ? "{time_zone: \(zone)}" : site)
      \(horizon)
      economy: {currency: USD, real_discount_rate: 5 %}
      demands: {load: {bus: ac, power: \(power)}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh}}
      """
    return try ProjectReader.read(text: text, path: folder + "/p.yaml", options: .init(hours: hours))
  }
}

@Suite("Series from files")
struct SeriesTests {
  static func rows(_ header: String, _ count: Int, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<count).map(row).joined(separator: "\n") + "\n"
  }

  @Test("without a time column are the hours of the calendar year")
  func byPosition() throws {
    let file = Self.rows("hour,load", 8760) { "\($0),\($0)" }
    let power = try SeriesCase(
      horizon: "horizon: {start: 2025-02-01, length: 24 h}", files: ["a.csv": file],
      power: "{file: a.csv, column: load, unit: MW, scale: 50 %}"
    ).values()
    let expected: [Double] = (0..<24).map { hour in Double(744 + hour) * 500 }
    #expect(power == expected)
  }

  @Test("of a year are too short for a leap year")
  func leap() throws {
    let file = Self.rows("load", 8760) { "\($0)" }
    let year = SeriesCase(
      horizon: "horizon: {start: 2028-01-01}", files: ["a.csv": file], power: "{file: a.csv, column: load, unit: kW}")
    #expect(throws: ProjectFault.self) { _ = try year.values() }
    var part = year
    part.horizon = "horizon: {start: 2028-01-01, length: 60 d}"
    #expect(throws: ProjectFault.self) { _ = try part.values() }
  }

  @Test("of quarters of an hour keep their energy, also across steps that do not divide")
  func resampling() throws {
    let file = Self.rows("time;load", 4 * 24) { i in
      "2025-03-01T\(String(format: "%02d:%02d", i / 4, i % 4 * 15));\((i * 7) % 11)"
    }
    let written: [Double] = (0..<96).map { quarter in Double((quarter * 7) % 11) }
    let total = written.reduce(0, +) / 4
    func means(_ step: String) throws -> [Double] {
      try SeriesCase(
        horizon: "horizon: {start: 2025-03-01, length: 24 h, step: \(step)}", files: ["a.csv": file],
        power: "{file: a.csv, column: load, unit: kW, time: {column: time}}"
      ).values()
    }
    let hourly = try means("1 h")
    let expected: [Double] = (0..<24).map { hour in
      let quarters = written[(4 * hour)..<(4 * hour + 4)]
      return quarters.reduce(0, +) / 4
    }
    #expect(hourly == expected)
    let steps: [(String, Double)] = [("3 h", 3), ("40 min", 2.0 / 3), ("5 min", 1.0 / 12), ("24 h", 24)]
    for (step, hours) in steps {
      let values = try means(step)
      let energy = values.reduce(0, +) * hours
      #expect(abs(energy - total) < 1e-9, "\(step)")
    }
  }

  @Test("of another zone are moved to the horizon's standard time")
  func zones() throws {
    let file = Self.rows("time,load", 48) { i in
      "\(CivilDate(dayNumber: 20_148 + i / 24))T\(String(format: "%02d", i % 24)):00Z,\(i)"
    }
    let start = CivilDate(dayNumber: 20_149)
    let power = try SeriesCase(
      horizon: "horizon: {start: \(start), length: 8 h}", zone: "Asia/Shanghai", files: ["a.csv": file],
      power: "{file: a.csv, column: load, unit: kW, time: {column: time}}"
    ).values()
    // Midnight in Shanghai is 16:00 of the day before in Greenwich.
    let expected: [Double] = [16, 17, 18, 19, 20, 21, 22, 23]
    #expect(power == expected)
  }

  @Test("written by a clock that is put back hold both hours")
  func clockGoesBack() throws {
    // 26 October 2025 in Berlin: 02:00 stands twice.
    let stamps = ["00:00", "01:00", "02:00", "02:00", "03:00", "04:00"]
    let file = "time,load\n" + stamps.enumerated().map { "2025-10-26T\($1),\($0)" }.joined(separator: "\n") + "\n"
    // Standard time of the first row is 23:00 of the day before, so the horizon's midnight is the second row.
    let power = try SeriesCase(
      horizon: "horizon: {start: 2025-10-26, length: 5 h}", zone: "Europe/Berlin", files: ["a.csv": file],
      power: "{file: a.csv, column: load, unit: kW, time: {column: time, zone: Europe/Berlin}}"
    ).values()
    #expect(power == [1, 2, 3, 4, 5])
  }

  @Test("written by a clock that is put forward miss no hour")
  func clockGoesForward() throws {
    let stamps = ["00:00", "01:00", "03:00", "04:00"]
    let file = "time,load\n" + stamps.enumerated().map { "2025-03-30T\($1),\($0)" }.joined(separator: "\n") + "\n"
    let power = try SeriesCase(
      horizon: "horizon: {start: 2025-03-30, length: 4 h}", zone: "Europe/Berlin", files: ["a.csv": file],
      power: "{file: a.csv, column: load, unit: kW, time: {column: time, zone: Europe/Berlin}}"
    ).values()
    #expect(power == [0, 1, 2, 3])
  }

  @Test(
    "a stamp that stands twice with two values is an error that names the row",
    arguments: [
      (["00:00", "01:00", "01:00", "02:00"], 4), (["00:00", "00:00", "01:00", "02:00"], 3),
    ])
  func duplicates(stamps: [String], row: Int) {
    let rows = stamps.enumerated().map { "2025-03-30T\($1),\($0)" }
    let file = "time,load\n" + rows.joined(separator: "\n") + "\n"
    let wrong = SeriesCase(
      horizon: "horizon: {start: 2025-03-30, length: 2 h}", files: ["a.csv": file],
      power: "{file: a.csv, column: load, unit: kW, time: {column: time}}")
    do {
      _ = try wrong.values()
      Issue.record("it was read")
    } catch {
      let message = (error as? ProjectFault)?.diagnostics.first?.message ?? ""
      #expect(message == "The time of row \(row) is not after that of the row before.")
    }
  }

  @Test("with quotes, semicolons, a byte order mark and Windows line ends are read")
  func dialects() throws {
    let file =
      "\u{FEFF}\"time of day\";\"load, kW\"\r\n" + (0..<8760).map { "\"a;b\"; \($0) " }.joined(separator: "\r\n")
      + "\r\n"
    let power = try SeriesCase(
      horizon: "horizon: {start: 2025-01-01, length: 3 h}", files: ["a.csv": file],
      power: "{file: a.csv, column: \"load, kW\", unit: kW}"
    ).values()
    #expect(power == [0, 1, 2])
  }

  @Test("representative periods take their own hours")
  func periods() throws {
    let file = Self.rows("load", 8760) { "\($0)" }
    let power = try SeriesCase(
      horizon:
        "periods: [{start: 2025-01-02, length: 24 h, weight: 100}, {start: 2025-07-01, length: 24 h, weight: 265}]",
      files: ["a.csv": file], power: "{file: a.csv, column: load, unit: kW}"
    ).values()
    #expect(power.count == 48 && power[0] == 24 && power[24] == 181 * 24)
  }
}

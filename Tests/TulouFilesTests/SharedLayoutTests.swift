import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Files in 44 layouts (`../shared/found/layouts`): read right by one line, asked for, or refused; never a wrong reading.
@Suite("Layouts with known values", .enabled(if: SharedFolder.isPresent))
struct SharedLayoutTests {
  struct Case: Decodable, CustomTestStringConvertible {
    struct Column: Decodable {
      var column: String
      var unit: String?
      var total_kwh: Double?
      var first_kw: Double?, last_kw: Double?, max_kw: Double?, min_kw: Double?
    }
    var id: String, file: String, zone: String, stamp: String, outcome: String
    var step_minutes: Int, steps: Int
    var first_utc: [String]?
    var columns: [Column]
    var testDescription: String { id }
  }
  private struct Cases: Decodable { var cases: [Case] }

  static let cases: [Case] = {
    guard let text = try? SharedFolder.text("found/layouts/expected.json") else { return [] }
    return (try? JSONDecoder().decode(Cases.self, from: Data(text.utf8)))?.cases.filter { $0.first_utc != nil } ?? []
  }()

  /// The lines that cases ask for.
  private static let answers: [String: (column: String?, more: String, time: String)] = [
    "two-steps": ("6", "", ""), "ambiguous-day": (nil, "", "format: dd/mm/yyyy"), "sam": (nil, "", "year: 2023"),
    "ninja": (nil, "", "column: time"), "sep-line": (nil, ", fill: zero", ""),
    "gap-double": (nil, ", fill: interpolate", ""),
  ]

  private func power(_ one: Case, _ column: Case.Column) throws -> [Double] {
    let start = try #require(one.first_utc?.first)
    let day = String(start.prefix(10)), hour = Int(start.dropFirst(11).prefix(2)) ?? 0
    // The horizon begins at a midnight of a clock that shows it at the first interval.
    let offset = (24 - hour) % 24
    // Half hours of a clock are those of the file's own zone.
    let isWhole = start.dropFirst(14).prefix(2) == "00"
    let zone = !isWhole ? one.zone : offset == 0 ? "UTC" : offset <= 14 ? "UTC+\(offset)" : "UTC-\(24 - offset)"
    let date = try #require(CivilDate(day))
    let first = CivilDate(dayNumber: date.dayNumber + (offset > 0 && offset <= 14 ? 1 : 0))
    let folder = try ScratchFolder.make()
    try FileManager.default.copyItem(
      atPath: (SharedFolder.path ?? "") + "/found/layouts/" + one.file, toPath: folder.path + "/" + one.file)
    let answer = Self.answers[one.id]
    let unit = column.unit?.split(separator: " ").first.map(String.init) ?? "kW"
    let zoneWord = one.zone.hasPrefix("local") ? "UTC" : one.zone
    var time = "zone: \(zoneWord)"
    if one.stamp.hasPrefix("end") { time += ", stamp: end" }
    if let more = answer?.time, !more.isEmpty { time += ", " + more }
    let isNet = (column.min_kw ?? 0) < 0
    let length = Double(one.steps) * Double(one.step_minutes) / 60
    let series =
      "{file: \(one.file), column: \"\(answer?.column ?? column.column)\", unit: \(unit)\(answer?.more ?? ""), time: {\(time)}\(isNet ? ", net: true" : "")}"
    let text = """
      tulou: 1
      site: {time_zone: "\(zone)"}
      horizon: {start: \(first), length: \(length) h, step: \(one.step_minutes) min}
      economy: {currency: USD, real_discount_rate: 5 %}
      buses: {ac: {carrier: electricity, spill: true}}
      demands: {load: {bus: ac, power: \(series)}}
      components: {fed: {kind: source, bus: ac, class: S.sun, natural: \(isNet ? series : "1 kW")}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh}}
      """
    return try ProjectReader.read(text: text, path: folder.path + "/p.yaml").demands[0].power
  }

  @Test("are read right, or refused", arguments: cases)
  func layout(one: Case) throws {
    for column in one.columns where column.total_kwh != nil {
      if one.outcome == "refuse" { continue }
      let values = try power(one, column)
      let total = values.reduce(0, +) * Double(one.step_minutes) / 60
      let isNet = (column.min_kw ?? 0) < 0
      let expected = try #require(column.total_kwh)
      if isNet {
        #expect(total > expected)
      } else {
        #expect(abs(total - expected) <= 1e-6 * max(1, abs(expected)), "\(column.column) \(total) \(expected)")
        #expect(Measured.isWithin("layouts.energy", abs(total - expected) / max(1, abs(expected))), "\(column.column)")
        if one.id != "home-assistant" {
          #expect(abs(values[0] - (column.first_kw ?? 0)) <= 1e-6 * max(1, abs(values[0])))
          #expect(abs((values.last ?? 0) - (column.last_kw ?? 0)) <= 1e-6 * max(1, abs(values[0])))
        }
      }
    }
    if one.outcome == "refuse" {
      #expect(throws: ProjectFault.self) {
        _ = try power(one, Case.Column(column: "kWh", unit: "kWh"))
      }
    }
  }
}

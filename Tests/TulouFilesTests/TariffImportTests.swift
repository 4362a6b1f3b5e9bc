import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// Tariffs of OpenEI whose charges and tiers differ by season, by day and by length of month.
@Suite("Import of tariffs")
struct TariffImportTests {
  private func market(_ json: String) throws -> String {
    let folder = try ScratchFolder.make()
    try json.write(toFile: folder.path + "/t.json", atomically: true, encoding: .utf8)
    guard case .tariff(let tariff)? = try ForeignProject.find(path: folder.path + "/t.json", currency: nil) else {
      return ""
    }
    let text = """
      tulou: 1
      site: {time_zone: UTC}
      horizon: {start: 2025-01-01}
      economy: {currency: USD, real_discount_rate: 5 %}
      demands: {load: {bus: ac, power: 10 kW}}
      markets:
        grid:
          bus: ac
          class: N

      """ + tariff.market.split(separator: "\n").map { "    " + $0 + "\n" }.joined()
    #expect(throws: Never.self) { _ = try ProjectReader.read(text: text, path: "p.yaml") }
    return tariff.market
  }

  private let flat = "[" + [String](repeating: "0", count: 24).joined(separator: ",") + "]"
  private let work = "[" + (0..<24).map { (8..<20).contains($0) ? "1" : "0" }.joined(separator: ",") + "]"
  private func year(_ day: String) -> String {
    "[" + [String](repeating: day, count: 12).joined(separator: ",") + "]"
  }

  private func message(_ json: String) -> String {
    do {
      return try "read: " + market(json)
    } catch let fault as ProjectFault {
      return fault.diagnostics.map(\.message).joined(separator: "\n")
    } catch { return "\(error)" }
  }

  @Test("what would be dropped or taken for zero in silence is refused by name")
  func refused() {
    let always = "\"energyweekdayschedule\": \(year(flat)), \"energyweekendschedule\": \(year(flat))"
    let energy = "\"energyratestructure\": [[{\"rate\": 0.1}]], \(always)"
    #expect(
      message("{\"energyratestructure\": [[{\"rate\": \"8.5 c\"}]], \(always)}").contains(
        "'rate' of tier 1 in period 0 of 'energyratestructure' is no number: '8.5 c'"))
    #expect(message("{\"energyratestructure\": [[{\"rate\": \"0.085\"}]], \(always)}").contains("buy: 0.085 USD/kWh"))
    #expect(
      message("{\"energyratestructure\": [[{\"rate\": 0.1}]], \"energyweekdayschedule\": \(year(work))}").contains(
        "'energyweekdayschedule' is not twelve months"))
    #expect(
      message("{\"energyratestructure\": [[{\"rate\": 0.1}, {\"rate\": 0.2}]], \(always)}").contains("has no 'max'"))
    #expect(
      message("{\(energy), \"flatdemandstructure\": [[{\"rate\": 5}]], \"flatdemandmonths\": [0, 0]}").contains(
        "'flatdemandmonths' does not name"))
    #expect(
      message("{\(energy), \"demandratestructure\": [[{\"rate\": 5}]]}").contains(
        "'demandratestructure' has rates, but"))
  }

  @Test("rates of power per hp, kVA or day are not taken per kW in silence")
  func unitsOfPower() throws {
    func json(_ unit: String) -> String {
      """
      {"energyratestructure": [[{"rate": 0.1}]], "energyweekdayschedule": \(year(flat)), "energyweekendschedule": \(year(flat)),
       "flatdemandstructure": [[{"rate": 7.4569987}]], "flatdemandmonths": [0,0,0,0,0,0,0,0,0,0,0,0], "flatdemandunit": "\(unit)"}
      """
    }
    #expect(message(json("hp")).contains("values: [10.0, 10.0"))
    #expect(message(json("kVA")).contains("values: [7.457, 7.457"))
    #expect(message(json("kW daily")).contains("are per 'kW daily' (flatdemandunit)"))
    let folder = try ScratchFolder.make()
    try json("kVA").write(toFile: folder.path + "/t.json", atomically: true, encoding: .utf8)
    guard case .tariff(let tariff)? = try ForeignProject.find(path: folder.path + "/t.json", currency: nil) else {
      Issue.record("no tariff")
      return
    }
    #expect(tariff.notes.contains { $0.contains("flatdemandunit 'kVA'") })
  }

  @Test("tiers of power that change with the season are a charge a season")
  func seasons() throws {
    let words = try market(
      """
      {"energyratestructure": [[{"rate": 0.1}]], "flatdemandstructure": [[{"rate": 3, "max": 100}, {"rate": 8}], [{"rate": 5}]],
       "flatdemandmonths": [0,0,0,0,0,1,1,1,0,0,0,0], "lookbackPercent": 0.8, "lookbackRange": 11}
      """)
    #expect(
      words.contains("{up_to: 100 kW, rate: 3 USD/kW/month}, {rate: 8 USD/kW/month}], months: [1, 2, 3, 4, 5, 9,"))
    #expect(words.contains("rate: 5 USD/kW/month, months: [6, 7, 8], ratchet: 80 %, look_back: 11"))
  }

  @Test("a period of workdays and weekends is one charge, on one highest power")
  func periods() throws {
    let words = try market(
      """
      {"energyratestructure": [[{"rate": 0.1}]], "demandratestructure": [[{"rate": 1}], [{"rate": 4}]],
       "demandweekdayschedule": \(year(work)), "demandweekendschedule": \(year(flat))}
      """)
    #expect(words.components(separatedBy: "rate: 1 USD").count == 2)
    #expect(
      words.contains(
        "hours: [\"00:00-08:00\", \"20:00-24:00\"]}, {days: [saturday, sunday], hours: [\"00:00-24:00\"]}]"))
  }

  @Test("tiers of kWh a day are bands of months by their length")
  func daily() throws {
    let words = try market(
      """
      {"energyratestructure": [[{"rate": 0.08, "max": 10, "unit": "kWh daily"}, {"rate": 0.14, "unit": "kWh daily"}]],
       "energyweekdayschedule": \(year(flat)), "energyweekendschedule": \(year(flat))}
      """)
    for limit in ["310", "300", "280"] { #expect(words.contains("up_to: \(limit) kWh")) }
  }

  @Test("tiers that grow with the peak are refused by name")
  func perPower() {
    #expect {
      _ = try market(
        """
        {"energyratestructure": [[{"rate": 0.1, "max": 150, "unit": "kWh/kW"}, {"rate": 0.08, "unit": "kWh/kW"}]],
         "energyweekdayschedule": \(year(flat)), "energyweekendschedule": \(year(flat))}
        """)
    } throws: { ($0 as? ProjectFault)?.diagnostics.first?.message.contains("'kWh/kW'") == true }
  }
}

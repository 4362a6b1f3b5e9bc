import Testing
import TulouFiles
import TulouProject
import TulouSharing

/// Every number of a law moves an answer or a project; what only names it stands in what is told of it.
@Suite("Keys of a law") struct LawKeyTests {
  private static func answer(_ law: String, _ own: String, _ question: String) throws -> LawAnswer {
    let added = own.isEmpty ? "" : ", \(own)"
    let answers = try SharingReader.read(text: "laws: [{use: \(law)\(added), \(question)}]", path: "laws.yaml").laws
    return try #require(answers.first)
  }

  private static let tariff = "tariff: {power: 150, zone_price: 0.15, solar: true, zone: north}"
  private static let low = "tariff: {power: 150, zone_price: 0.05, solar: true, zone: south}"
  private static let surplus = "surplus: {shared: 80, injected: 100, premium: 8}"
  private static let granted = "surplus: {shared: 80, injected: 100, premium: 8, grant: true}"
  private static let year = "year: {year: 2030, available: 100, self_use: 59, consumption: 160}"
  private static let charge = "grid_charge: {reach: regional, level: 6, community: 100, price: 0.1}"
  private static let one = "grid_charge: {stations: [a], community: 100, price: 0.1}"
  private static let two = "grid_charge: {stations: [a, b], community: 100, price: 0.1}"

  @Test(
    "a changed number changes the answer",
    arguments: [
      ("italy-2024", "reference_price: 170 EUR/MWh", tariff),
      (
        "italy-2024",
        "bands: [{power: 100 kW, base: 80 EUR/MWh, cap: 120 EUR/MWh}, {base: 60 EUR/MWh, cap: 100 EUR/MWh}]", tariff
      ),
      ("italy-2024", "bands: [{base: 70 EUR/MWh, cap: 120 EUR/MWh}]", tariff),
      ("italy-2024", "bands: [{base: 80 EUR/MWh, cap: 90 EUR/MWh}]", low),
      ("italy-2024", "corrections: {north: 5 EUR/MWh}", tariff),
      ("italy-2024", "reserved_above: 60 %", surplus),
      ("italy-2024", "reserved_above_with_grant: 50 %", granted),
      ("china-2025", "self_consumption: [{from: 2025, share: 50 %}]", year),
      ("china-2025", "self_consumption: [{from: 2040, share: 60 %}]", year),
      (
        "china-2025", "self_coverage: [{from: 2025, share: 40 %}]",
        "year: {year: 2030, available: 100, self_use: 61, consumption: 160}"
      ),
      ("switzerland-2026", "least_generation: 3 %", "generation: {power: 4, connection: 100}"),
      ("switzerland-2026", "one_station: level", one), ("switzerland-2026", "several_stations: station", two),
      ("austria-2021", "discounts: [{reach: regional, levels: [6], part: 30 %}]", charge),
      (
        "austria-2021",
        "discounts: [{reach: regional, levels: [4], part: 28 %}, {reach: regional, levels: [6], part: 1 %}]", charge
      ),
      (
        "germany-42c-2026", "areas: [{from: 2026-06-01, adjacent: true}]",
        "area: {day: 2027-01-01, adjacent: true, same_control_area: true}"
      ),
      ("spain-2021", "change_after: 3", "change: {last: 2026-02-10, request: 2026-06-09}"),
      ("france-2017", "counts_stores: false", "allocation: {need: [50, 50], production: 100}"),
    ])
  func numbers(law: String, own: String, question: String) throws {
    let before = try Self.answer(law, "", question)
    let after = try? Self.answer(law, own, question)
    if own.hasPrefix("counts_stores") {
      // Without stores a charge is no part of the question.
      let charged = "allocation: {need: [50, 50], charge: 100, production: 100, discharge: 0}"
      _ = try Self.answer(law, "", charged)
      #expect(throws: (any Error).self) { try Self.answer(law, own, charged) }
    } else {
      #expect(String(describing: before.values) != String(describing: after?.values), "\(own)")
    }
  }

  @Test(
    "what names a law is told with its answer",
    arguments: [
      "title: another", "country: Elsewhere", "valid_from: 2025-02-01", "source: a page",
      "key: static",
      "interval: 30 min",
    ])
  func words(own: String) throws {
    let before = try Self.answer(
      "germany-42c-2026", "", "area: {day: 2027-01-01, adjacent: false, same_control_area: true}")
    let after = try Self.answer(
      "germany-42c-2026", own, "area: {day: 2027-01-01, adjacent: false, same_control_area: true}")
    #expect(String(describing: before.law) != String(describing: after.law))
  }

  @Test(
    "what a project states of a law moves what sharing earns",
    arguments: [
      ("italy-2024, zone: north, zone_price: 0.15 EUR/kWh", "plant_power: 150 kW", "plant_power: 500 kW"),
      ("italy-2024, zone: north, zone_price: 0.15 EUR/kWh, plant_power: 150 kW", "solar: true", "solar: false"),
      ("italy-2024, zone: north, plant_power: 150 kW", "zone_price: 0.15 EUR/kWh", "zone_price: 0.17 EUR/kWh"),
      (
        "austria-2021, reach: local, grid_charge: 0.07 EUR/kWh", "energy_price: 0.08 EUR/kWh",
        "energy_price: 0.09 EUR/kWh"
      ),
      (
        "austria-2021, reach: local, grid_charge: 0.07 EUR/kWh, energy_price: 0.08 EUR/kWh", "replaces: energy",
        "replaces: nothing"
      ),
    ])
  func projects(law: String, one: String, other: String) throws {
    func rates(_ own: String) throws -> [Double] {
      let text = SharedEnergyTests.text("", sharing: ", law: {use: \(law), \(own)}")
        .replacing("buy: 0.16", with: "buy: 0.25")
      return try SharedEnergyTests.read(text).policies.map { $0.sharingRate(at: 3) }
    }
    let first = try rates(one), second = try rates(other)
    #expect(first != second, "\(first) and \(second)")
  }

  @Test("amounts of a law are in its currency") func currency() throws {
    _ = try Self.answer("italy-2024", "", Self.tariff)
    #expect(throws: (any Error).self) { try Self.answer("italy-2024", "currency: CHF", Self.tariff) }
  }

  @Test("export_share of a law is a limit of the project") func exportShare() throws {
    func limit(_ own: String) throws -> Double? {
      let text = SharedEnergyTests.text("", sharing: ", law: {use: china-2025\(own)}").replacing("EUR", with: "CNY")
      return try SharedEnergyTests.read(text).limits[.exportShare]
    }
    #expect(try limit("") == 0.2)
    #expect(try limit(", export_share: 35 %") == 0.35)
  }
}

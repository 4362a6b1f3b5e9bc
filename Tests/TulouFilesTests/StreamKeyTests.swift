import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouStreams

/// Every key of streams moves what is read of it, or is refused.
@Suite("Keys of streams") struct StreamKeyTests {
  private static let text =
    (try? String(contentsOfFile: SharedFolder.packageRoot + "/Tests/Projects/keys/park.yaml", encoding: .utf8)) ?? ""

  private static func read(_ text: String) throws -> Project {
    try ProjectReader.read(text: text, path: "park.yaml")
  }

  /// What stands in the file, and what is put in its place.
  static let changes: [(String, String)] = [
    ("name: Plant,", "name: Station,"),
    ("kind: power", "kind: heat"),
    ("role: public", "role: neighbour"),
    ("at: [55 deg", "at: [55.1 deg"),
    ("blocks: [5000 h", "blocks: [4900 h"),
    ("pairs: all", "pairs: listed"),
    ("approach: 10 K", "approach: 12 K"),
    ("detour: 1.3", "detour: 1.4"),
    ("objective: money", "objective: co2"),
    ("fresh_water: {salt: 5", "fresh_water: {salt: 6"),
    ("failure: 7 d", "failure: 8 d"),
    ("name: Steam,", "name: Vapour,"),
    ("partner: plant, kind: heat, supply: 60", "partner: works, kind: heat, supply: 60"),
    ("supply: 185", "supply: 186"),
    ("return: 90", "return: 91"),
    ("content: 0.7 MWh/t, amount: 200", "content: 0.8 MWh/t, amount: 200"),
    ("amount: 200 kt/y", "amount: 201 kt/y"),
    ("profile: [1, 1.2]", "profile: flat"),
    ("approach: 4 K", "approach: 5 K"),
    ("disposal: 1 EUR/t", "disposal: 2 EUR/t"),
    ("disposal_emission: 0.01", "disposal_emission: 0.02"),
    ("emergency: 3 EUR/t", "emergency: 4 EUR/t"),
    ("certain: 95 %", "certain: 90 %"),
    ("since: 1990", "since: 1991"),
    ("year: 2024, source: a book", "year: 2023, source: a book"),
    ("source: a book", "source: another"),
    ("source: a book, inferred: false", "source: a book, inferred: true"),
    ("reduce: [{name: lagging", "reduce: [{name: felt"),
    ("saves: 4 %", "saves: 5 %"),
    ("capital: 30 kEUR", "capital: 31 kEUR"),
    ("cost: 1 kEUR/y", "cost: 2 kEUR/y"),
    ("life: 15 y", "life: 16 y"),
    ("worth: 2 EUR/t", "worth: 3 EUR/t"),
    ("avoids: 0.1", "avoids: 0.2"),
    ("contents: {salt: 120", "contents: {salt: 121"),
    ("waste_code: \"16 10 02\"", "waste_code: \"16 10 01\""),
    ("barred: false", "barred: true"),
    ("sorting: 90 %", "sorting: 80 %"),
    ("grade: rinse", "grade: other"),
    ("capacity_flow: 50", "capacity_flow: 51"),
    ("from: 100", "from: 99"),
    ("needs: 140", "needs: 141"),
    ("buys: 28", "buys: 29"),
    ("emission: 0.2 t/t", "emission: 0.3 t/t"),
    ("outside_energy: 1.1", "outside_energy: 1.2"),
    ("emergency: 60", "emergency: 61"),
    ("accepts: 16 t/h", "accepts: [16 t/h, 15 t/h]"),
    ("accepts: 16 t/h", "accepts: {max: 15 t/h}"),
    ("accepts: {max: 8 t/h}", "accepts: {max: 9 t/h}"),
    ("role: public, away: 2 %", "role: public, away: 3 %"),
    ("reports: [{name: A paper", "reports: [{name: A book"),
    ("year: 2022", "year: 2021"),
    ("co2: 12 kt/y", "co2: 13 kt/y"),
    ("water: 3000 m3/y", "water: 3001 m3/y"),
    ("source: a leaf", "source: a page"),
    ("why: of old", "why: of late"),
    ("stock: 4 h", "stock: 5 h"),
    ("limits: {salt: 90", "limits: {salt: 91"),
    ("grades: [rinse]", "grades: [other]"),
    ("takes_up: {substance: salt", "takes_up: {substance: lime"),
    ("load: 2 kg/h", "load: 3 kg/h"),
    ("outlet: 100 ppm", "outlet: 101 ppm"),
    ("longest: 10 km", "longest: 11 km"),
    ("loss: 2 %/km", "loss: 3 %/km"),
    ("cooling: 1 K/km", "cooling: 2 K/km"),
    ("transport_per_length: 0.0002", "transport_per_length: 0.0003"),
    ("emission_per_length: 0.001", "emission_per_length: 0.002"),
    ("investment: {fixed: 80", "investment: {fixed: 81"),
    ("per_length: 450", "per_length: 451"),
    ("capacity: 120 EUR/kW", "capacity: 121 EUR/kW"),
    ("life: 30 y}}", "life: 31 y}}"),
    ("distance: 1.4", "distance: 1.5"),
    ("delivered: 98 %", "delivered: 97 %"),
    ("transport: 0.05", "transport: 0.06"),
    ("fixed: 2 kEUR/y", "fixed: 3 kEUR/y"),
    ("capacity_cost: 100", "capacity_cost: 101"),
    ("smallest: 2 t/h", "smallest: 3 t/h"),
    ("largest: 45", "largest: 46"),
    ("minimum: 20000", "minimum: 20001"),
    ("removal: {salt: 40", "removal: {salt: 41"),
    ("links: [steam->drying, flue->tank]", "links: [steam->drying]"),
    ("fixed: 5 kEUR/y", "fixed: 6 kEUR/y"),
    ("capital: 40 kEUR", "capital: 41 kEUR"),
    ("capital: 40 kEUR, life: 30", "capital: 40 kEUR, life: 31"),
    ("largest: 90 MW", "largest: 91 MW"),
    ("kind: heat, delivers", "kind: cold, delivers"),
    ("delivers: heat", "delivers: cold"),
    ("from: 50", "from: 51"),
    ("to: 95", "to: 96"),
    ("cop: 3.2", "cop: 3.3"),
    ("electricity: 0.08", "electricity: 0.09"),
    ("electricity_emission: 0.3", "electricity_emission: 0.4"),
    ("operation: 0.001", "operation: 0.002"),
    ("capital: 600", "capital: 601"),
    ("life: 18", "life: 19"),
    ("yield: 0.95", "yield: 0.94"),
    ("removal: {salt: 80", "removal: {salt: 81"),
    ("outlet: {salt: 10", "outlet: {salt: 11"),
    ("passes: once", "passes: recycle"),
    ("name: Steam of 2017", "name: Steam of 2018"),
    ("between: [plant, works]", "between: [plant, plant]"),
    ("streams: [steam]", "streams: [steam, flue]"),
    ("minimum: 10 %", "minimum: 11 %"),
    ("years: 20", "years: 21"),
    ("price: 18", "price: 19"),
    ("name: Park,", "name: Club,"),
    ("founded: 2011", "founded: 2012"),
    ("board: [plant, works]", "board: [plant]"),
    ("projects: {gas", "projects: {oil"),
    ("name: Biogas", "name: Gas"),
    ("state: study", "state: idea"),
    ("year: 2030", "year: 2031"),
    ("name: Press", "name: Baler"),
    ("owners: {plant: 60 %, works: 40", "owners: {plant: 50 %, works: 50"),
    ("days: {plant: 100", "days: {plant: 90"),
    ("available: 200", "available: 210"),
    ("cost: 20 kEUR", "cost: 21 kEUR"),
  ]

  @Test("moves what is read", arguments: changes.indices)
  func moves(_ i: Int) throws {
    let (old, new) = Self.changes[i]
    #expect(Self.text.contains(old), "\(old)")
    let before = try #require(try Self.read(Self.text).symbiosis)
    let after = try Self.read(Self.text.replacing(old, with: new))
    #expect(before != after.symbiosis, "\(old) -> \(new)")
  }

  @Test(
    "wrong keys are refused",
    arguments: [
      ("accepts: {max: 8 t/h}", "accepts: {most: 8 t/h}", "max"),
      ("accepts: {max: 8 t/h}", "accepts: {max: 8 kWh}", "kWh"),
      ("away: 2 %", "away: 102 %", "away"), (", why: of old", "", "why"),
      ("co2: 12 kt/y, water: 3000 m3/y, ", "", "co2"),
      ("reports: [{", "reports: [3, {", "report"),
      ("needs: 80 degC, from: 30 degC", "needs: 80 degC, from: 30 degC, bus: no", "bus"),
    ])
  func wrong(old: String, new: String, word: String) throws {
    #expect(Self.text.contains(old), "\(old)")
    let found = #expect(throws: ProjectFault.self) { try Self.read(Self.text.replacing(old, with: new)) }
    #expect(found?.diagnostics.contains { "\($0)".contains(word) } ?? false, "\(found?.diagnostics ?? [])")
  }

  @Test("free text of a signing is listed") func signed() throws {
    let project = try Self.read(Self.text)
    #expect(project.assumptions.contains { $0.path == "agreements.steam.signed" && $0.value == "2017" })
  }

  @Test("partners, streams, routes, upgrades, agreements, match, association, equipment, trenches, default, out, in")
  func rooms() throws {
    let symbiosis = try #require(try Self.read(Self.text).symbiosis)
    let park = symbiosis.park
    #expect(park.partners.count == 2 && park.sources.count == 3 && park.sinks.count == 5)
    #expect(park.trenches.count == 1 && park.agreements.count == 1 && symbiosis.upgrades.count == 2)
    #expect(symbiosis.regenerations.count == 1 && symbiosis.operations.count == 1)
    #expect(symbiosis.association?.board.count == 2 && symbiosis.equipment.count == 1)
    #expect(abs(symbiosis.equipment[0].cost(of: "plant") - 20000 * 100 / 180) < 1e-9)
    // 200 kt/y of 0.7 MWh/t is 140 GWh/y, whatever the profile.
    let mean = park.yearly(park.sources[0].supply) / 8000
    #expect(abs(mean - 140e6 / 8760) < 1e-6)
    #expect(abs(park.sources[1].supply[0] - 36) < 1e-12 && park.sources[2].supply[0] == 1000)
    // Capital is its annuity: 5 % over 30 years.
    let factor = 0.05 / (1 - pow(1.05, -30))
    #expect(abs((symbiosis.rules.kinds[.heat]?.fixed ?? 0) - 80000 * factor) < 1e-6)
  }

  @Test("days, nights and months") func calendar() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01}
      economy: {currency: EUR, real_discount_rate: 5 %}
      partners: {a: {role: private}}
      streams:
        out:
          day: {partner: a, kind: electricity, amount: 8760 MWh/y, profile: day}
          year: {partner: a, kind: electricity, amount: 1 MW, profile: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 13]}
          batch: {partner: a, kind: material, amount: 8760 t/y, profile: batch 12 per year}
      """
    let park = try #require(try Self.read(text).symbiosis).park
    #expect(park.blocks.count == 24 && park.blocks.reduce(0, +) == 8760)
    #expect(park.sources[0].supply[0] == 2000 && park.sources[0].supply[1] == 0)
    #expect(abs(park.yearly(park.sources[1].supply) - 8_760_000) < 1e-3)
    #expect(park.sources[1].supply[23] > 6 * park.sources[1].supply[0])
    #expect(park.sources[2].supply.allSatisfy { abs($0 - 1) < 1e-12 })
  }
}

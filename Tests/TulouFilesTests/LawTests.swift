import Foundation
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouReport
import TulouSharing

/// Laws of sharing energy as files: each worked example comes to what it says, and wrong files are told.
@Suite("Laws of energy sharing") struct LawTests {
  private static func read(_ text: String) throws -> SharingFile {
    try SharingReader.read(text: text, path: "laws.yaml")
  }

  /// Whether two values are the same number or word.
  static func agrees(_ a: LawValue, _ b: LawValue) -> Bool {
    if case .number(let x) = a, case .number(let y) = b { return abs(x - y) <= 1e-12 * max(abs(y), 1) }
    return a == b
  }

  @Test("every law has a source, a day and worked examples that hold") func examples() throws {
    #expect(Shelf.lawNames.count >= 8)
    for name in Shelf.lawNames {
      let answers = try Self.read("laws: [{use: \(name)}]").laws
      #expect(!answers.isEmpty, "\(name) has no example")
      for answer in answers {
        #expect(
          !answer.law.source.isEmpty && answer.law.validFrom.count == 10 && !answer.law.country.isEmpty, "\(name)")
        for wanted in answer.expected {
          let found = answer.values.first { $0.name == wanted.name }
          #expect(
            found.map { Self.agrees($0.value, wanted.value) } ?? false,
            "\(name), \(answer.name): \(wanted.name) is \(String(describing: found?.value)), expected \(wanted.value)")
        }
      }
    }
  }

  @Test("a number of a law may be stated anew beside its name") func stated() throws {
    let answers = try Self.read(
      "laws: [{use: austria-2021, discounts: [{reach: local, part: 50 %}], grid_charge: {reach: local, community: 100, price: 0.1}}]"
    ).laws
    #expect(answers.first?.values.contains { $0.name == "grid_charge" && Self.agrees($0.value, .number(5)) } == true)
  }

  @Test(
    "wrong questions are told with what they need",
    arguments: [
      ("laws: [{use: atlantis}]", "is no law"), ("laws: [{use: china-2025, year: {year: 2026}}]", "needs 'available'"),
      ("laws: [{use: italy-2024, tariff: {power: high, zone_price: 0.1}}]", "takes a number"),
      ("laws: [{use: spain-2021, change: {last: yesterday, request: 2026-05-01}}]", "takes a day"),
      (
        "laws: [{use: germany-42b-2024, allocation: {need: [1, 2], production: 3, weights: [1]}}]",
        "one number a member"
      ),
      ("laws: [{use: france-2017, allocation: {need: [1, 2], production: 3, key: virtual}}]", "divides no interval"),
      ("laws: [{use: austria-2021, grid_charge: {reach: local, community: 3}}]", "needs 'price'"),
      ("laws: []", "nothing is asked"),
      ("laws: [{use: italy-2024, tariff: {power: 150, zone_price: 0.15, zone: moon}}]", "'zone' is 'moon'"),
      ("laws: [{use: italy-2024, tariff: {power: -1, zone_price: 0.15, zone: north}}]", "'power' is -1"),
      (
        "laws: [{use: italy-2024, surplus: {shared: 120, injected: 100, premium: 8}}]",
        "at most 'injected', which is 100"
      ),
      ("laws: [{use: italy-2024, surplus: {shared: 80, injected: 100, premium: -8}}]", "'premium' is -8"),
      (
        "laws: [{use: italy-2024, premium: {injected: [[0, -100]], withdrawn: [[3, 6]], zone_price: [0.1, 0.2], power: 9, zone: south}}]",
        "'injected' is -100, but has to be 0 or more"
      ),
      (
        "laws: [{use: switzerland-2026, grid_charge: {stations: [a, b], community: -800, price: 0.11}}]",
        "'community' is -800"
      ),
      ("laws: [{use: switzerland-2026, grid_charge: {community: 800, price: 0.11}}]", "nothing says that"),
      ("laws: [{use: austria-2021, grid_charge: {reach: galactic, community: 8, price: 0.1}}]", "is no reach"),
      ("laws: [{use: austria-2021, grid_charge: {reach: regional, community: 8, price: 0.1}}]", "no discount"),
      (
        "laws: [{use: switzerland-2026, generation: {power: 4, connection: 0}}]",
        "'connection' is 0, but has to be above 0"
      ),
      (
        "laws: [{use: spain-2021, coefficients: {production: [9], need: [[7, 1]], weights: [[60, 50]], unit: 100}}]",
        "sum to 110; expected at most the 'unit' of 100"
      ),
      ("laws: [{use: spain-2021, change: {last: 2026-05-01, request: 2026-04-01}}]", "before 'last'"),
      ("laws: [{use: france-2017, allocation: {need: [1, 2], production: 1e300}}]", "'production' is 1e300"),
      ("laws: [{use: france-2017, allocation: {need: [1.5, 2], production: 3}}]", "has to be a whole number"),
      (
        "laws: [{use: china-2025, year: {year: 2026, available: 9, self_use: 10, consumption: 20}}]",
        "at most 'available'"
      ),
      (
        "laws: [{use: italy-2024, surplus: {shared: 8, injected: 10, premium: 8}, expected: {kept: 9}}]",
        "nothing that the law says"
      ),
    ])
  func wrong(text: String, said: String) throws {
    let fault = #expect(throws: ProjectFault.self) { try Self.read(text) }
    #expect(fault?.diagnostics.contains { $0.message.contains(said) } == true, "\(fault?.diagnostics ?? [])")
  }

  @Test("members who share nothing of the grid pay the whole charge") func apart() throws {
    let answers = try Self.read(
      "laws: [{use: austria-2021, grid_charge: {reach: none, level: 7, community: 100, rest: 100, price: 0.1}}]"
    ).laws
    #expect(answers.first?.values.contains { $0.name == "grid_charge" && Self.agrees($0.value, .number(20)) } == true)
  }

  @Test("what is expected and is not so is marked") func differs() throws {
    let answers = try Self.read(
      """
      laws:
        - {use: italy-2024, surplus: {shared: 80, injected: 100, premium: 8}, expected: {reserved: 99, free: 5.5}}
      """
    ).laws
    let rows = answers.map {
      SharingFileReport.LawRow(name: $0.name, law: $0.law, values: $0.values, expected: $0.expected)
    }
    #expect(rows.map(\.differing) == [["reserved"]])
    let report = SharingFileReport(
      title: "Laws", games: [], allocations: [], prices: [], laws: rows, isSingleGame: false, version: "test")
    #expect(report.lines.contains { $0.contains("reserved 99 (differs), free 5.5") })
    #expect(report.text().contains("differs"))
  }
}

import Foundation
import Testing
import TulouFiles
import TulouProject
import TulouQuantities
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
    ])
  func wrong(text: String, said: String) throws {
    let fault = #expect(throws: ProjectFault.self) { try Self.read(text) }
    #expect(fault?.diagnostics.contains { $0.message.contains(said) } == true, "\(fault?.diagnostics ?? [])")
  }
}

/// Germany: common building supply (EnWG par. 42b, in force from 16 May 2024) and energy sharing (par. 42c, from 1 June 2026).
///
/// Source: gesetze-im-internet.de/enwg_2005/__42c.html, datenbank.nwb.de/Dokument/136655_42b, read 29 November 2026. Not legal advice.
package enum Germany {
  /// Energy of a quarter hour that may be shared: the lesser of generation and all consumption.
  package static func shareable(generation: Int, consumption: [Int]) -> Int {
    min(generation, consumption.reduce(0, +))
  }

  /// Allocation without an agreed key: equal parts, nobody above the own consumption.
  package static func withoutKey(generation: Int, consumption: [Int], members: [String], interval: Int) -> [Int] {
    Allocation.of(
      MeteringCase(
        key: .fixed, interval: interval, members: members, need: consumption, production: generation,
        weights: consumption.map { _ in 1 }, weightUnit: max(consumption.count, 1)))
  }

  /// Whether plant and use may share (par. 42c): one balancing zone from 1 June 2026, directly adjacent zones of one control area from
  /// 1 June 2028. Dates as year-month-day text, which sorts by time.
  package static func sharingAllowed(date: String, sameZone: Bool, adjacent: Bool, sameControlArea: Bool) -> Bool {
    sameZone ? date >= "2026-06-01" : date >= "2028-06-01" && adjacent && sameControlArea
  }

  /// Cost, EUR, of a member: shared energy at the agreed price plus full grid charge and levies, the rest at the supplier's price (ct/kWh).
  package static func cost(shared: Double, rest: Double, agreed: Double, gridAndLevies: Double, supplier: Double)
    -> Double
  {
    (shared * (agreed + gridAndLevies) + rest * supplier) / 100
  }
}

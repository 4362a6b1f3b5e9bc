/// France: collective own use, Code de l'energie D315-4 to D315-6 (decree 2017-676), in force from 1 May 2017.
///
/// In proportion to consumption unless coefficients are agreed; capped by production, by consumption and by the own consumption; a
/// store is a consumer while it charges and a producer while it discharges. Source: app.livv.eu, article D315-6; circulaire.legifrance
/// .gouv.fr, state of 15 August 2022. Not legal advice.
package enum France {
  /// Allocation of an interval with a store, Wh; the store is the last member.
  package static func withStore(
    members: [String], need: [Int], production: Int, charge: Int, discharge: Int, interval: Int
  ) -> [Int] {
    Allocation.of(
      MeteringCase(
        key: .proRata, interval: interval, members: members + ["store"], need: need + [charge],
        production: production + discharge))
  }
}

/// Switzerland: local electricity communities (LEG), StromVG 17d, 17e and StromVV 19e to 19h, in force from 1 January 2026.
///
/// Source: www.aew.ch/fr/leg and zero-oberwallis.ch/themenbox/leg, read 29 November 2026. Not legal advice.
package enum Switzerland {
  /// Discount of the grid charge: 40 % where all members hang on one transformer station, else 20 %.
  package static func discount(stations: [String]) -> Double { Set(stations).count <= 1 ? 0.4 : 0.2 }

  /// Grid charge, CHF, of energy from the community, at a charge in Rp./kWh.
  package static func gridCharge(stations: [String], energy: Double, centsPerKilowattHour: Double) -> Double {
    energy * centsPerKilowattHour / 100 * (1 - discount(stations: stations))
  }

  /// Whether generation is large enough: at least 5 % of the members' connection power.
  package static func allowed(generation: Double, connection: Double) -> Bool { 20 * generation >= connection }
}

/// Austria: renewable energy communities, Systemnutzungsentgelte-Verordnung 2018 as amended 2021, in force from 1 November 2021.
///
/// Energy part of the grid charge, lowered by the level of the grid that all members share. Source: energiegemeinschaften.gv.at
/// (niedrigere Netzkosten fuer EEGs), read 29 November 2026; rules of the ElWG follow from 1 October 2026. Not legal advice.
package enum Austria {
  /// How near members are in the grid.
  package enum Reach: String, Sendable, CaseIterable {
    /// One low-voltage station: -57 %.
    case local
    /// One medium-voltage station: -28 % on levels 6 and 7, -64 % on 4 and 5.
    case regional
    /// No community.
    case none
  }

  /// Part of the grid charge's energy part that falls away.
  package static func discount(_ reach: Reach, level: Int) -> Double {
    switch reach {
    case .local: 0.57
    case .regional: level >= 6 ? 0.28 : 0.64
    case .none: 0
    }
  }

  /// Grid charge, EUR, of energy from the community and of the rest, at a charge in ct/kWh.
  package static func gridCharge(
    _ reach: Reach, level: Int, community: Double, rest: Double, centsPerKilowattHour: Double
  ) -> Double {
    (community * (1 - discount(reach, level: level)) + rest) * centsPerKilowattHour / 100
  }
}

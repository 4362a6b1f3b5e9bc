/// Italy: renewable energy communities, decree of 7 December 2023 no. 414 (CACER), in force from 24 January 2024.
///
/// Premium on the energy that is shared in each hour, by the plant's power and the zone's price. Source: pages of the GSE
/// (assistenza.clienti.gse.it) and of the region Emilia-Romagna on the tariffa premio, read 29 November 2026. Not legal advice.
package enum Italy {
  /// Correction of solar plants by place.
  package enum Zone: String, Sendable, CaseIterable {
    /// South and islands: none.
    case south
    /// Centre: 4 EUR/MWh.
    case centre
    /// North: 10 EUR/MWh.
    case north

    /// EUR/MWh, added after the cap.
    package var correction: Double {
      switch self {
      case .south: 0
      case .centre: 4
      case .north: 10
      }
    }
  }

  /// Premium of an hour, EUR/MWh: min(base + max(0, 180 - zone price), cap), and the correction for solar plants.
  package static func tariff(power: Double, zonePrice: Double, photovoltaic: Bool, zone: Zone) -> Double {
    let (base, cap) = power <= 200 ? (80.0, 120.0) : power <= 600 ? (70.0, 110.0) : (60.0, 100.0)
    return min(base + max(0, 180 - zonePrice), cap) + (photovoltaic ? zone.correction : 0)
  }

  /// Energy shared in each hour: the lesser of all that was injected and all that was withdrawn.
  package static func shared(injected: [[Double]], withdrawn: [[Double]]) -> [Double] {
    let hours = min(injected.first?.count ?? 0, withdrawn.first?.count ?? 0)
    return (0..<hours).map { hour in
      min(injected.reduce(0) { $0 + $1[hour] }, withdrawn.reduce(0) { $0 + $1[hour] })
    }
  }

  /// Part of a premium that only members who are no firms, or social purposes, may have: what belongs to shared energy above
  /// `threshold` (55 %, or 45 % with a capital grant) of the energy that was injected, in proportion to energy (our reading).
  package static func reserved(premium: Double, shared: Double, injected: Double, threshold: Double) -> Double {
    guard shared > 0 else { return 0 }
    return premium * max(0, shared - threshold * injected) / shared
  }
}

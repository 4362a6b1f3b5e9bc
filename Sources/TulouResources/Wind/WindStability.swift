/// Stability of the lowest air by Pasquill and Gifford, from A, very unstable, to F, stable.
///
/// - Source: exponents: US EPA 1995, "User's Guide for the Industrial Source Complex (ISC3) Dispersion Models", vol. II,
///   section 1.1.3, rural values. Classes from sun and wind: US EPA 2000, "Meteorological Monitoring Guidance for
///   Regulatory Modeling Applications", EPA-454/R-99-005, table 6-7 (solar radiation and temperature difference), nights
///   taken as inversions.
package enum WindStability: String, Sendable, CaseIterable {
  /// Very unstable.
  case veryUnstable = "A"
  /// Unstable.
  case unstable = "B"
  /// Slightly unstable.
  case slightlyUnstable = "C"
  /// Neutral.
  case neutral = "D"
  /// Slightly stable.
  case slightlyStable = "E"
  /// Stable.
  case stable = "F"

  /// Place from 0 for A to 5 for F.
  package var index: Int {
    switch self {
    case .veryUnstable: 0
    case .unstable: 1
    case .slightlyUnstable: 2
    case .neutral: 3
    case .slightlyStable: 4
    case .stable: 5
    }
  }

  /// Exponent of the power law over open land [-].
  package var exponent: Double {
    switch self {
    case .veryUnstable, .unstable: 0.07
    case .slightlyUnstable: 0.10
    case .neutral: 0.15
    case .slightlyStable: 0.35
    case .stable: 0.55
    }
  }

  /// Class of an hour.
  ///
  /// - Parameters:
  ///   - windSpeed: At the mast [m/s].
  ///   - irradiance: Global on the horizontal [kW/m2]; zero at night.
  package static func of(windSpeed: Double, irradiance: Double) -> WindStability {
    guard irradiance > 0 else {
      return windSpeed < 2 ? .stable : windSpeed < 2.5 ? .slightlyStable : .neutral
    }
    let sun = irradiance >= 0.925 ? 0 : irradiance >= 0.675 ? 1 : irradiance >= 0.175 ? 2 : 3
    let table: [[WindStability]] = [
      [.veryUnstable, .veryUnstable, .unstable, .neutral], [.veryUnstable, .unstable, .slightlyUnstable, .neutral],
      [.unstable, .unstable, .slightlyUnstable, .neutral],
      [.slightlyUnstable, .slightlyUnstable, .neutral, .neutral], [.slightlyUnstable, .neutral, .neutral, .neutral],
    ]
    let row = windSpeed < 2 ? 0 : windSpeed < 3 ? 1 : windSpeed < 5 ? 2 : windSpeed < 6 ? 3 : 4
    return table[row][sun]
  }
}

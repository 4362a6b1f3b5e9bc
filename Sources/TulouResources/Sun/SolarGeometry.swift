#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Declination, equation of time and distance of the sun for synthesis and screening.
///
/// Fourier series of Spencer: declination within 0.05 deg, equation of time within 0.6 min of the almanac; for the PV chain
/// see `SolarPosition`.
/// - Source: J. W. Spencer 1971, "Fourier series representation of the position of the sun", Search 2(5).
struct SolarGeometry {
  /// Declination [rad].
  let declination: Double
  /// Solar minus mean time [h].
  let equationOfTime: Double
  /// Extraterrestrial normal irradiance [kW/m2], with the solar constant of Gueymard 2004 (1.3661).
  let extraterrestrialNormal: Double

  /// The sun on a day; `dayOfYear` from 1, fractions allowed.
  init(dayOfYear: Double) {
    let b = 2 * Double.pi / 365 * (dayOfYear - 1)
    declination =
      0.006918 - 0.399912 * cos(b) + 0.070257 * sin(b) - 0.006758 * cos(2 * b) + 0.000907 * sin(2 * b)
      - 0.002697 * cos(3 * b) + 0.00148 * sin(3 * b)
    equationOfTime =
      229.18 / 60
      * (0.000075 + 0.001868 * cos(b) - 0.032077 * sin(b) - 0.014615 * cos(2 * b) - 0.040849 * sin(2 * b))
    extraterrestrialNormal =
      1.3661
      * (1.00011 + 0.034221 * cos(b) + 0.00128 * sin(b) + 0.000719 * cos(2 * b) + 0.000077 * sin(2 * b))
  }
}

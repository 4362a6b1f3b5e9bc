#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How diffuse light from the sky falls on a tilted plane.
public enum Transposition: String, Sendable, Equatable, CaseIterable {
  /// The same from everywhere.
  /// - Source: H. C. Hottel, B. B. Woertz 1942, Transactions of the ASME 64, 91.
  case isotropic
  /// A part comes from the sun's direction.
  /// - Source: J. E. Hay, J. A. Davies 1980, "Calculation of the solar radiation incident on an inclined surface".
  case hayDavies = "hay-davies"
  /// Brightening at the sun and at the horizon by classes of sky (all sites composite 1990).
  /// - Source: R. Perez et al. 1990, Solar Energy 44(5), 271-289.
  case perez

  /// Diffuse sky irradiance on the plane [unit of `diffuse`].
  ///
  /// - Parameters:
  ///   - diffuse: Diffuse horizontal irradiance.
  ///   - beam: Beam normal irradiance.
  ///   - extraterrestrial: Extraterrestrial normal irradiance, same unit.
  ///   - cosIncidence: Cosine of the angle between sun and plane's normal, 0 behind the plane.
  ///   - cosZenith: Cosine of the apparent zenith.
  ///   - zenith: Apparent zenith [deg].
  ///   - cosTilt: Cosine of the plane's tilt.
  ///   - sinTilt: Sine of the plane's tilt.
  @inline(__always)
  func sky(
    diffuse: Double, beam: Double, extraterrestrial: Double, cosIncidence: Double, cosZenith: Double, zenith: Double,
    cosTilt: Double, sinTilt: Double
  ) -> Double {
    switch self {
    case .isotropic: return diffuse * (1 + cosTilt) * 0.5
    case .hayDavies:
      let direct = beam / extraterrestrial
      let ratio = cosIncidence / max(cosZenith, 0.01745)
      return max(0, diffuse * (1 - direct) * 0.5 * (1 + cosTilt)) + max(0, diffuse * direct * ratio)
    case .perez:
      guard zenith <= 90, diffuse > 0 else { return 0 }
      let z = zenith * (Double.pi / 180)
      let brightness = diffuse * relativeAirMass(zenithDegrees: zenith) / extraterrestrial
      let cube = 1.041 * z * z * z
      let clearness = ((diffuse + beam) / diffuse + cube) / (1 + cube)
      let c = Transposition.perezFactors[Transposition.perezClass(clearness)]
      let f1 = max(0, c.0 + c.1 * brightness + c.2 * z)
      let f2 = c.3 + c.4 * brightness + c.5 * z
      let b = max(cosZenith, 0.0871557427476581)  // cos 85 deg
      return max(0, diffuse * (0.5 * (1 - f1) * (1 + cosTilt) + f1 * cosIncidence / b + f2 * sinTilt))
    }
  }

  @inline(__always)
  private static func perezClass(_ clearness: Double) -> Int {
    clearness < 1.95
      ? (clearness < 1.23 ? (clearness < 1.065 ? 0 : 1) : (clearness < 1.5 ? 2 : 3))
      : (clearness < 4.5 ? (clearness < 2.8 ? 4 : 5) : (clearness < 6.2 ? 6 : 7))
  }

  private static let perezFactors: [(Double, Double, Double, Double, Double, Double)] = [
    (-0.0080, 0.5880, -0.0620, -0.0600, 0.0720, -0.0220), (0.1300, 0.6830, -0.1510, -0.0190, 0.0660, -0.0290),
    (0.3300, 0.4870, -0.2210, 0.0550, -0.0640, -0.0260), (0.5680, 0.1870, -0.2950, 0.1090, -0.1520, -0.0140),
    (0.8730, -0.3920, -0.3620, 0.2260, -0.4620, 0.0010), (1.1320, -1.2370, -0.4120, 0.2880, -0.8230, 0.0560),
    (1.0600, -1.6000, -0.3590, 0.2640, -1.1270, 0.1310), (0.6780, -0.3270, -0.2500, 0.1560, -1.3770, 0.2510),
  ]
}

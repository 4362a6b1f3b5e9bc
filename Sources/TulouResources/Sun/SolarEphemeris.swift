#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Right ascension, declination and distance of the sun over a span of time, interpolated.
///
/// What changes slowly is computed by `GeocentricSun` every two days and joined by cubic polynomials through four of these
/// nodes; what turns with the earth (sidereal time) is computed at every step. The largest departure from the algorithm
/// itself is below 2e-6 degrees (test). One ephemeris serves any number of sites.
public struct SolarEphemeris: Sendable {
  private let first: Double
  private let spacing = 2.0
  private var ascension: [Double] = []
  private var declination: [Double] = []
  private var radius: [Double] = []
  private var equinoxes: [Double] = []

  /// An ephemeris between two Julian days of universal time; `deltaT` [s] as in `GeocentricSun`.
  public init(fromJulianDay start: Double, toJulianDay end: Double, deltaT: Double = SolarPosition.usualDeltaT) {
    first = start.rounded(.down) - 2
    let count = Int(((end - first) / spacing).rounded(.up)) + 3
    var turns = 0.0
    for i in 0..<max(4, count) {
      let sun = GeocentricSun(julianDay: first + Double(i) * spacing, deltaT: deltaT)
      // Unwound, so that interpolation never crosses a full turn.
      if let last = ascension.last, sun.rightAscension + turns < last - 180 { turns += 360 }
      ascension.append(sun.rightAscension + turns)
      declination.append(sun.declination)
      radius.append(sun.radius)
      equinoxes.append(sun.nutationLongitude * cos(radians(sun.obliquity)))
    }
  }

  /// Sidereal time minus right ascension at Greenwich [rad, any turn], declination [rad] and distance [au].
  @inline(__always)
  func hourAngle(julianDay: Double) -> (greenwich: Double, declination: Double, radius: Double) {
    let position = (julianDay - first) / spacing
    let i = min(max(Int(position) - 1, 0), ascension.count - 4)
    let x = position - Double(i) - 1
    // Lagrange's weights for nodes at -1, 0, 1, 2.
    let w0 = -x * (x - 1) * (x - 2) / 6, w1 = (x * x - 1) * (x - 2) / 2
    let w2 = -x * (x + 1) * (x - 2) / 2, w3 = x * (x * x - 1) / 6
    func join(_ values: [Double]) -> Double {
      w0 * values[i] + w1 * values[i + 1] + w2 * values[i + 2] + w3 * values[i + 3]
    }
    let sidereal = meanSiderealTime(julianDay: julianDay) + join(equinoxes)
    return (radians(sidereal - join(ascension)), radians(join(declination)), join(radius))
  }
}

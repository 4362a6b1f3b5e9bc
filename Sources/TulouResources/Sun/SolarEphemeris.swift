import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Right ascension, declination and distance of the sun over a span of time, interpolated.
///
/// What changes slowly is computed by `GeocentricSun` every two days and joined by polynomials through six of these nodes;
/// what turns with the earth (sidereal time) is added day by day. The largest departure from the algorithm itself is below
/// 1e-6 degrees (test). One ephemeris serves any number of sites.
public struct SolarEphemeris: Sendable {
  private let first: Double
  private let spacing = 2.0
  private var ascension: [Double] = []
  private var declination: [Double] = []
  private var radius: [Double] = []
  private var equinoxes: [Double] = []

  /// An ephemeris between two Julian days of universal time; `deltaT` [s] as in `GeocentricSun`.
  public init(fromJulianDay start: Double, toJulianDay end: Double, deltaT: Double = SolarPosition.usualDeltaT) {
    first = start.rounded(.down) - 4
    let count = Int(saturating: ((end - first) / spacing).rounded(.up)) + 5
    var turns = 0.0
    let origin = first, spacing = spacing
    for sun in GeocentricSun.many((0..<max(6, count)).map { origin + Double($0) * spacing }, deltaT: deltaT) {
      // Unwound, so that interpolation never crosses a full turn.
      if let last = ascension.last, sun.rightAscension + turns < last - 180 { turns += 360 }
      ascension.append(sun.rightAscension + turns)
      declination.append(sun.declination)
      radius.append(sun.radius)
      equinoxes.append(sun.nutationLongitude * cos(radians(sun.obliquity)))
    }
  }

  /// The sun's course over one day of universal time, as cubic polynomials of the share of the day.
  struct Day {
    /// Sidereal time minus right ascension at Greenwich [rad, within a turn at the start].
    var hourAngle: (Double, Double, Double, Double)
    /// Declination [rad].
    var declination: (Double, Double, Double, Double)
    /// Distance at noon [au].
    var radius: Double
  }

  /// The day that begins at a Julian day of universal time.
  func day(_ julianDay: Double) -> Day {
    var angles = [0.0, 0, 0, 0], declinations = angles
    for k in 0..<4 {
      let share = Double(k) / 3
      let node = at(julianDay + share)
      // Sidereal time is a straight line to 1e-12 within the day; its turns are taken away before the digits are lost.
      let sidereal = turned(meanSiderealTime(julianDay: julianDay)) + 360.98564736629 * share
      angles[k] = radians(sidereal + node.equinoxes - node.ascension)
      declinations[k] = radians(node.declination)
    }
    let turn = (angles[0] / (2 * .pi)).rounded(.down) * 2 * .pi
    return Day(
      hourAngle: cubic(angles.map { $0 - turn }), declination: cubic(declinations), radius: at(julianDay + 0.5).radius)
  }

  private func at(
    _ julianDay: Double
  ) -> (ascension: Double, declination: Double, radius: Double, equinoxes: Double) {
    let position = (julianDay - first) / spacing
    let i = min(max(Int(saturating: position) - 2, 0), ascension.count - 6)
    let x = position - Double(i) - 2
    // Lagrange's weights for nodes at -2 ... 3.
    let a = (x + 2) * (x + 1) * x, b = (x - 1) * (x - 2) * (x - 3)
    let w0 = -(x + 1) * x * b / 120, w1 = (x + 2) * x * b / 24, w2 = -(x + 2) * (x + 1) * b / 12
    let w3 = a * (x - 2) * (x - 3) / 12, w4 = -a * (x - 1) * (x - 3) / 24, w5 = a * (x - 1) * (x - 2) / 120
    func join(_ v: [Double]) -> Double {
      let low = w0 * v[i] + w1 * v[i + 1] + w2 * v[i + 2]
      return low + w3 * v[i + 3] + w4 * v[i + 4] + w5 * v[i + 5]
    }
    return (join(ascension), join(declination), join(radius), join(equinoxes))
  }

  /// The cubic through values at 0, 1/3, 2/3 and 1.
  private func cubic(_ v: [Double]) -> (Double, Double, Double, Double) {
    let d1 = v[1] - v[0], d2 = v[2] - 2 * v[1] + v[0], d3 = v[3] - 3 * v[2] + 3 * v[1] - v[0]
    // Newton's form in 3x, gathered by powers.
    return (v[0], 3 * d1 - 1.5 * d2 + d3, 4.5 * d2 - 4.5 * d3, 4.5 * d3)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sun seen from the centre of the earth, step by step as in the solar position algorithm (SPA).
///
/// Valid for the years -2000 to 6000 with an uncertainty of 0.0003 degrees, given the difference of terrestrial and
/// universal time.
/// - Source: I. Reda, A. Andreas 2008, NREL/TP-560-34302, sections 3.1 to 3.10.
package struct GeocentricSun: Sendable, Equatable {
  /// Julian day of universal time [d].
  package var julianDay: Double
  /// Julian century of universal time.
  package var julianCentury: Double
  /// Heliocentric longitude of the earth L [deg].
  package var heliocentricLongitude: Double
  /// Heliocentric latitude of the earth B [deg].
  package var heliocentricLatitude: Double
  /// Distance R [astronomical units].
  package var radius: Double
  /// Nutation in longitude [deg].
  package var nutationLongitude: Double
  /// Nutation in obliquity [deg].
  package var nutationObliquity: Double
  /// True obliquity of the ecliptic [deg].
  package var obliquity: Double
  /// Aberration [deg].
  package var aberration: Double
  /// Apparent longitude of the sun [deg].
  package var apparentLongitude: Double
  /// Apparent sidereal time at Greenwich [deg].
  package var siderealTime: Double
  /// Right ascension [deg].
  package var rightAscension: Double
  /// Declination [deg].
  package var declination: Double

  /// The sun at a Julian day of universal time; `deltaT` is terrestrial minus universal time [s].
  package init(julianDay: Double, deltaT: Double = SolarPosition.usualDeltaT) {
    self = GeocentricSun.many([julianDay], deltaT: deltaT)[0]
  }

  /// The sun at many Julian days, eight at a time: each lane is a day, each periodic term is used for all of them.
  static func many(_ julianDays: [Double], deltaT: Double = SolarPosition.usualDeltaT) -> [GeocentricSun] {
    var suns: [GeocentricSun] = []
    suns.reserveCapacity(julianDays.count)
    for start in stride(from: 0, to: julianDays.count, by: 8) {
      let count = min(8, julianDays.count - start)
      var days = Lane.Eight(repeating: julianDays[start])
      for lane in 0..<count { days[lane] = julianDays[start + lane] }
      let terms = PeriodicTerms((days + deltaT / 86_400 - 2_451_545) / 36_525)
      for lane in 0..<count { suns.append(GeocentricSun(days[lane], deltaT, terms, lane)) }
    }
    return suns
  }

  private init(_ julianDay: Double, _ deltaT: Double, _ terms: PeriodicTerms, _ lane: Int) {
    self.julianDay = julianDay
    julianCentury = (julianDay - 2_451_545) / 36_525
    let century = (julianDay + deltaT / 86_400 - 2_451_545) / 36_525
    heliocentricLongitude = turned(degrees(terms.longitude[lane]))
    heliocentricLatitude = degrees(terms.latitude[lane])
    radius = terms.radius[lane]
    let geocentricLongitude = turned(heliocentricLongitude + 180)
    let geocentricLatitude = -heliocentricLatitude
    nutationLongitude = terms.nutationLongitude[lane]
    nutationObliquity = terms.nutationObliquity[lane]
    let u = century / 100
    let mean = polynomial(
      u, (84381.448, -4680.93, -1.55, 1999.25, -51.38, -249.67, -39.05, 7.12, 27.87, 5.79, 2.45))
    obliquity = mean / 3600 + nutationObliquity
    aberration = -20.4898 / (3600 * radius)
    apparentLongitude = geocentricLongitude + nutationLongitude + aberration
    siderealTime = turned(
      meanSiderealTime(julianDay: julianDay) + nutationLongitude * cos(radians(obliquity)))
    let λ = radians(apparentLongitude), ε = radians(obliquity), β = radians(geocentricLatitude)
    rightAscension = turned(degrees(atan2(sin(λ) * cos(ε) - tan(β) * sin(ε), cos(λ))))
    declination = degrees(asin(sin(β) * cos(ε) + cos(β) * sin(ε) * sin(λ)))
  }
}

/// The sun seen from a place, exactly as in the solar position algorithm.
public struct SolarPosition: Sendable, Equatable {
  /// Terrestrial minus universal time [s] that is used unless told otherwise: 67 s of the years about 2014; five seconds
  /// more move the sun by 0.00006 degrees.
  public static let usualDeltaT = 67.0

  /// Hour angle seen from the place [deg], 0 ..< 360.
  public var hourAngle: Double
  /// Right ascension seen from the place [deg].
  public var rightAscension: Double
  /// Declination seen from the place [deg].
  public var declination: Double
  /// Height above the horizon without refraction [deg].
  public var trueElevation: Double
  /// Refraction [deg].
  public var refraction: Double
  /// Height with refraction [deg].
  public var elevation: Double
  /// Azimuth from north over east [deg], 0 ..< 360.
  public var azimuth: Double
  /// Zenith angle with refraction [deg].
  public var zenith: Double { 90 - elevation }

  /// The sun over a site.
  ///
  /// - Parameters:
  ///   - sun: The sun from the earth's centre at that time.
  ///   - site: Place; its height counts.
  ///   - pressurePascal: Pressure for refraction [Pa].
  ///   - temperatureCelsius: Temperature for refraction [degC].
  ///   - refractionAtHorizon: Refraction at sunrise [deg].
  package init(
    _ sun: GeocentricSun, at site: Site, pressurePascal: Double, temperatureCelsius: Double = 12,
    refractionAtHorizon: Double = 0.5667
  ) {
    let φ = radians(site.latitudeDegrees)
    let h = turned(sun.siderealTime + site.longitudeDegrees - sun.rightAscension)
    let angle = radians(h)
    let ξ = radians(8.794 / (3600 * sun.radius))
    let u = atan(0.99664719 * tan(φ))
    let x = cos(u) + site.altitudeMetres / 6_378_140 * cos(φ)
    let y = 0.99664719 * sin(u) + site.altitudeMetres / 6_378_140 * sin(φ)
    let δ = radians(sun.declination)
    let shift = atan2(-x * sin(ξ) * sin(angle), cos(δ) - x * sin(ξ) * cos(angle))
    rightAscension = sun.rightAscension + degrees(shift)
    let δ1 = atan2((sin(δ) - y * sin(ξ)) * cos(shift), cos(δ) - x * sin(ξ) * cos(angle))
    declination = degrees(δ1)
    hourAngle = h - degrees(shift)
    let h1 = radians(hourAngle)
    trueElevation = degrees(asin(sin(φ) * sin(δ1) + cos(φ) * cos(δ1) * cos(h1)))
    refraction =
      trueElevation >= -(0.26667 + refractionAtHorizon)
      ? pressurePascal / 101_000 * 283 / (273 + temperatureCelsius) * 1.02
        / (60 * tan(radians(trueElevation + 10.3 / (trueElevation + 5.11)))) : 0
    elevation = trueElevation + refraction
    azimuth = turned(degrees(atan2(sin(h1), cos(h1) * sin(φ) - tan(δ1) * cos(φ))) + 180)
  }
}

/// Radians of degrees.
func radians(_ degrees: Double) -> Double { degrees * (.pi / 180) }
/// Degrees of radians.
func degrees(_ radians: Double) -> Double { radians * (180 / .pi) }
/// The same angle within 0 ..< 360 degrees.
func turned(_ degrees: Double) -> Double {
  let rest = degrees.truncatingRemainder(dividingBy: 360)
  return rest < 0 ? rest + 360 : rest
}

/// Mean sidereal time at Greenwich [deg], not reduced to a turn.
func meanSiderealTime(julianDay: Double) -> Double {
  let t = (julianDay - 2_451_545) / 36_525
  return 280.46061837 + 360.98564736629 * (julianDay - 2_451_545) + t * t * (0.000387933 - t / 38_710_000)
}

/// Mean obliquity's polynomial of the tenth degree.
private func polynomial(
  _ x: Double,
  _ c: (Double, Double, Double, Double, Double, Double, Double, Double, Double, Double, Double)
) -> Double {
  let high = c.6 + x * (c.7 + x * (c.8 + x * (c.9 + x * c.10)))
  return c.0 + x * (c.1 + x * (c.2 + x * (c.3 + x * (c.4 + x * (c.5 + x * high)))))
}

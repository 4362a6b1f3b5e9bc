#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sun seen from the centre of the earth, step by step as in the solar position algorithm (SPA).
///
/// Valid for the years -2000 to 6000 with an uncertainty of 0.0003 degrees, given the difference of terrestrial and
/// universal time.
/// - Source: I. Reda, A. Andreas 2008, NREL/TP-560-34302, sections 3.1 to 3.10.
public struct GeocentricSun: Sendable, Equatable {
  /// Julian day of universal time [d].
  public var julianDay: Double
  /// Julian century of universal time.
  public var julianCentury: Double
  /// Heliocentric longitude of the earth L [deg].
  public var heliocentricLongitude: Double
  /// Heliocentric latitude of the earth B [deg].
  public var heliocentricLatitude: Double
  /// Distance R [astronomical units].
  public var radius: Double
  /// Nutation in longitude [deg].
  public var nutationLongitude: Double
  /// Nutation in obliquity [deg].
  public var nutationObliquity: Double
  /// True obliquity of the ecliptic [deg].
  public var obliquity: Double
  /// Aberration [deg].
  public var aberration: Double
  /// Apparent longitude of the sun [deg].
  public var apparentLongitude: Double
  /// Apparent sidereal time at Greenwich [deg].
  public var siderealTime: Double
  /// Right ascension [deg].
  public var rightAscension: Double
  /// Declination [deg].
  public var declination: Double

  /// The sun at a Julian day of universal time; `deltaT` is terrestrial minus universal time [s].
  public init(julianDay: Double, deltaT: Double = SolarPosition.usualDeltaT) {
    self.julianDay = julianDay
    julianCentury = (julianDay - 2_451_545) / 36_525
    let century = (julianDay + deltaT / 86_400 - 2_451_545) / 36_525
    let millennium = century / 10
    typealias Table = SolarPositionTables
    heliocentricLongitude = turned(
      degrees(
        power(
          [
            Table.longitude0, Table.longitude1, Table.longitude2, Table.longitude3, Table.longitude4, Table.longitude5,
          ], millennium)))
    heliocentricLatitude = degrees(power([Table.latitude0, Table.latitude1], millennium))
    radius = power([Table.radius0, Table.radius1, Table.radius2, Table.radius3, Table.radius4], millennium)
    let geocentricLongitude = turned(heliocentricLongitude + 180)
    let geocentricLatitude = -heliocentricLatitude
    (nutationLongitude, nutationObliquity) = nutation(century)
    let u = millennium / 10
    let mean = polynomial(
      u, [84381.448, -4680.93, -1.55, 1999.25, -51.38, -249.67, -39.05, 7.12, 27.87, 5.79, 2.45])
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
  public init(
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

private func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
  coefficients.reversed().reduce(0) { $0 * x + $1 }
}

/// Sum over powers of time of sums of `A cos(B + C t)`, in units of 1e-8.
private func power(_ tables: [[Double]], _ t: Double) -> Double {
  polynomial(
    t,
    tables.map { table in
      var sum = 0.0
      for i in stride(from: 0, to: table.count, by: 3) { sum += table[i] * cos(table[i + 1] + table[i + 2] * t) }
      return sum
    }) / 1e8
}

/// Nutation in longitude and obliquity [deg].
private func nutation(_ t: Double) -> (Double, Double) {
  let x0 = polynomial(t, [297.85036, 445267.111480, -0.0019142, 1.0 / 189474])
  let x1 = polynomial(t, [357.52772, 35999.050340, -0.0001603, -1.0 / 300000])
  let x2 = polynomial(t, [134.96298, 477198.867398, 0.0086972, 1.0 / 56250])
  let x3 = polynomial(t, [93.27191, 483202.017538, -0.0036825, 1.0 / 327270])
  let x4 = polynomial(t, [125.04452, -1934.136261, 0.0020708, 1.0 / 450000])
  let arguments = SolarPositionTables.nutationArguments, amplitudes = SolarPositionTables.nutationAmplitudes
  var longitude = 0.0, obliquity = 0.0
  for i in 0..<(arguments.count / 5) {
    let a = arguments[5 * i] * x0 + arguments[5 * i + 1] * x1 + arguments[5 * i + 2] * x2
    let b = arguments[5 * i + 3] * x3 + arguments[5 * i + 4] * x4
    let angle = radians(a + b)
    longitude += (amplitudes[4 * i] + amplitudes[4 * i + 1] * t) * sin(angle)
    obliquity += (amplitudes[4 * i + 2] + amplitudes[4 * i + 3] * t) * cos(angle)
  }
  return (longitude / 36_000_000, obliquity / 36_000_000)
}

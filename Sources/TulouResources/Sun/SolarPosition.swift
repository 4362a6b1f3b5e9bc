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
    let m = millennium
    let l0 = series(Table.longitude0, m), l1 = series(Table.longitude1, m), l2 = series(Table.longitude2, m)
    let l3 = series(Table.longitude3, m), l4 = series(Table.longitude4, m), l5 = series(Table.longitude5, m)
    heliocentricLongitude = turned(degrees((l0 + m * (l1 + m * (l2 + m * (l3 + m * (l4 + m * l5))))) / 1e8))
    heliocentricLatitude = degrees((series(Table.latitude0, m) + m * series(Table.latitude1, m)) / 1e8)
    let r0 = series(Table.radius0, m), r1 = series(Table.radius1, m), r2 = series(Table.radius2, m)
    radius = (r0 + m * (r1 + m * (r2 + m * (series(Table.radius3, m) + m * series(Table.radius4, m))))) / 1e8
    let geocentricLongitude = turned(heliocentricLongitude + 180)
    let geocentricLatitude = -heliocentricLatitude
    (nutationLongitude, nutationObliquity) = nutation(century)
    let u = millennium / 10
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

/// Mean obliquity's polynomial of the tenth degree.
private func polynomial(
  _ x: Double,
  _ c: (Double, Double, Double, Double, Double, Double, Double, Double, Double, Double, Double)
) -> Double {
  let high = c.6 + x * (c.7 + x * (c.8 + x * (c.9 + x * c.10)))
  return c.0 + x * (c.1 + x * (c.2 + x * (c.3 + x * (c.4 + x * (c.5 + x * high)))))
}

private func cubic(_ x: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  a + x * (b + x * (c + x * d))
}

/// Sum of `A cos(B + C t)`, in units of 1e-8, eight terms at a time.
private func series(_ table: [Double], _ t: Double) -> Double {
  var sum = 0.0
  let count = table.count / 3
  var i = 0
  while i < count {
    var amplitude = Lane.Eight(repeating: 0), angle = amplitude
    for lane in 0..<min(8, count - i) {
      let row = 3 * (i + lane)
      amplitude[lane] = table[row]
      angle[lane] = table[row + 1] + table[row + 2] * t
    }
    sum += (amplitude * Lane.sineCosine(angle).cosine).sum()
    i += 8
  }
  return sum
}

/// Nutation in longitude and obliquity [deg].
private func nutation(_ t: Double) -> (Double, Double) {
  let x0 = turned(cubic(t, 297.85036, 445267.111480, -0.0019142, 1.0 / 189474))
  let x1 = turned(cubic(t, 357.52772, 35999.050340, -0.0001603, -1.0 / 300000))
  let x2 = turned(cubic(t, 134.96298, 477198.867398, 0.0086972, 1.0 / 56250))
  let x3 = turned(cubic(t, 93.27191, 483202.017538, -0.0036825, 1.0 / 327270))
  let x4 = turned(cubic(t, 125.04452, -1934.136261, 0.0020708, 1.0 / 450000))
  let arguments = SolarPositionTables.nutationArguments, amplitudes = SolarPositionTables.nutationAmplitudes
  var longitude = 0.0, obliquity = 0.0
  let count = arguments.count / 5
  var i = 0
  while i < count {
    var angle = Lane.Eight(repeating: 0), inLongitude = angle, inObliquity = angle
    for lane in 0..<min(8, count - i) {
      let row = i + lane
      let a = arguments[5 * row] * x0 + arguments[5 * row + 1] * x1 + arguments[5 * row + 2] * x2
      let b = arguments[5 * row + 3] * x3 + arguments[5 * row + 4] * x4
      angle[lane] = radians(a + b)
      inLongitude[lane] = amplitudes[4 * row] + amplitudes[4 * row + 1] * t
      inObliquity[lane] = amplitudes[4 * row + 2] + amplitudes[4 * row + 3] * t
    }
    let (sine, cosine) = Lane.sineCosine(angle)
    longitude += (inLongitude * sine).sum()
    obliquity += (inObliquity * cosine).sum()
    i += 8
  }
  return (longitude / 36_000_000, obliquity / 36_000_000)
}

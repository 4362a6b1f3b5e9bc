public import TulouDocument
public import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sun over a site at every step of a horizon.
///
/// Positions are those of the solar position algorithm with slow terms interpolated (`SolarEphemeris`), with refraction at
/// the site's pressure; directions are unit vectors in the frame east, north, up, so that incidence on any plane is a
/// scalar product.
public struct SunPath: Sendable {
  /// Site.
  public let site: Site
  /// Length of a step [h].
  public let stepHours: Double
  /// East component of the direction to the sun [-], `count == horizon.steps`.
  public private(set) var east: [Double]
  /// North component [-].
  public private(set) var north: [Double]
  /// Up component [-], the cosine of the apparent zenith; below 0 at night.
  public private(set) var up: [Double]
  /// Zenith angle with refraction [deg].
  public private(set) var apparentZenith: [Double]
  /// Zenith angle without refraction [deg], which the models that split global irradiance were fitted with.
  public private(set) var trueZenith: [Double]
  /// Extraterrestrial irradiance normal to the sun [kW/m2], after Spencer 1971 with 1.3661 kW/m2; by the day of universal
  /// time, the same for the whole earth.
  public private(set) var extraterrestrialNormal: [Double]

  /// Solar constant of the extraterrestrial irradiance [kW/m2] (ASTM E-490, as pvlib uses it).
  public static let solarConstant = 1.3661

  /// Azimuth from north over east [deg], 0 ..< 360; 0 where the sun stands in the zenith.
  public func azimuth(_ t: Int) -> Double { turned(degrees(atan2(east[t], north[t]))) }

  /// The sun's path.
  ///
  /// - Parameters:
  ///   - site: Place; throws if impossible.
  ///   - horizon: Steps in local standard time.
  ///   - momentOfStep: Where in the step the sun stands, 0 its start, 0.5 its middle, 1 its end; may be outside to correct
  ///     a stamp.
  ///   - ephemeris: An ephemeris of the same time for many sites; nil makes one.
  ///   - pressurePascal: Pressure for refraction [Pa]; nil takes the standard atmosphere at the site's height.
  ///   - temperatureCelsius: Temperature for refraction [degC].
  public init(
    site: Site, horizon: Horizon, momentOfStep: Double = 0.5, ephemeris: SolarEphemeris? = nil,
    pressurePascal: Double? = nil, temperatureCelsius: Double = 12
  ) throws(ProjectFault) {
    try site.validate()
    self.site = site
    let steps = horizon.steps
    east = [Double](repeating: 0, count: steps)
    north = east
    up = east
    apparentZenith = east
    trueZenith = east
    extraterrestrialNormal = east
    let sky = ephemeris ?? SunPath.ephemeris(for: horizon, utcOffsetHours: site.utcOffsetHours)
    let refraction =
      (pressurePascal ?? site.standardPressurePascal) / 101_000 * 283 / (273 + temperatureCelsius) * 1.02 / 60
    let observer = Observer(site, refraction)
    let step = horizon.stepHours
    stepHours = step
    for (p, period) in horizon.periods.enumerated() {
      let start = horizon.periodStarts[p]
      // Hours of universal time since the midnight before the period, in the middle (or so) of step 0.
      let zero = period.startHour + momentOfStep * step - site.utcOffsetHours
      var i = 0
      while i < period.steps {
        let today = ((zero + Double(i) * step) / 24).rounded(.down)
        // All steps of one day of universal time share the day's polynomials.
        let last = min(period.steps, max(i + 1, Int(saturating: (((today + 1) * 24 - zero) / step).rounded(.up))))
        let number = period.start.dayNumber + Int(saturating: today)
        let day = sky.day(Double(number) + 2_440_587.5)
        let normal = extraterrestrialIrradiance(dayOfYear: CivilDate(dayNumber: number).dayOfYear)
        while i < last {
          let count = min(8, last - i)
          let share = (zero + Double(i) * step - today * 24) / 24
          let lanes = Lane.Eight(0, 1, 2, 3, 4, 5, 6, 7) * (step / 24) + share
          let sun = observer.direction(day, lanes)
          for lane in 0..<count {
            let t = start + i + lane
            east[t] = sun.east[lane]
            north[t] = sun.north[lane]
            up[t] = sun.up[lane]
            trueZenith[t] = sun.zenith[lane]
            apparentZenith[t] = sun.zenith[lane] - sun.lift[lane]
            extraterrestrialNormal[t] = normal
          }
          i += count
        }
      }
    }
  }

  /// The ephemeris that a horizon needs, for every site with such a clock.
  public static func ephemeris(for horizon: Horizon, utcOffsetHours: Double = 0) -> SolarEphemeris {
    let days = horizon.periods.map { Double($0.start.dayNumber) + $0.startHour / 24 }
    let ends = horizon.periods.map {
      Double($0.start.dayNumber) + ($0.startHour + Double($0.steps) * horizon.stepHours) / 24
    }
    let zero = 2_440_587.5 - utcOffsetHours / 24
    return SolarEphemeris(
      fromJulianDay: zero + (days.min() ?? 0) - 2, toJulianDay: zero + (ends.max() ?? 0) + 2)
  }
}

/// Extraterrestrial irradiance normal to the sun on a day of the year from 1 [kW/m2].
///
/// - Source: J. W. Spencer 1971, Search 2(5), with the solar constant of ASTM E-490.
package func extraterrestrialIrradiance(dayOfYear: Int) -> Double {
  let b = 2 * Double.pi / 365 * (Double(dayOfYear) - 1)
  let first = 0.034221 * cos(b) + 0.00128 * sin(b)
  let second = 0.000719 * cos(2 * b) + 7.7e-05 * sin(2 * b)
  return SunPath.solarConstant * (1.00011 + first + second)
}

/// A place as the topocentric steps of the algorithm need it (sections 3.12 to 3.14).
private struct Observer {
  let sinLatitude, cosLatitude, longitude, x, y, refraction: Double

  init(_ site: Site, _ refraction: Double) {
    let φ = radians(site.latitudeDegrees)
    sinLatitude = sin(φ)
    cosLatitude = cos(φ)
    longitude = radians(site.longitudeDegrees)
    let u = atan(0.99664719 * tan(φ))
    x = cos(u) + site.altitudeMetres / 6_378_140 * cos(φ)
    y = 0.99664719 * sin(u) + site.altitudeMetres / 6_378_140 * sin(φ)
    self.refraction = refraction
  }

  struct Directions { var east, north, up, zenith, lift: Lane.Eight }

  /// Directions with refraction, zenith without it and refraction [deg], at shares of the day.
  ///
  /// Parallax is below 5e-5 rad, so its arc tangent and cosine are their first terms: the error stays below 1e-12 rad.
  @inline(__always)
  func direction(_ day: SolarEphemeris.Day, _ share: Lane.Eight) -> Directions {
    let h = day.hourAngle, d = day.declination
    let angle = h.0 + share * (h.1 + share * (h.2 + share * h.3)) + longitude
    let δ = d.0 + share * (d.1 + share * (d.2 + share * d.3))
    let (sinH, cosH) = Lane.sineCosine(angle)
    let (sinδ, cosδ) = Lane.sineCosine(δ)
    let ξ = 8.794 / 3600 * (Double.pi / 180) / day.radius
    let c = cosδ - x * ξ * cosH
    let shift = -x * ξ * sinH / c
    let s = (sinδ - y * ξ) * (1 - 0.5 * shift * shift)
    let length = (s * s + c * c).squareRoot()
    let sinδ1 = s / length, cosδ1 = c / length
    let turned = 1 - 0.5 * shift * shift
    let sinH1 = sinH * turned - cosH * shift, cosH1 = cosH * turned + sinH * shift
    let e = -cosδ1 * sinH1
    let n = sinδ1 * cosLatitude - cosδ1 * cosH1 * sinLatitude
    let u = sinLatitude * sinδ1 + cosLatitude * cosδ1 * cosH1
    let horizontal = (e * e + n * n).squareRoot()
    let height = Lane.arcTangent(u, over: horizontal) * (180 / Double.pi)
    // Below 0.83 degrees under the horizon there is no refraction; 10 deg stands in there so that nothing divides by 0.
    let night = height .< -0.83337
    let seen = height.replacing(with: 10, where: night)
    let (sinR, cosR) = Lane.sineCosine((seen + 10.3 / (seen + 5.11)) * (Double.pi / 180))
    let lift = (refraction * cosR / sinR).replacing(with: 0, where: night)
    let ρ = lift * (Double.pi / 180)
    let sinρ = ρ - ρ * ρ * ρ / 6, cosρ = 1 - 0.5 * ρ * ρ + ρ * ρ * ρ * ρ / 24
    let level = cosρ - u * sinρ / horizontal.replacing(with: 1, where: horizontal .== 0)
    return Directions(
      east: e * level, north: n * level, up: u * cosρ + horizontal * sinρ, zenith: 90 - height, lift: lift)
  }
}

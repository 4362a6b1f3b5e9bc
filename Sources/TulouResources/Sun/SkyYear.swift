import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The sun above a site over one calendar year of steps.
struct SkyYear {
  let site: Site
  let stepHours: Double
  let steps: Int
  /// Steps of each month.
  let months: [Range<Int>]
  /// Extraterrestrial irradiance on the horizontal, mean over the step [kW/m2].
  private(set) var horizontal: [Double]
  /// Sine of the sun's height, mean over the lit part of the step; 0 at night.
  private(set) var sinHeight: [Double]
  private var subsamples: Int
  private var declinations: [SolarGeometry]

  init(site: Site, year: Int, stepHours: Double) {
    self.site = site
    self.stepHours = stepHours
    let steps = Horizon.year(year, stepHours: stepHours).steps
    self.steps = steps
    months = Horizon.monthRanges(year: year, stepHours: stepHours)
    horizontal = [Double](repeating: 0, count: steps)
    sinHeight = [Double](repeating: 0, count: steps)
    // Quarter hours resolve sunrise well enough: the mean of an hour is within 0.1 % of the integral.
    subsamples = max(1, Int(saturating: (stepHours * 4).rounded(.up)))
    let days = CivilDate.isLeap(year) ? 366 : 365
    declinations = (0...days).map { SolarGeometry(dayOfYear: Double($0) + 1) }
    for t in 0..<steps {
      var sum = 0.0, sine = 0.0, lit = 0
      for s in 0..<subsamples {
        let (cosZenith, extraterrestrial) = sun(t, s)
        if cosZenith > 0 {
          sum += cosZenith * extraterrestrial
          sine += cosZenith
          lit += 1
        }
      }
      horizontal[t] = sum / Double(subsamples)
      sinHeight[t] = lit > 0 ? sine / Double(lit) : 0
    }
  }

  /// Cosine of the zenith and extraterrestrial normal irradiance [kW/m2] in the middle of part s of step t.
  private func sun(_ t: Int, _ s: Int) -> (Double, Double) {
    let hours = (Double(t) + (Double(s) + 0.5) / Double(subsamples)) * stepHours
    let geometry = declinations[min(declinations.count - 1, Int(saturating: hours / 24))]
    let solarHour =
      hours + geometry.equationOfTime + site.longitudeDegrees / 15 - site.utcOffsetHours
    let angle = (solarHour - 12) * 15 * Double.pi / 180
    let φ = site.latitudeDegrees * Double.pi / 180
    let δ = geometry.declination
    return (sin(φ) * sin(δ) + cos(φ) * cos(δ) * cos(angle), geometry.extraterrestrialNormal)
  }

  /// Writes the clear-sky irradiance of the steps.
  func clear(_ range: Range<Int>, turbidity: Double, into result: inout [Double]) {
    let sky = ClearSky(altitudeMetres: site.altitudeMetres, linkeTurbidity: turbidity)
    for t in range {
      guard horizontal[t] > 0 else {
        result[t] = 0
        continue
      }
      var sum = 0.0
      for s in 0..<subsamples {
        let (cosZenith, extraterrestrial) = sun(t, s)
        sum += sky.globalHorizontal(cosZenith: cosZenith, extraterrestrialNormal: extraterrestrial)
      }
      result[t] = sum / Double(subsamples)
    }
  }

  /// The days of a month as ranges of steps.
  func days(in month: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = month.lowerBound
    while start < month.upperBound {
      let day = Int(saturating: (Double(start) * stepHours / 24 + 1e-9).rounded(.down))
      let end = min(
        month.upperBound, max(start + 1, Int(saturating: (Double((day + 1) * 24) / stepHours - 1e-9).rounded(.up))))
      result.append(start..<end)
      start = end
    }
    return result
  }
}

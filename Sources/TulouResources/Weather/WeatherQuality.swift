package import TulouDocument
import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is suspicious in a weather record. Nothing is changed; repairs are chosen by the user (`WeatherRepair`).
package struct WeatherQuality: Sendable, Equatable {
  /// A kind of trouble in one quantity.
  package struct Finding: Sendable, Equatable {
    /// What was looked for.
    package enum Kind: String, Sendable, Equatable, CaseIterable {
      /// No value.
      case missing
      /// The same value for many steps.
      case frozen
      /// Outside what is physically possible.
      case outOfBounds = "out of bounds"
      /// Global irradiance above 1.1 times the clear sky of very clean air, and more than 50 W/m2 above it.
      case aboveClearSky = "above clear sky"
      /// More than 5 W/m2 while the sun is below the horizon in the middle of the step.
      case sunAtNight = "sunshine at night"
    }
    /// What.
    package var kind: Kind
    /// Where.
    package var quantity: WeatherQuantity
    /// How many steps.
    package var count: Int
    /// The first of them, from 0.
    package var firstStep: Int
  }

  /// Findings, by kind and quantity.
  package var findings: [Finding]
  /// Mean of |global - diffuse - beam cos z| over steps with more than 50 W/m2, sun where the file says [W/m2]; nil
  /// where one of the three is missing.
  package var closureWatts: Double?
  /// Shift of the sun against the stamps that gives the best correlation of global with clear-sky irradiance [h]; nil
  /// without global irradiance.
  package var stampOffsetHours: Double?
  /// Shift of the sun that gives the best closure [h].
  package var closureOffsetHours: Double?

  /// Closure above which beam, diffuse and global cannot all be right [W/m2].
  package static let closureLimit = 10.0

  /// Examines a record.
  ///
  /// Complexity: about twenty passes over the steps, a few milliseconds a year.
  ///
  /// - Parameters:
  ///   - weather: The record.
  ///   - hasPlace: Whether its place is known; otherwise nothing that has to do with the sun is looked at.
  package init(_ weather: Weather, hasPlace: Bool = true) throws(ProjectFault) {
    findings = []
    // Rain and snow are facts: a file without them lacks nothing.
    for quantity in WeatherQuantity.allCases where !quantity.isFact {
      guard let column = weather.columns[quantity] else { continue }
      if let first = column.missing.first {
        findings.append(Finding(kind: .missing, quantity: quantity, count: column.missing.count, firstStep: first))
      }
      WeatherQuality.bounds(column, quantity, &findings)
      WeatherQuality.frozen(column, quantity, weather.horizon.stepHours, &findings)
    }
    guard hasPlace, let global = weather.columns[.globalHorizontal] else { return }
    let shifts = stride(from: -1.5, through: 1.5, by: 0.5).map { $0 }
    let ephemeris = SunPath.ephemeris(for: weather.horizon, utcOffsetHours: weather.site.utcOffsetHours)
    var paths: [SunPath] = []
    for shift in shifts {
      paths.append(
        try SunPath(
          site: weather.site, horizon: weather.horizon,
          momentOfStep: weather.momentOfStep + shift / weather.horizon.stepHours, ephemeris: ephemeris))
    }
    let middle = shifts.count / 2
    light(global, weather, paths[middle])
    stampOffsetHours = WeatherQuality.best(shifts, paths.map { -WeatherQuality.correlation(global.values, $0) })
    if let beam = weather.columns[.beamNormal], let diffuse = weather.columns[.diffuseHorizontal] {
      let closures = paths.map {
        WeatherQuality.closure(global.values, beam.values, diffuse.values, $0)
      }
      closureWatts = closures[middle] * 1000
      closureOffsetHours = WeatherQuality.best(shifts, closures)
    }
  }

  /// The findings as sentences for people.
  package func diagnostics(source: String) -> [Diagnostic] {
    var result: [Diagnostic] = findings.map { finding in
      Diagnostic(
        .warning,
        "\(source): \(finding.quantity.rawValue): \(finding.kind.rawValue) in \(finding.count) steps, first in step \(finding.firstStep + 1)."
      )
    }
    if let closureWatts, closureWatts > WeatherQuality.closureLimit {
      let rounded = (closureWatts * 10).rounded() / 10
      result.append(
        Diagnostic(
          .warning,
          "\(source): global, beam and diffuse irradiance differ by \(rounded) W/m2 in the mean; they do not close.",
          advice: "Keep the global irradiance and recompute the split (repair: split erbs)."))
    }
    if let stampOffsetHours, stampOffsetHours != 0 {
      result.append(
        Diagnostic(
          .warning, "\(source): the sun fits best \(stampOffsetHours) h from where the stamps put it.",
          advice: "Shift the stamps (repair: shift \(stampOffsetHours) h)."))
    }
    return result
  }

  private mutating func light(_ global: WeatherColumn, _ weather: Weather, _ path: SunPath) {
    var night = (0, 0), above = (0, 0)
    let sky = ClearSky(altitudeMetres: weather.site.altitudeMetres, linkeTurbidity: 2)
    for (t, value) in global.values.enumerated() {
      if path.trueZenith[t] > 90 {
        if value > 0.005 {
          if night.0 == 0 { night.1 = t }
          night.0 += 1
        }
        continue
      }
      let clear = sky.globalHorizontal(
        cosZenith: path.up[t], extraterrestrialNormal: path.extraterrestrialNormal[t])
      if value > 1.1 * clear && value > clear + 0.05 {
        if above.0 == 0 { above.1 = t }
        above.0 += 1
      }
    }
    if night.0 > 0 {
      findings.append(
        Finding(kind: .sunAtNight, quantity: .globalHorizontal, count: night.0, firstStep: night.1))
    }
    if above.0 > 0 {
      findings.append(
        Finding(kind: .aboveClearSky, quantity: .globalHorizontal, count: above.0, firstStep: above.1))
    }
  }

  private static func bounds(_ column: WeatherColumn, _ quantity: WeatherQuantity, _ findings: inout [Finding]) {
    let range: ClosedRange<Double> =
      switch quantity {
      case .globalHorizontal: -0.005...1.6
      case .beamNormal: -0.005...1.4
      case .diffuseHorizontal: -0.005...1.0
      case .airTemperature: -70...60
      case .dewPoint: -90...40
      case .relativeHumidity: 0...1.1
      case .pressure: 45_000...110_000
      case .windSpeed: 0...75
      case .windDirection: 0...360
      case .albedo: 0...1
      case .precipitation: 0...400
      case .snowDepth: 0...20
      }
    var count = 0, first = 0
    let gone = Set(column.missing)
    for (t, value) in column.values.enumerated() where !range.contains(value) && !gone.contains(t) {
      if count == 0 { first = t }
      count += 1
    }
    if count > 0 {
      findings.append(Finding(kind: .outOfBounds, quantity: quantity, count: count, firstStep: first))
    }
  }

  /// Runs of one value: a day and more of temperature or (non-zero) wind, six hours of daylight.
  private static func frozen(
    _ column: WeatherColumn, _ quantity: WeatherQuantity, _ stepHours: Double, _ findings: inout [Finding]
  ) {
    let hours: Double
    switch quantity {
    case .airTemperature, .windSpeed: hours = 24
    case .globalHorizontal: hours = 6
    default: return
    }
    let length = max(3, Int(saturating: (hours / stepHours).rounded()))
    var count = 0, firstStep = 0, run = 1
    let values = column.values
    func close(_ end: Int) {
      guard run >= length, values[end - 1] != 0 else { return }
      if count == 0 { firstStep = end - run }
      count += run
    }
    for t in values.indices.dropFirst() {
      if values[t] == values[t - 1] {
        run += 1
      } else {
        close(t)
        run = 1
      }
    }
    if !values.isEmpty { close(values.count) }
    if count > 0 { findings.append(Finding(kind: .frozen, quantity: quantity, count: count, firstStep: firstStep)) }
  }

  /// Mean |G - D - B cos z| over steps above 50 W/m2 [kW/m2].
  private static func closure(_ global: [Double], _ beam: [Double], _ diffuse: [Double], _ path: SunPath) -> Double {
    var sum = 0.0, count = 0.0
    for t in global.indices where global[t] > 0.05 {
      sum += abs(global[t] - diffuse[t] - beam[t] * max(0, cos(radians(path.trueZenith[t]))))
      count += 1
    }
    return count > 0 ? sum / count : 0
  }

  /// Correlation of global irradiance with the extraterrestrial horizontal irradiance.
  private static func correlation(_ global: [Double], _ path: SunPath) -> Double {
    var sx = 0.0, sy = 0.0, sxx = 0.0, syy = 0.0, sxy = 0.0
    for t in global.indices {
      let x = max(0, cos(radians(path.trueZenith[t]))) * path.extraterrestrialNormal[t], y = global[t]
      sx += x
      sy += y
      sxx += x * x
      syy += y * y
      sxy += x * y
    }
    let n = Double(global.count)
    let spread = ((sxx - sx * sx / n) * (syy - sy * sy / n)).squareRoot()
    return spread > 0 ? (sxy - sx * sy / n) / spread : 0
  }

  private static func best(_ shifts: [Double], _ values: [Double]) -> Double {
    var best = shifts.count / 2
    for i in values.indices where values[i] < values[best] { best = i }
    return shifts[best]
  }
}

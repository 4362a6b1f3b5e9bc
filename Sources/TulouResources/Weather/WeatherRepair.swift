package import TulouDocument
import TulouQuantities

/// A change to a weather record that the user chose; each leaves a note for the register of assumptions.
package enum WeatherRepair: Sendable, Equatable {
  /// Keeps global irradiance and computes beam and diffuse anew.
  case split(Decomposition)
  /// Moves the sun against the stamps of irradiance by hours (half an hour is usual).
  case shiftSun(hours: Double)
  /// Fills gaps of at most so many steps by straight lines between the neighbours.
  case interpolate(quantity: WeatherQuantity, longestGap: Int)
  /// Sets irradiance to 0 while the sun is down in the whole step.
  case darkNights
  /// Multiplies wind speed so that its mean is the given [m/s]: from a wind atlas or a mast nearby.
  case windMean(metresPerSecond: Double)

  /// What the register of assumptions says.
  package var sentence: String {
    switch self {
    case .split(let model): "Beam and diffuse irradiance recomputed from global by \(model.rawValue)."
    case .shiftSun(let hours): "Sun moved by \(hours) h against the file's stamps."
    case .interpolate(let quantity, let gap):
      "Gaps of up to \(gap) steps of \(quantity.rawValue) filled by straight lines."
    case .darkNights: "Irradiance during full night set to 0."
    case .windMean(let mean): "Wind speed scaled to a mean of \(mean) m/s."
    }
  }
}

extension Weather {
  /// The record after repairs, in the order given; each adds a note.
  package func repaired(_ repairs: [WeatherRepair]) throws(ProjectFault) -> Weather {
    var weather = self
    for repair in repairs {
      switch repair {
      case .split(let model):
        let global = try weather.complete(.globalHorizontal)
        let dew = weather.columns[.dewPoint].flatMap { $0.missing.isEmpty ? $0.values : nil }
        let path = try weather.sunPath()
        let split = try model.split(
          global: global, path: path, pressurePascal: site.standardPressurePascal, dewPointCelsius: dew
        ).possible(path)
        weather.columns[.beamNormal] = WeatherColumn(values: split.beamNormal)
        weather.columns[.diffuseHorizontal] = WeatherColumn(values: split.diffuseHorizontal)
      case .shiftSun(let hours):
        guard abs(hours) <= 12 else { throw ProjectFault("A shift of the sun by \(hours) h is no repair of stamps.") }
        weather.momentOfStep += hours / horizon.stepHours
      case .interpolate(let quantity, let longest): try weather.interpolate(quantity, longest)
      case .darkNights: try weather.darken()
      case .windMean(let mean):
        guard (0...30).contains(mean) else { throw ProjectFault("A mean wind speed of \(mean) m/s is not plausible.") }
        guard var column = weather.columns[.windSpeed], let present = weather.mean(.windSpeed), present > 0 else {
          throw ProjectFault("The weather '\(source)' has no wind speed to scale.")
        }
        column.values = column.values.map { $0 * mean / present }
        weather.columns[.windSpeed] = column
      }
      weather.notes.append(Diagnostic(.note, repair.sentence))
    }
    return weather
  }

  private mutating func interpolate(_ quantity: WeatherQuantity, _ longest: Int) throws(ProjectFault) {
    guard var column = columns[quantity] else {
      throw ProjectFault("The weather '\(source)' has no column of \(quantity.rawValue).")
    }
    let gone = Set(column.missing)
    var left: [Int] = []
    var i = 0
    while i < column.missing.count {
      let start = column.missing[i]
      var end = start
      while gone.contains(end) { end += 1 }
      let length = end - start
      i += length
      let before = start - 1, after = end
      guard length <= longest, before >= 0, after < column.values.count else {
        left.append(contentsOf: start..<end)
        continue
      }
      for t in start..<end {
        let share = Double(t - before) / Double(after - before)
        column.values[t] = column.values[before] + (column.values[after] - column.values[before]) * share
      }
    }
    column.missing = left
    columns[quantity] = column
  }

  private mutating func darken() throws(ProjectFault) {
    let step = 1 / 2.0
    let start = try SunPath(site: site, horizon: horizon, momentOfStep: momentOfStep - step)
    let end = try SunPath(site: site, horizon: horizon, momentOfStep: momentOfStep + step)
    for quantity in [WeatherQuantity.globalHorizontal, .beamNormal, .diffuseHorizontal] {
      guard var column = columns[quantity] else { continue }
      for t in column.values.indices where start.up[t] < 0 && end.up[t] < 0 { column.values[t] = 0 }
      columns[quantity] = column
    }
  }
}

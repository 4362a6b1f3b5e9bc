package import TulouDocument
package import TulouQuantities

/// What a weather file can hold.
package enum WeatherQuantity: String, Sendable, Hashable, CaseIterable {
  /// Global horizontal irradiance [kW/m2].
  case globalHorizontal = "ghi"
  /// Beam normal irradiance [kW/m2].
  case beamNormal = "dni"
  /// Diffuse horizontal irradiance [kW/m2].
  case diffuseHorizontal = "dhi"
  /// Air temperature [degC].
  case airTemperature = "temperature"
  /// Dew point [degC].
  case dewPoint = "dew_point"
  /// Relative humidity [-].
  case relativeHumidity = "humidity"
  /// Air pressure at the station [Pa].
  case pressure = "pressure"
  /// Wind speed at the station's mast [m/s].
  case windSpeed = "wind_speed"
  /// Direction that the wind comes from [deg from north over east].
  case windDirection = "wind_direction"
  /// Reflection of the ground [-].
  case albedo = "albedo"
  /// Rain and snow as water [mm in the step].
  case precipitation = "precipitation"
  /// Depth of the snow on the ground [m].
  case snowDepth = "snow_depth"

  /// Whether it is only told, and no model lives on it.
  package var isFact: Bool { self == .precipitation || self == .snowDepth }
}

extension WeatherQuantity {
  /// What nature can come to at all, in the unit of the quantity, sensors' faults near zero included: a number outside is a slip of
  /// the file (an unread code, another unit, a column that moved). `WeatherQuality` looks closer.
  package var possible: ClosedRange<Double> {
    switch self {
    case .globalHorizontal, .beamNormal, .diffuseHorizontal: -0.1...3
    case .airTemperature: -100...75
    case .dewPoint: -120...75
    case .relativeHumidity: -0.05...1.5
    case .pressure: 30_000...121_000
    case .windSpeed: -0.5...150
    case .windDirection: -360...720
    case .albedo: -0.1...2
    case .precipitation: -1...2000
    case .snowDepth: -0.5...30
    }
  }
}

/// One quantity over the rows of a weather file.
package struct WeatherColumn: Sendable, Equatable {
  /// Values in the unit of `WeatherQuantity`; 0 where missing.
  package var values: [Double]
  /// Rows, from 0, whose value is missing, ascending.
  package var missing: [Int]
  /// A column.
  package init(values: [Double], missing: [Int] = []) {
    self.values = values
    self.missing = missing
  }
}

/// A weather file in our conventions: local standard time, steps by their start, no missing value filled.
package struct Weather: Sendable, Equatable {
  /// Whether the rows are real years or one year stitched from several.
  package enum Kind: Sendable, Equatable {
    /// One year of 365 days that stands for the climate.
    case typical
    /// Consecutive measured or modelled time.
    case real
  }

  /// Station or grid cell.
  package var site: Site
  /// File, station, publisher, as the file names them.
  package var source: String
  /// Typical or real.
  package var kind: Kind
  /// Steps of the rows.
  package var horizon: Horizon
  /// Columns by quantity, `count == horizon.steps` each.
  package var columns: [WeatherQuantity: WeatherColumn]
  /// Where in the step the irradiance belongs, 0 start, 0.5 middle (a mean over the step), 1 end; for instantaneous values
  /// the moment that the publisher names.
  package var momentOfStep: Double
  /// Height of the wind measurement [m]; 10 m is the WMO convention where the file is silent.
  package var windHeightMetres: Double
  /// Whether the file keeps universal time by its format or by the user's order, whatever its place.
  package var keepsUniversalTime = false
  /// What the reader had to decide or found odd.
  package var notes: [Diagnostic]

  /// A weather record.
  package init(
    site: Site, source: String, kind: Kind, horizon: Horizon, columns: [WeatherQuantity: WeatherColumn],
    momentOfStep: Double = 0.5, windHeightMetres: Double = 10, notes: [Diagnostic] = []
  ) {
    self.site = site
    self.source = source
    self.kind = kind
    self.horizon = horizon
    self.columns = columns
    self.momentOfStep = momentOfStep
    self.windHeightMetres = windHeightMetres
    self.notes = notes
  }

  /// The values of a quantity, complete.
  ///
  /// - Throws: where the file has no such quantity, or rows of it are missing; the rows are named.
  package func complete(_ quantity: WeatherQuantity) throws(ProjectFault) -> [Double] {
    guard let column = columns[quantity] else {
      throw ProjectFault("The weather '\(source)' has no column of \(quantity.rawValue).")
    }
    guard column.missing.isEmpty else {
      let rows = column.missing.prefix(5).map { String($0 + 1) }.joined(separator: ", ")
      throw ProjectFault(
        "\(column.missing.count) of \(column.values.count) values of \(quantity.rawValue) are missing in '\(source)': steps \(rows)\(column.missing.count > 5 ? ", ..." : "").",
        advice: "Choose a repair (interpolate short gaps) or another file; nothing is filled silently.")
    }
    return column.values
  }

  /// The sun at the rows, where the irradiance belongs.
  package func sunPath() throws(ProjectFault) -> SunPath {
    try SunPath(site: site, horizon: horizon, momentOfStep: momentOfStep)
  }

  /// Mean of the values that are there, or nil.
  package func mean(_ quantity: WeatherQuantity) -> Double? {
    guard let column = columns[quantity], column.values.count > column.missing.count else { return nil }
    // Missing values count 0 in the sum.
    return column.values.reduce(0, +) / Double(column.values.count - column.missing.count)
  }
}

package import TulouDocument
package import TulouResources

extension PlainWeather {
  /// A plain CSV whose header says what it holds: `time,ghi [W/m2],temperature [degC],wind_speed [m/s]`.
  ///
  /// Names are those of `WeatherQuantity`; a column without a known name is left out. With a `time` column stamps are the
  /// start of the step; without one the rows are the equal steps of a typical year.
  package static func read(_ bytes: [UInt8], name: String, site: Site) throws(ProjectFault) -> Weather {
    var table = ByteTable(bytes)
    var cells: [Range<Int>] = []
    var faults = FormatFaults(file: name)
    guard table.next(&cells) else { throw faults.thrown("The file is empty.", line: 1) }
    let header = cells.map { table.text($0) }
    var columns: [Column] = []
    var time: String?
    for title in header {
      let parts = title.split(separator: "[", maxSplits: 1).map { trimmed($0) }
      let word = parts.first?.lowercased() ?? ""
      if word == "time" {
        time = title
        continue
      }
      guard let quantity = WeatherQuantity(rawValue: word) else { continue }
      let unit = parts.count > 1 ? trimmed(parts[1].prefix { $0 != "]" }) : ""
      guard let (factor, offset) = conversion(quantity, unit) else {
        faults.add(
          "The column '\(title)' needs a unit in brackets, such as '\(word) [\(units(quantity)[0].0)]'.", line: 1)
        continue
      }
      columns.append(Column(header: title, quantity: quantity, factor: factor, offset: offset))
    }
    try faults.throwIfAny()
    guard !columns.isEmpty else {
      throw faults.thrown(
        "No column of weather was found; columns are named '\(WeatherQuantity.allCases.map(\.rawValue).joined(separator: "', '"))' with a unit in brackets.",
        line: 1)
    }
    if let time { return try PlainWeather(site: site, columns: columns, time: .column(time)).read(bytes, name: name) }
    var rows = 0
    while table.next(&cells) { if !(cells.count == 1 && cells[0].isEmpty) { rows += 1 } }
    let steps: [Int: (year: Int, hours: Double)] = [
      8760: (2021, 1), 17_520: (2021, 0.5), 35_040: (2021, 0.25), 8784: (2020, 1), 17_568: (2020, 0.5),
      35_136: (2020, 0.25),
    ]
    guard let step = steps[rows] else {
      throw faults.thrown(
        "Without a 'time' column the rows have to be the steps of a year; there are \(rows).", line: 2)
    }
    var weather = try PlainWeather(site: site, columns: columns, time: .steps(year: step.year, hours: step.hours))
      .read(bytes, name: name)
    if step.year == 2021 { weather.kind = .typical }
    return weather
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var part = Substring(text)
    while part.first?.isWhitespace ?? false { part = part.dropFirst() }
    while part.last?.isWhitespace ?? false { part = part.dropLast() }
    return String(part)
  }

  private static func conversion(_ quantity: WeatherQuantity, _ unit: String) -> (Double, Double)? {
    units(quantity).first { $0.0 == unit }.map { ($0.1, $0.2) }
  }

  /// Units that a column may have: symbol, factor, offset to the unit of `WeatherQuantity`.
  private static func units(_ quantity: WeatherQuantity) -> [(String, Double, Double)] {
    switch quantity {
    case .globalHorizontal, .beamNormal, .diffuseHorizontal:
      [("W/m2", 0.001, 0), ("kW/m2", 1, 0), ("Wh/m2", 0.001, 0), ("kWh/m2", 1, 0)]
    case .airTemperature, .dewPoint: [("degC", 1, 0), ("K", 1, -273.15)]
    case .relativeHumidity, .albedo: [("%", 0.01, 0), ("1", 1, 0)]
    case .pressure: [("Pa", 1, 0), ("hPa", 100, 0), ("mbar", 100, 0), ("kPa", 1000, 0)]
    case .windSpeed: [("m/s", 1, 0), ("km/h", 1 / 3.6, 0)]
    case .windDirection: [("deg", 1, 0)]
    case .precipitation: [("mm", 1, 0)]
    case .snowDepth: [("m", 1, 0), ("cm", 0.01, 0)]
    }
  }
}

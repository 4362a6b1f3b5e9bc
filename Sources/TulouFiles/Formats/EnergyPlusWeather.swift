public import TulouQuantities
public import TulouResources

/// EnergyPlus weather files (EPW).
///
/// Eight header lines, then a row an hour (or part of it) whose stamp is the END of the interval in local standard time;
/// minutes are ignored where there is one record an hour, as files disagree about them. Missing values are the format's
/// codes (9999 irradiance, 99.9 temperature, 999 wind ...). A typical year has 8,760 rows; its months come from different
/// years, so it is given the calendar of 2021.
/// - Source: EnergyPlus documentation, Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary".
public enum EnergyPlusWeather {
  /// One column of the format.
  private struct Field {
    let quantity: WeatherQuantity
    let index: Int
    /// From the format's unit to ours.
    let factor: Double
    /// Values from here on are missing.
    let missing: Double
    let range: ClosedRange<Double>
  }

  private static let fields = [
    Field(quantity: .airTemperature, index: 6, factor: 1, missing: 99.9, range: -90...70),
    Field(quantity: .dewPoint, index: 7, factor: 1, missing: 99.9, range: -100...70),
    Field(quantity: .relativeHumidity, index: 8, factor: 0.01, missing: 999, range: 0...120),
    Field(quantity: .pressure, index: 9, factor: 1, missing: 999_999, range: 30_000...121_000),
    Field(quantity: .globalHorizontal, index: 13, factor: 0.001, missing: 9999, range: 0...9998),
    Field(quantity: .beamNormal, index: 14, factor: 0.001, missing: 9999, range: 0...9998),
    Field(quantity: .diffuseHorizontal, index: 15, factor: 0.001, missing: 9999, range: 0...9998),
    Field(quantity: .windDirection, index: 20, factor: 1, missing: 999, range: 0...360),
    Field(quantity: .windSpeed, index: 21, factor: 1, missing: 999, range: 0...100),
    Field(quantity: .albedo, index: 32, factor: 1, missing: 999, range: 0...1),
    Field(quantity: .snowDepth, index: 30, factor: 0.01, missing: 999, range: -8999...998),
    Field(quantity: .precipitation, index: 33, factor: 1, missing: 999, range: -8999...998),
  ]

  /// Reads a file's bytes; `name` is how the user calls it.
  ///
  /// - Throws: every line that is not as the format says, with its number.
  public static func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
    var table = ByteTable(bytes)
    var cells: [Range<Int>] = []
    var faults = FormatFaults(file: name)
    guard table.next(&cells), table.text(cells[0]).uppercased() == "LOCATION" else {
      throw faults.thrown("An EPW file begins with LOCATION.", line: 1)
    }
    let location = cells.dropFirst().map { table.text($0) }
    guard location.count >= 9, let latitude = Double(location[5]), let longitude = Double(location[6]),
      let offset = Double(location[7]), let altitude = Double(location[8])
    else {
      throw faults.thrown(
        "The LOCATION line needs city, region, country, source, station, latitude, longitude, zone and altitude.",
        line: 1)
    }
    let site = Site(
      latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMetres: altitude, utcOffsetHours: offset)
    do { try site.validate() } catch { throw faults.thrown(error.diagnostics[0].message, line: 1) }
    var perHour = 1
    while table.line < 8, table.next(&cells) {
      guard table.text(cells[0]).uppercased() == "DATA PERIODS", cells.count > 2 else { continue }
      guard table.integer(cells[1]) == 1 else {
        throw faults.thrown(
          "DATA PERIODS states '\(table.text(cells[1]))' periods; Tulou reads files of one.", line: table.line)
      }
      guard let n = table.integer(cells[2]), (1...60).contains(n), 60 % n == 0 else {
        throw faults.thrown(
          "DATA PERIODS states '\(table.text(cells[2]))' records an hour; it takes a whole number that divides 60.",
          line: table.line)
      }
      perHour = n
    }
    var columns = fields.map { _ in WeatherColumn(values: []) }
    for i in columns.indices { columns[i].values.reserveCapacity(8784 * perHour) }
    var row = 0
    var first: (year: Int, month: Int, day: Int)?
    var days: [(month: Int, day: Int, line: Int)] = []
    var years: Set<Int> = []
    var rows = DataRows(header: [])
    while rows.next(&cells, of: &table, &faults) {
      guard cells.count >= 22, let year = table.integer(cells[0]), let month = table.integer(cells[1]),
        let day = table.integer(cells[2]), let hour = table.integer(cells[3]), (1...12).contains(month),
        day >= 1, day <= CivilDate.days(inMonth: month, of: 2020), (1...24).contains(hour),
        (0...9999).contains(year)
      else {
        faults.add("A data row needs year, month, day, hour 1 to 24 and at least 22 fields.", line: table.line)
        if faults.isFull { break }
        continue
      }
      if first == nil { first = (year, month, day) }
      let expected = row / perHour % 24 + 1
      if hour != expected {
        faults.add("The hour is \(hour), but after the row before it must be \(expected).", line: table.line)
        if faults.isFull { break }
      }
      if row % (24 * perHour) == 0 {
        days.append((month, day, table.line))
      } else if let today = days.last, (today.month, today.day) != (month, day) {
        faults.add(
          "The day is \(month)/\(day), but its first hour stands on \(today.month)/\(today.day).", line: table.line)
        if faults.isFull { break }
      }
      years.insert(year)
      for (i, field) in fields.enumerated() {
        guard field.index < cells.count else {
          columns[i].values.append(0)
          columns[i].missing.append(row)
          continue
        }
        guard let value = table.number(cells[field.index]) else {
          if table.text(cells[field.index]).isEmpty {
            columns[i].values.append(0)
            columns[i].missing.append(row)
          } else {
            faults.add(
              "'\(table.text(cells[field.index]))' is no number for \(field.quantity.rawValue).", line: table.line)
            columns[i].values.append(0)
          }
          continue
        }
        // Codes above the range say that nothing was measured; so do negative codes such as -9999.
        let isMissing = value >= field.missing || value <= -9000
        if !isMissing && !field.range.contains(value) {
          faults.add(
            "\(value) is out of the range of \(field.quantity.rawValue) in an EPW file.", line: table.line,
            severity: .warning)
        }
        columns[i].values.append(isMissing ? 0 : value * field.factor)
        if isMissing { columns[i].missing.append(row) }
      }
      row += 1
    }
    try faults.throwIfAny()
    let perDay = 24 * perHour
    guard let first, row >= perDay, row % perDay == 0 else {
      throw faults.thrown("The file has \(row) data rows, which is no number of whole days.", line: table.line)
    }
    let count = row / perDay
    let isWhole = days.last.map { ($0.month, $0.day) == (12, 31) } ?? false
    let typical = (first.month, first.day) == (1, 1) && isWhole && count == 365
    let start = CivilDate(year: typical ? 2021 : first.year, month: first.month, day: first.day)
    for (d, found) in days.enumerated() {
      let expected = CivilDate(dayNumber: start.dayNumber + d)
      guard (found.month, found.day) != (expected.month, expected.day) else { continue }
      throw faults.thrown(
        "The day is \(found.month)/\(found.day), but by the days before it must be \(expected.month)/\(expected.day) of \(expected.year).",
        line: found.line)
    }
    var found: [WeatherQuantity: WeatherColumn] = [:]
    for (i, field) in fields.enumerated() where columns[i].missing.count < row { found[field.quantity] = columns[i] }
    if !typical && years.count > 1 && count <= 366 {
      faults.add("The rows come from \(years.count) different years.", line: 9, severity: .note)
    }
    return Weather(
      site: site, source: "\(location[0]) (\(location[3]) \(location[4]))", kind: typical ? .typical : .real,
      horizon: Horizon(periods: [.init(start: start, steps: row)], stepHours: 1 / Double(perHour)), columns: found,
      notes: faults.diagnostics)
  }
}

package import TulouDocument
import TulouQuantities
package import TulouResources

/// EnergyPlus weather files (EPW).
///
/// Eight header lines, then a row an hour (or part of it) whose stamp is the END of the interval in local standard time.
/// Files of one record an hour disagree about the minute (0, 30, 60), but each keeps to one; with several records an hour the
/// minutes say their order. Missing values are the format's codes (9999 irradiance, 99.9 temperature, 999 wind ...) or longer
/// rows of nines; another number beyond a code is a fault. A typical year has 8,760 rows; its months come from different years,
/// so it is given the calendar of 2021.
/// - Source: EnergyPlus documentation, Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary".
package enum EnergyPlusWeather {
  /// One column of the format.
  private struct Field {
    let quantity: WeatherQuantity
    let index: Int
    /// From the format's unit to ours.
    let factor: Double
    /// The code of a missing value.
    let missing: Double
    let range: ClosedRange<Double>

    /// Whether a number says that nothing was measured: the code, or nines that are longer (some programs write the code of
    /// another column), or -9999 and its like.
    func isMissing(_ value: Double) -> Bool {
      (abs(value) >= missing || value <= -900) && ColumnBuilder.isNines(value)
    }

    /// Whether a number can be no value of the field.
    func isImpossible(_ value: Double) -> Bool { value > missing || value < -9000 }
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
  package static func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
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
      checkCounts(cells, table, &faults)
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
    var minutes = MinuteOrder(perHour: perHour)
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
      minutes.compare(table.text(cells[4]), table.integer(cells[4]), row: row, line: table.line, &faults)
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
        let isMissing = field.isMissing(value)
        if !isMissing && field.isImpossible(value) {
          faults.add(
            "\(value.plain) is no \(field.quantity.rawValue): it lies beyond \(field.missing.plain), the code of a missing value in an EPW file.",
            line: table.line)
        } else if !isMissing && !field.range.contains(value) {
          faults.add(
            "\(value) is out of the range of \(field.quantity.rawValue) in an EPW file.", line: table.line,
            severity: .warning)
        }
        columns[i].values.append(isMissing ? 0 : value * field.factor)
        if isMissing { columns[i].missing.append(row) }
      }
      row += 1
      if faults.isFull { break }
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

extension EnergyPlusWeather {
  /// Lines of the head that count what they hold: cells before and per thing counted; nil: too many kinds of line.
  private static let counted: [String: (place: Int, before: Int, each: Int?)] = [
    "DESIGN CONDITIONS": (1, 2, nil), "TYPICAL/EXTREME PERIODS": (1, 2, 4), "GROUND TEMPERATURES": (1, 2, 16),
    "HOLIDAYS/DAYLIGHT SAVINGS": (4, 5, 2), "HOLIDAYS/DAYLIGHT SAVING": (4, 5, 2),
  ]

  /// Compares the count of a line of the head with what stands on the line. Nothing of it is used, but a count that does not hold
  /// says that the file was cut or edited.
  private static func checkCounts(_ cells: [Range<Int>], _ table: ByteTable, _ faults: inout FormatFaults) {
    let key = table.text(cells[0]).uppercased()
    guard let line = counted[key] else { return }
    let text = cells.indices.contains(line.place) ? table.text(cells[line.place]) : ""
    if text.isEmpty { return }
    guard let count = table.integer(cells[line.place]), (0...1000).contains(count) else {
      faults.add(
        "\(key) counts '\(text)'; it takes a whole number from 0 to 1000.", line: table.line)
      return
    }
    // Lines are padded to one width at times.
    let filled = (cells.lastIndex { !table.text($0).isEmpty } ?? 0) + 1
    let isHeld =
      line.each.map { filled <= line.before + count * $0 && (count == 0 || filled > line.before + (count - 1) * $0) }
      ?? (count == 0 ? filled <= line.before : filled > line.before)
    if !isHeld {
      faults.add(
        "\(key) counts \(count), but \(filled) cells stand on the line\(line.each.map { "; \(line.before + count * $0) are expected" } ?? "").",
        line: table.line, severity: .warning)
    }
  }
}

/// Whether the minutes of an EPW file's rows go on as they begin.
private struct MinuteOrder {
  let perHour: Int
  private var first: Int?

  init(perHour: Int) { self.perHour = perHour }

  mutating func compare(_ text: String, _ minute: Int?, row: Int, line: Int, _ faults: inout FormatFaults) {
    if text.isEmpty, first == nil { return }
    guard let minute, (0...60).contains(minute) else {
      faults.add("The minute is '\(text)'; it lies between 0 and 60.", line: line)
      return
    }
    let step = 60 / perHour
    guard let first else {
      self.first = ((minute - row % perHour * step) % 60 + 60) % 60
      return
    }
    let expected = (first + row % perHour * step) % 60
    guard minute % 60 != expected else { return }
    // With one record an hour the minute says nothing; that it changes says that rows were mixed.
    faults.add(
      "The minute is \(minute), but by the rows before it must be \(expected).", line: line,
      severity: perHour == 1 ? .warning : .error)
  }
}

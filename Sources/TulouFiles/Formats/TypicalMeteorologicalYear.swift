package import TulouDocument
import TulouQuantities
package import TulouResources

/// TMY3 files of the National Solar Radiation Data Base.
///
/// First line: station, name, state, zone, latitude, longitude, height; second line: column names; then a row an hour whose
/// `Date` and `Time` are the END of the hour in local standard time, up to 24:00.
/// - Source: S. Wilcox, W. Marion 2008, "Users Manual for TMY3 Data Sets", NREL/TP-581-43156.
package enum TypicalMeteorologicalYear {
  private static let names: [(String, WeatherQuantity, Double)] = [
    ("GHI (W/m^2)", .globalHorizontal, 0.001), ("DNI (W/m^2)", .beamNormal, 0.001),
    ("DHI (W/m^2)", .diffuseHorizontal, 0.001), ("Dry-bulb (C)", .airTemperature, 1), ("Dew-point (C)", .dewPoint, 1),
    ("RHum (%)", .relativeHumidity, 0.01), ("Pressure (mbar)", .pressure, 100), ("Wspd (m/s)", .windSpeed, 1),
    ("Wdir (degrees)", .windDirection, 1), ("Alb (unitless)", .albedo, 1),
    ("Lprecip depth (mm)", .precipitation, 1),
  ]

  /// Reads a file's bytes.
  package static func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
    var table = ByteTable(bytes)
    var cells: [Range<Int>] = []
    var faults = FormatFaults(file: name)
    guard table.next(&cells), cells.count >= 7, let offset = table.number(cells[3]),
      let latitude = table.number(cells[4]),
      let longitude = table.number(cells[5]), let altitude = table.number(cells[6])
    else {
      throw faults.thrown(
        "A TMY3 file begins with station, name, state, zone, latitude, longitude and height.", line: 1)
    }
    let station = "\(table.text(cells[1])) (TMY3 \(table.text(cells[0])))"
    let site = Site(
      latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMetres: altitude, utcOffsetHours: offset)
    do { try site.validate() } catch { throw faults.thrown(error.diagnostics[0].message, line: 1) }
    guard table.next(&cells) else { throw faults.thrown("The file ends after its first line.", line: 1) }
    let header = cells.map { table.text($0) }
    var builder = ColumnBuilder(
      columns: names.compactMap { column in
        header.firstIndex(of: column.0).map { ($0, column.1, column.2) }
      })
    guard builder.has(.globalHorizontal) || builder.has(.airTemperature) else {
      throw faults.thrown("The second line of a TMY3 file names its columns, e.g. 'GHI (W/m^2)'.", line: 2)
    }
    guard let date = header.firstIndex(where: { $0.hasPrefix("Date") }),
      let time = header.firstIndex(where: { $0.hasPrefix("Time") })
    else {
      throw faults.thrown("The second line of a TMY3 file names 'Date (MM/DD/YYYY)' and 'Time (HH:MM)'.", line: 2)
    }
    var rows = DataRows(header: header)
    while rows.next(&cells, of: &table, &faults) {
      let day = CivilDate(dayNumber: CivilDate(year: 2021, month: 1, day: 1).dayNumber + builder.rows / 24)
      let hour = builder.rows % 24 + 1
      let found = [date, time].map { $0 < cells.count ? table.text(cells[$0]) : "" }
      let parts = found[0].split(separator: "/").map { Int($0) }
      let clock = found[1].split(separator: ":").map { Int($0) }
      if parts.count != 3 || parts[0] != day.month || parts[1] != day.day
        || !(parts[2].map { (1900...2200).contains($0) } ?? false) || clock.first != hour
        || clock.dropFirst().contains(where: { $0 != 0 })
      {
        faults.add(
          "The row is of '\(found[0]) \(found[1])', but by the rows before it must be \(day.month)/\(day.day), hour \(hour).",
          line: table.line)
        if faults.isFull { break }
      }
      // TMY3 marks missing values by -9900; some programs write nines.
      builder.add(
        cells, table, missing: { $0 == -9900 || $0 <= -99 && ColumnBuilder.isNines($0) }, &faults)
      if faults.isFull { break }
    }
    try faults.throwIfAny()
    guard builder.rows == 8760 else {
      throw faults.thrown("A typical year has 8,760 hours, but the file has \(builder.rows) rows.", line: table.line)
    }
    return Weather(
      site: site, source: station, kind: .typical,
      horizon: .year(2021), columns: builder.finished, notes: faults.diagnostics)
  }
}

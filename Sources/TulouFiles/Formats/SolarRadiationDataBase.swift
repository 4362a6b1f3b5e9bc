package import TulouDocument
import TulouQuantities
package import TulouResources

/// CSV files of the National Solar Radiation Database (NSRDB, PSM).
///
/// Two lines of metadata (names, values), a line of column names, then a row a step with year, month, day, hour, minute.
/// The minute says where in the hour the instantaneous values belong: 30 is the middle; 0 with an hourly file is the start.
/// The clock is that of the metadata (`Time Zone`, or `Local Time Zone` where the file was ordered in local time).
/// - Source: NREL, NSRDB Physical Solar Model, "Download format".
package enum SolarRadiationDataBase {
  private static let names: [String: (WeatherQuantity, Double)] = [
    "ghi": (.globalHorizontal, 0.001), "dni": (.beamNormal, 0.001), "dhi": (.diffuseHorizontal, 0.001),
    "temperature": (.airTemperature, 1), "dew point": (.dewPoint, 1), "relative humidity": (.relativeHumidity, 0.01),
    "pressure": (.pressure, 100), "wind speed": (.windSpeed, 1), "wind direction": (.windDirection, 1),
    "surface albedo": (.albedo, 1),
  ]

  /// Reads a file's bytes.
  package static func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
    var table = ByteTable(bytes)
    var cells: [Range<Int>] = []
    var faults = FormatFaults(file: name)
    guard table.next(&cells) else { throw faults.thrown("The file is empty.", line: 1) }
    let keys = cells.map { table.text($0).lowercased() }
    guard table.next(&cells) else { throw faults.thrown("The file ends after its first line.", line: 1) }
    let values = cells.map { table.text($0) }
    func metadata(_ key: String) -> Double? {
      keys.firstIndex(of: key).flatMap { $0 < values.count ? Double(values[$0]) : nil }
    }
    guard let latitude = metadata("latitude"), let longitude = metadata("longitude"), let zone = metadata("time zone")
    else {
      throw faults.thrown(
        "An NSRDB file begins with a line of names (Latitude, Longitude, Time Zone ...) and a line of their values.",
        line: 1)
    }
    let site = Site(
      latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMetres: metadata("elevation") ?? 0,
      utcOffsetHours: zone)
    do { try site.validate() } catch { throw faults.thrown(error.diagnostics[0].message, line: 2) }
    guard table.next(&cells) else { throw faults.thrown("The file ends after its metadata.", line: 2) }
    let header = cells.map { table.text($0).lowercased() }
    guard let year = header.firstIndex(of: "year"), let month = header.firstIndex(of: "month"),
      let day = header.firstIndex(of: "day"), let hour = header.firstIndex(of: "hour"),
      let minute = header.firstIndex(of: "minute")
    else { throw faults.thrown("The third line must name Year, Month, Day, Hour and Minute.", line: 3) }
    var builder = ColumnBuilder(
      columns: header.enumerated().compactMap { column in
        names[column.element].map { (column.offset, $0.0, $0.1) }
      })
    var stamps: [Int] = []
    var rows = DataRows(header: header)
    while rows.next(&cells, of: &table, &faults) {
      guard let y = field(table, cells, year), let m = field(table, cells, month), let d = field(table, cells, day),
        let h = field(table, cells, hour), let min = field(table, cells, minute), (1...12).contains(m),
        (1900...2200).contains(y), d >= 1, d <= CivilDate.days(inMonth: m, of: y), (0...23).contains(h),
        (0...59).contains(min)
      else {
        faults.add("A data row needs year, month, day, hour and minute.", line: table.line)
        if faults.isFull { break }
        continue
      }
      stamps.append((CivilDate(year: y, month: m, day: d).dayNumber * 24 + h) * 60 + min)
      builder.add(cells, table, missing: { $0 <= -99 && ColumnBuilder.isNines($0) }, &faults)
      if faults.isFull { break }
    }
    try faults.throwIfAny()
    let series = try StampSeries(stamps, values: .instantaneous, file: name, firstLine: 4)
    var weather = Weather(
      site: site, source: "NSRDB \(latitude), \(longitude)", kind: series.isTypicalYear ? .typical : .real,
      horizon: series.horizon, columns: builder.finished, momentOfStep: series.momentOfStep, notes: faults.diagnostics)
    // The files are ordered in local time or in universal time.
    weather.keepsUniversalTime = zone == 0
    return weather
  }

  private static func field(_ table: ByteTable, _ cells: [Range<Int>], _ index: Int) -> Int? {
    index < cells.count ? table.integer(cells[index]) : nil
  }
}

import Foundation
package import TulouDocument
import TulouQuantities
package import TulouResources

/// Files of the European Commission's PVGIS: hourly series and typical years, as CSV or JSON.
///
/// Stamps are universal time; irradiance is that of the moment (`20160101:0010`), or, in typical years, of the stamp plus
/// `irradiance_time_offset`. Irradiance on a plane (`G(i)`, `Gb(i)` ...) is taken as horizontal only where the file's slope
/// is 0. The record keeps universal time as its clock; `Weather.series` turns it to the project's.
/// - Source: PVGIS user manual 5.3, sections on hourly data and TMY; JRC, https://joint-research-centre.ec.europa.eu/pvgis.
package enum PhotovoltaicGeographicalSystem {
  private static let names: [String: (WeatherQuantity, Double)] = [
    "T2m": (.airTemperature, 1), "RH": (.relativeHumidity, 0.01), "G(h)": (.globalHorizontal, 0.001),
    "Gb(n)": (.beamNormal, 0.001), "Gd(h)": (.diffuseHorizontal, 0.001), "WS10m": (.windSpeed, 1),
    "WD10m": (.windDirection, 1), "SP": (.pressure, 1), "G(i)": (.globalHorizontal, 0.001),
  ]

  /// What both spellings hold.
  private struct Record {
    var latitude: Double?
    var longitude: Double?
    var elevation = 0.0
    var slope = 0.0
    var timeOffset = 0.0
    var isTypical = false
    var stamps: [Int] = []
    var values: [WeatherQuantity: WeatherColumn] = [:]
    var notes: [Diagnostic] = []
  }

  /// Reads a file's bytes, CSV or JSON.
  package static func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    var record = first == UInt8(ascii: "{") ? try json(bytes, name) : try csv(bytes, name)
    let faults = FormatFaults(file: name)
    guard let latitude = record.latitude, let longitude = record.longitude else {
      throw faults.thrown("A PVGIS file states latitude and longitude before its data.", line: 1)
    }
    var notes = record.notes
    if record.slope != 0, record.values[.globalHorizontal] != nil {
      record.values[.globalHorizontal] = nil
      notes.append(
        Diagnostic(
          .warning, "\(name): irradiance is on a plane tilted by \(record.slope) deg and was left out.",
          advice: "Order the series with slope 0, or a typical year."))
    }
    guard abs(record.timeOffset) <= 1 else {
      throw faults.thrown(
        "The irradiance time offset is \(record.timeOffset) h; it lies between -1 h and 1 h.", line: 1)
    }
    let site = Site(
      latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMetres: record.elevation, utcOffsetHours: 0)
    do { try site.validate() } catch { throw faults.thrown(error.diagnostics[0].message, line: 1) }
    let series = try StampSeries(record.stamps, values: .instantaneous, file: name, firstLine: 1)
    var weather = Weather(
      site: site, source: "PVGIS \(latitude), \(longitude)",
      kind: series.isTypicalYear || record.isTypical ? .typical : .real, horizon: series.horizon,
      columns: record.values, momentOfStep: series.momentOfStep + record.timeOffset / series.horizon.stepHours,
      notes: notes)
    weather.keepsUniversalTime = true
    return weather
  }

  private static func csv(_ bytes: [UInt8], _ name: String) throws(ProjectFault) -> Record {
    var table = ByteTable(bytes)
    var cells: [Range<Int>] = []
    var faults = FormatFaults(file: name)
    var record = Record()
    var builder: ColumnBuilder?
    var width = 0
    while table.next(&cells) {
      let head = table.text(cells[0])
      if builder == nil {
        if head.hasPrefix("time") {
          record.isTypical = head.contains("UTC")
          let header = cells.map { table.text($0) }
          width = header.count
          builder = ColumnBuilder(
            columns: header.enumerated().compactMap { column in
              names[column.element].map { (column.offset, $0.0, $0.1) }
            })
        } else {
          note(head, &record)
        }
        continue
      }
      // Notes follow the data after an empty line.
      guard let stamp = stamp(head) else {
        if head.isEmpty || record.stamps.count > 1 { break }
        faults.add("'\(head)' is no PVGIS time such as 20160101:0010.", line: table.line)
        break
      }
      if cells.count != width {
        faults.add("The row has \(cells.count) cells where \(width) are expected.", line: table.line)
      }
      record.stamps.append(stamp)
      builder?.add(cells, table, missing: { _ in false }, &faults)
      if faults.isFull { break }
    }
    try faults.throwIfAny()
    guard let builder else { throw faults.thrown("The file has no line that begins with 'time'.", line: table.line) }
    record.values = builder.finished
    record.notes = faults.diagnostics
    return record
  }

  private static func note(_ line: String, _ record: inout Record) {
    guard let colon = line.firstIndex(of: ":") else { return }
    let key = line[..<colon].lowercased()
    let words = line[line.index(after: colon)...].split { $0 == " " || $0 == "\t" }
    guard let value = words.first.flatMap({ Double($0) }) else { return }
    if key.hasPrefix("latitude") { record.latitude = value }
    if key.hasPrefix("longitude") { record.longitude = value }
    if key.hasPrefix("elevation") { record.elevation = value }
    if key.hasPrefix("slope") { record.slope = value }
    if key.hasPrefix("irradiance time offset") { record.timeOffset = value }
  }

  private static func json(_ bytes: [UInt8], _ name: String) throws(ProjectFault) -> Record {
    var faults = FormatFaults(file: name)
    // A broken file is one fault; the parser's own words name no place a person could use.
    guard let root = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any],
      let outputs = root["outputs"] as? [String: Any]
    else { throw faults.thrown("The file is no PVGIS JSON with 'inputs' and 'outputs'.", line: 1) }
    var record = Record()
    let inputs = root["inputs"] as? [String: Any]
    let location = inputs?["location"] as? [String: Any]
    record.latitude = (location?["latitude"] as? NSNumber)?.doubleValue
    record.longitude = (location?["longitude"] as? NSNumber)?.doubleValue
    record.elevation = (location?["elevation"] as? NSNumber)?.doubleValue ?? 0
    record.timeOffset = (location?["irradiance_time_offset"] as? NSNumber)?.doubleValue ?? 0
    let mounting = (inputs?["mounting_system"] as? [String: Any])?["fixed"] as? [String: Any]
    record.slope = ((mounting?["slope"] as? [String: Any])?["value"] as? NSNumber)?.doubleValue ?? 0
    record.isTypical = outputs["tmy_hourly"] != nil
    guard let rows = (outputs["tmy_hourly"] ?? outputs["hourly"]) as? [[String: Any]] else {
      throw faults.thrown("The outputs hold neither 'hourly' nor 'tmy_hourly'.", line: 1)
    }
    for (i, row) in rows.enumerated() {
      guard let text = (row["time"] ?? row["time(UTC)"]) as? String, let stamp = stamp(text) else {
        faults.add("Record \(i + 1) has no time such as 20160101:0010.", line: 1)
        if faults.isFull { break }
        continue
      }
      record.stamps.append(stamp)
      for (key, (quantity, factor)) in names where row[key] != nil {
        var column = record.values[quantity] ?? WeatherColumn(values: [])
        let value = (row[key] as? NSNumber)?.doubleValue
        column.values.append((value ?? 0) * factor)
        if value == nil { column.missing.append(i) }
        if let value, abs(value) > ColumnBuilder.greatest {
          faults.add("Record \(i + 1): \(value) is out of all range for \(quantity.rawValue).", line: 1)
          if faults.isFull { throw ProjectFault(faults.diagnostics) }
        } else if let value, !quantity.possible.contains(value * factor) {
          faults.add(
            "Record \(i + 1): \(value.plain) is no possible \(quantity.rawValue).", line: 1, severity: .warning)
        }
        record.values[quantity] = column
      }
    }
    for (quantity, column) in record.values where column.values.count != record.stamps.count {
      faults.add("\(quantity.rawValue) stands in \(column.values.count) of \(record.stamps.count) records.", line: 1)
    }
    try faults.throwIfAny()
    record.notes = faults.diagnostics
    return record
  }

  /// `20160101:0010` as minutes since 1970.
  private static func stamp(_ text: String) -> Int? {
    let digits = Array(text.utf8)
    guard digits.count == 13, digits[8] == UInt8(ascii: ":"), let year = Int(text.prefix(4)),
      let month = Int(text.dropFirst(4).prefix(2)), let day = Int(text.dropFirst(6).prefix(2)),
      let hour = Int(text.dropFirst(9).prefix(2)), let minute = Int(text.dropFirst(11)), (1...12).contains(month),
      (1900...2200).contains(year), day >= 1, day <= CivilDate.days(inMonth: month, of: year), (0...23).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    return (CivilDate(year: year, month: month, day: day).dayNumber * 24 + hour) * 60 + minute
  }
}

package import TulouDocument
import TulouQuantities
package import TulouResources

/// Weather in a CSV of one's own: a header line, then rows of numbers, with or without a time column.
package struct PlainWeather: Sendable, Equatable {
  /// A column to read.
  package struct Column: Sendable, Equatable {
    /// Header of the column.
    package var header: String
    /// What it holds.
    package var quantity: WeatherQuantity
    /// Factor to the unit of `WeatherQuantity`, e.g. 0.001 from W/m2.
    package var factor: Double
    /// Added after the factor, e.g. -273.15 from kelvin.
    package var offset: Double
    /// A column.
    package init(header: String, quantity: WeatherQuantity, factor: Double = 1, offset: Double = 0) {
      self.header = header
      self.quantity = quantity
      self.factor = factor
      self.offset = offset
    }
  }

  /// Where time comes from.
  package enum Time: Sendable, Equatable {
    /// Rows are equal steps from 1 January 00:00 of a year.
    case steps(year: Int, hours: Double)
    /// A column of stamps `2010-01-31 13:00` (or with T, seconds, or an offset such as +01:00, which is then brought to the
    /// clock of the place): the START of the step.
    case column(String)
    /// Such a column whose stamps are the END of the step.
    case endColumn(String)
  }

  /// Place and clock.
  package var site: Site
  /// Columns.
  package var columns: [Column]
  /// Time.
  package var time: Time
  /// Height of the wind measurement [m].
  package var windHeightMetres: Double

  /// A reader.
  package init(site: Site, columns: [Column], time: Time, windHeightMetres: Double = 10) {
    self.site = site
    self.columns = columns
    self.time = time
    self.windHeightMetres = windHeightMetres
  }

  /// Reads a file's bytes.
  package func read(_ bytes: [UInt8], name: String) throws(ProjectFault) -> Weather {
    var table = ByteTable(bytes)
    var cells: [Range<Int>] = []
    var faults = FormatFaults(file: name)
    guard table.next(&cells) else { throw faults.thrown("The file is empty.", line: 1) }
    let header = cells.map { table.text($0) }
    var wanted: [ColumnBuilder.Column] = []
    for column in columns {
      if let index = header.firstIndex(of: column.header) {
        wanted.append(.init(index: index, quantity: column.quantity, factor: column.factor, offset: column.offset))
      } else {
        faults.add("There is no column '\(column.header)'; the file has: \(header.joined(separator: ", ")).", line: 1)
      }
    }
    var timeIndex: Int?
    switch time {
    case .steps: break
    case .column(let title), .endColumn(let title):
      timeIndex = header.firstIndex(of: title)
      if timeIndex == nil { faults.add("There is no time column '\(title)'.", line: 1) }
    }
    for (i, name) in header.enumerated() where !name.isEmpty && header[..<i].contains(name) {
      faults.add("The header names '\(name)' twice.", line: 1)
    }
    try faults.throwIfAny()
    var builder = ColumnBuilder(wanted)
    var stamps: [Int] = []
    var rows = DataRows(header: header)
    while rows.next(&cells, of: &table, &faults) {
      if let timeIndex {
        let text = timeIndex < cells.count ? table.text(cells[timeIndex]) : ""
        guard let stamp = stamp(text) else {
          faults.add("'\(text)' is no time such as 2010-01-31 13:00.", line: table.line)
          if faults.isFull { break }
          continue
        }
        stamps.append(stamp)
      }
      builder.add(cells, table, missing: { _ in false }, &faults)
      if faults.isFull { break }
    }
    try faults.throwIfAny()
    let found = builder.finished
    let horizon: Horizon
    switch time {
    case .steps(let year, let hours):
      guard builder.rows > 0, hours > 0 else { throw faults.thrown("The file has no rows of data.", line: 2) }
      horizon = Horizon(
        periods: [.init(start: CivilDate(year: year, month: 1, day: 1), steps: builder.rows)], stepHours: hours)
    case .column: horizon = try StampSeries(stamps, values: .meanFromStamp, file: name, firstLine: 2).horizon
    case .endColumn:
      guard stamps.count > 1 else { throw faults.thrown("The file has fewer than two rows of data.", line: 2) }
      let step = stamps[1] - stamps[0]
      horizon = try StampSeries(stamps.map { $0 - step }, values: .meanFromStamp, file: name, firstLine: 2).horizon
    }
    return Weather(
      site: site, source: name, kind: .real, horizon: horizon, columns: found, windHeightMetres: windHeightMetres,
      notes: faults.diagnostics)
  }

  /// `2010-01-31 13:00[:00][+01:00]` as minutes since 1970 by the clock of the place, or nil.
  private func stamp(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard let read = TimeStamps.parse(bytes[...]) else { return nil }
    guard let offset = read.offset else { return read.wall / 60 }
    return (read.wall - offset + Int(saturating: (site.utcOffsetHours * 3600).rounded())) / 60
  }
}

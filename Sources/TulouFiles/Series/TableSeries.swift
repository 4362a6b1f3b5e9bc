import TulouQuantities

/// From the rows of a table to one value a step of the horizon; means are kept, so energy is (rule K3).
enum TableSeries {
  static func series(_ request: SeriesRequest, _ table: CsvTable) throws(SeriesFault) -> SeriesReading {
    let column = try place(request.column, request, table, part: .column)
    guard let timeName = request.timeColumn else {
      var reading = try RowCount(request, table).series(column)
      if let time = table.timeLike(besides: column) {
        reading.warnings.append(
          (
            "The column '\(Node.short(time))' of '\(request.file)' looks like time, but nothing reads it: rows are taken by their number.",
            "Say 'time: {column: \(Node.short(time))}', with 'zone' where the stamps are not the site's."
          ))
      }
      return reading
    }
    let timeColumn = try place(timeName, request, table, part: .time)
    return try StampedRows(request, table, timeColumn).series(column)
  }

  private static func place(
    _ name: String, _ request: SeriesRequest, _ table: CsvTable, part: SeriesFault.Part
  ) throws(SeriesFault) -> Int {
    if let column = table.header.firstIndex(of: name) { return column }
    let near = nearestName(to: name, among: table.header)
    let shown = table.header.prefix(20).joined(separator: ", ")
    throw SeriesFault(
      "'\(request.file)' has no column '\(Node.short(name))'.",
      advice: near.map { "Did you mean '\($0)'?" } ?? "Columns: \(Node.short(shown)).", part: part)
  }

  /// `15 min`, `1 h`, `1.5 h`.
  static func span(_ hours: Double) -> String {
    let minutes = hours * 60
    if abs(hours - hours.rounded()) < 1e-9 { return "\(Int(saturating: hours.rounded())) h" }
    if abs(minutes - minutes.rounded()) < 1e-6 { return "\(Int(saturating: minutes.rounded())) min" }
    return "\((minutes * 10).rounded() / 10) min"
  }
}

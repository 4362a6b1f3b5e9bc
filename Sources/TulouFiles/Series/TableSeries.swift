import TulouQuantities

/// From the rows of a table to one value a step of the horizon; means are kept, so energy is.
enum TableSeries {
  static func values(_ request: SeriesRequest, _ table: CsvTable, zones: TimeZones) throws(SeriesFault) -> [Double] {
    guard let column = table.header.firstIndex(of: request.column) else {
      let near = nearestName(to: request.column, among: table.header)
      let shown = table.header.prefix(20).joined(separator: ", ")
      throw SeriesFault(
        "'\(request.file)' has no column '\(Node.short(request.column))'.",
        advice: near.map { "Did you mean '\($0)'?" } ?? "Columns: \(Node.short(shown)).", part: .column)
    }
    guard let timeName = request.timeColumn else { return try byPosition(request, table, column) }
    guard let timeColumn = table.header.firstIndex(of: timeName) else {
      throw SeriesFault(
        "'\(request.file)' has no column '\(Node.short(timeName))'.",
        advice: nearestName(to: timeName, among: table.header).map { "Did you mean '\($0)'?" } ?? "", part: .time)
    }
    return try byTime(request, table, column, timeColumn, zones)
  }

  /// Rows are the hours of the calendar year of the first period, from 1 January 00:00.
  private static func byPosition(
    _ request: SeriesRequest, _ table: CsvTable, _ column: Int
  ) throws(SeriesFault) -> [Double] {
    let horizon = request.horizon
    guard let first = horizon.periods.first else { return [] }
    let origin = CivilDate(year: first.start.year, month: 1, day: 1).dayNumber
    var begins: [Double] = []
    var last = 0.0
    for period in horizon.periods {
      let begin = Double(period.start.dayNumber - origin) * 24 + period.startHour
      guard begin >= 0 else {
        throw SeriesFault(
          "A series without a time column begins on 1 January \(first.start.year), but a period begins on \(period.start).",
          advice: "Give the series a time column, or order the periods by time.", part: .time)
      }
      begins.append(begin)
      last = max(last, begin + Double(period.steps) * horizon.stepHours)
    }
    let needed = Int(saturating: (last - 1e-9).rounded(.up))
    guard table.rows.count >= needed else {
      throw SeriesFault(
        "'\(request.file)' has \(table.rows.count) rows, but the horizon needs \(needed) hours from 1 January \(first.start.year).",
        advice: "Without a time column, rows are the hours of the calendar year.", part: .data)
    }
    let from = Int(saturating: begins.min() ?? 0)
    let hours = try table.numbers(column, from..<needed)
    if horizon.stepHours == 1, horizon.periods.count == 1 { return hours }
    return means(horizon, begins.map { $0 - Double(from) }, hours, hoursPerRow: 1)
  }

  private static func byTime(
    _ request: SeriesRequest, _ table: CsvTable, _ column: Int, _ timeColumn: Int, _ zones: TimeZones
  ) throws(SeriesFault) -> [Double] {
    let horizon = request.horizon
    let stamps = try TimeStamps.seconds(table, timeColumn, zone: request.zone ?? request.horizonZone, zones: zones)
    guard stamps.count >= 2 else { throw SeriesFault("'\(request.file)' has fewer than two rows.", part: .data) }
    // The first two rows may be the ones that are wrong, so nothing shorter than nought counts as the interval.
    let interval = max(1, stamps[1] - stamps[0])
    for i in 1..<stamps.count where stamps[i] - stamps[i - 1] != interval {
      let row = table.rows[i].number
      let gap = stamps[i] - stamps[i - 1]
      if gap <= 0 {
        throw SeriesFault(
          "The time of row \(row) is not after that of the row before.",
          advice: gap == 0
            ? "A stamp stands twice." : "Rows are ordered by time; a clock change needs the 'zone' of the stamps.",
          part: .data)
      }
      throw SeriesFault(
        "Between row \(table.rows[i - 1].number) and row \(row) lie \(minutes(gap)) min instead of \(minutes(interval)) min.",
        advice: "Gaps are never filled silently; complete the file.", part: .data)
    }
    let offset = (zones.standardOffset(request.horizonZone) ?? 0) * 3600
    var begins: [Double] = []
    for period in horizon.periods {
      let local = Double(period.start.dayNumber) * 86_400 + period.startHour * 3600
      begins.append((local - offset - Double(stamps[0])) / 3600)
    }
    let hoursPerRow = Double(interval) / 3600
    let covered = Double(stamps.count) * hoursPerRow
    for (begin, period) in zip(begins, horizon.periods) {
      let end = begin + Double(period.steps) * horizon.stepHours
      if begin < -1e-9 || end > covered + 1e-9 {
        let from = TimeStamps.text(Double(stamps[0]) + offset),
          to = TimeStamps.text(Double(stamps[0]) + offset + covered * 3600)
        throw SeriesFault(
          "'\(request.file)' covers \(from) to \(to), but the horizon needs more from \(period.start) on.",
          advice:
            "The times are compared in the zone of the horizon, '\(request.horizonZone)', without daylight saving.",
          part: .data)
      }
    }
    let low = max(0, Int(saturating: (begins.min() ?? 0) / hoursPerRow))
    let high = zip(begins, horizon.periods).reduce(0.0) { max($0, $1.0 + Double($1.1.steps) * horizon.stepHours) }
    let rows = low..<min(stamps.count, Int(saturating: (high / hoursPerRow - 1e-9).rounded(.up)))
    let values = try table.numbers(column, rows)
    return means(horizon, begins.map { $0 - Double(low) * hoursPerRow }, values, hoursPerRow: hoursPerRow)
  }

  /// Mean over each step of a piecewise constant series; `begins` are the periods' starts in hours from its first row.
  private static func means(
    _ horizon: Horizon, _ begins: [Double], _ values: [Double], hoursPerRow: Double
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(horizon.steps)
    let perStep = horizon.stepHours / hoursPerRow
    for (begin, period) in zip(begins, horizon.periods) {
      for t in 0..<period.steps {
        let a = begin / hoursPerRow + Double(t) * perStep
        let b = a + perStep
        let first = max(0, Int(saturating: (a + 1e-9).rounded(.down)))
        let last = min(values.count - 1, Int(saturating: (b - 1e-9).rounded(.down)))
        if first >= last {
          result.append(values[min(first, values.count - 1)])
          continue
        }
        var sum = 0.0
        for i in first...last { sum += values[i] * (min(b, Double(i + 1)) - max(a, Double(i))) }
        result.append(sum / perStep)
      }
    }
    return result
  }

  private static func minutes(_ seconds: Int) -> String {
    seconds % 60 == 0 ? "\(seconds / 60)" : "\((Double(seconds) / 6).rounded() / 10)"
  }
}

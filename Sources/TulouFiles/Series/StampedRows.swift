import TulouDocument
import TulouQuantities

/// Rows with a time column: each holds from its stamp for the file's interval. Steps take the mean of what covers them.
///
/// The file may hold more or less than the horizon as long as every step is covered: a file of the periods alone will do.
struct StampedRows {
  private let request: SeriesRequest
  private let table: CsvTable
  /// Starts of the rows [s of universal time], ascending.
  private let starts: [Int]
  /// Length of a row [s].
  private let interval: Int
  /// The clock by which stamps without an offset were read; nil: each had its own.
  private let rules: ZoneRules?
  /// What was decided, and what looks like a mistake.
  private var warnings: [(message: String, advice: String)] = []
  private var isZoneOfFile = false

  init(_ request: SeriesRequest, _ table: CsvTable, _ timeColumn: Int) throws(SeriesFault) {
    self.request = request
    self.table = table
    let clock = request.horizon.clock.rules
    let hint = request.zone == nil ? table.zoneHint(timeColumn) : nil
    isZoneOfFile = hint != nil
    guard let zone = request.zone.map({ TimeZones.rules($0) }) ?? hint ?? clock else {
      throw SeriesFault(
        "'\(Node.short(request.zone ?? ""))' is not the name of a time zone.",
        advice: "Names look like 'Asia/Shanghai', 'UTC' or 'UTC+8'.", part: .time)
    }
    var pattern: TimePattern?
    if let format = request.format {
      pattern = TimePattern(format)
      guard pattern != nil else {
        throw SeriesFault(
          "'\(Node.short(format))' is no format of stamps.",
          advice: "Write it with yyyy, mm, dd, hh, mm and ss, e.g. 'dd.mm.yyyy hh:mm'.", part: .time)
      }
    }
    let (stamps, byRules) = try TimeStamps.seconds(
      table, timeColumn, rules: zone, pattern: pattern, areEnds: request.stampsAreEnds ?? false)
    rules = byRules ? zone : nil
    guard stamps.count >= 2 else { throw SeriesFault("'\(request.file)' has fewer than two rows.", part: .data) }
    interval = try StampedRows.interval(stamps, table)
    var areEnds = request.stampsAreEnds ?? false
    if request.stampsAreEnds == nil, let first = stamps.first, let last = stamps.last {
      let walls = [first, last].map { $0 + zone.change(at: $0).offset }
      if StampInference.areEnds(walls[0], walls[1], interval) {
        areEnds = true
        warnings.append(StampInference.warning(request.file, walls[0]))
      }
    }
    let shift = areEnds ? interval : 0
    starts = shift == 0 ? stamps : stamps.map { $0 - shift }
  }

  /// The step between rows that most of them have; shorter ones are faults, longer ones gaps.
  private static func interval(_ stamps: [Int], _ table: CsvTable) throws(SeriesFault) -> Int {
    var counts: [Int: Int] = [:]
    for i in 1..<stamps.count {
      let step = stamps[i] - stamps[i - 1]
      guard step > 0 else {
        throw SeriesFault(
          "The time of row \(table.rows[i].number) is not after that of the row before.",
          advice: step == 0
            ? "A stamp stands twice." : "Rows are ordered by time; a clock change needs the 'zone' of the stamps.",
          part: .data)
      }
      counts[step, default: 0] += 1
    }
    let usual = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 3600
    for i in 1..<stamps.count where stamps[i] - stamps[i - 1] < usual {
      throw SeriesFault(
        "Between row \(table.rows[i - 1].number) and row \(table.rows[i].number) lie \(minutes(stamps[i] - stamps[i - 1])) min instead of \(minutes(usual)) min.",
        advice: "Rows are equal steps of time; correct the stamps.", part: .data)
    }
    return usual
  }

  func series(_ column: Int) throws(SeriesFault) -> SeriesReading {
    let horizon = request.horizon
    let offset = horizon.clock.standardSeconds
    let step = horizon.stepHours * 3600
    var rows = RowValues(
      table, column, starts: starts, interval: interval, fillHours: request.fillHours, fill: request.fill)
    let wrap = calendarYear
    var wrapped = 0
    var values: [Double] = []
    values.reserveCapacity(horizon.steps)
    for period in horizon.periods {
      let begin = Double(period.start.dayNumber * 86_400 - offset) + period.startHour * 3600
      for t in 0..<period.steps {
        let from = begin + Double(t) * step
        if let mean = try rows.mean(from: from, to: from + step) {
          values.append(mean)
        } else if let wrap, let other = wrap.other(from), let mean = try rows.mean(from: other, to: other + step) {
          values.append(mean)
          wrapped += 1
        } else {
          throw uncovered(from, to: from + step)
        }
      }
    }
    try rows.throwIfBad()
    var reading = SeriesReading(values)
    reading.warnings = warnings
    if wrapped > 0 {
      reading.assumed.append(
        (
          "\(wrapped) steps from the other end of the year",
          "'\(request.file)' is a calendar year of another clock, so \(wrapped) steps at the edge of the horizon lie outside of it"
        ))
    }
    let hours = Double(interval) / 3600
    reading.rowHours = hours
    reading.rowPhase = Double(((starts[0] + offset) % interval + interval) % interval) / 3600
    if abs(hours - horizon.stepHours) > 1e-9 {
      reading.assumed.append(
        (
          "rows of \(TableSeries.span(hours)), "
            + (hours > horizon.stepHours ? "held constant over" : "averaged to")
            + " steps of \(TableSeries.span(horizon.stepHours))", "stamps of '\(request.file)'"
        ))
    }
    if rows.filled > 0 {
      reading.assumed.append(
        (
          "\(rows.filled) rows \(request.fill.words)",
          "gaps of at most \(TableSeries.span(request.fillHours)) in '\(request.file)' ('fill')"
        ))
    }
    if request.zone == nil, let rules {
      reading.assumed.append(
        (
          rules.name,
          "clock of the stamps of '\(request.file)': \(isZoneOfFile ? "the file names it" : "the site's, as no zone is given")"
        ))
    }
    return reading
  }

  /// Where a file is whole calendar years of its clock, steps that lie just outside are taken from its other end.
  private struct CalendarYear {
    var first: Double, last: Double
    /// The same moment a length of the file earlier or later; nil: it lies further off than clocks differ.
    func other(_ time: Double) -> Double? {
      let span = last - first
      if time < first, first - time <= 50_400 { return time + span }
      return time >= last - 1e-6 && time - last < 50_400 ? time - span : nil
    }
  }

  private var calendarYear: CalendarYear? {
    let first = starts[0], last = (starts.last ?? 0) + interval
    let clock = rules ?? .utc
    for wall in [first + clock.change(at: first).standard, first + clock.change(at: first).offset, first] {
      let date = CivilDate(dayNumber: (wall - ((wall % 86_400) + 86_400) % 86_400) / 86_400)
      guard wall % 86_400 == 0, date.month == 1, date.day == 1,
        last - first == CivilDate.hours(inYear: date.year) * 3600
      else { continue }
      return CalendarYear(first: Double(first), last: Double(last))
    }
    return nil
  }

  /// What to say where a step has no rows: a gap within the file, or a file that is too short.
  private func uncovered(_ from: Double, to: Double) -> SeriesFault {
    let clock = request.horizon.clock
    func text(_ utc: Int) -> String { TimeStamps.text(Double(utc + clock.standardSeconds)) }
    if let after = starts.firstIndex(where: { Double($0) > from }), after > 0, Double(starts[after - 1]) < to {
      let before = after - 1
      return SeriesFault(
        "Between row \(table.rows[before].number) and row \(table.rows[after].number) lie \(StampedRows.minutes(starts[after] - starts[before])) min instead of \(StampedRows.minutes(interval)) min.",
        advice:
          "Gaps are never filled silently; complete the file, or say how they are filled: 'fill: interpolate' (or 'previous', 'same-hour', 'zero', or up to which length: 'fill: 3 h').",
        part: .data)
    }
    let last = (starts.last ?? 0) + interval
    return SeriesFault(
      "'\(request.file)' covers \(text(starts[0])) to \(text(last)), but the horizon needs \(TimeStamps.text(from + Double(clock.standardSeconds))) too.",
      advice: "The times are compared in standard time of the site, \(clock.standardName).", part: .data)
  }

  static func minutes(_ seconds: Int) -> String {
    seconds % 60 == 0 ? "\(seconds / 60)" : "\((Double(seconds) / 6).rounded() / 10)"
  }
}

extension GapFill {
  /// For the register of assumptions.
  var words: String {
    switch self {
    case .interpolate: "by straight lines"
    case .previous: "by the value before"
    case .sameHour: "by the same hour of the day before"
    case .zero: "by zero"
    }
  }
}

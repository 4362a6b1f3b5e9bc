import TulouDocument
import TulouQuantities

/// Rows without a time column: their number says what they are.
///
/// The steps of the horizon (of all periods in their order), or the steps, or the hours, of its calendar years from
/// 1 January 00:00 of standard time. Any other number is an error that names all of these.
struct RowCount {
  private let request: SeriesRequest
  private let table: CsvTable
  /// The project's steps before a run kept the first of them.
  private let whole: Horizon
  /// First and last calendar year that the horizon touches.
  private let first: Int, last: Int

  init(_ request: SeriesRequest, _ table: CsvTable) {
    self.request = request
    self.table = table
    whole = request.wholeHorizon
    let years = whole.calendarYears
    first = years.first ?? whole.periods[0].start.year
    last = years.last ?? first
  }

  private var hoursOfYears: Int { (first...last).reduce(0) { $0 + CivilDate.hours(inYear: $1) } }
  private var years: String { first == last ? "\(first)" : "\(first) to \(last)" }
  /// Steps of the calendar years; nil where they are no whole number.
  private var stepsOfYears: Int? {
    let steps = Double(hoursOfYears) / whole.stepHours
    return abs(steps - steps.rounded()) < 1e-6 ? Int(saturating: steps.rounded()) : nil
  }
  /// Whether the steps of the horizon are those of its calendar years.
  private var isWholeYears: Bool { whole.periods.count == 1 && whole.steps == stepsOfYears }

  func series(_ column: Int) throws(SeriesFault) -> SeriesReading {
    let rows = table.rows.count
    guard rows == whole.steps else {
      if rows == stepsOfYears { return try calendar(column, hoursPerRow: whole.stepHours) }
      if rows == hoursOfYears { return try calendar(column, hoursPerRow: 1) }
      throw wrongNumber
    }
    var reading = SeriesReading(try values(column, 0..<request.horizon.steps))
    if whole.steps == hoursOfYears, whole.stepHours != 1 {
      reading.warnings.append(
        (
          "The \(rows) rows of '\(request.file)' are read as the steps of the horizon; they could be the hours of \(years) too.",
          "Give the series a time column to say which."
        ))
    }
    if !isWholeYears {
      reading.assumed.append(
        (
          "the steps of the horizon",
          "number of rows of '\(request.file)', the first of which is \(whole.moment(0).stamp)"
            + (whole.periods.count > 1 ? ", period by period" : "")
        ))
    }
    return reading
  }

  /// Rows of the calendar years, cut to the horizon.
  private func calendar(_ column: Int, hoursPerRow: Double) throws(SeriesFault) -> SeriesReading {
    let horizon = request.horizon
    let origin = CivilDate(year: first, month: 1, day: 1).dayNumber
    let begins = horizon.periods.map { Double($0.start.dayNumber - origin) * 24 + $0.startHour }
    let ends = zip(begins, horizon.periods).map { $0 + Double($1.steps) * horizon.stepHours }
    let from = Int(saturating: ((begins.min() ?? 0) / hoursPerRow + 1e-9).rounded(.down))
    let to = min(table.rows.count, Int(saturating: ((ends.max() ?? 0) / hoursPerRow - 1e-9).rounded(.up)))
    let values = try values(column, from..<max(from, to))
    var result: [Double] = []
    result.reserveCapacity(horizon.steps)
    let perStep = horizon.stepHours / hoursPerRow
    for (begin, period) in zip(begins, horizon.periods) {
      let start = begin / hoursPerRow - Double(from)
      for t in 0..<period.steps {
        result.append(StepGrid.mean(values[...], from: start + Double(t) * perStep, length: perStep))
      }
    }
    var reading = SeriesReading(result)
    reading.rowHours = hoursPerRow
    if hoursPerRow != horizon.stepHours || !isWholeYears {
      let what = hoursPerRow == horizon.stepHours ? "the steps of \(years)" : "the hours of \(years)"
      let how =
        hoursPerRow == horizon.stepHours
        ? ""
        : hoursPerRow > horizon.stepHours
          ? ", held constant over steps of \(TableSeries.span(horizon.stepHours))"
          : ", averaged to steps of \(TableSeries.span(horizon.stepHours))"
      reading.assumed.append((what + how, "number of rows of '\(request.file)'"))
    }
    return reading
  }

  private func values(_ column: Int, _ rows: Range<Int>) throws(SeriesFault) -> [Double] {
    guard request.fillHours > 0 else { return try table.numbers(column, rows) }
    throw SeriesFault(
      "'fill' needs the time of each row.", advice: "Give 'time: {column: ...}', or complete the file.", part: .time)
  }

  private var wrongNumber: SeriesFault {
    var counts: [(rows: Int, what: String)] = []
    func add(_ rows: Int, _ what: String) {
      if let i = counts.firstIndex(where: { $0.rows == rows }) {
        counts[i].what += ", " + what
      } else {
        counts.append((rows, what))
      }
    }
    add(whole.steps, whole.periods.count > 1 ? "the steps of all periods" : "the steps of the horizon")
    if let steps = stepsOfYears { add(steps, "the steps of \(years)") }
    add(hoursOfYears, "the hours of \(years)")
    let words = counts.map { "\($0.rows) (\($0.what))" }
    let leap = (first...last).contains { CivilDate.isLeap($0) }
    let isAnotherYear = first == last && table.rows.count == (leap ? 8760 : 8784)
    return SeriesFault(
      "'\(request.file)' has \(table.rows.count) rows; without a time column it may have \(words.joined(separator: " or "))."
        + (isAnotherYear ? " \(first) is \(leap ? "a leap year" : "no leap year")." : ""),
      advice: "Give the series a time column, or complete the file.", part: .data)
  }
}

import TulouDocument
import TulouQuantities

/// The stamps of the rows of a block, on the clock that wrote them.
struct StampRows {
  /// A row, or a cell of a row that holds a day.
  struct Entry {
    var row: SheetRow
    /// Where its value stands, in tables of a day a row.
    var column: Int?
    var start: WallTime
    var end: WallTime?
  }
  var entries: [Entry] = []
  /// What was decided on the way.
  var notes: [String] = []
  /// Whether the stamps are known to be starts of intervals.
  var areStarts = false
  /// Whether the stamps are known to be ends: 24:00 stands among them.
  var areEnds = false
  private let request: SeriesRequest
  private let columns: StampColumns
  /// All rows, also those that are not asked for: the order of day and month is found from them.
  private let whole: TableLayout.Block
  private var year: Int?, shift = 0

  init(
    _ block: TableLayout.Block, of whole: TableLayout.Block, _ columns: StampColumns, _ request: SeriesRequest
  ) throws(SeriesFault) {
    self.whole = whole
    self.request = request
    self.columns = columns
    switch columns.kind {
    case .dayNumber(let column): try numbers(block, column) { Int(saturating: (($0 - 25_569) * 1440).rounded()) * 60 }
    case .epoch(let column, let perSecond):
      try numbers(block, column, isUTC: true) { Int(saturating: ($0 / perSecond).rounded()) }
    case .parts(let parts): try self.parts(block, parts)
    default: try texts(block)
    }
    if !columns.words.isEmpty { notes.append(columns.words) }
  }

  private mutating func numbers(
    _ block: TableLayout.Block, _ column: Int, isUTC: Bool = false, _ seconds: (Double) -> Int
  ) throws(SeriesFault) {
    for row in block.rows {
      let mark: Character = row.text(column).contains(",") ? "," : "."
      guard column < row.cells.count, let value = CellNumber.value(row.cells[column], decimal: mark), abs(value) < 1e16
      else {
        throw unreadable(row, row.text(column))
      }
      entries.append(Entry(row: row, start: WallTime(seconds: seconds(value), offset: isUTC ? 0 : nil)))
    }
  }

  private mutating func parts(_ block: TableLayout.Block, _ columns: [Int]) throws(SeriesFault) {
    var hours: [Int] = []
    for row in block.rows {
      let numbers = columns.compactMap { Int(row.text($0).prefix { $0 != "." }) }
      guard numbers.count == columns.count, (1900...2200).contains(numbers[0]), (1...12).contains(numbers[1]),
        (1...CivilDate.days(inMonth: numbers[1], of: numbers[0])).contains(numbers[2]), (0...24).contains(numbers[3]),
        numbers.count < 5 || (0..<60).contains(numbers[4])
      else { throw unreadable(row, columns.map { row.text($0) }.joined(separator: " ")) }
      let day = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]).dayNumber
      hours.append(numbers[3])
      let seconds = day * 86_400 + numbers[3] * 3600 + (numbers.count > 4 ? numbers[4] * 60 : 0)
      entries.append(Entry(row: row, start: WallTime(seconds: seconds)))
    }
    if hours.contains(24) { areEnds = true }
  }

  private mutating func texts(_ block: TableLayout.Block) throws(SeriesFault) {
    let order = try dayOrder(whole)
    try findYear(block, order)
    for row in block.rows {
      switch columns.kind {
      case .stamp(let column):
        let stamp = try stamp(row, column)
        guard let start = wall(stamp, stamp, order) else { throw unreadable(row, row.text(column)) }
        if stamp.time == 86_400 { areEnds = true }
        entries.append(Entry(row: row, start: start))
      case .interval(let column):
        guard let pair = StampText.range(row.text(column)), let start = wall(pair.start, pair.start, order) else {
          throw unreadable(row, row.text(column))
        }
        entries.append(
          Entry(row: row, start: start, end: wall(pair.end.day == nil ? pair.start : pair.end, pair.end, order)))
      case .pair(let a, let b):
        let first = try stamp(row, a), last = try stamp(row, b)
        guard let start = wall(first, first, order) else { throw unreadable(row, row.text(a)) }
        guard let end = wall(last, last, order) else { throw unreadable(row, row.text(b)) }
        entries.append(Entry(row: row, start: start, end: end))
      case .dateAndTime(let date, let time, let endTime):
        let day = try stamp(row, date), clock = try stamp(row, time)
        guard let start = wall(day, clock, order) else { throw unreadable(row, row.text(date)) }
        var end: WallTime?
        if let endTime {
          end = wall(day, try stamp(row, endTime), order)
          if let e = end, e.seconds <= start.seconds { end?.seconds += 86_400 }
        } else if clock.time == 86_400 {
          areEnds = true
        }
        entries.append(Entry(row: row, start: start, end: end))
      case .dateAndInterval(let date, let time):
        let day = try stamp(row, date)
        guard let pair = StampText.range(row.text(time)), let start = wall(day, pair.start, order),
          var end = wall(day, pair.end, order)
        else { throw unreadable(row, row.text(date) + " " + row.text(time)) }
        if end.seconds <= start.seconds { end.seconds += 86_400 }
        entries.append(Entry(row: row, start: start, end: end))
      case .dateAndCount(let date, let count, _):
        let day = try stamp(row, date)
        guard let start = wall(day, StampText("00:00") ?? day, order),
          let number = Int(row.text(count).prefix { $0 != "." }), (0...1440).contains(number)
        else { throw unreadable(row, row.text(date) + " " + row.text(count)) }
        // The number is put in by `countDays`, when all of a day are known.
        entries.append(Entry(row: row, column: number, start: start))
      case .dayRows(let date, let first, let times, let areEnds):
        let day = try stamp(row, date)
        guard let midnight = wall(day, StampText("00:00") ?? day, order) else { throw unreadable(row, row.text(date)) }
        let step = times.count > 1 ? times[1] - times[0] : 3600
        for (i, time) in times.enumerated() {
          let start = midnight.seconds + time - (areEnds ? step : 0)
          entries.append(
            Entry(row: row, column: first + i, start: WallTime(seconds: start), end: WallTime(seconds: start + step)))
        }
      case .dayNumber, .epoch, .parts: continue
      }
    }
    switch columns.kind {
    case .interval, .pair, .dateAndInterval, .dayRows, .dateAndCount: areStarts = true
    case .dateAndTime(_, _, let end): areStarts = end != nil
    default: break
    }
  }

  private func stamp(_ row: SheetRow, _ column: Int) throws(SeriesFault) -> StampText {
    if case .dateAndTime(_, let time, _) = columns.kind, time == column, let clock = StampText(digits: row.text(column))
    {
      return clock
    }
    guard let stamp = StampText(row.text(column)) else { throw unreadable(row, row.text(column)) }
    return stamp
  }

  private func unreadable(_ row: SheetRow, _ text: String) -> SeriesFault {
    SeriesFault(
      "'\(Node.short(text))' in row \(row.number) is not a time"
        + (request.format == nil ? "." : " of the given 'format'."),
      advice: request.format == nil
        ? "The other rows are written otherwise; correct it, or say 'format', e.g. 'format: dd.mm.yyyy hh:mm'."
        : "'format' is written with yyyy, mm, dd, hh, mm and ss, e.g. 'dd.mm.yyyy hh:mm'.", part: .data)
  }

  /// Year of stamps that have none, and years that are added to the others.
  private mutating func findYear(_ block: TableLayout.Block, _ order: DayOrder) throws(SeriesFault) {
    guard let text = request.year else { return }
    let target = Int(text) ?? request.horizon.periods[0].start.year
    year = target
    if text == "any" { notes.append("the stamps' year stands for any: \(target)") }
    var first: StampText?
    search: for row in block.rows {
      for column in columns.columns {
        let text = row.text(column)
        if let stamp = StampText(text) ?? StampText.range(text)?.start, stamp.day != nil {
          first = stamp
          break search
        }
      }
    }
    if let parts = first?.parts(order, year: target) { shift = target - parts.0 }
  }

  private func wall(_ date: StampText, _ clock: StampText, _ order: DayOrder) -> WallTime? {
    guard let day = date.dayNumber(order, year: year, shift: shift) else { return nil }
    return WallTime(seconds: day * 86_400 + (clock.time ?? 0), offset: clock.offset ?? date.offset)
  }

  /// Which number of the dates is the day: what `format` says, else the one order in which all rows are days one after another.
  private mutating func dayOrder(_ block: TableLayout.Block) throws(SeriesFault) -> DayOrder {
    if let format = request.format, DayOrder(format: format) == nil, TimePattern(format) == nil {
      throw SeriesFault(
        "'\(Node.short(format))' is no format of stamps.",
        advice: "Write it with yyyy, mm, dd, hh, mm and ss, e.g. 'dd.mm.yyyy hh:mm'.", part: .time)
    }
    let column = columns.columns.first ?? 0
    let dateColumn: Int =
      switch columns.kind {
      case .stamp(let c), .interval(let c): c
      case .pair(let c, _): c
      case .dateAndTime(let c, _, _), .dateAndInterval(let c, _), .dateAndCount(let c, _, _), .dayRows(let c, _, _, _):
        c
      case .dayNumber, .epoch, .parts: column
      }
    var dates: [(stamp: StampText, row: SheetRow)] = []
    var lastText = ""
    var mark: (byte: UInt8, isShort: Bool)?
    for row in block.rows {
      let text = row.text(dateColumn)
      if text == lastText { continue }
      lastText = text
      guard let stamp = StampText(text) ?? StampText.range(text)?.start else { continue }
      if case .numbers(_, _, _, let byte, let isShort) = stamp.day {
        if mark == nil { mark = (byte, isShort) }
        dates.append((stamp, row))
      }
      if case .yearless = stamp.day, request.year == nil { throw noYear(text, row) }
    }
    guard let mark, let first = dates.first else { return .dayFirst }
    let written = request.format.flatMap { DayOrder(format: $0) }
    if let written {
      if let bad = dates.first(where: { $0.stamp.dayNumber(written) == nil }) {
        throw unreadable(bad.row, bad.row.text(dateColumn))
      }
      return written
    }
    var fitting = DayOrder.allCases.filter { order in dates.allSatisfy { $0.stamp.dayNumber(order) != nil } }
    if mark.byte == UInt8(ascii: "."), fitting.contains(.dayFirst) { fitting.removeAll { $0 == .monthFirst } }
    guard !fitting.isEmpty else {
      let either = DayOrder.allCases.compactMap { order in
        dates.first { $0.stamp.dayNumber(order) == nil }.map { "'\($0.row.text(dateColumn))' in row \($0.row.number)" }
      }
      throw SeriesFault(
        "The dates contradict one another: no order of day and month fits both \(Set(either).sorted().prefix(2).joined(separator: " and ")).",
        advice: "Correct the rows.", part: .data)
    }
    if fitting.count > 1 {
      let good = fitting.filter { order in isDaily(dates.compactMap { $0.stamp.dayNumber(order) }) }
      guard good.count == 1 else {
        let shown = first.row.text(dateColumn)
        let lines = fitting.map { "'format: \($0.text(mark.byte, isShort: mark.isShort))'" }.joined(separator: " or ")
        throw SeriesFault(
          "'\(shown)' in row \(first.row.number) may be a day of either order: day and month cannot be told apart.",
          advice: "Write \(lines) with the time column.", part: .time)
      }
      fitting = good
      notes.append("\(good[0].text(mark.byte, isShort: mark.isShort)): only so do the days follow one another")
    } else if case .numbers(let a, let b, _, _, _) = first.stamp.day, a <= 12, b <= 12 {
      notes.append("\(fitting[0].text(mark.byte, isShort: mark.isShort))")
    }
    return fitting[0]
  }

  /// Whether days follow one another, up or down, with few gaps; false for a single day.
  private func isDaily(_ days: [Int]) -> Bool {
    guard let first = days.first, days.contains(where: { $0 != first }) else { return false }
    var good = 0, bad = 0
    for (day, next) in zip(days, days.dropFirst()) where day != next {
      if abs(next - day) <= 1 { good += 1 } else { bad += 1 }
    }
    return bad * 10 <= good
  }

  private func noYear(_ text: String, _ row: SheetRow) -> SeriesFault {
    SeriesFault(
      "The stamps have no year: '\(Node.short(text))' in row \(row.number).",
      advice: "Say it with the time column: 'year: 2023', or 'year: any' where they stand for each year.", part: .time)
  }
}

import TulouDocument

/// A moment on the clock that wrote it.
struct WallTime: Equatable {
  /// Seconds since 1970 on that clock.
  var seconds: Int
  /// Clock minus universal time [s], where the stamp says it.
  var offset: Int?
}

/// Which columns of a block make the stamps of its rows.
struct StampColumns {
  enum Kind: Equatable {
    /// Date, mostly with a time, in one cell.
    case stamp(Int)
    /// Start and end in one cell.
    case interval(Int)
    /// Start and end in two cells.
    case pair(Int, Int)
    case dateAndTime(date: Int, time: Int, endTime: Int?)
    /// The time's cell holds start and end.
    case dateAndInterval(date: Int, time: Int)
    /// Number of the hour or period of the day, from `first`.
    case dateAndCount(date: Int, count: Int, first: Int)
    /// Days of a spreadsheet.
    case dayNumber(Int)
    case epoch(Int, perSecond: Double)
    /// Year, month, day, hour and perhaps minute.
    case parts([Int])
    /// A day a row: the first column of values and the times of all [s since midnight], which are starts or ends.
    case dayRows(date: Int, first: Int, times: [Int], areEnds: Bool)
  }
  var kind: Kind
  /// All columns that hold time.
  var columns: [Int]
  /// What was found, in words.
  var words = ""

  static let timeWords: Set<String> = [
    "time", "date", "datetime", "date_time", "timestamp", "stamp", "utc", "zeit", "datum", "fecha", "data", "hora",
    "heure", "horodate",
    "zeitpunkt", "zeitstempel", "interval", "period",
  ]

  /// Words in heads of clock times.
  static let clockWords: Set<String> = [
    "time", "hour", "hours", "hr", "hhmm", "clock", "zeit", "uhrzeit", "stunde", "hora", "heure", "ora", "tijd", "uur",
  ]

  /// - Parameter named: Columns that the project names; empty: they are found.
  /// - Returns: Nil where no column holds time.
  static func find(_ layout: TableLayout, _ block: TableLayout.Block, named: [Int]) throws(SeriesFault) -> StampColumns?
  {
    let names = ColumnNames(layout: layout, block: block)
    let finder = StampFinder(layout: layout, block: block, names: names, named: named)
    return try finder.find()
  }
}

private struct StampFinder {
  let layout: TableLayout, block: TableLayout.Block, names: ColumnNames, named: [Int]
  private var rows: ArraySlice<SheetRow> { block.rows.prefix(400) }

  init(layout: TableLayout, block: TableLayout.Block, names: ColumnNames, named: [Int]) {
    self.layout = layout
    self.block = block
    self.names = names
    self.named = named
  }

  func find() throws(SeriesFault) -> StampColumns? {
    let dates = layout.dateColumns.filter { named.isEmpty || named.contains($0) }
    guard let date = dates.first ?? (named.isEmpty ? nil : layout.dateColumns.first) else { return numeric() }
    if let wide = wide(date) { return wide }
    if share(date, { StampText.range($0)?.start.day != nil }) {
      return StampColumns(kind: .interval(date), columns: [date], words: "start and end in one cell")
    }
    let all = layout.dateColumns
    let timed = all.filter { column in share(column) { StampText($0)?.time != nil } }
    if let first = timed.first(where: { named.isEmpty || named.contains($0) }) { return try stamps(first, timed) }
    return dateAnd(date, all)
  }

  /// Columns with date and time: one; a start and its end; or two clocks.
  private func stamps(_ first: Int, _ timed: [Int]) throws(SeriesFault) -> StampColumns {
    for other in timed where other != first {
      if isEnd(other, of: first) { return StampColumns(kind: .pair(first, other), columns: timed) }
      if isEnd(first, of: other) { return StampColumns(kind: .pair(other, first), columns: timed) }
    }
    let one = StampColumns(kind: .stamp(first), columns: timed)
    guard timed.count > 1, named.isEmpty else { return one }
    if let utc = timed.first(where: { names.texts($0).joined(separator: " ").lowercased().contains("utc") }) {
      return StampColumns(kind: .stamp(utc), columns: timed)
    }
    let list = timed.map { "'\(names.name($0))'" }.joined(separator: ", ")
    throw SeriesFault(
      "The columns \(list) hold stamps that are no start and end of one interval.",
      advice: "Say which: 'time: {column: \(names.name(first))}'.", part: .time)
  }

  /// Whether the times of a column are one step behind those of another (or a minute less).
  private func isEnd(_ end: Int, of start: Int) -> Bool {
    func seconds(_ column: Int) -> [Int?] { rows.map { StampText($0.text(column))?.time } }
    let a = seconds(start), b = seconds(end)
    var steps: [Int: Int] = [:], lengths: [Int: Int] = [:]
    for i in a.indices {
      guard let x = a[i], let y = b[i] else { continue }
      lengths[(y - x + 86_400) % 86_400, default: 0] += 1
      if i > 0, let before = a[i - 1] {
        let step = (x - before + 86_400) % 86_400
        if step != 0 { steps[min(step, 86_400 - step), default: 0] += 1 }
      }
    }
    guard let length = lengths.max(by: { $0.value < $1.value })?.key, length > 0 else { return false }
    guard let step = steps.max(by: { $0.value < $1.value })?.key else { return false }
    return length == step || length + 60 == step || length + 1 == step
  }

  /// A date, and a time, an interval or a number of the hour beside it.
  private func dateAnd(_ date: Int, _ dates: [Int]) -> StampColumns {
    let others = (0..<layout.width).filter { !dates.contains($0) }
    if let interval = others.first(where: { share($0) { StampText.range($0) != nil } }) {
      return StampColumns(kind: .dateAndInterval(date: date, time: interval), columns: dates + [interval])
    }
    let times = others.filter { column in
      share(column) { StampText($0).map { $0.day == nil && $0.time != nil } ?? false }
    }
    if let time = times.first(where: { named.contains($0) }) ?? times.first {
      for other in times where other != time {
        if isEnd(other, of: time) {
          return StampColumns(kind: .dateAndTime(date: date, time: time, endTime: other), columns: dates + times)
        }
        if isEnd(time, of: other) {
          return StampColumns(kind: .dateAndTime(date: date, time: other, endTime: time), columns: dates + times)
        }
      }
      return StampColumns(kind: .dateAndTime(date: date, time: time, endTime: nil), columns: dates + times)
    }
    let counts = others.compactMap { column in first(ofCount: column, date).map { (column, $0) } }
    if let (count, first) = counts.first(where: { named.contains($0.0) }) ?? counts.first {
      return StampColumns(
        kind: .dateAndCount(date: date, count: count, first: first), columns: dates + [count],
        words: first == 0 ? "hours of the day from 0" : "periods of the day from 1")
    }
    if let time = others.first(where: isClockOfDigits) {
      return StampColumns(
        kind: .dateAndTime(date: date, time: time, endTime: nil), columns: dates + [time],
        words: "clock times of digits alone, such as \(rows.last?.text(time) ?? "")")
    }
    return StampColumns(kind: .stamp(date), columns: dates)
  }

  /// Whether a column is named or called a time and holds `0015` or `2345`: more than 24 hours could not count to.
  private func isClockOfDigits(_ column: Int) -> Bool {
    let isCalled =
      named.contains(column)
      || names.texts(column).contains { text in
        text.lowercased().split { !$0.isLetter }.contains { StampColumns.clockWords.contains(String($0)) }
      }
    return isCalled && share(column) { StampText(digits: $0) != nil }
      && rows.contains { (Int($0.text(column)) ?? 0) > 99 }
      && rows.allSatisfy { StampText(digits: $0.text(column)) != nil }
  }

  /// The first number of a column that counts within each day; nil: it does not.
  private func first(ofCount column: Int, _ date: Int) -> Int? {
    var last: (day: String, count: Int)?
    var first: Int?
    var days = 0, runs = 0
    for row in rows {
      guard let count = Int(row.text(column).prefix { $0 != "." }), (0...1440).contains(count) else { return nil }
      let day = row.text(date)
      if let before = last, before.day == day {
        guard count == before.count + 1 else { return nil }
        runs += 1
      } else {
        guard count == first ?? count, count <= 1 else { return nil }
        first = count
        days += 1
      }
      last = (day, count)
    }
    return runs > 10 * days || runs >= 20 ? first : nil
  }

  /// Columns whose heads are the times of a day.
  private func wide(_ date: Int) -> StampColumns? {
    for head in block.heads.reversed() {
      var starts: [Int] = [], ends: [Int] = []
      var first = 0
      for i in (date + 1)..<max(head.cells.count, date + 1) {
        let text = head.text(i)
        if let range = StampText.range(text), let a = range.start.time, let b = range.end.time {
          if starts.isEmpty { first = i }
          starts.append(a)
          ends.append(b)
        } else if let stamp = StampText(text), stamp.day == nil, let time = stamp.time {
          if starts.isEmpty { first = i }
          starts.append(time)
        } else if !starts.isEmpty {
          break
        }
      }
      if starts.count >= 20 {
        let areEnds = ends.count != starts.count && starts[0] > 0
        var times = starts
        if areEnds, let last = times.last, last == 0 { times[times.count - 1] = 86_400 }
        return StampColumns(
          kind: .dayRows(date: date, first: first, times: times, areEnds: areEnds), columns: layout.dateColumns,
          words: "a day a row, \(starts.count) columns")
      }
      if let counted = countedWide(head, date) { return counted }
    }
    return nil
  }

  /// Heads such as 1 ... 24, H01 ... H24, 1 ... 96.
  private func countedWide(_ head: SheetRow, _ date: Int) -> StampColumns? {
    var run: (first: Int, from: Int, last: Int)?
    for i in (date + 1)..<max(head.cells.count, date + 1) {
      let digits = head.text(i).filter(\.isNumber)
      guard head.text(i).count <= 8, let number = Int(digits) else {
        if run.map({ $0.last - $0.from >= 19 }) == true { break }
        run = nil
        continue
      }
      if let open = run, number == open.last + 1 {
        run?.last = number
      } else {
        run = number <= 1 ? (i, number, number) : nil
      }
    }
    guard let run, run.from <= 1, [24, 48, 96, 144, 288].contains(run.last - run.from + 1) else { return nil }
    let count = run.last - run.from + 1
    return StampColumns(
      kind: .dayRows(date: date, first: run.first, times: (0..<count).map { $0 * 86_400 / count }, areEnds: false),
      columns: layout.dateColumns, words: "a day a row, \(count) columns")
  }

  /// Year, month, day and hour in columns of their own; days of a spreadsheet; seconds since 1970.
  private func numeric() -> StampColumns? {
    let words: [Set<String>] = [
      ["year", "yr", "yyyy", "jahr", "ano", "a\u{F1}o", "anno", "ann\u{E9}e"],
      ["month", "mo", "mm", "monat", "mes", "mois", "m\u{EA}s"],
      ["day", "dy", "dd", "tag", "dia", "d\u{ED}a", "jour", "giorno"],
      ["hour", "hr", "hh", "stunde", "hora", "heure", "ora"],
      ["minute", "min", "mi", "minuto"],
    ]
    let columns = words.map { set in
      (0..<layout.width).first { names.texts($0).contains { set.contains($0.lowercased()) } }
    }
    if let y = columns[0], let m = columns[1], let d = columns[2], let h = columns[3] {
      let all = [y, m, d, h] + (columns[4].map { [$0] } ?? [])
      return StampColumns(kind: .parts(all), columns: all, words: "\(all.count) columns make the stamp")
    }
    for column in named.isEmpty ? Array(0..<min(layout.width, 6)) : named {
      let isTime =
        !named.isEmpty || column == 0
        || names.texts(column).contains { StampColumns.timeWords.contains($0.lowercased()) }
      guard isTime else { continue }
      let values = rows.map {
        CellNumber.value(
          $0.cells.count > column ? $0.cells[column] : SheetCell(text: ""),
          decimal: $0.text(column).contains(",") ? "," : ".")
      }
      let numbers = values.compactMap { $0 }
      guard numbers.count == values.count, numbers.count >= 2 else { continue }
      let steps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
      guard steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }), let step = steps.map(abs).min() else {
        continue
      }
      let low = numbers.min() ?? 0, high = numbers.max() ?? 0
      if low >= 20_000, high < 80_000, step <= 1.001, numbers.contains(where: { $0 != $0.rounded() }) || step == 1 {
        return StampColumns(kind: .dayNumber(column), columns: [column], words: "day numbers of a spreadsheet")
      }
      for scale in [1.0, 1000, 1_000_000] where low >= 3e8 * scale && high < 4.2e9 * scale && step >= 59 * scale {
        return StampColumns(kind: .epoch(column, perSecond: scale), columns: [column], words: "seconds since 1970")
      }
    }
    return nil
  }

  /// Whether a column's cells are so in nearly all rows where they hold anything.
  private func share(_ column: Int, _ test: (String) -> Bool) -> Bool {
    var good = 0, all = 0
    for row in rows {
      let text = row.text(column)
      if text.isEmpty { continue }
      all += 1
      if test(text) { good += 1 }
    }
    return all > 0 && good * 10 >= all * 9
  }
}

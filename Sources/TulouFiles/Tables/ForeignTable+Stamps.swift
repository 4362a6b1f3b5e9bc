import TulouDocument
import TulouQuantities

extension ForeignTable {
  /// A value that holds from a moment of universal time on.
  struct Moment {
    var utc: Int
    var value: Double?
    var row: SheetRow
  }

  /// Rows with stamps: ordered, each moment once, registers as differences, stamps at the start of their interval.
  mutating func readStamped(
    _ layout: TableLayout, _ block: TableLayout.Block, _ stamps: StampColumns, _ names: ColumnNames,
    _ selection: inout Selection, _ request: SeriesRequest
  ) throws(SeriesFault) {
    var kept = block
    if !selection.categories.isEmpty { kept.rows = block.rows.filter(selection.takes) }
    try checkCover(block, kept, stamps, selection, request)
    let rows = try StampRows(kept, of: block, stamps, request)
    notes += rows.notes
    guard rows.entries.count >= 2 else { throw SeriesFault("'\(request.file)' has fewer than two rows.", part: .data) }
    let isDayRows = if case .dayRows = stamps.kind { true } else { false }
    let values = try selection.values(
      rows.entries.map(\.row), request, wide: isDayRows ? rows.entries.map(\.column) : [])
    // From new to old, many files run.
    var order = Array(rows.entries.indices)
    if let first = rows.entries.first?.start.seconds, let last = rows.entries.last?.start.seconds, first > last,
      !isDayRows
    {
      order.reverse()
      notes.append("rows run from new to old: sorted")
    }
    let step = ForeignTable.usualStep(rows, order)
    let areEnds = try self.areEnds(rows, order, step, request)
    let clock = try zone(names, stamps, request)
    zone = clock
    shape = Shape(
      time: ForeignTable.timeName(stamps, names), step: step, closes: areEnds && request.stampsAreEnds == nil,
      hasOffsets: rows.entries.allSatisfy { $0.start.offset != nil })
    var moments: [Moment] = []
    moments.reserveCapacity(order.count)
    let utc = try ForeignTable.utc(rows, order, stamps.kind, clock.rules, areEnds: areEnds, step: step)
    for (k, i) in order.enumerated() {
      guard let time = utc[k] else {
        // Hours over which clocks jump have columns in a table of a day a row.
        if let value = values[i], value != 0 {
          throw SeriesFault(
            "Row \(rows.entries[i].row.number) has a value in an hour over which the clocks of '\(clock.rules.name)' jump.",
            advice:
              "Give the zone in which the file was written, e.g. 'zone: UTC+1' where it keeps standard time all year.",
            part: .data)
        }
        continue
      }
      moments.append(Moment(utc: time, value: values[i], row: rows.entries[i].row))
    }
    try checkEnds(rows, order, step, clock.rules)
    if zip(moments, moments.dropFirst()).contains(where: { $0.utc > $1.utc }) {
      moments = moments.enumerated().sorted { ($0.element.utc, $0.offset) < ($1.element.utc, $1.offset) }.map(\.element)
      if !isDayRows, selection.categories.isEmpty { notes.append("rows are not in the order of time: sorted") }
    }
    moments = try once(moments, selection, names, request)
    let isCounting = try readsRegister(moments, request)
    if isCounting {
      moments = try differences(moments, request)
    } else {
      if areEnds { for i in moments.indices { moments[i].utc -= step } }
      floorInstants(&moments, rows, step, clock.rules, request, areEnds)
    }
    if self.step == nil { self.step = usual(moments) }
    emit(moments, request.column)
    notes += selection.notes
    tell(moments, clock.rules)
  }

  /// The step that most moments have [s].
  private func usual(_ moments: [Moment]) -> Int? {
    var counts: [Int: Int] = [:]
    for (a, b) in zip(moments, moments.dropFirst()) { counts[b.utc - a.utc, default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  /// A word of a category that has rows at some stamps only is the part of a whole: the words that fill the rest are named.
  private func checkCover(
    _ block: TableLayout.Block, _ kept: TableLayout.Block, _ stamps: StampColumns, _ selection: Selection,
    _ request: SeriesRequest
  ) throws(SeriesFault) {
    guard selection.categories.count == 1, let category = selection.categories.first, category.words.count == 1 else {
      return
    }
    if case .dayRows = stamps.kind { return }
    func stamp(_ row: SheetRow) -> String { stamps.columns.map { row.text($0) }.joined(separator: " ") }
    var words: [String: Set<String>] = [:]
    for row in block.rows { words[row.text(category.column), default: []].insert(stamp(row)) }
    let all = words.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    let own = Set(kept.rows.map(stamp))
    guard own.count * 100 < all.count * 99 else { return }
    let others = words.filter { $0.value.isDisjoint(with: own) && $0.value.count + own.count == all.count }.map(\.key)
    func common(_ text: String) -> Int { zip(text, category.words[0]).prefix { $0 == $1 }.count }
    guard let partner = others.max(by: { (common($0), $1) < (common($1), $0) }) else { return }
    let sum = "\(category.words[0]) + \(partner)"
    throw SeriesFault(
      "The rows of '\(category.words[0])' in '\(request.file)' have \(own.count) of \(all.count) stamps; those of '\(partner)' have the others.",
      advice: "Take both: 'column: \(sum)'.", part: .data, options: [sum])
  }

  /// How a project names the columns of time.
  private static func timeName(_ stamps: StampColumns, _ names: ColumnNames) -> String {
    switch stamps.kind {
    case .stamp(let c), .interval(let c), .dayNumber(let c), .epoch(let c, _): names.name(c)
    case .pair(let a, let b): names.name(a) + " + " + names.name(b)
    case .dateAndTime(let date, let time, let end):
      ([date, time] + (end.map { [$0] } ?? [])).map(names.name).joined(separator: " + ")
    case .dateAndInterval(let date, let time): names.name(date) + " + " + names.name(time)
    case .dateAndCount(let date, let count, _): names.name(date) + " + " + names.name(count)
    case .parts(let all): all.map(names.name).joined(separator: " + ")
    case .dayRows(let date, _, _, _): names.name(date)
    }
  }

  /// The step that most rows have [s].
  static func usualStep(_ rows: StampRows, _ order: [Int]) -> Int {
    var counts: [Int: Int] = [:]
    for (a, b) in zip(order, order.dropFirst()) {
      let step =
        (rows.entries[b].start.seconds - (rows.entries[b].start.offset ?? 0))
        - (rows.entries[a].start.seconds - (rows.entries[a].start.offset ?? 0))
      if step > 0 { counts[step, default: 0] += 1 }
    }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 3600
  }

  /// Whether stamps close their intervals: told, known, or likely as whole days begin one step past midnight and end at it.
  private mutating func areEnds(
    _ rows: StampRows, _ order: [Int], _ step: Int, _ request: SeriesRequest
  ) throws(SeriesFault) -> Bool {
    if rows.areStarts { return false }
    if rows.areEnds {
      if request.stampsAreEnds == false {
        throw SeriesFault(
          "'stamp' is 'start', but '\(request.file)' has stamps of 24:00, which close a day.",
          advice: "Write 'stamp: end'.", part: .time)
      }
      if request.stampsAreEnds == nil { notes.append("stamps close their intervals: 24:00 stands among them") }
      return true
    }
    if let told = request.stampsAreEnds { return told }
    guard let first = order.first, let last = order.last else { return false }
    if StampInference.areEnds(rows.entries[first].start.seconds, rows.entries[last].start.seconds, step) {
      warnings.append(StampInference.warning(request.file, rows.entries[first].start.seconds))
      return true
    }
    return false
  }

  /// The clock of stamps without an offset: the project's word, the file's, else the site's.
  private func zone(
    _ names: ColumnNames, _ stamps: StampColumns, _ request: SeriesRequest
  ) throws(SeriesFault) -> (rules: ZoneRules, isOfFile: Bool) {
    let hint = ZoneHint.find(names, stamps)
    if let name = request.zone {
      guard let rules = TimeZones.rules(name) else {
        throw SeriesFault(
          "'\(Node.short(name))' is not the name of a time zone.",
          advice: "Names look like 'Asia/Shanghai', 'UTC' or 'UTC+8'.",
          part: .time)
      }
      if let hint, hint.isStandard, rules.changes.count > 1 || rules.changes[0].offset != hint.rules.changes[0].offset {
        throw SeriesFault(
          "'\(request.file)' says that its stamps are \(hint.words), but 'zone' is '\(name)'.",
          advice: "Write 'zone: \(hint.rules.name)'.", part: .time)
      }
      return (rules, false)
    }
    if let hint { return (hint.rules, true) }
    return (request.horizon.clock.rules, false)
  }

  /// Seconds of universal time of each entry; nil where clocks jump over a cell of a day's row.
  private static func utc(
    _ rows: StampRows, _ order: [Int], _ kind: StampColumns.Kind, _ rules: ZoneRules, areEnds: Bool, step: Int
  ) throws(SeriesFault) -> [Int?] {
    if case .dateAndCount(_, _, let first) = kind {
      let most = rows.entries.compactMap(\.column).max() ?? 0
      let count = most - first + 1
      let length =
        [25: 60, 50: 30, 100: 15, 300: 5].first { count <= $0.key && count * 60 > $0.key * 52 }
        .map(\.value) ?? (count <= 25 ? 60 : count <= 50 ? 30 : count <= 100 ? 15 : 5)
      return order.map { i in
        let entry = rows.entries[i]
        return (entry.start.offset.map { entry.start.seconds - $0 } ?? rules.utc(ofWall: entry.start.seconds))
          + ((entry.column ?? first) - first) * length * 60
      }
    }
    let isDayRows = if case .dayRows = kind { true } else { false }
    var result: [Int?] = []
    result.reserveCapacity(order.count)
    var lastWall = Int.min
    var seen: [Int: Int] = [:]
    for i in order {
      let entry = rows.entries[i]
      let wall = entry.start.seconds
      if let offset = entry.start.offset {
        result.append(wall - offset)
        continue
      }
      var offsets = rules.offsets(ofWall: wall)
      if offsets.isEmpty, areEnds {
        let before = rules.change(at: rules.utc(ofWall: wall) - 1).offset
        if wall - before == rules.utc(ofWall: wall) { offsets = [before] }
      }
      guard let first = offsets.first else {
        if isDayRows {
          result.append(nil)
          continue
        }
        throw SeriesFault(
          "The time of row \(entry.row.number), \(TimeStamps.text(Double(wall))), does not exist in '\(rules.name)': clocks jump over it.",
          advice:
            "Give the zone in which the file was written, e.g. 'zone: UTC', or '\(ZoneRules.name(ofSeconds: rules.change(at: wall).standard))' where it keeps standard time all year.",
          part: .data)
      }
      var offset = first
      if offsets.count > 1, !isDayRows {
        let before = seen[wall, default: 0]
        if before > 0 || wall < lastWall && (result.last ?? nil).map({ wall - first <= $0 }) == true {
          offset = offsets[1]
        }
        seen[wall] = before + 1
      }
      lastWall = wall
      result.append(wall - offset)
    }
    return result
  }

  /// Intervals that state both ends are as long as the step.
  private func checkEnds(_ rows: StampRows, _ order: [Int], _ step: Int, _ rules: ZoneRules) throws(SeriesFault) {
    var odd = 0, all = 0
    var place = 0
    for i in order {
      guard let end = rows.entries[i].end else { continue }
      all += 1
      let length =
        end.seconds - rows.entries[i].start.seconds - ((end.offset ?? 0) - (rows.entries[i].start.offset ?? 0))
      if abs(length - step) > 60 {
        if odd == 0 { place = rows.entries[i].row.number }
        odd += 1
      }
    }
    guard odd * 20 > all else { return }
    throw SeriesFault(
      "Rows are \(StampedRows.minutes(step)) min apart, but the interval of row \(place) has another length.",
      advice: "Say which column holds the start: 'time: {column: ...}'.", part: .time)
  }

  /// Each moment once: rows of the categories asked for are summed, rows that say the same are one.
  private mutating func once(
    _ moments: [Moment], _ selection: Selection, _ names: ColumnNames, _ request: SeriesRequest
  ) throws(SeriesFault) -> [Moment] {
    var groups: [[Moment]] = []
    for moment in moments {
      if groups.last?.first?.utc == moment.utc {
        groups[groups.count - 1].append(moment)
      } else {
        groups.append([moment])
      }
    }
    let several = groups.filter { $0.count > 1 }
    guard !several.isEmpty else { return moments }
    if several.count * 5 > groups.count,
      let found = selection.category(telling: several.map { $0.map(\.row) })
    {
      let name = names.name(found.column)
      let list = found.words.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
      if !(selection.sumsRows) {
        throw SeriesFault(
          "'\(request.file)' has several rows for each stamp; the column '\(name)' tells them apart: \(list).",
          advice: "Say which are meant: 'rows: {\(name): \(found.words[0])}', or 'A + B' of those to be summed.",
          part: .data,
          options: found.words)
      }
    }
    var result: [Moment] = []
    var dropped: [Int] = []
    for group in groups {
      guard group.count > 1 else {
        result.append(group[0])
        continue
      }
      if selection.sumsRows, Set(group.map { $0.row.cells.map(\.text) }).count == group.count {
        var sum = group[0]
        for other in group.dropFirst() { sum.value = sum.value.flatMap { a in other.value.map { a + $0 } } }
        result.append(sum)
        continue
      }
      guard group.allSatisfy({ $0.value == group[0].value }) else {
        throw SeriesFault(
          "The rows \(group.map { "\($0.row.number)" }.joined(separator: " and ")) have one stamp, \(TimeStamps.text(Double(group[0].utc)))Z, and different values.",
          advice: "Take out the one that is wrong.", part: .data)
      }
      dropped += group.dropFirst().map(\.row.number)
      result.append(group[0])
    }
    if !dropped.isEmpty {
      warnings.append(
        (
          "'\(request.file)' has rows that stand twice with the same value: row\(dropped.count == 1 ? "" : "s") \(dropped.prefix(5).map(String.init).joined(separator: ", "))\(dropped.count > 5 ? " and \(dropped.count - 5) more" : "") left out.",
          "Nothing to do if the file is right otherwise."
        ))
    }
    return result
  }

  /// Stamps that lie within their hours, at minute 11 say, are moved to its start.
  private mutating func floorInstants(
    _ moments: inout [Moment], _ rows: StampRows, _ step: Int, _ rules: ZoneRules, _ request: SeriesRequest,
    _ areEnds: Bool
  ) {
    guard !rows.areStarts, !areEnds, request.stampsAreEnds == nil, step >= 900, 86_400 % step == 0,
      let first = moments.first
    else { return }
    let wall = first.utc + rules.change(at: first.utc).offset
    let phase = ((wall % step) + step) % step
    guard phase != 0, moments.allSatisfy({ (($0.utc - first.utc) % step) == 0 }) else { return }
    for i in moments.indices { moments[i].utc -= phase }
    notes.append(
      "stamps lie at minute \(StampedRows.minutes(phase)): each stands for its step of \(StampedRows.minutes(step)) min"
    )
  }

  /// Days on which clocks change, and values below zero: neither is a mistake of the file.
  private mutating func tell(_ moments: [Moment], _ rules: ZoneRules) {
    guard let first = moments.first?.utc, let last = moments.last?.utc else { return }
    for (before, change) in zip(rules.changes, rules.changes.dropFirst()) where change.utc > first && change.utc < last
    {
      let hours = 24 - (change.offset - before.offset) / 3600
      guard hours != 24 else { continue }
      let day = CivilDate(dayNumber: (change.utc + before.offset) / 86_400)
      notes.append(
        "\(hours)-hour day \(day): clocks of \(rules.name) change, "
          + (hours < 24 ? "no gap" : "the hour that stands twice is two hours, in the order of the rows"))
    }
    let below = moments.compactMap(\.value).filter { $0 < 0 }
    if let least = below.min() { notes.append("\(below.count) values are below zero, the least \(least.plain)") }
  }

  private mutating func emit(_ moments: [Moment], _ column: String) {
    var text = ""
    text.reserveCapacity(moments.count * 34)
    for moment in moments {
      text += TimeStamps.plain(moment.utc)
      text += ","
      text += moment.value.map { "\($0)" } ?? "-"
      text += "\n"
    }
    table = CsvTable(plain: Array(text.utf8), header: ["time", column], rowNumbers: moments.map(\.row.number))
  }
}

/// Whether stamps open or close their intervals, by where whole days begin and end.
enum StampInference {
  /// First and last stamp on the clock that wrote them, and the step [s].
  static func areEnds(_ first: Int, _ last: Int, _ step: Int) -> Bool {
    func day(_ seconds: Int) -> Int { ((seconds % 86_400) + 86_400) % 86_400 }
    return step > 0 && step < 86_400 && 86_400 % step == 0 && day(first) == step && day(last) == 0
  }

  static func warning(_ file: String, _ first: Int) -> (message: String, advice: String) {
    (
      "The stamps of '\(file)' are taken to close their intervals: the first is \(TimeStamps.text(Double(first)).suffix(5)) and the last is midnight.",
      "Say so with the time column: 'stamp: end', or 'stamp: start' if they open them."
    )
  }
}

/// The clock that a file itself names.
struct ZoneHint {
  var rules: ZoneRules
  /// Whether it is an offset that holds all year, and a `zone` with other offsets contradicts it.
  var isStandard = false
  var words = ""

  /// What the head of a time column says, or a comment of it (`"time": "UTC"`).
  static func find(head: String, comments: [String]) -> ZoneHint? {
    if let hint = inHead(head) { return hint }
    for line in comments {
      guard let at = line.firstRange(of: "\"\(head)\": \"") else { continue }
      if let rules = TimeZones.rules(String(line[at.upperBound...].prefix { $0 != "\"" })) {
        return ZoneHint(rules: rules)
      }
    }
    return nil
  }

  static func find(_ names: ColumnNames, _ stamps: StampColumns) -> ZoneHint? {
    let first: Int? =
      switch stamps.kind {
      case .stamp(let c), .interval(let c), .pair(let c, _), .dayNumber(let c): c
      default: stamps.columns.first
      }
    for column in first.map({ [$0] }) ?? [] {
      for text in names.texts(column) {
        if let hint = find(head: text, comments: names.layout.sheet.comments) { return hint }
      }
    }
    let prose = names.layout.prose
    if prose.contains(where: { $0.hasSuffix("in LST") || $0.contains(" LST") }) {
      for line in prose {
        guard let at = line.lowercased().firstRange(of: "longitude") else { continue }
        let rest = String(
          line.lowercased()[at.upperBound...].drop { $0 == " " || $0 == ":" }.prefix { $0 != " " && $0 != "," })
        if let longitude = Double(rest), abs(longitude) <= 180 {
          let rules = ZoneRules(fixedSeconds: Int(saturating: (longitude / 15).rounded()) * 3600)
          return ZoneHint(
            rules: rules, isStandard: true,
            words: "LST, local solar time by whole hours (\(rules.name) at longitude \(rest))")
        }
      }
    }
    for line in prose where line.lowercased().contains("zone") {
      for word in line.split(whereSeparator: {
        $0 == " " || $0 == "," || $0 == ";" || $0 == ":" && !line.contains("UTC+")
      }) {
        if word.contains("/") || word.hasPrefix("UTC"), let rules = TimeZones.rules(String(word)) {
          return ZoneHint(rules: rules)
        }
      }
    }
    return nil
  }

  private static func inHead(_ text: String) -> ZoneHint? {
    for word in text.split(whereSeparator: { " ()[],;_".contains($0) }) {
      if word == "CET/CEST" || word == "MEZ/MESZ" {
        return TimeZones.rules("Europe/Berlin").map { ZoneHint(rules: $0) }
      }
      if word.contains("/"), let rules = TimeZones.rules(String(word)) { return ZoneHint(rules: rules) }
      if word.uppercased() == "UTC" || word.uppercased() == "GMT" { return ZoneHint(rules: .utc) }
      if word.hasPrefix("UTC"), let rules = ZoneRules(fixed: String(word)) { return ZoneHint(rules: rules) }
    }
    return nil
  }
}

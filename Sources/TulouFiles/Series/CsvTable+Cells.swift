import TulouDocument
import TulouQuantities

extension CsvTable {
  /// Words that files write where nothing was measured.
  private static let blanks: Set<String> = ["", "nan", "na", "n/a", "null", "none", "-", "--"]

  /// The number of a cell; nil where it is empty or says that nothing was measured.
  ///
  /// - Throws: where it holds something else that is no number.
  func measured(_ column: Int, _ row: Row) throws(SeriesFault) -> Double? {
    guard let cell = cell(column, row) else { return nil }
    if let value = DecimalNumber.parse(cell) { return CellNumber.sentinels.contains(value) ? nil : value }
    let text = String(decoding: cell.prefix(30), as: UTF8.self)
    guard CsvTable.blanks.contains(text.lowercased()) else {
      throw SeriesFault(
        "The column '\(header[column])' has no number in row \(row.number); the cell holds '\(text)'.", part: .data)
    }
    return nil
  }

  /// Whether a plain reading of a series could be a wrong one: a head of numbers, marks that may be of thousands, or times that
  /// nobody asked for.
  func isDoubtful(_ request: SeriesRequest) -> Bool {
    if header.contains(where: { DecimalNumber.parse(Array($0.utf8)[...]) != nil }) { return true }
    guard let column = header.firstIndex(of: request.column) else { return true }
    if request.timeColumn == nil, let time = timeLike(besides: column), !isOrdered(time) { return true }
    if request.format == nil, let name = request.timeColumn {
      guard let time = header.firstIndex(of: name), let first = rows.first.flatMap({ cell(time, $0) }) else {
        return true
      }
      if TimeStamps.parse(first) == nil { return true }
    }
    var hasEither = false
    for row in rows.prefix(2000) {
      guard let cell = cell(column, row) else { continue }
      switch CellNumber.evidence(SheetCell(text: String(decoding: cell, as: UTF8.self))) {
      case .eitherPoint: hasEither = isSpaced
      case .point: return false
      case .comma, .eitherComma: return true
      default: continue
      }
    }
    return hasEither
  }

  /// Whether the stamps of a column rise by equal steps, as far as they can be read.
  private func isOrdered(_ name: String) -> Bool {
    guard let column = header.firstIndex(of: name), let first = rows.first.flatMap({ cell(column, $0) }),
      let last = rows.last.flatMap({ cell(column, $0) }), first != last
    else { return true }
    let stamps = rows.map { cell(column, $0).flatMap { TimeStamps.parse($0) } }
    let known = stamps.compactMap { $0 }
    guard known.count == stamps.count, known.count > 1 else {
      return known.isEmpty && !TableLayout.holdsDate(String(decoding: first, as: UTF8.self))
    }
    let steps = zip(known.dropFirst(), known).map { $0.wall - ($0.offset ?? 0) - $1.wall + ($1.offset ?? 0) }
    // Clocks put forward or back are an hour more or less.
    let usual = steps[0]
    return usual > 0 && steps.allSatisfy { $0 == usual || $0 == usual + 3600 || $0 == usual - 3600 && $0 >= 0 }
  }

  /// The clock that the head of a time column or a comment names, such as `time (UTC)`; nil: none.
  func zoneHint(_ column: Int) -> ZoneRules? { ZoneHint.find(head: header[column], comments: comments)?.rules }

  /// Names that columns of time have.
  private static let timeNames: Set<String> = [
    "time", "date", "datetime", "date_time", "timestamp", "stamp", "utc", "local_time", "zeit", "datum", "fecha",
  ]

  /// The first column, other than `column`, that looks like time: by its name, or by dates or clock times in its first
  /// rows.
  func timeLike(besides column: Int) -> String? {
    for (i, name) in header.enumerated() where i != column {
      let word = name.lowercased().split { $0 == " " || $0 == "(" || $0 == "[" }.first.map(String.init) ?? ""
      if CsvTable.timeNames.contains(word) { return name }
      let cells = rows.prefix(3).compactMap { cell(i, $0) }
      if !cells.isEmpty, cells.allSatisfy(CsvTable.isDate) { return name }
    }
    let names = header.map { $0.lowercased() }
    return names.contains("month") && names.contains("day") ? "month" : nil
  }

  /// Whether a cell is written like a date or a clock time: `1.2.2027`, `02/01/27 13:00`, `2027-01-31`, `13:00`.
  private static func isDate(_ cell: ArraySlice<UInt8>) -> Bool {
    if TimeStamps.parse(cell) != nil { return true }
    guard cell.count >= 4, cell.count <= 40, let first = cell.first, first >= 48, first <= 57 else { return false }
    var marks: [UInt8: Int] = [:]
    for byte in cell {
      switch byte {
      case 48...57: continue
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: ":"): marks[byte, default: 0] += 1
      case 0x20, UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "A"), UInt8(ascii: "P"),
        UInt8(ascii: "M"), UInt8(ascii: "a"), UInt8(ascii: "p"), UInt8(ascii: "m"):
        continue
      default: return false
      }
    }
    return marks[UInt8(ascii: ":"), default: 0] > 0
      || [UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-")].contains { marks[$0] == 2 }
  }
}

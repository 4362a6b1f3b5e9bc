import TulouDocument

/// Which cells of a block are the values of a series: columns that are summed, and rows of a category.
struct Selection {
  let layout: TableLayout
  let names: ColumnNames
  /// Columns that are summed; empty in a table of a day a row.
  private(set) var columns: [Int] = []
  /// Categories: of a column, these words.
  private(set) var categories: [(column: Int, words: [String])] = []
  /// How numbers are written, where that is not with points alone.
  private(set) var notes: [String] = []
  private let isWide: Bool
  private var wideColumns: [Int] = []
  private let timeColumns: [Int]

  /// - Parameter column: In place of the request's, where that names a block: empty: the only column of numbers.
  init(
    layout: TableLayout, block: TableLayout.Block, names: ColumnNames, stamps: StampColumns?, request: SeriesRequest,
    column: String?
  ) throws(SeriesFault) {
    self.layout = layout
    self.names = names
    timeColumns = stamps?.columns ?? []
    var wide = false
    if case .dayRows(_, let first, let times, _) = stamps?.kind {
      wide = true
      wideColumns = Array(first..<(first + times.count))
    }
    isWide = wide
    for (key, words) in request.rows.sorted(by: { $0.key < $1.key }) {
      let found = names.columns(named: key, among: Array(0..<layout.width))
      guard let at = found.first else { throw ForeignTable.noColumn(key, names, request, .column) }
      let there = Set(block.rows.map { $0.text(at).lowercased() })
      if let no = words.first(where: { !there.contains($0.lowercased()) }) {
        throw SeriesFault(
          "No row of '\(request.file)' has '\(Node.short(no))' in the column '\(key)'.",
          advice:
            "It holds \(Set(block.rows.map { $0.text(at) }).sorted().prefix(8).map { "'\($0)'" }.joined(separator: ", ")).",
          part: .column)
      }
      categories.append((at, words))
    }
    let candidates = (0..<layout.width).filter { !timeColumns.contains($0) }
    let numeric = candidates.filter { Selection.isNumeric($0, block) && !wideColumns.contains($0) }
    let name = column ?? request.column
    if name.isEmpty {
      guard numeric.count == 1 else {
        throw SeriesFault(
          "The table has \(numeric.count) columns of numbers.",
          advice: "Say which: 'column: \(numeric.first.map(names.name) ?? "...")' with 'block'.", part: .column)
      }
      columns = numeric
      return
    }
    if isWide, isAllOfDay(name) { return }
    for part in ForeignTable.parts(name, names, 0..<layout.width) {
      try add(part, candidates, numeric, block, request)
    }
  }

  /// Whether a name means the columns of a day: `value`, or the first and the last of them.
  private func isAllOfDay(_ name: String) -> Bool {
    guard let head = layout.blocks.first?.heads.last, let first = wideColumns.first else { return name == "value" }
    return name == "value" || name.hasPrefix(head.text(first)) && name.contains("...")
  }

  private mutating func add(
    _ part: String, _ candidates: [Int], _ numeric: [Int], _ block: TableLayout.Block, _ request: SeriesRequest
  ) throws(SeriesFault) {
    let found = names.columns(named: part, among: candidates).filter { !wideColumns.contains($0) }
    if found.count > 1 {
      let list = found.map { "\($0 + 1) (\(names.texts($0).joined(separator: ", ")))" }.joined(separator: ", ")
      throw SeriesFault(
        "'\(request.file)' has \(found.count) columns '\(Node.short(part))': \(list).",
        advice: "Say which by its number: 'column: \(found[0] + 1)' or 'column: \(found[1] + 1)'.", part: .column,
        options: found.map { "\($0 + 1)" })
    }
    if let one = found.first, !isWide {
      columns.append(one)
      return
    }
    // The word of a category, such as a register or a kind of consumption.
    let lower = part.lowercased()
    let holders = candidates.filter { column in
      !numeric.contains(column) && !wideColumns.contains(column)
        && block.rows.contains { $0.text(column).lowercased() == lower }
    }
    let varying = numeric.filter { Selection.varies($0, block) }
    guard let holder = holders.first, isWide || varying.count == 1 || !columns.isEmpty else {
      throw ForeignTable.noColumn(part, names, request, .column)
    }
    if let i = categories.firstIndex(where: { $0.column == holder }) {
      categories[i].words.append(part)
    } else {
      categories.append((holder, [part]))
    }
    if !isWide, columns.isEmpty { columns = varying }
  }

  /// Whether most of a column's cells are numbers.
  static func isNumeric(_ column: Int, _ block: TableLayout.Block) -> Bool {
    var numbers = 0, texts = 0
    for row in block.rows.prefix(400) where column < row.cells.count {
      switch CellNumber.evidence(row.cells[column]) {
      case .text: texts += 1
      case .missing: continue
      default: numbers += 1
      }
    }
    return numbers > texts
  }

  /// Whether a column holds more than one value, other than the number of a meter.
  private static func varies(_ column: Int, _ block: TableLayout.Block) -> Bool {
    let first = block.rows.first?.text(column)
    return block.rows.contains { $0.text(column) != first }
  }

  /// Whether a row belongs to the categories that are asked for.
  func takes(_ row: SheetRow) -> Bool {
    categories.allSatisfy { category in
      let text = row.text(category.column).lowercased()
      return category.words.contains { $0.lowercased() == text }
    }
  }

  /// Whether rows of one stamp are summed.
  var sumsRows: Bool { categories.contains { $0.words.count > 1 } }

  /// A column of words that tells rows of one stamp apart; nil: none.
  func category(telling groups: [[SheetRow]]) -> (column: Int, words: [String])? {
    for column in 0..<layout.width where !timeColumns.contains(column) && !columns.contains(column) {
      if categories.contains(where: { $0.column == column }) { continue }
      let tells = groups.prefix(50).filter { group in Set(group.map { $0.text(column) }).count == group.count }.count
      guard tells * 10 >= min(groups.count, 50) * 9 else { continue }
      let words = Set(groups.flatMap { $0.map { $0.text(column) } }).filter { !$0.isEmpty }
      if (2...40).contains(words.count) { return (column, words.sorted()) }
    }
    return nil
  }

  /// Values of rows; nil where one of the cells says that nothing was measured.
  mutating func values(_ rows: [SheetRow], _ request: SeriesRequest, wide: [Int?] = []) throws(SeriesFault) -> [Double?]
  {
    if let row = layout.sheet.tornRow, request.decimal == nil {
      throw SeriesFault(
        "Row \(row) has 2 cells, but the header has 1: a number with a decimal comma counts as two.",
        advice: "Write 'decimal: \",\"' beside the file if that is what the comma is; else a header of two names.",
        part: .data)
    }
    let used = isWide ? wideColumns : columns
    var marks: [Int: Character] = [:]
    let others = Selection.others(layout, except: used + timeColumns)
    let groups: [[Int]] = isWide ? [used] : columns.map { [$0] }
    for group in groups {
      var cells: [(row: Int, cell: SheetCell)] = []
      for row in rows { for i in group where i < row.cells.count { cells.append((row.number, row.cells[i])) } }
      if isWide { cells = Array(cells.prefix(20_000)) }
      let mark = try DecimalMark.find(
        cells, others: others, delimiter: layout.sheet.delimiter, written: request.decimal,
        name: isWide ? "value" : names.name(group[0]))
      if group.count == 1 { try checkSplit(group[0], rows) }
      for i in group { marks[i] = mark }
      if mark == "," { notes.append("decimal comma") }
      if let grouped = cells.first(where: { CellNumber.isGrouped($0.cell, decimal: mark) }) {
        notes.append("marks of thousands: \(grouped.cell.text)")
      }
    }
    if !isWide { for column in columns { try checkUnits(column, rows) } }
    var result: [Double?] = []
    result.reserveCapacity(rows.count)
    var bad: [(row: Int, text: String)] = []
    for (k, row) in rows.enumerated() {
      var sum: Double? = 0
      for column in isWide ? (k < wide.count ? wide[k].map { [$0] } ?? [] : []) : columns {
        let cell = column < row.cells.count ? row.cells[column] : SheetCell(text: "")
        if CellNumber.blanks.contains(cell.text.lowercased()) {
          sum = nil
        } else if let value = CellNumber.value(cell, decimal: marks[column] ?? "."), value.isFinite {
          sum = CellNumber.sentinels.contains(value) ? nil : sum.map { $0 + value }
        } else {
          bad.append((row.number, cell.text))
          sum = nil
        }
      }
      result.append(sum)
    }
    if let first = bad.first {
      let name = isWide ? "value" : columns.map(names.name).joined(separator: " + ")
      let rows = bad.prefix(5).map { "\($0.row)" }.joined(separator: ", ")
      throw SeriesFault(
        "The column '\(name)' has no number in row\(bad.count == 1 ? "" : "s") \(rows)"
          + (bad.count > 5 ? " and \(bad.count - 5) more" : "") + "; the cell holds '\(Node.short(first.text))'.",
        advice: "Gaps are never filled silently; correct or empty the cell.", part: .data)
    }
    return result
  }

  /// Units behind the numbers of a column are the same in all rows.
  private func checkUnits(_ column: Int, _ rows: [SheetRow]) throws(SeriesFault) {
    var first: (row: Int, unit: String)?
    for row in rows {
      guard let unit = CellNumber.withUnit(row.text(column))?.unit else {
        guard let first, CellNumber.evidence(SheetCell(text: row.text(column))) != .missing else { continue }
        throw oddUnit(column, first, (row.number, ""))
      }
      if let first, first.unit != unit { throw oddUnit(column, first, (row.number, unit)) }
      if first == nil, row.number != rows.first?.number, let top = rows.first,
        CellNumber.evidence(SheetCell(text: top.text(column))) != .missing
      {
        throw oddUnit(column, (row.number, unit), (top.number, ""))
      }
      first = first ?? (row.number, unit)
    }
  }

  private func oddUnit(_ column: Int, _ a: (row: Int, unit: String), _ b: (row: Int, unit: String)) -> SeriesFault {
    SeriesFault(
      "The column '\(names.name(column))' has '\(a.unit)' behind its number in row \(a.row) and "
        + (b.unit.isEmpty ? "no unit" : "'\(b.unit)'") + " in row \(b.row).",
      advice: "Write all rows in one unit.", part: .data)
  }

  /// Whole numbers beside a column of as many digits each are the halves of numbers whose decimal mark separates cells.
  private func checkSplit(_ column: Int, _ rows: [SheetRow]) throws(SeriesFault) {
    guard layout.sheet.delimiter != nil, column + 1 < layout.width, !timeColumns.contains(column + 1), rows.count >= 10
    else { return }
    var length: Int?
    var seen: Set<String> = []
    for row in rows {
      let digits = row.text(column + 1)
      guard row.text(column).utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), digits.utf8.count >= 2,
        digits.utf8.count == length ?? digits.utf8.count,
        digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
      else { return }
      length = digits.utf8.count
      if seen.count < 100 { seen.insert(digits) }
    }
    let isOne = Set(rows.map { $0.text(column) }).count == 1
    guard seen.count * 2 > min(100, rows.count), isOne || seen.contains(where: { $0.first == "0" }) else { return }
    throw SeriesFault(
      "The columns \(column + 1) and \(column + 2) look like the halves of numbers: the second has \(length ?? 0) digits in each row.",
      advice: "Write decimal points, or separate the columns by semicolons.", part: .data)
  }

  /// Cells of other columns, which may tell the decimal mark.
  private static func others(_ layout: TableLayout, except used: [Int]) -> [SheetCell] {
    var cells: [SheetCell] = []
    for row in layout.blocks[0].rows.prefix(500) {
      for (i, cell) in row.cells.enumerated() where !used.contains(i) && !cell.text.isEmpty { cells.append(cell) }
    }
    return cells
  }
}

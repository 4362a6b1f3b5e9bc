import TulouDocument

/// Where a sheet holds its table: heads, rows of data in blocks, and what stands around them.
struct TableLayout {
  /// Rows of data under one head.
  struct Block {
    var heads: [SheetRow]
    var rows: [SheetRow]
    /// The line above its head, where several tables have one and the same head.
    var caption: String?
    /// What its head says that others do not; empty where there is one block.
    var title: String { caption ?? heads.last?.cells.first { !$0.text.isEmpty }?.text ?? "" }

    init(heads: [SheetRow], rows: [SheetRow], above: [SheetRow]) {
      self.heads = heads
      self.rows = rows
      caption =
        above.last { row in !row.isEmpty && !heads.contains { $0.number == row.number } }?.cells
        .first { !$0.text.isEmpty }?.text
    }
  }
  var sheet: Sheet
  var blocks: [Block]
  /// Columns whose cells hold a date, in the rows of data.
  var dateColumns: [Int]
  /// Number of cells of a row of data.
  var width: Int
  /// Rows above the first head and below the last row of data, as texts.
  var prose: [String]
  /// Rows left out, in words: `row 98 (Summe)`.
  var leftOut: [String]

  /// Words with which rows of sums begin.
  static let totals: Set<String> = [
    "total", "totals", "sum", "summe", "gesamt", "gesamtsumme", "somme", "totale", "somma", "suma", "soma", "totaal",
    "som",
    "\u{5408}\u{8BA1}", "\u{603B}\u{8BA1}", "average", "mean", "mittelwert", "moyenne", "media", "average:", "max",
    "min", "maximum", "minimum",
    "grand total", "celkem", "razem", "toplam", "summa", "i alt", "ukupno",
  ]

  /// - Throws: rows that are neither data nor anything known, between rows of data.
  init(_ sheet: Sheet) throws(SeriesFault) {
    self.sheet = sheet
    let full = sheet.rows.filter { !$0.isEmpty }
    guard !full.isEmpty else { throw SeriesFault("The file holds no table.", part: .file) }
    let dates = TableLayout.dateColumns(full)
    let isData: (SheetRow) -> Bool
    if let date = dates.first {
      isData = { TableLayout.holdsDate($0.text(date)) }
    } else {
      // Rows of numbers; what stands above the first is a head.
      isData = { row in
        let kinds = row.cells.map { CellNumber.evidence($0) }
        let numbers = kinds.filter { $0 != .text && $0 != .missing }.count
        let texts = kinds.filter { $0 == .text }.count
        return numbers > 0 && numbers >= texts
      }
    }
    var widths: [Int: Int] = [:]
    for row in full where isData(row) { widths[row.cells.count, default: 0] += 1 }
    guard let usual = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
      throw SeriesFault(
        "No row of numbers was found.", advice: "A table has a head and rows with a time and a number.", part: .data)
    }
    width = usual
    dateColumns = dates
    blocks = []
    prose = []
    leftOut = []
    try gather(isData)
    try checkWidths()
  }

  /// Walks down the rows and makes blocks.
  private mutating func gather(_ isData: (SheetRow) -> Bool) throws(SeriesFault) {
    var between: [SheetRow] = []
    var current: Block?
    for row in sheet.rows {
      guard !row.isEmpty, isData(row) else {
        between.append(row)
        continue
      }
      if current == nil {
        current = Block(heads: heads(above: row, between), rows: [row], above: between)
        if let above = between.last(where: { !$0.isEmpty }), above.number != current?.heads.last?.number,
          isSpoilt(above)
        {
          throw oddRow(above)
        }
        prose += words(between.dropLast(current?.heads.count ?? 0))
      } else if let real = try separation(between) {
        if let done = current { blocks.append(done) }
        current = Block(heads: real.isEmpty ? [] : heads(above: row, between), rows: [row], above: between)
        prose += words(between[...])
      } else {
        current?.rows.append(row)
      }
      between = []
    }
    if let done = current { blocks.append(done) }
    // A last row with a number and a stamp that cannot be read is data gone wrong, not a note below the table.
    if let odd = between.first(where: { !$0.isEmpty && isSpoilt($0) }) {
      throw oddRow(odd)
    }
    for row in between where !row.isEmpty {
      leftOut.append("row \(row.number) (\(Node.short(row.cells.first { !$0.text.isEmpty }?.text ?? "")))")
    }
    prose += words(between[...])
    if blocks.count > 1 { try merge() }
  }

  /// What rows between two rows of data are: nil: nothing but empty rows and sums; else the head of a new block.
  private mutating func separation(_ rows: [SheetRow]) throws(SeriesFault) -> [SheetRow]? {
    let real = rows.filter { !$0.isEmpty }
    if real.isEmpty {
      // Without times a row's place is its hour, so one that is left blank cannot be passed over.
      if dateColumns.isEmpty, let blank = rows.first {
        throw SeriesFault(
          "Row \(blank.number) is empty, and without a time column each row is a step.",
          advice: "Take the row out, or write its number.", part: .data)
      }
      return nil
    }
    if real.allSatisfy(isTotal) {
      leftOut += real.map { "row \($0.number) (\($0.cells.first { !$0.text.isEmpty }?.text ?? ""))" }
      return nil
    }
    guard let last = real.last, !hasNumber(last), last.cells.filter({ !$0.text.isEmpty }).count * 2 >= min(width, 4)
    else {
      throw oddRow(real.first { !isTotal($0) } ?? real[0])
    }
    return real
  }

  private func oddRow(_ row: SheetRow) -> SeriesFault {
    if let date = dateColumns.first, !row.text(date).isEmpty {
      return SeriesFault(
        "'\(Node.short(row.text(date)))' in row \(row.number) is not a time as in the rows of data around it.",
        advice: "Correct the row, or take it out.", part: .data)
    }
    let shown = row.cells.prefix(4).map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
    return SeriesFault(
      "Row \(row.number) is not like the rows of data around it: '\(Node.short(shown))'.",
      advice: dateColumns.isEmpty
        ? "Correct the row, or take it out." : "Its stamp cannot be read; correct the row, or take it out.", part: .data
    )
  }

  /// Whether a row is as wide as data and has a number, but a stamp that cannot be read.
  private func isSpoilt(_ row: SheetRow) -> Bool {
    guard let date = dateColumns.first, row.width == width, width > 1, !isTotal(row) else { return false }
    return row.text(date).utf8.contains { $0 >= 48 && $0 <= 57 } && hasNumber(row)
  }

  private func isTotal(_ row: SheetRow) -> Bool {
    guard let first = row.cells.first(where: { !$0.text.isEmpty })?.text.lowercased() else { return true }
    let word = first.prefix { $0 != ":" && $0 != " " && $0 != "[" && $0 != "(" }
    return TableLayout.totals.contains(first) || TableLayout.totals.contains(String(word))
  }

  private func hasNumber(_ row: SheetRow) -> Bool {
    row.cells.contains { cell in
      switch CellNumber.evidence(cell) {
      case .text, .missing: false
      default: true
      }
    }
  }

  /// Rows right above the first row of data that name its columns, at most three.
  private func heads(above data: SheetRow, _ rows: [SheetRow]) -> [SheetRow] {
    var found: [SheetRow] = []
    let filled = max(1, data.cells.filter { !$0.text.isEmpty }.count)
    for row in rows.reversed() {
      let names = row.cells.filter { !$0.text.isEmpty }.count
      if row.isEmpty && found.isEmpty { continue }
      let isEnough = names * 2 >= min(filled, 60) && names >= min(2, filled) || found.isEmpty && isUnits(row)
      // A sheet's column that is named and empty has no cells in the rows of data.
      let fits = sheet.delimiter == nil || row.width <= max(width, data.cells.count)
      guard found.count < 3, !row.isEmpty, fits, isEnough, isHead(row, data) else { break }
      found.insert(row, at: 0)
    }
    return found
  }

  /// Whether a row holds nothing but units, one for a single column of values too.
  private func isUnits(_ row: SheetRow) -> Bool {
    row.cells.allSatisfy { $0.text.isEmpty || ColumnNames.known($0.text) != nil }
  }

  /// Whether a row has no number where the row of data has one, but where the number is a name: in a wide table.
  private func isHead(_ row: SheetRow, _ data: SheetRow) -> Bool {
    var numbers = 0, both = 0
    for (i, cell) in data.cells.enumerated() {
      let kind = CellNumber.evidence(cell)
      guard kind != .text, kind != .missing, !TableLayout.holdsDate(cell.text) else { continue }
      numbers += 1
      let head = CellNumber.evidence(SheetCell(text: row.text(i)))
      if head != .text, head != .missing { both += 1 }
    }
    return both == 0 || numbers >= 20 && !dateColumns.isEmpty && !TableLayout.holdsDate(row.text(dateColumns[0]))
  }

  private func words(_ rows: ArraySlice<SheetRow>) -> [String] {
    rows.filter { !$0.isEmpty }.map { $0.cells.map(\.text).filter { !$0.isEmpty }.joined(separator: " ") }
  }

  /// Blocks with the same head are one table, unless a line above each tells them apart and their times come again; heads
  /// that stand alone without names go on with the block before.
  private mutating func merge() throws(SeriesFault) {
    var merged: [Block] = []
    for block in blocks {
      let names = block.heads.last?.cells.map(\.text)
      let same = merged.indices.filter { merged[$0].heads.last?.cells.map(\.text) == names }
      if let i = same.first(where: { !isOther(block, than: merged[$0]) }) {
        merged[i].rows += block.rows
      } else {
        merged.append(block)
      }
    }
    for i in merged.indices {
      let names = merged[i].heads.last?.cells.map(\.text)
      if merged.filter({ $0.heads.last?.cells.map(\.text) == names }).count < 2 { merged[i].caption = nil }
    }
    blocks = merged
  }

  /// Whether two tables under the same head have lines of their own above and a stamp in common.
  private func isOther(_ block: Block, than first: Block) -> Bool {
    guard let date = dateColumns.first, let own = block.caption, let caption = first.caption, own != caption,
      let stamp = block.rows.first?.text(date)
    else { return false }
    return first.rows.contains { $0.text(date) == stamp }
  }

  private mutating func checkWidths() throws(SeriesFault) {
    guard sheet.delimiter != nil else { return }
    for block in blocks {
      for row in block.rows where row.cells.count != width {
        if row.cells.count > width, row.cells[width...].allSatisfy(\.text.isEmpty) { continue }
        throw SeriesFault(
          "Row \(row.number) has \(row.cells.count) cell\(row.cells.count == 1 ? "" : "s"), but most rows have \(width).",
          advice: row.cells.count > width && sheet.delimiter == ","
            ? "A number with a decimal comma counts as two; write a point, or separate the columns by semicolons."
            : "Complete the row; an empty cell still needs its separator.", part: .data)
      }
      guard let head = block.heads.last, head.width > 0, width > head.cells.count else { continue }
      let sample = block.rows.prefix(200)
      let isFull = sample.contains { !$0.cells.dropFirst(head.cells.count).allSatisfy(\.text.isEmpty) }
      guard isFull || hasSplitDecimals(sample) else { continue }
      throw SeriesFault(
        "Row \(block.rows[0].number) has \(width) cells, but the head in row \(head.number) has \(head.cells.count).",
        advice:
          "A number whose decimal mark also separates cells counts as two; write points, or separate the columns by semicolons.",
        part: .data)
    }
  }

  /// Whether two columns side by side look like the halves of numbers: the second always has the same count of digits.
  private func hasSplitDecimals(_ rows: ArraySlice<SheetRow>) -> Bool {
    guard width > 1 else { return false }
    return (0..<(width - 1)).contains { i in
      var length: Int?
      return rows.allSatisfy { row in
        let digits = row.text(i + 1).utf8
        guard row.text(i).utf8.contains(where: { $0 >= 48 && $0 <= 57 }), !TableLayout.holdsDate(row.text(i)),
          !digits.isEmpty,
          digits.allSatisfy({ $0 >= 48 && $0 <= 57 }), digits.count == length ?? digits.count
        else { return false }
        length = digits.count
        return true
      }
    }
  }

  /// Whether a cell holds a date, alone or with a time or as the start of an interval.
  static func holdsDate(_ text: String) -> Bool {
    guard text.utf8.count >= 5, text.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else { return false }
    return StampText(text)?.day != nil || StampText.range(text)?.start.day != nil
  }

  /// Columns in which most rows hold a date.
  private static func dateColumns(_ rows: [SheetRow]) -> [Int] {
    let step = max(1, rows.count / 300)
    let sample = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    let most = min(sample.map(\.cells.count).max() ?? 0, 30)
    var counts = [Int](repeating: 0, count: most)
    for row in sample {
      for i in 0..<min(most, row.cells.count) where !row.cells[i].isNumber && holdsDate(row.cells[i].text) {
        counts[i] += 1
      }
    }
    let greatest = counts.max() ?? 0
    guard greatest >= 1, greatest * 10 >= sample.count * 4 else { return [] }
    return counts.indices.filter { counts[$0] * 10 >= greatest * 9 }
  }
}

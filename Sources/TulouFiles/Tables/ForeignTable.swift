import TulouDocument
import TulouQuantities

/// A foreign table brought into plain form: one row a stamp, stamps of universal time that open their interval, points.
///
/// What the file does not say and its rows do not tell is asked for, with the line to write.
struct ForeignTable {
  /// The plain table: `time` and `value`, or `value` alone where no column holds time.
  var table: CsvTable
  var hasTime: Bool
  /// Unit that the file states for the column.
  var unit: String?
  /// What was decided: for the register of assumptions.
  var notes: [String] = []
  /// What the user should look at.
  var warnings: [(message: String, advice: String)] = []
  /// How its stamps are written, for `tulou import`.
  struct Shape {
    /// The columns of time, as a project names them.
    var time: String
    /// Step that most rows have [s].
    var step: Int
    /// Whether stamps were taken to close their intervals without being told.
    var closes: Bool
    /// Whether each stamp has an offset of its own.
    var hasOffsets: Bool
  }
  var shape: Shape?
  /// Whether the values were readings of a register.
  var isRegister = false
  /// Whether the file's own format says that its values are those of intervals.
  private(set) var hasIntervals = false
  /// Step of the plain rows where it is not the step of the stamps, as of registers [s].
  var step: Int?
  /// Clock of stamps without an offset, and whether the file names it itself.
  var zone: (rules: ZoneRules, isOfFile: Bool)?

  static func read(_ layouts: [TableLayout], _ request: SeriesRequest) throws(SeriesFault) -> ForeignTable {
    let layout = try chosen(layouts, request)
    let (block, named) = try chosenBlock(layout, request)
    let names = ColumnNames(layout: layout, block: block)
    var timeColumns: [Int] = []
    if let time = request.timeColumn {
      for part in parts(time, names, 0..<layout.width) {
        let found = names.columns(named: part, among: Array(0..<layout.width))
        guard !found.isEmpty else { throw noColumn(part, names, request, .time) }
        timeColumns += found
      }
    }
    let stamps = try StampColumns.find(layout, block, named: timeColumns)
    if stamps == nil, let time = request.timeColumn {
      let sample = block.rows.first?.text(timeColumns[0]) ?? ""
      throw SeriesFault(
        "The column '\(time)' holds no times: '\(Node.short(sample))'.",
        advice: "Times look like '2025-01-31T13:00', '31.01.2025 13:00' or '1/31/2025 1:00 PM'.", part: .time)
    }
    var selection = try Selection(
      layout: layout, block: block, names: names, stamps: stamps, request: request, column: named)
    var result = ForeignTable(table: CsvTable(plain: [], header: [], rowNumbers: []), hasTime: stamps != nil)
    result.notes = layout.sheet.notes
    result.hasIntervals = layout.sheet.meterFormat != nil
    if !layout.leftOut.isEmpty {
      let shown = layout.leftOut.prefix(3).joined(separator: ", ")
      result.notes.append(
        "left out: \(shown)" + (layout.leftOut.count > 3 ? " and \(layout.leftOut.count - 3) more" : ""))
    }
    if layouts.count > 1 { result.notes.append("sheet \(layout.sheet.name) of \(layouts.count)") }
    result.unit = FileUnit.find(layout, block, names, selection)
    let output = layout.prose.first { $0.lowercased().contains("nominal power") && $0.contains(where: \.isNumber) }
    if let output { result.notes.append("'\(Node.short(output))': divide by it for a share of the capacity") }
    if let stamps {
      if let time = stamps.columns.first, names.texts(time).isEmpty, !block.heads.isEmpty {
        result.notes.append("column \(time + 1), which has no name, holds the time")
      }
      try result.readStamped(layout, block, stamps, names, &selection, request)
    } else {
      try result.readCounted(layout, block, &selection, request)
    }
    return result
  }

  /// The sheet that is meant.
  private static func chosen(_ layouts: [TableLayout], _ request: SeriesRequest) throws(SeriesFault) -> TableLayout {
    if let name = request.sheet {
      if let layout = layouts.first(where: { $0.sheet.name == name }) { return layout }
      let list = layouts.map { "'\($0.sheet.name)'" }.joined(separator: ", ")
      throw SeriesFault(
        "'\(request.file)' has no sheet '\(Node.short(name))' with a table.", advice: "It has \(list).", part: .file)
    }
    let dated = layouts.filter { !$0.dateColumns.isEmpty }
    if layouts.count == 1 { return layouts[0] }
    if dated.count == 1 { return dated[0] }
    let list = layouts.map { "'\($0.sheet.name)'" }.joined(separator: ", ")
    throw SeriesFault(
      "'\(request.file)' has \(layouts.count) sheets with tables: \(list).",
      advice: "Say which with the series: 'sheet: \(layouts[0].sheet.name)'.",
      part: .file)
  }

  /// The block that is meant, where heads repeat with other names; and the column in it, where its name is the block's.
  private static func chosenBlock(
    _ layout: TableLayout, _ request: SeriesRequest
  ) throws(SeriesFault) -> (TableLayout.Block, String?) {
    guard layout.blocks.count > 1 else {
      if let name = request.block {
        throw SeriesFault(
          "'\(request.file)' holds one table, so there is no block '\(Node.short(name))'.", advice: "Take 'block' out.",
          part: .column)
      }
      return (layout.blocks[0], nil)
    }
    let wanted = (request.block ?? request.column).lowercased()
    let found = layout.blocks.filter { block in
      block.caption?.lowercased().contains(wanted) == true
        || block.heads.contains { $0.cells.contains { $0.text.lowercased().contains(wanted) } }
    }
    if found.count == 1 {
      let names = ColumnNames(layout: layout, block: found[0])
      let isColumn = !names.columns(named: request.column, among: Array(0..<layout.width)).isEmpty
      // The name is a column's, or it is the block's and the block has one column of numbers.
      let isBlock = request.block == nil && (!isColumn || found[0].title.lowercased().contains(wanted))
      return (found[0], isBlock ? "" : nil)
    }
    let titles = layout.blocks.map { "'\($0.title)'" }.joined(separator: ", ")
    throw SeriesFault(
      "'\(request.file)' holds \(layout.blocks.count) tables one below another: \(titles).",
      advice: "Say which with the series: 'block: \(layout.blocks[0].title)'.", part: .column,
      options: layout.blocks.map(\.title))
  }

  /// A name, or the names of a sum: `Import T1 kWh + Import T2 kWh`.
  static func parts(_ name: String, _ names: ColumnNames, _ columns: Range<Int>) -> [String] {
    if !names.columns(named: name, among: Array(columns)).isEmpty { return [name] }
    return name.split(separator: "+").map { String($0).trimmingSpaces }
  }

  static func noColumn(
    _ name: String, _ names: ColumnNames, _ request: SeriesRequest, _ part: SeriesFault.Part
  ) -> SeriesFault {
    let all = (0..<names.layout.width).map { names.name($0) }.filter { !$0.isEmpty }
    let near = nearestName(to: name, among: all)
    return SeriesFault(
      "'\(request.file)' has no column '\(Node.short(name))'.",
      advice: near.map { "Did you mean '\($0)'?" } ?? "Columns: \(Node.short(all.prefix(20).joined(separator: ", "))).",
      part: part)
  }

  /// Rows without times: their number tells.
  private mutating func readCounted(
    _ layout: TableLayout, _ block: TableLayout.Block, _ selection: inout Selection, _ request: SeriesRequest
  ) throws(SeriesFault) {
    let values = try selection.values(block.rows, request)
    var text = ""
    var numbers: [Int] = []
    for (row, value) in zip(block.rows, values) {
      text += value.map { "\($0)" } ?? "-"
      text += "\n"
      numbers.append(row.number)
    }
    table = CsvTable(plain: Array(text.utf8), header: [request.column], rowNumbers: numbers)
    notes += selection.notes
  }
}

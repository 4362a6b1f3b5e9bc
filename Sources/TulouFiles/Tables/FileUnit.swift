import TulouQuantities

/// The unit that a file states for a column: in its heads, in a column of units, in a legend, or above the table.
enum FileUnit {
  static func find(
    _ layout: TableLayout, _ block: TableLayout.Block, _ names: ColumnNames, _ selection: Selection
  ) -> String? {
    let columns = selection.columns
    let inCells = ofCells(block, columns)
    if let inCells, columns.count == 1 { return inCells }
    let stated = columns.map { column -> String? in
      for text in names.texts(column).reversed() {
        if let unit = ColumnNames.unit(in: text) { return unit }
      }
      return nil
    }
    if let first = stated.first, let unit = first { return stated.allSatisfy { $0 == unit } ? unit : nil }
    if columns.count <= 1 {
      if let unit = ofRows(layout, block, columns.first) { return unit }
      let name = columns.first.map { names.texts($0).first ?? "" } ?? ""
      if let unit = ofLegend(layout, name) { return unit }
    }
    return ofPreamble(layout)
  }

  /// The unit that stands behind the numbers themselves; nil: none, or not the same in all.
  private static func ofCells(_ block: TableLayout.Block, _ columns: [Int]) -> String? {
    var found: String?
    for column in columns {
      for row in block.rows.prefix(400) {
        guard let unit = CellNumber.withUnit(row.text(column))?.unit else { continue }
        if found != nil, found != unit { return nil }
        found = unit
      }
    }
    return found
  }

  /// A column that holds one and the same unit in each row, right of the values.
  private static func ofRows(_ layout: TableLayout, _ block: TableLayout.Block, _ column: Int?) -> String? {
    for i in ((column ?? -1) + 1)..<max(layout.width, (column ?? -1) + 1) {
      let texts = Set(block.rows.prefix(200).map { $0.text(i) }).filter { !CellNumber.blanks.contains($0.lowercased()) }
      if texts.count == 1, let unit = texts.first.flatMap({ ColumnNames.known($0) }) { return unit }
      if column != nil, i > (column ?? 0) + 2 { break }
    }
    return nil
  }

  /// `P: PV system power (W)`, `T2M  Temperature (C)`, or `"P": "W"` in a comment.
  private static func ofLegend(_ layout: TableLayout, _ name: String) -> String? {
    guard !name.isEmpty else { return nil }
    for line in layout.prose where line.hasPrefix(name) {
      let rest = line.dropFirst(name.count)
      guard rest.first == ":" || rest.first == " " || rest.first == "=" else { continue }
      if let unit = ColumnNames.unit(in: String(rest)) { return unit }
    }
    for line in layout.sheet.comments {
      guard let at = line.firstRange(of: "\"\(name)\": \"") else { continue }
      if let unit = ColumnNames.known(String(line[at.upperBound...].prefix { $0 != "\"" })) { return unit }
    }
    return nil
  }

  /// A cell above the table that is a unit of power or energy and nothing else, where there is one only.
  private static func ofPreamble(_ layout: TableLayout) -> String? {
    var found: Set<String> = []
    for row in layout.sheet.rows.prefix(30) {
      if row.number >= layout.blocks[0].rows[0].number { break }
      if layout.blocks[0].heads.contains(where: { $0.number == row.number }) { continue }
      for cell in row.cells {
        if let unit = ColumnNames.known(cell.text), ["W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh"].contains(unit) {
          found.insert(unit)
        }
      }
    }
    return found.count == 1 ? found.first : nil
  }
}

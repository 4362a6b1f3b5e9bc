import TulouProblem
import TulouQuantities

/// Rows of text under headings, for page and terminal alike.
package struct Table: Sendable {
  /// A column.
  package struct Column: Sendable {
    /// Which side the text keeps to.
    package enum Alignment: Sendable { case left, right }
    /// Heading, with the unit where all cells share one: `Capital [k USD]`.
    package var title: String
    /// Side.
    package var alignment: Alignment
    /// Whether its cells are words of a file or a source, which stay as they are in every language.
    package var isQuoted = false
    /// A column of text.
    package static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// A column of words that stand so in a file or a source: keys, values, citations.
    package static func quoted(_ title: String) -> Column {
      var column = Column(title: title, alignment: .left)
      column.isQuoted = true
      return column
    }
    /// A column of numbers.
    package static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  /// What the table shows, as caption; empty: none.
  package var caption: String
  /// Columns.
  package var columns: [Column]
  /// Cells, one a column.
  package var rows: [[String]] = []
  /// Whether the last row is a sum.
  package var hasTotal = false
  /// What the cells of each row are sorted by, nil where a cell has no number; empty: the page does not sort the table.
  package var keys: [[Double?]] = []

  /// An empty table.
  package init(_ caption: String = "", columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  /// Adds a row; missing cells are empty.
  package mutating func add(_ cells: [String]) {
    rows.append(Array((cells + [String](repeating: "", count: columns.count)).prefix(columns.count)))
  }

  /// Adds a row that a page can sort: cells with the numbers behind them; missing cells are empty.
  package mutating func add(_ cells: [String], keys: [Double?]) {
    add(cells)
    self.keys.append(keys)
  }

  /// A table of numbers with one unit for all: row name and one number a column, columns that are zero everywhere
  /// left out, a sum below where asked.
  ///
  /// - Parameter decimalsOf: what the numbers are in, base unit.
  package static func numbers(
    _ caption: String, rowTitle: String, columns titles: [String], unit: String,
    rows: [(name: String, values: [Double])], total: String? = nil
  ) -> Table {
    var rows = rows
    if let total {
      rows.append((total, titles.indices.map { i in rows.reduce(0) { $0 + $1.values[i] } }))
    }
    let largest = rows.flatMap(\.values).map(abs).max() ?? 0
    let scale = Scale.fitting(largest, unit: unit)
    let decimals = max(0, scale.decimals(for: largest))
    let kept = titles.indices.filter { i in rows.contains { Dust.cleaned($0.values[i], scale: largest) != 0 } }
    var table = Table(
      caption + (scale.unit.isEmpty ? "" : " [\(scale.unit)]"),
      columns: [.text(rowTitle)] + kept.map { .number(titles[$0]) })
    for row in rows {
      table.add(
        [row.name]
          + kept.map { i in
            let value = row.values[i]
            return Dust.cleaned(value, scale: largest) == 0
              ? "·" : NumberText.fixed(value / scale.factor, decimals: decimals)
          })
    }
    table.hasTotal = total != nil
    return table
  }

  /// The table as lines for a terminal, two blanks between columns.
  package var lines: [String] {
    let cells = [columns.map(\.title)] + rows
    let widths = columns.indices.map { i in cells.map { $0[i].terminalWidth }.max() ?? 0 }
    func line(_ row: [String]) -> String {
      var text = ""
      for (i, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[i] - cell.terminalWidth)
        if i > 0 { text += "  " }
        text += columns[i].alignment == .right ? blanks + cell : cell + blanks
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    var lines = caption.isEmpty ? [] : [caption]
    lines += [line(columns.map(\.title)), rule]
    for (index, row) in rows.enumerated() {
      if hasTotal && index == rows.count - 1 { lines.append(rule) }
      lines.append(line(row))
    }
    return lines
  }
}

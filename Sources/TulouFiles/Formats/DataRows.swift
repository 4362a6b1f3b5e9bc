/// Rows of data below a header: each as wide as the header says, none empty between others.
///
/// Both would pass in silence: a decimal comma makes two cells of a number and moves all that follow, and a row that is
/// passed over moves all later hours.
struct DataRows {
  private var emptyLine = 0
  private var width: Int
  /// Cells of the header behind which only empty ones follow, as some programs pad all lines to one width.
  private let least: Int

  /// - Parameter header: Cells of the header; empty: the first row says how many there are.
  init(header: [String]) {
    width = header.count
    least = (header.lastIndex { !$0.isEmpty } ?? -1) + 1
  }

  /// Reads the next row into `cells`; false at the end. What is wrong with a row is noted.
  mutating func next(_ cells: inout [Range<Int>], of table: inout ByteTable, _ faults: inout FormatFaults) -> Bool {
    while table.next(&cells) {
      if cells.count == 1, table.text(cells[0]).isEmpty {
        if emptyLine == 0 { emptyLine = table.line }
        continue
      }
      if emptyLine > 0 {
        faults.add("The line is empty, but more rows follow; all later ones would move.", line: emptyLine)
        emptyLine = 0
      }
      if width == 0 { width = cells.count }
      if cells.count != width {
        let isPadded = cells.count >= least && cells.dropFirst(width).allSatisfy { table.text($0).isEmpty }
        if least == 0 || !isPadded {
          faults.add(
            "The row has \(cells.count) cells where \(width) are expected; a decimal comma makes two of one.",
            line: table.line)
        }
      }
      return true
    }
    return false
  }
}

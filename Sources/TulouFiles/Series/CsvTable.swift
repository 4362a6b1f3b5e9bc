import TulouDocument
import TulouQuantities

/// A table of separated values, kept as bytes; columns are read when asked for.
struct CsvTable: Sendable {
  /// Names of the columns.
  let header: [String]
  /// Bounds of each row of data in `bytes`, and its row number in the file (from 1).
  let rows: [Row]
  /// Lines that begin with `#`.
  private(set) var comments: [String] = []
  private let bytes: [UInt8]
  private let delimiter: UInt8

  /// Whether cells are separated by semicolons or tabs, beside which commas may be decimal.
  var isSpaced: Bool { delimiter != UInt8(ascii: ",") }

  struct Row: Sendable {
    var start: Int
    var end: Int
    var number: Int
  }

  /// Reads the header and finds the rows. Lines that begin with `#` are passed over, and so are empty ones before the
  /// header and after the last row.
  ///
  /// - Throws: rows that have more or fewer cells than the header (a decimal comma makes two numbers of one), empty rows
  ///   between others (all later ones would move), names that stand twice in the header.
  init(_ content: [UInt8]) throws(SeriesFault) {
    bytes = content
    var rows: [Row] = []
    rows.reserveCapacity(content.count / 60)
    var position = 0
    if content.count >= 3, content[0] == 0xEF, content[1] == 0xBB, content[2] == 0xBF { position = 3 }
    var number = 0
    var empty = 0
    while position < content.count {
      number += 1
      var end = position
      while end < content.count && content[end] != 0x0A { end += 1 }
      var stop = end
      if stop > position && content[stop - 1] == 0x0D { stop -= 1 }
      if CsvTable.trimmed(content[position..<stop]).isEmpty {
        if empty == 0, !rows.isEmpty { empty = number }
      } else if content[position] != UInt8(ascii: "#") {
        if empty > 0 {
          throw SeriesFault(
            "Row \(empty) is empty, but more rows follow.",
            advice: "Gaps are never filled silently, and without the row all later ones would move; complete the file.",
            part: .data)
        }
        rows.append(Row(start: position, end: stop, number: number))
      } else if comments.count < 50 {
        comments.append(String(decoding: content[position..<min(stop, position + 2000)], as: UTF8.self))
      }
      position = end + 1
    }
    guard let first = rows.first else { throw SeriesFault("The file holds no table.", part: .file) }
    let head = content[first.start..<first.end]
    let marks: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    let counts = marks.map { CsvTable.count(head, $0) }
    // Of equals the first: a comma where there is one column only.
    let best = counts.indices.max { counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1 } ?? 0
    delimiter = marks[best]
    header = CsvTable.cells(head, marks[best]).map { String(decoding: CsvTable.trimmed($0), as: UTF8.self) }
    self.rows = Array(rows.dropFirst())
    if let twice = Dictionary(grouping: header, by: \.self).first(where: { !$0.key.isEmpty && $0.value.count > 1 }) {
      throw SeriesFault(
        "The header in row \(first.number) names '\(Node.short(twice.key))' \(twice.value.count) times.",
        advice: "Give each column a name of its own.", part: .file)
    }
    for row in self.rows {
      let count = CsvTable.count(content[row.start..<row.end], delimiter)
      guard count != header.count else { continue }
      throw SeriesFault(
        "Row \(row.number) has \(count) cell\(count == 1 ? "" : "s"), but the header has \(header.count).",
        advice: count > header.count && delimiter == UInt8(ascii: ",")
          ? "A number with a decimal comma counts as two; write a point, or separate the columns by semicolons."
          : "Complete the row; an empty cell still needs its separator.", part: .data)
    }
  }

  /// A table that was written by Tulou itself: commas, rows without a head, whose numbers in the foreign file are given.
  init(plain content: [UInt8], header: [String], rowNumbers: [Int]) {
    bytes = content
    delimiter = UInt8(ascii: ",")
    self.header = header
    var found: [Row] = []
    found.reserveCapacity(rowNumbers.count)
    var start = 0
    for (i, byte) in content.enumerated() where byte == 0x0A && found.count < rowNumbers.count {
      found.append(Row(start: start, end: i, number: rowNumbers[found.count]))
      start = i + 1
    }
    rows = found
  }

  /// The cell of a column in a row; nil where the row is too short.
  func cell(_ column: Int, _ row: Row) -> ArraySlice<UInt8>? {
    var position = row.start
    var index = 0
    var start = position
    var quoted = false
    while position < row.end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        quoted.toggle()
      } else if byte == delimiter && !quoted {
        if index == column { return CsvTable.trimmed(bytes[start..<position]) }
        index += 1
        start = position + 1
      }
      position += 1
    }
    return index == column ? CsvTable.trimmed(bytes[start..<row.end]) : nil
  }

  /// The numbers of a column. Empty cells and what is no finite number are faults with their rows.
  func numbers(_ column: Int, _ range: Range<Int>) throws(SeriesFault) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(range.count)
    var bad: [Int] = []
    var sample = ""
    for i in range {
      let cell = cell(column, rows[i])
      if let cell, let value = DecimalNumber.parse(cell) {
        values.append(value)
      } else {
        if bad.isEmpty { sample = cell.map { String(decoding: $0.prefix(30), as: UTF8.self) } ?? "" }
        bad.append(rows[i].number)
        values.append(0)
      }
    }
    guard bad.isEmpty else {
      let shown = bad.prefix(5).map(String.init).joined(separator: ", ")
      let more = bad.count > 5 ? " and \(bad.count - 5) more" : ""
      throw SeriesFault(
        "The column '\(header[column])' has no number in row\(bad.count == 1 ? "" : "s") \(shown)\(more)"
          + (sample.isEmpty ? "; the cell is empty." : "; the cell holds '\(sample)'."),
        advice: "Gaps are never filled silently; complete the file.", part: .data)
    }
    return values
  }

  /// Number of cells of a line; an open quotation mark runs to its end.
  private static func count(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> Int {
    var count = 1
    var quoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") {
        quoted.toggle()
      } else if byte == delimiter && !quoted {
        count += 1
      }
    }
    return count
  }

  private static func cells(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> [ArraySlice<UInt8>] {
    var cells: [ArraySlice<UInt8>] = []
    var start = line.startIndex
    var quoted = false
    for i in line.indices {
      if line[i] == UInt8(ascii: "\"") {
        quoted.toggle()
      } else if line[i] == delimiter && !quoted {
        cells.append(line[start..<i])
        start = i + 1
      }
    }
    cells.append(line[start..<line.endIndex])
    return cells
  }

  private static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = cell
    func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }
    while isBlank(cell.first) { cell = cell.dropFirst() }
    while isBlank(cell.last) { cell = cell.dropLast() }
    if cell.count >= 2, cell.first == UInt8(ascii: "\""), cell.last == UInt8(ascii: "\"") {
      cell = cell.dropFirst().dropLast()
    }
    return cell
  }
}

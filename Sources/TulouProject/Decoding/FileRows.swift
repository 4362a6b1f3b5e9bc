package import TulouDocument

/// Brings the rows of a CSV file as text; the room Files does it.
package protocol RowReader: Sendable {
  /// Rows below the header of a file, its path as the project names it.
  func rows(_ file: String) throws(SeriesFault) -> [FileRow]
}

/// A row of a CSV file.
package struct FileRow: Sendable {
  /// Its number in the file, from 1.
  package var number: Int
  /// Names of the columns with the texts of the cells that are not empty.
  package var cells: [(name: String, text: String)]
  /// A row.
  package init(number: Int, cells: [(name: String, text: String)]) {
    self.number = number
    self.cells = cells
  }
}

/// A list that stands in a file of its own.
struct RowsInput: Sendable {
  var file: String?
  static let table = FieldTable<RowsInput>(
    "a list from a file",
    [
      Field(
        "file", .reference("file"), .required,
        "CSV file whose columns have the names of the keys; units in the cells, or in the header as 'power [W]'."
      ) {
        $0.file = $2.text($1)
      },
      .note("source", "Where the file comes from."),
    ])
}

extension Decoding {
  /// The entries of a list, written out or as rows of a file; each with the name under which it is told of. Nil after a
  /// diagnostic.
  ///
  /// A cell of several values separates them by ';' or '|'; text in columns that a table does not know is an error, as in
  /// the project file.
  mutating func listOrRows(_ node: Node, example: String) -> [(name: String, node: Node)]? {
    if let items = node.items {
      guard !items.isEmpty else {
        error("'\(key)' is empty.", advice: "Write \(example).", at: node.mark)
        return nil
      }
      return items.enumerated().map { ("\($0.offset + 1)", $0.element) }
    }
    var input = RowsInput()
    let before = diagnostics.count
    read(RowsInput.table, node, into: &input)
    guard diagnostics[before...].allSatisfy({ $0.severity != .error }), let file = input.file else { return nil }
    guard let reader = seriesReader as? any RowReader else {
      error("Lists in files cannot be read here.", at: node.mark)
      return nil
    }
    let mark = (node["file"] ?? node).mark
    do throws(SeriesFault) {
      let rows = try reader.rows(file)
      guard !rows.isEmpty else {
        error("'\(file)' has no row below its header.", at: mark)
        return nil
      }
      return rows.map { row in
        let entries = row.cells.map { cell in
          let (name, unit) = Decoding.header(cell.name)
          let parts = cell.text.split(whereSeparator: { $0 == ";" || $0 == "|" }).map {
            $0.split(separator: " ").joined(separator: " ")
          }
          let values = parts.map { Node(.scalar(unit.isEmpty ? $0 : "\($0) \(unit)", quoted: true), mark: mark) }
          return Node.Entry(
            key: name, mark: mark, value: values.count == 1 ? values[0] : Node(.sequence(values), mark: mark))
        }
        return ("row \(row.number)", Node(.mapping(entries), mark: mark))
      }
    } catch {
      self.error(error.message, advice: error.advice, at: mark)
      return nil
    }
  }

  /// `power [W]` as name and unit.
  private static func header(_ text: String) -> (String, String) {
    guard let open = text.firstIndex(of: "["), text.last == "]" else { return (text, "") }
    let name = text[..<open].split(separator: " ").joined(separator: " ")
    return (name, String(text[text.index(after: open)...].dropLast()))
  }
}

import TulouProblem
import TulouQuantities

/// A table of full precision for files: one key a quantity, units in the heading, one row a line.
package struct DataTable: Sendable {
  /// A cell.
  package enum Cell: Sendable, Equatable {
    /// Text.
    case text(String)
    /// A number; not-a-number and infinite ones are empty.
    case number(Double)
    /// Nothing.
    case none

    /// A number that may be missing.
    package static func optional(_ value: Double?) -> Cell { value.map { .number($0) } ?? .none }
  }

  /// A column: key and unit; `1` for a share, empty for text.
  package struct Column: Sendable, Equatable {
    /// Key.
    package var key: String
    /// Unit.
    package var unit: String
  }

  /// Name of its file, e.g. `replacement_schedule`.
  package var name: String
  /// What it shows, for people.
  package var title: String
  /// Columns.
  package var columns: [Column]
  /// Rows.
  package var rows: [[Cell]] = []

  /// A table of columns `key` or `key [unit]`.
  package init(_ name: String, _ title: String, _ columns: [String]) {
    self.name = name
    self.title = title
    self.columns = columns.map { text in
      guard let open = text.firstIndex(of: "["), text.hasSuffix("]") else { return Column(key: text, unit: "") }
      return Column(
        key: text[..<open].trimmingBlanks, unit: String(text[text.index(after: open)...].dropLast()))
    }
  }

  /// Adds a row.
  package mutating func add(_ cells: Cell...) { rows.append(cells) }

  /// The rows without dust: a share is measured by one, any other number by the largest of its unit in the table, and what has no unit
  /// is left (`Dust`).
  var cleanRows: [[Cell]] {
    var largest = ["1": 1.0]
    for row in rows {
      for (column, cell) in zip(columns, row) where column.unit != "1" && !column.unit.isEmpty {
        if case .number(let value) = cell, value.isFinite {
          largest[column.unit] = max(largest[column.unit] ?? 0, abs(value))
        }
      }
    }
    return rows.map { row in
      zip(columns, row).map { column, cell in
        guard case .number(let value) = cell else { return cell }
        return .number(Dust.cleaned(value, scale: largest[column.unit] ?? 0))
      }
    }
  }

  /// As CSV, units in the heading.
  package func csv() -> [UInt8] {
    var text =
      columns.map { CSVText.cell($0.unit.isEmpty || $0.unit == "1" ? $0.key : "\($0.key) [\($0.unit)]") }
      .joined(separator: ",") + "\n"
    for row in cleanRows {
      text +=
        row.map { cell in
          switch cell {
          case .text(let words): CSVText.cell(words)
          case .number(let value): value.isFinite ? JSON.digits(value) : ""
          case .none: ""
          }
        }.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  /// As an object: title, units, and the rows as objects by key.
  package var json: JSON {
    .object([
      ("title", .text(title)),
      ("units", .object(columns.filter { !$0.unit.isEmpty }.map { ($0.key, .text($0.unit)) })),
      (
        "rows",
        .array(
          cleanRows.map { row in
            .object(
              zip(columns, row).map { column, cell in
                switch cell {
                case .text(let words): (column.key, .text(words))
                case .number(let value): (column.key, value.isFinite ? .number(value) : .null)
                case .none: (column.key, .null)
                }
              })
          })
      ),
    ])
  }

  /// As people read it.
  package var table: Table {
    var table = Table(
      columns: columns.enumerated().map { i, column in
        let title = Legend.plain(column.key).capitalisedFirst
        return rows.contains { if case .number = $0[i] { true } else { false } } ? .number(title) : .text(title)
      })
    for row in cleanRows {
      table.add(
        zip(columns, row).map { column, cell in
          switch cell {
          case .text(let words): words
          case .number(let value):
            !value.isFinite
              ? NumberText.none
              : column.unit == "1"
                ? NumberText.percent(value)
                : column.unit.isEmpty ? NumberText.significant(value) : Scale.text(value, column.unit)
          case .none: ""
          }
        })
    }
    return table
  }
}

extension Substring {
  /// Without blanks at its end.
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

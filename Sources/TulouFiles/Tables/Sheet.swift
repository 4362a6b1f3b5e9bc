/// A cell of a foreign table: its text, and whether a workbook keeps it as a number (then a point is its decimal mark).
struct SheetCell: Sendable, Equatable {
  var text: String
  var isNumber = false
}

/// A row of a foreign table with its number in the file, from 1.
struct SheetRow: Sendable, Equatable {
  var number: Int
  var cells: [SheetCell]

  /// Text of a cell; empty where the row is too short.
  func text(_ column: Int) -> String { column < cells.count ? cells[column].text : "" }
  /// Whether no cell holds anything.
  var isEmpty: Bool { cells.allSatisfy { $0.text.isEmpty } }
  /// Number of cells without the empty ones at the end.
  var width: Int { (cells.lastIndex { !$0.text.isEmpty } ?? -1) + 1 }
}

/// What stands in a foreign file, before anybody asks what it means.
struct Sheet: Sendable, Equatable {
  /// Name of the sheet of a workbook; empty for texts.
  var name = ""
  var rows: [SheetRow]
  /// Lines that begin with `#`.
  var comments: [String] = []
  /// What separates the cells; nil: a workbook, or a meter's own format.
  var delimiter: Character?
  /// A meter's own format, whose values are what passed in each interval and never readings of a register; nil: any other file.
  var meterFormat: String?
  /// The first row that holds one number with a decimal comma under a head of one name: two cells by the file's own commas.
  var tornRow: Int?
  /// What was found about the file as such, e.g. its encoding; for the register of assumptions.
  var notes: [String] = []
}

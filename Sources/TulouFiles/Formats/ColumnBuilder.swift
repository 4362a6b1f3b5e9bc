import TulouQuantities
import TulouResources

/// Collects columns row by row.
struct ColumnBuilder {
  private let columns: [(index: Int, quantity: WeatherQuantity, factor: Double)]
  private var found: [WeatherColumn]
  private(set) var rows = 0
  /// No quantity of weather is greater than this in the units of its file (pressure in Pa comes nearest).
  static let greatest = 1e6

  init(columns: [(Int, WeatherQuantity, Double)]) {
    self.columns = columns.map { (index: $0.0, quantity: $0.1, factor: $0.2) }
    found = columns.map { _ in WeatherColumn(values: []) }
    for i in found.indices { found[i].values.reserveCapacity(8784) }
  }

  func has(_ quantity: WeatherQuantity) -> Bool { columns.contains { $0.quantity == quantity } }

  /// Adds a row; an empty cell or a value that `missing` knows is missing, a word is a fault.
  mutating func add(
    _ cells: [Range<Int>], _ table: ByteTable, missing: (Double) -> Bool, _ faults: inout FormatFaults
  ) {
    for (i, column) in columns.enumerated() {
      let cell = column.index < cells.count ? cells[column.index] : 0..<0
      if let value = table.number(cell), !missing(value) {
        if abs(value) > ColumnBuilder.greatest {
          faults.add("\(value) is out of all range for \(column.quantity.rawValue).", line: table.line)
        }
        found[i].values.append(value * column.factor)
        continue
      }
      let text = table.text(cell)
      if !text.isEmpty && table.number(cell) == nil && !ColumnBuilder.blanks.contains(text.lowercased()) {
        faults.add("'\(text)' is no number for \(column.quantity.rawValue).", line: table.line)
      }
      found[i].values.append(0)
      found[i].missing.append(rows)
    }
    rows += 1
  }

  /// Words that files write where nothing was measured.
  private static let blanks: Set<String> = ["nan", "na", "n/a", "null", "none", "-", "--"]

  /// Columns that hold at least one value.
  var finished: [WeatherQuantity: WeatherColumn] {
    var result: [WeatherQuantity: WeatherColumn] = [:]
    for (i, column) in columns.enumerated() where found[i].missing.count < rows { result[column.quantity] = found[i] }
    return result
  }
}

import TulouDocument
import TulouQuantities
import TulouResources

/// Collects columns row by row.
struct ColumnBuilder {
  /// A column of the file: its place, what it holds, and what brings it to our unit (factor, then offset).
  struct Column {
    var index: Int
    var quantity: WeatherQuantity
    var factor: Double
    var offset = 0.0
  }

  private let columns: [Column]
  private var found: [WeatherColumn]
  private(set) var rows = 0
  /// No quantity of weather is greater than this in the units of its file (pressure in Pa comes nearest).
  static let greatest = 1e6

  init(columns: [(Int, WeatherQuantity, Double)]) {
    self.init(columns.map { Column(index: $0.0, quantity: $0.1, factor: $0.2) })
  }

  init(_ columns: [Column]) {
    self.columns = columns
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
        let own = value * column.factor + column.offset
        if abs(value) > ColumnBuilder.greatest {
          faults.add("\(value) is out of all range for \(column.quantity.rawValue).", line: table.line)
        } else if !column.quantity.possible.contains(own) {
          faults.add(
            "\(value.plain) is no possible \(column.quantity.rawValue).", line: table.line, severity: .warning)
        }
        found[i].values.append(own)
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

  /// Whether a number is written with nines alone, as codes of missing values are: 99.9, 9999, -999.
  static func isNines(_ value: Double) -> Bool {
    var digits = abs(value)
    guard digits >= 9, digits < 1e9 else { return false }
    for _ in 0..<3 where digits != digits.rounded() { digits *= 10 }
    guard digits == digits.rounded() else { return false }
    var whole = Int(digits)
    while whole > 0 {
      guard whole % 10 == 9 else { return false }
      whole /= 10
    }
    return true
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

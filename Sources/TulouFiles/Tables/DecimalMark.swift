import TulouDocument
import TulouQuantities

/// The decimal mark of a column: from all of its rows, then from the rest of the file; asked for where neither tells.
enum DecimalMark {
  /// - Parameters:
  ///   - column: Cells of the column with their rows.
  ///   - others: Cells of the file's other columns.
  ///   - written: What the project says.
  static func find(
    _ column: [(row: Int, cell: SheetCell)], others: [SheetCell], delimiter: Character?, written: String?, name: String
  ) throws(SeriesFault) -> Character {
    var points: [(row: Int, decimals: Int)] = [], commas: [(row: Int, decimals: Int)] = []
    var eitherPoint: [Int] = [], eitherComma: [Int] = []
    var wholes = 0, great = 0
    for (row, cell) in column {
      switch CellNumber.evidence(cell) {
      case .point(let decimals): points.append((row, decimals))
      case .comma(let decimals): commas.append((row, decimals))
      case .eitherPoint: eitherPoint.append(row)
      case .eitherComma: eitherComma.append(row)
      case .whole(let isSmall):
        wholes += 1
        if !isSmall { great += 1 }
      case .missing, .text: continue
      }
    }
    if let point = points.first, let comma = commas.first {
      throw SeriesFault(
        "The column '\(name)' has a decimal point in row \(point.row) and a decimal comma in row \(comma.row).",
        advice: "A column has one decimal mark; correct the rows.", part: .data)
    }
    if let written {
      let mark: Character = written == "," ? "," : "."
      if let against = mark == "," ? points.first : commas.first {
        throw SeriesFault(
          "'decimal' is '\(mark)', but row \(against.row) of the column '\(name)' is written otherwise.",
          advice: "Leave 'decimal' out, or correct the row.", part: .data)
      }
      return mark
    }
    if !points.isEmpty || !commas.isEmpty {
      // Where each cell has its decimals, one without them whose mark could be thousands is a slip of the pen.
      let known = points.isEmpty ? commas : points
      let other = points.isEmpty ? eitherPoint : eitherComma
      let decimals = known[0].decimals
      if let row = other.first, wholes == 0, known.count > 4, decimals > 0,
        known.allSatisfy({ $0.decimals == decimals })
      {
        throw SeriesFault(
          "The column '\(name)' has \(decimals) decimals in each row but in row \(row), whose mark is another.",
          advice: "Correct the row, or say 'decimal' with the series.", part: .data)
      }
      try checkLost(column, points.isEmpty ? "," : ".", wholes: wholes, known: known, name: name)
      return points.isEmpty ? "," : "."
    }
    guard !eitherPoint.isEmpty || !eitherComma.isEmpty else { return "." }
    var hasPoint = false, hasComma = false
    for cell in others {
      switch CellNumber.evidence(cell) {
      case .point: hasPoint = true
      case .comma: hasComma = true
      default: continue
      }
    }
    if hasPoint != hasComma { return hasPoint ? "." : "," }
    if eitherComma.isEmpty, delimiter == "," { return "." }
    // Where semicolons separate, commas are decimal; thousands would leave small numbers without a mark.
    if eitherPoint.isEmpty, delimiter == ";", wholes == 0 { return "," }
    if eitherPoint.isEmpty, delimiter == ",", wholes > 0, great == 0 { return "." }
    let row = eitherPoint.first ?? eitherComma.first ?? 0
    let shown = column.first { $0.row == row }?.cell.text ?? ""
    throw SeriesFault(
      "'\(shown)' in row \(row) of the column '\(name)' may have three decimals or mark thousands, and no other row tells.",
      advice: "Write 'decimal: \".\"' or 'decimal: \",\"' with the series.", part: .data)
  }

  /// A whole number far above all others, where each other has the same decimals, has lost its decimal mark.
  private static func checkLost(
    _ column: [(row: Int, cell: SheetCell)], _ mark: Character, wholes: Int, known: [(row: Int, decimals: Int)],
    name: String
  ) throws(SeriesFault) {
    guard (1...3).contains(wholes), known.count >= 20, known[0].decimals > 0,
      known.allSatisfy({ $0.decimals == known[0].decimals })
    else { return }
    var greatest = 0.0, odd: (row: Int, value: Double)?
    for (row, cell) in column {
      guard let value = CellNumber.value(cell, decimal: mark).map(abs) else { continue }
      if case .whole = CellNumber.evidence(cell) {
        if value > odd?.value ?? 0 { odd = (row, value) }
      } else {
        greatest = max(greatest, value)
      }
    }
    guard let odd, odd.value > 8 * greatest else { return }
    throw SeriesFault(
      "'\(odd.value.plain)' in row \(odd.row) of the column '\(name)' has no decimals, unlike all others, and is far above them.",
      advice: "Its decimal mark may be lost; correct the row.", part: .data)
  }
}

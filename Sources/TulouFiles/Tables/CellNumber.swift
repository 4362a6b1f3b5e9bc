import TulouQuantities

/// Numbers as people write them: decimal commas, marks of thousands, in groups of three or of two and three.
enum CellNumber {
  /// What one cell tells about the decimal mark of its column.
  enum Evidence: Equatable {
    /// A whole number without marks, and whether it is below 1000.
    case whole(isSmall: Bool)
    /// The decimal mark for certain, with the number of decimals (zero where only thousands are marked).
    case point(decimals: Int), comma(decimals: Int)
    /// One mark with three digits behind it: decimals or thousands.
    case eitherPoint, eitherComma
    case missing
    case text
  }

  /// Words that stand where nothing was measured.
  static let blanks: Set<String> = [
    "", "nan", "na", "n/a", "#n/a", "null", "none", "-", "--", "---", "unavailable", "unknown", "n.v.", "nd", "n.d.",
    "missing",
  ]

  /// Values that stand where nothing was measured.
  static let sentinels: Set<Double> = [-999, -9999, -99_999]

  /// Units that stand behind numbers in their cells, the longer first.
  private static let suffixes = ["GWh", "MWh", "kWh", "Wh", "GW", "MW", "kW", "W", "%"]

  /// A number and the unit behind it in the same cell: `12.5 kWh`; nil: none.
  static func withUnit(_ text: String) -> (number: String, unit: String)? {
    // The last byte of all of them is h, W or %, which most cells do not have.
    guard let last = text.utf8.last, last == 0x68 || last == 0x57 || last == 0x25,
      let unit = suffixes.first(where: { text.hasSuffix($0) })
    else { return nil }
    let number = String(text.dropLast(unit.count)).trimmingSpaces
    guard number.unicodeScalars.last.map({ ("0"..."9").contains($0) }) == true else { return nil }
    return (number, unit)
  }

  /// The bare number: without blanks of groups, currency signs, a unit, and typographic minus; accounts write `(12.50)` and
  /// `12.50-` for -12.50; nil where other letters stand.
  static func bare(_ text: String) -> [UInt8]? {
    if let first = text.utf8.first, let last = text.utf8.last, text.utf8.count > 1 {
      if first == UInt8(ascii: "("), last == UInt8(ascii: ")") {
        return bare(String(text.dropFirst().dropLast())).flatMap { isDigit($0[0]) ? [0x2D] + $0 : nil }
      }
      if last == UInt8(ascii: "-"), first >= 48, first <= 57 {
        return bare(String(text.dropLast())).map { [0x2D] + $0 }
      }
      if let (number, _) = withUnit(text) { return bare(number) }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9", ".", ",", "-", "+", "e", "E": bytes.append(UInt8(scalar.value))
      case "'", "\u{2019}": bytes.append(0x27)
      case " ", "\u{A0}", "\u{202F}", "\u{2009}": bytes.append(0x20)
      case "\u{2212}": bytes.append(0x2D)
      case "$", "\u{20AC}", "\u{A3}", "\u{A5}": continue
      default: return nil
      }
    }
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return bytes.isEmpty ? nil : bytes
  }

  static func evidence(_ cell: SheetCell) -> Evidence {
    if blanks.contains(cell.text) || blanks.contains(cell.text.lowercased()) { return .missing }
    guard let bytes = bare(cell.text) else { return .text }
    if cell.isNumber {
      return DecimalNumber.parse(bytes[...]) == nil ? .text : .whole(isSmall: false)
    }
    var digits = bytes[...]
    if digits.first == 0x2D || digits.first == 0x2B { digits = digits.dropFirst() }
    if let e = digits.firstIndex(where: { $0 | 32 == 0x65 }) {
      let power = digits[(e + 1)...]
      let body = power.first == 0x2D || power.first == 0x2B ? power.dropFirst() : power
      guard !body.isEmpty, body.count <= 3, body.allSatisfy(isDigit), e > digits.startIndex else { return .text }
      digits = digits[..<e]
      if !digits.contains(0x2E), !digits.contains(0x2C) { return .point(decimals: 0) }
    }
    guard digits.contains(where: isDigit) else { return .text }
    // Blanks and apostrophes mark thousands; what stands beside them is decimal.
    var isGrouped = false
    if let mark = [UInt8(0x20), 0x27].first(where: digits.contains) {
      let end = digits.firstIndex { $0 == 0x2E || $0 == 0x2C } ?? digits.endIndex
      guard groups(digits[..<end], mark), !digits[end...].contains(mark) else { return .text }
      digits = digits.filter { $0 != mark }[...]
      isGrouped = true
    }
    let points = digits.filter { $0 == 0x2E }.count
    let commas = digits.filter { $0 == 0x2C }.count
    switch (points, commas) {
    case (0, 0):
      // 0529 has lost its decimal mark.
      if digits.first == 0x30, digits.count > 1, digits.contains(where: { $0 != 0x30 }) { return .text }
      return digits.allSatisfy(isDigit) ? .whole(isSmall: digits.count <= 3 && !isGrouped) : .text
    case (1, 0): return single(digits, 0x2E, isGrouped)
    case (0, 1): return single(digits, 0x2C, isGrouped)
    case (2..., 0): return groups(digits, 0x2E) ? .comma(decimals: 0) : .text
    case (0, 2...): return groups(digits, 0x2C) ? .point(decimals: 0) : .text
    default:
      guard let last = digits.lastIndex(where: { $0 == 0x2E || $0 == 0x2C }), !isGrouped else { return .text }
      let decimal = digits[last]
      let mark: UInt8 = decimal == 0x2E ? 0x2C : 0x2E
      let decimals = digits.endIndex - last - 1
      guard (decimal == 0x2E ? points : commas) == 1, groups(digits[..<last], mark),
        digits[(last + 1)...].allSatisfy(isDigit)
      else { return .text }
      return decimal == 0x2E ? .point(decimals: decimals) : .comma(decimals: decimals)
    }
  }

  /// The number of a cell with a known decimal mark; nil: none, or not so written.
  static func value(_ cell: SheetCell, decimal: Character) -> Double? {
    guard let bytes = bare(cell.text) else { return nil }
    if cell.isNumber { return DecimalNumber.parse(bytes[...]) }
    let point: UInt8 = decimal == "," ? 0x2C : 0x2E
    let group: UInt8 = decimal == "," ? 0x2E : 0x2C
    let e = bytes.firstIndex { $0 | 32 == 0x65 } ?? bytes.endIndex
    let start = bytes.first == 0x2D || bytes.first == 0x2B ? 1 : 0
    guard start < e else { return nil }
    let end = bytes[start..<e].firstIndex(of: point) ?? e
    let whole = bytes[start..<end]
    if let mark = whole.first(where: { !isDigit($0) }) {
      guard mark == group || mark == 0x20 || mark == 0x27, groups(whole, mark) else { return nil }
    }
    if start + 1 < end, bytes[start] == 0x30, end == e, whole.contains(where: { $0 != 0x30 }) { return nil }
    guard !bytes[min(end + 1, e)..<e].contains(where: { !isDigit($0) }) else { return nil }
    var plain = bytes[..<end].filter { isDigit($0) || $0 == 0x2D || $0 == 0x2B }
    if end < e { plain += [0x2E] + bytes[(end + 1)..<e] }
    plain += bytes[e...]
    return DecimalNumber.parse(plain[...])
  }

  /// Whether thousands are marked in a cell.
  static func isGrouped(_ cell: SheetCell, decimal: Character) -> Bool {
    guard !cell.isNumber, let bytes = bare(cell.text) else { return false }
    return bytes.contains(decimal == "," ? 0x2E : 0x2C) || bytes.contains(0x27) || bytes.contains(0x20)
  }

  private static func single(_ digits: ArraySlice<UInt8>, _ mark: UInt8, _ isGrouped: Bool) -> Evidence {
    guard let at = digits.firstIndex(of: mark) else { return .text }
    let before = digits[..<at], after = digits[(at + 1)...]
    guard before.allSatisfy(isDigit), after.allSatisfy(isDigit) else { return .text }
    if after.count == 3, (1...3).contains(before.count), before.first != 0x30, !isGrouped {
      return mark == 0x2E ? .eitherPoint : .eitherComma
    }
    return mark == 0x2E ? .point(decimals: after.count) : .comma(decimals: after.count)
  }

  /// Whether digits are in groups: the last of three, those between of two or three, the first of one to three.
  private static func groups(_ digits: ArraySlice<UInt8>, _ mark: UInt8) -> Bool {
    let parts = digits.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count > 1, parts.allSatisfy({ $0.allSatisfy(isDigit) }), parts.last?.count == 3,
      let first = parts.first, (1...3).contains(first.count), first.first != 0x30
    else { return false }
    let between = parts.dropFirst().dropLast()
    return between.allSatisfy { $0.count == 3 } || between.allSatisfy { $0.count == 2 } && first.count <= 2
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

/// A number with its unit, exactly as written.
package struct Quantity: Sendable, Hashable, CustomStringConvertible {
  /// The number.
  package let number: Double
  /// Its unit; a bare number has the unit `1` with empty text.
  package let unit: Unit
  /// The text it was read from.
  package let text: String

  /// The text it was read from.
  package var description: String { text }

  /// Why a text is no quantity.
  package enum Failure: Error, Sendable, Hashable {
    /// It does not begin with a number, or the number is none that can be used.
    case noNumber(advice: String)
    /// The unit is not known.
    case noUnit(symbol: String, suggestion: String?)
  }

  /// Reads `4.2 kW`: a decimal number, then a unit. Infinite and nameless numbers are refused.
  package init(_ source: some StringProtocol) throws(Failure) {
    let text = String(source)
    let bytes = Array(text.utf8)
    var end = 0
    while end < bytes.count, Quantity.isNumberByte(bytes, end) { end += 1 }
    guard end > 0, let number = DecimalNumber.parse(bytes[0..<end]) else {
      throw .noNumber(advice: Quantity.advice(for: text))
    }
    // `60,5` and `1_000` are numbers to some, and no units.
    if end < bytes.count, bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "_") {
      throw .noNumber(advice: Quantity.advice(for: text))
    }
    var start = end
    while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
    var stop = bytes.count
    while stop > start, bytes[stop - 1] == UInt8(ascii: " ") { stop -= 1 }
    let unitText = String(decoding: bytes[start..<stop], as: UTF8.self)
    do throws(Unit.Failure) {
      unit = unitText.isEmpty ? Quantity.bare : try Unit(unitText)
    } catch {
      throw .noUnit(symbol: error.symbol, suggestion: error.suggestion)
    }
    self.number = number
    self.text = text
  }

  /// The unit of a bare number.
  private static let bare: Unit = {
    do throws(Unit.Failure) { return try Unit("1") } catch { preconditionFailure("1 is a unit") }
  }()

  /// Whether the number stood alone.
  package var isBare: Bool { unit == Quantity.bare && text.utf8.allSatisfy { $0 != UInt8(ascii: " ") } }

  private static func isNumberByte(_ bytes: [UInt8], _ i: Int) -> Bool {
    switch bytes[i] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      return i == 0 || bytes[i - 1] == UInt8(ascii: "e") || bytes[i - 1] == UInt8(ascii: "E")
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      // An exponent is followed by digits; `3 EUR` and `3EUR` are not.
      guard i > 0, i + 1 < bytes.count else { return false }
      var next = i + 1
      if bytes[next] == UInt8(ascii: "+") || bytes[next] == UInt8(ascii: "-") { next += 1 }
      return next < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[next])
    default: return false
    }
  }

  private static func advice(for text: String) -> String {
    if text.contains(",") { return "Write the decimal point as '.' and no separator of thousands." }
    if text.contains("_") { return "Write numbers without '_'." }
    let lower = text.lowercased()
    if lower.contains("nan") || lower.contains("inf") { return "Only finite numbers have a meaning here." }
    return ""
  }
}

extension Quantity {
  /// The quantity that a text writes, or nil, for those who need no reason.
  package static func reading(_ text: String) -> Quantity? {
    do throws(Failure) { return try Quantity(text) } catch { return nil }
  }
}

/// Cells of comma-separated files. Here and not in the report, which release builds do not optimise: a file has a million.
package enum CSVText {
  /// The text, quoted where a reader would stumble, and such that a spreadsheet takes it for text.
  ///
  /// A cell that begins with `= + - @` would be run as a formula, so an apostrophe goes before it, unless it is a number
  /// (OWASP, "CSV Injection"). Characters that act rather than show are written as their numbers.
  package static func cell(_ text: String) -> String {
    var text = text.visible
    if let first = text.utf8.first, "=+-@\t".utf8.contains(first), DecimalNumber.parse(Array(text.utf8)[...]) == nil {
      text = "'" + text
    }
    guard text.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// Powers of ten from 1 to 1e9.
  private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

  /// Appends the number with nine significant digits and at most nine decimals; nothing where it is not finite.
  package static func append(_ value: Double, to text: inout [UInt8]) {
    guard value.isFinite else { return }
    let size = abs(value)
    guard size < 1e9 else {
      text += (value == value.rounded() && size < 1e15 ? String(Int64(value)) : value.description).utf8
      return
    }
    var decimals = 9
    while decimals > 0 && size >= powers[9 - decimals] { decimals -= 1 }
    // One digit before the point leaves eight after it; below one there are nine decimals.
    var whole = UInt64((size * powers[decimals]).rounded())
    guard whole > 0 else {
      text.append(48)
      return
    }
    if value < 0 { text.append(45) }
    while decimals > 0 && whole % 10 == 0 {
      whole /= 10
      decimals -= 1
    }
    // The digits come from behind, so they are written from behind into room made for them.
    let length = max(decimals + 1, digitCount(whole)) + (decimals > 0 ? 1 : 0)
    var place = text.count + length
    for _ in 0..<length { text.append(48) }
    var written = 0
    while whole > 0 || written <= decimals {
      if written == decimals && decimals > 0 {
        place -= 1
        text[place] = 46
      }
      place -= 1
      text[place] = UInt8(48 + whole % 10)
      whole /= 10
      written += 1
    }
  }

  private static func digitCount(_ number: UInt64) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }
}

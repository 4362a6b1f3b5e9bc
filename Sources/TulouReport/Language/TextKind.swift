/// What needs no translation: numbers, units, signs, keys of the file, names of programs and files.
enum TextKind {
  /// Whether a byte is a Latin letter.
  static func isLetter(_ byte: UInt8) -> Bool { (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A) }

  /// Whether all of a text is numbers, units, signs, a word in quotes or a command to type.
  static func isData(_ text: String) -> Bool {
    if text.hasPrefix("tulou ") { return true }
    if text.utf8.count > 2, text.hasPrefix("'"), text.hasSuffix("'"), !text.dropFirst().dropLast().contains("'") {
      return true
    }
    return text.split(separator: " ").allSatisfy(isDatum)
  }

  private static func isDatum(_ token: Substring) -> Bool {
    let inner = token.drop { "([\"'".contains($0) }
    let core = inner.prefix(inner.count - inner.reversed().prefix { ",;:)]\"'.".contains($0) }.count)
    guard core.utf8.contains(where: isLetter) else { return true }
    // Keys, paths, options, formulas.
    if core.contains(where: { "_.=^*|<>".contains($0) }) || core.hasPrefix("--") { return true }
    return core.split(separator: "/").allSatisfy(isUnit)
  }

  private static func isUnit(_ token: Substring) -> Bool {
    if !token.utf8.contains(where: isLetter) || token.contains(where: { $0.isNumber }) { return true }
    if units.contains(String(token)) { return true }
    // CNY, PV, HiGHS: capitals behind the first letter.
    return token.dropFirst().contains { $0.isUppercase }
  }

  private static let units: Set<String> = [
    "kWh", "kW", "kg", "t", "kt", "g", "h", "y", "d", "km", "m", "cm", "mm", "s", "ha", "k", "M", "G", "K", "a", "m²",
    "m³",
    "km²", "°C", "N", "E", "S", "W", "x", "l", "bar", "deg", "p", "L",
  ]
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one place in which numbers become text, without a locale: for pages, tables and the terminal (`significant`, `fixed`, `percent`),
/// for sentences in which a value of the file is named as the file writes it (`short`, `plain`), and for programs (`digits`).
/// With a unit at a fitting scale: `Scale`.
package enum NumberText {
  /// What stands for a value that does not exist.
  package static let none = "–"

  /// The number rounded to `digits` significant digits, without trailing zeros: `352,200`, `0.1873`, `-1.2e-7`.
  ///
  /// Not-a-number prints as `–`, infinities as `∞`; below 1e-6 and from 1e15 the exponent is written.
  package static func significant(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? none : value < 0 ? "-∞" : "∞" }
    guard value != 0 else { return "0" }
    let magnitude = abs(value)
    guard magnitude >= 1e-6, magnitude < 1e15 else { return scientific(value, digits: digits) }
    var exponent = Int(saturating: log10(magnitude).rounded(.down))
    // Rounding may reach the next power of ten: 999.96 has four digits as 1,000.
    if (magnitude * tenTo(digits - 1 - exponent)).rounded() >= tenTo(digits) { exponent += 1 }
    let decimals = digits - 1 - exponent
    if decimals <= 0 {
      let unit = tenTo(-decimals)
      return fixed((value / unit).rounded() * unit, decimals: 0)
    }
    return trimmed(fixed(value, decimals: decimals))
  }

  /// The number with exactly `decimals` decimals and commas between thousands; `-0.0` prints as `0.0`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? none : value < 0 ? "-∞" : "∞" }
    let scale = tenTo(decimals)
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e18 else { return scientific(value, digits: 6) }
    let whole = UInt64(scaled)
    let unit = UInt64(scale)
    var text = value < 0 && whole > 0 ? "-" : ""
    text += grouped(whole / unit)
    if decimals > 0 {
      let fraction = String(whole % unit)
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return text
  }

  /// A share as percent: `83.2 %`.
  package static func percent(_ share: Double, digits: Int = 3) -> String {
    guard share.isFinite else { return none }
    // 99.97 % must not read as 100 %, nor 0.03 % as 0 %.
    let value = share * 100
    if value > 99 && value < 100 && significant(value, digits: digits) == "100" {
      return significant(min(value, 99.99), digits: 4) + " %"
    }
    return significant(value, digits: digits) + " %"
  }

  /// Coordinates and the like: at most two decimals, no commas, no exponent.
  package static func coordinate(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int(saturating: (value * 100).rounded())
    if hundredths % 100 == 0 { return String(hundredths / 100) }
    let sign = hundredths < 0 ? "-" : ""
    let size = abs(hundredths)
    let fraction = size % 100
    return sign + String(size / 100)
      + (fraction % 10 == 0 ? ".\(fraction / 10)" : fraction < 10 ? ".0\(fraction)" : ".\(fraction)")
  }

  /// Ten to a whole power, exactly for powers that a double holds exactly.
  package static func tenTo(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  private static func scientific(_ value: Double, digits: Int) -> String {
    var exponent = Int(saturating: log10(abs(value)).rounded(.down))
    var mantissa = value / pow(10, Double(exponent))
    if abs((mantissa * tenTo(digits - 1)).rounded() / tenTo(digits - 1)) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    return trimmed(fixed(mantissa, decimals: digits - 1)) + "e\(exponent)"
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = Substring(text)
    while kept.hasSuffix("0") { kept = kept.dropLast() }
    if kept.hasSuffix(".") { kept = kept.dropLast() }
    return String(kept)
  }

  private static func grouped(_ number: UInt64) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

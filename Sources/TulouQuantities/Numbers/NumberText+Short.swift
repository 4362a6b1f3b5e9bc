#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension NumberText {
  /// At most `digits` significant digits, no exponent below 1e15, no trailing zeros, no commas: a number that may be typed into a file.
  package static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "-infinite" : "infinite" }
    guard value != 0 else { return "0" }
    let magnitude = Int(saturating: log10(abs(value)).rounded(.down))
    let decimals = max(0, digits - 1 - magnitude)
    // Too small to be written out.
    if decimals > 15 { return "\(value)" }
    // Powers of ten above one are exact, those below are not: 158 / 1e-5 is a little less than 15,800,000.
    let places = digits - 1 - magnitude
    let scale = pow(10.0, Double(abs(places)))
    let rounded = places < 0 ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
    if decimals == 0 { return abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)" }
    // Digits are written from a whole number, so that no locale and no binary fraction shows.
    let power = pow(10.0, Double(decimals))
    let whole = Int(saturating: (abs(rounded) * power).rounded())
    let unit = Int(saturating: power)
    var fraction = String(whole % unit)
    fraction = String(repeating: "0", count: decimals - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return (rounded < 0 ? "-" : "") + "\(whole / unit)" + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Whole numbers without a point, others with at most four digits behind it.
  package static func plain(_ value: Double) -> String {
    if value.rounded() == value, abs(value) < 1e15 { return String(Int64(value)) }
    let short = (value * 1e4).rounded() / 1e4
    return short == 0 ? "\(value)" : "\(short)"
  }

  /// Full precision for a program that reads it again, as JSON and CSV write it.
  package static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    // What is smaller than any normal number is what solvers and sums leave of zero.
    if abs(value) < Double.leastNormalMagnitude { return "0" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.description
  }
}

/// A number in a sentence: `NumberText.short`.
package func shortNumber(_ value: Double, digits: Int = 3) -> String { NumberText.short(value, digits: digits) }

extension Double {
  /// A number in a sentence: `NumberText.plain`.
  package var plain: String { NumberText.plain(self) }
}

/// A number rounded up to `digits` significant digits: an amount that suffices, and is no larger than it need be.
package func roundedUp(_ value: Double, digits: Int = 3) -> Double {
  guard value.isFinite, value > 0 else { return value }
  let places = Double(digits - 1) - log10(value).rounded(.down)
  let scale = pow(10.0, abs(places))
  // What a solver finds of a round number is not quite round.
  let nearly = value * (1 - 1e-7)
  return places < 0 ? (nearly / scale).rounded(.up) * scale : (nearly * scale).rounded(.up) / scale
}

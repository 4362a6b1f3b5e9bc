import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number as people read it: at most `digits` significant digits, no exponent below 1e15, no trailing noughts.
func shortNumber(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let magnitude = Int(saturating: log10(abs(value)).rounded(.down))
  let decimals = max(0, digits - 1 - magnitude)
  // Too small to be written out.
  if decimals > 15 { return "\(value)" }
  let factor = pow(10.0, Double(digits - 1 - magnitude))
  let rounded = (value * factor).rounded() / factor
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

/// A number rounded up to `digits` significant digits: an amount that suffices, and is no larger than it need be.
func roundedUp(_ value: Double, digits: Int = 3) -> Double {
  guard value.isFinite, value > 0 else { return value }
  let factor = pow(10.0, Double(digits - 1) - log10(value).rounded(.down))
  // What a solver finds of a round number is not quite round.
  return (value * factor * (1 - 1e-7)).rounded(.up) / factor
}

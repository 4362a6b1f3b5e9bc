import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A number with at most six significant digits, without locale.
func shortText(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "-infinite" : "infinite" }
  guard value != 0 else { return "0" }
  let digits = 5 - Int(saturating: log10(abs(value)).rounded(.down))
  guard (-9...15).contains(digits) else { return "\(value)" }
  let scale = pow(10, Double(max(0, digits)))
  let rounded = (abs(value) * scale).rounded() / scale
  let whole = rounded.rounded(.down)
  var fraction = String(Int(saturating: ((rounded - whole) * scale).rounded()))
  fraction = String(repeating: "0", count: max(0, max(0, digits) - fraction.count)) + fraction
  while fraction.hasSuffix("0") { fraction.removeLast() }
  return (value < 0 ? "-" : "") + String(Int(saturating: whole))
    + (fraction.isEmpty || digits <= 0 ? "" : "." + fraction)
}

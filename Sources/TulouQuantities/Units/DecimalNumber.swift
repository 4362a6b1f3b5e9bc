#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Decimal numbers from bytes: fast, correctly rounded, only finite, whatever the locale.
package enum DecimalNumber {
  private static let tens: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The number that the bytes write in full, or nil.
  ///
  /// Up to 15 digits with an exponent within 22 the quotient or product of two exact numbers is correctly rounded
  /// (Clinger 1990, "How to read floating point numbers accurately"); the rest goes through the standard library.
  package static func parse(_ bytes: ArraySlice<UInt8>) -> Double? {
    var i = bytes.startIndex
    let end = bytes.endIndex
    guard i < end else { return nil }
    var negative = false
    if bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      negative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var exponent = 0
    var seenPoint = false
    while i < end {
      let byte = bytes[i]
      if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
        digits += 1
        if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
        if significant <= 18 { mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0")) }
        if seenPoint { exponent -= 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        break
      }
      i += 1
    }
    guard digits > 0 else { return nil }
    if i < end {
      guard bytes[i] == UInt8(ascii: "e") || bytes[i] == UInt8(ascii: "E") else { return nil }
      i += 1
      var exponentNegative = false
      if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
        exponentNegative = bytes[i] == UInt8(ascii: "-")
        i += 1
      }
      guard i < end else { return nil }
      var written = 0
      while i < end {
        let byte = bytes[i]
        guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { return nil }
        written = min(written * 10 + Int(byte - UInt8(ascii: "0")), 100_000)
        i += 1
      }
      exponent += exponentNegative ? -written : written
    }
    if significant <= 15, abs(exponent) <= 22 {
      let whole = Double(mantissa)
      let value = exponent < 0 ? whole / tens[-exponent] : whole * tens[exponent]
      return negative ? -value : value
    }
    guard bytes.count <= 400, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }
}

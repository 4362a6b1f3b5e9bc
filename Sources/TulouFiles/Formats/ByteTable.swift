/// Rows and cells of a delimited text, read byte by byte without making strings.
///
/// Made for files of many numbers: a cell is a range of bytes, a number is parsed in place. Lines end by LF, CR or CRLF;
/// a byte-order mark is skipped. Quotes keep the delimiter inside a cell.
struct ByteTable {
  private let bytes: [UInt8]
  private(set) var position: Int
  /// Line of the last row that was read, from 1.
  private(set) var line = 0
  let delimiter: UInt8

  init(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.delimiter = delimiter
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Reads the next line's cells into `cells`; false at the end.
  mutating func next(_ cells: inout [Range<Int>]) -> Bool {
    cells.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return false }
    line += 1
    var start = position
    var quoted = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x22 {
        quoted.toggle()
      } else if byte == delimiter && !quoted {
        cells.append(start..<position)
        start = position + 1
      } else if byte == 0x0A || byte == 0x0D {
        break
      }
      position += 1
    }
    cells.append(start..<position)
    if position < bytes.count {
      let ended = bytes[position]
      position += 1
      if ended == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
    }
    return true
  }

  /// The cell as text, trimmed of blanks and quotes; wrong UTF-8 is replaced.
  func text(_ cell: Range<Int>) -> String {
    let range = trimmed(cell)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private func trimmed(_ cell: Range<Int>) -> Range<Int> {
    var low = cell.lowerBound, high = cell.upperBound
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 || bytes[low] == 0x22 { low += 1 }
    while high > low, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 || bytes[high - 1] == 0x22 { high -= 1 }
    return low..<high
  }

  /// The cell as a whole number, or nil.
  func integer(_ cell: Range<Int>) -> Int? {
    guard let value = number(cell), abs(value) < 1e15, value == value.rounded() else { return nil }
    return Int(value)
  }

  /// Powers of ten that are exact.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The cell as a finite number, or nil: an empty cell, a word, NaN and infinity are none.
  ///
  /// Up to 15 digits the result is correctly rounded (both digits and power of ten are exact); longer numbers go through
  /// the standard library.
  func number(_ cell: Range<Int>) -> Double? {
    let range = trimmed(cell)
    var i = range.lowerBound
    let end = range.upperBound
    guard i < end else { return nil }
    var negative = false
    if bytes[i] == 0x2D || bytes[i] == 0x2B {
      negative = bytes[i] == 0x2D
      i += 1
    }
    var digits: UInt64 = 0
    var count = 0, decimals = 0
    var seen = false, point = false
    while i < end {
      let byte = bytes[i]
      if byte >= 0x30 && byte <= 0x39 {
        seen = true
        if digits != 0 || byte != 0x30 { count += 1 }
        if count > 15 { return slow(range) }
        digits = digits &* 10 &+ UInt64(byte &- 0x30)
        if point { decimals += 1 }
      } else if byte == 0x2E && !point {
        point = true
      } else {
        return (byte == 0x65 || byte == 0x45) && seen ? slow(range) : nil
      }
      i += 1
    }
    guard seen, decimals <= 22 else { return seen ? slow(range) : nil }
    let value = Double(digits) / ByteTable.powers[decimals]
    return negative ? -value : value
  }

  private func slow(_ range: Range<Int>) -> Double? {
    guard let value = Double(String(decoding: bytes[range], as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}

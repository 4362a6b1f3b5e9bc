extension JSON {
  /// The value that the text holds, or nil where it is no JSON. Numbers come out as `number`, exactly as written.
  package init?(parsing bytes: [UInt8]) {
    var reader = JSONText(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }

  /// The field of an object.
  package subscript(key: String) -> JSON? { fields?.first { $0.0 == key }?.1 }
  /// Fields of an object in their order.
  package var fields: [(String, JSON)]? { if case .object(let fields) = self { fields } else { nil } }
  /// Values of an array.
  package var values: [JSON]? {
    switch self {
    case .array(let values): values
    case .numbers(let numbers): numbers.map(JSON.number)
    default: nil
    }
  }
  /// A text.
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  /// Whether it is the word `true`.
  package var isTrue: Bool { if case .bool(true) = self { true } else { false } }
  /// A number.
  package var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}

/// Reads JSON (RFC 8259) from bytes.
private struct JSONText {
  let bytes: [UInt8]
  var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return place == bytes.count
    }
  }

  mutating func value(depth: Int) -> JSON? {
    skipBlanks()
    // Deep nesting is no result of ours and must not exhaust the stack.
    guard place < bytes.count, depth < 100 else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSON.text)
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func word(_ word: String, _ value: JSON) -> JSON? {
    guard bytes[place...].starts(with: word.utf8) else { return nil }
    place += word.utf8.count
    return value
  }

  private mutating func number() -> JSON? {
    let start = place
    while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
    guard place > start, let value = Double(String(decoding: bytes[start..<place], as: UTF8.self)),
      value.isFinite
    else { return nil }
    return .number(value)
  }

  private mutating func array(depth: Int) -> JSON? {
    place += 1
    var values: [JSON] = []
    if take("]") { return .array([]) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .array(values) : nil
  }

  private mutating func object(depth: Int) -> JSON? {
    place += 1
    var fields: [(String, JSON)] = []
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\""), let key = string(), take(":"),
        let value = value(depth: depth + 1)
      else { return nil }
      fields.append((key, value))
    } while take(",")
    return take("}") ? .object(fields) : nil
  }

  private mutating func string() -> String? {
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard place < bytes.count else { return nil }
      let escape = bytes[place]
      place += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "t"): text.append(9)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "u"):
        guard var code = hexadecimal() else { return nil }
        // Beyond the basic plane two escapes make one character.
        if (0xD800..<0xDC00).contains(code), bytes[place...].starts(with: "\\u".utf8) {
          place += 2
          guard let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else { return nil }
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { return nil }
        text += String(scalar).utf8
      default: text.append(escape)
      }
    }
    return nil
  }

  private mutating func hexadecimal() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    place += 4
    return code
  }
}

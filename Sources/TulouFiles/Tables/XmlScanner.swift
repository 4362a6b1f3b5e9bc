/// Tags and texts of an XML document in their order; names without their prefix. No entity but the five of XML and numbers.
struct XmlScanner {
  enum Event: Equatable {
    case open(String, [String: String])
    case close(String)
    case text(String)
  }
  private let b: [UInt8]
  private var i = 0
  /// Tags that close themselves have a close that is yet to come.
  private var waiting: String?

  init(_ bytes: [UInt8]) { b = bytes }

  /// The next event; nil at the end or where the document is damaged.
  mutating func next() -> Event? {
    if let name = waiting {
      waiting = nil
      return .close(name)
    }
    while i < b.count {
      if b[i] != 0x3C {
        let start = i
        while i < b.count, b[i] != 0x3C { i += 1 }
        return .text(XmlScanner.plain(b[start..<i]))
      }
      if starts("<!--") {
        skip("-->")
      } else if starts("<![CDATA[") {
        let start = i + 9
        skip("]]>")
        return .text(String(decoding: b[start..<max(start, i - 3)], as: UTF8.self))
      } else if starts("<?") || starts("<!") {
        skip(">")
      } else {
        return tag()
      }
    }
    return nil
  }

  private func starts(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { mark in i + mark.count <= b.count && b[i..<(i + mark.count)].elementsEqual(mark) }
  }
  private mutating func skip(_ text: StaticString) {
    while i < b.count, !starts(text) { i += 1 }
    i = min(b.count, i + text.utf8CodeUnitCount)
  }

  private mutating func tag() -> Event? {
    i += 1
    let isClose = i < b.count && b[i] == 0x2F
    if isClose { i += 1 }
    let name = name()
    if isClose {
      skip(">")
      return .close(name)
    }
    var attributes: [String: String] = [:]
    while i < b.count {
      blanks()
      guard i < b.count else { return nil }
      if b[i] == 0x3E {
        i += 1
        return .open(name, attributes)
      }
      if b[i] == 0x2F {
        skip(">")
        waiting = name
        return .open(name, attributes)
      }
      let before = i
      let key = self.name()
      blanks()
      guard i < b.count, b[i] == 0x3D, i > before else { return nil }
      i += 1
      blanks()
      guard i < b.count, b[i] == 0x22 || b[i] == 0x27 else { return nil }
      let quote = b[i]
      let start = i + 1
      i = start
      while i < b.count, b[i] != quote { i += 1 }
      attributes[key] = XmlScanner.plain(b[start..<min(i, b.count)])
      i += 1
    }
    return nil
  }

  private mutating func blanks() { while i < b.count, b[i] <= 0x20 { i += 1 } }

  /// A name without its prefix.
  private mutating func name() -> String {
    var start = i
    while i < b.count, b[i] > 0x20, b[i] != 0x3E, b[i] != 0x3D, b[i] != 0x2F {
      if b[i] == 0x3A { start = i + 1 }
      i += 1
    }
    return String(decoding: b[start..<i], as: UTF8.self)
  }

  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let at = rest.firstIndex(of: "&") {
      result += rest[..<at]
      guard let end = rest[at...].firstIndex(of: ";") else {
        result += rest[at...]
        return result
      }
      let name = rest[rest.index(after: at)..<end]
      switch name {
      case "lt": result += "<"
      case "gt": result += ">"
      case "amp": result += "&"
      case "quot": result += "\""
      case "apos": result += "'"
      default:
        let code =
          name.hasPrefix("#x")
          ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        if let code, let scalar = UnicodeScalar(code) { result.unicodeScalars.append(scalar) }
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

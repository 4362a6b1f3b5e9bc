/// Whether every element is closed in order and every attribute quoted: the part of XML that our markup could break.
enum MarkupChecker {
  /// First fault with its surroundings, or nil.
  static func fault(in markup: String, isHTML: Bool) -> String? {
    let void: Set<String> = isHTML ? ["meta", "link", "br", "hr", "img", "input"] : []
    let bytes = Array(markup.utf8)
    var open: [String] = []
    var i = 0
    func near(_ place: Int) -> String {
      String(decoding: bytes[max(0, place - 60)..<min(bytes.count, place + 60)], as: UTF8.self)
    }
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "&") {
        let end = bytes[i...].prefix(10).firstIndex(of: UInt8(ascii: ";"))
        if end == nil { return "bare &: \(near(i))" }
      }
      guard bytes[i] == UInt8(ascii: "<") else {
        i += 1
        continue
      }
      if bytes[i...].starts(with: "<!DOCTYPE".utf8) {
        i = bytes[i...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
        continue
      }
      var j = i + 1
      let closes = j < bytes.count && bytes[j] == UInt8(ascii: "/")
      if closes { j += 1 }
      let nameStart = j
      while j < bytes.count, !" />\n".utf8.contains(bytes[j]) { j += 1 }
      let name = String(decoding: bytes[nameStart..<j], as: UTF8.self)
      if name.isEmpty || !name.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) }) {
        return "odd element '\(name)': \(near(i))"
      }
      var quoted = false
      while j < bytes.count, quoted || bytes[j] != UInt8(ascii: ">") {
        if bytes[j] == UInt8(ascii: "\"") { quoted.toggle() }
        if quoted && bytes[j] == UInt8(ascii: "<") { return "< within an attribute: \(near(j))" }
        j += 1
      }
      if j == bytes.count { return "element without end: \(near(i))" }
      let closesItself = bytes[j - 1] == UInt8(ascii: "/")
      if closes {
        if open.popLast() != name { return "</\(name)> closes another element: \(near(i))" }
      } else if !closesItself && !void.contains(name) {
        open.append(name)
        if isHTML && (name == "script" || name == "style") {
          // Their text is not markup; it ends at the closing tag.
          let needle = Array("</\(name)".utf8)
          var k = j
          while k < bytes.count, !bytes[k...].starts(with: needle) { k += 1 }
          i = k
          continue
        }
      }
      i = j + 1
    }
    return open.isEmpty ? nil : "never closed: \(open)"
  }
}

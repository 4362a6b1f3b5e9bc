/// Texts between the tags of a drawing.
enum Markup {
  /// The drawing with each of its texts said.
  static func said(_ svg: String, _ say: (String) -> String) -> String {
    var result = ""
    result.reserveCapacity(svg.utf8.count)
    var rest = Substring(svg)
    while let close = rest.utf8.firstIndex(of: 0x3E) {
      let after = rest.utf8.index(after: close)
      result += rest[..<after]
      rest = rest[after...]
      let end = rest.utf8.firstIndex(of: 0x3C) ?? rest.endIndex
      let text = rest[..<end]
      result += text.utf8.contains(where: TextKind.isLetter) ? say(plain(text)).escaped : String(text)
      rest = rest[end...]
    }
    return result + rest
  }

  /// The text without entities.
  private static func plain(_ text: Substring) -> String {
    guard text.utf8.contains(0x26) else { return String(text) }
    var result = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";") else { break }
      let name = rest[rest.index(after: start)..<end]
      let signs: [Substring: String] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
      result += signs[name] ?? String(rest[start...end])
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

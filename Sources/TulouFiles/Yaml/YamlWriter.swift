import TulouDocument
import TulouQuantities

/// Writes a document tree as YAML that reads back to the same tree.
enum YamlWriter {
  static func text(_ node: Node) -> String {
    var lines: [String] = []
    if let entries = node.entries {
      for entry in entries { write(entry, indent: 0, &lines) }
    } else {
      lines.append(flow(node))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func write(_ entry: Node.Entry, indent: Int, _ lines: inout [String]) {
    let margin = String(repeating: " ", count: indent)
    let short = flow(entry.value)
    if isLeaf(entry.value) || (indent >= 2 && short.utf8.count + entry.key.utf8.count + indent < 118) {
      lines.append("\(margin)\(scalar(entry.key, quoted: false)): \(short)")
      return
    }
    lines.append("\(margin)\(scalar(entry.key, quoted: false)):")
    switch entry.value.content {
    case .mapping(let entries): for inner in entries { write(inner, indent: indent + 2, &lines) }
    case .sequence(let items): for item in items { lines.append("\(margin)  - \(flow(item))") }
    case .scalar: break
    }
  }

  private static func isLeaf(_ node: Node) -> Bool {
    switch node.content {
    case .scalar: true
    case .sequence(let items): items.isEmpty
    case .mapping(let entries): entries.isEmpty
    }
  }

  static func flow(_ node: Node) -> String {
    switch node.content {
    case .scalar(let text, let quoted): scalar(text, quoted: quoted)
    case .sequence(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\(scalar($0.key, quoted: false)): \(flow($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Plain where nothing in the text means anything to YAML, else in double quotes.
  private static func scalar(_ text: String, quoted: Bool) -> String {
    let isPlain =
      !quoted && !text.isEmpty && text.first != " " && text.last != " "
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || " .%/+_-".unicodeScalars.contains($0)
      }
      && !"-%".contains(text.prefix(1)) || (!quoted && isNumberLike(text))
    if isPlain { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.acts:
        // What acts or is not seen stands as its number, and is read back as it was.
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let width = hex.count <= 4 ? 4 : 8
        result += (width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// `-2 %/y` begins with a dash and a digit, which is no list.
  private static func isNumberLike(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return scalars.count > 1 && scalars[0] == "-" && ("0"..."9").contains(scalars[1]) && scalars.last != " "
      && scalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || " .%/-".unicodeScalars.contains($0)
      }
  }
}

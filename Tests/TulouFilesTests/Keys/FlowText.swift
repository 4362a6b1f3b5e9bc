/// A project file whose sections stand in flow style, one thing a line, so that a test can change one key by its path.
///
/// `components.pv.capacity.max` is looked up in the line `  pv: {...}` below `components:`, or in `components: {...}`.
struct FlowText {
  private(set) var lines: [String]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }

  /// The file's text.
  var text: String { lines.joined(separator: "\n") + "\n" }

  /// The file with the key at `path` set to `value` (flow style); nil takes the key out.
  func setting(_ path: String, to value: String?) -> FlowText {
    var changed = self
    changed.set(FlowText.parts(path), value)
    return changed
  }

  /// Parts of a path; a part in quotes may hold dots.
  private static func parts(_ path: String) -> ArraySlice<String> {
    var parts: [String] = [""]
    var isQuoted = false
    for character in path {
      if character == "'" {
        isQuoted.toggle()
      } else if character == ".", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts[...]
  }

  private mutating func set(_ path: ArraySlice<String>, _ value: String?) {
    guard let section = path.first else { return }
    let rest = path.dropFirst()
    guard let start = lines.firstIndex(where: { $0.hasPrefix(section + ":") }) else {
      if let value { lines.append(section + ": " + FlowText.wrapped(rest, value)) }
      return
    }
    let own = lines[start].dropFirst(section.count + 1).trimmed
    if !own.isEmpty {
      if rest.isEmpty {
        if let value { lines[start] = section + ": " + value } else { lines.remove(at: start) }
      } else {
        lines[start] = section + ": " + FlowText.set(own, rest, value)
      }
      return
    }
    var end = start + 1
    while end < lines.count, lines[end].hasPrefix("  ") { end += 1 }
    guard let id = rest.first else {
      lines.replaceSubrange(start..<end, with: value.map { [section + ": " + $0] } ?? [])
      return
    }
    let below = rest.dropFirst()
    if let line = (start + 1..<end).first(where: { lines[$0].hasPrefix("  " + id + ":") }) {
      let flow = lines[line].dropFirst(id.count + 3).trimmed
      if below.isEmpty, value == nil {
        lines.remove(at: line)
      } else {
        lines[line] = "  \(id): " + (below.isEmpty ? value ?? "" : FlowText.set(flow, below, value))
      }
    } else if let value {
      lines.insert("  \(id): " + FlowText.wrapped(below, value), at: end)
    }
  }

  /// `{a: {b: value}}` for the path `a.b`.
  private static func wrapped(_ path: ArraySlice<String>, _ value: String) -> String {
    guard let first = path.first else { return value }
    return "{\(first): \(wrapped(path.dropFirst(), value))}"
  }

  private static func set(_ flow: String, _ path: ArraySlice<String>, _ value: String?) -> String {
    guard let key = path.first else { return value ?? flow }
    guard flow.hasPrefix("{"), flow.hasSuffix("}") else { return value.map { wrapped(path, $0) } ?? flow }
    var entries = split(flow.dropFirst().dropLast())
    let rest = path.dropFirst()
    if let i = entries.firstIndex(where: { $0.key == key }) {
      if rest.isEmpty {
        if let value { entries[i].value = value } else { entries.remove(at: i) }
      } else {
        entries[i].value = set(entries[i].value, rest, value)
      }
    } else if let value {
      entries.append((key, wrapped(rest, value)))
    }
    return "{" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
  }

  /// Keys and values of a flow mapping, commas within brackets and quotes left alone.
  private static func split(_ flow: Substring) -> [(key: String, value: String)] {
    var parts: [String] = [""]
    var depth = 0
    var isQuoted = false
    for character in flow {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, "{[".contains(character) { depth += 1 }
      if !isQuoted, "}]".contains(character) { depth -= 1 }
      if character == ",", depth == 0, !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.compactMap { part in
      guard let colon = part.firstIndex(of: ":") else { return nil }
      return (part[..<colon].trimmed, part[part.index(after: colon)...].trimmed)
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

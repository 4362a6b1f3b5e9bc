package import TulouQuantities

extension Decoding {
  /// A text; nil after a diagnostic.
  package mutating func text(_ node: Node) -> String? {
    guard let text = node.text, !node.isEmpty else {
      error("'\(key)' takes a text, not \(node.kindName).", at: node.mark)
      return nil
    }
    return text
  }

  /// `true` or `false`; nil after a diagnostic.
  package mutating func flag(_ node: Node) -> Bool? {
    switch node.text {
    case "true": return true
    case "false": return false
    default:
      error("'\(key)' takes 'true' or 'false', not \(node.kindName).", at: node.mark)
      return nil
    }
  }

  /// One of several words; nil after a diagnostic.
  package mutating func choice(_ node: Node, _ words: [String]) -> String? {
    guard let text = node.text, words.contains(text) else {
      let nearest = node.text.flatMap { nearestName(to: $0, among: words) }
      error(
        "'\(key)' takes \(words.map { "'\($0)'" }.joined(separator: ", ")), not \(node.kindName).",
        advice: nearest.map { "Did you mean '\($0)'?" } ?? "", at: node.mark)
      return nil
    }
    return text
  }

  /// One word of a closed vocabulary; nil after a diagnostic.
  package mutating func choice<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, _: Word.Type) -> Word? {
    choice(node, Word.words).flatMap(Word.init)
  }

  /// A whole number in a range; nil after a diagnostic.
  package mutating func integer(_ node: Node, in range: ClosedRange<Int>) -> Int? {
    guard let text = node.text, let value = Int(text), range.contains(value) else {
      error(
        "'\(key)' takes a whole number from \(range.lowerBound) to \(range.upperBound), not \(node.kindName).",
        at: node.mark)
      return nil
    }
    return value
  }

  /// A day; nil after a diagnostic.
  package mutating func date(_ node: Node) -> CivilDate? {
    guard let text = node.text, let date = CivilDate(text), (1800...2500).contains(date.year) else {
      error("'\(key)' takes a day such as '2027-01-31', not \(node.kindName).", at: node.mark)
      return nil
    }
    return date
  }

  /// A number within bounds; nil after a diagnostic.
  package mutating func number(
    _ node: Node, _ measure: Measure, in bounds: Bounds, fuel: HeatingValue? = nil
  ) -> Double? {
    guard let value = number(node, measure, fuel: fuel) else { return nil }
    guard bounds.contains(value) else {
      let isBareShare = measure == .share && value > 1 && Quantity.reading(node.writtenNumber)?.isBare == true
      error(
        "'\(key)' is \(Node.short(node.writtenNumber)), but has to be \(bounds.words).",
        advice: isBareShare ? "Did you mean '\(Node.short(node.writtenNumber)) %'?" : "", at: node.mark)
      return nil
    }
    return value
  }

  /// A list of texts, or one text standing for a list of one; nil after a diagnostic.
  package mutating func texts(_ node: Node) -> [String]? {
    if node.text != nil { return text(node).map { [$0] } }
    guard let items = node.items else {
      error("'\(key)' takes a list, not \(node.kindName).", at: node.mark)
      return nil
    }
    var all: [String] = []
    for item in items {
      guard let text = text(item) else { return nil }
      all.append(text)
    }
    return all
  }

  /// Entries of a mapping from ids; diagnoses what is no mapping, and ids that cannot be ids.
  package mutating func things(_ node: Node) -> [Node.Entry] {
    guard let entries = node.entries else {
      error("'\(key)' takes a mapping from ids to what they are, not \(node.kindName).", at: node.mark)
      return []
    }
    return entries.filter { entry in
      if entry.key.hasPrefix("x-") { return false }
      if Decoding.isIdentifier(entry.key) { return true }
      within(entry.key) {
        $0.error(
          "'\(Node.short(entry.key))' cannot be an id.",
          advice: "An id begins with a letter and holds letters, digits, '-' and '_'; free text goes into 'name'.",
          at: entry.mark)
      }
      return false
    }
  }

  /// Whether a text can be an id: a letter, then letters, digits, `-`, `_`.
  package static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic else { return false }
    return text.unicodeScalars.count <= 80
      && text.unicodeScalars.allSatisfy {
        $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal
      }
  }
}

extension Node {
  /// The number's text, also where it stands in a mapping under `value`.
  package var writtenNumber: String { text ?? self["value"]?.text ?? kindName }
}

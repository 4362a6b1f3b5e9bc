/// What a key needs beside it, in the same mapping, to do anything.
package struct Partner: Sendable, Equatable {
  /// Keys of which one has to stand there.
  package var keys: [String]
  /// Words of the first of them with which the key does something; empty: any value.
  package var words: [String]
  /// A partner.
  package init(keys: [String], words: [String] = []) {
    self.keys = keys
    self.words = words
  }

  /// As people read it: `'kind: vehicles'`, `'life' or 'cycle_life'`.
  package var text: String {
    let names = words.isEmpty ? keys : words.map { "\(keys.first ?? ""): \($0)" }
    return names.map { "'\($0)'" }.joined(separator: " or ")
  }
}

extension Field {
  /// The same key, which does nothing unless one of `keys` stands beside it, the first of them with one of `words` where
  /// these are given. A file that states it alone is warned, and its default is not listed then.
  package func needing(_ keys: String..., as words: [String] = []) -> Field {
    var field = self
    field.description.needs.append(Partner(keys: keys, words: words))
    return field
  }
}

extension Decoding {
  /// Tells of keys whose partner is not there, and takes their defaults from the list.
  mutating func tellOfMissingPartners<Root>(_ table: FieldTable<Root>, _ node: Node) {
    for field in table.fields {
      guard let missing = field.description.needs.first(where: { !stands($0, in: node, table) }) else { continue }
      idle([field.description.name], of: node, because: "it belongs to \(missing.text)")
    }
  }

  private func stands<Root>(_ partner: Partner, in node: Node, _ table: FieldTable<Root>) -> Bool {
    guard let first = partner.keys.first, !partner.words.isEmpty else {
      return partner.keys.contains { node[$0]?.isEmpty == false }
    }
    if let written = node[first] { return written.text.map { partner.words.contains($0) } ?? false }
    return switch table.fields.first(where: { $0.description.name == first })?.description.fallback {
    case .value(let text, _), .silent(let text): partner.words.contains(text)
    case .required, .absent, nil: false
    }
  }
}

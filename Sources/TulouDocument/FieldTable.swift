/// The keys of a kind of thing.
package struct FieldTable<Root>: Sendable {
  /// What it is the table of, with article, e.g. `a storage`.
  package let title: String
  /// The keys.
  package let fields: [Field<Root>]
  /// Keys that a later version will know, with what they will mean; refused by name.
  package let reserved: [String: String]

  /// A table.
  package init(_ title: String, reserved: [String: String] = [:], _ fields: [Field<Root>]) {
    self.title = title
    self.fields = fields
    self.reserved = reserved
  }

  /// The descriptions of its fields.
  package var descriptions: [FieldDescription] { fields.map(\.description) }
}

extension Decoding {
  /// Reads a mapping by a table into `root`. Unknown keys, missing keys and reserved keys are diagnostics.
  package mutating func read<Root>(_ table: FieldTable<Root>, _ node: Node, into root: inout Root) {
    guard let entries = node.entries else {
      error("'\(key)' takes a mapping, not \(node.kindName).", at: node.mark)
      return
    }
    for entry in entries {
      if let field = table.fields.first(where: { $0.description.name == entry.key }) {
        within(entry.key) { inner in
          if entry.value.isEmpty {
            inner.error("'\(entry.key)' has no value.", advice: "Leave the key out, or give it one.", at: entry.mark)
          } else {
            field.assign(&root, entry.value, &inner)
          }
        }
      } else if let meaning = table.reserved[entry.key] {
        within(entry.key) { $0.notBuilt("'\(entry.key)' (\(meaning))", at: entry.mark) }
      } else {
        unknown(entry, among: table.fields.map(\.description.name), in: table.title)
      }
    }
    let present = Set(entries.map(\.key))
    for field in table.fields where !present.contains(field.description.name) {
      within(field.description.name) { inner in
        switch field.description.fallback {
        case .required:
          inner.error(
            "\(table.title.prefix(1).uppercased())\(table.title.dropFirst()) needs '\(field.description.name)'.",
            advice: field.description.sentence, at: node.mark)
        case .absent: break
        case .value(let text, let source):
          inner.assume(text, source: source, kind: .default)
          inner.defaults.append((inner.path, text))
          field.assign(&root, .text(text, mark: node.mark), &inner)
        case .silent(let text):
          // Money of a default is the project's.
          let value = text.split(separator: "¤", omittingEmptySubsequences: false).joined(separator: inner.currency)
          inner.assume(value, source: Decoding.ours, kind: .silent)
          inner.defaults.append((inner.path, text))
          field.assign(&root, .text(text, mark: node.mark), &inner)
        }
      }
    }
    tellOfMissingPartners(table, node)
  }

  /// Refuses what the format knows and this version does not do.
  package mutating func notBuilt(_ what: String, at mark: Mark) {
    error(
      "\(what) is not built yet.", advice: "Take it out to plan without it; it will mean the same later.", at: mark)
  }
}

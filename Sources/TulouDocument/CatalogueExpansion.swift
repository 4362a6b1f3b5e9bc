import TulouQuantities

/// Fills components that `use` a catalogue entry with its numbers; what the file says itself stays.
public struct CatalogueExpansion: Sendable {
  /// Entries by name: mappings as a component would have them.
  package var entries: [Node.Entry]

  /// A catalogue.
  package init(entries: [Node.Entry]) { self.entries = entries }

  /// Keys that say the same in two ways: the file's choice puts the catalogue's away.
  private static let alternatives: [Set<String>] = [
    ["round_trip", "efficiency"], ["fuel_curve", "efficiency"], ["turbine", "power_curve"], ["loss", "efficiency"],
    ["availability", "natural", "resource", "stock"],
  ]

  /// The document with every `use` filled in.
  package func applied(to document: Node, _ decoding: inout Decoding) -> Node {
    guard var components = document["components"], var all = components.entries else { return document }
    decoding.within("components") { outer in
      for i in all.indices {
        guard let use = all[i].value["use"], let name = use.text else { continue }
        outer.within(all[i].key) { inner in
          guard let entry = entries.first(where: { $0.key == name })?.value else {
            let names = entries.map(\.key)
            inner.within("use") {
              $0.error(
                "'\(Node.short(name))' is not in the catalogue.",
                advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
                  ?? "Entries: \(names.joined(separator: ", ")).", at: use.mark)
            }
            return
          }
          all[i].value = merged(all[i].value, entry, &inner)
        }
      }
    }
    components.content = .mapping(all)
    var result = document
    result["components"] = components
    return result
  }

  private func merged(_ own: Node, _ entry: Node, _ decoding: inout Decoding) -> Node {
    var result = own
    let ownKeys = Set(own.entries?.map(\.key) ?? [])
    for item in entry.entries ?? [] where !item.key.hasPrefix("x-") {
      if let mine = own[item.key] {
        if item.key == "kind", mine.text != item.value.text {
          decoding.within("kind") {
            $0.error(
              "The catalogue entry is a '\(item.value.text ?? "")', but 'kind' says \(mine.kindName).", at: mine.mark)
          }
        } else if isPlainMapping(mine) && isPlainMapping(item.value) {
          result[item.key] = decoding.within(item.key) { merged(mine, item.value, &$0) }
        }
        continue
      }
      if Self.alternatives.contains(where: { $0.contains(item.key) && !$0.isDisjoint(with: ownKeys) }) { continue }
      guard var entries = result.entries else { continue }
      entries.append(item)
      result.content = .mapping(entries)
      decoding.within(item.key) { list(item.value, &$0) }
    }
    return result
  }

  /// Whether a mapping has parts of its own, rather than being one number or series.
  private func isPlainMapping(_ node: Node) -> Bool {
    guard let entries = node.entries else { return false }
    return !entries.contains { ["value", "file", "values"].contains($0.key) }
  }

  /// Lists what the catalogue gives.
  private func list(_ node: Node, _ decoding: inout Decoding) {
    if let value = node["value"]?.text {
      decoding.assume(value, source: node["source"]?.text ?? "catalogue", kind: .catalogue)
    } else if let text = node.text {
      if Quantity.reading(text) != nil { decoding.assume(text, source: "catalogue", kind: .catalogue) }
    } else if let items = node.items {
      for item in items { list(item, &decoding) }
    } else {
      for entry in node.entries ?? [] { decoding.within(entry.key) { list(entry.value, &$0) } }
    }
  }
}

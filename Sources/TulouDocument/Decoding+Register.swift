/// The register of assumptions while a file is read: what stands for keys that nobody wrote, and what keys do nothing.
extension Decoding {
  /// Source of a default that is nobody's but ours.
  package static let ours = "our assumption"

  /// Lists what the project's own file says for people only, so that reports print it.
  package mutating func note(_ node: Node) {
    guard node.mark.file <= 0 else { return }
    let words = node.text ?? (node.items ?? []).compactMap(\.text).joined(separator: ", ")
    assume(words, source: "the project file", kind: .note)
  }

  /// Lists what is taken where `key` of `node` is left out.
  package mutating func assume(_ key: String, _ value: String, source: String = Decoding.ours, in node: Node?) {
    guard node?[key] == nil else { return }
    within(key) { $0.assume(value, source: source, kind: .default) }
  }

  /// Keys that nothing asks for beside the others that stand here: their defaults are not listed, and where the project's own
  /// file states one, that is told.
  ///
  /// - Parameter reason: Why, the end of a sentence: `the panels lie flat`.
  package mutating func idle(_ keys: [String], of node: Node, because reason: String) {
    for key in keys {
      let own = path.isEmpty ? key : path + "." + key
      guard let entry = node.entries?.first(where: { $0.key == key }) else {
        assumed.removeAll { $0.path == own || $0.path.hasPrefix(own + ".") }
        continue
      }
      // Numbers of the catalogue come whether they are asked for or not.
      guard entry.mark.file <= 0 else {
        assumed.removeAll { $0.path == own }
        continue
      }
      within(key) {
        $0.warning("'\(key)' does nothing here: \(reason).", advice: "Take it out.", at: entry.mark)
      }
    }
  }
}

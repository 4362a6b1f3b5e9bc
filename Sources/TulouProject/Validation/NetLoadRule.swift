import TulouDocument

extension Validation {
  /// A net load is split into what is drawn (a demand) and what is fed in (a source); one half without the other loses energy.
  static let netLoadRule: Rule = { project, document, decoding in
    func halves(_ section: String, _ key: String) -> [(id: String, node: Node)] {
      (document[section]?.entries ?? []).compactMap { entry in
        guard let node = entry.value[key], node["net"]?.text == "true", node["file"] != nil else { return nil }
        return (entry.key, node)
      }
    }
    let drawn = halves("demands", "power"), fed = halves("components", "natural")
    func isSame(_ a: Node, _ b: Node) -> Bool {
      a["file"]?.text == b["file"]?.text && a["column"]?.text == b["column"]?.text
    }
    for half in drawn where !fed.contains(where: { isSame($0.node, half.node) }) {
      decoding.within("demands.\(half.id).power.net") {
        $0.error(
          "What '\(Node.short(half.id))' feeds in is used by nothing: 'net: true' takes the drawn part alone.",
          advice:
            "Add the other part: 'components: {\(half.id)-fed-in: {kind: source, bus: \(document["demands"]?[half.id]?["bus"]?.text ?? "..."), class: S.sun, must_take: true, natural: {... the same series, net: true}}}'.",
          at: half.node.mark)
      }
    }
    for half in fed where !drawn.contains(where: { isSame($0.node, half.node) }) {
      decoding.within("components.\(half.id).natural.net") {
        $0.error(
          "What is drawn beside '\(Node.short(half.id))' is used by nothing: 'net: true' takes the part that is fed in alone.",
          advice: "Add a demand whose 'power' is the same series with 'net: true'.", at: half.node.mark)
      }
    }
  }
}

import TulouDocument
import TulouQuantities

/// A stage as written.
struct StageInput: Sendable {
  var year: Int?
  var members: [String]?
  var join: [String] = []
  var set: Node?
  static let table = FieldTable<StageInput>(
    "a stage",
    [
      .note("name", "Free text."),
      .integer("year", \.year, in: 1900...2300, .required, "Calendar year in which it begins."),
      Field("members", .list(.reference("member")), "Who takes part from this stage on, in place of those before.") {
        $0.members = $2.texts($1)
      },
      Field("join", .list(.reference("member")), "Who joins.") { $0.join = $2.texts($1) ?? [] },
      .node("set", \.set, .map(.text), "Changes by key path: 'components.wind.capital: x0.8'."),
    ])
}

/// A stage's whole document.
struct StageDocument: Sendable {
  var id: String
  var year: Int
  var document: Node
}

/// The documents of all stages: changes and members are cumulative.
enum StageDocuments {
  static func all(_ document: Node, _ decoding: inout Decoding) -> [StageDocument] {
    guard let node = document["stages"] else { return [] }
    let everyone = document["members"]?.entries?.map(\.key) ?? []
    var base = document
    base["stages"] = nil
    base["studies"] = nil
    var result: [StageDocument] = []
    var present: Set<String>?
    decoding.within("stages") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = StageInput()
          inner.read(StageInput.table, entry.value, into: &input)
          guard let year = input.year else { return }
          if let last = result.last, year <= last.year {
            inner.error(
              "The stage '\(entry.key)' begins in \(year), which is not after '\(last.id)' in \(last.year).",
              advice: "Stages are written in order of time.", at: entry.mark)
          }
          for name in (input.members ?? []) + input.join where !everyone.contains(name) {
            inner.error(
              "There is no member '\(Node.short(name))'.",
              advice: nearestName(to: name, among: everyone).map { "Did you mean '\($0)'?" } ?? "",
              at: (entry.value["members"] ?? entry.value["join"] ?? entry.value).mark)
          }
          if let members = input.members {
            present = Set(members)
          } else if !input.join.isEmpty && present == nil && result.isEmpty {
            present = []
          }
          present?.formUnion(input.join)
          if let set = input.set {
            inner.within("set") { deeper in
              if set.entries == nil { deeper.error("'set' takes a mapping from key paths to values.", at: set.mark) }
              for change in set.entries ?? [] {
                base = DocumentOverride(path: change.key, value: change.value, mark: change.mark).applied(
                  to: base, &deeper)
              }
            }
          }
          let outside = present.map { present in everyone.filter { !present.contains($0) } } ?? []
          result.append(StageDocument(id: entry.key, year: year, document: without(outside, base)))
        }
      }
    }
    return result
  }

  /// The document without some members and all that they own.
  static func without(_ members: [String], _ document: Node) -> Node {
    guard !members.isEmpty else { return document }
    let gone = Set(members)
    var result = document
    // Links that stand in for a meter of theirs belong to them too.
    var links: Set<String> = []
    for entry in document["members"]?.entries ?? [] where gone.contains(entry.key) {
      for meter in entry.value["meters"]?.entries ?? [] { if let via = meter.value["via"]?.text { links.insert(via) } }
    }
    func touches(_ node: Node) -> Bool {
      (node.entries ?? []).contains { entry in
        guard let text = entry.value.text, let dot = text.firstIndex(of: ".") else { return false }
        return gone.contains(String(text[..<dot]))
      }
    }
    func keep(_ room: String, _ isKept: (Node.Entry) -> Bool) {
      guard var node = result[room], let entries = node.entries else { return }
      node.content = .mapping(entries.filter(isKept))
      result[room] = node
    }
    keep("members") { !gone.contains($0.key) }
    keep("demands") { !($0.value["member"]?.text.map(gone.contains) ?? false) && !touches($0.value) }
    keep("components") {
      !($0.value["member"]?.text.map(gone.contains) ?? false) && !links.contains($0.key) && !touches($0.value)
    }
    if var limits = result["limits"], var zones = limits["protected"], let entries = zones.entries {
      zones.content = .mapping(
        entries.compactMap { entry in
          guard let items = entry.value["members"]?.items else { return entry }
          let left = items.filter { !($0.text.map(gone.contains) ?? false) }
          // A zone of members who are all outside holds for nobody; an empty list would mean everybody.
          if left.isEmpty { return nil }
          var kept = entry
          kept.value["members"] = Node(.sequence(left), mark: entry.value.mark)
          return kept
        })
      limits["protected"] = zones
      result["limits"] = limits
    }
    return result
  }
}

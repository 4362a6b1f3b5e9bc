package import TulouDocument
import TulouQuantities

/// A change of a document by key path: what `set` of a stage, a sweep and the command line have in common.
///
/// The value replaces what stands there, or multiplies it where it is written `x1.25`.
package struct DocumentOverride: Sendable {
  /// Key path, e.g. `components.wind.capital`.
  package var path: String
  /// New value.
  package var value: Node
  /// Where the path was written.
  package var mark: Mark

  /// A change.
  package init(path: String, value: Node, mark: Mark = Mark()) {
    self.path = path
    self.value = value
    self.mark = mark
  }

  /// Mappings from ids, whose members an override cannot invent.
  private static let rooms: Set<String> = [
    "components", "demands", "markets", "members", "buses", "carriers", "resources",
  ]

  /// The document with the change; a diagnostic where the path leads nowhere.
  package func applied(to document: Node, _ decoding: inout Decoding) -> Node {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !parts.isEmpty, parts.count <= 24, !parts.contains("") else {
      decoding.error(
        "'\(Node.short(path))' is not a key path.", advice: "For example 'components.wind.capital'.", at: mark)
      return document
    }
    var result = document
    change(&result, parts[...], depth: 0, root: document, &decoding)
    return result
  }

  private func change(
    _ node: inout Node, _ parts: ArraySlice<String>, depth: Int, root: Node, _ decoding: inout Decoding
  ) {
    guard var entries = node.entries else {
      decoding.error("'\(Node.short(path))' leads into \(node.kindName), which has no keys.", at: mark)
      return
    }
    // A key may hold dots itself (`S.sun`), so the longest key that fits is taken.
    for count in stride(from: parts.count, through: 1, by: -1) {
      let key = parts.prefix(count).joined(separator: ".")
      guard let i = entries.firstIndex(where: { $0.key == key }) else { continue }
      let rest = parts.dropFirst(count)
      if rest.isEmpty {
        replace(&entries[i].value, &decoding)
      } else {
        change(&entries[i].value, rest, depth: depth + 1, root: root, &decoding)
      }
      node.content = .mapping(entries)
      return
    }
    let key = parts[parts.startIndex]
    let known = entries.map(\.key)
    let isRoom = depth == 1 && (path.split(separator: ".").first.map { Self.rooms.contains(String($0)) } ?? false)
    let isUnknownTop = depth == 0 && !ProjectInput.table.fields.contains { $0.description.name == key }
    if isRoom || isUnknownTop || factor != nil {
      decoding.error(
        "'\(Node.short(path))' leads nowhere: there is no '\(Node.short(key))'.",
        advice: suggestion(key, depth == 0 ? ProjectInput.table.fields.map(\.description.name) : known, root),
        at: mark)
      return
    }
    var child = Node(.mapping([]), mark: value.mark)
    let rest = parts.dropFirst()
    if rest.isEmpty { child = value } else { change(&child, rest, depth: depth + 1, root: root, &decoding) }
    entries.append(Node.Entry(key: key, mark: mark, value: child))
    node.content = .mapping(entries)
  }

  /// The nearest key path of the document, or the nearest name where the path went astray.
  private func suggestion(_ key: String, _ names: [String], _ root: Node) -> String {
    var paths: [String] = []
    DocumentOverride.collect(root, "", depth: 0, into: &paths)
    let reach = max(2, min(6, path.unicodeScalars.count / 5))
    if let near = nearestName(to: path, among: paths, within: reach) { return "Did you mean '\(near)'?" }
    if let near = nearestName(to: key, among: names) { return "Did you mean '\(near)'?" }
    let shown = names.filter { !$0.hasPrefix("x-") }.prefix(12).joined(separator: ", ")
    return shown.isEmpty ? "" : "There: \(shown)\(names.count > 12 ? ", ..." : "")."
  }

  /// Every key path of a document that leads to something, lists left out.
  private static func collect(_ node: Node, _ path: String, depth: Int, into paths: inout [String]) {
    guard depth < 8, paths.count < 20_000 else { return }
    for entry in node.entries ?? [] {
      let own = path.isEmpty ? entry.key : path + "." + entry.key
      paths.append(own)
      collect(entry.value, own, depth: depth + 1, into: &paths)
    }
  }

  /// The factor of `x1.25`; nil where the value replaces.
  private var factor: Double? {
    guard let text = value.text, text.first == "x", text.count > 1 else { return nil }
    return DecimalNumber.parse(Array(text.utf8.dropFirst())[...])
  }

  private func replace(_ node: inout Node, _ decoding: inout Decoding) {
    guard let factor else {
      node = value
      return
    }
    if !DocumentOverride.scale(&node, by: factor, mark: value.mark) {
      decoding.error(
        "'\(value.text ?? "")' multiplies a number, but '\(Node.short(path))' is \(node.kindName).", at: mark)
    }
  }

  /// Multiplies every number below; false where there is none.
  private static func scale(_ node: inout Node, by factor: Double, mark: Mark) -> Bool {
    switch node.content {
    case .scalar(let text, _):
      guard Quantity.reading(text) != nil else { return false }
      node = Node(
        .mapping([
          Node.Entry(key: "value", mark: node.mark, value: node),
          Node.Entry(key: "scale", mark: mark, value: .text("\(factor)", mark: mark)),
        ]), mark: node.mark)
      return true
    case .sequence(var items):
      var any = false
      for i in items.indices where scale(&items[i], by: factor, mark: mark) { any = true }
      node.content = .sequence(items)
      return any
    case .mapping(var entries):
      let keys = Set(entries.map(\.key))
      if !keys.isDisjoint(with: ["value", "file", "values", "bands", "tiers"]) {
        let before = entries.first { $0.key == "scale" }.flatMap { $0.value.text }.flatMap { Quantity.reading($0) }
        let old = before.map { $0.number * $0.unit.numerator / $0.unit.denominator } ?? 1
        let scaled = Node.text("\(old * factor)", mark: mark)
        if let i = entries.firstIndex(where: { $0.key == "scale" }) {
          entries[i].value = scaled
        } else {
          entries.append(Node.Entry(key: "scale", mark: mark, value: scaled))
        }
        node.content = .mapping(entries)
        return true
      }
      var any = false
      for i in entries.indices where scale(&entries[i].value, by: factor, mark: mark) { any = true }
      node.content = .mapping(entries)
      return any
    }
  }
}

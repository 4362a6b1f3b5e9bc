import TulouDocument
import TulouProject

extension Shelf {
  /// The page of all catalogue entries, `Documentation/catalogue.md`: each number with its source, made of the files themselves.
  public static func catalogueMarkdown() -> String {
    var lines = [
      "# Catalogue: what each entry costs, and where the number is from", "",
      "Generated from `Sources/TulouFiles/Shelf/catalogue`. `use: NAME` in a project takes all numbers of an entry; what the project writes",
      "beside it goes first. Money of other currencies is converted by `economy: exchange`. *approximate* marks what was not copied digit by",
      "digit. Costs are those of the source's year and are not indexed.", "",
      "| entry | what it is | capital | operation | life |", "|---|---|---|---|---|",
    ]
    let entries = catalogue().entries
    for entry in entries {
      func cell(_ key: String) -> String {
        entry.value[key].map { node in
          leaves(node).map { leaf in leaf.path.isEmpty ? leaf.value : "\(leaf.path): \(leaf.value)" }.joined(
            separator: "; ")
        } ?? ""
      }
      let about = entry.value["x-about"]?.text ?? ""
      lines.append(
        "| [`\(entry.key)`](#\(entry.key)) | \(about) | \(cell("capital")) | \(cell("operation")) | \(cell("life")) |")
    }
    for entry in entries {
      lines += [
        "", "## \(entry.key)", "", "\(entry.value["x-about"]?.text ?? "") `kind: \(entry.value["kind"]?.text ?? "")`",
        "",
      ]
      lines += ["| key | value | source |", "|---|---|---|"]
      for key in entry.value.entries ?? [] where !["kind", "x-about"].contains(key.key) {
        for leaf in leaves(key.value) {
          let path = leaf.path.isEmpty ? key.key : "\(key.key).\(leaf.path)"
          lines.append("| `\(path)` | \(leaf.value) | \(leaf.source) |")
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The numbers and words below a node: path below it, value as written, source.
  private static func leaves(_ node: Node, _ path: String = "") -> [(path: String, value: String, source: String)] {
    func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    if let value = node["value"]?.text {
      return [(path, escaped(value), escaped(node["source"]?.text ?? ""))]
    }
    switch node.content {
    case .scalar(let text, _): return [(path, escaped(text), "")]
    case .sequence(let items):
      // A list of plain words is one value, a list of mappings several.
      let words = items.compactMap(\.text)
      return words.count == items.count
        ? [(path, escaped(words.joined(separator: ", ")), "")] : items.flatMap { leaves($0, path) }
    case .mapping(let entries): return entries.flatMap { leaves($0.value, below($0.key)) }
    }
  }

  private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

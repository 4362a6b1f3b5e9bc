import TulouDocument
import TulouQuantities

extension Format {
  /// The reference of all keys in Markdown, generated from the tables that the reader reads by.
  package static func referenceMarkdown() -> String {
    var lines = [
      "# Keys of the project file, format \(version)", "",
      "Generated from the tables that the reader reads by. Every dimensioned number carries its unit; any number may be",
      "`{value, source, range, escalation, scale}`. Keys that begin with `x-` are the user's own. A year counts 8760 h and a",
      "month 730 h where a time is wanted.", "",
    ]
    for table in tables {
      lines += ["## \(heading(table))", ""]
      if !table.sentence.isEmpty { lines += [table.sentence, ""] }
      lines += ["| key | takes | default | meaning |", "|---|---|---|---|"]
      for field in table.fields {
        lines.append(
          "| `\(field.name)` | \(words(field.shape)) | \(words(field.fallback)) | \(escaped(field.sentence))\(words(field.needs)) |"
        )
      }
      lines.append("")
      if !table.reserved.isEmpty {
        let names = table.reserved.keys.sorted().map { "`\($0)` (\(table.reserved[$0] ?? ""))" }
        lines += ["Known, but not built yet, and refused by name: \(names.joined(separator: ", ")).", ""]
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func heading(_ table: FormatTable) -> String {
    table.title.hasPrefix("kind:") ? "`\(table.title)`" : table.title.prefix(1).uppercased() + table.title.dropFirst()
  }

  private static func words(_ shape: Shape) -> String {
    switch shape {
    case .number(let measures): return measures.map { "\($0.name), `\($0.example)`" }.joined(separator: "; or ")
    case .series(let measures):
      return measures.map { "\($0.name), `\($0.example)`" }.joined(separator: "; or ") + "; or a series"
    case .text: return "text"
    case .choice(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
    case .flag: return "`true`, `false`"
    case .integer: return "whole number"
    case .date: return "day, `2027-01-31`"
    case .reference("text"): return "text"
    case .reference(let kind): return "name of a \(kind)"
    case .list(let inner): return "list of: \(words(inner))"
    case .table(let name): return name
    case .map(let inner): return "mapping from ids to: \(words(inner))"
    case .either(let shapes): return shapes.map(words).joined(separator: "; or ")
    }
  }

  /// What a key needs beside it, as a sentence; empty: nothing.
  private static func words(_ needs: [Partner]) -> String {
    needs.isEmpty
      ? ""
      : " Only with \(needs.map { "`\($0.text.split(separator: "'").joined(separator: "`"))`" }.joined(separator: " and "))."
  }

  private static func words(_ fallback: Fallback) -> String {
    switch fallback {
    case .required: "required"
    case .absent: ""
    case .value(let text, let source): "`\(text)` (\(escaped(source)); listed)"
    case .silent(let text): "`\(text)`"
    }
  }

  private static func escaped(_ text: String) -> String { text.split(separator: "|").joined(separator: "\\|") }
}

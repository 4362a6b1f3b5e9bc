import Foundation
import TulouDocument
import TulouProject
import TulouQuantities

/// The forms in which a key may be written, as its field declares them, and the form of a text.
enum KeyForms {
  /// Fields by `table.key`.
  static let fields: [String: FieldDescription] = Dictionary(
    Format.tables.flatMap { table in table.fields.map { ("\(table.name).\($0.name)", $0) } },
    uniquingKeysWith: { a, _ in a })

  /// The forms that a shape takes: `number` (by measure where several would do), `series`, `list`, `table`, `word`.
  static func forms(of shape: Shape) -> Set<String> {
    switch shape {
    case .number(let measures): numbers(measures)
    case .series(let measures): numbers(measures).union(["series"])
    case .text, .reference, .choice, .flag, .integer, .date: ["word"]
    case .list: ["list"]
    case .table, .map: ["table"]
    case .either(let shapes): shapes.reduce(into: []) { $0.formUnion(forms(of: $1)) }
    }
  }

  private static func numbers(_ measures: [Measure]) -> Set<String> {
    measures.count == 1 ? ["number"] : Set(measures.map { "number: \($0.name)" })
  }

  /// The form of a value in flow style, read by the key's shape; nil: none that the shape takes.
  static func form(of value: String, _ shape: Shape) -> String? {
    let forms = forms(of: shape)
    if value.hasPrefix("[") { return "list" }
    if value.hasPrefix("{") {
      if value.hasPrefix("{value:") { return "number" }
      if value.hasPrefix("{values:") { return ["series", "list", "table"].first(where: forms.contains) }
      return value.hasPrefix("{file:") && forms.contains("series") ? "series" : "table"
    }
    guard let quantity = Quantity.reading(value), !quantity.isBare || forms.contains("number") else {
      return forms.contains("word") ? "word" : nil
    }
    let measures = measures(of: shape)
    if measures.count > 1 {
      return measures.first { $0.takes(quantity.unit) }.map { "number: \($0.name)" } ?? "number: by heating value"
    }
    return measures.isEmpty ? "word" : "number"
  }

  /// The values that a row gives a key, also where it gives the whole of what the key stands in.
  static func values(of row: KeyRow) -> [String] {
    let given = [row.first, row.second].compactMap(\.self)
    guard !row.path.hasSuffix(row.key) else { return given }
    return given.compactMap { text in
      guard let at = text.range(of: row.key + ": ") else { return nil }
      var depth = 0
      let end = text[at.upperBound...].firstIndex { character in
        if "{[".contains(character) { depth += 1 }
        if "}]".contains(character) { depth -= 1 }
        return depth < 0 || depth == 0 && character == ","
      }
      return String(text[at.upperBound..<(end ?? text.endIndex)])
    }
  }

  private static func measures(of shape: Shape) -> [Measure] {
    switch shape {
    case .number(let measures), .series(let measures): measures
    case .either(let shapes): shapes.flatMap { measures(of: $0) }
    default: []
    }
  }

  /// Whether a number of the shape stands by itself, so that it may be written with growth or as a series.
  static func takesNumber(_ shape: Shape) -> Bool { !measures(of: shape).isEmpty }

  /// Rows made of a row: the same key in the forms that its reader has to take or refuse, whatever the key.
  static func derived(from row: KeyRow) -> [KeyRow] {
    guard let field = fields[row.name], row.path.hasSuffix(row.key),
      let plain = [row.second, row.first].compactMap({ $0 }).first(where: isPlain),
      [.rises, .falls, .differs].contains(row.effect)
    else { return [] }
    var rows: [KeyRow] = []
    func add(_ second: String, _ form: String) {
      var other = row
      (other.first, other.second) = (plain, second)
      other.effect = .movesOrRefused
      other.place += ", \(form)"
      rows.append(other)
    }
    if takesNumber(field.shape) { add("{value: \(plain), escalation: 7 %/y}", "with growth") }
    if forms(of: field.shape).contains("series"), let series = wavy(plain, row.base) { add(series, "as a series") }
    return rows
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, first.isNumber || first == "-" else { return false }
    return Quantity.reading(text) != nil && text.split(separator: "-").count < 3
  }

  /// A number as a series that swings about it, one value a step; nil where its base has another count of steps.
  private static func wavy(_ number: String, _ base: FlowText) -> String? {
    let parts = number.split(separator: " ", maxSplits: 1).map(String.init)
    guard let value = parts.first.flatMap(Double.init), value != 0 else { return nil }
    let steps = base.text.contains("length: 59 d") ? 1416 : base.text.contains("length: 48 h") ? 48 : 0
    guard steps > 0, !base.text.contains("step: 2 h") else { return nil }
    let values = (0..<steps).map { "\(value * ($0 % 5 == 0 ? 0.4 : 0.9))" }.joined(separator: ", ")
    return "{values: [\(values)]" + (parts.count > 1 ? ", unit: \"\(parts[1])\"}" : "}")
  }

  /// Words of a choice that no row names, each beside a word that one names.
  static func words(_ rows: [KeyRow]) -> [KeyRow] {
    var made: [KeyRow] = []
    for (name, own) in Dictionary(grouping: rows, by: \.name) {
      guard case .choice(let words)? = fields[name]?.shape, !own.contains(where: \.isElsewhere),
        let row = own.first(where: { [.rises, .falls, .differs].contains($0.effect) }),
        let known = row.first ?? row.second
      else { continue }
      let named = Set(own.flatMap { [$0.first, $0.second].compactMap(\.self) })
      for word in words where !named.contains(word) {
        var other = row
        (other.first, other.second, other.effect) = (known, word, .movesOrRefused)
        other.place += ", '\(word)'"
        made.append(other)
      }
    }
    return made
  }
}

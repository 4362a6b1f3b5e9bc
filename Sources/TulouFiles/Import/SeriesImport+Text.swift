import TulouQuantities

extension SeriesImport {
  /// What was found, for a terminal: facts, a picture of each column, and the lines to paste.
  package var text: String {
    var lines = facts.map { "  " + $0 }
    for column in columns {
      lines.append("")
      let unit = column.unit.map { " [\($0)]" } ?? ""
      lines.append(column.name.contains(unit) ? column.name : column.name + unit)
      let known = column.values.compactMap { $0 }
      if !known.isEmpty, let least = known.min(), let greatest = known.max() {
        let sum = known.reduce(0, +)
        let missing = column.values.count - known.count
        lines.append(
          "  \(known.count) values, least \(least.plain), mean \(Self.short(sum / Double(known.count))), greatest \(greatest.plain), sum \(Self.short(sum))"
            + (missing > 0 ? ", \(missing) missing" : ""))
        lines.append("  " + Self.picture(column.values))
      }
      if let question = column.question { lines.append("  ? " + question) }
      if let line = column.line { lines.append("  " + line) }
    }
    return lines.joined(separator: "\n")
  }

  /// Three to seven digits, enough to compare.
  private static func short(_ value: Double) -> String {
    let scale = abs(value) >= 1000 ? 10.0 : 10_000
    return ((value * scale).rounded() / scale).plain
  }

  /// Means of 64 equal parts as bars.
  static func picture(_ values: [Double?]) -> String {
    let bars = Array("\u{2581}\u{2582}\u{2583}\u{2584}\u{2585}\u{2586}\u{2587}\u{2588}")
    let known = values.compactMap { $0 }
    guard let low = known.min().map({ min(0, $0) }), let high = known.max(), high > low else { return "" }
    let parts = min(64, values.count)
    var text = ""
    for part in 0..<parts {
      let from = part * values.count / parts, to = max(from + 1, (part + 1) * values.count / parts)
      let some = values[from..<to].compactMap { $0 }
      guard !some.isEmpty else {
        text.append(" ")
        continue
      }
      let share = (some.reduce(0, +) / Double(some.count) - low) / (high - low)
      text.append(bars[min(7, max(0, Int(saturating: (share * 8).rounded(.down))))])
    }
    return text
  }
}

/// Scalars of YAML.
enum YamlText {
  /// A text as it is where that is safe, else in double quotes.
  static func scalar(_ text: String) -> String {
    let isSafe =
      !text.isEmpty && text.first.map { $0.isLetter } == true
      && text.allSatisfy { $0.isLetter || $0.isNumber || " ._-/+()".contains($0) } && text.last != " "
      && !["true", "false", "yes", "no", "null", "on", "off", "y", "n"].contains(text.lowercased())
    if isSafe || !text.isEmpty && text.allSatisfy(\.isNumber) { return text }
    return "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : String($0) }.joined() + "\""
  }
}

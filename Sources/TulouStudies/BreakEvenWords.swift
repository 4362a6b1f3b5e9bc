import Foundation

/// What a break-even asks, in the words of the command: a number with its ends, and what turns; or a line to the grid.
public struct BreakEvenWords: Sendable, Equatable {
  /// The study as the file would state it, under `studies`.
  public let text: String

  /// What the options of the command ask together; nil where they ask nothing.
  package static func of(
    vary: String?, reaches: String?, alternatives: [String], line: String?
  ) throws(WordFault) -> BreakEvenWords? {
    guard alternatives.count <= 2 else { throw WordFault("--alternative is given once or twice.") }
    let asked = [reaches != nil, !alternatives.isEmpty, line != nil].count { $0 }
    guard asked <= 1 else {
      throw WordFault("A break-even asks one thing: --reaches, --alternative or --line.")
    }
    if asked == 1, line == nil, vary == nil {
      throw WordFault("--reaches and --alternative need --vary path=low,high.")
    }
    if line != nil, vary != nil { throw WordFault("The length of a line is what is sought; --vary has no part.") }
    if let line { return try BreakEvenWords(line: line) }
    guard let vary else { return nil }
    return try BreakEvenWords(vary: vary, reaches: reaches, alternatives: alternatives)
  }

  /// A line to the grid: `market=grid, capital=25000 EUR/km, operation=200 EUR/km/y`.
  public init(line: String) throws(WordFault) {
    var entries: [(String, String)] = []
    for part in line.split(separator: ",") { entries.append(try Self.pair(String(part), "--line")) }
    text = "{kind: break_even, line: {" + entries.map { "\($0): \(Self.quoted($1))" }.joined(separator: ", ") + "}}"
  }

  /// A number that is varied until an indicator reaches a value, or two alternatives cost the same.
  ///
  /// - Parameters:
  ///   - vary: `path=low,high`.
  ///   - reaches: `key=value`; nil: alternatives are compared.
  ///   - alternatives: `name: path=value; path=value`, one or two; empty: an indicator is asked.
  public init(vary: String, reaches: String?, alternatives: [String]) throws(WordFault) {
    let (path, values) = try Self.pair(vary, "--vary")
    let ends = values.split(separator: ",").map { Self.quoted($0.trimmingCharacters(in: .whitespaces)) }
    var text = "{kind: break_even, vary: {\(path): [\(ends.joined(separator: ", "))]}"
    if let reaches {
      let (key, value) = try Self.pair(reaches, "--reaches")
      text += ", result: \(Self.quoted(key)), reaches: \(Self.quoted(value))"
    }
    var all: [String] = []
    for one in alternatives {
      let parts = one.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else {
        throw WordFault("--alternative takes 'name: path=value; path=value'; found '\(one)'.")
      }
      var entries: [String] = []
      for part in parts[1].split(separator: ";") {
        let (key, value) = try Self.pair(String(part), "--alternative")
        entries.append("\(key): \(Self.quoted(value))")
      }
      all.append("\(parts[0]): {" + entries.joined(separator: ", ") + "}")
    }
    if !all.isEmpty { text += ", alternatives: {" + all.joined(separator: ", ") + "}" }
    guard reaches != nil || !all.isEmpty else { throw WordFault("--vary needs --reaches or --alternative.") }
    self.text = text + "}"
  }

  private static func pair(_ text: String, _ what: String) throws(WordFault) -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw WordFault("\(what) takes key=value; found '\(text)'.")
    }
    return (parts[0], parts[1])
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "") + "\""
  }
}

import Foundation
package import Tulou
import TulouFiles

/// The files of the papers, which stand beside the program.
package enum PaperFiles {
  /// The folder; nil where it was moved away from the executable.
  static let folder = ProgramFolder.resource("Papers", of: "TulouCases")

  /// Text of a file.
  static func text(_ path: String) throws(ProjectFault) -> String {
    guard let folder else { throw fault("The folder 'Papers' is not beside this program.") }
    guard let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) else {
      throw fault("'Papers/\(path)' cannot be read.")
    }
    return text
  }

  static func fault(_ message: String) -> ProjectFault {
    ProjectFault([
      Diagnostic(.error, message, advice: "The files of the papers come with the program; build it anew.")
    ])
  }

  /// Rows of a CSV file by heading, with the number of their line.
  static func table(_ path: String, _ headings: [String]) throws(ProjectFault) -> [(line: Int, cells: [String: String])]
  {
    var rows: [(Int, [String: String])] = []
    for (number, line) in try text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let cells = cells(of: line)
      if rows.isEmpty, cells == headings {
        rows.append((0, [:]))
        continue
      }
      guard !rows.isEmpty, cells.count == headings.count else {
        throw fault(
          "Papers/\(path), line \(number + 1): \(cells.count) cells, expected \(headings.count): \(headings.joined(separator: ","))."
        )
      }
      rows.append((number + 1, Dictionary(uniqueKeysWithValues: zip(headings, cells))))
    }
    return Array(rows.dropFirst())
  }

  /// Cells of a line, `"..."` around those that hold commas, `""` for a quotation mark (RFC 4180).
  package static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    var previous: Character?
    for character in line {
      switch character {
      case "\"":
        // The second of two marks inside quotes is a mark.
        if !isQuoted, previous == "\"" { cells[cells.count - 1].append("\"") }
        isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      case "\r" where !isQuoted: break
      default: cells[cells.count - 1].append(character)
      }
      previous = character
    }
    return cells
  }
}

extension PublishedCase {
  static let headings = [
    "id", "requirement", "what", "basis", "relation", "published", "digit", "taken", "unit", "place", "missing", "note",
  ]

  /// The published values of a paper.
  ///
  /// - Throws: Where its table is absent, or a line says what no row may say.
  package static func read(_ name: String) throws(ProjectFault) -> PublishedCase {
    let path = "\(name)/published.csv"
    var rows: [Row] = []
    var known: Set<String> = []
    for (line, cells) in try PaperFiles.table(path, headings) {
      func fault(_ text: String) -> ProjectFault { PaperFiles.fault("Papers/\(path), line \(line): \(text)") }
      func cell(_ key: String) -> String { cells[key] ?? "" }
      guard let basis = Row.Basis(rawValue: cell("basis")) else { throw fault("no basis '\(cell("basis"))'.") }
      guard let relation = cell("relation").isEmpty ? .equal : Row.Relation(rawValue: cell("relation")) else {
        throw fault("no relation '\(cell("relation"))'.")
      }
      guard known.insert(cell("id")).inserted else { throw fault("the id '\(cell("id"))' stands twice.") }
      let text = cell("published")
      if basis == .derived || basis == .ours {
        guard text.isEmpty else { throw fault("'\(cell("id"))' is not printed, so it has no published value.") }
      } else if text.isEmpty || cell("place").isEmpty {
        throw fault("'\(cell("id"))' needs what is printed, and its place.")
      }
      var missing: [MissingInput] = []
      for word in cell("missing").split(separator: " ") {
        guard let input = MissingInput(rawValue: String(word)) else { throw fault("no missing input '\(word)'.") }
        missing.append(input)
      }
      let digit = Double(cell("digit")) ?? (Double(text) == nil || basis == .given ? 0 : lastDigit(of: text))
      let isExact = cell("taken") == "exact"
      rows.append(
        Row(
          id: cell("id"), requirement: cell("requirement"), what: cell("what"), basis: basis, relation: relation,
          published: amount(text), text: text, lastDigit: digit, rounding: isExact ? 0 : digit / 2,
          unit: cell("unit"), place: cell("place"), missing: missing, note: cell("note")))
    }
    return PublishedCase(name: name, rows: rows)
  }

  package static func amount(_ text: String) -> Amount? {
    if text.isEmpty { return nil }
    if let number = Double(text) { return .number(number) }
    return .words(Set(text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }))
  }

  /// Unit of the last digit of a number as it is printed: 0.01 for `27.50`, 1 for `16500`.
  package static func lastDigit(of text: String) -> Double {
    guard let point = text.firstIndex(of: ".") else { return 1 }
    let decimals = text.distance(from: point, to: text.endIndex) - 1
    return (0..<decimals).reduce(1.0) { unit, _ in unit / 10 }
  }
}

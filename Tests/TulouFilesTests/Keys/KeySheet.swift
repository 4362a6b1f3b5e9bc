import Foundation
import TestSupport
import TulouDocument
import TulouProject
import TulouQuantities

/// The rows of `Tests/Projects/keys/*.rows`.
///
/// A line that begins with `|` is a row: `| key | first | second | effect | number | changes`; the others say for the rows
/// below them
/// - `base NAME`: the project `NAME.yaml`; `machine KIND`: the project `plant.yaml` with `it` of that kind from
///   `machines.txt`, `machine *`: of each kind that has the key,
/// - `table NAME`: whose keys they are, `at PATH`: where these stand, `number NAME`: what is looked at,
/// - `with PATH = VALUE`: a change of the project; `PATH = -` takes the key out.
enum KeySheet {
  static let folder = SharedFolder.packageRoot + "/Tests/Projects/keys"

  /// Names of the sheets.
  static let names: [String] = {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".rows") }.sorted()
  }()

  /// Keys of all tables, as `table.key`.
  static let keys: [String] = Format.tables.flatMap { table in table.fields.map { "\(table.name).\($0.name)" } }

  private static let machines: [(kind: String, text: String)] = lines("machines.txt").compactMap { line in
    line.firstIndex(of: ":").map {
      (String(line[..<$0]), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
    }
  }

  private static func lines(_ file: String) -> [String] {
    ((try? String(contentsOfFile: folder + "/" + file, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") && !$0.isEmpty }
  }

  private static func base(_ name: String) -> FlowText { FlowText(lines(name + ".yaml").joined(separator: "\n")) }

  private static func plant(with kind: String) -> FlowText {
    let own = machines.first { $0.kind == kind }?.text ?? ""
    return base("plant").setting("components.it", to: "{kind: \(kind), \(own)}")
  }

  /// Rows of a sheet.
  static func rows(_ sheet: String) throws -> [KeyRow] {
    var context = Context()
    var rows: [KeyRow] = []
    let text = try String(contentsOfFile: folder + "/" + sheet, encoding: .utf8)
    for (n, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      guard line.hasPrefix("|") else {
        try context.take(line)
        continue
      }
      rows += try context.rows(line, "\(sheet):\(n + 1)")
    }
    return rows
  }

  struct Misspelt: Error, CustomStringConvertible { var description: String }

  private struct Context {
    var bases: [(table: String, text: FlowText)] = []
    var table = "", at = "", number = ""

    mutating func take(_ line: Substring) throws {
      let words = line.split(separator: " ", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      let rest = words.count > 1 ? words[1] : ""
      switch words[0] {
      case "base": (bases, table, at, number) = ([("", KeySheet.base(rest))], "", "", "")
      case "machine":
        let kinds = rest == "*" ? KeySheet.machines.map(\.kind) : rest.split(separator: " ").map(String.init)
        (bases, table, at, number) = (kinds.map { ($0, KeySheet.plant(with: $0)) }, "", "components.it", "")
      case "table": table = rest
      case "at": at = rest
      case "number": number = rest
      case "with": for b in bases.indices { bases[b].text = KeySheet.changed(bases[b].text, rest) }
      default: throw Misspelt(description: "'\(line)'")
      }
    }

    func rows(_ line: Substring, _ place: String) throws -> [KeyRow] {
      let parts = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      func part(_ i: Int) -> String { i < parts.count ? parts[i] : "" }
      func value(_ text: String) -> String? { text == "-" ? nil : text }
      guard let effect = KeyEffect(part(3)) else { throw Misspelt(description: "\(place): '\(part(3))'") }
      let names = part(0).split(separator: "@").map(String.init)
      return bases.compactMap { base in
        let table = self.table.isEmpty ? base.table : self.table
        guard bases.count == 1 || KeySheet.keys.contains("\(table).\(names[0])") else { return nil }
        var text = base.text
        for change in part(5).split(separator: ";") { text = KeySheet.changed(text, String(change)) }
        return KeyRow(
          table: table, key: names[0], base: text,
          path: names.count > 1 ? names[1] : at + (at.isEmpty ? "" : ".") + names[0], first: value(part(1)),
          second: value(part(2)), number: part(4).isEmpty ? number : part(4), effect: effect, place: place)
      }
    }
  }

  private static func changed(_ text: FlowText, _ change: String) -> FlowText {
    let sides = change.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard sides.count == 2 else { return text }
    return text.setting(sides[0], to: sides[1] == "-" ? nil : sides[1])
  }

  /// Whether the tests of a type name a key, or walk its table ("every key of 'share numbers'").
  static func shows(_ type: String, _ key: String, of table: String) -> Bool {
    tests[type].map { $0.contains(key) || $0.contains("every key of '\(table)'") } ?? false
  }

  /// Texts of all test files, by their name without ending.
  private static let tests: [String: String] = {
    let root = SharedFolder.packageRoot + "/Tests"
    var texts: [String: String] = [:]
    for path in (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? [] where path.hasSuffix("Tests.swift") {
      let name = path.split(separator: "/").last.map { String($0.dropLast(6)) } ?? path
      texts[name] = try? String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }
    return texts
  }()
}

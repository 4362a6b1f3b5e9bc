import Foundation
import TulouDocument
import Yams

/// Reads YAML into a document tree: raw text, order and places kept, nothing typed.
enum YamlDocument {
  typealias Node = TulouDocument.Node

  /// Files larger than this are refused.
  static let mostBytes = 8 << 20
  /// Trees of more nodes than this, aliases expanded, are refused.
  static let mostNodes = 200_000
  /// Trees deeper than this are refused.
  static let mostLevels = 48

  /// The tree of a text; diagnostics where it is none.
  static func node(_ text: String, file: Int, name: String) throws(ProjectFault) -> Node {
    let source = SourceText(name: name, text: text)
    func fault(_ message: String, advice: String = "", line: Int, column: Int = 1) -> ProjectFault {
      let shown = line > 0 && line <= source.lines.count ? source.lines[line - 1] : ""
      return ProjectFault([
        Diagnostic(
          .error, message, advice: advice,
          at: Diagnostic.Place(file: name, line: line, column: max(1, column), source: shown))
      ])
    }
    if let finding = YamlScan.finding(in: text) {
      throw fault(finding.message, advice: finding.advice, line: finding.line, column: finding.column)
    }
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.translated(error) { fault($0, advice: $1, line: $2, column: $3) }
    } catch {
      throw fault("The file is not YAML: \(error).", line: 0)
    }
    guard let root else { return Node(.scalar("", quoted: false), mark: Mark(file: file, line: 1)) }
    var walk = Walk(file: file)
    do throws(Walk.Limit) {
      return try walk.node(root, level: 0)
    } catch {
      throw fault(error.message, advice: error.advice, line: error.line, column: error.column)
    }
  }

  private static func translated(
    _ error: YamlError, _ make: (String, String, Int, Int) -> ProjectFault
  ) -> ProjectFault {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let advice =
        problem.contains("tab") || problem.contains("cannot start any token")
        ? "Indent by spaces, and put texts with special characters into quotes." : ""
      return make("The file is not YAML: \(problem).", advice, mark.line, mark.column)
    case .duplicatedKeysInMapping(let keys, let context):
      return make(
        "The key '\(keys.first ?? "")' stands twice in one mapping.", "Keep one of them.", context.mark.line,
        context.mark.column)
    case .reader(let problem, _, _, _): return make("The file is not text: \(problem).", "Save it as UTF-8.", 0, 1)
    default: return make("The file is not YAML: \(error).", "", 0, 1)
    }
  }

  /// Turns the parser's tree into ours, counting what aliases expand to.
  private struct Walk {
    struct Limit: Error {
      var message: String
      var advice: String
      var line: Int
      var column: Int
    }
    let file: Int
    var count = 0

    mutating func node(_ node: Yams.Node, level: Int) throws(Limit) -> Node {
      count += 1
      let line = node.mark?.line ?? 1
      let column = node.mark?.column ?? 1
      guard count <= mostNodes else {
        throw Limit(
          message: "The file holds more than \(mostNodes) values, its aliases expanded.",
          advice: "Aliases that hold aliases multiply; name each thing once.", line: line, column: column)
      }
      guard level <= mostLevels else {
        throw Limit(
          message: "The file is nested deeper than \(mostLevels) levels.", advice: "", line: line, column: column)
      }
      switch node {
      case .scalar(let scalar):
        let quoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
        let length = scalar.string.unicodeScalars.count + (quoted ? 2 : 0)
        return Node(
          .scalar(scalar.string, quoted: quoted),
          mark: Mark(file: file, line: line, column: column, length: max(1, length)))
      case .sequence(let sequence):
        var items: [Node] = []
        items.reserveCapacity(sequence.count)
        for item in sequence { items.append(try self.node(item, level: level + 1)) }
        return Node(.sequence(items), mark: Mark(file: file, line: line, column: column))
      case .mapping(let mapping):
        var entries: [Node.Entry] = []
        var merged: [Node.Entry] = []
        for (key, value) in mapping {
          guard case .scalar(let scalar) = key else {
            throw Limit(message: "A key is a word, not a list or mapping.", advice: "", line: line, column: column)
          }
          let mark = Mark(
            file: file, line: scalar.mark?.line ?? line, column: scalar.mark?.column ?? column,
            length: max(1, scalar.string.unicodeScalars.count))
          let child = try self.node(value, level: level + 1)
          if scalar.string == "<<" && scalar.style == .plain {
            for part in child.items ?? [child] {
              guard let more = part.entries else {
                throw Limit(
                  message: "'<<' merges mappings, not \(part.kindName).", advice: "", line: mark.line,
                  column: mark.column)
              }
              merged += more
            }
          } else {
            entries.append(Node.Entry(key: scalar.string, mark: mark, value: child))
          }
        }
        // What is written here stands before what is merged in, and the first merged before the second.
        var known = Set(entries.map { $0.key })
        for entry in merged where known.insert(entry.key).inserted { entries.append(entry) }
        return Node(.mapping(entries), mark: Mark(file: file, line: line, column: column))
      case .alias:
        throw Limit(message: "An alias stands where its anchor is not known.", advice: "", line: line, column: column)
      }
    }
  }
}

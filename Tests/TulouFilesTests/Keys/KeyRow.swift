import Foundation
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// What becomes of a project when one key changes.
enum KeyEffect: Equatable {
  /// The number is greater with the second value.
  case rises
  /// The number is smaller with the second value.
  case falls
  /// The number is another one; without a number named, any that a plan says.
  case differs
  /// The second value is an error of the reader, or of the plan, whose message holds the text.
  case refused(String)
  /// The second value is told by a warning that holds the text.
  case told(String)
  /// For people only: the key changes words of the report (or of the page that is named) and no number.
  case words
  /// What it does is shown by the tests of this type.
  case elsewhere(String)
  /// Of rows that are made: the second value moves something, or is refused, or a warning says that it does nothing.
  case movesOrRefused

  init?(_ text: String) {
    let rest = text.drop { $0 != " " }.trimmingCharacters(in: .whitespaces)
    switch text.prefix(while: { $0 != " " }) {
    case "<": self = .rises
    case ">": self = .falls
    case "!": self = .differs
    case "refused": self = .refused(rest)
    case "told": self = .told(rest)
    case "words": self = .words
    case "elsewhere": self = .elsewhere(rest)
    default: return nil
    }
  }
}

/// A key of a table with a project in which changing it does what its page says.
struct KeyRow {
  /// Table and key, as schema and reference name them.
  var table: String, key: String
  /// The project.
  var base: FlowText
  /// Where the key stands in it.
  var path: String
  /// Two values in flow style; nil: left out.
  var first: String?, second: String?
  /// What is looked at, see `KeyNumber`; empty: everything, `rule`: everything after a year under a rule. Of `words`: which
  /// page, see `KeyNumber.page`.
  var number: String
  /// What is expected.
  var effect: KeyEffect
  /// Where the row stands.
  var place: String

  var name: String { "\(table).\(key)" }

  /// Whether it shows what is told of the key, or other tests do.
  var isToldOrElsewhere: Bool {
    switch effect {
    case .told, .refused, .elsewhere: true
    default: false
    }
  }

  /// Whether other tests show it.
  var isElsewhere: Bool { if case .elsewhere = effect { true } else { false } }

  /// What is wrong; nil: it does what is expected.
  func fault(in folder: URL, _ known: inout KnownNumbers) -> String? {
    func text(_ value: String?) -> String { base.setting(path, to: value).text }
    func findings(_ value: String?) -> [Diagnostic] { Self.findings(text(value), in: folder) }
    switch effect {
    case .elsewhere(let type):
      return KeySheet.shows(type, key, of: table) ? nil : "no tests of '\(type)' that hold '\(key)'"
    case .refused(let message):
      let found = findings(second).filter { $0.severity == .error }
      if found.contains(where: { ($0.message + $0.advice).contains(message) }) { return nil }
      // What the reader lets pass a plan may refuse.
      do {
        _ = try found.isEmpty ? KeyNumber.all(text(second), folder, rule: false) : [:]
      } catch let fault as ProjectFault where fault.diagnostics.contains(where: { $0.message.contains(message) }) {
        return nil
      } catch {
        return "\(error)"
      }
      return "not refused: \(found)"
    case .told(let message):
      let found = findings(second)
      guard !found.contains(where: { $0.severity == .error }) else { return "errors: \(found)" }
      return found.contains { $0.message.contains(message) } ? nil : "not told: \(found)"
    case .movesOrRefused where isRefused(findings(first), findings(second)): return nil
    case .words, .rises, .falls, .differs, .movesOrRefused:
      do {
        return try change(text(first), text(second), folder, &known)
      } catch let error as KeyNumber.Missing where effect == .movesOrRefused && error.isWithoutPlan {
        return nil
      } catch let error as ProjectFault {
        return "\(error.diagnostics.filter { $0.severity == .error }.map { "\($0.path): \($0.message)" })"
      } catch {
        return "\(error)"
      }
    }
  }

  /// Whether the second reading is told of the key, or has an error that the first has not.
  private func isRefused(_ first: [Diagnostic], _ second: [Diagnostic]) -> Bool {
    second.contains { $0.path.hasPrefix(path) }
      || second.contains { $0.severity == .error } && !first.contains { $0.severity == .error }
  }

  /// What the reader has to say of a project.
  static func findings(_ text: String, in folder: URL) -> [Diagnostic] {
    ProjectReader.check(text: text, path: folder.appendingPathComponent("project.yaml").path)
  }

  private func change(_ one: String, _ two: String, _ folder: URL, _ known: inout KnownNumbers) throws -> String? {
    if effect == .words {
      let pages = try (KeyNumber.page(one, folder, number), KeyNumber.page(two, folder, number))
      return pages.0 == pages.1 ? "no word of the report changes" : nil
    }
    if number.isEmpty || number == "rule" {
      let (a, b) = try (
        known.all(one, folder, rule: number == "rule"), known.all(two, folder, rule: number == "rule")
      )
      let moved = Set(a.keys).union(b.keys).contains { KnownNumbers.differ(a[$0], b[$0]) }
      return moved ? nil : "no number changes"
    }
    let (a, b) = try (known.value(number, one, folder), known.value(number, two, folder))
    let scale = 1e-7 * max(abs(a), abs(b), 1e-6)
    switch effect {
    case .rises: return b > a + scale ? nil : "\(number) is \(a), then \(b)"
    case .falls: return b < a - scale ? nil : "\(number) is \(a), then \(b)"
    default: return abs(b - a) > scale ? nil : "\(number) is \(a) both times"
    }
  }
}

/// Numbers of projects that were worked out already.
struct KnownNumbers {
  private var values: [String: Double] = [:]
  private var plans: [String: [String: Double]] = [:]

  mutating func value(_ number: String, _ text: String, _ folder: URL) throws -> Double {
    let key = number + "\n" + text
    if let value = values[key] { return value }
    let value = try KeyNumber.value(number, text, folder)
    values[key] = value
    return value
  }

  mutating func all(_ text: String, _ folder: URL, rule: Bool) throws -> [String: Double] {
    let key = rule ? "rule\n" + text : text
    if let plan = plans[key] { return plan }
    let plan = try KeyNumber.all(text, folder, rule: rule)
    plans[key] = plan
    return plan
  }

  /// Whether two numbers differ by more than solvers leave behind.
  static func differ(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return (a == nil) != (b == nil) }
    return abs(a - b) > 1e-6 * max(abs(a), abs(b), 1e-6)
  }
}

/// Something a person should know about an input: where, what was found, what was expected, what to do.
public struct Diagnostic: Sendable, Hashable, Error, CustomStringConvertible {
  /// How grave it is.
  package enum Severity: String, Sendable, Hashable {
    /// The project cannot be used.
    case error
    /// It can be used, but is probably not what was meant.
    case warning
    /// Worth knowing.
    case note
  }

  /// A place in a text file.
  package struct Place: Sendable, Hashable {
    /// File as the user named it.
    package var file: String
    /// Line, from 1; 0 where only the file is known.
    package var line: Int
    /// Column in characters, from 1.
    package var column: Int
    /// Number of characters to underline.
    package var length: Int
    /// The line's text, for the caret; empty where unknown.
    package var source: String
    /// A place.
    package init(file: String, line: Int = 0, column: Int = 1, length: Int = 1, source: String = "") {
      self.file = file
      self.line = line
      self.column = column
      self.length = length
      self.source = source
    }
  }

  /// What a finding is about, for code that has to know; most findings have none.
  package enum Code: String, Sendable, Hashable {
    /// Something that dispatch by rules obeys and a plan leaves out.
    case leftToRules = "left_to_rules"
  }

  /// How grave it is.
  package var severity: Severity
  /// What it is about.
  package var code: Code?
  /// Where.
  package var place: Place?
  /// Key path in the project, e.g. `components.wind.capital`; empty where there is none.
  public var path: String
  /// What was found and what is expected, one sentence.
  public var message: String
  /// What to do; empty where the message says it.
  public var advice: String

  /// A diagnostic.
  package init(
    _ severity: Severity, _ message: String, advice: String = "", path: String = "", code: Code? = nil,
    at place: Place? = nil
  ) {
    self.severity = severity
    self.message = message
    self.advice = advice
    self.path = path
    self.code = code
    self.place = place
  }

  /// Compiler style: `file:line:column: error: message`, the line with a caret, the advice.
  public var description: String {
    var text = ""
    if let place {
      text += place.file + ":"
      if place.line > 0 { text += "\(place.line):\(place.column):" }
      text += " "
    }
    text += "\(severity.rawValue): \(message)"
    if let place, place.line > 0, !place.source.isEmpty {
      let number = String(place.line)
      let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number
      let blank = String(repeating: " ", count: margin.count)
      // Very long lines are shown around the place only.
      let start = max(0, place.column - 1 - 60)
      let shown = String(place.source.dropFirst(start).prefix(160))
      let caret =
        String(repeating: " ", count: max(0, place.column - 1 - start)) + "^"
        + String(repeating: "~", count: max(0, min(place.length, 100) - 1))
      text += "\n\(margin) | \(shown)\n\(blank) | \(caret)"
    }
    if !advice.isEmpty { text += "\n      \(advice)" }
    return text
  }
}

extension Diagnostic {
  /// More findings than this help nobody.
  public static let most = 200

  /// The first findings of each severity, and how many more there are.
  public static func shown(_ all: [Diagnostic]) -> [Diagnostic] {
    guard all.count > most else { return all }
    var counts: [Severity: Int] = [:]
    var kept = all.filter { finding in
      counts[finding.severity, default: 0] += 1
      return counts[finding.severity, default: 0] <= most
    }
    for (severity, name) in [(Severity.error, "errors"), (.warning, "warnings"), (.note, "notes")] {
      if let count = counts[severity], count > most {
        kept.append(Diagnostic(.note, "There are \(count - most) more \(name); these are the first \(most)."))
      }
    }
    return kept
  }
}

/// All that is wrong with an input, thrown together.
public struct ProjectFault: Error, Sendable, CustomStringConvertible {
  /// Every finding; at least one is an error.
  public var diagnostics: [Diagnostic]
  /// A fault.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  /// One after the other.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

extension ProjectFault {
  /// A fault of one error.
  public init(_ message: String, advice: String = "") {
    self.init([Diagnostic(.error, message, advice: advice)])
  }
}

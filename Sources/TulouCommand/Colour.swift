import Foundation
import Synchronization

/// Colour of messages on standard error: what is wrong in red, what to look at in yellow.
///
/// Results on standard output never have any, so they can be piped and compared.
enum Colour {
  /// What `--color` asks for.
  enum Choice: String, CaseIterable {
    /// On a terminal that has colours, unless `NO_COLOR` is set (no-color.org).
    case auto
    /// Also into a file or a pipe.
    case always
    /// Not at all.
    case never
  }

  private static let isOn = Mutex(false)

  /// Settles whether messages have colour.
  static func settle(_ choice: Choice) {
    let environment = ProcessInfo.processInfo.environment
    // An empty NO_COLOR counts as none, as no-color.org has it.
    let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let hasColours = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    isOn.withLock { $0 = choice == .always || choice == .auto && hasColours && !isRefused }
  }

  /// A message with its first word of gravity in colour.
  static func painted(_ text: String) -> String {
    guard isOn.withLock({ $0 }) else { return text }
    for (word, code) in [("error:", "31"), ("Error:", "31"), ("warning:", "33")] {
      if let range = text.range(of: word), text[..<range.lowerBound].allSatisfy({ $0 != "\n" }) {
        return text[..<range.lowerBound] + "\u{1B}[1;\(code)m\(word)\u{1B}[0m" + text[range.upperBound...]
      }
    }
    return text
  }

  /// Takes `--color` with its word out of the arguments, wherever it stands; what is wrong with it, or nil.
  static func take(from arguments: inout [String]) -> String? {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    let option = "--color"
    var choice = Choice.auto
    var left: [String] = [], rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        left += [argument] + rest
        break
      }
      guard argument == option || argument.hasPrefix(option + "=") else {
        left.append(argument)
        continue
      }
      guard let word = argument == option ? rest.popFirst() : String(argument.dropFirst(option.count + 1)) else {
        return "--color takes \(words); nothing was given."
      }
      guard let asked = Choice(rawValue: word) else { return "--color takes \(words); found '\(word)'." }
      choice = asked
    }
    settle(choice)
    arguments = left
    return nil
  }
}

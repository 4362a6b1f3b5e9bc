import Foundation

/// A word of a question that is not as expected.
public struct WordFault: Error, Sendable, Equatable {
  /// What was found, and what is expected.
  public let message: String

  /// A sentence that names the option, what it takes and what was found.
  init(_ message: String) { self.message = message }
}

extension WordFault {
  /// Refuses a value outside its range; nil: it is not given.
  package static func check<Value: Comparable>(
    _ option: String, _ value: Value?, in range: ClosedRange<Value>, takes words: String
  ) throws(WordFault) {
    if let value, !range.contains(value) { throw WordFault("\(option) takes \(words), found \(value).") }
  }

  /// A name and what stands for it: `key=value`; nil: it is not written so, or a side is empty.
  static func pair(_ text: some StringProtocol) -> (name: String, value: String)? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty ? (parts[0], parts[1]) : nil
  }

  /// Words between commas, without the space around them.
  static func list(_ text: some StringProtocol) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}

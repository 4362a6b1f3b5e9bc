package import TulouDocument
import TulouQuantities

/// What a report is written in; each has a file `Shelf/languages/<code>.yaml`.
package enum ReportLanguage: String, Sendable, CaseIterable {
  /// English, in which the sentences stand in the source.
  case en
  /// Chinese, in simplified characters.
  case zh
}

/// Words that stand in a project file: a report in another language leaves names as they were given.
package struct FileWords: Sendable, Equatable {
  /// What stands under `name`: never said in other words.
  package var names: Set<String> = []
  /// Ids of things: left as they are, unless they are words of the field.
  package var ids: Set<String> = []
  /// Keys and other short texts: left as they are where they are no words of the field.
  package var others: Set<String> = []

  /// No words.
  package init() {}

  /// The words of a document.
  package init(_ document: Node) {
    collect(document, key: "")
    for section in document.entries ?? [] where Self.sections.contains(section.key) {
      for thing in section.value.entries ?? [] {
        ids.insert(thing.key)
        ids.insert(Self.plain(thing.key))
      }
    }
  }

  /// Sections whose keys are ids.
  private static let sections: Set<String> = [
    "members", "demands", "components", "markets", "buses", "resources", "measures", "policies", "stages", "partners",
    "equipment", "upgrades", "agreements",
  ]

  private static func plain(_ id: String) -> String { String(id.map { $0 == "-" || $0 == "_" ? " " : $0 }) }

  private mutating func collect(_ node: Node, key: String) {
    if let text = node.text {
      // Numbers need no care, and long texts are series or remarks.
      guard text.utf8.count < 400, text.utf8.contains(where: { $0 >= 0x41 }) else { return }
      if key == "name" { names.insert(text) } else { add(text) }
    }
    for entry in node.entries ?? [] {
      add(entry.key)
      collect(entry.value, key: entry.key)
    }
    for item in node.items ?? [] { collect(item, key: key) }
  }

  /// Whether a text stands there as it is, or with a capital, or joined of such by `+`.
  package func hold(_ text: String) -> Bool {
    if others.contains(text) || others.contains(text.prefix(1).lowercased() + text.dropFirst()) { return true }
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    return parts.count > 1 && parts.allSatisfy { hold(String($0)) }
  }

  /// `dull` of `weather/dull.csv`; empty for what is no path.
  private static func stem(_ text: String) -> String {
    guard text.contains("."), !text.contains(" "), let name = text.split(separator: "/").last else { return "" }
    return String(name.prefix { $0 != "." })
  }

  private mutating func add(_ text: String) {
    for word in [text, Self.stem(text)] where !word.isEmpty {
      others.insert(word)
      others.insert(Self.plain(word))
    }
  }
}

/// Where a piece of text stands.
package struct Mark: Sendable, Hashable {
  /// Index of the file among those read; -1: no file (the command line, a default).
  package var file: Int
  /// Line, from 1.
  package var line: Int
  /// Column in characters, from 1.
  package var column: Int
  /// Number of characters.
  package var length: Int
  /// A mark.
  package init(file: Int = -1, line: Int = 0, column: Int = 1, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }
}

/// A node of a document: text, list or mapping. Text is raw: `off`, `22:30` and dates stay as written.
package struct Node: Sendable, Equatable {
  /// What it holds.
  package indirect enum Content: Sendable, Equatable {
    /// Text as written, without quotes; `quoted` tells whether it stood in quotes.
    case scalar(String, quoted: Bool)
    /// A list.
    case sequence([Node])
    /// Keys with values, in the order written.
    case mapping([Entry])
  }

  /// A key with its value.
  package struct Entry: Sendable, Equatable {
    /// The key's text.
    package var key: String
    /// Where the key stands.
    package var mark: Mark
    /// The value.
    package var value: Node
    /// An entry.
    package init(key: String, mark: Mark = Mark(), value: Node) {
      self.key = key
      self.mark = mark
      self.value = value
    }
  }

  /// What it holds.
  package var content: Content
  /// Where it begins.
  package var mark: Mark

  /// A node.
  package init(_ content: Content, mark: Mark = Mark()) {
    self.content = content
    self.mark = mark
  }

  /// Text.
  package static func text(_ text: String, mark: Mark = Mark()) -> Node {
    Node(.scalar(text, quoted: false), mark: mark)
  }

  /// Its text, where it is text.
  package var text: String? { if case .scalar(let text, _) = content { text } else { nil } }
  /// Its entries, where it is a mapping.
  package var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
  /// Its items, where it is a list.
  package var items: [Node]? { if case .sequence(let items) = content { items } else { nil } }
  /// Whether nothing stands there: `key:` without value, or `~`.
  package var isEmpty: Bool {
    if case .scalar(let text, false) = content { text.isEmpty || text == "~" } else { false }
  }

  /// The value of a key, nil where it is absent or this is no mapping.
  package subscript(key: String) -> Node? {
    get { entries?.first { $0.key == key }?.value }
    set {
      guard var all = entries else { return }
      if let i = all.firstIndex(where: { $0.key == key }) {
        if let newValue { all[i].value = newValue } else { all.remove(at: i) }
      } else if let newValue {
        all.append(Entry(key: key, mark: newValue.mark, value: newValue))
      }
      content = .mapping(all)
    }
  }

  /// What it is, in words.
  package var kindName: String {
    switch content {
    case .scalar(let text, _): text.isEmpty ? "nothing" : "'\(Node.short(text))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// A text cut to what fits a message.
  package static func short(_ text: String) -> String {
    text.count <= 60 ? text : String(text.prefix(57)) + "..."
  }
}

/// A file that was read, for messages.
package struct SourceText: Sendable {
  /// Name as the user gave it.
  package var name: String
  /// Its lines, without ends. Each is a text of its own, so that a thousand findings in one long line share it.
  package var lines: [String]
  /// A file from its text.
  package init(name: String, text: String) {
    self.name = name
    // By bytes, for CR and LF together are one character.
    lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
      .map { String(Substring($0.last == 13 ? $0.dropLast() : $0)) }
  }
}

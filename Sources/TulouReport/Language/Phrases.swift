/// The sentences of a language: patterns with holes for numbers and names, found by their first or last word.
struct Phrases: Sendable {
  /// A sentence with holes and how it is said.
  struct Pattern: Sendable {
    /// What stands between the holes, one more than holes.
    var literals: [[UInt8]]
    /// Holes that take anything as it stands, `{*}`: citations, messages of programs.
    var free: Set<Int>
    /// Parts of what is said.
    var said: [Part]
    /// Letters outside the holes: the longest pattern that fits is meant.
    var weight: Int
  }

  /// A part of what is said.
  enum Part: Sendable, Equatable {
    /// Words.
    case text(String)
    /// What stands in a hole, a number multiplied where the language counts by other steps.
    case hole(Int, factor: Double)
  }

  /// A faulty entry of a language file.
  struct Fault: Error, Equatable {
    /// What is wrong with which entry.
    var message: String
  }

  /// How each entry is said, as the file has it.
  private(set) var said: [String: String] = [:]
  private(set) var exact: [String: String] = [:]
  /// Words of the field, by which ids are said too.
  private(set) var vocabulary: Set<String> = []
  private(set) var patterns: [Pattern] = []
  private var byFirst: [[UInt8]: [Int]] = [:]
  private var byLast: [[UInt8]: [Int]] = [:]
  private var loose: [Int] = []
  /// Marks between sentences and clauses, strongest first, and how they are written.
  let joins: [(mark: [UInt8], said: String)]

  /// The phrases of a file; what has no translation is said as it is written.
  init(
    _ entries: [(pattern: String, said: String?)], joins: [(mark: String, said: String)], vocabulary: Set<String>
  ) throws(Fault) {
    self.vocabulary = vocabulary
    self.joins = joins.map { (Array($0.mark.utf8), $0.said) }
    var made: [Pattern] = []
    for (pattern, said) in entries {
      self.said[pattern] = said ?? pattern
      // Sentences stand alone and within others: their full stop is a mark like others.
      let (literals, free) = Self.split(Self.withoutStop(pattern))
      let words = Self.withoutStop(said ?? pattern)
      guard literals.count > 1 else {
        exact[Self.key(Self.withoutStop(pattern))] = words
        continue
      }
      let parts = try Self.parts(words, holes: literals.count - 1, of: pattern)
      made.append(
        Pattern(
          literals: literals, free: free, said: parts, weight: literals.reduce(0) { $0 + $1.count }))
    }
    patterns = made.sorted { $0.weight > $1.weight }
    for (index, pattern) in patterns.enumerated() {
      let first = pattern.literals[0], last = pattern.literals[pattern.literals.count - 1]
      if let end = first.firstIndex(of: 0x20), end > 0 {
        byFirst[Array(first[..<end]), default: []].append(index)
      } else if let start = last.lastIndex(of: 0x20), start < last.count - 1 {
        byLast[Array(last[(start + 1)...]), default: []].append(index)
      } else {
        loose.append(index)
      }
    }
  }

  /// Places of the patterns that may fit, the longest first.
  func candidates(_ text: ArraySlice<UInt8>) -> [Int] {
    let first = text.prefix { $0 != 0x20 }
    let last = text[(text.lastIndex(of: 0x20).map { $0 + 1 } ?? text.startIndex)...]
    return ((byFirst[Array(first)] ?? []) + (byLast[Array(last)] ?? []) + loose).sorted()
  }

  /// A text without holes, whether its first letter is a capital or not.
  func whole(_ text: String) -> String? { exact[Self.key(text)] }

  private static func withoutStop(_ text: String) -> String {
    (text.hasSuffix(".") && !text.hasSuffix("..")) || text.hasSuffix("。") ? String(text.dropLast()) : text
  }

  /// The text with a small first letter.
  private static func key(_ text: String) -> String {
    guard let first = text.utf8.first, first >= 0x41, first <= 0x5A else { return text }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// What stands between the holes `{}` and `{*}`, and which are of the second kind.
  private static func split(_ pattern: String) -> (literals: [[UInt8]], free: Set<Int>) {
    var literals: [[UInt8]] = [[]]
    var free: Set<Int> = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.popFirst() {
      let isFree = rest.starts(with: Array("*}".utf8))
      if byte == 0x7B, rest.first == 0x7D || isFree {
        rest.removeFirst(isFree ? 2 : 1)
        if isFree { free.insert(literals.count - 1) }
        literals.append([])
      } else {
        literals[literals.count - 1].append(byte)
      }
    }
    return (literals, free)
  }

  /// Words and holes of a translation: `{}` is the next hole, `{2}` the second, `{1*100}` the first times a hundred.
  private static func parts(_ said: String, holes: Int, of pattern: String) throws(Fault) -> [Part] {
    var parts: [Part] = []
    var used: Set<Int> = []
    var words = "", next = 0
    var rest = Substring(said)
    while let sign = rest.popFirst() {
      // Braces that hold more than a number are words: keys of the file.
      guard sign == "{", let close = rest.firstIndex(of: "}"), let (place, factor) = hole(rest[..<close], next) else {
        words.append(sign)
        continue
      }
      guard (0..<holes).contains(place) else {
        throw Fault(message: "'\(pattern)' has \(holes) holes, and '\(said)' names another.")
      }
      if !words.isEmpty { parts.append(.text(words)) }
      words = ""
      parts.append(.hole(place, factor: factor))
      used.insert(place)
      next += 1
      rest = rest[rest.index(after: close)...]
    }
    guard used.count == holes else {
      throw Fault(message: "'\(pattern)' has \(holes) holes, and '\(said)' leaves one out.")
    }
    if !words.isEmpty { parts.append(.text(words)) }
    return parts
  }

  /// Place and factor of what stands in braces; nil where they hold words.
  private static func hole(_ inside: Substring, _ next: Int) -> (place: Int, factor: Double)? {
    if inside.isEmpty { return (next, 1) }
    let numbers = inside.split(separator: "*", omittingEmptySubsequences: false)
    guard numbers.count <= 2, let place = Int(numbers[0]) else { return nil }
    guard numbers.count == 2 else { return (place - 1, 1) }
    return Double(numbers[1]).map { (place - 1, $0) }
  }
}

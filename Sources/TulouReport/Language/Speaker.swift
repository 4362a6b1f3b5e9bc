package import TulouProject
import TulouQuantities

/// Says texts in a language: the whole text as a sentence of the file, else its parts, numbers and names carried over.
///
/// A text fits where nothing is left over: what stands in a hole is a number with its unit, a name, or fits itself. So a word
/// that no file knows is found, however deep it stands; such texts are kept in `unknown` and said as far as they are known.
package final class Speaker {
  private let phrases: Phrases?
  private let words: FileWords
  private var known: [String: String?] = [:]
  private var steps = 0
  /// Texts of which a part stands in no file, in order.
  package private(set) var unknown: [String] = []

  /// A speaker of a language about a file.
  package init(_ language: Language, words: FileWords = FileWords()) {
    phrases = language.phrases
    self.words = words
  }

  /// The text in the language.
  ///
  /// - Parameter isFixed: Whether no name can stand there: a heading of a column, of a section, of an axis.
  package func say(_ text: String, isFixed: Bool = false) -> String {
    guard let phrases, text.utf8.contains(where: TextKind.isLetter) else { return text }
    if !isFixed, words.names.contains(text) { return text }
    if isFixed, let whole = phrases.whole(text) { return whole }
    let bytes = Array(text.utf8)
    steps = 0
    if let said = fit(bytes[...], phrases, 0) { return said }
    if !unknown.contains(text) { unknown.append(text) }
    return loosely(bytes[...], phrases, 0)
  }

  /// A drawing whose amounts of money are said: scales are chosen as it is drawn, `2.69 million EUR`, `[thousand EUR/y]`.
  package func amounts(_ drawing: String) -> String {
    guard phrases != nil else { return drawing }
    return drawing.replacing(/(?:-?[0-9][0-9.,]* )?(?:thousand|million|billion) [A-Z]{3}/) { say(String($0.output)) }
  }

  /// The text where all of it is known.
  private func fit(_ text: ArraySlice<UInt8>, _ phrases: Phrases, _ depth: Int) -> String? {
    let string = String(decoding: text, as: UTF8.self)
    if let known = known[string] { return known }
    steps += 1
    guard depth < 60, steps < 60_000 else { return nil }
    let said = search(string, text, phrases, depth)
    if said != nil || depth == 0 || steps < 60_000 { known[string] = .some(said) }
    return said
  }

  private func search(_ string: String, _ text: ArraySlice<UInt8>, _ phrases: Phrases, _ depth: Int) -> String? {
    guard let first = text.first, let last = text.last else { return "" }
    if words.names.contains(string) || words.ids.contains(string) && !phrases.vocabulary.contains(string) {
      return string
    }
    if let whole = phrases.whole(string) { return whole }
    if TextKind.isData(string) { return string }
    if first == 0x20 { return fit(text.dropFirst(), phrases, depth).map { " " + $0 } }
    if last == 0x20 { return fit(text.dropLast(), phrases, depth).map { $0 + " " } }
    // Few letters tell little: "{} over {}" fits many a sentence, whose clauses are looked at first. So are they where a
    // hole would hold several.
    let candidates = phrases.candidates(text)
    func said(_ places: ArraySlice<Int>, ofOne: Bool = false) -> String? {
      for index in places {
        let pattern = phrases.patterns[index]
        let holes = fill(pattern, text) {
          ofOne && Self.isParted($0) ? nil : self.fit($0, phrases, depth + 1)
        }
        if let holes, let said = Self.put(holes, pattern.said) { return said }
      }
      return nil
    }
    let weak = candidates.firstIndex { phrases.patterns[$0].weight < Self.strong } ?? candidates.count
    return said(candidates[..<weak], ofOne: true) ?? joined(text, phrases, depth) ?? said(candidates[...])
      ?? besideNumbers(text, phrases, depth)
      ?? (words.hold(string) ? string : nil)
  }

  /// Letters outside the holes from which on a pattern is tried before a text is parted.
  private static let strong = 12

  /// Two texts with a mark between them, or one with a mark at its end.
  private func joined(_ text: ArraySlice<UInt8>, _ phrases: Phrases, _ depth: Int) -> String? {
    for (mark, said) in phrases.joins {
      guard mark.contains(0x20) else {
        if text.suffix(mark.count).elementsEqual(mark), text.count > mark.count,
          let head = fit(text.dropLast(mark.count), phrases, depth + 1)
        {
          return head + said
        }
        continue
      }
      var place = text.startIndex
      while let found = Self.find(mark, in: text, from: place) {
        let left = text[text.startIndex..<found], right = text[(found + mark.count)...]
        if !left.isEmpty, !right.isEmpty, Self.isClosed(left), let head = fit(left, phrases, depth + 1),
          let tail = fit(right, phrases, depth + 1)
        {
          return head + said + tail
        }
        place = found + 1
      }
    }
    return nil
  }

  /// Numbers before or behind words: `262 MW wind`, `wind 262 MW`.
  private func besideNumbers(_ text: ArraySlice<UInt8>, _ phrases: Phrases, _ depth: Int) -> String? {
    for place in text.indices where text[place] == 0x20 {
      let left = text[text.startIndex..<place], right = text[(place + 1)...]
      if TextKind.isData(String(decoding: left, as: UTF8.self)), let said = fit(right, phrases, depth + 1) {
        return String(decoding: left, as: UTF8.self) + " " + said
      }
      if TextKind.isData(String(decoding: right, as: UTF8.self)), let said = fit(left, phrases, depth + 1) {
        return said + " " + String(decoding: right, as: UTF8.self)
      }
    }
    return nil
  }

  /// As much as is known, the rest as it stands.
  private func loosely(_ text: ArraySlice<UInt8>, _ phrases: Phrases, _ depth: Int) -> String {
    steps = 0
    if let said = fit(text, phrases, 0) { return said }
    let string = String(decoding: text, as: UTF8.self)
    guard depth < 8, text.contains(0x20) else { return string }
    func split(_ marks: ArraySlice<(mark: [UInt8], said: String)>) -> String? {
      for (mark, said) in marks {
        guard mark.contains(0x20), let found = Self.find(mark, in: text, from: text.startIndex),
          found > text.startIndex, found + mark.count < text.endIndex
        else { continue }
        return loosely(text[..<found], phrases, depth + 1) + said
          + loosely(text[(found + mark.count)...], phrases, depth + 1)
      }
      return nil
    }
    if let said = split(phrases.joins.prefix { $0.mark.first == 0x2E }) { return said }
    if text.last == 0x2E, let stop = phrases.joins.first(where: { $0.mark == [0x2E] }) {
      return loosely(text.dropLast(), phrases, depth + 1) + stop.said
    }
    for index in phrases.candidates(text) where phrases.patterns[index].weight > 5 {
      let pattern = phrases.patterns[index]
      if let holes = fill(pattern, text, { self.loosely($0, phrases, depth + 1) }),
        let said = Self.put(holes, pattern.said)
      {
        return said
      }
    }
    return split(phrases.joins.dropFirst()) ?? string
  }

  /// What stands in the holes, each as `said` has it; nil where the text does not fit.
  private func fill(
    _ pattern: Phrases.Pattern, _ text: ArraySlice<UInt8>, _ said: (ArraySlice<UInt8>) -> String?
  ) -> [String]? {
    let literals = pattern.literals
    let first = literals[0], last = literals[literals.count - 1]
    guard text.count >= first.count + last.count, text.starts(with: first),
      text.suffix(last.count).elementsEqual(last)
    else { return nil }
    let end = text.endIndex - last.count
    // Cheap first: whether the words between the holes stand there at all.
    var place = text.startIndex + first.count
    for literal in literals.dropFirst().dropLast() {
      guard let found = Self.find(literal, in: text[..<end], from: place) else { return nil }
      place = found + literal.count
    }
    guard place <= end else { return nil }
    func next(_ number: Int, _ start: Int) -> [String]? {
      // A part that may be missing brings its own space: "Energy{} not served".
      let least = start + (literals[number - 1].last == 0x20 || (number == 1 && literals[0].isEmpty) ? 1 : 0)
      let isFree = pattern.free.contains(number - 1)
      func hole(_ inside: ArraySlice<UInt8>) -> String? {
        // What stands in quotes is a key of the file.
        let isQuoted = literals[number - 1].last == 0x27 && literals[number].first == 0x27
        return isQuoted || isFree ? String(decoding: inside, as: UTF8.self) : said(inside)
      }
      if number == literals.count - 1 { return least <= end ? hole(text[start..<end]).map { [$0] } : nil }
      var from = least
      while let found = Self.find(literals[number], in: text[..<end], from: from) {
        if let inside = hole(text[start..<found]), let rest = next(number + 1, found + literals[number].count) {
          return [inside] + rest
        }
        from = found + 1
      }
      return nil
    }
    return next(1, text.startIndex + first.count)
  }

  /// Whether a text holds several clauses outside brackets.
  private static func isParted(_ text: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    for place in text.indices.dropLast() {
      if text[place] == 0x28 { depth += 1 }
      if text[place] == 0x29 { depth -= 1 }
      if depth == 0, text[place + 1] == 0x20, [0x2C, 0x2E, 0x3A, 0x3B].contains(text[place]) { return true }
    }
    return false
  }

  /// Whether every bracket that opens closes.
  private static func isClosed(_ text: ArraySlice<UInt8>) -> Bool {
    text.reduce(0) { $0 + ($1 == 0x28 ? 1 : $1 == 0x29 ? -1 : 0) } == 0
  }

  /// The parts put together; nil where a factor belongs to what is no bare number: "budget 2.1" is not made larger.
  private static func put(_ holes: [String], _ parts: [Phrases.Part]) -> String? {
    var text = ""
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .hole(let place, factor: 1): text += holes[place]
      case .hole(let place, let factor):
        guard let number = Double(holes[place].filter { $0 != "," }) else { return nil }
        text += NumberText.significant(number * factor, digits: 6)
      }
    }
    return text
  }

  private static func find(_ mark: [UInt8], in text: ArraySlice<UInt8>, from start: Int) -> Int? {
    guard let head = mark.first else { return start <= text.endIndex ? start : nil }
    var place = start
    while place + mark.count <= text.endIndex {
      guard let found = text[place...].firstIndex(of: head), found + mark.count <= text.endIndex else { return nil }
      if text[found..<(found + mark.count)].elementsEqual(mark) { return found }
      place = found + 1
    }
    return nil
  }
}

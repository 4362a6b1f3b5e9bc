import Foundation
import TestSupport
import Testing

/// Words of `Documentation/glossary.md`: those of its last column are in no text that a user reads.
@Suite("Glossary") struct GlossaryTests {
  /// A word that is bound, and those that are not used for it.
  private struct Entry {
    var word: String
    var others: [String]
  }

  @Test("the table is in order, and no word is bound and refused at once") func table() throws {
    let entries = try Self.entries()
    #expect(entries.count > 20)
    #expect(Set(entries.map(\.word)).count == entries.count)
    let words = Set(entries.flatMap { $0.word.components(separatedBy: ", ") })
    for entry in entries { #expect(words.isDisjoint(with: entry.others), "\(entry.word)") }
  }

  @Test("pages, messages, help, the format and the shelf use the field's words") func texts() throws {
    let refused = try Self.refused()
    for file in House.swiftFiles(in: "Sources") {
      for (line, text) in Self.literals(file) {
        if let found = text.firstMatch(of: refused) { Issue.record("\(file.path):\(line): '\(found.0)' in \(text)") }
      }
    }
    let walk = FileManager.default.enumerator(atPath: SharedFolder.packageRoot + "/Sources/TulouFiles/Shelf")
    var pages = ["README.md", "Documentation/file-format.md"]
    while let path = walk?.nextObject() as? String {
      if path.hasSuffix(".yaml") { pages.append("Sources/TulouFiles/Shelf/" + path) }
    }
    #expect(pages.count > 10)
    for page in pages {
      for (number, line) in try House.text(page).components(separatedBy: "\n").enumerated() {
        if let found = line.firstMatch(of: refused) { Issue.record("\(page):\(number + 1): '\(found.0)'") }
      }
    }
  }

  @Test("what counts as a text of a source") func reading() {
    let file = House.File(
      path: "a.swift",
      lines: [
        "/// nought", #"let a = "one \(b ? "two" : "three")" // "four""#, "// \"five\"", "let c = \"\"\"", "  six",
        "  \"\"\"",
      ])
    let texts = Self.literals(file).map(\.text).joined(separator: " ")
    for word in ["one", "two", "three", "six"] { #expect(texts.contains(word), "\(word)") }
    for word in ["nought", "five"] { #expect(!texts.contains(word), "\(word)") }
  }

  private static func entries() throws -> [Entry] {
    try House.text("Documentation/glossary.md").components(separatedBy: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 5, cells[1] != "word", !cells[1].hasPrefix("---") else { return nil }
      return Entry(word: cells[1], others: cells[3].components(separatedBy: "; ").filter { !$0.isEmpty })
    }
  }

  private static func refused() throws -> Regex<AnyRegexOutput> {
    let words = try entries().flatMap(\.others).map { $0.replacing(" ", with: #"\s+"#) }
    return try Regex("(?i)\\b(" + words.joined(separator: "|") + ")(s|d)?\\b")
  }

  /// Lines that hold text between quotation marks, with all from the first mark to the last, for texts may hold others.
  private static func literals(_ file: House.File) -> [(line: Int, text: String)] {
    var isLong = false
    var found: [(line: Int, text: String)] = []
    for (number, line) in file.lines.enumerated() {
      let words = line.trimmingCharacters(in: .whitespaces)
      if words.ranges(of: "\"\"\"").count == 1 {
        isLong.toggle()
      } else if isLong {
        found.append((number + 1, words))
      } else if !words.hasPrefix("//"), let first = words.firstIndex(of: "\""),
        let last = words.lastIndex(of: "\""), first < last
      {
        found.append((number + 1, String(words[first...last])))
      }
    }
    return found
  }
}

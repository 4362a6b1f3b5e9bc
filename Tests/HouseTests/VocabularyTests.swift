import Foundation
import TestSupport
import Testing

/// Words of the format have one declaration each; nobody else compares them as text.
struct VocabularyTests {
  /// A closed vocabulary: the file that declares it and the texts that only that file may compare.
  struct Vocabulary: Sendable, CustomTestStringConvertible {
    var name: String
    var declaration: String
    var words: String
    var testDescription: String { name }
  }

  static let all = [
    Vocabulary(
      name: "EnergyClass", declaration: "Sources/TulouTechnologies/EnergyClass.swift",
      words: #"N|W|B|S|[NWBS]\.[a-z]*|ambient|saving"#)
  ]

  @Test("a vocabulary is compared as text only where it is declared", arguments: all)
  func comparisons(vocabulary: Vocabulary) throws {
    let pattern = try Regex(
      #"([!=]= "(\#(vocabulary.words))")|(case "(\#(vocabulary.words))")|(has(Prefix|Suffix)\("(\#(vocabulary.words))"\))"#
    )
    var found: [String] = []
    for file in House.swiftFiles(in: "Sources") where !file.path.hasSuffix(vocabulary.declaration) {
      for (n, line) in file.lines.enumerated() where line.contains(pattern) {
        found.append("\(file.path):\(n + 1): \(line)")
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

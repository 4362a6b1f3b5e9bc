import Foundation
import TestSupport
import Testing

/// The number 0 has one name in this house, in comments as in texts: zero.
@Suite("One word for zero") struct WordTests {
  @Test("sources, tests and pages say zero") func zero() throws {
    // Put together here, so that this file does not find itself.
    let word = "noug" + "ht"
    // The glossary refuses the word and its test tries it.
    let allowed: Set = ["Documentation/glossary.md", "Tests/HouseTests/GlossaryTests.swift"]
    let folders = ["Sources", "Tests", "Documentation", "Examples", "Benchmarks", "Scripts"]
    let kinds: Set = ["swift", "md", "yaml", "csv", "js", "css", "rows"]
    for folder in folders {
      let walk = FileManager.default.enumerator(atPath: SharedFolder.packageRoot + "/" + folder)
      while let path = walk?.nextObject() as? String {
        let file = folder + "/" + path
        guard kinds.contains((path as NSString).pathExtension), !path.contains(".build"), !allowed.contains(file),
          let text = try? House.text(file), text.range(of: word, options: .caseInsensitive) != nil
        else { continue }
        for (number, line) in text.components(separatedBy: "\n").enumerated()
        where line.range(of: word, options: .caseInsensitive) != nil {
          Issue.record("\(file):\(number + 1): zero is the word of the glossary")
        }
      }
    }
  }
}

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

  /// Texts that are keys or words of a file where the reader takes it apart, or that only look like a word of a vocabulary.
  static let allowed: [String: Set<String>] = [
    "TulouAccounts/Members/MemberBuilder.swift": ["energy", "investment"],
    "TulouCases/PublishedCase+Reading.swift": ["exact"],
    "TulouCases/Shenzhen/ShenzhenFigures.swift": ["wind"],
    "TulouCases/Shenzhen/ShenzhenPlans+Questions.swift": ["wind"],
    "TulouCases/Shenzhen/ShenzhenPlans+Rows.swift": ["converter"],
    "TulouCases/Shenzhen/ShenzhenTables.swift": ["gas"],
    "TulouCommand/ReproduceCommand.swift": ["all"],
    "TulouFiles/Formats/PlainHeader.swift": ["time"],
    "TulouFiles/Import/PypsaImport.swift": ["electricity", "heat"],
    "TulouFiles/Projects/Places/Questionnaire+Place.swift": ["none"],
    "TulouFiles/Projects/Questionnaire.swift": ["none"],
    "TulouFiles/Tables/CellNumber.swift": ["0"],
    "TulouFiles/Tables/GreenButton.swift": ["start"],
    "TulouFiles/Tables/OpenDocument.swift": ["time"],
    "TulouFiles/Tables/Selection.swift": ["0"],
    "TulouFiles/Tables/SheetText.swift": ["0"],
    "TulouPlanning/Plan/FinishedPlan.swift": ["highs"],
    "TulouProject/Decoding/ProjectDecoder+Demands.swift": ["day"],
    "TulouProject/Decoding/ProjectDecoder+Rules.swift": ["demand", "peak"],
    "TulouProject/Decoding/ProjectDecoder+Time.swift": ["month"],
    "TulouProject/Decoding/ProjectDecoder+Weather.swift": ["file"],
    "TulouProject/Validation/ReferenceRule.swift": ["alone"],
    "TulouProject/WeatherYears.swift": ["file"],
    "TulouDocument/Decoding+Numbers.swift": ["source"],
    "TulouDocument/Decoding+Series.swift": ["end", "none"],
    "TulouReport/Sections/PollutantTable.swift": ["grid"],
    "TulouReport/Studies/SearchReport+Page.swift": ["capacity_shortage", "co2"],
    "TulouReport/Studies/SearchReport.swift": ["unserved", "reserve"],
    "TulouReport/Studies/StagedReport.swift": ["capital"],
    "TulouReport/Style/Legend.swift": ["all", "co2"],
    "TulouReport/Tables/PlanTables+Energy.swift": ["production"],
    "TulouTechnologies/Sizing.swift": ["fixed", "energy", "power"],
    "TulouTechnologies/Sources/ResourceSources.swift": ["temperature"],
  ]

  /// The words of every `enum ...: String`, of the kinds of technologies, of the parts of labels and of the keys of limits.
  static func declaredWords() -> Set<String> {
    var words: Set<String> = []
    for file in House.swiftFiles(in: "Sources") {
      var depth = 0
      for line in file.lines {
        let code = line.components(separatedBy: "//")[0]
        if depth == 0, code.contains(/enum \w+: [^{]*\bString\b[^{]*\{/) {
          depth = 1
          if code.contains("}") { depth = 0 }
        } else if depth > 0 {
          depth += code.count { $0 == "{" } - code.count { $0 == "}" }
        }
        let isCase = code.contains(/\bcase [^.]/) && !code.contains(":\u{20}") || code.contains(/\{ case \w/)
        if isCase, depth > 0 || code.contains(/enum \w+: [^{]*\bString\b/), let begin = code.range(of: "case ") {
          for part in code[begin.upperBound...].split(separator: ",") {
            let sides = part.split(separator: "=").map {
              $0.trimmingCharacters(in: CharacterSet(charactersIn: " `\"{}"))
            }
            if let word = sides.last, word.allSatisfy({ $0.isLetter || $0.isNumber || "_-. ".contains($0) }) {
              words.insert(word)
            }
          }
        }
        for match in code.matches(of: /(?:= Part\(|LimitKey\(|\.Goal\(|SharingMethod\(|static let kind = )"([^"]+)"/) {
          words.insert(String(match.1))
        }
      }
    }
    return words
  }

  @Test("no word of a closed vocabulary is compared as text: the types know them") func closed() throws {
    let words = Self.declaredWords()
    #expect(words.count > 200 && words.isSuperset(of: ["infeasible", "must_take", "generator", "one-axis", "silent"]))
    var found: [String] = []
    for file in House.swiftFiles(in: "Sources") {
      let free = Self.allowed.first { file.path.hasSuffix($0.key) }?.value ?? []
      for (n, line) in file.lines.enumerated() {
        let code = line.components(separatedBy: "//")[0]
        for match in code.matches(of: /(?:[!=]= |\bcase )"([^"\\]+)"/) where words.contains(String(match.1)) {
          if !free.contains(String(match.1)) { found.append("\(file.path):\(n + 1): \(match.1)") }
        }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test("nothing is decided by the text of a message") func messages() {
    var found: [String] = []
    for file in House.swiftFiles(in: "Sources") {
      for (n, line) in file.lines.enumerated()
      where line.contains(/\bmessage\.(hasPrefix|hasSuffix|contains)\(/)
        || line.contains(/hasPrefix\("[A-Z][a-z]+ [a-z]/)
      {
        found.append("\(file.path):\(n + 1): \(line)")
      }
    }
    // The header of PVGIS files is a text of others.
    found.removeAll { $0.contains("Latitude (decimal degrees)") }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

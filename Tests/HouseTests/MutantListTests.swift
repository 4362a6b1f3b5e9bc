import Foundation
import TestSupport
import Testing

/// The faults of `Scripts/mutants.txt` still fit the source: a move of code takes its fault along.
@Suite("List of planted faults") struct MutantListTests {
  @Test("each expression stands once in its file, and what replaces it differs")
  func eachCanBePlanted() throws {
    let lines = try House.text("Scripts/mutants.txt").components(separatedBy: "\n")
    var place = "", before = "", count = 0
    for line in lines {
      switch line.prefix(2) {
      case "@ ": place = "Sources/" + line.dropFirst(2).split(separator: " ")[0]
      case "- ": before = String(line.dropFirst(2))
      case "+ ":
        let text = try? House.text(place)
        #expect((text ?? "").components(separatedBy: before).count == 2, "\(place): '\(before)'")
        #expect(before != line.dropFirst(2), "\(place): '\(before)'")
        count += 1
      default: break
      }
    }
    #expect(count >= 60)
  }

  @Test("each fault names tests that there are, so that none is killed or spared by an empty run")
  func suitesExist() throws {
    let files = House.swiftFiles(in: "Tests")
    let suites = files.flatMap { file in
      file.lines.compactMap { line in
        line.firstMatch(of: /(?:struct|class|enum) (\w+)/).map {
          String(file.path.split(separator: "/")[1]) + "." + $0.1
        }
      }
    }
    for line in try House.text("Scripts/mutants.txt").components(separatedBy: "\n") where line.hasPrefix("@ ") {
      for name in line.split(separator: "|").dropFirst() {
        let wanted = name.trimmingCharacters(in: .whitespaces)
        #expect(suites.contains { $0.contains(wanted) }, "\(wanted)")
      }
    }
  }
}

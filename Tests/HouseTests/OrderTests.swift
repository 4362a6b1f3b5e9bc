import Foundation
import Testing

/// Order of the files: their length, names, tests, and what must not stand in them.
@Suite("Order of the house") struct OrderTests {
  @Test("every room has a folder of tests")
  func testFolders() {
    // The command is run whole by ExampleTests.
    let exempt: Set = ["TulouCommand"]
    for room in House.rooms where !exempt.contains(room) && !House.isPlaceholder(room) {
      #expect(!House.swiftFiles(in: "Tests/\(room)Tests").isEmpty, "\(room) has no tests in Tests/\(room)Tests")
    }
  }

  @Test("no file is longer than 500 lines")
  func lengths() {
    for file in House.swiftFiles(in: "Sources") + House.swiftFiles(in: "Tests") {
      #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines; split it by idea")
    }
  }

  @Test("nothing is called a drawer")
  func names() {
    let drawers = ["Utils", "Utilities", "Common", "Helper", "Helpers", "Core", "Shared", "Manager"]
    for file in House.swiftFiles(in: "Sources") {
      for part in file.path.split(separator: "/") {
        let name = part.hasSuffix(".swift") ? String(part.dropLast(6)) : String(part)
        #expect(!drawers.contains(name.replacing("Tulou", with: "")), "\(file.path): '\(name)' says nothing")
      }
      for (number, line) in file.lines.enumerated() {
        guard ["Utils", "Helper", "Manager"].contains(where: line.contains) else { continue }
        if let match = line.firstMatch(of: /\b(struct|class|enum|protocol|actor) (\w*(Utils|Helper|Manager))\b/) {
          Issue.record("\(file.path):\(number + 1): '\(match.2)' says nothing of what it is")
        }
      }
    }
  }

  @Test("no path of somebody's machine is written down")
  func machinePaths() throws {
    // Put together here, so that this file does not find itself.
    let roots = ["work", "root", #"home/\w+"#, #"Users/\w+"#, "tmp/wt"].joined(separator: "|")
    let pattern = try Regex("(^|[^\\w./*-])/(" + roots + ")/")
    // Looked for first, for a pattern over every line of the house takes seconds.
    let starts = ["work", "root", "home", "Users", "tmp/wt"].map { "/" + $0 + "/" }
    let endings: Set = [
      "swift", "md", "yaml", "yml", "json", "csv", "py", "cff", "html", "css", "js", "txt", "sh", "", "resolved",
    ]
    for path in House.trackedFiles() where endings.contains((path as NSString).pathExtension) {
      guard let text = try? House.text(path), text.utf8.count < 1_000_000 else { continue }
      guard starts.contains(where: { text.contains($0) }) else { continue }
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where starts.contains(where: { line.contains($0) }) && line.contains(pattern) {
        Issue.record("\(path):\(number + 1): a path of one machine")
      }
    }
  }

  @Test("the package offers the products of the house")
  func products() throws {
    let manifest = try House.text("Package.swift")
    let products = manifest.matches(of: /\.(library|executable)\(name: "(\w+)"/).map { String($0.2) }
    #expect(products == ["Tulou", "TulouFiles", "TulouResources", "TulouHourBlock", "TulouStudies", "tulou"])
  }
}

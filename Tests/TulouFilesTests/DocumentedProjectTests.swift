import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// Whoever copies a project out of the documentation must be able to plan it.
@Suite("Projects printed in the documentation")
struct DocumentedProjectTests {
  static let pages: [String] = {
    let folder = SharedFolder.packageRoot
    let below = (try? FileManager.default.subpathsOfDirectory(atPath: folder + "/Documentation")) ?? []
    return ["README.md"] + below.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/" + $0 }
  }()

  @Test("are read without an error", arguments: pages)
  func printed(page: String) throws {
    let text = try String(contentsOfFile: SharedFolder.packageRoot + "/" + page, encoding: .utf8)
    for block in text.components(separatedBy: "```yaml\n").dropFirst() {
      let yaml = block.components(separatedBy: "\n```").first ?? ""
      guard yaml.contains("tulou: 1") else { continue }
      let faults = ProjectReader.check(text: yaml, path: page).filter { $0.severity == .error }
      #expect(faults.isEmpty, "\(page): \(faults.map(\.description).joined())")
    }
  }

  @Test("of the README is the smallest example")
  func smallest() throws {
    let readme = try String(contentsOfFile: SharedFolder.packageRoot + "/README.md", encoding: .utf8)
    let example = try String(contentsOfFile: SharedFolder.packageRoot + "/Examples/minimal.yaml", encoding: .utf8)
    let project = try #require(example.range(of: "tulou: 1")).lowerBound
    #expect(readme.contains(example[project...].trimmingCharacters(in: .newlines)))
  }
}

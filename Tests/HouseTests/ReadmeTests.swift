import Foundation
import TestSupport
import Testing

/// A number that was measured has the command that measures it beside it: in the same block of text or row of a table, in the
/// text before a table, or in a comment before the block.
@Suite("Claims of the README") struct ReadmeTests {
  @Test("every block with a measured number names a command of this repository") func commands() throws {
    let blocks = Self.blocks(try House.text("README.md"))
    #expect(blocks.count > 10)
    for (k, block) in blocks.enumerated() where Self.hasMeasurement(block) {
      let rows = block.hasPrefix("|") ? block.components(separatedBy: "\n") : [block]
      let before = k > 0 ? blocks[k - 1] : ""
      for row in rows where Self.hasMeasurement(row) && !Self.namesCommand(row) {
        let isSaidBefore = Self.namesCommand(before) && (block.hasPrefix("|") || before.hasPrefix("<!--"))
        #expect(isSaidBefore, "no command beside: \(row)")
      }
    }
  }

  @Test("commands that the README names are there") func targets() throws {
    let text = try House.text("README.md"), make = try House.text("Makefile")
    for found in text.matches(of: /\bmake ([a-z-]+)/) {
      #expect(make.contains("\n\(found.1):"), "make \(found.1)")
    }
    for found in text.matches(of: /\b((?:Benchmarks|Scripts|Examples|Documentation)\/[\w.\/-]*\w)/) {
      let path = SharedFolder.packageRoot + "/" + found.1
      #expect(FileManager.default.fileExists(atPath: path), "\(found.1)")
    }
  }

  @Test(
    "files that CONTRIBUTING and the page of architecture name are there",
    arguments: [
      "CONTRIBUTING.md", "Documentation/architecture.md",
    ])
  func files(page: String) throws {
    let text = try House.text(page)
    var names: Set<String> = ["Package.swift"]
    let walk = FileManager.default.enumerator(atPath: SharedFolder.packageRoot + "/Sources")
    while let path = walk?.nextObject() as? String { names.insert(path.components(separatedBy: "/").last ?? path) }
    // `Registry.swift` stands anywhere in Sources; of `TulouReport/Sections/<Name>.swift` the folder is there.
    for found in text.matches(of: /`(\w+\.swift)`/) { #expect(names.contains(String(found.1)), "\(found.1)") }
    for found in text.matches(of: /`(Tulou\w+(?:\/[\w-]+)*)\//) {
      #expect(FileManager.default.fileExists(atPath: SharedFolder.packageRoot + "/Sources/\(found.1)"), "\(found.1)")
    }
    #expect(text.contains("`"))
  }

  @Test("what counts as a measured number") func measurements() {
    for text in [
      "takes 16 s", "a gap of 4 %", "some five minutes", "about a second", "66,000 a second", "3.6 times", "1.0 ms",
    ] {
      #expect(Self.hasMeasurement(text), "\(text)")
    }
    for text in [
      "Swift 6.1 or later", "sixteen rooms", "a second opinion", "`1150 USD/kW`", "C1: one year, 2 storages",
    ] {
      #expect(!Self.hasMeasurement(text), "\(text)")
    }
  }

  /// Paragraphs, tables and comments, without fenced text and headings.
  private static func blocks(_ text: String) -> [String] {
    var isFenced = false
    var blocks: [String] = [""]
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isFenced.toggle() }
      if isFenced || line.hasPrefix("```") { continue }
      if line.isEmpty || line.hasPrefix("#") {
        blocks.append("")
      } else {
        blocks[blocks.count - 1] += (blocks[blocks.count - 1].isEmpty ? "" : "\n") + line
      }
    }
    return blocks.filter { !$0.isEmpty }
  }

  /// A number with a unit of time, share, memory or a ratio, outside quoted code.
  private static func hasMeasurement(_ text: String) -> Bool {
    let plain = text.replacing(/`[^`]*`/, with: "")
    return plain.contains(
      /(?i)(\d[\d.,]*|\b(a|one|two|three|four|five|six|seven|eight|nine|ten))\s(s|ms|min|minutes?|seconds?|hours|%|MB|GB|times)(?![\w\/])(?! opinion)/
    ) || plain.contains(/\|\s*[\d.,]+\s*\|/)
  }

  private static func namesCommand(_ text: String) -> Bool {
    text.contains(/(`|<!-- ?)[^`]*(make |tulou |Benchmarks\/|Scripts\/|swift test)/)
  }
}

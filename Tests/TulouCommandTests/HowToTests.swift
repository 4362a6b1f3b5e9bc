import Foundation
import TestSupport
import Testing

/// Every command of the pages under `Documentation/how-to` and `Documentation/tutorials` does what the page says: it ends well.
///
/// Blocks `yaml file=NAME` and `csv file=NAME` are written first; lines of `sh` blocks that begin with `./tulou` are run, one
/// after the other, in an empty folder with `Examples` beside. Pages that they write say nothing outside the language files.
@Suite("Commands of the how-to pages", .enabled(if: CommandLine.executable != nil)) struct HowToTests {
  /// A page: what it writes, what it runs.
  struct Guide: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [(name: String, text: String)] = []
    var commands: [String] = []
    var testDescription: String { name }
  }

  static let folder = SharedFolder.packageRoot + "/Documentation/how-to"

  static let guides = guides(in: folder)

  static func guides(in folder: String) -> [Guide] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted().map { name in
      guide(name, (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? "")
    }
  }

  static func guide(_ name: String, _ text: String) -> Guide {
    var guide = Guide(name: name)
    for (number, block) in text.components(separatedBy: "```").enumerated() where number % 2 == 1 {
      let lines = block.components(separatedBy: "\n"), head = lines[0], body = lines.dropFirst().joined(separator: "\n")
      if let mark = head.range(of: " file=") {
        guide.files.append((String(head[mark.upperBound...]), body))
      } else if head == "sh" {
        guide.commands += lines.dropFirst().filter { $0.hasPrefix("./tulou ") }
      }
    }
    return guide
  }

  /// Words of a command line: blanks part them, double quotes hold them together, `#` begins a remark.
  static func words(_ line: String) -> [String] {
    var words: [String] = [], word = "", isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == "#", !isQuoted, word.isEmpty {
        break
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  @Test("end well, one after the other", arguments: guides)
  func all(guide: Guide) throws { try Self.run(guide) }

  static func run(_ guide: Guide) throws {
    #expect(!guide.commands.isEmpty)
    let folder = try CommandLine.scratch()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/Examples", withDestinationPath: SharedFolder.packageRoot + "/Examples")
    for file in guide.files {
      let place = folder.appendingPathComponent(file.name)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.text.write(to: place, atomically: true, encoding: .utf8)
    }
    for command in guide.commands {
      let run = try CommandLine.run(
        Array(words(command).dropFirst()), in: folder, environment: ["TULOU_PLOTLY": "/nonexistent/plotly.min.js"])
      #expect(run.status == 0, "\(guide.name): \(command)\n\(run.errors)\(run.output)")
    }
    let strange = try PageTexts.strange(in: folder, files: try files(of: guide, in: folder))
    #expect(strange == [], "\(guide.name): texts of pages that stand in no language file")
  }

  /// The files whose names may stand on the pages of a guide: those it names (those in a folder that it names) and those it wrote.
  private static func files(of guide: Guide, in folder: URL) throws -> [String] {
    let named = guide.commands.flatMap(words).filter { $0.hasPrefix("Examples/") }
    let parts = named.flatMap { path in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + path)) ?? []).map { path + "/" + $0 }
    }
    let written = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml") && !$0.hasPrefix("Examples")
    }
    return (named + parts.sorted() + written).map { folder.path + "/" + $0 }
  }

  @Test("the list of pages names each of them, and no other")
  func list() throws {
    let text = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let named = text.matches(of: /\]\(([a-z0-9-]+\.md)\)/).map { String($0.1) }
    #expect(named.sorted() == Self.guides.map(\.name))
  }

  @Test("words of a command line") func wording() {
    #expect(
      Self.words("./tulou plan a.yaml --set \"x=1 t/y\"   # why") == ["./tulou", "plan", "a.yaml", "--set", "x=1 t/y"])
  }
}

/// The tutorials plan whole years.
@Suite("Commands of the tutorials", .enabled(if: SlowTests.areWanted && CommandLine.executable != nil))
struct TutorialSlowTests {
  static let tutorials = HowToTests.guides(in: SharedFolder.packageRoot + "/Documentation/tutorials")

  @Test("end well, one after the other", arguments: tutorials)
  func all(guide: HowToTests.Guide) throws { try HowToTests.run(guide) }
}

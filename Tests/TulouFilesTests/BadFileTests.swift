import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

/// Wrong files with their expected findings: `bad/*.yaml`, `bad/expected.txt`.
///
/// `TULOU_UPDATE_GOLDEN=1` writes the findings anew, to be read in review.
@Suite("Wrong project files")
struct BadFileTests {
  static let folder = SharedFolder.packageRoot + "/Tests/TulouFilesTests/bad"
  static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  static let expected: [String: [String]] = {
    let text = (try? String(contentsOfFile: folder + "/expected.txt", encoding: .utf8)) ?? ""
    var all: [String: [String]] = [:]
    var name = ""
    for line in text.split(separator: "\n") {
      if line.hasSuffix(".yaml") {
        name = String(line)
      } else {
        all[name, default: []].append(String(line.dropFirst(2)))
      }
    }
    return all
  }()

  static func findings(_ name: String) -> [String] {
    ProjectReader.check(path: folder + "/" + name).map { finding in
      let place = finding.place.map { "\($0.line):\($0.column): " } ?? ""
      return "\(place)\(finding.severity.rawValue): \(finding.message)"
        + (finding.advice.isEmpty ? "" : " | \(finding.advice)")
    }
  }

  @Test("each is told what is wrong, where, and what to do", arguments: names)
  func findings(name: String) {
    #expect(Self.findings(name) == Self.expected[name] ?? [])
  }

  @Test("a misspelt 'use' or 'kind' is found where it stands", arguments: ["usee", "kin"])
  func whatItIs(key: String) throws {
    let text = """
      tulou: 1
      horizon: {start: 2025-01-01, length: 48 h}
      economy: {currency: USD, real_discount_rate: 5 %}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 60 kW}}
      components:
        roof: {bus: ac,
          \(key): pv-rooftop}
      """
    let found = ProjectReader.check(text: text, path: "roof.yaml").first { $0.message.contains("what it is") }
    #expect(found?.advice == "Did you mean '\(key == "usee" ? "use" : "kind")' in place of '\(key)'?")
    #expect(found?.place?.line == 8)
  }

  @Test("there are enough of them") func enough() { #expect(Self.names.count >= 40) }

  @Test(
    "the findings are written anew", .enabled(if: ProcessInfo.processInfo.environment["TULOU_UPDATE_GOLDEN"] != nil))
  func update() throws {
    let text = Self.names.map { name in name + "\n" + Self.findings(name).map { "  \($0)\n" }.joined() }.joined()
    try text.write(toFile: Self.folder + "/expected.txt", atomically: true, encoding: .utf8)
  }
}

/// Files that are no text, not there, or far too large.
@Suite("Files that cannot be read")
struct UnreadableFileTests {
  static func temporary(_ bytes: [UInt8]) throws -> String {
    let path = NSTemporaryDirectory() + "/tulou-\(UUID().uuidString).yaml"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  static func messages(_ path: String) -> [String] { ProjectReader.check(path: path).map(\.message) }

  @Test("an empty file") func empty() throws {
    let path = try Self.temporary([])
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(Self.messages(path) == ["The file is empty."])
  }

  @Test("a file of comments only") func comments() throws {
    let path = try Self.temporary(Array("# nothing\n\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(Self.messages(path) == ["The file is empty."])
  }

  @Test("a file that is not UTF-8, with the line") func latin() throws {
    let path = try Self.temporary(Array("tulou: 1\nname: Stra".utf8) + [0xDF] + Array("e\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let findings = ProjectReader.check(path: path)
    #expect(findings.map(\.message) == ["The file is not UTF-8 text."])
    #expect(findings.first?.place?.line == 2)
  }

  @Test("a file in UTF-16") func wide() throws {
    let path = try Self.temporary([0xFF, 0xFE, 0x74, 0x00, 0x75, 0x00])
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(Self.messages(path) == ["The file is UTF-16, not UTF-8."])
  }

  @Test("a file with null bytes") func null() throws {
    let path = try Self.temporary(Array("tulou: 1\nname: a".utf8) + [0] + Array("b\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(Self.messages(path) == ["A control character stands in the file."])
  }

  @Test("a file of 100 MB is not even read") func huge() throws {
    let path = try Self.temporary([])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 100 << 20)
    try handle.close()
    #expect(Self.messages(path) == ["'\(path)' has 100 MB; at most 8 MB are read."])
  }

  @Test("a folder, and a file that is not there") func absent() {
    #expect(Self.messages("/") == ["'/' is a folder, not a file."])
    #expect(Self.messages("/dev/zero") == ["'/dev/zero' cannot be read: it is no regular file."])
    #expect(Self.messages("nowhere.yaml") == ["There is no file 'nowhere.yaml'."])
  }
}

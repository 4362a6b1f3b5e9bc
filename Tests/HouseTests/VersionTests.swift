import Foundation
import TestSupport
import Testing

/// The version stands in `Build.swift`; whatever else names one follows it.
@Suite("One version") struct VersionTests {
  /// The version of the command, from its declaration.
  static func version() throws -> String {
    let text = try House.text("Sources/TulouCommand/Build.swift")
    return String(try #require(text.firstMatch(of: /static let version = "(\d+\.\d+\.\d+)"/)).1)
  }

  @Test("the citation and the changelog name the version of the command, and the same day") func agreement() throws {
    let version = try Self.version()
    let citation = try House.text("CITATION.cff")
    #expect(citation.contains("\nversion: \(version)\n"))
    let headings = try House.text("CHANGELOG.md").matches(of: /(?m)^## (.+)$/).map { String($0.1) }
    // What is not released yet may stand above.
    let newest = try #require(headings.first { $0 != "Unreleased" })
    let day = try #require(newest.firstMatch(of: /^(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$/), "\(newest)")
    #expect(String(day.1) == version)
    #expect(citation.contains("\ndate-released: \"\(day.2)\"\n"))
    #expect(try House.text("Documentation/validation.md").contains("Tulou \(version)."))
  }

  @Test("the changelog goes by version, newest first, each with its day") func changelog() throws {
    let headings = try House.text("CHANGELOG.md").matches(of: /(?m)^## (.+)$/).map { String($0.1) }
    let versions = try headings.filter { $0 != "Unreleased" }.map { heading in
      let found = try #require(heading.firstMatch(of: /^(\d+)\.(\d+)\.(\d+) - \d{4}-\d\d-\d\d$/), "\(heading)")
      return try [found.1, found.2, found.3].map { try #require(Int($0)) }
    }
    #expect(versions.count >= 2)
    for (newer, older) in zip(versions, versions.dropFirst()) { #expect(older.lexicographicallyPrecedes(newer)) }
  }

  @Test("no other file of the sources states it") func once() throws {
    let version = "\"" + (try Self.version()) + "\""
    let places = House.swiftFiles(in: "Sources").filter { $0.lines.contains { $0.contains(version) } }.map(\.path)
    #expect(places == ["Sources/TulouCommand/Build.swift"])
  }

  @Test("commands that the forge runs are there") func workflows() throws {
    let make = try House.text("Makefile")
    for file in ["ci", "release"] {
      let text = try House.text(".github/workflows/\(file).yml")
      for found in text.matches(of: /\bmake ([a-z-]+)\s*$/.anchorsMatchLineEndings()) {
        #expect(make.contains("\n\(found.1):"), "make \(found.1)")
      }
      for found in text.matches(of: /\bScripts\/[\w-]+/) {
        #expect(FileManager.default.isExecutableFile(atPath: SharedFolder.packageRoot + "/" + found.0), "\(found.0)")
      }
    }
    // The oldest Swift that is tested is the one that the package asks for.
    let manifest = try House.text("Package.swift")
    let tools = try #require(manifest.firstMatch(of: /swift-tools-version: (\d+\.\d+)/)).1
    #expect(try House.text(".github/workflows/ci.yml").contains("swift: [\"\(tools)\""))
  }
}

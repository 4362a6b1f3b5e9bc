import Foundation
import TestSupport
import Testing

/// What goes into a release beside the command: version, completions, manual pages, the list of what it is made of.
@Suite("Parts of a release", .enabled(if: CommandLine.executable != nil)) struct ReleaseTests {
  static func version() throws -> String {
    let said = try CommandLine.run(["--version"], in: CommandLine.scratch())
    return said.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("results carry the version that --version prints, which is that of the citation") func version() throws {
    let version = try Self.version()
    let citation = try String(contentsOfFile: SharedFolder.packageRoot + "/CITATION.cff", encoding: .utf8)
    #expect(citation.contains("\nversion: \(version)\n"))
    let folder = try CommandLine.scratch()
    let example = SharedFolder.packageRoot + "/Examples/minimal.yaml"
    let plan = try CommandLine.run(
      ["plan", example, "--hours", "24", "--quiet", "--json", "--out", "result"], in: folder)
    #expect(plan.status == 0, "\(plan.errors)")
    let printed = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any]
    #expect(printed?["tulou"] as? String == version)
  }

  @Test("completions for three shells name every subcommand", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let folder = try CommandLine.scratch()
    let script = try CommandLine.run(["--generate-completion-script", shell], in: folder)
    #expect(script.status == 0)
    for name in try Self.subcommands() { #expect(script.output.contains(name), "\(name)") }
    if shell == "bash", let bash = Programs.bash {
      let file = folder.appendingPathComponent("tulou.bash")
      try script.output.write(to: file, atomically: true, encoding: .utf8)
      #expect(try Programs.run(bash, ["-n", file.path]).status == 0)
    }
  }

  @Test(
    "manual pages: one for the command, one for each subcommand, with its options", .enabled(if: Programs.python != nil)
  )
  func manual() throws {
    let folder = try CommandLine.scratch().appendingPathComponent("man").path
    let script = SharedFolder.packageRoot + "/Scripts/manual"
    let made = try Programs.run(
      try #require(Programs.python), [script, try #require(CommandLine.executable), folder])
    #expect(made.status == 0, "\(made.errors)")
    let names = try Self.subcommands(), version = try Self.version()
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(pages == (["tulou.1"] + names.map { "tulou-\($0).1" }).sorted())
    for page in pages {
      let text = try String(contentsOfFile: folder + "/" + page, encoding: .utf8)
      #expect(text.contains(".SH NAME") && text.contains("Tulou \(version)"), "\(page)")
      // A line of text that begins with a point would be taken for a request and vanish.
      for line in text.split(separator: "\n") where line.hasPrefix(".") {
        #expect(line.contains(/^\.(TH|SH|TP|PP|B|BR|nf|fi)\b/), "\(page): \(line)")
      }
    }
    let plan = try String(contentsOfFile: folder + "/tulou-plan.1", encoding: .utf8)
    #expect(plan.contains("\\-\\-time\\-limit <s>") && plan.contains("(default: auto)"))
  }

  @Test(
    "the list of what a release is made of holds every pinned package and part", .enabled(if: Programs.python != nil))
  func bill() throws {
    let folder = try CommandLine.scratch(), root = SharedFolder.packageRoot
    for name in ["tulou", "libhighs.so", "plotly.min.js"] {
      try name.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let made = try Programs.run(try #require(Programs.python), [root + "/Scripts/sbom", "1.2.3", folder.path])
    #expect(made.status == 0, "\(made.errors)")
    let bill = try JSONDecoder().decode(Bill.self, from: Data(made.output.utf8))
    #expect(bill.bomFormat == "CycloneDX" && bill.metadata.component.version == "1.2.3")
    let manifest = try String(contentsOfFile: root + "/Package.swift", encoding: .utf8)
    let setUp = try String(contentsOfFile: root + "/Scripts/set-up", encoding: .utf8)
    let packages = manifest.matches(of: #/\/([\w-]+)", exact: "([\d.]+)"/#).map { "\($0.1.lowercased()) \($0.2)" }
    let parts = setUp.matches(of: #/(?m)^part "[^"]+" (\S+) "([\d.]+)"/#).map { "\($0.1) \($0.2)" }
    #expect(packages.count == 2 && parts.count == 2)
    let listed = Set(bill.components.map { "\($0.name) \($0.version)" })
    for wanted in packages + parts { #expect(listed.contains(wanted), "\(wanted) in \(listed)") }
    #expect(bill.components.allSatisfy { !$0.licenses.isEmpty })
    // The digest of the file that is packed; by `printf plotly.min.js | sha256sum`.
    #expect(bill.components.first { $0.name == "plotly" }?.hashes?.first?.content.hasPrefix("9426fc8542d05d28") == true)
  }

  /// The part of CycloneDX that is looked at.
  private struct Bill: Decodable {
    struct Component: Decodable {
      var name: String
      var version: String
      var licenses: [[String: Licence]]
      var hashes: [Hash]?
    }
    struct Hash: Decodable { var content: String }
    enum Licence: Decodable {
      case known
      init(from decoder: any Decoder) throws { self = .known }
    }
    struct Metadata: Decodable { var component: Component }
    var bomFormat: String
    var metadata: Metadata
    var components: [Component]
  }

  /// Names of the subcommands, as the help lists them.
  private static func subcommands() throws -> [String] {
    let help = try CommandLine.run(["--help"], in: CommandLine.scratch()).output
    let list = try #require(help.firstRange(of: "SUBCOMMANDS:"))
    return help[list.upperBound...].matches(of: #/(?m)^  ([a-z-]+) /#).map { String($0.1) }.filter { $0 != "help" }
  }
}

/// An archive of this version, where `Scripts/release` has made one.
enum ReleaseArchive {
  static let path: String? = {
    let folder = SharedFolder.packageRoot + "/out/release"
    guard let version = try? ReleaseTests.version() else { return nil }
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .first { $0.hasPrefix("tulou-\(version)-") && $0.hasSuffix(".tar.gz") }.map { folder + "/" + $0 }
  }()
}

/// The archive works with nothing around it.
@Suite("Archive of a release", .enabled(if: SlowTests.areWanted && ReleaseArchive.path != nil))
struct ReleaseArchiveSlowTests {
  @Test("unpacked in an empty folder, it plans the minimal example in an empty environment") func works() throws {
    let run = try Programs.run(
      try #require(Programs.bash),
      [SharedFolder.packageRoot + "/Scripts/try-release", try #require(ReleaseArchive.path)], limit: 300)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test("its checksum is the one beside it") func checksum() throws {
    let folder = (try #require(ReleaseArchive.path) as NSString).deletingLastPathComponent
    let run = try Programs.run(
      try #require(Programs.bash), ["-c", "sha256sum -c SHA256SUMS || shasum -a 256 -c SHA256SUMS"], in: folder)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }
}

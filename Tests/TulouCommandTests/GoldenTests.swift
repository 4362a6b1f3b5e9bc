import Foundation
import TestSupport
import Testing

/// What the command says and writes for each example is what it said before: `Tests/Golden` holds a file for each run.
///
/// `TULOU_UPDATE_GOLDEN=1` (or `Scripts/update-golden`) writes them anew; their difference is to be read like code. Horizons are
/// short, for speed; main numbers of every example at its full length stand in `PublishedTests/examples.csv`.
@Suite("Golden outputs", .enabled(if: CommandLine.executable != nil)) struct GoldenTests {
  /// A run of the command on an example.
  struct Golden: Sendable, CustomTestStringConvertible {
    /// Name of the golden file.
    var name: String
    /// Arguments, the example by its path below `Examples`.
    var arguments: [String]
    var testDescription: String { name }

    init(_ name: String, _ words: String) {
      self.name = name
      arguments = words.split(separator: " ").map(String.init)
    }
  }

  static let all = [
    Golden("biancheng", "plan biancheng/biancheng.yaml --hours 168"),
    Golden("clinic", "plan clinic.yaml --hours 168"),
    Golden("clinic-simulate", "simulate clinic.yaml --hours 168"),
    Golden("coal-park", "match yongding/coal-park.yaml"),
    Golden("dairy", "plan hourly-csv/dairy.yaml --hours 168"),
    Golden("hongkeng", "plan yongding/hongkeng.yaml --hours 168"),
    Golden("island", "plan island.yaml --hours 168"),
    Golden("island-simulate", "simulate island.yaml --hours 168"),
    Golden("lake", "plan lake.yaml --hours 168"),
    Golden("lng-cold", "match zhoushan/lng-cold.yaml"),
    Golden("minimal", "plan minimal.yaml --hours 168"),
    Golden("minimal-chinese", "plan minimal.yaml --hours 168 --language zh"),
    Golden("minimal-pareto", "pareto minimal.yaml --hours 168"),
    Golden("minimal-search", "search minimal.yaml --hours 168 --points 3"),
    Golden(
      "minimal-sensitivity", "sensitivity minimal.yaml --hours 168 --vary components.roof.capital=x0.8,x1,x1.2"),
    Golden("shenzhen-advanced", "plan shenzhen/advanced.yaml --hours 168"),
    Golden("shenzhen-experimental", "plan shenzhen/experimental.yaml --hours 168"),
    Golden("shenzhen-line", "plan shenzhen/line.yaml --hours 168 --solver highs"),
    Golden("shenzhen-pilot", "plan shenzhen/pilot.yaml --hours 168"),
    Golden("shenzhen-stages", "stages shenzhen/stages.yaml --hours 168"),
    Golden("town", "plan meter/town.yaml"),
    Golden("weather-years", "plan weather-years.yaml --hours 48"),
    Golden("xizhou", "plan xizhou/xizhou.yaml --hours 168"),
    Golden("xizhou-network", "plan xizhou/network.yaml"),
    Golden("yanqing-carbon", "carbon yanqing/yanqing.yaml"),
    Golden("yanqing-cluster", "plan yanqing/cluster.yaml --hours 168"),
    Golden("yanqing-load-factor", "carbon yanqing/load-factor.yaml"),
    Golden("zhoushan", "plan zhoushan/zhoushan.yaml --hours 48"),
  ]

  private static let version = (try? ReleaseTests.version()) ?? "VERSION"
  private static let folder = SharedFolder.packageRoot + "/Tests/Golden/"

  @Test("numbers to 1e-9, text for text", arguments: all) func golden(_ golden: Golden) throws {
    let scratch = try CommandLine.scratch()
    var arguments = golden.arguments
    arguments[1] = SharedFolder.packageRoot + "/Examples/" + arguments[1]
    // Without plotly.js the charts are drawn into the page, so that what they say is compared too.
    let run = try CommandLine.run(
      arguments + ["--out", "out", "--quiet", "--threads", "1"], in: scratch,
      environment: ["TULOU_PLOTLY": "/nonexistent/plotly.min.js"])
    // HiGHS is not everywhere; where it is, no run may miss it.
    if run.status == 5 {
      #expect(
        !FileManager.default.fileExists(atPath: SharedFolder.packageRoot + "/.tulou/libhighs.so"), "\(run.errors)")
      return
    }
    let found = GoldenText(run, folder: scratch.appendingPathComponent("out"), version: Self.version)
    let path = Self.folder + golden.name + ".txt"
    if ProcessInfo.processInfo.environment["TULOU_UPDATE_GOLDEN"] != nil {
      try found.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let expected = GoldenText(file: try String(contentsOfFile: path, encoding: .utf8))
    let differences = found.differences(from: expected)
    #expect(differences.isEmpty, "\(golden.name): \(differences.joined(separator: "\n"))")
    guard !golden.arguments.contains("--language") else { return }
    let strange = try PageTexts.strange(in: scratch.appendingPathComponent("out"), file: arguments[1])
    #expect(strange.isEmpty, "texts outside the language files: \(strange.joined(separator: "\n"))")
  }

  @Test("every file is that of a run, and every example has one") func files() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".txt") }
    #expect(names.sorted() == Self.all.map { $0.name + ".txt" }.sorted())
    let examples = SharedFolder.packageRoot + "/Examples"
    let run = Set(Self.all.map { $0.arguments[1] })
    for path in try FileManager.default.subpathsOfDirectory(atPath: examples) where path.hasSuffix(".yaml") {
      let text = try String(contentsOfFile: examples + "/" + path, encoding: .utf8)
      if text.contains("\ntulou: 1") { #expect(run.contains(path), "\(path) has no golden file") }
    }
  }

  @Test("what counts as the same") func comparison() {
    #expect(GoldenText.agree("\"value\": 1.0000000001,", "\"value\": 1,"))
    #expect(!GoldenText.agree("\"value\": 1.00000001,", "\"value\": 1,"))
    #expect(!GoldenText.agree("\"value\": 1 kW", "\"value\": 1 kWh"))
    #expect(!GoldenText.agree("1 2", "1"))
  }
}

import Foundation
import Testing

/// `--set`: a value of the command line stands for the file's, with its unit checked, and the lock file keeps it.
@Suite("Values on the command line", .enabled(if: CommandLine.executable != nil)) struct SettingOptionTests {
  /// 10 kW all day from a grid at 0.2 EUR/kWh.
  private static let shop = """
    tulou: 1
    name: Shop
    site: {latitude: 50 deg, longitude: 10 deg, time_zone: UTC}
    horizon: {start: 2025-01-01, length: 24 h}
    economy: {currency: EUR, lifetime: 10 y, real_discount_rate: 0 %}
    buses: {ac: {carrier: electricity}}
    demands: {load: {bus: ac, power: 10 kW}}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, emission: 0.4 kg/kWh}
    """

  private func folder() throws -> URL {
    let folder = try CommandLine.scratch()
    try Self.shop.write(to: folder.appendingPathComponent("shop.yaml"), atomically: true, encoding: .utf8)
    return folder
  }

  private func cost(_ arguments: [String], _ folder: URL) throws -> Double {
    let run = try CommandLine.run(arguments + ["--json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let result = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return try #require((result["objective"] as? [String: Any])?["value"] as? Double)
  }

  @Test("a factor, a value with a unit, a list; the lock file plans to the same") func changed() throws {
    let folder = try folder()
    let base = try cost(["plan", "shop.yaml", "--out", "a"], folder)
    #expect(abs(base - 10 * 24 * 0.2) < 1e-6 * base || abs(base - 10 * 8760 * 0.2) < 1e-6 * base)
    let double = try cost(["plan", "shop.yaml", "--set", "demands.load.power=x2", "--out", "b"], folder)
    #expect(abs(double - 2 * base) < 1e-6 * base)
    let both = try cost(
      [
        "plan", "shop.yaml", "--set", "demands.load.power=0.03 MW", "--set", "markets.grid.buy=100 EUR/MWh",
        "--out", "c",
      ], folder)
    #expect(abs(both - 1.5 * base) < 1e-6 * base)
    #expect(abs(try cost(["plan", "c/project.lock.yaml", "--out", "d"], folder) - both) < 1e-6 * base)
  }

  @Test(
    "what cannot be is told with the option's own text, and nothing is written",
    arguments: [
      (["demands.laod.power=x2"], Int32(1), "demands.load"), (["demands.load.power=3 EUR"], 1, "--set"),
      (["demands.load.power"], 2, "path=value"), (["demands.load.power="], 2, "path=value"),
      (["name=A", "name=B"], 2, "twice"), (["demands.load=[1"], 1, "--set"),
    ])
  func refused(settings: [String], status: Int32, words: String) throws {
    let folder = try folder()
    let run = try CommandLine.run(
      ["plan", "shop.yaml", "--out", "o"] + settings.flatMap { ["--set", $0] }, in: folder)
    #expect(run.status == status && (run.errors + run.output).contains(words), "\(run.status) \(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/o"))
  }
}

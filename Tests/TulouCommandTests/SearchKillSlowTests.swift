import Foundation
import TestSupport
import Testing

/// A search killed outright: no signal is caught, nothing is written any more.
@Suite("A search that is killed", .enabled(if: SlowTests.areWanted && CommandLine.executable != nil))
struct SearchKillSlowTests {
  @Test(
    "loses less than a minute of work, and the same command comes to the same files", arguments: ["grid", "evolve"])
  func killed(method: String) throws {
    let folder = try CommandLine.scratch()
    // Two machines are more than lanes take; a year hour by hour takes some seconds a hundred designs.
    let text = """
      tulou: 1
      name: Killed
      horizon: {start: 2025-01-01, length: 1 y, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
      buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
      demands: {load: {bus: ac, power: 30 kW, tiers: {normal: 100 %}}}
      reliability: {unserved_cost: {normal: 5 EUR/kWh}}
      components:
        battery: {kind: storage, bus: ac, round_trip: 90 %, hours: 4 h, capacity: {max: 60 kW}, capital: {energy: 150 EUR/kWh}, life: 12 y}
        set: {kind: generator, fuel: tank, power: ac, efficiency: 35 %, minimum_load: 30 %, capacity: {max: 60 kW}, capital: 500 EUR/kW, life: 10 y}
        more: {kind: generator, fuel: tank, power: ac, efficiency: 30 %, capacity: {max: 20 kW}, capital: 400 EUR/kW, life: 10 y}
      markets: {oil: {bus: tank, class: N, buy: 1.2 EUR/l}}
      """
    try text.write(to: folder.appendingPathComponent("p.yaml"), atomically: true, encoding: .utf8)
    let arguments = [
      "search", "p.yaml", "--method", method, "--points", "11", "--most", "1400", "--no-bound", "--open", "0",
      "--quiet",
      "--threads", "1",
    ]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.executable ?? "/nonexistent")
    process.arguments = arguments + ["--out", "s"]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let state = folder.path + "/.s.checkpoint/state"
    let begin = Date()
    while !FileManager.default.fileExists(atPath: state), process.isRunning, Date().timeIntervalSince(begin) < 60 {
      Thread.sleep(forTimeInterval: 0.2)
    }
    let first = Date().timeIntervalSince(begin)
    #expect(first < 60)
    Thread.sleep(forTimeInterval: 3)
    try #require(process.isRunning)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/s/result.json"))
    let rest = try CommandLine.run(arguments.filter { $0 != "--quiet" } + ["--out", "s"], in: folder)
    #expect(rest.status == 0 && rest.errors.contains("Went on after"), "\(rest.errors)")
    let whole = try CommandLine.run(arguments + ["--out", "w"], in: folder)
    #expect(whole.status == 0, "\(whole.errors)")
    for file in ["candidates.csv", "rejected.csv", "surface.csv", "categorized.csv", "rejections.csv"] {
      let paths = ["s", "w"].map { folder.path + "/\($0)/" + file }
      #expect(
        FileManager.default.contents(atPath: paths[0]) == FileManager.default.contents(atPath: paths[1]), "\(file)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/.s.checkpoint"))
  }
}

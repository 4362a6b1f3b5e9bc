import Foundation
import Testing

/// Exit codes, streams and files of model.md section 7, seen from outside.
@Suite("Contract of the command", .enabled(if: CommandLine.executable != nil)) struct ContractTests {
  static let park = """
    tulou: 1
    name: Park & <yard> 🌞
    horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y, salvage: linear}
    buses: {ac: {carrier: electricity}}
    demands: {load: {bus: ac, power: 40 kW}}
    components:
      pv: {kind: source, bus: ac, class: S.sun, availability: {file: sun.csv, column: share}, capacity: {max: 200 kW}, capital: 700 EUR/kW, operation: 12 EUR/kW/y, life: 25 y}
      battery: {kind: storage, bus: ac, round_trip: 90 %, standing_loss: 0.01 %/h, hours: 4 h, capacity: {max: 50 kW}, capital: {power: 100 EUR/kW, energy: 150 EUR/kWh}, life: 12 y}
    markets:
      grid: {bus: ac, class: N, buy: 0.20 EUR/kWh, sell: 0.05 EUR/kWh, limit: {buy: 100 kW, sell: 100 kW}, emission: 0.5 kg/kWh}
    """

  private func folder(_ text: String = park) throws -> URL {
    let folder = try CommandLine.scratch()
    var lines = ["share"]
    for hour in 0..<8760 {
      let clock = Double(hour % 24)
      lines.append("\(max(0, (clock - 6) * (18 - clock) / 40))")
    }
    try lines.joined(separator: "\n")
      .write(to: folder.appendingPathComponent("sun.csv"), atomically: true, encoding: .utf8)
    try text.write(to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
    return folder
  }

  private func result(_ folder: URL, _ out: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent(out + "/result.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("a plan writes its files, ends with 0 and says where the report is") func plan() throws {
    let folder = try folder()
    let run = try CommandLine.run(["plan", "park.yaml", "--quiet"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("out/park/report.html"))
    for file in ["result.json", "flows.csv", "cashflow.csv", "report.html", "project.lock.yaml"] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/out/park/" + file), "\(file)")
    }
    let page = try String(contentsOfFile: folder.path + "/out/park/report.html", encoding: .utf8)
    #expect(page.contains("Park &amp; &lt;yard&gt; 🌞"))
  }

  @Test("--json prints the result on standard output and nothing else") func json() throws {
    let folder = try folder()
    let run = try CommandLine.run(["plan", "park.yaml", "--json"], in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let keys = [
      "tulou", "project", "status", "solver", "objective", "sizes", "indicators", "members", "balance", "cash_flow",
      "warnings", "assumptions", "timing",
    ]
    for key in keys { #expect(object?[key] != nil, "\(key)") }
    #expect((object?["objective"] as? [String: Any])?["unit"] as? String == "EUR/y")
  }

  @Test("the lock file, another zone, language and number of threads give the same result") func again() throws {
    let folder = try folder()
    _ = try CommandLine.run(["plan", "park.yaml", "--out", "one", "--threads", "1"], in: folder)
    let run = try CommandLine.run(
      ["plan", "one/project.lock.yaml", "--out", "two", "--threads", "2"], in: folder,
      environment: ["TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"])
    #expect(run.status == 0, "\(run.errors)")
    var first = try result(folder, "one"), second = try result(folder, "two")
    first["timing"] = nil
    second["timing"] = nil
    #expect(NSDictionary(dictionary: first) == NSDictionary(dictionary: second))
    for file in ["flows.csv", "cashflow.csv"] {
      let a = try Data(contentsOf: folder.appendingPathComponent("one/" + file))
      let b = try Data(contentsOf: folder.appendingPathComponent("two/" + file))
      #expect(a == b, "\(file)")
    }
  }

  @Test("a wrong project ends with 1, names place and key, and writes nothing") func fault() throws {
    let folder = try folder(
      Self.park.replacingOccurrences(of: "capacity: {max: 200 kW}", with: "capcity: {max: 200 kW}"))
    let run = try CommandLine.run(["plan", "park.yaml"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("park.yaml:8:"), "\(run.errors)")
    #expect(run.errors.contains("capacity"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test("wrong usage ends with 2") func usage() throws {
    let folder = try folder()
    #expect(try CommandLine.run(["plan"], in: folder).status == 2)
    #expect(try CommandLine.run(["plan", "park.yaml", "--solver", "magic"], in: folder).status == 2)
    #expect(try CommandLine.run(["plan", "park.yaml", "--sizes", "pv"], in: folder).status == 2)
    #expect(try CommandLine.run(["frob"], in: folder).status == 2)
  }

  @Test("limits in conflict end with 3 and are explained") func infeasible() throws {
    let text = Self.park.replacingOccurrences(
      of: "limit: {buy: 100 kW, sell: 100 kW}", with: "limit: {buy: 1 kW, sell: 1 kW}")
    let folder = try folder(text)
    let run = try CommandLine.run(["plan", "park.yaml"], in: folder)
    #expect(run.status == 3, "\(run.errors)")
    #expect(
      (run.output + run.errors).contains("markets.grid.limit.buy") || (run.output + run.errors).contains("purchase"))
  }

  @Test("no plan and no proof in the time given ends with 4, says so and writes nothing") func withoutPlan() throws {
    let folder = try folder()
    let run = try CommandLine.run(["plan", "park.yaml", "--time-limit", "0.000001", "--out", "none"], in: folder)
    #expect(run.status == 4, "\(run.errors)")
    #expect(run.output.isEmpty && run.errors.contains("before a plan was found"))
    #expect(run.errors.hasSuffix("Nothing was written.\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("none").path))
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("results").path))
  }

  @Test("without HiGHS all but its solves work; asking for it ends with 5 and says how to get it") func missing() throws
  {
    let folder = try folder()
    let absent = ["TULOU_HIGHS": "/nonexistent/libhighs.so"]
    #expect(try CommandLine.run(["plan", "park.yaml"], in: folder, environment: absent).status == 0)
    let run = try CommandLine.run(["plan", "park.yaml", "--solver", "highs"], in: folder, environment: absent)
    #expect(run.status == 5)
    #expect(run.errors.contains("highsbox"), "\(run.errors)")
  }

  @Test("given sizes are dispatched as they are") func sizes() throws {
    let folder = try folder()
    let run = try CommandLine.run(["plan", "park.yaml", "--sizes", "pv=120,battery=10", "--out", "given"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let sizes = try result(folder, "given")["sizes"] as? [String: [String: Any]]
    #expect(sizes?["pv"]?["capacity"] as? Double == 120)
  }
}

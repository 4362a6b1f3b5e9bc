import Foundation
import Testing

/// `tulou simulate` seen from outside: exit codes, files, lines of refusals.
@Suite("Contract of simulate", .enabled(if: CommandLine.executable != nil)) struct SimulateContractTests {
  static let island = """
    tulou: 1
    name: Island
    horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y, salvage: linear}
    carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
    buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
    demands: {load: {bus: ac, power: 40 kW, tiers: {normal: 100 %}}}
    reliability: {unserved_cost: {normal: 5 EUR/kWh}}
    components:
      battery: {kind: storage, bus: ac, round_trip: 90 %, hours: 4 h, capacity: {fixed: 20 kW}, capital: {energy: 150 EUR/kWh}, life: 12 y}
      set: {kind: generator, fuel: tank, power: ac, efficiency: 35 %, minimum_load: 30 %, capacity: {fixed: 60 kW}, capital: 500 EUR/kW, life: 10 y}
    markets: {oil: {bus: tank, class: N, buy: 1.2 EUR/l}}
    """

  private func folder(_ text: String = island) throws -> URL {
    let folder = try CommandLine.scratch()
    try text.write(to: folder.appendingPathComponent("island.yaml"), atomically: true, encoding: .utf8)
    return folder
  }

  @Test("writes its files, ends with 0, explains an hour") func simulate() throws {
    let folder = try folder()
    let run = try CommandLine.run(["simulate", "island.yaml", "--strategy", "cycle_charging"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("cycle charging; the rule costs"))
    for file in ["result.json", "flows.csv", "cashflow.csv", "reasons.csv", "report.html", "project.lock.yaml"] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/out/island/simulation/" + file), "\(file)")
    }
    let hours = try Data(contentsOf: folder.appendingPathComponent("out/island/simulation/timeseries.json"))
    let series = try #require(try JSONSerialization.jsonObject(with: hours) as? [String: Any])
    let stamps = try #require(series["time"] as? [String]),
      columns = try #require(series["columns"] as? [String: [Double]])
    #expect(!columns.isEmpty && columns.values.allSatisfy { $0.count == stamps.count })
    #expect((series["words"] as? [String: [String]])?["reasons"]?.count == stamps.count)
    let data = try Data(contentsOf: folder.appendingPathComponent("out/island/simulation/result.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["status"] as? String == "feasible")
    #expect((object["simulation"] as? [String: Any])?["strategy"] as? String == "cycle_charging")
    let explained = try CommandLine.run(["explain", "out/island/simulation", "--hour", "2025-01-01T18"], in: folder)
    #expect(explained.status == 0 && explained.output.contains("battery: ") && explained.output.contains("set: "))
    let report = try CommandLine.run(["report", "out/island/simulation"], in: folder)
    #expect(report.status == 0, "\(report.errors)")
  }

  @Test("plan --solver rules is the same path") func rules() throws {
    let folder = try folder()
    let run = try CommandLine.run(["plan", "island.yaml", "--solver", "rules"], in: folder)
    #expect(run.status == 0 && run.output.contains("load following"), "\(run.errors)")
  }

  @Test("faults end with 1 and name the line, usage ends with 2") func faults() throws {
    let free = Self.island.replacingOccurrences(of: "capacity: {fixed: 60 kW}", with: "capacity: {max: 60 kW}")
    let run = try CommandLine.run(["simulate", "island.yaml"], in: try folder(free))
    #expect(run.status == 1 && run.errors.contains("island.yaml:11:") && run.errors.contains("--sizes set=..."))
    let sized = try CommandLine.run(
      ["simulate", "island.yaml", "--sizes", "set=60,battery.power=20", "--no-foresight"], in: try folder(free))
    #expect(sized.status == 0, "\(sized.errors)")
    let peak = try CommandLine.run(["simulate", "island.yaml", "--strategy", "peak_shaving"], in: try folder())
    #expect(peak.status == 1 && peak.errors.contains("no market of electricity"))
    let usage = try CommandLine.run(["simulate", "island.yaml", "--strategy", "magic"], in: try folder())
    #expect(usage.status == 2)
  }

  @Test("search ranks, says how to open a row, and rejects by name") func search() throws {
    let free = Self.island.replacingOccurrences(of: "capacity: {fixed: 60 kW}", with: "capacity: {max: 60 kW}")
      .replacingOccurrences(of: "capacity: {fixed: 20 kW}", with: "capacity: {options: {values: [0, 20], unit: kW}}")
    let folder = try folder(free)
    let run = try CommandLine.run(["search", "island.yaml", "--points", "4"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("8 of 8 designs, grid") && run.output.contains("tulou simulate island.yaml --sizes"))
    for file in ["result.json", "candidates.csv", "categorized.csv", "report.html", "project.lock.yaml"] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/out/island/search/" + file), "\(file)")
    }
    let rows = try String(contentsOfFile: folder.path + "/out/island/search/candidates.csv", encoding: .utf8)
    #expect(
      rows.hasPrefix("id,rank,type,dispatch,feasible,reason,warning,battery [kW],set [kW],npc [EUR]"),
      "\(rows.prefix(200))")
    #expect(rows.split(separator: "\n").count == 9)
    let line = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("Open it") })
    let words = line.split(separator: " ").map(String.init)
    let opened = try CommandLine.run(Array(words[3...]) + ["--no-foresight"], in: folder)
    #expect(opened.status == 0, "\(opened.errors)")
    let fixed = try CommandLine.run(["search", "island.yaml"], in: try self.folder())
    #expect(fixed.status == 1 && fixed.errors.contains("nothing to search"))
    let strict = free + "\nlimits: {renewable_fraction: {min: 90 %}}\n"
    let none = try CommandLine.run(["search", "island.yaml", "--points", "3"], in: try self.folder(strict))
    #expect(none.status == 3 && none.output.contains("Rejected"), "\(none.errors)")
  }

  /// What forced shedding and spilling left in the pages: the sentence of the summary and the numbers of the energy.
  private func numbers(_ page: String) -> [String] {
    let plain = page.replacingOccurrences(of: "<[^>]*>", with: "\n", options: .regularExpression)
    return plain.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { line in
      ["Not all demand is served", "All in all it costs", "The rule costs", "The year was run"].contains {
        line.hasPrefix($0)
      }
    }
  }

  @Test("every table stands in files, and report draws a simulated year again with what was shed and thrown away")
  func tablesAndReport() throws {
    // Demand that may not be shed, a machine that is too small, a source that must run, a bus that may not spill.
    let tight = Self.island.replacingOccurrences(of: ", tiers: {normal: 100 %}", with: "")
      .replacingOccurrences(of: "reliability: {unserved_cost: {normal: 5 EUR/kWh}}", with: "")
      .replacingOccurrences(of: "capacity: {fixed: 60 kW}", with: "capacity: {fixed: 30 kW}")
      .replacingOccurrences(of: "fixed: 20 kW", with: "fixed: 2 kW")
      .replacingOccurrences(
        of: "components:",
        with:
          "components:\n  mill: {kind: source, bus: ac, class: S.hydro, availability: {file: mill.csv, column: share}, must_take: true, capacity: {fixed: 80 kW}, capital: 100 EUR/kW, life: 20 y}"
      )
    let folder = try folder(tight)
    let hours = (0..<8760).map { $0 % 24 < 4 ? "1" : "0" }
    try ("share\n" + hours.joined(separator: "\n"))
      .write(to: folder.appendingPathComponent("mill.csv"), atomically: true, encoding: .utf8)
    let run = try CommandLine.run(["simulate", "island.yaml"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let place = folder.path + "/out/island/simulation/"
    let first = numbers(try String(contentsOfFile: place + "report.html", encoding: .utf8))
    #expect(first.contains { $0.hasPrefix("Not all demand is served") } && first.count >= 3, "\(first)")
    let drawn = try CommandLine.run(["report", "out/island/simulation"], in: folder)
    #expect(drawn.status == 0, "\(drawn.errors)")
    let page = try String(contentsOfFile: place + "report.html", encoding: .utf8)
    #expect(numbers(page) == first, "\(numbers(page))")
    #expect(page.contains("Why the hours went as they did"))
    for name in [
      "summary", "cost_component_type", "cashflow", "replacement_schedule", "electrical", "penetration",
      "device_source",
      "device_generator", "device_storage", "emissions", "reliability",
    ] {
      let csv = try String(contentsOfFile: place + "tables/\(name).csv", encoding: .utf8)
      #expect(csv.split(separator: "\n").count > 1, "\(name)")
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: place + "tables.json"))
    let tables = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let electrical = try #require((tables["electrical"] as? [String: Any])?["rows"] as? [[String: Any]])
    func sum(_ parts: [String]) -> Double {
      electrical.reduce(0) { sum, row in
        parts.contains(row["part"] as? String ?? "") ? sum + (row["year"] as? Double ?? 0) : sum
      }
    }
    // What was paid for stored energy stands beside the reasons, and is read again.
    let reasons = try String(contentsOfFile: place + "reasons.csv", encoding: .utf8)
    #expect(reasons.prefix { $0 != "\n" }.contains("battery paid for content [EUR/kWh]"))
    // Made and taken out of storages = served, put into storages, thrown away.
    let made = sum(["production", "storage_out"]), used = sum(["consumption", "storage_in", "excess"])
    #expect(abs(made - used) < 1e-6 * made && sum(["unmet"]) > 0 && sum(["excess"]) > 0, "\(made) \(used)")
  }

  @Test("compare says what the extra capital of the second earns") func compare() throws {
    let folder = try folder()
    let small = try CommandLine.run(
      ["simulate", "island.yaml", "--no-foresight", "--out", "large"], in: folder)
    #expect(small.status == 0, "\(small.errors)")
    let other = try CommandLine.run(
      ["simulate", "island.yaml", "--no-foresight", "--sizes", "set=45,battery.power=5", "--out", "small"], in: folder)
    #expect(other.status == 0, "\(other.errors)")
    let both = try CommandLine.run(["compare", "small", "large", "--out", "both"], in: folder)
    let headings = both.output.split(separator: "\n").filter { $0 == "Sizes" || $0 == "Indicators" }
    #expect(headings.count == 2, "\(both.output)")
    #expect(both.status == 0 && both.output.contains("Extra capital"), "\(both.errors)")
    let page = try String(contentsOfFile: folder.path + "/both/report.html", encoding: .utf8)
    #expect(page.contains("What the extra capital brings back"))
    // In the language that all projects name; one alone decides nothing.
    for (name, isChinese) in [("small", false), ("large", true)] {
      let lock = folder.appendingPathComponent(name + "/project.lock.yaml")
      try (String(contentsOf: lock, encoding: .utf8) + "\nlanguage: zh\n").write(
        to: lock, atomically: true, encoding: .utf8)
      #expect(try CommandLine.run(["compare", "small", "large", "--out", "both"], in: folder).status == 0)
      let page = try String(contentsOfFile: folder.path + "/both/report.html", encoding: .utf8)
      #expect(page.contains("lang=\"zh") == isChinese, "\(name)")
    }
  }
}

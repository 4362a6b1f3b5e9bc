import Foundation
import Testing

/// `search`, `break-even` and the sensitivities of rules seen from outside.
@Suite("Commands that search", .enabled(if: CommandLine.executable != nil)) struct SearchCommandTests {
  /// Three days on an island with everything free.
  static let island = """
    tulou: 1
    name: Island
    horizon: {start: 2025-01-01, length: 72 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y, salvage: linear}
    carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
    buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
    demands: {load: {bus: ac, power: {file: hours.csv, column: load, unit: kW}, tiers: {normal: 100 %}}}
    reliability: {unserved_cost: {normal: 5 EUR/kWh}}
    components:
      sun: {kind: source, bus: ac, class: S.sun, availability: {file: hours.csv, column: sun}, capacity: {max: 200 kW}, capital: 900 EUR/kW, life: 25 y}
      battery: {kind: storage, bus: ac, round_trip: 90 %, hours: 4 h, capacity: {max: 60 kW}, capital: {energy: 150 EUR/kWh}, life: 12 y}
      set: {kind: generator, fuel: tank, power: ac, efficiency: 35 %, minimum_load: 30 %, capacity: {max: 60 kW}, capital: 500 EUR/kW, life: 10 y}
    markets: {oil: {bus: tank, class: N, buy: 1.2 EUR/l}}
    """

  private func folder(_ more: String = "", island text: String = island) throws -> URL {
    let folder = try CommandLine.scratch()
    var lines = ["load,sun"]
    for hour in 0..<8760 {
      let clock = Double(hour % 24)
      lines.append("\(30 + 10 * Double(hour % 5)),\(max(0, (clock - 6) * (18 - clock) / 40))")
    }
    try lines.joined(separator: "\n")
      .write(to: folder.appendingPathComponent("hours.csv"), atomically: true, encoding: .utf8)
    try (text + "\n" + more).write(to: folder.appendingPathComponent("island.yaml"), atomically: true, encoding: .utf8)
    return folder
  }

  private func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("several strategies, a base case, rows opened as full plans whose numbers are those of the row") func opened()
    throws
  {
    let folder = try folder()
    let run = try CommandLine.run(
      ["search", "island.yaml", "--points", "4", "--strategy", "load_following,cycle_charging", "--open", "2"],
      in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("128 of 128 designs") && run.output.contains("perfect foresight with these sizes"))
    let place = folder.path + "/out/island/search/"
    let result = try json(place + "result.json")
    let best = try #require(result["best"] as? [String: Any])
    #expect(best["plan"] as? String == "plans/1" && (best["rule_excess"] as? Double ?? -1) >= -1e-9)
    let plan = try json(place + "plans/1/result.json")
    let cost = try #require(
      ((plan["indicators"] as? [String: Any])?["net_present_cost"] as? [String: Any])?["value"] as? Double)
    #expect(abs(cost - (try #require(best["npc"] as? Double))) <= 1e-9 * abs(cost))
    #expect(FileManager.default.fileExists(atPath: place + "plans/2/report.html"))
    let base = try #require(result["comparison"] as? [String: Any])
    let saved = try #require(base["present_worth"] as? Double)
    #expect(abs((try #require(base["base_npc"] as? Double)) - cost - saved) <= 1e-6 * abs(cost))
    #expect(base["irr"] is Double && base["payback_simple"] is Double)
    let again = try CommandLine.run(["report", place + "plans/1"], in: folder)
    #expect(again.status == 0, "\(again.errors)")
    let given = try CommandLine.run(
      ["search", "island.yaml", "--points", "2", "--base", "set=60", "--out", "b", "--no-bound"], in: folder)
    #expect(given.status == 0, "\(given.errors)")
    #expect(
      ((try json(folder.path + "/b/result.json")["comparison"] as? [String: Any])?["base_type"] as? String) == "set")
    let rows = try String(contentsOfFile: place + "candidates.csv", encoding: .utf8).split(separator: "\n")
    for column in [
      "coe_served [EUR/kWh]", "rf_direct", "lpsp", "gap_to_bound", "sun.energy [kWh/y]", "battery.throughput [kWh/y]",
      "set.hours [h/y]", "exergy_eff", ",reason,warning,",
    ] {
      #expect(rows[0].contains(column), "\(column)")
    }
    #expect(rows.contains { $0.contains(",cycle_charging,") })
    let surface = try String(contentsOfFile: place + "surface.csv", encoding: .utf8).split(separator: "\n")
    #expect(surface.count == 49 && surface[1].hasPrefix("sun,battery,0,0,"))
    let page = try String(contentsOfFile: place + "report.html", encoding: .utf8)
    for part in [
      "data-explorer=\"rows\"", "data-explorer=\"surface\"", "id=\"fig-search-scatter-data\"",
      "id=\"fig-search-surface-data\"", "Exergy efficiency",
    ] {
      #expect(page.contains(part), "\(part)")
    }
  }

  /// Starts a command and sends SIGINT when its folder or the clock says so.
  private func interrupted(_ arguments: [String], in folder: URL, after seconds: Double) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.executable ?? "/nonexistent")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    if process.isRunning { process.interrupt() }
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(
    "Ctrl-C keeps what is there and ends with 130; the same command goes on to the same end",
    arguments: ["grid", "evolve"])
  func interruption(method: String) throws {
    // Two machines are more than lanes take: designs go hour by hour, slowly enough to be stopped.
    let slow =
      Self.island.replacingOccurrences(of: "length: 72 h", with: "length: 1000 h")
        + """

          more: {kind: generator, fuel: tank, power: ac, efficiency: 30 %, capacity: {max: 20 kW}, capital: 400 EUR/kW, life: 10 y}
        """.replacingOccurrences(of: "    more", with: "  more")
    let text =
      slow.replacingOccurrences(of: "markets: {oil: {bus: tank, class: N, buy: 1.2 EUR/l}}", with: "")
      + "\nmarkets: {oil: {bus: tank, class: N, buy: 1.2 EUR/l}}\n"
    let folder = try folder(island: text)
    let arguments = [
      "search", "island.yaml", "--method", method, "--points", "4", "--most", "300", "--no-bound", "--open", "0",
      "--quiet",
      "--threads", "1",
    ]
    var status: Int32 = 0
    var seconds = 2.0
    // On a quick machine it may be done before the signal comes, on a slow one not yet begun.
    for _ in 0..<4 {
      try? FileManager.default.removeItem(atPath: folder.path + "/s")
      status = try interrupted(arguments + ["--out", "s"], in: folder, after: seconds)
      if status == 130 { break }
      seconds /= 2
    }
    try #require(status == 130)
    let part = try json(folder.path + "/s/result.json")
    #expect(part["status"] as? String == "cancelled")
    let done = try #require((part["search"] as? [String: Any])?["evaluated"] as? Double)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/s/report.html"))
    // Stopped again at once, it loses nothing.
    let again = try interrupted(arguments + ["--out", "s"], in: folder, after: min(0.3, seconds / 4))
    if again == 130 {
      let still = try json(folder.path + "/s/result.json")
      #expect(try #require((still["search"] as? [String: Any])?["evaluated"] as? Double) >= done)
      #expect((still["candidates"] as? [Any])?.count ?? 0 >= (part["candidates"] as? [Any])?.count ?? 0)
    }
    let rest = try CommandLine.run(arguments.filter { $0 != "--quiet" } + ["--out", "s"], in: folder)
    #expect(rest.status == 0, "\(rest.errors)")
    if done > 0 { #expect(rest.errors.contains("Went on after"), "\(rest.errors)") }
    let whole = try CommandLine.run(arguments + ["--out", "w"], in: folder)
    #expect(whole.status == 0, "\(whole.errors)")
    let ours = try json(folder.path + "/s/result.json"), theirs = try json(folder.path + "/w/result.json")
    func best(_ result: [String: Any]) -> Double? { (result["best"] as? [String: Any])?["value"] as? Double }
    #expect(best(ours) != nil && best(ours) == best(theirs))
    func count(_ result: [String: Any]) -> Double? { (result["search"] as? [String: Any])?["evaluated"] as? Double }
    #expect(count(ours) == count(theirs))
    for file in ["candidates.csv", "rejected.csv", "surface.csv", "categorized.csv"] {
      let paths = ["s", "w"].map { folder.path + "/\($0)/" + file }
      #expect(
        FileManager.default.contents(atPath: paths[0]) == FileManager.default.contents(atPath: paths[1]), "\(file)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/.s.checkpoint"))
  }

  @Test("studies of kinds search and simulate stand in the file") func fileStudies() throws {
    let folder = try folder(
      """
      studies:
        sizes: {kind: search, strategies: [load_following, cycle_charging], method: grid, points: 3, candidates: {set: [20 kW, 60 kW]}}
        night: {kind: simulate, strategies: [cycle_charging], set_point: 80 %, sizes: {sun: 50 kW, battery: 20 kW, set: 0.06 MW}}
      """)
    let search = try CommandLine.run(["search", "island.yaml", "--no-bound", "--open", "0"], in: folder)
    #expect(search.status == 0 && search.output.contains("36 of 36 designs"), "\(search.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/island/sizes/candidates.csv"))
    let night = try CommandLine.run(["simulate", "island.yaml", "--study", "night", "--no-foresight"], in: folder)
    #expect(night.status == 0 && night.output.contains("cycle charging to 80 %"), "\(night.errors)")
    let wrong = try self.folder("studies: {s: {kind: search, objectives: [co2, land]}}")
    let refused = try CommandLine.run(["check", "island.yaml"], in: wrong)
    #expect(refused.status == 1 && refused.errors.contains("has no 'objectives'"), "\(refused.errors)\(refused.output)")
  }

  @Test("least of a size, cases answered by a search, maps of what is best to build") func sensitivities() throws {
    let folder = try folder()
    let least = try CommandLine.run(
      [
        "sensitivity", "island.yaml", "--vary", "limits.renewable_fraction=min: 30 %,min: 60 %", "--least", "sun",
      ], in: folder)
    #expect(least.status == 1, "a path has to name a number: \(least.output)")
    let limited = try self.folder("limits: {renewable_fraction: {min: 40 %}}")
    let found = try CommandLine.run(
      [
        "sensitivity", "island.yaml", "--vary", "limits.renewable_fraction.min=20 %,40 %,60 %", "--least", "sun",
        "--out", "l",
      ], in: limited)
    #expect(found.status == 0, "\(found.errors)")
    let cases = try #require(try json(limited.path + "/l/result.json")["cases"] as? [[String: Any]])
    let sizes = cases.dropFirst().compactMap { $0["value"] as? Double }
    #expect(sizes.count == 3 && sizes[0] < sizes[1] && sizes[1] < sizes[2], "\(sizes)")
    let map = try CommandLine.run(
      [
        "sensitivity", "island.yaml", "--by", "search", "--points", "3", "--vary", "markets.oil.buy=x0.1,x1,x3",
        "--vary",
        "components.sun.capital=x0.3,x1,x40", "--mode", "grid", "--out", "m",
      ], in: folder)
    #expect(map.status == 0, "\(map.errors)")
    let page = try String(contentsOfFile: folder.path + "/m/report.html", encoding: .utf8)
    #expect(page.contains("What is best to build") && page.contains("Squares are plans"))
    let rows = try #require(try json(folder.path + "/m/result.json")["cases"] as? [[String: Any]])
    #expect(Set(rows.compactMap { $0["system"] as? String }).count > 1)
    // One of the cases, searched alone.
    let alone = try CommandLine.run(
      ["search", "island.yaml", "--points", "3", "--no-bound", "--open", "0", "--out", "a"], in: folder)
    #expect(alone.status == 0)
    let best = try #require((try json(folder.path + "/a/result.json")["best"] as? [String: Any])?["value"] as? Double)
    #expect(rows[0]["value"] as? Double == best)
    #expect(
      try CommandLine.run(["sensitivity", "island.yaml", "--vary", "markets.oil.buy=x1", "--by", "magic"], in: folder)
        .status == 2)
  }

  @Test(
    "break-evens: a price at which an indicator turns, one at which two designs cost the same, the length of a line")
  func breakEven() throws {
    let folder = try folder()
    let share = try CommandLine.run(
      [
        "break-even", "island.yaml", "--vary", "markets.oil.buy=0.1 EUR/l,3 EUR/l", "--reaches",
        "renewable_fraction=50 %",
        "--out", "r",
      ], in: folder)
    #expect(share.status == 0, "\(share.errors)")
    let first = try json(folder.path + "/r/result.json")
    let crossing = try #require((first["crossings"] as? [[String: Any]])?.first)
    let price = try #require(crossing["value"] as? Double)
    #expect(crossing["rising"] as? Bool == true && price > 0.1 && price < 3)
    // Plans on both sides of it.
    func fraction(_ price: Double) throws -> Double {
      let text = Self.island.replacingOccurrences(of: "buy: 1.2 EUR/l", with: "buy: \(price) EUR/l")
      let other = try self.folder(island: text)
      #expect(try CommandLine.run(["plan", "island.yaml", "--out", "p"], in: other).status == 0)
      let indicators = try #require(try json(other.path + "/p/result.json")["indicators"] as? [String: Any])
      return try #require((indicators["renewable_fraction"] as? [String: Any])?["value"] as? Double)
    }
    #expect(try fraction(price - 0.01) < 0.5)
    #expect(try fraction(price + 0.01) > 0.5)
    let two = try CommandLine.run(
      [
        "break-even", "island.yaml", "--vary", "markets.oil.buy=x0.05,x3", "--alternative",
        "diesel: components.sun.capacity.max=0 kW", "--alternative", "sun: components.sun.capacity.min=100 kW",
        "--json",
      ], in: folder)
    #expect(two.status == 0, "\(two.errors)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(two.output.utf8)) as? [String: Any])
    #expect((object["crossings"] as? [Any])?.count == 1 && object["answer_unit"] as? String == "EUR/y")
    let again = try CommandLine.run(
      [
        "break-even", "island.yaml", "--vary", "markets.oil.buy=0.1 EUR/l,0.2 EUR/l", "--reaches",
        "renewable_fraction=99.9 %",
      ], in: folder)
    #expect(again.status == 3 && again.output.contains("stays below"), "\(again.output)")
    // A price of carbon at which sun beats diesel burnt at a low price, and the same turn by the price of the fuel.
    let carbon = try self.folder(
      island: Self.island.replacingOccurrences(of: "economy: {", with: "economy: {carbon_price: 0 EUR/t, ")
        .replacingOccurrences(of: "buy: 1.2 EUR/l", with: "buy: 0.2 EUR/l"))
    func turn(_ vary: String, _ out: String) throws -> Double {
      let found = try CommandLine.run(
        ["break-even", "island.yaml", "--vary", vary, "--reaches", "renewable_fraction=63 %", "--out", out], in: carbon)
      #expect(found.status == 0, "\(found.errors)")
      let crossings = try json(carbon.path + "/\(out)/result.json")["crossings"] as? [[String: Any]]
      return try #require(crossings?.first?["value"] as? Double)
    }
    let tonne = try turn("economy.carbon_price=0 EUR/t,800 EUR/t", "carbon")
    let litre = try turn("markets.oil.buy=0.2 EUR/l,3 EUR/l", "fuel")
    // A litre emits 2.67 kg: both turns are one price of a litre.
    #expect(abs(0.2 + tonne * 2.67e-3 - litre) < 0.02 * litre, "\(tonne) EUR/t, \(litre) EUR/l")
    let grid = try self.folder(
      """
      studies: {cable: {kind: break_even, line: {market: main, capital: 20000 EUR/km, operation: 100 EUR/km/y}}}
      """,
      island: Self.island.replacingOccurrences(
        of: "markets: {oil:", with: "markets: {main: {bus: ac, class: N, buy: 0.2 EUR/kWh, limit: {buy: 100 kW}}, oil:")
    )
    let cable = try CommandLine.run(["break-even", "island.yaml", "--out", "c"], in: grid)
    #expect(cable.status == 0 && cable.output.contains("pays up to"), "\(cable.errors)")
    let line = try json(grid.path + "/c/result.json")
    let without = try #require(line["without"] as? Double), with = try #require(line["with"] as? Double)
    let recovery = 0.05 / (1 - pow(1.05, -20))
    let length = try #require(line["distance"] as? Double)
    #expect(abs(length - (without - with) / (20_000 * recovery + 100)) < 1e-9 * length)
    #expect(try CommandLine.run(["break-even", "island.yaml"], in: folder).status == 2)
    #expect(
      try CommandLine.run(
        ["break-even", "island.yaml", "--vary", "markets.oil.buy=x1,x2", "--reaches", "co3=1 t/y"], in: folder
      ).status == 2)
  }
}

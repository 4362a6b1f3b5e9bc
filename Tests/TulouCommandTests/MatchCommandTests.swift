import Foundation
import TestSupport
import Testing

/// `tulou match` from file to page.
@Suite("tulou match", .enabled(if: CommandLine.executable != nil)) struct MatchCommandTests {
  private func json(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  @Test("Kalundborg: nine partners with seats, 25 streams, and the power station's failure hurts most")
  func kalundborg() throws {
    let folder = try CommandLine.scratch()
    #expect(try CommandLine.run(["init", "kalundborg"], in: folder).status == 0)
    let run = try CommandLine.run(
      ["match", "kalundborg/project.yaml", "--without", "all", "--alternatives", "2", "--out", "out"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("The failure of Asnæs power station hurts most"), "\(run.output)")
    let result = try json(String(contentsOf: folder.appendingPathComponent("out/result.json"), encoding: .utf8))
    // Who could as well go on as planned is not hurt: nobody by the fish farm, and the waste water of none but Novozymes lacks.
    #expect(run.output.contains("7 of 16 other partners, 7 of which"), "\(run.output)")
    for (away, failure) in result["partner_failure"] as? [String: [String: Any]] ?? [:] {
      for victim in failure["victims"] as? [[String: Any]] ?? [] {
        let loss = (victim["loss"] as? NSNumber)?.doubleValue ?? 0
        let missing = (victim["missing_share"] as? NSNumber)?.doubleValue ?? 0
        #expect(loss > 0 || (missing > 0.3 && away.hasPrefix("novozymes")), "\(away): \(victim)")
        #expect(missing == 0 || missing > 1e-6, "\(away): \(victim)")
      }
    }
    let sources = result["sources"] as? [String: Any] ?? [:]
    #expect(sources.keys.filter { $0.hasPrefix("s") }.count == 25)
    let association = result["association"] as? [String: Any] ?? [:]
    #expect((association["board"] as? [String])?.count == 9)
    #expect((result["matches"] as? [Any])?.count ?? 0 >= 20)
    let page = try String(contentsOf: folder.appendingPathComponent("out/match.html"), encoding: .utf8)
    for part in [
      "map-layout", "sankey-energy-before", "sankey-energy-after", "grand-composite", "Who serves whom",
      "Beside public reports", "5 fly ash to Cement maker", "world without the symbiosis",
    ] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test("examples", arguments: ["yongding/coal-park.yaml", "zhoushan/lng-cold.yaml"])
  func examples(name: String) throws {
    let folder = try CommandLine.scratch()
    let file = SharedFolder.packageRoot + "/Examples/" + name
    let run = try CommandLine.run(
      ["match", file, "--out", "out", "--reduction-first", "--trade-off", "co2,money", "--points", "3"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("Trade-off") && run.output.contains("Heat targets") == name.hasPrefix("yongding"))
    try expectsPossible(run.output)
  }

  @Test("what a pipe loses is not recovered") func losses() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01}
      economy: {currency: EUR, real_discount_rate: 5 %}
      partners: {kiln: {role: private, at: [55 deg, 11 deg]}, dryer: {role: private, at: [55.03 deg, 11 deg]}}
      streams:
        out: {gas: {partner: kiln, kind: heat, supply: 220 degC, return: 110 degC, amount: 2000 kW}}
        in: {air: {partner: dryer, kind: heat, from: 25 degC, needs: 75 degC, amount: 900 kW, buys: 0.28 EUR/kWh}}
      routes: {default: {heat: {loss: 3 %/km}}}
      """
    let found = try run(text)
    #expect(found.output.contains("recovers 100 % of what thermodynamics allows"), "\(found.output) \(found.errors)")
  }

  /// No match recovers more than thermodynamics allows.
  private func expectsPossible(_ output: String) throws {
    guard let line = output.split(separator: "\n").first(where: { $0.contains("of what thermodynamics allows") }) else {
      return
    }
    let share = try #require(line.split(separator: " ").compactMap { Double($0) }.first, "\(line)")
    #expect(share <= 100, "\(line)")
  }

  private static let park = """
    tulou: 1
    horizon: {start: 2027-01-01}
    economy: {currency: EUR, real_discount_rate: 5 %}
    partners: {a: {role: private}, b: {role: private}, c: {role: private}}
    streams:
      out:
        ash: {partner: a, kind: material, amount: 10 kt/y, disposal: 5 EUR/t}
        warm: {partner: a, kind: heat, supply: 60 degC, return: 30 degC, amount: 1 MW}
      in:
        clinker: {partner: b, kind: material, amount: 8 kt/y, buys: 20 EUR/t}
        bricks: {partner: c, kind: material, amount: 8 kt/y, buys: 15 EUR/t}
        hot: {partner: b, kind: heat, needs: 90 degC, amount: 1 MW, buys: 0.05 EUR/kWh}
    """

  private func run(_ text: String, _ options: [String] = []) throws -> CommandLine.Result {
    let folder = try CommandLine.scratch()
    try text.write(to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
    return try CommandLine.run(["match", "park.yaml"] + options, in: folder)
  }

  @Test("60 degC never serves 90 degC, and that is said with kelvins") func tooCold() throws {
    let found = try run(Self.park, ["--json"])
    let result = try json(found.output)
    let rejected = result["rejected"] as? [[String: Any]] ?? []
    #expect(rejected.first { $0["sink"] as? String == "hot" }?["reason"] as? String == "too cold by 40 K")
    // Worth: 8 kt at 25, 2 kt at 20.
    #expect(abs(((result["value"] as? NSNumber)?.doubleValue ?? 0) - 240_000) < 0.5)
  }

  @Test("agreements that contradict each other are named") func contradiction() throws {
    let deals = """

      agreements:
        first: {between: [a, b], streams: [ash], minimum: 60 %}
        second: {between: [a, c], streams: [ash], minimum: 60 %}
      """
    let found = try run(Self.park + deals)
    #expect(found.status == 3 && found.errors.contains("'first', 'second' cannot be kept together"), "\(found.errors)")
    // 60 % of 10,000 t twice.
    #expect(
      found.errors.contains("Asked are 12000 t a year, and 10000 t are the most that can be sent."), "\(found.errors)")
    let one = try run(Self.park + deals.replacing("second: {between: [a, c]", with: "second: {between: [a, b]"))
    #expect(one.status == 0, "\(one.errors)")
  }

  @Test("a design with failures in view is not worse by its own count, and names both") func robust() throws {
    for rule in ["0.2", "shares"] {
      let found = try run(
        Self.park.replacing("c: {role: private}", with: "c: {role: private, away: 5 %}"), ["--robust", rule, "--json"])
      #expect(found.status == 0, "\(found.errors)")
      let robust = try json(found.output)["robust"] as? [String: Any] ?? [:]
      func number(_ key: String) -> Double { (robust[key] as? NSNumber)?.doubleValue ?? .nan }
      #expect(number("weighed") <= number("weighed_of_best") * (1 + 1e-6) && number("price") >= -1e-6, "\(robust)")
      #expect((robust["loss"] as? [String: Any])?.count == 3)
    }
    let words = try run(Self.park, ["--robust", "0.2"])
    #expect(words.output.contains("Robust design"), "\(words.output)")
  }

  @Test("wrong words are usage") func usage() throws {
    #expect(try run(Self.park, ["--robust", "often"]).status == 2)
    #expect(try run(Self.park, ["--robust", "-1"]).status == 2)
    #expect(try run(Self.park, ["--without", "d"]).status == 2)
    #expect(try run(Self.park, ["--trade-off", "co2"]).status == 2)
    #expect(try run(Self.park, ["--alternatives", "0"]).status == 2)
    #expect(
      try run("tulou: 1\nhorizon: {start: 2027-01-01}\neconomy: {currency: EUR, real_discount_rate: 5 %}").status == 1)
  }

  /// A stream of 100 kW beside a need of 80 kW that else costs 0.05 EUR/kWh; carrying costs 0.004 EUR/kWh and 12 EUR/kW/y.
  @Test("a stream that feeds a bus gives 'plan' and 'match' the same numbers") func joint() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {hot: {carrier: heat, supply: 60 degC, return: 40 degC}}
      demands: {works: {bus: hot, power: 80 kW}}
      markets: {heat: {bus: hot, class: N, buy: 0.05 EUR/kWh, emission: 0.2 kg/kWh}}
      partners: {a: {role: private}, b: {role: private}}
      streams:
        out:
          warm: {partner: a, kind: heat, supply: 95 degC, return: 50 degC, amount: 100 kW, BUS}
        in:
          use: {partner: b, kind: heat, from: 40 degC, needs: 60 degC, amount: 80 kW, buys: 0.05 EUR/kWh, emission: 0.2 kg/kWh}
      routes: {default: {heat: {transport: 0.004 EUR/kWh, capacity_cost: 12 EUR/kW/y}}}
      """
    let folder = try CommandLine.scratch()
    func planned(_ bus: String) throws -> Double {
      try text.replacing(", BUS", with: bus).write(
        to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
      let run = try CommandLine.run(["plan", "park.yaml", "--json", "--quiet", "--out", "plan"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let indicators = try json(run.output)["indicators"] as? [String: [String: Any]] ?? [:]
      return (indicators["annual_cost"]?["value"] as? NSNumber)?.doubleValue ?? .nan
    }
    let without = try planned(""), with = try planned(", bus: hot")
    let match = try CommandLine.run(["match", "park.yaml", "--json", "--quiet", "--out", "match"], in: folder)
    let value = (try json(match.output)["value"] as? NSNumber)?.doubleValue ?? .nan
    #expect(abs(value - 80 * (8760 * 0.046 - 12)) < 1e-3, "\(value)")
    #expect(abs(without - with - value) < 1e-6 * without, "\(without) - \(with), match \(value)")
  }

  /// Giver and taker on one bus: the stream out is a source, the stream in a demand, the way has a fixed cost in both counts.
  @Test("a need that a bus serves is a demand of the plan, with the same numbers") func jointNeed() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01, length: 8760 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {hot: {carrier: heat, supply: 60 degC, return: 40 degC}}
      markets: {heat: {bus: hot, class: N, buy: 0.05 EUR/kWh, emission: 0.2 kg/kWh}}
      partners: {a: {role: private}, b: {role: private}}
      streams:
        out:
          warm: {partner: a, kind: heat, supply: 95 degC, return: 50 degC, amount: 100 kW, profile: day, BUS}
        in:
          use: {partner: b, kind: heat, from: 40 degC, needs: 60 degC, amount: 80 kW, buys: 0.05 EUR/kWh, emission: 0.2 kg/kWh, bus: hot}
      routes: {default: {heat: {transport: 0.004 EUR/kWh, capacity_cost: 12 EUR/kW/y, fixed: 900 EUR/y}}}
      """
    let folder = try CommandLine.scratch()
    func planned(_ bus: String) throws -> Double {
      try text.replacing(", BUS", with: bus).write(
        to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
      let run = try CommandLine.run(
        ["plan", "park.yaml", "--hours", "8760", "--solver", "highs", "--json", "--quiet", "--out", "plan"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let indicators = try json(run.output)["indicators"] as? [String: [String: Any]] ?? [:]
      return (indicators["annual_cost"]?["value"] as? NSNumber)?.doubleValue ?? .nan
    }
    let without = try planned(""), with = try planned(", bus: hot")
    let match = try CommandLine.run(["match", "park.yaml", "--json", "--quiet", "--out", "match"], in: folder)
    let value = (try json(match.output)["value"] as? NSNumber)?.doubleValue ?? .nan
    #expect(abs(without - 80 * 8760 * 0.05) < 1e-3, "\(without)")
    #expect(value > 0 && abs(without - with - value) < 1e-4 * without, "\(without) - \(with), match \(value)")
    // A bus that is too cold for the need says by how much.
    try text.replacing(", BUS", with: "").replacing("needs: 60 degC", with: "needs: 75 degC").write(
      to: folder.appendingPathComponent("cold.yaml"), atomically: true, encoding: .utf8)
    let cold = try CommandLine.run(["check", "cold.yaml"], in: folder)
    #expect(cold.status == 1 && (cold.errors + cold.output).contains("too cold for 'use' by 15 K"), "\(cold.errors)")
  }

  /// 60 kW of which the way of 2 km lets 43/45 be sent (95 degC to 40 + 10 + 2 degC of 95 to 50) and 98 % of that arrive.
  @Test("a way by its length costs and loses the same in 'plan' and in 'match'") func jointWay() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01, length: 8760 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {hot: {carrier: heat, supply: 60 degC, return: 40 degC}}
      markets: {heat: {bus: hot, class: N, buy: 0.05 EUR/kWh, emission: 0.2 kg/kWh}}
      partners: {a: {role: private}, b: {role: private}, c: {role: private}}
      streams:
        out:
          warm: {partner: a, kind: heat, supply: 95 degC, return: 50 degC, amount: 60 kW, BUS}
        in:
          use: {partner: b, kind: heat, from: 40 degC, needs: 60 degC, amount: 80 kW, buys: 0.05 EUR/kWh, emission: 0.2 kg/kWh, bus: hot}
      routes:
        default:
          heat: {transport: 0.001 EUR/kWh, transport_per_length: 0.0005 EUR/kWh/km, emission_per_length: 0.001 kg/kWh/km, loss: 1 %/km, cooling: 1 K/km, capacity_cost: 12 EUR/kW/y, fixed: 300 EUR/y, investment: {per_length: 40 EUR/m, life: 25 y}}
        a->b: {distance: 2 km}
      """
    let folder = try CommandLine.scratch()
    func planned(_ text: String) throws -> (cost: Double, co2: Double, output: String) {
      try text.write(to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
      let run = try CommandLine.run(
        ["plan", "park.yaml", "--hours", "8760", "--solver", "highs", "--json", "--quiet", "--out", "plan"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let indicators = try json(run.output)["indicators"] as? [String: [String: Any]] ?? [:]
      func number(_ key: String) -> Double { (indicators[key]?["value"] as? NSNumber)?.doubleValue ?? .nan }
      return (number("annual_cost"), number("co2"), run.output)
    }
    let without = try planned(text.replacing(", BUS", with: ""))
    let near = text.replacing(", BUS", with: ", bus: hot")
    let with = try planned(near)
    #expect(!with.output.contains("by its length"))
    let match = try json(
      try CommandLine.run(["match", "park.yaml", "--json", "--quiet", "--out", "match"], in: folder).output)
    let value = (match["value"] as? NSNumber)?.doubleValue ?? .nan
    let sent = 60 * 43.0 / 45, pipe = 80_000 * 0.05 / (1 - pow(1.05, -25))
    let byHand = 8760 * sent * (0.98 * 0.05 - 0.002) - 12 * sent - 300 - pipe
    #expect(abs(value - byHand) < 1e-6 * byHand, "\(value), by hand \(byHand)")
    #expect(abs(without.cost - with.cost - value) < 1e-6 * without.cost, "\(without.cost) - \(with.cost)")
    #expect(
      abs(1000 * (without.co2 - with.co2) - 8760 * sent * (0.98 * 0.2 - 0.002)) < 1e-3, "\(without.co2) - \(with.co2)")
    // A bus of two partners has no place, and that is said, until a route names one.
    let two = near.replacing(
      "    use: {partner: b, kind: heat, from: 40 degC, needs: 60 degC, amount: 80 kW",
      with: """
            also: {partner: c, kind: heat, from: 40 degC, needs: 60 degC, amount: 50 kW, buys: 0.05 EUR/kWh, bus: hot}
            use: {partner: b, kind: heat, from: 40 degC, needs: 60 degC, amount: 30 kW
        """)
    let nowhere = try planned(two)
    #expect(nowhere.output.contains("by its length") && nowhere.cost < with.cost - 1000, "\(nowhere.cost)")
    let somewhere = try planned(two.replacing("  a->b: {distance: 2 km}", with: "  warm->hot: {distance: 2 km}"))
    #expect(abs(somewhere.cost - with.cost) < 1e-6 * with.cost, "\(somewhere.cost), \(with.cost)")
    #expect(!somewhere.output.contains("by its length"))
  }
}

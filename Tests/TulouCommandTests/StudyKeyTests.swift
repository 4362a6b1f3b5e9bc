import Foundation
import Testing

/// What the keys of a study in the file do, each by two values of it; the commands run it by its name.
@Suite("Keys of studies in the file", .enabled(if: CommandLine.executable != nil)) struct StudyKeyTests {
  private static let sizes = "sizes: {sun: 50 kW, battery: 20 kW, set: 60 kW}"

  /// The result of a study of the island of `SearchCommandTests`, cut to a day.
  private func result(_ command: [String], _ study: String, more: String = "", grid: String = "") throws
    -> [String: Any]
  {
    let folder = try CommandLine.scratch()
    var lines = ["load,sun"]
    for hour in 0..<24 {
      let clock = Double(hour)
      lines.append("\(30 + 10 * Double(hour % 5)),\(max(0, (clock - 6) * (18 - clock) / 40))")
    }
    try lines.joined(separator: "\n")
      .write(to: folder.appendingPathComponent("hours.csv"), atomically: true, encoding: .utf8)
    let text = SearchCommandTests.island.replacingOccurrences(of: "length: 72 h", with: "length: 24 h")
      .replacingOccurrences(of: "markets: {oil:", with: "markets: {\(grid)oil:")
    try (text + "\nstudies: {s: {\(study)}}\n" + more)
      .write(to: folder.appendingPathComponent("island.yaml"), atomically: true, encoding: .utf8)
    let run = try CommandLine.run(command + ["island.yaml", "--study", "s", "--out", "o"], in: folder)
    #expect(run.status == 0, "\(study): \(run.errors)")
    let data = try Data(contentsOf: folder.appendingPathComponent("o/result.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The value of the case with which a sensitivity begins.
  private func base(_ study: String, more: String = "") throws -> Double {
    let vary = "kind: sensitivity, vary: {markets.oil.buy: [x2]}, "
    let cases = try result(["sensitivity"], vary + study, more: more)["cases"] as? [[String: Any]]
    return try #require(cases?.first?["value"] as? Double)
  }

  /// Where a break-even crosses.
  private func crossing(_ study: String) throws -> Double {
    let vary = "kind: break_even, points: 4, vary: {markets.oil.buy: [0.1 EUR/l, 3 EUR/l]}, "
    let found = try result(["break-even"], vary + study)["crossings"] as? [[String: Any]]
    return try #require(found?.first?["value"] as? Double)
  }

  @Test("by and sizes: a rule with given sizes costs more than the plan; least: another size, another answer")
  func answers() throws {
    let plan = try base("by: plan")
    let rule = try base("by: simulate, \(Self.sizes)")
    #expect(rule > plan * 1.001)
    #expect(abs(try base("by: simulate, \(Self.sizes.replacingOccurrences(of: "50", with: "90"))") - rule) > 1)
    let limit = "limits: {renewable_fraction: {min: 40 %}}"
    let sun = try base("least: sun", more: limit), set = try base("least: set", more: limit)
    #expect(sun > 1 && abs(sun - set) > 1)
  }

  @Test("threshold: combined dispatch charges in cycles at another load")
  func threshold() throws {
    func cost(_ threshold: String) throws -> Double {
      let found = try result(
        ["simulate", "--no-foresight"],
        "kind: simulate, strategies: [combined], threshold: \(threshold), \(Self.sizes)")
      let one = (found["indicators"] as? [String: Any])?["net_present_cost"] as? [String: Any]
      return try #require(one?["value"] as? Double)
    }
    let low = try cost("10 %"), high = try cost("95 %")
    #expect(abs(low - high) > 1)
  }

  @Test("years: the best designs are simulated year by year, and ranked by that")
  func years() throws {
    func best(_ more: String) throws -> [String: Any] {
      let found = try result(["search", "--no-bound", "--open", "0"], "kind: search, points: 2" + more)
      return try #require(found["best"] as? [String: Any])
    }
    #expect(try best("")["years_npc"] == nil)
    let three = try #require(try best(", years: 3")["years_npc"] as? Double)
    let five = try #require(try best(", years: 5")["years_npc"] as? Double)
    #expect(three > 0 && five > three)
  }

  @Test("reaches: a higher fraction at a higher price; alternatives: other ones cross elsewhere")
  func crossings() throws {
    let low = try crossing("result: renewable_fraction, reaches: 40 %")
    let high = try crossing("result: renewable_fraction, reaches: 60 %")
    #expect(high > low)
    func between(_ sun: String) throws -> Double {
      try crossing(
        "alternatives: {diesel: {components.sun.capacity.max: 0 kW}, sun: {components.sun.capacity.min: \(sun)}}")
    }
    let cheap = try between("100 kW"), dear = try between("200 kW")
    #expect(dear > cheap)
  }

  @Test("line: a dearer one pays for less length, and so does a line to a dearer market")
  func line() throws {
    let grid =
      "main: {bus: ac, class: N, buy: 0.2 EUR/kWh, limit: {buy: 100 kW}}, far: {bus: ac, class: N, buy: 0.3 EUR/kWh, limit: {buy: 100 kW}}, "
    func length(_ market: String, _ capital: Int, _ operation: Int) throws -> Double {
      let line = "line: {market: \(market), capital: \(capital) EUR/km, operation: \(operation) EUR/km/y}"
      return try #require(
        try result(["break-even"], "kind: break_even, \(line)", grid: grid)["distance"] as? Double)
    }
    let first = try length("main", 20_000, 100)
    #expect(try length("main", 30_000, 100) < first * 0.9)
    #expect(try length("main", 20_000, 900) < first * 0.99)
    #expect(abs(try length("far", 20_000, 100) - first) > 1e-6 * first)
  }
}

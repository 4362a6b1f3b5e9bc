import Foundation
import Testing

/// `pareto` and `sensitivity` seen from outside: files, exit codes, resumption.
@Suite("Commands of the studies", .enabled(if: CommandLine.executable != nil)) struct StudyCommandTests {
  /// The park with dear panels, so that fewer of them are worth while and its goals disagree.
  private static let park = ContractTests.park.replacingOccurrences(
    of: "capital: 700 EUR/kW", with: "capital: 2500 EUR/kW")

  private func folder(_ more: String = "") throws -> URL {
    let folder = try CommandLine.scratch()
    var lines = ["share"]
    for hour in 0..<8760 {
      let clock = Double(hour % 24)
      lines.append("\(max(0, (clock - 6) * (18 - clock) / 40))")
    }
    try lines.joined(separator: "\n")
      .write(to: folder.appendingPathComponent("sun.csv"), atomically: true, encoding: .utf8)
    try (Self.park + "\n" + more)
      .write(to: folder.appendingPathComponent("park.yaml"), atomically: true, encoding: .utf8)
    return folder
  }

  private func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Text of a file without the seconds that it took.
  private func text(_ path: String) throws -> String {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard path.hasSuffix("result.json"), let range = text.range(of: "\"timing\"") else { return text }
    return String(text[..<range.lowerBound])
  }

  @Test("a front writes its files, every point as a plan whose lock file plans to it again") func front() throws {
    let folder = try folder()
    let run = try CommandLine.run(["pareto", "park.yaml", "--points", "4", "--out", "f"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("4 of 4 points"), "\(run.output)")
    let result = try json(folder.path + "/f/result.json")
    let points = try #require(result["points"] as? [[String: Any]])
    #expect(points.count == 4 && result["status"] as? String == "optimal")
    for point in points {
      let proof = try #require(point["certificate"] as? [String: Any])
      #expect(try #require(proof["gap"] as? Double) < 2e-6)
    }
    for file in ["front.csv", "report.html", "project.lock.yaml", "points/02/report.html", "points/04/flows.csv"] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/f/" + file), "\(file)")
    }
    let again = try CommandLine.run(
      ["plan", "f/points/03/project.lock.yaml", "--out", "third"], in: folder)
    #expect(again.status == 0, "\(again.errors)")
    let planned = try #require(
      (try json(folder.path + "/third/result.json")["objective"] as? [String: Any])?["value"] as? Double)
    let drawn = try #require(points[2]["first"] as? Double)
    #expect(abs(planned - drawn) < 2e-6 * drawn)
  }

  @Test("an interrupted front goes on to the same bytes") func resumed() throws {
    let folder = try folder()
    let first = try CommandLine.run(
      ["pareto", "park.yaml", "--points", "5", "--threads", "1", "--out", "f"], in: folder)
    #expect(first.status == 0, "\(first.errors)")
    let names = ["front.csv", "report.html", "result.json"]
    let whole = try names.map { try text(folder.path + "/f/" + $0) }
    // What an interruption leaves: three points, and a line torn apart.
    let path = folder.path + "/f/points.jsonl"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    try #require(lines.count == 6)
    try (lines.prefix(4).joined(separator: "\n") + "\n" + lines[4].prefix(40))
      .write(toFile: path, atomically: true, encoding: .utf8)
    for name in names { try FileManager.default.removeItem(atPath: folder.path + "/f/" + name) }
    let second = try CommandLine.run(
      ["pareto", "park.yaml", "--points", "5", "--threads", "2", "--out", "f"], in: folder)
    #expect(second.status == 0 && second.errors.contains("3 of 5 points"), "\(second.errors)")
    for (name, old) in zip(names, whole) { #expect(try text(folder.path + "/f/" + name) == old, "\(name)") }
  }

  @Test("wrong goals end with 2 and name the right ones, limits in conflict with 3") func faults() throws {
    let folder = try folder()
    let run = try CommandLine.run(["pareto", "park.yaml", "--objectives", "net_present_cost,co3"], in: folder)
    #expect(run.status == 2 && run.errors.contains("Did you mean 'co2'"), "\(run.errors)")
    #expect(try CommandLine.run(["pareto", "park.yaml", "--points", "1"], in: folder).status == 2)
    #expect(try CommandLine.run(["pareto", "park.yaml", "--objectives", "co2,co2"], in: folder).status == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    #expect(try CommandLine.run(["pareto", "park.yaml", "--study", "x"], in: folder).status == 2)
    let tight = try String(contentsOfFile: folder.path + "/park.yaml", encoding: .utf8)
      .replacingOccurrences(of: "limit: {buy: 100 kW, sell: 100 kW}", with: "limit: {buy: 1 kW, sell: 1 kW}")
    try tight.write(toFile: folder.path + "/tight.yaml", atomically: true, encoding: .utf8)
    #expect(try CommandLine.run(["pareto", "tight.yaml", "--points", "3"], in: folder).status == 3)
  }

  @Test("a grid holds the plans that 'plan' makes one by one") func grid() throws {
    let folder = try folder()
    let run = try CommandLine.run(
      [
        "sensitivity", "park.yaml", "--vary", "components.pv.capital=x0.5,900 EUR/kW", "--vary",
        "markets.grid.buy=0.1 EUR/kWh .. 0.3 EUR/kWh / 3", "--mode", "grid", "--out", "s",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let cases = try #require(try json(folder.path + "/s/result.json")["cases"] as? [[String: Any]])
    #expect(cases.count == 7)
    for one in cases {
      let settings = try #require(one["settings"] as? [String: String])
      guard settings["components.pv.capital"] == "900 EUR/kW" else { continue }
      let price = try #require(settings["markets.grid.buy"])
      let text = Self.park.replacingOccurrences(of: "capital: 2500 EUR/kW", with: "capital: 900 EUR/kW")
        .replacingOccurrences(of: "buy: 0.20 EUR/kWh", with: "buy: \(price)")
      try text.write(toFile: folder.path + "/one.yaml", atomically: true, encoding: .utf8)
      let plan = try CommandLine.run(["plan", "one.yaml", "--out", "one"], in: folder)
      #expect(plan.status == 0, "\(plan.errors)")
      let value = try #require(
        (try json(folder.path + "/one/result.json")["objective"] as? [String: Any])?["value"] as? Double)
      #expect(abs(value - (try #require(one["value"] as? Double))) < 1e-9 * value)
    }
    let page = try String(contentsOfFile: folder.path + "/s/report.html", encoding: .utf8)
    #expect(page.contains("markets.grid.buy"))
  }

  @Test("a sensitivity goes on to the same bytes, and takes cases of another mode over") func sensitivityResumed()
    throws
  {
    let folder = try folder()
    let arguments = [
      "sensitivity", "park.yaml", "--vary", "components.pv.capital=x0.5 .. x2 / 4", "--vary",
      "economy.lifetime=x0.8,x1.2",
      "--out", "s",
    ]
    #expect(try CommandLine.run(arguments, in: folder).status == 0)
    let names = ["cases.csv", "report.html", "result.json"]
    let whole = try names.map { try text(folder.path + "/s/" + $0) }
    let path = folder.path + "/s/cases.jsonl"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    try (lines.prefix(3).joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let second = try CommandLine.run(arguments + ["--threads", "1"], in: folder)
    #expect(second.status == 0 && second.errors.contains("2 of 7 cases"), "\(second.errors)")
    for (name, old) in zip(names, whole) { #expect(try text(folder.path + "/s/" + name) == old, "\(name)") }
    let tornado = try CommandLine.run(arguments + ["--mode", "tornado"], in: folder)
    #expect(tornado.status == 0 && tornado.errors.contains("5 of 5 cases"), "\(tornado.errors)")
  }

  @Test("a wrong path ends with 1 and names the nearest; a wrong unit too; nothing to vary ends with 2") func paths()
    throws
  {
    let folder = try folder()
    func run(_ vary: String...) throws -> CommandLine.Result {
      try CommandLine.run(["sensitivity", "park.yaml"] + vary.flatMap { ["--vary", $0] }, in: folder)
    }
    let path = try run("component.pv.captal=x0.5,x2")
    #expect(path.status == 1 && path.errors.contains("'components.pv.capital'"), "\(path.errors)")
    let unit = try run("components.pv.capital=5 kg,x2")
    #expect(unit.status == 1 && unit.errors.contains("5 kg"), "\(unit.errors)")
    #expect(try run().status == 2)
    #expect(try run("components.pv.capital").status == 2)
    #expect(try run("components.pv.capital=x1 .. 3 EUR/kW").status == 1)
    #expect(try run("components.pv.capital=x1", "components.pv.capital=x2").status == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test("studies of the file are run by their names") func studies() throws {
    let folder = try folder(
      """
      studies:
        front: {kind: pareto, objectives: [net_present_cost, outside_energy], points: 3}
        sun: {kind: sensitivity, vary: {components.pv.capital: [x0.7, x1.3]}, mode: tornado, result: co2}
      """)
    let front = try CommandLine.run(["pareto", "park.yaml"], in: folder)
    #expect(front.status == 0 && front.output.contains("3 of 3 points"), "\(front.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/park/front/front.csv"))
    let sun = try CommandLine.run(["sensitivity", "park.yaml", "--study", "sun", "--json"], in: folder)
    #expect(sun.status == 0, "\(sun.errors)")
    let result = try #require(try JSONSerialization.jsonObject(with: Data(sun.output.utf8)) as? [String: Any])
    #expect(result["result"] as? String == "co2" && (result["tornado"] as? [Any])?.count == 1)
  }
}

@Suite("The command that reproduces", .enabled(if: CommandLine.executable != nil)) struct ReproduceCommandTests {
  @Test("prints all cases in one shape, and ends with 0 where every verdict is the known one") func all() throws {
    let folder = try CommandLine.scratch()
    let done = try CommandLine.run(["reproduce", "all", "--tables-only", "--json"], in: folder)
    #expect(done.status == 0, "\(done.errors)")
    let cases = try #require(
      try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [[String: Any]])
    #expect(cases.map { $0["case"] as? String } == ["shenzhen", "xizhou", "yanqing", "clusters", "validation"])
    #expect(Set(cases.map { Set($0.keys) }).count == 1 && cases.allSatisfy { $0["as_expected"] as? Bool == true })
    // A second run takes the place of the first.
    let alone = try CommandLine.run(["reproduce", "yanqing", "--tables-only", "--json"], in: folder)
    #expect(alone.status == 0, "\(alone.errors)")
    let one = try JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [String: Any]
    #expect(one?["case"] as? String == "yanqing")
  }
}

import Foundation
import TestSupport
import Testing

/// `tulou resource` and the questions of `tulou init`, seen from outside.
@Suite("Resources and questions, from outside", .enabled(if: CommandLine.executable != nil))
struct ResourceContractTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private var examples: String { SharedFolder.packageRoot + "/Examples" }

  @Test("a project: page, JSON, series; months are those of the file")
  func project() throws {
    let folder = try CommandLine.scratch()
    let run = try CommandLine.run(
      ["resource", examples + "/biancheng/biancheng.yaml", "--out", "r", "--csv", "--json", "--quiet"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let result = try json(run.output)
    let resources = try #require(result["resources"] as? [[String: Any]])
    #expect(resources.compactMap { $0["id"] as? String } == ["sun", "air", "upper", "lower"])
    let sun = try #require((resources[0]["series"] as? [[String: Any]])?.first)
    let months = try #require(sun["monthly_means"] as? [Double])
    // 1.26 kWh/m2/d in January.
    #expect(abs(months[0] * 24 - 1.26) < 0.0126)
    let planes = try #require(result["planes"] as? [[String: Any]])
    #expect((0...35).contains(try #require(planes.first?["best_tilt_deg"] as? Double)))
    let page = try String(contentsOfFile: folder.path + "/r/resource.html", encoding: .utf8)
    for word in ["Weekend and holiday", "Register of assumptions", "approximate", "duration curve", "Best fixed tilt"] {
      #expect(page.contains(word), "\(word)")
    }
    let rows = try String(contentsOfFile: folder.path + "/r/resource.csv", encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 8761 && rows[0].contains("standard time),sun.irradiance [kW/m2],"), "\(rows[0])")
  }

  @Test(
    "the six places: each example's page runs and says what is approximate", .enabled(if: SlowTests.areWanted),
    arguments: [
      "shenzhen/experimental", "xizhou/xizhou", "yanqing/cluster", "yongding/hongkeng", "biancheng/biancheng",
      "zhoushan/zhoushan", "meter/town",
    ])
  func places(example: String) throws {
    let folder = try CommandLine.scratch()
    let run = try CommandLine.run(
      ["resource", examples + "/\(example).yaml", "--out", "r", "--csv", "--json", "--quiet"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let result = try json(run.output)
    let assumptions = try #require(result["assumptions"] as? [[String: Any]])
    #expect(assumptions.contains { $0["kind"] as? String == "approximate" })
    let page = try String(contentsOfFile: folder.path + "/r/resource.html", encoding: .utf8)
    for word in ["Register of assumptions", "approximate", "duration curve", "mean day"] {
      #expect(page.contains(word), "\(word)")
    }
  }

  @Test("a plain CSV needs its place; usage and faults have their codes")
  func codes() throws {
    let folder = try CommandLine.scratch()
    var text = "ghi [W/m2],temperature [degC],wind_speed [m/s]\n"
    for hour in 0..<8760 {
      let clock = Double(hour % 24)
      text += "\(max(0, (clock - 6) * (18 - clock) * 15)),\(15 + (hour % 48) / 5),\(3 + hour % 7)\n"
    }
    try text.write(to: folder.appendingPathComponent("own.csv"), atomically: true, encoding: .utf8)
    #expect(try CommandLine.run(["resource", "own.csv"], in: folder).status == 2)
    let run = try CommandLine.run(["resource", "own.csv", "--site", "-10,30,500,2"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("10° S, 30° E") && run.output.contains("Weibull"))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/own/resource.html"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/own/resource.csv"))
    #expect(try CommandLine.run(["resource", "own.csv", "--site", "100,30"], in: folder).status == 2)
    #expect(
      try CommandLine.run(["resource", "own.csv", "--site", "10,30", "--split", "magic"], in: folder).status == 2)
    #expect(try CommandLine.run(["resource", "none.epw"], in: folder).status == 1)
    try "ghi,temperature\n1,2\n".write(to: folder.appendingPathComponent("bad.csv"), atomically: true, encoding: .utf8)
    let bad = try CommandLine.run(["resource", "bad.csv", "--site", "10,30"], in: folder)
    #expect(bad.status == 1 && bad.errors.contains("bad.csv:1"))
    #expect(try CommandLine.run(["resource", examples + "/minimal.yaml", "--split", "erbs"], in: folder).status == 2)
  }

  @Test("a weather file with repairs shows the record before and after", .enabled(if: SharedFolder.isPresent))
  func repairs() throws {
    let folder = try CommandLine.scratch()
    let file = try #require(SharedFolder.path) + "/data/weather/CHN_Hunan.Jishou.576490_CSWD.epw"
    let run = try CommandLine.run(
      ["resource", file, "--split", "erbs", "--dark-nights", "--wind-mean", "2", "--json", "--out", "j"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let quality = try #require((try json(run.output)["quality"] as? [[String: Any]])?.first)
    let rows = try #require(quality["rows"] as? [[String: Any]])
    let closure = try #require(rows.first { $0["key"] as? String == "closure" })
    #expect(abs(try #require(closure["recorded"] as? Double) - 31.7) < 0.2)
    #expect(try #require(closure["repaired"] as? Double) < 1)
    let winds = try #require(try json(run.output)["winds"] as? [[String: Any]])
    #expect(abs(try #require(winds.first?["mean_m_per_s"] as? Double) - 2) < 1e-9)
    #expect(run.errors.contains("do not close"))
  }

  @Test("R47: a pumped storage with a head states flow and volume of its basins")
  func basins() throws {
    let folder = try CommandLine.scratch()
    let text = """
      tulou: 1
      name: pumped
      horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 1 MW}}
      components:
        lakes: {kind: storage, bus: ac, efficiency: {charge: 90 %, discharge: 80 %}, head: 100 m, hours: 12.5 h, capacity: {existing: 13 MW}}
      markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh, limit: {buy: 2 MW}, emission: 0.5 kg/kWh}}
      """
    try text.write(to: folder.appendingPathComponent("p.yaml"), atomically: true, encoding: .utf8)
    let run = try CommandLine.run(["plan", "p.yaml", "--quiet"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let page = try String(contentsOfFile: folder.path + "/out/p/report.html", encoding: .utf8)
    // 13 MW at 80 % and 100 m are 16.56 m3/s; ten hours of it 0.596 million m3.
    #expect(page.contains("Reservoirs of pumped storage") && page.contains("16.56"))
  }

  @Test("questions: no answers give a project that checks and plans; a second time is refused")
  func questions() throws {
    let folder = try CommandLine.scratch()
    let run = try CommandLine.run(["init", "--out", "mine"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try CommandLine.run(["check", "mine/project.yaml"], in: folder).output.contains("all is well"))
    let plan = try CommandLine.run(["plan", "mine/project.yaml", "--hours", "240", "--quiet"], in: folder)
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(try CommandLine.run(["init", "--out", "mine"], in: folder).status == 2)
    let answered = try CommandLine.run(
      ["init"], in: folder, input: "Big Rock\nYanqing\nRock, 400\n\nno\nyes\nMill, workshop, 2 GWh\n\n")
    #expect(answered.status == 0 && answered.output.hasPrefix("big-rock/project.yaml is written"), "\(answered.errors)")
    #expect(try CommandLine.run(["check", "big-rock/project.yaml"], in: folder).status == 0)
  }

  @Test("a file of answers with one that will not do writes nothing, for what follows would answer other questions")
  func wrongAnswer() throws {
    let folder = try CommandLine.scratch()
    let run = try CommandLine.run(["init"], in: folder, input: "Mine\nNowhereville, XX\nRock, 400\n\n")
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.errors.contains("the answer to 'Place' will not do"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/mine"))
  }
}

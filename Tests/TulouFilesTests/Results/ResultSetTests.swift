import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouReport
import TulouSolvers
import TulouTechnologies

/// HiGHS where it is installed; suites that need it are skipped by name without it.
enum InstalledHighs {
  static let library = try? HighsLibrary.open()
  static var isPresent: Bool { library != nil }
}

/// Whole way of small projects: planned by HiGHS, measured, written, read again.
@Suite("Results of a plan", .enabled(if: InstalledHighs.isPresent)) struct ResultSetTests {
  private func planned(_ project: Project) throws -> ResultSet {
    let outcome = try PlanStudy.run(project: project, solver: Highs(try #require(InstalledHighs.library)))
    let accounts = outcome.plan.map { Accounts.make(project: outcome.project, plan: $0) } ?? Accounts()
    return ResultSet(
      outcome: outcome, accounts: accounts, version: "test", timing: [("read", 0.1), ("solve", 0.2)], lock: "tulou: 1\n"
    )
  }

  private func village(hours: Int = 72, demand: Double = 100) -> Project {
    var project = Project.small("A & B <c> 🏯", hours: hours, buses: [("ac", .electricity)])
    let sun = (0..<hours).map { t in max(0, sin((Double(t % 24) - 6) / 12 * .pi)) }
    project.addSource("pv", class: .sun, share: sun, max: 1000, cost: .capital(600, operation: 10, life: 25))
    project.addMarket("grid", buy: [0.2], sell: [0.05], limit: (150, 100), emission: 0.5)
    project.addDemand("load", [Double](repeating: demand, count: hours))
    return project
  }

  @Test("result.json keeps to the contract, and all files are there")
  func writes() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let results = try planned(village())
    let names = try results.write(to: place.path)
    let tableFiles = names.filter { $0.hasPrefix("tables") }
    #expect(tableFiles.contains("tables.json") && tableFiles.contains("tables/summary.csv"))
    #expect(
      names.filter { !$0.hasPrefix("tables") }
        == ["result.json", "flows.csv", "cashflow.csv", "report.html", "project.lock.yaml"])
    let found = try #require(FileManager.default.enumerator(atPath: place.path)).compactMap { $0 as? String }
    #expect(found.filter { $0.contains(".") }.sorted() == names.sorted())
    let data = try Data(contentsOf: place.appendingPathComponent("result.json"))
    let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in [
      "tulou", "project", "status", "solver", "objective", "sizes", "indicators", "members", "balance", "cash_flow",
      "warnings", "assumptions", "timing",
    ] { #expect(json[key] != nil, "\(key) is missing") }
    #expect(json["project"] as? String == "A & B <c> 🏯")
    #expect(json["status"] as? String == "optimal")
    let sizes = try #require(json["sizes"] as? [String: [String: Any]])
    #expect(sizes["pv"]?["unit"] as? String == "kW")
    let timing = try #require(json["timing"] as? [String: Double])
    #expect(timing["report"] != nil && timing["peak_memory"] != nil && timing["read"] == 0.1)
    let stored = try ResultReader.read(directory: place.path)
    #expect(stored.sizes["pv"] == results.outcome.plan?.capacity(Label("pv", .size)))
    #expect(stored.indicators["annual_cost"] == results.accounts.value("annual_cost"))
    #expect(stored.flows["load.demand [kW]"]?.count == 72)
    #expect(results.answer(reportPath: "out/report.html").count == 12)
    // Made anew from the files alone, the numbers agree to the digits of flows.csv.
    let again = try stored.report(project: results.outcome.project)
    for indicator in results.accounts.indicators {
      guard let value = indicator.value, let other = again.accounts.value(indicator.key) else { continue }
      #expect(abs(other - value) <= 1e-7 * max(1, abs(value)), "\(indicator.key)")
    }
    let tables = Comparison.tables([stored, stored])
    #expect(tables.last?.rows.first { $0[0] == "Annual cost" }?.last?.hasPrefix("+0") == true)
    let beside = place.path + "/compared"
    try Comparison.write([stored, stored], version: "test", to: beside)
    let rows = try String(contentsOfFile: beside + "/comparison.csv", encoding: .utf8).split(separator: "\n")
    let annual = try #require(rows.first { $0.hasPrefix("indicator,annual_cost,") }).split(separator: ",")
    #expect(annual.count == 5 && annual[3] == annual[4] && Double(annual[3]) == stored.indicators["annual_cost"])
    #expect(
      rows.contains { $0.hasPrefix("size,pv,kW,") } && rows.contains { $0.hasPrefix("against_first,extra_capital") })
    let numbers = try Data(contentsOf: URL(fileURLWithPath: beside + "/comparison.json"))
    #expect((try JSONSerialization.jsonObject(with: numbers) as? [String: Any])?["comparison"] != nil)
    let made = try String(contentsOfFile: place.path + "/tables/provenance.csv", encoding: .utf8)
    #expect(made.contains("version,test\n") && made.contains("inputs_sha256,"))
    #expect(stored.hour("2025-01-01T12")?.rows.contains { $0[0] == "pv.production" } == true)
    for spelling in ["2025-01-01T12:00", "2025-01-01 12:00", "2025-01-01 12:00:00"] {
      #expect(stored.step(spelling) == stored.step("2025-01-01T12"), "\(spelling)")
    }
    #expect(stored.hour("2031-01-01T12") == nil && stored.hour("2031-01-01 12:00") == nil)
  }

  @Test("the table of members is their account") func members() throws {
    var project = village()
    project.members = [
      Member(id: "farm", kind: "village"), Member(id: "mill", kind: "sme"),
    ]
    project.components[0].member = "farm"
    project.demands[0].member = "mill"
    let results = try planned(project)
    let report = try #require(PlanReport(outcome: results.outcome, accounts: results.accounts, version: "test"))
    let table = try #require(report.dataTables().first { $0.name == "members" })
    let column = try #require(table.columns.firstIndex { $0.key == "cost_in_cluster" })
    var sum = 0.0
    for row in table.rows where row[0] != .text("commons") { if case .number(let value) = row[column] { sum += value } }
    // What members pay in the cluster is what the cluster pays.
    #expect(abs(sum - (results.accounts.value("annual_cost") ?? .nan)) < 1e-6 * abs(sum))
    #expect(table.rows.contains { $0[0] == .text("mill") && $0[3] == .text("electricity") })
  }

  @Test("a project that no plan can serve leaves its reasons")
  func infeasible() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let results = try planned(village(demand: 300))
    #expect(try results.write(to: place.path) == ["result.json", "report.html", "project.lock.yaml"])
    let stored = try ResultReader.read(directory: place.path)
    #expect(stored.status == "infeasible")
    #expect(stored.sizes.isEmpty)
    let page = try String(contentsOf: place.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(page.contains("A &amp; B &lt;c&gt; 🏯"))
  }

  /// A picture for the eye: C1 of the benchmark, written where `TULOU_REPORT_FOLDER` says.
  @Test(
    "a project file of the shared folder",
    .enabled(if: SharedFolder.isPresent && ProcessInfo.processInfo.environment["TULOU_REPORT_FOLDER"] != nil))
  func sample() throws {
    let environment = ProcessInfo.processInfo.environment
    let file = environment["TULOU_REPORT_PROJECT"] ?? (SharedFolder.path ?? "") + "/design/format/members.yaml"
    var results = try planned(ProjectReader.read(path: file))
    results.plotlyPath = environment["TULOU_REPORT_PLOTLY"]
    let clock = ContinuousClock()
    let begin = clock.now
    try results.write(to: environment["TULOU_REPORT_FOLDER"] ?? "")
    print("written in \((clock.now - begin) / .seconds(1)) s")
    print(results.answer(reportPath: "report.html").joined(separator: "\n"))
  }
}

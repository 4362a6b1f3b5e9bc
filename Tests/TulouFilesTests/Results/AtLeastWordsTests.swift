import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers

/// A grid of which nobody says what it emits: every study says that its CO2 is at least the number.
@Suite("CO2 that is at least a number", .enabled(if: InstalledHighs.isPresent))
struct AtLeastWordsTests {
  private static let text = """
    tulou: 1
    horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, emission: 0.2 kg/kWh}}
    buses: {ac: {carrier: electricity}, pipe: {carrier: gas}}
    demands: {load: {bus: ac, power: 10 kW}}
    components:
      pv: {kind: source, bus: ac, class: S.sun, availability: 50 %, capacity: {max: 8 kW}, capital: 10 USD/kW, life: 20 y}
      engine: {kind: generator, fuel: pipe, power: ac, efficiency: 40 %, capacity: {fixed: 2 kW}}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 USD/kWh}
      wells: {bus: pipe, class: N, buy: 0.1 USD/kWh}
    """

  private let solver: Highs
  private let project: Project
  private let outcome: Outcome
  private let accounts: Accounts

  init() throws {
    solver = try Highs(#require(InstalledHighs.library))
    project = try ProjectReader.read(text: Self.text, path: "p.yaml")
    outcome = try PlanStudy.run(project: project, solver: solver)
    accounts = Accounts.make(outcome, solver: solver)
  }

  private func row(_ number: Int, _ settings: [String: String], co2: Double, isAtLeast: Bool) -> SensitivityRow {
    var row = SensitivityRow(number: number, settings: settings)
    row.status = .optimal
    row.value = 1
    row.indicators = ["co2": co2]
    row.atLeast = isAtLeast ? ["co2"] : []
    return row
  }

  @Test("a plan: terminal, indicator, JSON, summary table")
  func plan() throws {
    let report = try #require(PlanReport(outcome: outcome, accounts: accounts, version: "1"))
    #expect(report.answer(report: "x").contains { $0.hasPrefix("CO2") && $0.contains("at least ") })
    let json = report.resultJSON(timing: [])
    #expect(json["indicators"]?["co2"]?[AtLeast.field]?.isTrue == true)
    #expect(json["indicators"]?["annual_cost"]?[AtLeast.field] == nil)
    let summary = try #require(report.dataTables().first { $0.name == "summary" })
    #expect(
      String(decoding: summary.csv(), as: UTF8.self).contains("at least: no emission factor was given for 'grid'"))
  }

  @Test("a sensitivity: heading, cells, no change, a last column of its file, and its journal keeps the mark")
  func sensitivity() throws {
    let rows = [
      row(0, [:], co2: 0.010, isAtLeast: true), row(1, ["a": "1"], co2: 0.020, isAtLeast: false),
    ]
    let result = SensitivityResult(
      project: project, inputs: [.init(path: "a", unit: "1", base: 0, values: [("1", 1)])], design: .oneAtATime,
      key: "co2", cases: 2, rows: rows, status: "optimal", version: "1")
    #expect(result.quantity == "CO₂ (at least)")
    let lines = result.answer(report: "x")
    #expect(lines.contains { $0.contains("at least 10 kg/y") } && lines.contains { $0.contains(AtLeast.noDifference) })
    let csv = String(decoding: result.csv(), as: UTF8.self).split(separator: "\n")
    #expect(csv[0].hasSuffix(",message,at_least") && csv[1].hasSuffix(",co2") && csv[2].hasSuffix(","))
    #expect(SensitivityRow(json: rows[0].json)?.atLeast == ["co2"])
  }

  @Test("a front: axis, cells, no price of the step, links, file")
  func front() throws {
    let numbers = StudyNumbers(try #require(PlanReport(outcome: outcome, accounts: accounts, version: "")))
    #expect(numbers.atLeast == ["co2"])
    let points = [
      FrontReport.Point(name: "1", x: 1, y: 20, yIsAtLeast: true),
      FrontReport.Point(name: "2", x: 2, y: 10, yIsAtLeast: true),
    ]
    let report = FrontReport(project: "p", x: ("Cost", "USD/y"), y: ("CO₂", "kg/y"), points: points, version: "1")
    #expect(report.shortTable.lines.contains { $0.contains("at least 20 kg/y") })
    #expect(report.shortTable.lines.contains { $0.contains(AtLeast.noDifference) })
    let json = numbers.indicatorsJSON
    #expect(StudyNumbers(sizes: nil, indicators: json).atLeast == ["co2"])
  }

  @Test("a break-even of CO2: sentence, table, file")
  func breakEven() async {
    let result = await BreakEvenStudy.run(low: 0, high: 1, points: 2, target: .indicator("co2", 12)) { places in
      places.map { BreakEvenStudy.Point(x: $0, answers: [10 + $0], isAtLeast: true) }
    }
    let report = BreakEvenReport(
      project: project, path: "a", unit: "1", base: 0, target: .indicator("co2", 12), answerUnit: "t/y",
      result: result, version: "1")
    #expect(report.sentences.allSatisfy { $0.contains("to at least 11 t/y") })
    #expect(report.answer(report: "x").contains { $0.contains("at least 11 t/y") })
    #expect(String(decoding: report.csv(), as: UTF8.self).hasSuffix("1,11,co2\n"))
  }

  @Test("carbon: no abatement cost, no difference between two projects, no marginal step")
  func carbon() {
    var report = ProjectCarbonReport(base: .init(project: project, accounts: accounts), version: "1")
    report.target = .init(project: project, accounts: accounts, name: "other")
    report.measures = [MeasureAbatement(name: "led", without: accounts, with: accounts)]
    report.curve = AbatementCurve([
      AbatementPoint(budget: nil, emission: 2000, annualCost: 1, isAtLeast: true),
      AbatementPoint(budget: 1000, emission: 1000, annualCost: 2, isAtLeast: true),
    ])
    #expect(report.decomposition == nil && report.measures[0].avoided == nil && report.measures[0].costPerKg == nil)
    #expect(report.curve?.segments.isEmpty == true)
    let lines = report.answer(report: "x")
    #expect(lines.contains { $0.contains("No difference is stated: no emission factor was given for 'grid'") })
    #expect(lines.contains { $0.contains("at least 2") })
    #expect(lines.contains { $0.contains("scope 2 at least") })
    #expect(report.tables().contains { String(decoding: $0.bytes, as: UTF8.self).contains(",at_least\n") })
  }
}

import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers
import TulouTechnologies

/// Sentences, pictures and tables say what the numbers are; values by hand.
@Suite("True sentences")
struct TrueSentenceTests {
  static let head = """
    tulou: 1
    name: sentences
    site: {latitude: 50 deg, longitude: 4 deg, time_zone: Etc/GMT-1}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    horizon: {start: 2027-01-01, length: 24 h}
    buses: {ac: {carrier: electricity}}

    """

  private func project(_ text: String) throws -> Project {
    try ProjectReader.read(text: TrueSentenceTests.head + text, path: "sentences.yaml")
  }

  private func report(_ project: Project) throws -> PlanReport {
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    return try #require(
      PlanReport(outcome: outcome, accounts: Accounts.make(outcome, solver: Structured()), version: "test"))
  }

  @Test("the least change of a renewable fraction counts by what the plan sells")
  func leastChange() throws {
    // 30 kW of sun in 12 of 24 hours, 10 kW of load: 120 kWh are bought, all that is left, 240 kWh, may be sold.
    // The greatest fraction is 1 - 120 / (240 + 240) = 75 %.
    let project = try project(
      """
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        pv: {kind: source, bus: ac, class: S.sun, availability: {file: pv.csv, column: pv}, capacity: {existing: 30 kW}}
      markets:
        grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, sell: 0 EUR/kWh, limit: {buy: 100 kW, sell: 100 kW}}
      limits: {renewable_fraction: {min: 80 %}}
      """.replacingOccurrences(of: "{file: pv.csv, column: pv}", with: "100 %"))
    var half = project
    guard case .source(var block) = half.components[0].block else { throw ProjectFault([]) }
    block.supply = .share((0..<24).map { $0 < 12 ? 1 : 0 })
    half.components[0].block = .source(block)
    let outcome = try PlanStudy.run(project: half, solver: Structured())
    #expect(outcome.status == .infeasible)
    let remedy = try #require(outcome.infeasibility?.remedies.first { $0.path == "limits.renewable_fraction" })
    #expect(abs((remedy.change ?? 0) - 5) < 1e-4)
    #expect(remedy.sentence.contains("by 5 percentage points"), "\(remedy.sentence)")
  }

  @Test("avoided CO2 is the difference, not all of the reference")
  func avoided() throws {
    let report = try report(
      project(
        """
        demands: {load: {bus: ac, power: 10 kW}}
        components:
          wind: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {fixed: 4 kW}, capital: 100 EUR/kW, life: 20 y}
        markets: {grid: {bus: ac, class: N, buy: 0.2 EUR/kWh, emission: 0.5 kg/kWh}}
        reference: {electricity: grid}
        """))
    let charts = report.page().sections.flatMap(\.contents).compactMap { content -> Waterfall? in
      guard case .chart(let chart) = content, case .waterfall(let picture) = chart.body else { return nil }
      return picture
    }
    let steps = try #require(charts.first).steps
    #expect(steps.map(\.name) == ["Without the project", "Avoided", "With the project"])
    for (step, expected) in zip(steps, [43_800.0, -17_520, 26_280]) { #expect(abs(step.value - expected) < 1e-3) }
  }

  @Test("consumption in the table of electricity is what was served")
  func consumption() throws {
    let report = try report(
      project(
        """
        demands: {load: {bus: ac, power: 10 kW, tiers: {normal: 100 %}}}
        reliability: {unserved_cost: {normal: 0.1 EUR/kWh}}
        markets: {grid: {bus: ac, class: N, buy: 0.01 EUR/kWh, limit: {buy: 6 kW}}}
        """))
    let table = try #require(report.dataTables().first { $0.name == "electrical" })
    func sum(_ part: String) -> Double {
      table.rows.reduce(0) { sum, row in
        guard row[1] == .text(part), case .number(let value) = row[4] else { return sum }
        return sum + value
      }
    }
    #expect(abs(sum("consumption") - 6 * 8760) < 1e-2 && abs(sum("unmet") - 4 * 8760) < 1e-2)
    #expect(abs(sum("production") - 6 * 8760) < 1e-2)
  }

  @Test("a renewable fraction of all energy is not said of electricity")
  func fractionOfAll() throws {
    let report = try report(
      project(
        """
        demands: {load: {bus: ac, power: 10 kW}}
        markets: {grid: {bus: ac, class: N, buy: 0.01 EUR/kWh}}
        limits: {renewable_fraction: {min: 0 %, of: all}}
        """))
    #expect(report.answer(report: "x").contains("Renewable         0 % of all energy"))
  }

  @Test("what an existing plant costs that is older than its life is said, and that it retired")
  func oldPlant() throws {
    let text = """
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        old: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {existing: 100 kW, built: 2010, retire: true}, capital: 500 EUR/kW, operation: 100 EUR/kW/y, life: 10 y}
      markets: {grid: {bus: ac, class: N, buy: 0.01 EUR/kWh}}
      """
    let project = try project(text)
    let warning = try #require(project.warnings.first { $0.path == "components.old.capacity.built" })
    #expect(warning.message.contains("older than 10 years") && warning.message.contains("50000 EUR"))
    let lines = try report(project).answer(report: "x")
    #expect(lines.contains { $0.hasPrefix("System") && $0.contains("no plant") })
    let leads = try report(project).page().sections.flatMap(\.contents).compactMap { content -> String? in
      if case .lead(let text) = content { text } else { nil }
    }
    #expect(leads.first?.hasPrefix("Retire old (100 kW)") ?? false)
    // Ten years of life, built 2017: due as the project begins, but not older than its life.
    let just = try self.project(text.replacingOccurrences(of: "2010", with: "2017"))
    #expect(!just.warnings.contains { $0.path == "components.old.capacity.built" })
    let later = try self.project(text.replacingOccurrences(of: "2010", with: "2030"))
    #expect(later.warnings.contains { $0.message.contains("counts as new") })
  }

  @Test("left of the proven line of a front no plan exists, and near it plans do")
  func front() async throws {
    let project = try project(
      """
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        wind: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {max: 4 kW}, capital: 2000 EUR/kW, life: 20 y}
        sun: {kind: source, bus: ac, class: S.sun, availability: 100 %, capacity: {max: 3 kW}, capital: 9000 EUR/kW, life: 20 y}
      markets: {grid: {bus: ac, class: N, buy: 0.001 EUR/kWh, emission: 0.5 kg/kWh}}
      """)
    let front = try await ParetoStudy.run(
      project: project, first: .netPresentCost, second: .co2, points: 5, in: StudyContext(solver: Structured()))
    let records = front.points.compactMap { FrontRecord($0, accounts: Accounts.make($0.outcome, solver: Structured())) }
    let result = FrontResult(
      project: project, first: .netPresentCost, second: .co2, points: 5, records: records, status: "optimal",
      version: "test")
    let line = result.report.proven
    // A kW of wind costs 160.5 a year and saves 4,380 kg, one of sun 722.2: the true front has its corner at 4 kW.
    let recovery = capitalRecoveryFactor(rate: 0.05, years: 20)
    func least(_ co2: Double) -> Double {
      let clean = 10 - co2 / 4380
      return 10 * 8.76 - clean * 8.76 + recovery * (2000 * min(clean, 4) + 9000 * max(0, clean - 4))
    }
    #expect(line.count >= 3)
    for corner in line { #expect(corner.x <= least(corner.y) * (1 + 1e-5), "\(corner)") }
    for record in records {
      #expect(abs(record.place.first - least(record.place.second)) < 1e-3 * record.place.first)
    }
    // The corner that lies between two points is found, though no point was looked for there.
    let bend = 6.0 * 4380
    #expect(line.contains { abs($0.y - bend) < 1e-2 * bend && abs($0.x - least(bend)) < 1e-2 * least(bend) })
    #expect(result.report.chart.summary.contains("dashed"))
  }
}

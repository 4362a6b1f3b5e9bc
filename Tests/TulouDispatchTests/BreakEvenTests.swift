import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

@Suite("Break-even, least sizes and who answers") struct BreakEvenTests {
  @Test("a crossing is closed in: straight, bent and jumping differences") func crossings() async throws {
    func crossing(_ f: (Double) -> Double) throws -> (Crossing, Int) {
      var search = try #require(CrossingSearch(low: (0, f(0)), high: (10, f(10)), tolerance: 1e-3))
      var steps = 0
      while let x = search.next, steps < 100 {
        search.take(x, f(x))
        steps += 1
      }
      return (search.crossing, steps)
    }
    let (line, few) = try crossing { 3 - $0 }
    #expect(abs(line.place - 3) < 1e-3 && !line.isRising && few <= 6)
    let (bent, some) = try crossing { $0 < 4 ? -1 + 0.01 * $0 : 20 * ($0 - 4) - 0.96 }
    #expect(abs(bent.place - 4.048) < 1e-3 && bent.isRising && some <= 30)
    let (jump, more) = try crossing { $0 < 7.3 ? -1 : 5 }
    #expect(jump.low <= 7.3 && jump.high >= 7.3 && jump.high - jump.low <= 1e-3 && more <= 40)
    #expect(CrossingSearch(low: (0, 1), high: (1, 2), tolerance: 0.1) == nil)
  }

  @Test("every change of sign between two looks is found, in order") func several() async {
    let target = BreakEvenStudy.Target.indicator("co2", 0)
    let result = await BreakEvenStudy.run(
      low: 0, high: 10, points: 11, target: target,
      evaluate: { places in places.map { BreakEvenStudy.Point(x: $0, answers: [($0 - 2.5) * ($0 - 6.2)]) } })
    #expect(result.crossings.count == 2 && !result.isStopped)
    #expect(abs(result.crossings[0].place - 2.5) < 2e-3 && !result.crossings[0].isRising)
    #expect(abs(result.crossings[1].place - 6.2) < 2e-3 && result.crossings[1].isRising)
    let stopped = await BreakEvenStudy.run(low: 0, high: 1, points: 3, target: target, evaluate: { _ in nil })
    #expect(stopped.isStopped && stopped.crossings.isEmpty)
  }

  @Test("the length of a line: yearly saving by the yearly cost of a kilometre") func line() throws {
    var economy = Economy()
    economy.realDiscountRate = 0.06
    economy.lifetime = 25
    let line = Study.GridLine(market: "grid", capital: 20_000, operation: 300)
    // CRF(6 %, 25) = 0.0782267 (requirement R60): a kilometre costs 1,864.53 a year.
    #expect(abs(BreakEvenStudy.yearlyCost(of: line, economy: economy) - 1864.534) < 1e-3)
    let length = try #require(BreakEvenStudy.distance(without: 100_000, with: 62_709.32, line: line, economy: economy))
    #expect(abs(length - 20) < 1e-4)
    #expect(BreakEvenStudy.distance(without: nil, with: 1, line: line, economy: economy) == nil)
  }

  @Test("the least size: no smaller one keeps the limits, and of all plans with it the cheapest is shown")
  func leastSize() throws {
    var project = SearchTests.island()
    project.limits.renewableFraction = 0.6
    let outcome = try LeastSizeStudy.run(project: project, size: "sun", solver: Structured())
    let least = try #require(outcome.certificate)
    #expect(least.unit == "kW" && least.gap < 1e-5 && least.value > 1)
    func plan(_ most: Double) throws -> Outcome {
      var tried = project
      tried.components[0].sizes[0].maximum = most
      tried.limits.unservedEnergy = 0
      return try PlanStudy.run(project: tried, solver: Structured())
    }
    #expect(try plan(least.value * 1.001).hasPlan)
    #expect(try plan(least.value * 0.99).status == .infeasible)
    #expect(outcome.secondSolve?.status == .optimal)
    #expect(throws: ProjectFault.self) { try LeastSizeStudy.run(project: project, size: "moon", solver: Structured()) }
  }

  @Test("cases answered by a search or a rule are those of the search and the rule") func answers() async throws {
    let project = SearchTests.island()
    var search = SearchOptions()
    search.points = 3
    let cases = [SensitivityCase(number: 0, settings: [:])]
    let rows = await SensitivityStudy.run(
      cases: cases, asking: .search(search), in: StudyContext(solver: Structured()),
      read: { (_) throws(ProjectFault) in project },
      measure: { _ in [] })
    let row = try #require(rows.first)
    search.seeksBound = false
    let alone = try SearchStudy.run(project: project, options: search, solver: nil)
    let best = try #require(alone.rows.first)
    #expect(row.value == best.value && row.indicators["net_present_cost"] == best.netPresentCost)
    #expect(row.sizes["battery.power"] == best.sizes[1] && row.system == "sun + battery + diesel")
    var rule = SimulateOptions()
    rule.sizes = ["sun": 100, "battery": 30, "diesel": 60]
    let simulated = await SensitivityStudy.run(
      cases: cases, asking: .simulate(rule), in: StudyContext(solver: Structured()),
      read: { (_) throws(ProjectFault) in project },
      measure: { _ in [Indicator(key: "x", value: 1, unit: "1", definition: "")] })
    rule.comparesWithForesight = false
    let single = try SimulateStudy.run(project: project, options: rule, solver: nil)
    #expect(simulated.first?.value == single.certificate?.value && simulated.first?.indicators == ["x": 1])
    #expect(simulated.first?.bound == nil && simulated.first?.gap == nil)
  }
}

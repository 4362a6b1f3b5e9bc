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

/// `limits.unserved_hours`: loss of power supply by hours.
@Suite("Hours that fail") struct UnservedHoursTests {
  /// Four hours want 10, 11, 12 and 14 kW, twenty nothing. A kW of plant costs more than all that could fail.
  private static func project(_ limit: String, rest: String = "") throws -> Project {
    try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2027-06-04, length: 24 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity, spill: true}}
      demands: {load: {bus: ac, power: {values: [0,0,0,0,0,0,0,0,10,11,12,14,0,0,0,0,0,0,0,0,0,0,0,0], unit: kW}, tiers: {normal: 100 %}}}
      components: {it: {kind: source, bus: ac, class: W, availability: 100 %, capital: 1000 USD/kW, capacity: {max: 100 kW}}}
      reliability: {unserved_cost: {normal: 0.001 USD/kWh}}
      \(limit)
      \(rest)

      """)
  }

  private func plan(_ limit: String, exact: Bool = false, rest: String = "") throws -> (size: Double, share: Double) {
    var options = PlanOptions()
    if exact { options.wholeNumbers = .exact }
    let solver: any Solver = exact ? try Highs(#require(InstalledHighs.library)) : Structured()
    let outcome = try PlanStudy.run(project: Self.project(limit, rest: rest), options: options, solver: solver)
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    return (
      outcome.plan?.capacity(Label("it", .size)) ?? .nan, accounts.value("loss_of_power_supply_hours") ?? .nan
    )
  }

  /// Of four hours with demand none, one, two or three may fail: those with the most are left, and the plant serves the next.
  static let cases: [(String, Double, Double)] = [
    ("0 %", 14, 0), ("25 %", 12, 0.25), ("49 %", 12, 0.25), ("50 %", 11, 0.5), ("75 %", 10, 0.75), ("100 %", 0, 1),
  ]

  @Test("whole hours fail, as many as the limit allows of those with demand", arguments: cases)
  func rounded(_ limit: String, _ size: Double, _ share: Double) throws {
    let found = try plan("limits: {unserved_hours: {max: \(limit)}}")
    #expect(abs(found.size - size) < 1e-4 && abs(found.share - share) < 1e-9, "\(found)")
  }

  @Test("branching finds the same", .enabled(if: InstalledHighs.isPresent), arguments: cases)
  func exact(_ limit: String, _ size: Double, _ share: Double) throws {
    let found = try plan("limits: {unserved_hours: {max: \(limit)}}", exact: true)
    #expect(abs(found.size - size) < 1e-4 && abs(found.share - share) < 1e-9, "\(found)")
  }

  @Test("the bound of the linear plan lies below, and the gap between them is told")
  func bound() throws {
    let outcome = try PlanStudy.run(
      project: Self.project("limits: {unserved_hours: {max: 25 %}}"), solver: Structured())
    let certificate = try #require(outcome.certificate)
    #expect(certificate.bound < certificate.value * 0.99 && certificate.gap > 0.01)
    #expect(outcome.assumptions.contains { $0.path == "limits.unserved_hours" })
  }

  @Test("with given sizes hours are measured and not held, by a plan and by a rule")
  func measured() throws {
    let project = try Self.project("limits: {unserved_hours: {max: 25 %}}")
    var options = PlanOptions()
    options.sizes = ["it": 11.5]
    let planned = try PlanStudy.run(project: project, options: options, solver: Structured())
    var rule = SimulateOptions()
    rule.sizes = ["it": 11.5]
    let ruled = try SimulateStudy.run(project: project, options: rule, solver: nil)
    for outcome in [planned, ruled] {
      let limit = try #require(outcome.givenSizes?.first { $0.key == "unserved_hours" })
      #expect(abs(limit.reached - 0.5) < 1e-9 && !limit.holds)
    }
  }

  @Test("a search ranks the least plant that keeps it")
  func search() throws {
    var options = SearchOptions()
    options.method = .grid
    options.candidates = ["it": [9, 10, 11, 12, 13, 14]]
    options.seed = 1
    let outcome = try SearchStudy.run(
      project: Self.project("limits: {unserved_hours: {max: 50 %}}"), options: options, solver: Structured())
    #expect(outcome.rows.first { $0.isFeasible }?.sizes == [11])
  }

  @Test(
    "where parts of hours keep it and whole ones do not, that is what is said", .enabled(if: InstalledHighs.isPresent))
  func infeasible() throws {
    let text = "limits: {unserved_hours: {max: 25 %}}"
    var project = try Self.project(text)
    project.components[0].sizes[0].maximum = 10
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    #expect(outcome.plan == nil)
    #expect(outcome.infeasibility?.sentences.contains { $0.contains("whole hours") } == true)
  }

  @Test("a front under it neither claims that all is served nor asks for it in its points")
  func front() async throws {
    let front = try await ParetoStudy.run(
      project: Self.project("limits: {unserved_hours: {max: 25 %}}"), first: .netPresentCost, second: .capital,
      points: 2,
      in: StudyContext(solver: Structured(), workers: 1))
    #expect(!front.points.isEmpty && !front.warnings.contains { $0.message.contains("Everything is served") })
    for point in front.points {
      #expect(abs((point.outcome.plan?.capacity(Label("it", .size)) ?? 0) - 12) < 1e-3)
      #expect(point.settings?["limits.unserved_energy.max"] == nil)
    }
  }
}

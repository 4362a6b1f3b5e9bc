import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Values by hand, at a rate of zero over 20 years: sums of payments.
@Suite("Prices along a path of stages")
struct StagePriceTests {
  /// A load, a machine that always gives its capacity, and a dear market; the machine gets cheaper in year 6.
  static func project(_ loads: [Double], change: (inout Project, Int) -> Void = { _, _ in }) -> Project {
    func stage(_ s: Int) -> Project {
      var project = Project.small("path", year: 2027, hours: 24, buses: [("ac", .electricity)])
      project.economy.realDiscountRate = 0
      project.addDemand("load", [Double](repeating: loads[s], count: 24))
      var cost = SizeCost.capital(s == 0 ? 1000 : 600, operation: 0, life: 12)
      cost.replacement = cost.capital
      project.addSource("machine", class: .wind, share: [1], max: 1000, cost: cost)
      project.addMarket("shop", buy: [10])
      change(&project, s)
      return project
    }
    var whole = stage(0)
    whole.stages = loads.indices.map { Stage(id: "s\($0)", year: 2027 + 6 * $0, project: stage($0)) }
    return whole
  }

  private func run(_ project: Project, _ mode: StagedOutcome.Mode) throws -> (StagedOutcome, StagedAccounts) {
    let outcome = try StageStudy.run(project: project, mode: mode, solver: Structured())
    let accounts = StagedAccounts.make(project: project, plans: outcome.stages.map(\.plan))
    // The value of a stage is its part of the path's, and is held against no year of its own.
    #expect(!accounts.stages.flatMap(\.accounts.warnings).contains { $0.message.contains("minimised") })
    let cost = try #require(accounts.value("net_present_cost"))
    #expect(abs(cost - outcome.netPresentCost) < 1e-6 * abs(cost))
    let present = accounts.cashFlow.reduce(0) { $0 + $1.discounted }
    #expect(abs(cost - present) < 1e-9 * abs(cost))
    return (outcome, accounts)
  }

  private func size(_ outcome: StagedOutcome, _ s: Int) -> Double {
    outcome.stages[s].plan.capacity(Label("machine", .size)) ?? .nan
  }

  @Test("What is due in year 12 is bought again at the later price", arguments: StagedOutcome.Mode.allCases)
  func replacement(_ mode: StagedOutcome.Mode) throws {
    let (outcome, accounts) = try run(Self.project([10, 10]), mode)
    // 10 kW x 1000, again at 600 in year 12, a third of that is left in year 20.
    #expect(abs(outcome.netPresentCost - (10_000 + 6_000 - 2_000)) < 1e-3)
    #expect(abs(accounts.stages[0].capital - 10_000) < 1e-3 && abs(accounts.stages[1].capital) < 1e-3)
    #expect(abs(accounts.stages[1].replacement - 6_000) < 1e-3)
  }

  @Test("A budget holds for all that was paid until then", arguments: StagedOutcome.Mode.allCases)
  func budget(_ mode: StagedOutcome.Mode) throws {
    let (outcome, accounts) = try run(Self.project([10, 20]) { project, _ in project.limits.budget = 15_000 }, mode)
    // One after the other: 10 kW for 10,000, then 5,000 / 600. Who looks ahead spends the money where a year of a kW is
    // cheapest: 50 in the first stage (1000 for 20 years), 42.9 in the second (600 for 14), together 20 kW.
    let (first, second) = mode == .myopic ? (10, 10 + 25.0 / 3) : (7.5, 20)
    #expect(abs(size(outcome, 0) - first) < 1e-4 && abs(size(outcome, 1) - second) < 1e-4)
    #expect(abs((accounts.value("capital") ?? 0) - 15_000) < 1e-2)
  }

  @Test("A budget counts capital that does not grow with the size, in the stage that pays it")
  func fixedCapital() throws {
    guard let solver = try? InstalledHighs.solver() else { return }
    var options = PlanOptions()
    options.wholeNumbers = .exact
    let project = Self.project([10, 20]) { project, _ in
      project.limits.budget = 16_000
      project.components[0].sizes[0].cost.fixedCapital = 1000
    }
    let outcome = try StageStudy.run(project: project, mode: .foresight, options: options, solver: solver)
    // Twice 1,000, and 14,000 for 5 kW at 1000 and 15 kW at 600.
    #expect(abs(size(outcome, 0) - 5) < 1e-4 && abs(size(outcome, 1) - 20) < 1e-4)
  }

  @Test("Existing plant goes when nobody needs it any more", arguments: StagedOutcome.Mode.allCases)
  func retirement(_ mode: StagedOutcome.Mode) throws {
    // 30 kW stand, 10 are wanted, and none in the second stage; a kW costs 50 a year and is renewed in years 4 and 12.
    let project = Self.project([10, 0]) { project, _ in
      project.components[0].sizes[0].existing = 30
      project.components[0].sizes[0].built = 2019
      project.components[0].sizes[0].mayRetire = true
      project.components[0].sizes[0].cost.operation = 50
      project.components[0].sizes[0].cost.life = 12
    }
    let (outcome, accounts) = try run(project, mode)
    #expect(abs(size(outcome, 0) - 10) < 1e-4 && abs(size(outcome, 1)) < 1e-4)
    // 10 kW: 50 x 6 years and 1000 in year 4; gone before year 6, so nothing is left.
    #expect(abs(outcome.netPresentCost - (3_000 + 10_000)) < 1e-2)
    #expect(abs(accounts.stages[0].replacement - 10_000) < 1e-2)
  }

  @Test("What stood before is the same in all stages")
  func sameExisting() throws {
    let project = Self.project([10, 10]) { project, s in project.components[0].sizes[0].existing = Double(s) }
    #expect(throws: ProjectFault.self) {
      try StageStudy.run(project: project, mode: .foresight, solver: Structured())
    }
  }
}

@Suite("Plant that may retire")
struct RetirementTests {
  /// 10 kW of load; 100 kW of an old machine for 100 a kW and year, renewed in year 10; a market at 0.1.
  private func project(price: Double = 0.1) -> Project {
    var project = Project.small("old", year: 2027, hours: 24, buses: [("ac", .electricity)])
    project.economy.realDiscountRate = 0
    project.addDemand("load", [Double](repeating: 10, count: 24))
    project.addSource("old", class: .wind, share: [1], max: 200, cost: .capital(500, operation: 100, life: 10))
    project.components[0].sizes[0].cost.replacement = 500
    project.components[0].sizes[0].existing = 100
    project.components[0].sizes[0].mayRetire = true
    project.addMarket("grid", buy: [price])
    return project
  }

  private func cost(_ project: Project) throws -> (Double, Accounts) {
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    let accounts = Accounts.make(outcome, solver: Structured())
    let value = try #require(accounts.value("annual_cost"))
    #expect(abs(value - (outcome.certificate?.value ?? 0)) < 1e-6 * abs(value))
    return (value, accounts)
  }

  @Test("goes where the market is cheaper than its upkeep, and stays as far as it is worth it")
  func plan() throws {
    // Upkeep and renewal: 100 + 500 / 20 = 125 a kW and year; a kWh of the market costs 876 a kW and year.
    #expect(abs(try cost(project()).0 - 1_250) < 1e-3)
    #expect(abs(try cost(project(price: 0.01)).0 - 876) < 1e-3)
    var stays = project(price: 0.01)
    stays.components[0].sizes[0].mayRetire = false
    #expect(abs(try cost(stays).0 - 12_500) < 1e-2)
  }

  @Test("makes room for new plant where renewing it would cost more")
  func rebuilt() throws {
    var project = project()
    project.components[0].sizes[0].cost.replacement = 700
    project.components[0].sizes[0].built = 2000
    // Kept: renewed at once and in year 10, 1400; new: 500, and 700 in year 10, so 1200 over 20 years.
    let (value, accounts) = try cost(project)
    #expect(abs(value - (10 * 100 + 10 * 1200 / 20)) < 1e-3)
    #expect(abs((accounts.value("capital") ?? 0) - 5_000) < 1e-2)
  }

  /// 150 kW: 15,000 a year of operation, 2,500 for renewing the old hundred, 1,000 each for the new fifty in 20 years.
  @Test("counts as given where sizes are given")
  func given() throws {
    var options = PlanOptions()
    let cases: [(Double, Double)] = [(0, 8_760), (10, 1_250), (150, 20_000)]
    for (size, expected) in cases {
      options.sizes = ["old": size]
      let outcome = try PlanStudy.run(project: project(), options: options, solver: Structured())
      #expect(abs((outcome.certificate?.value ?? 0) - expected) < 1e-6 * expected, "\(size)")
    }
    var stays = project()
    stays.components[0].sizes[0].mayRetire = false
    options.sizes = ["old": 50]
    #expect(throws: ProjectFault.self) { try PlanStudy.run(project: stays, options: options, solver: Structured()) }
  }

  @Test("is searched as it is planned")
  func search() throws {
    var options = SearchOptions()
    options.candidates = ["old": [0, 10, 100, 150]]
    let outcome = try SearchStudy.run(project: project(), options: options, solver: nil)
    for row in outcome.rows {
      var asked = PlanOptions()
      asked.sizes = ["old": row.sizes[0]]
      let plan = try PlanStudy.run(project: project(), options: asked, solver: Structured())
      #expect(abs(row.annualCost - (plan.certificate?.value ?? 0)) < 1e-6 * row.annualCost)
    }
    #expect(outcome.rows.count == 4)
  }
}

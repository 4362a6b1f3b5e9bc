import TestSupport
import Testing
import TulouAccounts
import TulouAssembly
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// HiGHS where it is installed; suites that need it are skipped by name without it.
enum InstalledHighs {
  static let library = try? HighsLibrary.open()
  static var isPresent: Bool { library != nil }

  static func plan(_ project: Project) throws -> Plan {
    let assembled = try Assembly.problem(for: project)
    let solution = try Highs(#require(library)).solve(assembled.problem, options: SolveOptions())
    #expect(solution.status == .optimal)
    return Plan(problem: assembled.problem, solution: solution)
  }
}

/// A benchmark project by name.
struct NamedProject: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var project: @Sendable () throws -> Project

  static let all: [NamedProject] = [
    NamedProject(testDescription: "c1") { BenchProjects.c1(try first(), hours: 336) },
    NamedProject(testDescription: "c2") { BenchProjects.c2(try first(), hours: 336) },
    NamedProject(testDescription: "demand charge") { BenchProjects.demandCharge(try first()) },
    NamedProject(testDescription: "members") { BenchProjects.members(try first(), try second()) },
    NamedProject(testDescription: "heat pump and tank") { BenchProjects.heatPumpTank(try first()) },
  ]
  static func first() throws -> [String: [Double]] { try SharedFolder.columns("bench/data/y01.csv") }
  static func second() throws -> [String: [Double]] { try SharedFolder.columns("bench/data/y02.csv") }
}

@Suite("Accounts of planned projects", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct PlannedProjectTests {
  @Test("agree with the solver, close, and add up", arguments: NamedProject.all)
  func agree(_ named: NamedProject) throws {
    let project = try named.project()
    let plan = try InstalledHighs.plan(project)
    let accounts = Accounts.make(project: project, plan: plan)
    expectIdentities(accounts, project)
    #expect(accounts.balance.residual < 1e-5)
    let annual = try #require(accounts.value("annual_cost"))
    let believed = plan.solution.objective / plan.problem.years
    #expect(abs(annual - believed) < 1e-7 * abs(believed), "\(annual) \(believed)")
    if let least = project.limits.renewableFraction {
      #expect(try #require(accounts.value("renewable_fraction")) > least - 1e-6)
    }
    for bill in accounts.bills { #expect(abs(try #require(bill.difference)) < 1e-6) }
    #expect(accounts.warnings.filter { $0.message.contains("balance") || $0.message.contains("minimised") } == [])
  }

  @Test("of a year of C2 take little time")
  func speed() throws {
    let project = BenchProjects.c2(try NamedProject.first(), hours: 336)
    let plan = try InstalledHighs.plan(project)
    // A year of hours: the fortnight again and again.
    let year = BenchProjects.c2(try NamedProject.first())
    let problem = try Assembly.problem(for: year).problem
    var solution = plan.solution
    func repeated(_ series: [Double]) -> [Double] { (0..<8760).map { series[$0 % series.count] } }
    solution.flows = solution.flows.map(repeated)
    solution.contents = solution.contents.map(repeated)
    let clock = ContinuousClock()
    let time = clock.measure { _ = Accounts.make(project: year, plan: Plan(problem: problem, solution: solution)) }
    print("accounts of a year of C2 in", time)
    #expect(time < .seconds(10))
  }
}

/// Identities that hold for the accounts of any plan.
func expectIdentities(_ accounts: Accounts, _ project: Project, _ comment: Comment? = nil) {
  func close(_ a: Double, _ b: Double, _ scale: Double = 1) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b), scale)
  }
  let economy = project.economy
  let recovery = capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
  let npc = accounts.value("net_present_cost") ?? .nan
  let turnover = accounts.cashFlow.reduce(1) { $0 + abs($1.discounted) }
  #expect(close(npc, (accounts.value("annual_cost") ?? .nan) / recovery, turnover), comment)
  let present = accounts.cashFlow.reduce(0) {
    $0 + $1.amount * presentWorth(rate: economy.realDiscountRate, time: $1.time)
  }
  #expect(close(npc, present, turnover), comment)
  #expect(accounts.indicators.prefix(IndicatorDeclaration.all.count).map(\.key) == IndicatorDeclaration.all.map(\.key))
  // Autonomy lies in [0, 1] in every hour and over the year.
  for view in accounts.balance.carriers + [accounts.balance.all] {
    #expect(view.hourlyAutonomy.allSatisfy { $0 > -1e-6 && $0 < 1 + 1e-6 }, comment)
    #expect(view.yearly.autonomy > -1e-6 && view.yearly.autonomy < 1 + 1e-6, comment)
    let months = view.monthly.reduce(0) { $0 + $1.served } / accounts.years
    #expect(close(months, view.yearly.served, 1), comment)
    #expect(close(view.yearly.servedByKind.reduce(0) { $0 + $1.energy }, view.yearly.served, 1), comment)
  }
  guard !project.members.isEmpty else { return }
  // Members: internal payments sum to zero, cash sums to the project's by year and kind.
  for y in 0...Int(economy.lifetime.rounded(.up)) {
    let inside = accounts.cashFlow.reduce(0) { $1.kind == .internal && $1.year == y ? $0 + $1.amount : $0 }
    #expect(abs(inside) < 1e-9 * turnover, comment)
    let all = accounts.cashFlow.reduce(0) { $1.year == y ? $0 + $1.amount : $0 }
    let members = accounts.members.reduce(0) { $0 + ($1.cashByYear.indices.contains(y) ? $1.cashByYear[y] : 0) }
    #expect(abs(all - members) < 1e-9 * turnover, comment)
  }
  for kind in CostKind.allCases where kind != .internal {
    let all = accounts.costs.reduce(0) { $1.kind == kind ? $0 + $1.annual : $0 }
    let members = accounts.members.reduce(0) { sum, member in
      member.costs.reduce(sum) { $1.kind == kind ? $0 + $1.annual : $0 }
    }
    #expect(abs(all - members) < 1e-9 * turnover, comment)
  }
  #expect(abs(accounts.commonsShares.reduce(0) { $0 + $1.share } - 1) < 1e-12, comment)
  let cost = accounts.members.reduce(0) { $0 + $1.costInCluster }
  #expect(abs(cost - (accounts.value("annual_cost") ?? .nan)) < 1e-9 * turnover, comment)
}

import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

private func close(_ a: Double?, _ b: Double, _ relative: Double = 1e-10) -> Bool {
  a.map { abs($0 - b) <= relative * max(1, abs(b)) } ?? false
}

/// Every number here was worked out by hand from the plan in `SmallCluster`.
@Suite struct SmallClusterTests {
  let project = SmallCluster.project()
  let accounts: Accounts
  /// Years that four hours of 2025 stand for.
  let years = 4.0 / 8760

  init() { accounts = Accounts.make(project: project, plan: SmallCluster.plan(project)) }

  @Test func `identities hold`() {
    expectIdentities(accounts, project)
    #expect(accounts.balance.residual < 1e-9)
    #expect(accounts.warnings.filter { $0.message.contains("balance") }.isEmpty)
  }

  @Test func `balance by class and together`() throws {
    let year = accounts.balance.all.yearly
    #expect(close(year.entry(.sunAndWater), 130 / years))
    #expect(close(year.entry(.outside), (31 + 10 / 0.9 + 4 + 31 + 45) / years))
    #expect(close(year.curtailed, 10 / years))
    #expect(close(year.served, (60 + 124 + 36) / years))
    #expect(close(year.sold, 14 / years))
    // Meter: 1.111 + 3 + 5; boiler: 9.
    #expect(close(year.losses, (10 / 0.9 - 10 + 8 + 9) / years))
    #expect(close(accounts.value("p_a_prime"), 60 / years))
    #expect(close(accounts.value("p_a"), 160 / years))
    let electricity = try #require(accounts.balance.electricity)
    #expect(close(electricity.yearly.served, 184 / years))
    #expect(close(electricity.hourlyAutonomy[2], 1))
    #expect(close(electricity.hourlyAutonomy[0], 1 - (31 + 10 / 0.9) / (41 + 10 / 0.9 - 10)))
  }

  @Test func `renewable fraction by the definition of the model`() {
    let bought = 31 + 10 / 0.9 + 4 + 31
    #expect(close(accounts.value("renewable_fraction"), 1 - bought / (184 + 14)))
    #expect(close(accounts.value("renewable_fraction_with_storage"), 130 / (130 + bought)))
  }

  @Test func `money of the year by kind`() {
    func annual(_ kind: CostKind) -> Double {
      accounts.costs.reduce(0) { $1.kind == kind ? $0 + $1.annual : $0 }
    }
    let recovery = capitalRecoveryFactor(rate: 0.05, years: 20)
    let month = 4.0 / (31 * 24)
    #expect(close(annual(.capital), recovery * (80_000 + 900)))
    #expect(close(annual(.replacement), recovery * 900 * pow(1.05, -15)))
    let rest = 80_000.0 / 5 + 600
    #expect(close(annual(.salvage), -recovery * pow(1.05, -20) * rest))
    #expect(close(annual(.operation), 800))
    #expect(close(annual(.fuel), 45 * 0.04 / years))
    let growth = levelisationFactor(escalation: 0.01, rate: 0.05, years: 20)
    let purchase = 0.2 * (35 + 10 / 0.9) + 9.3
    #expect(close(annual(.purchase), purchase / years * growth))
    #expect(close(annual(.sale), -1.4 / years))
    #expect(close(annual(.demandCharge), 8 * (31 + 10 / 0.9) * month / years))
    #expect(close(annual(.fixedCharge), 20 * month / years))
    #expect(close(annual(.networkCharge), 0.01 * (10 / 0.9 + 80) / years))
    let carbon = 0.5 * (66 + 10 / 0.9) + 0.202 * 45
    let carbonGrowth = levelisationFactor(escalation: 0.02, rate: 0.05, years: 20)
    #expect(close(annual(.carbon), 0.05 * carbon / years * carbonGrowth))
    #expect(close(accounts.value("co2"), carbon / years / 1000))
    #expect(close(accounts.bills[0].difference, 0))
  }

  @Test func `members trade inside at the middle of the outside prices`() throws {
    let village = try #require(accounts.members.first { $0.id == "village" })
    let works = try #require(accounts.members.first { $0.id == "works" })
    let commons = try #require(accounts.members.last)
    // Hour 1: the village gives 27 to works and lamps (31 wanted, 4 bought); hour 2: 31 of 45, 14 are sold.
    let trade = try #require(village.trade.first { $0.carrier == "electricity" })
    #expect(close(trade.soldInside, 58 / years))
    #expect(close(trade.soldOutside, 14 / years))
    #expect(close(trade.boughtOutside, 10 / 0.9 / years))
    let growth = levelisationFactor(escalation: 0.01, rate: 0.05, years: 20)
    let first: Double = 27 * (0.1 * growth + 0.05)
    let second: Double = 31 * (0.15 * growth + 0.05)
    let inside = first + second
    #expect(close(trade.insidePayment, -inside / years))
    let paid = try #require(works.trade.first { $0.carrier == "electricity" }).insidePayment
    #expect(close(paid, inside * 30 / 31 / years))
    #expect(close(village.costs.first { $0.kind == .sale }?.annual, -1.4 / years))
    // The peak is hour 0: village 11.1, works 30, lamps 1 of 42.1.
    let charge = 8 * (4.0 / 744) / years
    #expect(close(village.costs.first { $0.kind == .demandCharge }?.annual, charge * 10 / 0.9))
    #expect(close(works.costs.first { $0.kind == .demandCharge }?.annual, charge * 30))
    #expect(close(commons.costs.first { $0.kind == .demandCharge }?.annual, charge))
    // Commons by investment: 80,000 against 900.
    #expect(close(accounts.commonsShares[0].share, 80_000 / 80_900))
    // Alone: 60 kWh at 0.25 with carbon.
    let carbon = 0.5 * 0.05 * levelisationFactor(escalation: 0.02, rate: 0.05, years: 20)
    #expect(close(village.costAlone, 60 * (0.25 + carbon) / years))
    #expect(close(village.benefit, 60 * (0.25 + carbon) / years - village.costInCluster))
  }

  @Test func `what is bought outside is not exchanged, though as much is sold`() throws {
    // In hour 1 six kWh more are bought and sold: of the 27 kWh that the village gives, 21 are used inside.
    var both = SmallCluster.plan(project)
    let buy = try #require(both.problem.flows.firstIndex { $0.label.id == "grid" && $0.label.role == .purchase })
    let sell = try #require(both.problem.flows.firstIndex { $0.label.id == "grid" && $0.label.role == .sale })
    both.solution.flows[buy][1] += 6
    both.solution.flows[sell][1] += 6
    let found = Accounts.make(project: project, plan: both)
    let village = try #require(found.members.first { $0.id == "village" })
    #expect(close(village.trade.first { $0.carrier == "electricity" }?.soldInside, 52 / years))
  }

  @Test func `methane that slips is counted by mass`() throws {
    var leaky = project
    let c = try #require(leaky.carriers.firstIndex { $0.kind == .fuel })
    leaky.carriers[c].methaneSlip = 0.02
    // 45 kWh of gas at 13.9 kWh/kg.
    let found = Accounts.make(project: leaky, plan: SmallCluster.plan(leaky))
    #expect(close(found.carbon.methane, 45 * 0.02 / 13.9 / years))
    #expect(accounts.carbon.methane == 0)
  }

  @Test func `network charges may stay with a member`() {
    var project = self.project
    project.sharing.networkChargeTo = "works"
    let accounts = Accounts.make(project: project, plan: SmallCluster.plan(project))
    #expect(!accounts.costs.contains { $0.kind == .networkCharge })
    expectIdentities(accounts, project)
    let received = accounts.costs.first { $0.id == "village.ac.meter" && $0.member == "works" }
    #expect(close(received?.annual, -0.01 * (10 / 0.9 + 80) / years))
  }

  @Test func `reference is what each would pay on its own market, lamps on the grid`() throws {
    let reference = try #require(accounts.reference)
    #expect(reference.missing.isEmpty)
    let emission = 0.5 * (60 + 120 + 4) + 36 / 0.6 * 0.34
    #expect(close(reference.emission, emission / years))
    #expect(close(accounts.value("co2_reduction"), 1 - (accounts.value("co2") ?? 0) * 1000 / (emission / years)))
    let rate = try #require(accounts.value("irr"))
    let worth = reference.savings.enumerated().reduce(0) { $0 + $1.1 / pow(1 + rate, Double($1.0)) }
    #expect(abs(worth) < 1e-6 * 80_000)
    #expect(try #require(accounts.value("payback_discounted")) > (try #require(accounts.value("payback_simple"))))
  }

  @Test func `machines, land and indicators of single machines`() {
    #expect(close(accounts.value("full_load_hours.pv"), 130 / years / 80))
    #expect(close(accounts.value("capacity_factor.pv"), 130.0 / 80 / 4))
    var project = self.project
    project.components[0].sizes[0].landPerUnit = 11
    project.limits.land = 500
    project.limits.protectedZones = [.init(id: "roofs", forbids: ["source"], members: ["village"])]
    let accounts = Accounts.make(project: project, plan: SmallCluster.plan(project))
    #expect(accounts.land.total == 880)
    #expect(accounts.land.violations == [ZoneViolation(zone: "roofs", component: "pv", capacity: 80)])
    #expect(accounts.warnings.contains { $0.message == "Land is 880 m2, above its limit of 500 m2." })
  }

  @Test func `a wrong belief about the bill is told`() {
    let plan = SmallCluster.plan(project)
    var solution = plan.solution
    solution.capacities[2] = 30
    let wrong = Accounts.make(project: project, plan: Plan(problem: plan.problem, solution: solution))
    #expect(wrong.warnings.contains { $0.message.hasPrefix("The bill of 'grid' by the words") })
  }

  @Test func `a balance that does not close is told`() {
    let plan = SmallCluster.plan(project)
    var solution = plan.solution
    solution.flows[4][3] = 32
    let wrong = Accounts.make(project: project, plan: Plan(problem: plan.problem, solution: solution))
    #expect(abs(wrong.balance.residual - 1) < 1e-9)
    #expect(wrong.warnings.contains { $0.message.hasPrefix("The cluster balance does not close") })
  }

  @Test func `without a plan there is a warning and nothing else`() {
    let plan = SmallCluster.plan(project)
    let none = Plan(problem: plan.problem, solution: Solution(status: .infeasible, solver: "hand"))
    #expect(Accounts.make(project: project, plan: none).warnings.count == 1)
  }

  @Test func `stages that change nothing cost what one stage costs`() {
    var staged = project
    staged.stages = [
      Stage(id: "start", year: 2025, project: project), Stage(id: "later", year: 2031, project: project),
    ]
    let plan = SmallCluster.plan(project)
    let path = StagedAccounts.make(project: staged, plans: [plan, plan])
    #expect(close(path.value("net_present_cost"), accounts.value("net_present_cost") ?? .nan))
    #expect(close(path.value("co2"), accounts.value("co2") ?? .nan))
    let present = path.cashFlow.reduce(0) { $0 + $1.amount * presentWorth(rate: 0.05, time: $1.time) }
    #expect(close(path.value("net_present_cost"), present))
    #expect(path.stages.count == 2)
  }

  @Test func `what a later stage adds is bought and replaced from then on`() {
    var staged = project
    staged.stages = [
      Stage(id: "start", year: 2025, project: project), Stage(id: "later", year: 2031, project: project),
    ]
    let plan = SmallCluster.plan(project)
    var smaller = plan.solution
    smaller.capacities[1] = 4
    let path = StagedAccounts.make(
      project: staged, plans: [Plan(problem: plan.problem, solution: smaller), plan])
    let bought = path.cashFlow.filter { $0.id == "boiler" && $0.kind == .capital }
    #expect(bought.map(\.amount) == [400, 500])
    #expect(bought.map(\.time) == [0, 6])
    let factors = StageFactors(stageYears: [2025, 2031], project.economy.discounting)
    let costs = [project.components[1].sizes[0].cost, project.components[1].sizes[0].cost]
    let expected =
      4 * factors.present(of: costs, stage: 0).perUnit + 5 * factors.present(of: costs, stage: 1).perUnit
    let boiler = path.costs.filter { $0.id == "boiler" }.reduce(0) { $0 + $1.present }
    #expect(close(boiler, expected))
  }

  @Test func `flow and volume of pumped hydro (R47)`() {
    for (power, flow) in [(13_000.0, 16.56), (110_000, 140.2), (1_059_000, 1_349.4)] {
      let need = ReservoirNeed(power: power, efficiency: 0.8, head: 100, hours: 10)
      #expect(abs(need.flow - flow) < 5e-3 * flow.rounded(.up) && abs(need.flow - flow) < 0.05)
      #expect(close(need.volume, need.flow * 36_000))
    }
  }
}

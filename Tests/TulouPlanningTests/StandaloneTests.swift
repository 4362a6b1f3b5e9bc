import TestSupport
import Testing
import TulouAccounts
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Values by hand: power times 8,760 h times price.
@Suite("Cost alone")
struct StandaloneTests {
  /// Two members on one bus: one with a roof of 11 kW, one without.
  private func project() -> Project {
    var project = Project.small("pair", year: 2027, hours: 24, buses: [("ac", .electricity)])
    for id in ["roof", "shop"] {
      var member = Member(id: id, kind: "sme")
      member.aloneMarket = "grid"
      project.members.append(member)
      project.addDemand(id + "-load", [Double](repeating: id == "roof" ? 2 : 6, count: 24))
      project.demands[project.demands.count - 1].member = id
    }
    project.addSource(
      "pv", class: .sun, share: [1], max: 11, cost: .capital(500, operation: 20, life: 25), member: "roof")
    project.components[0].sizes[0].existing = 11
    project.addMarket("grid", buy: [0.20], sell: [0.06], limit: (100, 100), emission: 0.5)
    project.reference = Reference()
    return project
  }

  private func accounts(_ project: Project) throws -> Accounts {
    Accounts.make(try PlanStudy.run(project: project, solver: Structured()), solver: Structured())
  }

  @Test("is that of the own contract with the plant that stands already")
  func ownRoof() throws {
    let accounts = try accounts(project())
    // Life 25 of 20 years: no renewal, a fifth is left.
    let upkeep = 11.0 * 20
    let rest = 11.0 * 500 * 5 / 25 * presentWorth(rate: 0.05, time: 20) * capitalRecoveryFactor(rate: 0.05, years: 20)
    let alone = accounts.members.compactMap(\.costAlone)
    #expect(abs(alone[0] - (upkeep - rest - 9 * 0.06 * 8760)) < 1e-3)
    #expect(abs(alone[1] - 6 * 0.20 * 8760) < 1e-3)
    // The reference is the sum of both; its emission is that of the shop.
    #expect(abs((accounts.reference?.annualCost ?? 0) - alone[0] - alone[1]) < 1e-3)
    #expect(abs((accounts.value("co2_business_as_usual") ?? 0) - 6 * 8760 * 0.5 / 1000) < 1e-6)
    // Together: six of the nine kW that are left go to the shop in place of the grid.
    let benefit = accounts.members.compactMap(\.benefit).reduce(0, +)
    #expect(abs(benefit - 6 * (0.20 - 0.06) * 8760) < 1e-3)
  }

  @Test("benefit is worth what the member's own rate makes of it")
  func ownRate() throws {
    var project = project()
    for member in try accounts(project).members.dropLast() {
      let worth = try #require(member.benefit) / capitalRecoveryFactor(rate: 0.05, years: 20)
      #expect(abs(try #require(member.presentBenefit) - worth) < 1e-6 * abs(worth) + 1e-6)
    }
    // The shop only pays by the year.
    project.members[1].discountRate = 0.12
    let shop = try accounts(project).members[1]
    let worth = try #require(shop.benefit) / capitalRecoveryFactor(rate: 0.12, years: 20)
    #expect(abs(try #require(shop.presentBenefit) - worth) < 1e-6 * abs(worth) + 1e-6)
  }

  @Test("runs an own generator where it is cheaper than the contract")
  func ownGenerator() throws {
    var project = project()
    project.carriers.append(Carrier(id: "diesel", kind: .fuel))
    project.buses.append(Bus(id: "tank", carrier: "diesel"))
    project.addMarket("fuel", bus: "tank", buy: [0.05])
    project.addConverter(
      "genset", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-2])], max: 10,
      cost: .capital(0, operation: 0, life: 20))
    project.components[1].member = "shop"
    project.components[1].sizes[0].existing = 10
    let accounts = try accounts(project)
    #expect(abs((accounts.members[1].costAlone ?? 0) - 6 * 0.10 * 8760) < 1e-3)
  }

  @Test("is not known of plant that was not run, and then nothing is compared")
  func notRun() throws {
    let outcome = try PlanStudy.run(project: project(), solver: Structured())
    let plan = try #require(outcome.plan)
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    #expect(accounts.members[0].costAlone == nil && accounts.members[1].costAlone != nil)
    #expect(accounts.value("co2_reduction") == nil && accounts.value("irr") == nil)
  }

  @Test("says who cannot live alone")
  func tooSmall() throws {
    var project = project()
    project.markets[0].onlyAlone = false
    project.addMarket("weak", buy: [0.2], limit: (1, 1))
    project.markets[1].onlyAlone = true
    project.members[0].aloneMarket = "weak"
    project.components[0].sizes[0].existing = 0.5
    project.components[0].sizes[0].maximum = 0.5
    let accounts = try accounts(project)
    #expect(accounts.members[0].costAlone == nil)
    #expect(accounts.reference?.missing.first?.contains("cannot serve") ?? false)
  }
}

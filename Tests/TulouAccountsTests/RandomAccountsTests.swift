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

/// Identities of the accounts on planned random projects; a failure prints the seed and what the project holds.
@Suite("Accounts of random projects", .enabled(if: InstalledHighs.isPresent))
struct RandomAccountsTests {
  static let seeds = Array(UInt64(1)...40)

  static func outcome(_ project: Project) throws -> Outcome {
    var options = PlanOptions()
    options.explanationSeconds = nil
    return try PlanStudy.run(project: project, options: options, solver: Highs(#require(InstalledHighs.library)))
  }

  @Test("close, add up, and come to the planned cost", arguments: seeds)
  func hold(seed: UInt64) throws {
    let random = RandomProject(seed: seed)
    let outcome = try Self.outcome(random.project)
    guard let plan = outcome.plan, let certificate = outcome.certificate else {
      #expect(RandomProject.impossible.contains(seed), "\(random)")
      return
    }
    let accounts = Accounts.make(project: random.project, plan: plan)
    let comment = Comment(rawValue: "\(random)")
    expectIdentities(accounts, random.project, comment)
    let power = random.project.demands.reduce(1.0) { max($0, $1.power.max() ?? 0) }
    #expect(accounts.balance.residual < 1e-6 * power, comment)
    for view in accounts.balance.carriers + [accounts.balance.all] {
      #expect(abs(view.yearly.residual) < 1e-6 * max(1, view.yearly.served), comment)
    }
    // Falling tiers and costs that are paid once are the bill's own: there the two may differ, and a warning says so.
    let annual = try #require(accounts.value("annual_cost"))
    if abs(annual - certificate.cash) > 1e-6 * (1 + abs(certificate.cash)) {
      #expect(
        accounts.warnings.contains { $0.message.contains("minimised") || $0.message.contains("believed") }, comment)
      #expect(
        random.project.components.contains { $0.sizes.contains { $0.cost.fixedCapital > 0 } },
        "\(annual) \(certificate.cash) \(comment)")
    }
    for bill in accounts.bills { #expect(abs(bill.difference ?? 0) < 1e-6, "\(bill.market) \(comment)") }
    let carbon = accounts.carbon
    #expect(abs(carbon.fleet.emission + carbon.fleet.other - carbon.fossil) < 1e-9 * (1 + carbon.fossil), comment)
  }

  @Test("count other pollutants, and their cost, as the plan does", arguments: seeds.prefix(20))
  func pollutants(seed: UInt64) throws {
    var random = RandomProject(seed: seed)
    var dice = SeededRandom(seed: seed, stream: 98)
    func factors() -> [Pollutant: Double] {
      Dictionary(
        uniqueKeysWithValues: Pollutant.all.compactMap { dice.uniform() < 0.6 ? ($0, dice.uniform(0...2e-3)) : nil })
    }
    for i in random.project.carriers.indices where random.project.carriers[i].kind == .fuel {
      random.project.carriers[i].pollutants = factors()
    }
    for i in random.project.components.indices {
      guard case .converter(var block) = random.project.components[i].block, block.fuelPort != nil else { continue }
      block.pollutants = factors()
      random.project.components[i].block = .converter(block)
    }
    let steps = random.project.horizon.steps
    for i in random.project.markets.indices
    where random.project.carrier(ofBus: random.project.markets[i].bus)?.kind != .fuel {
      random.project.markets[i].pollutants = factors().mapValues { factor in
        PathSeries((0..<steps).map { factor * Double(1 + $0 % 3) }, escalation: dice.uniform(-0.05...0.02))
      }
    }
    for pollutant in Pollutant.all where dice.uniform() < 0.7 {
      random.project.economy.pollutantPrices[pollutant] = YearPath(
        dice.uniform(0...20), escalation: dice.uniform(0...0.04))
    }
    let outcome = try Self.outcome(random.project)
    guard let plan = outcome.plan, let certificate = outcome.certificate else {
      #expect(RandomProject.impossible.contains(seed), "\(random)")
      return
    }
    let comment = Comment(rawValue: "\(random)")
    let accounts = Accounts.make(project: random.project, plan: plan)
    for (pollutant, form) in zip(Pollutant.all, outcome.assembled.pollution) {
      let planned = plan.problem.value(
        of: form, flows: plan.solution.flows, contents: plan.solution.contents, capacities: plan.solution.capacities
      ).sum
      let counted = accounts.pollutants[pollutant] * plan.problem.years
      #expect(abs(planned - counted) <= 1e-9 * (1 + abs(counted)), "\(pollutant.name) \(comment)")
    }
    let annual = try #require(accounts.value("annual_cost"))
    if !random.project.components.contains(where: { $0.sizes.contains { $0.cost.fixedCapital > 0 } }) {
      #expect(abs(annual - certificate.cash) <= 1e-6 * (1 + abs(certificate.cash)), comment)
    }
  }

  @Test("divide among members without rest", arguments: seeds)
  func membersHold(seed: UInt64) throws {
    var random = RandomProject(seed: seed)
    var dice = SeededRandom(seed: seed, stream: 99)
    random.project.members = [
      Member(id: "mill", kind: "sme"), Member(id: "village", kind: "village"), Member(id: "farm", kind: "farm"),
    ]
    let owners: [String?] = ["mill", "village", "farm", nil]
    func owner() -> String? { owners[Int(dice.uniform() * 4)] }
    for i in random.project.components.indices where random.project.components[i].member == nil {
      random.project.components[i].member = owner()
    }
    for i in random.project.demands.indices { random.project.demands[i].member = owner() }
    random.project.sharing.commonsKey = ["investment", "energy", "equal"][Int(dice.uniform() * 3)]
    let outcome = try Self.outcome(random.project)
    guard let plan = outcome.plan else {
      #expect(RandomProject.impossible.contains(seed), "\(random)")
      return
    }
    let accounts = Accounts.make(project: random.project, plan: plan)
    expectIdentities(accounts, random.project, Comment(rawValue: "\(random)"))
    // What members buy and sell inside is the same energy.
    for carrier in random.project.carriers.map(\.id) {
      let trades = accounts.members.flatMap(\.trade).filter { $0.carrier == carrier }
      let bought = trades.reduce(0) { $0 + $1.boughtInside }, sold = trades.reduce(0) { $0 + $1.soldInside }
      #expect(abs(bought - sold) < 1e-6 * (1 + bought), "\(random)")
      let market = random.project.markets.filter {
        !$0.onlyAlone && random.project.carrier(ofBus: $0.bus)?.id == carrier
      }
      guard market.allSatisfy({ $0.metering == .net }), market.count == 1 else { continue }
      // Under net metering members' market parts are the outside purchase.
      let outside = trades.reduce(0) { $0 + $1.boughtOutside }
      let years = accounts.years
      let total = plan.total(market[0].id, .purchase).map { series in
        zip(series, random.project.horizon.weights).reduce(0) { $0 + $1.0 * $1.1 } * plan.problem.stepHours / years
      }
      if let total { #expect(abs(outside - total) < 1e-5 * (1 + total), "\(random)") }
    }
  }

  @Test("lower emission term by term between two plans (R106)", arguments: seeds.prefix(12))
  func decompose(seed: UInt64) throws {
    let base = RandomProject(seed: seed)
    var target = base
    target.project.components.removeAll { if case .storage = $0.block { true } else { false } }
    for i in target.project.demands.indices {
      target.project.demands[i].power = target.project.demands[i].power.map { 1.1 * $0 }
    }
    let first = try #require(try Self.outcome(base.project).plan, "\(base)")
    guard let second = try Self.outcome(target.project).plan else {
      // A tenth more than the limits of this one allow without storages.
      #expect(seed == 2, "\(base)")
      return
    }
    let before = Accounts.make(project: base.project, plan: first).carbon
    let after = Accounts.make(project: target.project, plan: second).carbon
    let parts = EmissionDecomposition(from: before.fleet, to: after.fleet)
    let scale = 1 + before.fossil + after.fossil + abs(parts.substitution) + abs(parts.losses) + abs(parts.saving)
    #expect(abs(parts.residual) < 1e-9 * scale, "\(base)")
    #expect(abs(parts.total - (before.fossil - after.fossil)) < 1e-9 * scale, "\(base)")
  }
}

@Suite("Decomposition of planned pairs", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct PlannedDecompositionTests {
  @Test("storage taken away, and no wind")
  func storage() throws {
    let columns = try NamedProject.first()
    let base = BenchProjects.c1(columns, hours: 336)
    var bare = base
    bare.components.removeAll { $0.id == "battery" || $0.id == "pumped" }
    bare.limits = Limits()
    let full = Accounts.make(project: base, plan: try InstalledHighs.plan(base)).carbon
    let without = Accounts.make(project: bare, plan: try InstalledHighs.plan(bare)).carbon
    let parts = EmissionDecomposition(from: without.fleet, to: full.fleet)
    #expect(abs(parts.residual) < 1e-9 * (1 + without.fossil))
    #expect(abs(parts.total - (without.fossil - full.fossil)) < 1e-9 * without.fossil)
    // Storages lose energy, renewables replace thermal power.
    #expect(parts.losses < 0)
    #expect(parts.substitution > 0)
  }

  @Test("vehicles added")
  func vehicles() throws {
    let columns = try NamedProject.first()
    let base = BenchProjects.c1(columns, hours: 168)
    var driven = base
    var fleet = Demand(id: "cars", bus: "ac", power: (0..<168).map { $0 % 24 == 8 ? 40 : 0 })
    let away = (0..<168).map { (8..<18).contains($0 % 24) }
    fleet.kind = .vehicles(
      .init(
        chargePower: away.map { $0 ? 0 : 50 }, dischargePower: away.map { $0 ? 0 : 50 },
        leastContent: [Double](repeating: 0, count: 168), greatestContent: [Double](repeating: 200, count: 168),
        tripEnergy: fleet.power, chargeEfficiency: 0.9, dischargeEfficiency: 0.9))
    driven.demands.append(fleet)
    let before = Accounts.make(project: base, plan: try InstalledHighs.plan(base))
    let plan = try InstalledHighs.plan(driven)
    let after = Accounts.make(project: driven, plan: plan)
    #expect(after.balance.residual < 1e-5)
    // Trips count as served, with the loss of charging; what returns to the grid does not.
    let served = (after.balance.electricity?.yearly.served ?? 0) - (before.balance.electricity?.yearly.served ?? 0)
    let trips = 40.0 * 7 / 0.9 / after.years
    #expect(abs(served - trips) < 0.02 * trips, "\(served) \(trips)")
    let parts = EmissionDecomposition(from: before.carbon.fleet, to: after.carbon.fleet)
    #expect(abs(parts.residual) < 1e-9 * (1 + before.carbon.fossil))
    #expect(parts.saving < 0)
  }
}

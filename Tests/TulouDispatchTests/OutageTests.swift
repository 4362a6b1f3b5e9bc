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

/// Outages of the grid under rules and plans, survival, machines that fail, components that are missing.
@Suite("Outages") struct OutageTests {
  /// Two days of 10 kW from the grid, a battery of 20 kWh, sun of 12 kW from 8 to 16 h; the grid is out from 18 to 21 h.
  static func home() -> Project {
    var project = Project.small("home", hours: 48, buses: [("ac", .electricity)])
    project.addDemand("home", [Double](repeating: 10, count: 48), unservedCost: 5)
    project.addSource(
      "sun", class: .sun, share: (0..<48).map { (8..<16).contains($0 % 24) ? 1 : 0 }, max: 12, cost: .yearly(0))
    project.addStorage(
      "battery", charge: 1, discharge: 1, shape: .independent,
      sizes: [.kW(part: .power, max: 8, .yearly(0)), .kWh(max: 20, .yearly(0))])
    project.addMarket("grid", buy: [0.2], limit: (15, 0))
    var outages = GridOutages()
    outages.planned = (0..<48).map { (18..<21).contains($0 % 24) }
    project.markets[0].outages = outages
    project.fixSizes()
    return project
  }

  private func simulated(
    _ project: Project, _ strategy: DispatchStrategy = .selfConsumption, missing: Bool = false
  ) throws -> Outcome {
    var options = SimulateOptions()
    options.strategy = strategy
    options.findsContingencies = missing
    return try SimulateStudy.run(project: project, options: options, solver: Structured())
  }

  @Test("rule and hourly optimisation buy nothing while the grid is out") func honoured() throws {
    let project = Self.home()
    let rule = try simulated(project)
    let bought = try #require(rule.plan?.total("grid", .purchase))
    // Surplus of 2 kW from 8 to 16 h charges 16 kWh; from 16 h on the battery serves first: 8 + 8, nothing is left at 18 h.
    for t in 0..<48 {
      let hour = t % 24
      let expected: Double =
        (18..<21).contains(hour) || (8..<16).contains(hour) ? 0 : (16..<18).contains(hour) ? 2 : 10
      #expect(abs(bought[t] - expected) < 1e-9, "hour \(t)")
    }
    let unserved = try #require(rule.plan?.total("home", .unserved))
    #expect(abs(unserved.reduce(0, +) - 60) < 1e-9)
    #expect(rule.rules?.reasons[18].contains("the grid was out") == true)
    // Perfect foresight keeps the battery for the outage: 20 kWh of 30 at 8 kW, 8 + 8 + 4.
    let foresight = try #require(rule.rules?.foresight)
    #expect(abs(foresight.unserved - 10 * 365) < 1e-3)
    let plan = try #require(try PlanStudy.run(project: project, solver: Structured()).plan)
    let planned = try #require(plan.total("grid", .purchase))
    for t in 0..<48 where (18..<21).contains(t % 24) { #expect(planned[t] < 1e-6) }
    // A controller that looks ahead knows planned outages too.
    let rolling = try simulated(project, .optimal(horizon: 24, step: 1, knowledge: .pastDays(1)))
    #expect(abs((rolling.plan?.total("home", .unserved) ?? []).reduce(0, +) - 20) < 1e-3)
    let survival = try #require(rule.rules?.survival)
    #expect(survival.outages?.count == 2 && survival.outages?.hours == 6)
  }

  @Test("a market without limit is cut off too, and its reserve with it") func withoutLimit() throws {
    var project = Self.home()
    project.markets[0].buyLimit = nil
    let plan = try #require(try PlanStudy.run(project: project, solver: Structured()).plan)
    let planned = try #require(plan.total("grid", .purchase))
    for t in 0..<48 where (18..<21).contains(t % 24) { #expect(planned[t] < 1e-6) }
    #expect((planned.max() ?? 0) > 1)
  }

  @Test("survival from every start, by hand") func survival() throws {
    var project = Self.home()
    project.reliability.longestOutage = 4
    let outcome = try simulated(project)
    let survival = try #require(outcome.rules?.survival)
    let curve = try #require(survival.curves.first)
    // Sun alone serves the eight hours from 8 h; the battery gives 8 kW of 10, so no dark hour is survived.
    #expect(survival.curves.count == 1 && curve.probability.count == 4)
    for (length, starts) in [8.0, 7, 6, 5].enumerated() {
      #expect(abs(curve.probability[length] - starts / 24) < 1e-12)
    }
    #expect(curve.leastHours == 0)
    #expect(survival.indicators.map(\.key) == ["outage_survival.1h", "outage_survival.4h"])
    #expect(abs((survival.indicators.last?.value ?? 0) - 5.0 / 24) < 1e-12)
  }

  @Test("machines that fail: the chain of V7 through a project") func failures() throws {
    // Flat 100 kW, one machine (availability 0.98, start failure 0.1, mean time to failure 100 h), battery 400 kWh, full.
    var project = Project.small("backup", hours: 48, buses: [("ac", .electricity), ("tank", .fuel)])
    project.addDemand("site", [Double](repeating: 100, count: 48), unservedCost: 5)
    project.addStorage(
      "battery", charge: 1, discharge: 1, shape: .independent,
      sizes: [.kW(part: .power, max: 100, .yearly(0)), .kWh(max: 400, .yearly(0))])
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-3])], max: 100, cost: .yearly(0))
    project.addMarket("grid", buy: [0.1], limit: (200, 0))
    project.addMarket("oil", bus: "tank", buy: [0.1])
    project.fixSizes()
    for c in project.components.indices {
      if case .storage(var block) = project.components[c].block {
        block.initialShare = 1
        project.components[c].block = .storage(block)
      }
      if case .converter(var block) = project.components[c].block {
        var failures = MachineFailures(meanHoursToFailure: 100)
        failures.availability = 0.98
        failures.startFailure = 0.1
        block.failures = failures
        project.components[c].block = .converter(block)
      }
    }
    project.reliability.longestOutage = 24
    // At this price the battery is kept full: nothing but the grid serves.
    let outcome = try simulated(project, .priceThreshold(low: 0.2, high: 1))
    let curve = try #require(outcome.rules?.survival?.curves.first)
    #expect(curve.probability == [Double](repeating: 1, count: 24))
    // REopt.jl: 0.99^20 x 0.9 x 0.98 = 0.72139.
    #expect(abs((curve.withFailures.last ?? 0) - 0.72139) < 1e-5)
    #expect(Measured.isWithin("reopt.survival", abs((curve.withFailures.last ?? 0) - 0.72139)))
    #expect(abs((curve.withFailuresLeast.last ?? 0) - 0.72139) < 1e-5)
    // The same machines without failures survive at least as often, and here always.
    #expect(curve.withoutFailures.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(zip(curve.withFailures, curve.withoutFailures).allSatisfy { $0 <= $1 + 1e-12 })
    project.components[1].sizes[0].maximum = 50
    project.components[1].sizes[0].minimum = 50
    project.reliability.outageFuel = 100
    let short = try #require(try simulated(project, .priceThreshold(low: 0.2, high: 1)).rules?.survival)
    #expect(short.curves[0].withFailures.isEmpty && short.note.contains("machines of one size"))
    // 100 kWh of fuel are 33 kWh of output: four hours by the battery, none more at 100 kW.
    #expect(short.curves[0].leastHours == 4)
  }

  @Test("each component missing in turn") func contingencies() throws {
    let outcome = try simulated(Self.home(), missing: true)
    let cases = try #require(outcome.rules?.contingencies)
    #expect(cases.map(\.id) == ["", "sun", "battery", "grid"])
    // Per year of 365 days: 30 kWh a day in the outage; the same without sun or battery; without the grid 16 dark hours of
    // 10 kW less the 16 kWh that the battery carries over.
    for (one, perDay) in zip(cases, [30.0, 30, 30, 144]) {
      #expect(abs(one.unserved / 365 - perDay) < 1e-6, "\(one.words) \(one.unserved / 365)")
    }
    #expect(abs(cases[0].hours - 3 * 365) < 1e-6 && abs(cases[0].greatest - 10) < 1e-9)
    #expect(throws: ProjectFault.self) {
      try simulated(Self.home(), .optimal(horizon: 24, step: 1, knowledge: .perfect), missing: true)
    }
  }

  @Test("random outages: no forecast knows them, every hour balances") func random() throws {
    var project = Self.home()
    project.markets[0].outages?.planned = []
    project.markets[0].outages?.failed = GridOutages.random(
      steps: 48, stepHours: 1, meanInterval: 12, duration: 3, variability: 0.3, seed: 4)
    project.markets[0].outages?.law = FailureLaw(meanInterval: 12, duration: 3, variability: 0.3)
    #expect(project.markets[0].outages?.failed.contains(true) == true)
    for strategy in [DispatchStrategy.selfConsumption, .optimal(horizon: 24, step: 1, knowledge: .pastDays(1))] {
      let plan = try #require(try simulated(project, strategy).plan)
      let bought = try #require(plan.total("grid", .purchase))
      for t in 0..<48 where project.markets[0].outages?.isOut(t) == true { #expect(bought[t] == 0) }
      let s = plan.solution
      let residuals = plan.problem.residuals(flows: s.flows, contents: s.contents, capacities: s.capacities)
      #expect(residuals.rows.relative < 1e-9 && residuals.flowBounds.relative < 1e-9)
    }
  }

  @Test("paths of years draw their failures anew") func drawnFailures() throws {
    var project = Self.home()
    project.markets[0].outages?.planned = []
    let law = FailureLaw(meanInterval: 10, duration: 6, variability: 0)
    project.markets[0].outages?.law = law
    project.markets[0].outages = project.markets[0].outages?.redrawn(steps: 48, stepHours: 1, seed: 4)
    var asked = MultiYearOptions(years: 3)
    asked.samples = 40
    let record = try #require(
      try MultiYearStudy.run(project: project, options: SimulateOptions(), asked: asked))
    let unserved = try #require(record.quantiles.first { $0.key == "unserved_energy" })
    #expect(unserved.p10 < unserved.p90, "\(unserved)")
    #expect(record.drawn.contains("failures of the grid"))
    // As often as the law says: mean time out over 40 seeds.
    let hours = (1...400).map { seed in
      GridOutages.random(steps: 8760, stepHours: 1, meanInterval: 10, duration: 6, variability: 0, seed: UInt64(seed))
        .count { $0 }
    }
    let mean = Double(hours.reduce(0, +)) / Double(hours.count) / 8760
    #expect(abs(mean - 6.0 / 16) < 0.01, "\(mean)")
  }

  /// REopt.jl test "Minimize Unserved Load", validation/reopt/cases.json `unserved_min_resil`: 1 kW flat, twelve outages
  /// of 169 h of which 168 h must be survived, lost load worth 0.001 $/kWh: the last hour of each is not served.
  @Test("REopt: unserved only where it may be") func leastSurvival() throws {
    var project = Project.small("resilience", hours: 169, buses: [("ac", .electricity), ("tank", .fuel)])
    project.addDemand("must", (0..<169).map { $0 < 168 ? 1 : 0 })
    project.addDemand("may", (0..<169).map { $0 < 168 ? 0 : 1 }, unservedCost: 0.001)
    // 3 $/gal at 40.7 kWh/gal, 660 gal at hand, efficiency 0.3233.
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-1 / 0.3233])], max: 2,
      cost: .yearly(10))
    project.addMarket("oil", bus: "tank", buy: [3 / 40.7])
    project.addMarket("grid", buy: [0], limit: (10, 0))
    var outages = GridOutages()
    outages.planned = [Bool](repeating: true, count: 169)
    project.markets[1].outages = outages
    let plan = try #require(try PlanStudy.run(project: project, solver: Structured()).plan)
    let unserved = try #require(plan.total("may", .unserved))
    #expect(abs(12 * unserved.reduce(0, +) - 12) < 1e-6)
    #expect(Measured.isWithin("reopt.unserved", abs(12 * unserved.reduce(0, +) - 12)))
    let oil = try #require(plan.total("oil", .purchase)).reduce(0, +) / 40.7
    #expect(abs(oil - 168 / 0.3233 / 40.7) < 1e-6 && oil < 660)
  }

  /// REopt.jl test "Off-grid with generator only", validation/reopt/cases.json `offgrid_generator_only`.
  @Test("REopt: a generator alone, off the grid, 99 % served") func offGrid() throws {
    var project = Project.small("island", hours: 24, buses: [("ac", .electricity), ("tank", .fuel)])
    project.economy.realDiscountRate = 0.08
    project.addDemand("shop", [Double](repeating: 100.0 / 8760, count: 24), unservedCost: 0)
    project.limits.unservedEnergy = 0.01
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-1 / 0.3232898])], max: 100,
      cost: .capital(700, operation: 20, life: 10))
    project.addMarket("oil", bus: "tank", buy: [3 / 40.7])
    project.components[0].sizes[0].minimum = 100
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    let plan = try #require(outcome.plan)
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    let generated = try #require(plan.total("diesel", .conversion)).reduce(0, +) * 365
    let gallons = try #require(plan.total("oil", .purchase)).reduce(0, +) * 365 / 40.7
    #expect(abs(generated - 99) < 0.01 && abs(gallons - 7.52) < 0.01 && abs(gallons * 3 - 22.57) < 0.01)
    let rows = accounts.cashFlow.filter { $0.id == "diesel" }
    // With 3,000 $ of other capital, which is no machine: 73,000.
    #expect(abs((rows.first { $0.kind == .capital }?.amount ?? 0) + 3000 - 73000) < 0.1)
    let replacement = try #require(rows.first { $0.kind == .replacement })
    #expect(abs(replacement.amount - 70000) < 0.01 && replacement.year == 10)
    #expect(abs(replacement.discounted / 100 - 324.235442) < 1e-6)
    // After a tax of 26 %.
    #expect(abs(replacement.discounted * 0.74 - 23993.422708) < 0.01)
    #expect(Measured.isWithin("reopt.offgrid", abs(replacement.discounted * 0.74 - 23993.422708)))
    // The rule serves all of it.
    var options = SimulateOptions()
    options.comparesWithForesight = false
    let rule = try #require(try SimulateStudy.run(project: project, options: options, solver: nil).plan)
    #expect(abs((rule.total("diesel", .conversion) ?? []).reduce(0, +) * 365 - 100) < 1e-6)
  }
}

import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Years simulated one by one: against the accounts of a plan, by hand, and as quantiles.
@Suite("Year by year") struct MultiYearTests {
  private func record(
    _ project: Project, years: Int, samples: Int = 0, volatility: Double = 0, seed: UInt64 = 1,
    weather: [(name: String, project: Project)] = [], cheapest: Bool = false
  ) throws -> MultiYearRecord {
    var options = SimulateOptions()
    options.cheapest = cheapest
    options.seed = seed
    var asked = MultiYearOptions(years: years)
    asked.samples = samples
    asked.priceVolatility = volatility
    return try #require(try MultiYearStudy.run(project: project, weather: weather, options: options, asked: asked))
  }

  @Test("prices that grow cost the same one by one as levelised, and plant too", arguments: UInt64(1)...12)
  func levelised(seed: UInt64) throws {
    var project = SimulateTests.sized(seed)
    guard project.horizon.periods.count == 1, project.horizon.calendarYears.count == 1 else { return }
    project.economy.lifetime = project.economy.lifetime.rounded()
    for c in project.components.indices {
      if case .source(var block) = project.components[c].block {
        block.degradation = 0
        project.components[c].block = .source(block)
      }
    }
    for m in project.markets.indices { project.markets[m].buy?.price.escalation = 0.02 }
    project.economy.carbonPrice.escalation = 0.03
    let single = try SimulateTests.run(project, .loadFollowing)
    let plan = try #require(single.plan)
    let accounts = Accounts.make(project: single.project, plan: plan)
    let npc = try #require(accounts.value("net_present_cost"))
    let years = try record(project, years: Int(project.economy.lifetime))
    #expect(abs(years.netPresentCost - npc) < 1e-9 * max(1, abs(npc)), "\(RandomProject(seed: seed))")
    #expect(years.replacements.allSatisfy { $0.cause == "calendar" })
  }

  /// Ten kW from a machine of 20 kW, 3 kWh of fuel a kWh at 0.1: 26,280 a year at first.
  private func island(_ change: (inout Project) -> Void) -> Project {
    var project = Project.small("island", hours: 24, buses: [("ac", .electricity), ("tank", .fuel)])
    project.addDemand("village", [Double](repeating: 10, count: 24), unservedCost: 5)
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-3])], max: 20,
      cost: .capital(100, life: 30))
    project.addMarket("oil", bus: "tank", buy: [0.1])
    project.components[0].sizes[0].minimum = 20
    change(&project)
    return project
  }

  @Test("growth of demand and of prices, by hand") func growth() throws {
    let project = island {
      $0.demands[0].growth = 0.1
      $0.markets[0].buy?.price.escalation = 0.02
    }
    let years = try record(project, years: 10)
    var npc = 2000.0
    for y in 1...10 {
      // Above 20 kW nothing more is served.
      let load = min(20, 10 * TulouFinance.growth(0.1, year: y))
      let fuel = load * 3 * 0.1 * TulouFinance.growth(0.02, year: y) * 8760
      npc += fuel * presentWorth(rate: 0.05, time: Double(y))
      #expect(abs(years.years[y - 1].cash - fuel) < 1e-6)
      #expect(abs(years.years[y - 1].fuel - load * 3 * 8760) < 1e-6)
    }
    // Life 30 y, ten used.
    npc -= 2000 * 2 / 3 * presentWorth(rate: 0.05, time: 10)
    #expect(abs(years.netPresentCost - npc) < 1e-6)
    #expect(years.years[9].unserved > 0 && years.years[6].unserved == 0)
  }

  @Test("machines are replaced by their hours on line, paid by them too") func hours() throws {
    let project = island {
      guard case .converter(var block) = $0.components[0].block else { return }
      block.lifeHours = 15_000
      block.runCost = 0.02
      $0.components[0].block = .converter(block)
    }
    let years = try record(project, years: 5)
    let life = 15_000.0 / 8760
    #expect(years.replacements.map(\.cause) == ["hours", "hours"])
    #expect(abs(years.replacements[0].time - life) < 1e-9 && abs(years.replacements[1].time - 2 * life) < 1e-9)
    // 20 kW at 0.02 a kW and hour.
    #expect(abs(years.years[0].cash - (26_280 + 0)) < 26_280)
    let running = years.cashFlow.filter { $0.kind == .variable && $0.year == 1 }.reduce(0) { $0 + $1.amount }
    #expect(abs(running - 20 * 0.02 * 8760) < 1e-6)
    let salvage = try #require(years.cashFlow.first { $0.kind == .salvage })
    #expect(abs(salvage.amount + 2000 * (1 - (5 - 2 * life) / life)) < 1e-6)
    // The rule's accounts pay the hours as the plan's value does.
    let single = try SimulateTests.run(project, .loadFollowing)
    let plan = try #require(single.plan)
    let accounts = Accounts.make(project: single.project, plan: plan)
    let certificate = try #require(single.certificate)
    #expect(abs((accounts.value("annual_cost") ?? 0) - certificate.cash) < 1e-6)
  }

  /// A battery that carries 5 of 10 kW for twelve hours of each day: 60 kWh of 100 kWh.
  private func battery(_ change: (inout StorageBlock) -> Void) -> Project {
    island {
      $0.addSource(
        "sun", class: .sun, share: (0..<24).map { $0 < 12 ? 1 : 0 }, max: 15, cost: .yearly(0))
      $0.addStorage(
        "battery", charge: 1, discharge: 1, shape: .independent,
        sizes: [.kW(part: .power, max: 5, .yearly(0)), .kWh(max: 100, .capital(50, life: 15))])
      for c in 1...2 {
        for s in $0.components[c].sizes.indices {
          $0.components[c].sizes[s].minimum = $0.components[c].sizes[s].maximum ?? 0
        }
      }
      guard case .storage(var block) = $0.components[2].block else { return }
      change(&block)
      $0.components[2].block = .storage(block)
    }
  }

  @Test("batteries fade by years and by the depth of their cycles") func fade() throws {
    let byYears = try record(
      battery {
        $0.fade = StorageFade()
        $0.fade?.perYear = 0.02
      }, years: 14)
    // Down to 80 % in ten years.
    #expect(byYears.replacements.map(\.cause) == ["fade"] && abs(byYears.replacements[0].time - 10) < 1e-9)
    let left = byYears.years.map { $0.contents[0].left }
    #expect(abs(left[0] - 1) < 1e-12 && abs(left[4] - 0.92) < 1e-12 && abs(left[9] - 0.82) < 1e-12)
    #expect(abs(left[10] - 1) < 1e-12)
    // A cycle of 60 % a day: 365 A 0.6^2 a year.
    let byCycles = try record(
      battery {
        $0.fade = StorageFade()
        $0.fade?.perCycle = 2e-4
        $0.fade?.exponent = 2
      }, years: 14)
    let perYear = 365 * 2e-4 * 0.36
    #expect(abs(byCycles.years[1].contents[0].left - (1 - perYear)) < 1e-9)
    #expect(abs(byCycles.replacements[0].time - 0.2 / perYear) < 0.05)
    // 60 kWh a day of 100 kWh: 219 cycles a year, 1500 last 6.85 years.
    let byEnergy = try record(battery { $0.cycleLife = 1500 }, years: 14)
    #expect(byEnergy.replacements.map(\.cause) == ["throughput", "throughput"])
    #expect(abs(byEnergy.replacements[0].time - 1500 / 219.0) < 1e-9)
    #expect(byEnergy.replacements.allSatisfy { $0.part == .energy && abs($0.cost - 5000) < 1e-9 })
  }

  @Test("a year that repeats itself replaces by use as years one by one do", arguments: [2025, 2019])
  func wornInOneYear(built: Int) throws {
    let worn = battery { $0.cycleLife = 1500 }
    var machine = island { _ in }
    if case .converter(var block) = machine.components[0].block {
      block.lifeHours = 15_000
      machine.components[0].block = .converter(block)
    }
    // Of the 20 kW some stand already, and have run as they do now.
    machine.components[0].sizes[0].existing = built < 2025 ? 12 : 0
    machine.components[0].sizes[0].built = built
    for (project, cause, lives) in [(worn, LifeEnd.throughput, 1500 / 219.0), (machine, .hours, 15_000.0 / 8760)] {
      let single = try SimulateTests.run(project, .loadFollowing)
      let plan = try #require(single.plan)
      let accounts = Accounts.make(project: single.project, plan: plan)
      let npc = try #require(accounts.value("net_present_cost"))
      let years = try record(project, years: Int(project.economy.lifetime))
      #expect(abs(years.netPresentCost - npc) < 1e-9 * npc, "\(years.netPresentCost) \(npc)")
      let costs = single.project.components.flatMap(\.sizes).map(\.cost).filter { $0.lifeEnd == cause }
      #expect(costs.count == 1 && abs((costs[0].life ?? 0) - lives) < 1e-9)
      // Value and accounts are one number.
      #expect(abs((accounts.value("annual_cost") ?? 0) - (single.certificate?.cash ?? 0)) < 1e-6)
    }
  }

  /// ASTM E1049-85, figure 6: peaks and valleys, counts by range.
  @Test("rainflow counting of the standard's example") func rainflow() {
    var counts: [Int: Double] = [:]
    for cycle in Rainflow.cycles([-2, 1, -3, 5, -1, 3, -4, 4, -2], full: 1) {
      counts[Int(cycle.depth.rounded()), default: 0] += cycle.count
    }
    #expect(counts == [3: 0.5, 4: 1.5, 6: 0.5, 8: 1, 9: 0.5])
    #expect(abs(Rainflow.cycles([0, 2, 4, 4, 2, 0], full: 4).reduce(0) { $0 + $1.count } - 1) < 1e-12)
  }

  @Test("sources fade until they are replaced") func degradation() throws {
    let project = battery { _ in }
    var aged = project
    guard case .source(var sun) = aged.components[1].block else { return }
    sun.degradation = 0.01
    aged.components[1].block = .source(sun)
    aged.components[1].sizes[0].cost.life = 8
    let years = try record(aged, years: 12)
    for y in [1, 5, 8] {
      #expect(abs(years.years[y - 1].sources / years.years[0].sources - TulouFinance.growth(-0.01, year: y)) < 0.02)
    }
    #expect(abs(years.years[8].sources - years.years[0].sources) < 1e-6)
  }

  @Test("paths follow their seed; without anything to draw all are alike") func paths() throws {
    let project = island { $0.demands[0].growth = 0.02 }
    let still = try record(project, years: 10, samples: 20)
    let cost = still.quantiles[0]
    #expect(cost.key == "net_present_cost")
    for value in [cost.p10, cost.p50, cost.p90, cost.mean] {
      #expect(abs(value - still.netPresentCost) < 1e-9 * still.netPresentCost)
    }
    let one = try record(project, years: 10, samples: 120, volatility: 0.1)
    #expect(one.quantiles == (try record(project, years: 10, samples: 120, volatility: 0.1).quantiles))
    #expect(one.quantiles != (try record(project, years: 10, samples: 120, volatility: 0.1, seed: 2).quantiles))
    let drawn = one.quantiles[0]
    #expect(drawn.p10 < drawn.p50 && drawn.p50 < drawn.p90)
    // The walk's mean is the expected price.
    #expect(abs(drawn.mean / one.netPresentCost - 1) < 0.05)
    // Of two weathers that differ in demand, paths lie between.
    var windy = project
    windy.demands[0].power = windy.demands[0].power.map { $0 * 0.5 }
    let mixed = try record(
      project, years: 10, samples: 50, weather: [("a", project), ("b", windy)]
    ).quantiles[0]
    #expect(mixed.p10 < mixed.p90 && mixed.p90 < still.netPresentCost)
  }

  @Test("the rule decides by the prices that are drawn, and they are paid") func drawnPrices() throws {
    let project = island {
      $0.addMarket("grid", bus: "ac", buy: [0.3])
      $0.markets[1].energyClass = .outside
    }
    var asked = MultiYearOptions(years: 10)
    asked.samples = 30
    asked.priceVolatility = 0.2
    let draws = PathDraws(markets: ["grid", "oil"], weatherCount: 1, asked: asked, seed: 1)
    let drawn = try record(project, years: 10, samples: 30, volatility: 0.2, cheapest: true)
    // 10 kW all year from what is cheaper: the grid at 0.3, or 3 kWh of oil at 0.1.
    var mean = 0.0
    for path in draws.factors {
      var cost = 2000 - 2000 * 2 / 3 * presentWorth(rate: 0.05, time: 10)
      for (index, level) in path.enumerated() {
        let price = 0.3 * min(level["grid"] ?? 1, level["oil"] ?? 1)
        cost += 87_600 * price * presentWorth(rate: 0.05, time: Double(index + 1))
      }
      mean += cost / 30
    }
    let found = try #require(drawn.quantiles.first { $0.key == "net_present_cost" })
    #expect(abs(found.mean - mean) < 1e-9 * mean, "\(found.mean) \(mean)")
    // Prices at which nothing changes cost the same twice: read anew, or as expected.
    let run = try YearRun(3, of: project, PlantPath(project, 10), SimulateOptions())
    let same = try #require(run.drawn(["grid": 1, "oil": 1]))
    #expect(abs(same.operation - (run.drawn([:])?.operation ?? .nan)) < 1e-9 * same.operation)
  }

  @Test("drawn prices leave out nothing that the accounts of a random project pay", arguments: UInt64(1)...8)
  func drawnAsExpected(seed: UInt64) throws {
    let project = SimulateTests.sized(seed)
    guard project.horizon.periods.count == 1, project.horizon.calendarYears.count == 1 else { return }
    let run = try YearRun(2, of: project, PlantPath(project, 10), SimulateOptions())
    let factors = Dictionary(uniqueKeysWithValues: project.markets.map { ($0.id, 1.0) })
    let same = try #require(run.drawn(factors)), plain = try #require(run.drawn([:]))
    #expect(abs(same.operation - plain.operation) <= 1e-9 * max(1, abs(plain.operation)))
    #expect(abs(same.unserved - plain.unserved) <= 1e-9 * max(1, plain.unserved))
  }
}

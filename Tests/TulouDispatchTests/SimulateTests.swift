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

/// Projects run by rules: hours by hand, laws on random projects, refusals by name.
@Suite("Projects under rules") struct SimulateTests {
  static let strategies: [DispatchStrategy] = [
    .loadFollowing, .cycleCharging(setPoint: 0), .cycleCharging(setPoint: 0.8), .combined(threshold: 0.5),
    .selfConsumption, .priceThreshold(low: nil, high: nil), .peakShaving(limit: nil),
  ]

  static func run(
    _ project: Project, _ strategy: DispatchStrategy, cheapest: Bool = false, foresight: Bool = false
  ) throws -> Outcome {
    var options = SimulateOptions()
    options.strategy = strategy
    options.cheapest = cheapest
    options.comparesWithForesight = foresight
    return try SimulateStudy.run(project: project, options: options, solver: Structured())
  }

  /// The day of TulouSimulationTests/DayTableTests as a project: 10 kW of load, 24 kW of sun from 8 to 16 h, a battery of
  /// 40 kWh, a machine of 12 kW.
  static func day() -> Project {
    var project = Project.small("day", hours: 24, buses: [("ac", .electricity), ("tank", .fuel)])
    project.addDemand("village", [Double](repeating: 10, count: 24), unservedCost: 5)
    project.addSource(
      "sun", class: .sun, share: (0..<24).map { (8..<16).contains($0) ? 1 : 0 }, max: 24, cost: .yearly(0))
    project.addStorage(
      "battery", charge: 0.8, discharge: 1, shape: .independent,
      sizes: [.kW(part: .power, max: 10, .yearly(0)), .kWh(max: 40, .yearly(0))])
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-2])], max: 12, cost: .yearly(0))
    project.addMarket("oil", bus: "tank", buy: [0.5])
    project.fixSizes()
    for c in project.components.indices {
      if case .converter(var block) = project.components[c].block {
        block.noLoad = 0.3
        block.minimumLoad = 0.5
        project.components[c].block = .converter(block)
      }
      if case .storage(var block) = project.components[c].block {
        block.initialShare = 0
        project.components[c].block = .storage(block)
      }
    }
    return project
  }

  @Test("a day by hand: load following") func loadFollowing() throws {
    let outcome = try Self.run(Self.day(), .loadFollowing)
    let plan = try #require(outcome.plan)
    let content = try #require(plan.content(Label("battery", .content)))
    let expected: [Double] = [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 16, 24, 32, 40, 40, 40, 40, 30, 20, 10, 0, 0, 0, 0,
    ]
    for t in 0..<24 { #expect(abs(content[t] - expected[t]) < 1e-9, "hour \(t)") }
    let output = try #require(plan.total("diesel", .conversion))
    #expect(abs(output.reduce(0, +) - 120) < 1e-9)
    // 12 hours on line x 0.3 x 12 kW + 2 x 120 kWh
    let oil = try #require(plan.total("oil", .purchase))
    #expect(abs(oil.reduce(0, +) - 283.2) < 1e-9)
    // Sun is not made where nothing takes it: 8 x 24 - 62 thrown away.
    let sun = try #require(plan.total("sun", .production))
    #expect(abs(sun.reduce(0, +) - 130) < 1e-9)
    let rules = try #require(outcome.rules)
    #expect(rules.generators == [.init(id: "diesel", machines: 1, starts: 2, hours: 12)])
    #expect(rules.reasons[8].contains("sources covered the demand"))
    #expect(rules.machines[0].id == "battery" && rules.machines[0].phrases[20].contains("there was no surplus"))
    #expect(rules.machines[0].phrases[14].contains("full"))
    // 283.2 kWh of fuel at 0.5, paid by the day, counted by the year.
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    #expect(abs((accounts.value("annual_cost") ?? 0) - 283.2 * 0.5 * 365) < 1e-6)
    let certificate = try #require(outcome.certificate)
    #expect(abs(certificate.value - 283.2 * 0.5 * 365) < 1e-6)
  }

  @Test("a day by hand: cycle charging") func cycleCharging() throws {
    let plan = try #require(try Self.run(Self.day(), .cycleCharging(setPoint: 0)).plan)
    let output = try #require(plan.total("diesel", .conversion))
    #expect(abs(output.reduce(0, +) - 132) < 1e-9)
    let charge = try #require(plan.total("battery", .charge))
    #expect(abs(charge.reduce(0, +) - 70.5) < 1e-9)
  }

  @Test("perfect foresight is never dearer, and the bound lies below") func foresight() throws {
    for strategy in [DispatchStrategy.loadFollowing, .cycleCharging(setPoint: 0.8)] {
      let outcome = try Self.run(Self.day(), strategy, foresight: true)
      let foresight = try #require(outcome.rules?.foresight)
      let value = try #require(outcome.certificate?.value)
      #expect(foresight.value <= value * (1 + 1e-9))
      #expect(foresight.bound <= foresight.value * (1 + 1e-9))
      #expect(abs(foresight.excess - (value / foresight.value - 1)) < 1e-12)
    }
  }

  /// A random project with every size fixed somewhere below its maximum, without what rules do not take.
  static func sized(_ seed: UInt64) -> Project {
    var project = RandomProject(seed: seed).project
    var random = SeededRandom(seed: seed, stream: 5)
    let electric = Set(project.buses.filter { $0.carrier == "electricity" && $0.member == nil }.map(\.id))
    project.members = []
    project.buses.removeAll { $0.carrier == "heat" || $0.member != nil }
    project.markets.removeAll { $0.bus == "hot" }
    project.demands.removeAll { !electric.contains($0.bus) }
    project.components.removeAll { component in
      switch component.block {
      case .source(let source): return !electric.contains(source.bus)
      case .converter: return component.kind != "generator"
      case .storage(let storage): return !electric.contains(storage.bus)
      case .link(let link): return !electric.contains(link.from) || !electric.contains(link.to)
      }
    }
    // Every third project has a lake in place of its first source that sun or wind feed.
    if seed % 3 == 1 {
      for c in project.components.indices {
        guard case .source(var source) = project.components[c].block, case .share = source.supply, !source.mustTake
        else {
          continue
        }
        source.supply = .reservoir(
          SourceBlock.Lake(
            inflow: (0..<project.horizon.steps).map { _ in random.uniform(0...20) }, content: random.uniform(20...300)))
        project.components[c].block = .source(source)
        break
      }
    }
    for c in project.components.indices {
      for s in project.components[c].sizes.indices {
        let size = project.components[c].sizes[s]
        let total = max(size.existing, (size.maximum ?? 200) * random.uniform(0.2...1))
        project.components[c].sizes[s].minimum = total
        project.components[c].sizes[s].maximum = total
      }
      if case .storage(var block) = project.components[c].block {
        if case .hoursBetween = block.shape { block.shape = .independent }
        if seed % 3 == 0 { block.kinetic = KineticBattery(share: 0.4, rate: 0.8) }
        project.components[c].block = .storage(block)
      }
      if case .converter(var block) = project.components[c].block, seed % 4 == 1 {
        block.runCost = 0.01
        project.components[c].block = .converter(block)
      }
    }
    for m in project.markets.indices where electric.contains(project.markets[m].bus) && seed % 2 == 0 {
      guard !project.markets[m].onlyAlone else { continue }
      var outages = GridOutages()
      outages.failed = GridOutages.random(
        steps: project.horizon.steps, stepHours: project.horizon.stepHours, meanInterval: 30, duration: 3,
        variability: 0.5, seed: seed)
      project.markets[m].outages = outages
    }
    return project
  }

  @Test("energy balances every hour, every bound holds, money agrees with the accounts", arguments: UInt64(1)...30)
  func laws(seed: UInt64) throws {
    let project = Self.sized(seed)
    for strategy in Self.strategies {
      for cheapest in [false, true] {
        let outcome = try Self.run(project, strategy, cheapest: cheapest)
        let plan = try #require(outcome.plan)
        var where_ = Comment(rawValue: "\(RandomProject(seed: seed)) \(strategy.name)\(cheapest ? " cheapest" : "")")
        var problem = plan.problem
        // A rule may fall short of the reserve in its own way, and closes a year only as far as it settles.
        for r in problem.rows.indices where problem.rows[r].label.part == .reserve {
          problem.rows[r].lower = .constant(-.infinity)
        }
        let s = plan.solution
        let residuals = problem.residuals(flows: s.flows, contents: s.contents, capacities: s.capacities)
        func label<Element>(_ all: [Element], _ i: Int, _ path: (Element) -> Label) -> String {
          all.indices.contains(i) ? path(all[i]).description : "-"
        }
        where_ = Comment(
          rawValue: where_.rawValue + " worst: " + label(problem.rows, residuals.rows.element, \.label) + ", "
            + label(problem.flows, residuals.flowBounds.element, \.label) + ", "
            + label(problem.states, residuals.states.element, \.label) + " step \(residuals.states.step)")
        #expect(residuals.rows.relative < 1e-9, where_)
        #expect(residuals.flowBounds.relative < 1e-9, where_)
        let settles = !outcome.warnings.contains { $0.message.contains("After repeated years") }
        let hasLoss = project.components.contains {
          if case .storage(let block) = $0.block { block.standingLoss > 0 } else { false }
        }
        let keepsInitial = !outcome.warnings.contains { $0.message.contains("ends with less") }
        if settles, keepsInitial { #expect(residuals.states.relative < 1e-6, where_) }
        if !hasLoss { #expect(residuals.contentBounds.relative < 1e-9, where_) }
        let accounts = Accounts.make(project: outcome.project, plan: plan)
        let certificate = try #require(outcome.certificate)
        #expect(
          abs((accounts.value("annual_cost") ?? .nan) - certificate.cash) < 1e-6 * max(1, abs(certificate.cash)), where_
        )
        #expect(accounts.balance.residual < 1e-6, where_)
      }
    }
  }

  @Test("starts are paid, minimum run times kept, machines whole") func machines() throws {
    var project = Self.day()
    let i = try #require(project.components.firstIndex { $0.id == "diesel" })
    project.components[i].sizes[0].choice = .multiples(of: 6)
    guard case .converter(var block) = project.components[i].block else { return }
    block.startCost = 2
    block.minimumRunHours = 3
    project.components[i].block = .converter(block)
    let outcome = try Self.run(project, .loadFollowing)
    let use = try #require(outcome.rules?.generators.first)
    #expect(use.machines == 2)
    let plan = try #require(outcome.plan)
    let online = try #require(plan.total("diesel", .online))
    #expect(online.allSatisfy { abs($0 / 6 - ($0 / 6).rounded()) < 1e-12 })
    let accounts = Accounts.make(project: outcome.project, plan: plan)
    let oil = try #require(plan.total("oil", .purchase))
    // Two machines of 6 kW start twice in the day: 24 kW of starts at 2 a kW; hour 23 passes into hour 0 on line.
    var starts = 0.0
    for t in 0..<24 { starts += max(0, online[(t + 1) % 24] - online[t]) * 2 }
    #expect(starts > 0)
    let expected = (oil.reduce(0, +) * 0.5 + starts) * 365
    #expect(abs((accounts.value("annual_cost") ?? 0) - expected) < 1e-6)
    #expect(abs((outcome.certificate?.value ?? 0) - expected) < 1e-6)
  }

  @Test("a rolling horizon that knows the future comes near perfect foresight, and closes every hour") func rolling()
    throws
  {
    var project = Self.day()
    project.horizon = Horizon(
      periods: [.init(start: CivilDate(year: 2025, month: 1, day: 1), steps: 24 * 14)], stepHours: 1)
    let hours = 24 * 14
    var load: [Double] = [], sun: [Double] = [], price: [Double] = []
    for t in 0..<hours {
      load.append(8 + 4 * Double(t * 7 % 5))
      let isDay = (8..<16).contains(t % 24)
      sun.append(isDay ? 0.4 + 0.1 * Double(t / 24 % 7) : 0)
      price.append(t % 24 < 7 ? 0.5 : 1.5)
    }
    project.demands[0].power = load
    if case .source(var block) = project.components[0].block {
      block.supply = .share(sun)
      project.components[0].block = .source(block)
    }
    for c in project.components.indices {
      // Machines that can run at any load without loss: then the relaxed windows are exact.
      if case .converter(var block) = project.components[c].block {
        block.noLoad = 0
        block.minimumLoad = 0
        project.components[c].block = .converter(block)
      }
      if case .storage(var block) = project.components[c].block {
        block.initialShare = nil
        project.components[c].block = .storage(block)
      }
    }
    project.addMarket("grid", buy: price, limit: (6, 0))
    for knowledge in [DispatchStrategy.Knowledge.perfect, .error(0.2), .pastDays(3)] {
      let outcome = try Self.run(
        project, .optimal(horizon: 48, step: 6, knowledge: knowledge), foresight: knowledge == .perfect)
      let plan = try #require(outcome.plan)
      let s = plan.solution
      let residuals = plan.problem.residuals(flows: s.flows, contents: s.contents, capacities: s.capacities)
      #expect(residuals.rows.relative < 1e-9 && residuals.flowBounds.relative < 1e-9, "\(knowledge)")
      if knowledge == .perfect {
        let excess = try #require(outcome.rules?.foresight?.excess)
        #expect(excess > -1e-3 && excess < 0.02, "\(excess)")
      }
    }
  }

  /// Battery of 20 kWh and 10 kW without loss, half full; 10 kW of load; a kWh costs 0.1 until 6 h and 0.3 after.
  @Test("a day by hand: rolling horizon") func optimalDay() throws {
    var project = Project.small("day", hours: 24, buses: [("ac", .electricity)])
    project.addDemand("village", [Double](repeating: 10, count: 24))
    project.addStorage(
      "battery", charge: 1, discharge: 1, shape: .independent,
      sizes: [.kW(part: .power, max: 10, .yearly(0)), .kWh(max: 20, .yearly(0))])
    project.addMarket("grid", buy: (0..<24).map { $0 < 6 ? 0.1 : 0.3 }, limit: (30, 0))
    project.fixSizes()
    guard case .storage(var block) = project.components[0].block else { return }
    block.initialShare = 0.5
    project.components[0].block = .storage(block)
    let plan = try #require(
      try Self.run(project, .optimal(horizon: 24, step: 1, knowledge: .perfect)).plan)
    let bought = try #require(plan.total("grid", .purchase))
    // Purchases as late as they may be: the battery serves the first hour, is filled in the last two cheap ones and serves
    // the first two dear ones. Hours at one price are told apart by a thousandth of the price, hence the tolerance.
    var cost = 0.0
    for t in 0..<24 {
      let expected: Double = t == 4 || t == 5 ? 20 : [0, 6, 7].contains(t) ? 0 : 10
      #expect(abs(bought[t] - expected) < 0.2, "hour \(t): \(bought[t])")
      cost += bought[t] * (t < 6 ? 0.1 : 0.3)
    }
    #expect(abs(cost - 55) < 1e-3)
  }

  @Test("what rules cannot run is refused by name") func refusals() throws {
    func message(_ project: Project, sizes: [String: Double] = [:]) -> String {
      var options = SimulateOptions()
      options.sizes = sizes
      do {
        _ = try SimulateStudy.run(project: project, options: options, solver: nil)
        return ""
      } catch { return error.diagnostics.map { $0.path + ": " + $0.message }.joined(separator: "\n") }
    }
    var heat = Self.day()
    heat.carriers.append(Carrier(id: "heat", kind: .heat))
    heat.buses.append(Bus(id: "hot", carrier: "heat"))
    heat.addDemand("rooms", bus: "hot", [Double](repeating: 5, count: 24))
    #expect(message(heat).contains("demands.rooms: ") && message(heat).contains("'hot'"))
    var free = Self.day()
    free.components[0].sizes[0].minimum = 0
    #expect(message(free).contains("The size of 'sun' is free"))
    #expect(message(free, sizes: ["sun": 24]) == "")
    var river = Self.day()
    if case .source(var source) = river.components[0].block {
      source.supply = .reservoir(
        SourceBlock.Lake(inflow: [Double](repeating: 1, count: 24), content: 5, above: "dam"))
      river.components[0].block = .source(source)
    }
    #expect(message(river).contains("'sun' stands below the lake of 'dam'"))
    var two = Self.day()
    two.addMarket("a", buy: [0.1])
    two.addMarket("b", buy: [0.2])
    #expect(message(two).contains("'b' is a second market"))
  }

  @Test("machines without number are refused, not simulated") func tinyUnits() throws {
    var project = SearchTests.island()
    project.components[2].sizes[0].choice = .multiples(of: 1e-5)
    var options = SimulateOptions()
    options.sizes = ["sun": 0, "battery.power": 0, "diesel": 80]
    #expect {
      try SimulateStudy.run(project: project, options: options, solver: nil)
    } throws: { error in
      (error as? ProjectFault)?.diagnostics.contains { $0.message.contains("1000 at most") } ?? false
    }
  }

  @Test("where selling pays more than buying costs, perfect foresight is a dispatch, and its bound lies below")
  func dearSale() throws {
    var project = SearchTests.house()
    project.markets[0].buy?.price = PathSeries([0.2])
    project.markets[0].sell = Market.Price(price: PathSeries([0.5]))
    project.markets[0].buyLimit = 8
    project.markets[0].sellLimit = 8
    var options = SimulateOptions()
    options.sizes = ["sun": 4, "battery.power": 3]
    let outcome = try SimulateStudy.run(project: project, options: options, solver: Structured())
    let foresight = try #require(outcome.rules?.foresight)
    var asked = PlanOptions()
    asked.sizes = options.sizes
    let plan = try PlanStudy.run(project: project, options: asked, solver: Structured())
    let best = try #require(plan.certificate)
    // The better of the plan that is found and of the rule.
    let known = min(best.value, outcome.certificate?.value ?? .infinity)
    #expect(abs(foresight.value - known) < 1e-6 * abs(known) && foresight.excess >= 0)
    #expect(foresight.bound < foresight.value && foresight.value <= (outcome.certificate?.value ?? 0) + 1e-6)
  }

  @Test("what a rule takes from the content of the beginning is no bargain against a plan that may not") func drained()
    throws
  {
    var project = Project.small("short", hours: 24, buses: [("ac", .electricity)])
    project.addDemand("load", [Double](repeating: 10, count: 24), unservedCost: 5)
    project.addMarket("grid", buy: [0.2], limit: (50, 0))
    project.addStorage(
      "battery", charge: 1, discharge: 1, shape: .independent,
      sizes: [.kW(part: .power, max: 10, .yearly(0)), .kWh(max: 100, .yearly(0))])
    project.fixSizes()
    if case .storage(var block) = project.components[0].block {
      block.initialShare = 1
      project.components[0].block = .storage(block)
    }
    let outcome = try Self.run(project, .selfConsumption, foresight: true)
    let foresight = try #require(outcome.rules?.foresight)
    // The rule buys 140 kWh, a plan 240.
    #expect((outcome.certificate?.value ?? 0) < foresight.value - 1)
    #expect(
      foresight.excess.isNaN && foresight.bound == -.infinity && foresight.remark.contains("'battery' ends with less"))
    #expect(outcome.certificate?.bound == -.infinity)
  }
}

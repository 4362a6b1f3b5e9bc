import Foundation
import Synchronization
import TestSupport
import Testing
import TulouAccounts
import TulouAssembly
import TulouDispatch
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouSolvers
import TulouTechnologies

/// Searches over sizes: rows agree with single simulations, lanes with hours, methods with each other.
@Suite("Search over sizes") struct SearchTests {
  /// A fortnight on an island: sun, battery, a diesel set, all free.
  ///
  /// - Parameter worn: Whether use ends the lives of machine and battery before their years.
  static func island(worn: Bool = false) -> Project {
    var project = Project.small("island", hours: 24 * 14, buses: [("ac", .electricity), ("tank", .fuel)])
    var load: [Double] = [], sun: [Double] = []
    for t in 0..<(24 * 14) {
      load.append(30 + 20 * Double(t * 7 % 11) / 10 + (t % 24 > 17 ? 25 : 0))
      let isDay = (7..<17).contains(t % 24)
      sun.append(isDay ? 0.3 + 0.08 * Double(t / 24 % 7) : 0)
    }
    project.addDemand("village", load, unservedCost: 4)
    project.addSource("sun", class: .sun, share: sun, max: 400, cost: .capital(900, operation: 10, life: 25))
    project.addStorage(
      "battery", charge: 0.94, discharge: 0.94, shape: .hours(4),
      sizes: [.kW(part: .power, max: 120, .capital(800, operation: 8, life: 12))])
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-2.6])], max: 100,
      cost: .capital(400, operation: 5, life: 12), perKWh: 0.02)
    if case .converter(var block) = project.components[2].block {
      block.noLoad = 0.2
      block.minimumLoad = 0.25
      project.components[2].block = .converter(block)
    }
    project.addMarket("oil", bus: "tank", buy: [0.12])
    guard worn else { return project }
    if case .converter(var block) = project.components[2].block {
      block.lifeHours = 20_000
      project.components[2].block = .converter(block)
    }
    if case .storage(var block) = project.components[1].block {
      block.cycleLife = 900
      project.components[1].block = .storage(block)
    }
    // A machine that stands already is worn by its hours too.
    project.components[2].sizes[0].existing = 20
    project.components[2].sizes[0].built = 2021
    return project
  }

  static func search(
    _ project: Project, _ change: (inout SearchOptions) -> Void = { _ in }, bound: Bool = false
  ) throws -> SearchOutcome {
    var options = SearchOptions()
    options.points = 4
    options.rows = 1000
    options.seeksBound = bound
    change(&options)
    return try SearchStudy.run(project: project, options: options, solver: Structured())
  }

  @Test("every row is what tulou simulate says of its sizes", arguments: [false, true])
  func rowsAreSimulations(worn: Bool) throws {
    let project = Self.island(worn: worn)
    let outcome = try Self.search(project, bound: true)
    #expect(outcome.evaluated == 64 && outcome.rows.count == 64)
    #expect(outcome.engine.hasPrefix("lanes"))
    let bound = try #require(outcome.bound)
    for row in outcome.rows.prefix(12) + outcome.rows.suffix(4) {
      var options = SimulateOptions()
      options.comparesWithForesight = false
      for (side, size) in zip(outcome.sides, row.sizes) { options.sizes[side.name] = size }
      let single = try SimulateStudy.run(project: project, options: options, solver: nil)
      let plan = try #require(single.plan)
      let accounts = Accounts.make(project: single.project, plan: plan)
      func near(_ ours: Double, _ key: String, _ factor: Double = 1) {
        // What a system without any production has no value of.
        guard let found = accounts.value(key) else { return }
        let theirs = found * factor
        #expect(abs(ours - theirs) <= 1e-6 * max(1, abs(theirs)), "\(key) of \(outcome.sizesText(row))")
      }
      near(row.annualCost, "annual_cost")
      near(row.netPresentCost, "net_present_cost")
      near(row.capital, "capital")
      near(row.renewableFraction ?? .nan, "renewable_fraction")
      near(row.renewableFractionWithStorage ?? .nan, "renewable_fraction_with_storage")
      near(row.co2, "co2", 1000)
      near(row.lossOfPowerSupply, "unserved_energy")
      near(row.curtailed, "curtailed")
      if row.served > 1 { near(row.costOfEnergy, "cost_of_energy_served") }
      #expect(abs(row.value - (single.certificate?.value ?? .nan)) <= 1e-6 * max(1, abs(row.value)))
      #expect(row.value >= bound - 1e-6 * abs(bound))
    }
  }

  @Test("lanes and hours agree on every design", arguments: [false, true]) func lanesAgree(worn: Bool) throws {
    let project = Self.island(worn: worn)
    let options = SearchOptions()
    let assembled = try Assembly.problem(for: project)
    let space = try SearchSpace(assembled, points: 4, candidates: [:])
    #expect(space.gridCount == 64)
    let exact = try Self.search(project)
    let lanes = try #require(try Self.lanes(project, options))
    let rows = lanes.candidates(exact.rows.map(\.sizes))
    for (lane, hour) in zip(rows, exact.rows) {
      #expect(hour.isExact && !lane.isExact)
      #expect(abs(lane.value - hour.value) <= 1e-6 * abs(hour.value), "\(exact.sizesText(hour))")
      #expect(abs((lane.renewableFraction ?? -1) - (hour.renewableFraction ?? -1)) < 1e-6)
      #expect(abs(lane.unserved - hour.unserved) < 1e-6 * max(1, hour.served))
      #expect(lane.broken == hour.broken && lane.type == hour.type)
    }
  }

  static func lanes(_ project: Project, _ options: SearchOptions) throws -> LaneEvaluator? {
    let space = try SearchStudy.space(project, options)
    let rows = RowMaker(sides: space.sides, probe: try SearchStudy.probe(project, space))
    let forms = try SearchStudy.forms(project, space, rows)
    return try LaneEvaluator.make(forms, .loadFollowing, cheapest: false).evaluator
  }

  @Test("limits reject with their reason, demand that may not be shed rejects too") func rejections() throws {
    var project = Self.island()
    project.limits.renewableFraction = 0.5
    let outcome = try Self.search(project)
    #expect(outcome.feasible < outcome.evaluated)
    let i = try #require(outcome.limits.firstIndex(of: "renewable_fraction"))
    let broken = outcome.rows.filter { ($0.renewableFraction ?? 0) < 0.5 - 1e-9 }.count
    #expect(outcome.rejected[i] == broken && broken > 0)
    #expect(outcome.rows.first?.isFeasible == true)
    for row in outcome.rows where !row.isFeasible {
      #expect(outcome.reasons(row) == ["renewable_fraction"])
    }
    var strict = Self.island()
    strict.demands[0].tiers = []
    let served = try Self.search(strict)
    let j = try #require(served.limits.firstIndex(of: "unserved"))
    #expect(served.rejected[j] > 0 && served.rows.filter(\.isFeasible).allSatisfy { $0.unserved < 1e-3 })
  }

  @Test("continuous methods find what a fine grid finds, and better") func methods() throws {
    let project = Self.island()
    let fine = try Self.search(project) { $0.points = 21 }
    let grid = try #require(fine.rows.first)
    for method in [SearchOptions.Method.optimise, .evolve] {
      let outcome = try Self.search(project) { options in
        options.method = method
        options.most = 30_000
      }
      let best = try #require(outcome.rows.first)
      #expect(best.value <= grid.value * (1 + 1e-9), "\(method): \(best.value) against \(grid.value)")
    }
  }

  @Test("several strategies are one search: each row is run by its own, the best is the best of all")
  func strategies() throws {
    let project = Self.island()
    let both = try Self.search(project) { $0.strategies = [.loadFollowing, .cycleCharging(setPoint: 0)] }
    #expect(both.evaluated == 128 && both.rows.count == 128)
    var best = Double.infinity
    for (place, strategy) in both.strategies.enumerated() {
      let alone = try Self.search(project) { $0.strategy = strategy }
      best = min(best, alone.rows.first?.value ?? .infinity)
      let mine = both.rows.filter { $0.strategy == place }
      #expect(mine.count == 64)
      for row in alone.rows {
        let same = try #require(mine.first { $0.sizes == row.sizes })
        #expect(same.value == row.value && both.strategy(same) == strategy)
      }
    }
    #expect(both.rows.first?.value == best)
  }

  @Test("what single machines do is what the accounts say") func parts() throws {
    let project = Self.island()
    let outcome = try Self.search(project)
    let row = try #require(outcome.rows.first { $0.sizes.allSatisfy { $0 > 0 } })
    var options = SimulateOptions()
    options.comparesWithForesight = false
    for (side, size) in zip(outcome.sides, row.sizes) { options.sizes[side.name] = size }
    let single = try SimulateStudy.run(project: project, options: options, solver: nil)
    let accounts = Accounts.make(project: single.project, plan: try #require(single.plan))
    func part(_ key: String) throws -> Double {
      row.parts[try #require(outcome.partNames.firstIndex { $0.key == key }, "\(key)")]
    }
    func machine(_ id: String) throws -> MachineStatistics {
      try #require(accounts.machines.first { $0.id == id })
    }
    #expect(abs(try part("sun.energy") - (try machine("sun").energy)) <= 1e-9 * (try machine("sun").energy))
    #expect(
      abs(try part("diesel.energy") - (try machine("diesel").energy)) <= 1e-6 * max(1, try machine("diesel").energy))
    #expect(abs(try part("diesel.hours") - row.generatorHours) < 1e-9)
    #expect(abs(try part("diesel.starts") - row.generatorStarts) < 1e-9)
    #expect(abs(try part("diesel.fuel") - row.fuel) <= 1e-9 * max(1, row.fuel))
    let storage = try #require(accounts.storages.first { $0.id == "battery" })
    // Throughput is what leaves the content, before the discharge loss of 6 %.
    #expect(abs(try part("battery.throughput") - storage.discharged / 0.94) <= 1e-6 * storage.discharged)
    let mean = project.demands[0].power.reduce(0, +) / Double(project.horizon.steps)
    #expect(abs(try part("battery.autonomy") - 4 * row.sizes[1] * 0.94 / mean) < 1e-9)
  }

  /// A fortnight with a grid whose price changes by the hour, sun and a battery.
  static func house() -> Project {
    var project = Project.small("house", hours: 24 * 4, buses: [("ac", .electricity)])
    var load: [Double] = [], sun: [Double] = [], price: [Double] = []
    for t in 0..<(24 * 4) {
      load.append(3 + (t % 24 > 17 ? 5 : 0))
      sun.append((8..<16).contains(t % 24) ? 0.7 : 0)
      price.append(t % 24 < 6 ? 0.1 : t % 24 > 17 ? 0.5 : 0.25)
    }
    project.addDemand("home", load)
    project.addSource("sun", class: .sun, share: sun, max: 12, cost: .capital(800, operation: 8, life: 25))
    project.addStorage(
      "battery", charge: 0.95, discharge: 0.95, shape: .hours(2),
      sizes: [.kW(part: .power, max: 8, .capital(500, operation: 5, life: 12))])
    project.addMarket("grid", bus: "ac", buy: price, limit: (20, 0))
    return project
  }

  @Test("every strategy can be searched, the rolling horizon too; those that look at purchases need a market")
  func everyStrategy() throws {
    let project = Self.house()
    let all: [DispatchStrategy] = [
      .selfConsumption, .combined(threshold: 0.5), .priceThreshold(low: nil, high: nil), .peakShaving(limit: nil),
      .optimal(horizon: 24, step: 12, knowledge: .perfect),
    ]
    let outcome = try Self.search(project) { options in
      options.strategies = all
      options.points = 3
    }
    #expect(outcome.evaluated == 9 * all.count && outcome.rows.count == 9 * all.count)
    for row in outcome.rows where row.sizes == [12, 8] {
      var options = SimulateOptions()
      options.strategy = outcome.strategy(row)
      options.comparesWithForesight = false
      options.sizes = ["sun": 12, "battery": 8]
      let single = try SimulateStudy.run(project: project, options: options, solver: Structured())
      let value = try #require(single.certificate?.value)
      #expect(abs(value - row.value) <= 1e-9 * abs(value), "\(outcome.strategy(row).name)")
    }
    // Perfect knowledge is no dearer than any rule with the same sizes.
    let large = outcome.rows.filter { $0.sizes == [12, 8] }
    let optimal = try #require(large.first { $0.strategy == 4 })
    #expect(large.allSatisfy { optimal.value <= $0.value * (1 + 1e-6) })
    #expect(throws: ProjectFault.self) {
      try Self.search(Self.island()) { $0.strategy = .peakShaving(limit: nil) }
    }
  }

  @Test("an interrupted optimiser goes on to the same end", arguments: [SearchOptions.Method.optimise, .evolve])
  func resumedOptimiser(method: SearchOptions.Method) throws {
    let project = Self.island()
    var options = SearchOptions()
    options.method = method
    options.most = 4000
    options.rows = 20
    options.seeksBound = false
    let whole = try SearchStudy.run(project: project, options: options, solver: nil)
    let calls = Mutex(0)
    var stopped = options
    stopped.plan.solve.isCancelled = {
      calls.withLock {
        $0 += 1
        return $0 > 12
      }
    }
    let kept = KeptProgress()
    stopped.keep = kept.keep
    let part = try SearchStudy.run(project: project, options: stopped, solver: nil)
    #expect(part.isStopped && part.evaluated > 0 && part.evaluated < whole.evaluated && !part.tried.isEmpty)
    let progress = try kept.last()
    let resumed = try SearchStudy.run(project: project, options: options, solver: nil, resuming: progress)
    #expect(resumed.resumedFrom == part.evaluated)
    #expect(resumed.rows == whole.rows)
    #expect(resumed.evaluated == whole.evaluated && resumed.feasible == whole.feasible)
    // Other inputs begin anew.
    options.inputs = "another file"
    #expect(try SearchStudy.run(project: project, options: options, solver: nil, resuming: progress).resumedFrom == nil)
  }

  @Test("of what is rejected it is known by what alone") func rejectedAlone() throws {
    var project = Self.island()
    project.limits.renewableFraction = 0.5
    project.limits.unservedEnergy = 0.01
    let outcome = try Self.search(project)
    let broken = outcome.rows.filter { !$0.isFeasible }
    #expect(broken.count == outcome.evaluated - outcome.feasible)
    for i in outcome.limits.indices {
      let key = outcome.limits[i]
      #expect(outcome.rejected[i] == broken.count { outcome.reasons($0).contains(key) })
      #expect(outcome.rejectedAlone[i] == broken.count { outcome.reasons($0) == [key] })
    }
    let base = try #require(outcome.leastCapital)
    #expect(base.isFeasible && base.lossOfPowerSupply <= 0.01)
    #expect(outcome.rows.allSatisfy { !$0.isFeasible || $0.lossOfPowerSupply > 0.01 || $0.capital >= base.capital })
  }

  @Test("the optimisers come to the least of functions of many sizes") func manySizes() {
    // Twelve sizes on a bent valley (Rosenbrock 1960), least 0 at 1; and ten with hundreds of dips (Rastrigin 1974).
    func valley(_ designs: [[Double]]) -> [DesignMerit]? {
      designs.map { x in
        var sum = 0.0
        for i in 0..<(x.count - 1) {
          sum += 100 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1 - x[i]) * (1 - x[i])
        }
        return DesignMerit(violation: 0, value: sum)
      }
    }
    func dips(_ designs: [[Double]]) -> [DesignMerit]? {
      designs.map { x in
        DesignMerit(
          violation: 0,
          value: x.reduce(0) { $0 + ($1 - 0.7) * ($1 - 0.7) - 10 * cos(2 * Double.pi * ($1 - 0.7)) + 10 })
      }
    }
    var first = DesignOptimiser(
      sides: [DesignSide](repeating: DesignSide(range: -2...2), count: 12), seed: 3, evaluate: valley)
    first.evolve(most: 200_000)
    #expect((first.best?.merit.value ?? 1) < 1e-3, "\(first.best?.merit.value ?? .nan) after \(first.evaluations)")
    var second = DesignOptimiser(
      sides: [DesignSide](repeating: DesignSide(range: -5...5), count: 10), seed: 3, evaluate: dips)
    second.evolve(most: 300_000)
    if let best = second.best { second.refine(from: best.x, step: 0.02, most: 20_000) }
    #expect((second.best?.merit.value ?? 100) < 5, "\(second.best?.merit.value ?? .nan) after \(second.evaluations)")
  }

  @Test("results do not depend on threads, and an interrupted grid goes on to the same end") func resuming() throws {
    let project = Self.island()
    var options = SearchOptions()
    options.points = 24  // 13,824 designs, two chunks of lanes
    options.rows = 20
    options.seeksBound = false
    let whole = try SearchStudy.run(project: project, options: options, solver: nil)
    let turned = try SearchStudy.run(
      project: project, options: options, solver: nil,
      spread: { count, body in for i in (0..<count).reversed() { body(i) } })
    #expect(turned.rows == whole.rows && turned.rejected == whole.rejected)
    let calls = Mutex(0)
    var stopped = options
    stopped.plan.solve.isCancelled = {
      calls.withLock {
        $0 += 1; return $0 > 40
      }
    }
    let kept = KeptProgress()
    stopped.keep = kept.keep
    let part = try SearchStudy.run(project: project, options: stopped, solver: nil)
    #expect(part.isStopped && part.evaluated > 0 && part.evaluated < whole.evaluated)
    let progress = try kept.last()
    let resumed = try SearchStudy.run(project: project, options: options, solver: nil, resuming: progress)
    #expect(resumed.resumedFrom == part.evaluated && resumed.evaluated == whole.evaluated)
    #expect(resumed.feasible == whole.feasible && resumed.rows == whole.rows)
  }

  // MARK: Microgrids.py

  /// NPC over the served energy of a year, as Microgrids.py counts it (validation/microgrid-ouessant/README.md).
  private static func levelised(
    _ x: [Double], hours: Double, fuel: Double, cycles: Double, served: Double
  ) -> Double {
    let rate = 0.05, years = 25.0
    func worth(_ time: Double) -> Double { pow(1 + rate, -time) }
    let annuity = (1 - worth(years)) / rate
    func plant(_ investment: Double, life: Double, operation: Double) -> Double {
      let count = max(0, (years / life).rounded(.up) - 1)
      var sum = investment + operation * annuity
      var k = 1.0
      while k <= count {
        sum += investment * worth(k * life)
        k += 1
      }
      return sum - investment * (life * (count + 1) - years) / life * worth(years)
    }
    let machine = plant(
      400 * x[0], life: hours > 0 ? min(1e9, 15_000 / hours) : 1e9, operation: 0.02 * x[0] * hours + fuel)
    let battery = plant(350 * x[1], life: cycles > 0 ? min(15, 3000 / cycles) : 15, operation: 10 * x[1])
    let sun = plant(1200 * x[2], life: 25, operation: 20 * x[2])
    let wind = plant(3500 * x[3], life: 25, operation: 100 * x[3])
    return served > 0 ? (machine + battery + sun + wind) / annuity / served : .infinity
  }

  @Test("sizing of Ouessant: published 0.191268, best known 0.190627", .enabled(if: SharedFolder.isPresent))
  func ouessant() throws {
    let columns = try SharedFolder.columns("validation/microgrid-ouessant/Ouessant_data_2016.csv", skipping: 1)
    let load = try #require(columns["Load"]), speed = try #require(columns["Wind"])
    let panel = try #require(columns["Ppv1k"])
    let specific = 900e3 / (Double.pi * 26 * 26)
    func wind(_ v: Double) -> Double {
      guard v <= 25 else { return 0 }
      let c = 0.5 * 0.521 * 1.225 / specific * v * v * v
      return max(0, -log(exp(-3.1) + exp(-3.1 * c)) / 3.1)
    }
    var problem = SimulationProblem(steps: load.count)
    problem.demands = [TulouSimulation.Demand("island", power: load)]
    problem.sources = [
      SeriesSource("sun", perUnit: panel.map { $0 / 1000 }, size: 1),
      SeriesSource("wind", perUnit: speed.map { wind($0 * 1.059) }, size: 1),
    ]
    problem.storages = [
      Storage(
        "battery", energy: 1, chargePower: 1, dischargePower: 1, chargeEfficiency: 0.95, dischargeEfficiency: 1 / 1.05)
    ]
    problem.generators = [TulouSimulation.Generator("diesel", size: 1, fuelSlope: 0.240)]
    let engine = try #require(LaneEngine(problem, .loadFollowing()))
    let demand = load.reduce(0, +)
    func merits(_ designs: [[Double]]) -> [DesignMerit]? {
      func column(_ d: Int) -> [Double] { designs.map { $0[d] } }
      let s = engine.run(
        LaneDesigns(
          sources: [column(2), column(3)], generator: column(0), storageEnergy: column(1), chargePower: column(1),
          dischargePower: column(1)))
      return designs.indices.map { i in
        let full = designs[i][1]
        let cost = Self.levelised(
          designs[i], hours: s.generatorHours[i], fuel: s.fuel[i],
          cycles: full > 0 ? (s.charged[i] + s.discharged[i]) / (2 * full) : 0, served: demand - s.shed[i])
        return DesignMerit(violation: max(0, s.shed[i] / demand - 0.01), value: cost)
      }
    }
    // The base case of the source's notebook.
    let base = try #require(merits([[1800, 5000, 3000, 900]])?.first)
    #expect(abs(base.value - 0.22924812869928668) < 1e-9)
    #expect(Measured.isWithin("microgrids.cost", abs(base.value - 0.22924812869928668)))
    let sides = [
      DesignSide(range: 0...2000), DesignSide(range: 0...10_000), DesignSide(range: 0...5000),
      DesignSide(range: 0...5000),
    ]
    let clock = ContinuousClock()
    let begin = clock.now
    var few = DesignOptimiser(sides: sides, seed: 1, evaluate: merits)
    few.evolve(most: 2400)
    if let best = few.best { few.refine(from: best.x, step: 0.02, most: 600 - 64) }
    let quick = try #require(few.best)
    #expect(quick.merit.violation == 0 && quick.merit.value < 0.1908 && few.evaluations <= 3000, "\(quick)")
    var optimiser = DesignOptimiser(sides: sides, seed: 1, evaluate: merits)
    optimiser.evolve(most: 30_000)
    if let best = optimiser.best { optimiser.refine(from: best.x, step: 0.01, most: 20_000) }
    let best = try #require(optimiser.best)
    let seconds = (clock.now - begin) / .seconds(1)
    print("Ouessant: \(best.merit.value) at \(best.x), \(optimiser.evaluations) designs, both searches \(seconds) s")
    #expect(best.merit.violation == 0 && best.merit.value <= 0.190628, "\(best)")
    // Dearer than the best that anybody found; the published optimum is 0.191268.
    #expect(Measured.isWithin("microgrids.sizing", max(0, best.merit.value / 0.190627 - 1)))
  }
}

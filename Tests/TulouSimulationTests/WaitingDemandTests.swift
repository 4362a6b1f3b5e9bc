import Testing
import TulouSimulation

/// Demand that waits is served before it is too late, by hand.
@Suite("Waiting demand") struct WaitingDemandTests {
  /// A day of 50 kW, and 480 kWh that may be served at up to 40 kW in any hour of the day.
  private func day(machine: Double = 0, grid: Double? = nil, available: [Bool] = []) -> SimulationProblem {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("load", power: [Double](repeating: 50, count: 24))]
    if machine > 0 { problem.generators = [Generator("set", size: machine)] }
    if let grid {
      let price = [Double](repeating: 0.1, count: 24)
      problem.grid = GridConnection(
        buyLimit: grid, sellLimit: 0, buyPrice: price, sellPrice: price, available: available)
    }
    var later = DeferrableDemand("later", draw: (0..<24).map { $0 == 23 ? 480 : 0 }, tank: 480, peak: 40)
    later.rooms = (0..<24).map { $0 == 0 ? 0 : 480 }
    later.peaks = [Double](repeating: 40, count: 24)
    problem.deferrables = [later]
    return problem
  }

  @Test("80 kW leave 30 kW an hour: 16 hours of it are the day's 480 kWh, and all of it is served")
  func spareMachine() throws {
    let result = Simulation.run(day(machine: 80), .loadFollowing(), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(result.statistics.deferrableUnserved == 0 && result.statistics.shed == 0)
    #expect(trace.deferrables[0] == (0..<24).map { $0 < 8 ? 0 : 30 })
    #expect(trace.reasons[8].contains(.deferrableDue) && !trace.reasons[7].contains(.deferrableDue))
    // Cycle charging gives all it can in every hour that it runs.
    #expect(Simulation.run(day(machine: 80), .cycleCharging()).statistics.deferrableUnserved == 0)
  }

  @Test(
    "grid, outages and every rule: what can be served is, and fixed demand comes first",
    arguments: [
      Strategy.loadFollowing(), .loadFollowing(order: .cheapest), .selfConsumption, .priceThreshold(low: 0, high: 1),
      .peakShaving(limit: 60), .cycleCharging(setPoint: 0.8), .combined(threshold: 0.5),
    ])
  func everyRule(strategy: Strategy) {
    // 30 kW in 16 hours of the day; the grid is out in the last eight, where machines carry the load alone.
    var problem = day(machine: 50, grid: 30, available: (0..<24).map { $0 < 16 })
    #expect(Simulation.run(problem, strategy).statistics.deferrableUnserved < 1e-9)
    // An hour less, and 30 kWh are missed at the end.
    problem.grid?.available = (0..<24).map { $0 < 15 }
    let short = Simulation.run(problem, strategy).statistics
    #expect(abs(short.deferrableUnserved - 30) < 1e-9 && short.shed == 0)
  }

  @Test("storages give nothing to demand that can still wait for grid and machines, and sun serves it first")
  func storagesKeep() throws {
    var problem = day(machine: 80)
    problem.storages = [Storage("battery", energy: 100, chargePower: 50, dischargePower: 50, startShare: 0)]
    problem.sources = [SeriesSource("sun", perUnit: (0..<24).map { $0 == 10 ? 120 : 0 }, size: 1)]
    let result = Simulation.run(problem, .loadFollowing(), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(result.statistics.deferrableUnserved == 0)
    // 70 kW of surplus at ten: 40 to the waiting demand, 30 to the battery, which then serves the load, not the waiting demand.
    #expect(trace.deferrables[0][10] == 40 && trace.storages[0][10] == -30)
    #expect(trace.storages[0][11] == 30 && trace.generators[0][11] == 20 + trace.deferrables[0][11])
  }

  @Test("a tank is filled before an hour that draws more than its greatest power")
  func tankAhead() {
    var problem = SimulationProblem(steps: 24)
    problem.generators = [Generator("set", size: 10)]
    // 20 kWh leave at noon; 5 kW at most come in.
    problem.deferrables = [DeferrableDemand("pump", draw: (0..<24).map { $0 == 12 ? 20 : 0 }, tank: 40, peak: 5)]
    #expect(Simulation.run(problem, .loadFollowing()).statistics.deferrableUnserved == 0)
  }

  @Test("of two that wait, the one that can wait longer leaves room for the other")
  func two() {
    var problem = day(machine: 80)
    // 5 kW in every hour that can wait for two hours, beside 480 kWh that can wait for the day: 25 kW are left for these.
    problem.deferrables[0].draw[23] = 400
    var soon = DeferrableDemand("soon", draw: (0..<24).map { $0 == 23 ? 15 : $0 < 2 ? 0 : 5 }, tank: 15, peak: 20)
    soon.rooms = (0..<24).map { min(15, 5 * Double($0)) }
    problem.deferrables.append(soon)
    let sums = Simulation.run(problem, .loadFollowing()).statistics
    #expect(sums.deferrableUnserved < 1e-9 && sums.shed == 0)
  }

  @Test("a minimum run time is a reason only where there is one")
  func runTime() throws {
    var problem = day(machine: 80)
    problem.storages = [Storage("battery", energy: 100, chargePower: 50, dischargePower: 50, startShare: 0)]
    let cycling = try #require(Simulation.run(problem, .cycleCharging(setPoint: 0.9), recording: .everyHour).trace)
    #expect(!cycling.reasons.contains { $0.contains(.generatorRunsOn) })
    problem.generators[0].minimumRunSteps = 3
    let held = try #require(Simulation.run(problem, .loadFollowing(), recording: .everyHour).trace)
    #expect(held.reasons.contains { $0.contains(.generatorRunsOn) })
  }
}

/// What goes short where power is short: the cheapest first, whether it waits or not. Values by hand.
@Suite("Who goes short") struct ShedOrderTests {
  static let rules: [Strategy] = [
    .loadFollowing(), .loadFollowing(order: .cheapest), .selfConsumption, .priceThreshold(low: 0, high: 1),
    .peakShaving(limit: 60), .cycleCharging(setPoint: 0.8), .cycleCharging(order: .cheapest), .combined(threshold: 0.5),
  ]

  /// Two days: 6 kW of fixed demand, 4 kW on average that may be served in any hour of its day, one machine of 8 kW.
  private func problem(fixed: Double, waiting: [(share: Double, price: Double)]) -> SimulationProblem {
    var problem = SimulationProblem(steps: 48)
    problem.demands = [Demand("load", power: [Double](repeating: 6, count: 48))]
    problem.demands[0].shedPrice = fixed
    problem.generators = [Generator("set", size: 8)]
    problem.grid = GridConnection(
      buyLimit: 0, sellLimit: 0, buyPrice: [Double](repeating: 0.1, count: 48),
      sellPrice: [Double](repeating: 0, count: 48))
    var later = DeferrableDemand("later", draw: (0..<48).map { $0 % 24 == 23 ? 96 : 0 }, tank: 96, peak: 96)
    later.rooms = (0..<48).map { $0 % 24 == 0 ? 0 : 96 }
    later.peaks = [Double](repeating: 96, count: 48)
    later.shedParts = waiting
    problem.deferrables = [later]
    return problem
  }

  @Test("fixed demand at a price is shed before waiting demand that may not be", arguments: rules)
  func dearWaiting(rule: Strategy) {
    // 48 kWh a day are short: 2 kW times 24 h.
    for waiting in [Double.infinity, 5] {
      let sums = Simulation.run(problem(fixed: 3, waiting: [(1, waiting)]), rule).statistics
      #expect(abs(sums.shed - 96) < 1e-9 && sums.deferrableUnserved < 1e-9)
    }
    // And the other way round.
    for fixed in [Double.infinity, 5] {
      let sums = Simulation.run(problem(fixed: fixed, waiting: [(1, 3)]), rule).statistics
      #expect(sums.shed < 1e-9 && abs(sums.deferrableUnserved - 96) < 1e-9)
    }
  }

  @Test(
    "of a waiting demand in tiers the cheap part is missed, then fixed demand shed, then the dear part",
    arguments: rules)
  func parts(rule: Strategy) {
    // 25 % at 1 are 24 kWh a day; the other 24 that are short are shed at 3.
    let one = Simulation.run(problem(fixed: 3, waiting: [(0.25, 1), (0.75, 9)]), rule).statistics
    #expect(abs(one.deferrableUnserved - 48) < 1e-9 && abs(one.shed - 48) < 1e-9)
    // 75 % at 1 are 72 kWh a day: 48 of them are missed, and nothing is shed.
    let other = Simulation.run(problem(fixed: 3, waiting: [(0.75, 1), (0.25, .infinity)]), rule).statistics
    #expect(abs(other.deferrableUnserved - 96) < 1e-9 && other.shed < 1e-9)
  }

  @Test("what has time takes spare power of the night before it takes from a tier of the day")
  func nightFirst() throws {
    var problem = problem(fixed: 3, waiting: [(1, .infinity)])
    // 2 kW at night, 10 by day: 12 x 6 kWh are spare at night, 24 of the 96 and the day's 24 that no machine makes are shed.
    problem.demands[0].power = (0..<48).map { $0 % 24 < 12 ? 2 : 10 }
    let result = Simulation.run(problem, .loadFollowing(), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(abs(result.statistics.shed - 2 * (24 + 24)) < 1e-9 && result.statistics.deferrableUnserved < 1e-9)
    #expect(trace.deferrables[0].prefix(12).allSatisfy { abs($0 - 6) < 1e-9 })
  }

  @Test("two waiting demands: the cheaper one makes room; a battery gives before anything is shed")
  func twoWaiting() {
    var problem = problem(fixed: 3, waiting: [(1, .infinity)])
    var cheap = problem.deferrables[0]
    (cheap.id, cheap.shedParts) = ("cheap", [(1, 1)])
    cheap.draw = cheap.draw.map { $0 / 4 }
    cheap.rooms = cheap.rooms.map { $0 / 4 }
    problem.deferrables.append(cheap)
    // 24 kWh a day of the cheap one are missed, and 48 of the fixed demand.
    let sums = Simulation.run(problem, .loadFollowing()).statistics
    #expect(abs(sums.deferrableUnserved - 48) < 1e-9 && abs(sums.shed - 96) < 1e-9)
    problem.storages = [
      Storage("battery", energy: 100, chargePower: 50, dischargePower: 50, chargeEfficiency: 1, dischargeEfficiency: 1)
    ]
    problem.storages[0].startShare = 1
    let helped = Simulation.run(problem, .loadFollowing()).statistics
    // On the first day the battery carries the load and the machine all that waits; the second is as before.
    #expect(abs(helped.shed - 48) < 1e-9 && abs(helped.deferrableUnserved - 24) < 1e-9)
    #expect(helped.storages[0].finalContent < 1e-9)
  }

  @Test("cheap demand on DC goes without for dear demand on AC, loss of the inverter included")
  func acrossTheConverter() {
    var problem = SimulationProblem(steps: 1)
    problem.demands = [
      Demand("pump", bus: .dc, power: [10]), Demand("clinic", bus: .ac, power: [9]),
    ]
    (problem.demands[0].shedPrice, problem.demands[1].shedPrice) = (1, 9)
    problem.sources = [SeriesSource("sun", bus: .dc, perUnit: [14], size: 1)]
    problem.converter = BusConverter(inverter: 20, inverterEfficiency: 0.9)
    // 10 of the 14 kW on DC become 9 on AC: the pump lacks 6.
    let sums = Simulation.run(problem, .loadFollowing()).statistics
    #expect(abs(sums.shedByDemand[0] - 6) < 1e-9 && abs(sums.shedByDemand[1]) < 1e-9)
    // At 0.95 of the price the loss costs more than it saves.
    problem.demands[0].shedPrice = 8.5
    let dear = Simulation.run(problem, .loadFollowing()).statistics
    #expect(dear.shedByDemand[0] == 0 && abs(dear.shedByDemand[1] - 5.4) < 1e-9)
  }
}

import Testing

@testable import TulouSimulation

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

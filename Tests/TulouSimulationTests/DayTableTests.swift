import Testing
import TulouSimulation

/// Days of 24 hours computed by hand, one for every strategy.
///
/// Load 10 kW; sun 24 kW from 8 to 16 h; battery of 40 kWh, 10 kW each way, charged at 80 %, empty at the start;
/// generator of 12 kW, at least half loaded, 0.1 per kW and hour of running and 0.2 per kWh of fuel.
@Suite("A day by hand") struct DayTableTests {
  static func day(sun: Bool = true, generator: Bool = true, load: [Double]? = nil) -> SimulationProblem {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("village", power: load ?? [Double](repeating: 10, count: 24))]
    if sun {
      problem.sources = [SeriesSource("sun", perUnit: (0..<24).map { (8..<16).contains($0) ? 1 : 0 }, size: 24)]
    }
    problem.storages = [Storage("battery", energy: 40, chargePower: 10, dischargePower: 10, chargeEfficiency: 0.8)]
    if generator {
      problem.generators = [Generator("diesel", size: 12, minimumLoad: 0.5, fuelIntercept: 0.1, fuelSlope: 0.2)]
    }
    return problem
  }

  private func isNear(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  @Test("load following")
  func loadFollowing() throws {
    let result = Simulation.run(Self.day(), .loadFollowing(), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(
      isNear(
        trace.contents[0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 16, 24, 32, 40, 40, 40, 40, 30, 20, 10, 0, 0, 0, 0]))
    #expect(
      isNear(
        trace.generators[0],
        [10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 10, 10, 10]))
    #expect(
      isNear(trace.spilled, [0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 14, 14, 14, 0, 0, 0, 0, 0, 0, 0, 0]))
    let sums = result.statistics
    #expect(sums.generators[0].hours == 12 && sums.generators[0].starts == 2)
    #expect(abs(sums.generators[0].energy - 120) < 1e-9)
    // 12 h x 1.2 + 120 kWh x 0.2
    #expect(abs(sums.generators[0].fuel - 38.4) < 1e-9)
    #expect(abs(sums.storages[0].charged - 50) < 1e-9 && abs(sums.storages[0].discharged - 40) < 1e-9)
    #expect(abs(sums.storages[0].lost - 10) < 1e-9 && abs(sums.spilled - 62) < 1e-9)
    #expect(sums.balanceResidual < 1e-12)
    #expect(trace.reasons[0] == [.generatorForDemand, .storageEmpty])
    #expect(trace.reasons[8].isSuperset(of: [.sourcesSuffice, .surplusCharges, .storageAtPowerLimit, .spilled]))
    #expect(trace.reasons[16] == .storageServes)
    #expect(trace.reasons[16].sentences == ["the storage served demand"])
  }

  @Test("cycle charging")
  func cycleCharging() throws {
    let result = Simulation.run(Self.day(), .cycleCharging(), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(
      isNear(
        trace.contents[0],
        [
          0, 1.6, 3.2, 4.8, 6.4, 8, 9.6, 11.2, 1.2, 9.2, 17.2, 25.2, 33.2, 40, 40, 40, 40, 30, 20, 10, 0, 1.6, 3.2, 4.8,
        ]))
    let sums = result.statistics
    #expect(sums.generators[0].hours == 11 && sums.generators[0].starts == 2)
    #expect(abs(sums.generators[0].energy - 132) < 1e-9)
    #expect(abs(sums.storages[0].charged - 70.5) < 1e-9 && abs(sums.storages[0].discharged - 50) < 1e-9)
    #expect(abs(sums.storages[0].finalContent - 6.4) < 1e-9)
    #expect(abs(sums.spilled - 63.5) < 1e-9)
    #expect(trace.reasons[0].contains(.generatorCharges))
  }

  @Test("cycle charging with a set point")
  func setPoint() throws {
    let result = Simulation.run(Self.day(), .cycleCharging(setPoint: 0.8), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(
      isNear(
        trace.contents[0],
        [
          0, 1.6, 3.2, 4.8, 6.4, 8, 9.6, 11.2, 12.8, 20.8, 28.8, 36.8, 40, 40, 40, 40, 40, 30, 20, 10, 0, 1.6, 3.2, 4.8,
        ]))
    #expect(trace.reasons[7].contains(.towardsSetPoint))
    #expect(result.statistics.generators[0].hours == 12)
    #expect(abs(result.statistics.generators[0].energy - 144) < 1e-9)
    #expect(abs(result.statistics.spilled - 78) < 1e-9)
  }

  @Test("combined dispatch")
  func combined() throws {
    let load = (0..<24).map { $0 < 12 ? 10.0 : 11.0 }
    let result = Simulation.run(
      Self.day(sun: false, load: load), .combined(threshold: 0.9), recording: .everyHour)
    let trace = try #require(result.trace)
    #expect(
      isNear(
        trace.generators[0],
        [12, 12, 12, 12, 12, 12, 12, 0, 12, 12, 12, 12, 6, 8.4, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11]))
    #expect(abs(result.statistics.generators[0].energy - 256.4) < 1e-9)
    #expect(result.statistics.generators[0].starts == 2)
  }

  private func grid(_ buy: Double, _ sell: Double, price: [Double]) -> GridConnection {
    GridConnection(buyLimit: buy, sellLimit: sell, buyPrice: price, sellPrice: price.map { $0 / 2 })
  }

  @Test("self-consumption first")
  func selfConsumption() {
    var problem = Self.day(generator: false)
    problem.grid = grid(8, 5, price: [Double](repeating: 0.2, count: 24))
    let sums = Simulation.run(problem, .selfConsumption).statistics
    #expect(abs(sums.bought - 96) < 1e-9 && abs(sums.sold - 35) < 1e-9)
    #expect(abs(sums.spilled - 27) < 1e-9 && abs(sums.shed - 24) < 1e-9)
    #expect(sums.shedHours == 12 && sums.shedLongest == 8)
    #expect(abs(sums.purchaseCost - 19.2) < 1e-9 && abs(sums.saleRevenue - 3.5) < 1e-9)
  }

  @Test("price thresholds")
  func priceThreshold() {
    var problem = Self.day(sun: false, generator: false)
    problem.grid = grid(30, 0, price: (0..<24).map { $0 < 6 ? 0.1 : $0 < 16 ? 0.2 : 0.3 })
    let sums = Simulation.run(problem, .priceThreshold(low: 0.1, high: 0.3)).statistics
    #expect(abs(sums.bought - 250) < 1e-9 && abs(sums.purchaseCost - 43) < 1e-9)
    #expect(abs(sums.storages[0].charged - 50) < 1e-9 && sums.shed == 0)
  }

  @Test("peak shaving")
  func peakShaving() {
    let load = (0..<24).map { (18...20).contains($0) ? 18.0 : 10.0 }
    var problem = Self.day(sun: false, generator: false, load: load)
    problem.grid = grid(30, 0, price: [Double](repeating: 0.2, count: 24))
    let sums = Simulation.run(problem, .peakShaving(limit: 12)).statistics
    #expect(abs(sums.boughtMaximum - 12) < 1e-9 && abs(sums.bought - 288) < 1e-9)
    #expect(abs(sums.storages[0].charged - 42) < 1e-9 && abs(sums.storages[0].discharged - 18) < 1e-9)
    #expect(abs(sums.storages[0].finalContent - 15.6) < 1e-9)
  }
}

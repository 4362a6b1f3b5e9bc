import Testing
import TulouSimulation

/// The cheapest combination of each hour, by hand.
@Suite("Cheapest machines of the hour") struct CheapestTests {
  /// Load 10 kW to 16 h, then 5; a machine of 20 kW, at least half loaded, 1 an hour and 0.2 a kWh; a battery of 40 kWh that
  /// stores 80 % and wears 0.1 a kWh; the grid is out to 4 h, costs 0.28 to 10 h, then 0.45.
  ///
  /// The machine charges at 0.2, so a kWh stored has cost 0.25 and is offered at 0.35: dearer than the grid to 10 h, dearer
  /// than the machine for 10 kWh (3.5 against 1 + 2), cheaper for 5 (1.75 against 3, and against 2.25 of the grid).
  @Test("a day: what was paid for its content decides when the battery serves")
  func day() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("village", power: (0..<24).map { $0 < 16 ? 10 : 5 })]
    problem.generators = [
      Generator("diesel", size: 20, minimumLoad: 0.5, fuelIntercept: 0.05, fuelSlope: 0.2, fuelPrice: 1)
    ]
    problem.storages = [
      Storage("battery", energy: 40, chargePower: 10, dischargePower: 10, chargeEfficiency: 0.8, wearCost: 0.1)
    ]
    problem.grid = GridConnection(
      buyLimit: 10, sellLimit: 0, buyPrice: (0..<24).map { $0 < 10 ? 0.28 : 0.45 },
      sellPrice: [Double](repeating: 0, count: 24), available: (0..<24).map { $0 >= 4 })
    let result = Simulation.run(problem, .cycleCharging(order: .cheapest), recording: .everyHour)
    let trace = try #require(result.trace)
    let output = [20.0, 20, 20, 20, 0, 0, 0, 0, 0, 0, 20, 10, 10, 10, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0]
    let content = [0.0, 8, 16, 24, 32, 32, 32, 32, 32, 32, 32, 40, 40, 40, 40, 40, 40, 35, 30, 25, 20, 15, 10, 5]
    for t in 0..<24 {
      #expect(abs(trace.generators[0][t] - output[t]) < 1e-9, "hour \(t)")
      #expect(abs(trace.contents[0][t] - content[t]) < 1e-9, "hour \(t)")
      #expect(abs(trace.bought[t] - ((4..<10).contains(t) ? 10 : 0)) < 1e-9, "hour \(t)")
      #expect(abs(trace.paid[0][t] - (t == 0 ? 0 : 0.25)) < 1e-12, "hour \(t)")
    }
    #expect(trace.reasons[2].contains(.generatorCheapest) && trace.reasons[0].contains(.generatorForDemand))
    #expect(result.statistics.balanceResidual < 1e-12)
  }

  @Test("surplus is stored for nothing, what is bought at its price, and the mean is taken over the content")
  func paid() throws {
    var problem = SimulationProblem(steps: 4)
    problem.sources = [SeriesSource("sun", perUnit: [10, 0, 5, 0], size: 1)]
    problem.storages = [Storage("battery", energy: 100, chargePower: 10, dischargePower: 10, chargeEfficiency: 0.8)]
    problem.grid = GridConnection(
      buyLimit: 30, sellLimit: 0, buyPrice: [0.5, 0.1, 0.1, 0.5], sellPrice: [0, 0, 0, 0])
    let result = Simulation.run(problem, .priceThreshold(low: 0.1, high: 1), recording: .everyHour)
    // 8 kWh for nothing; 8 for 1; 4 for nothing and 4 for 0.5.
    let paid = try #require(result.trace).paid[0]
    for (found, expected) in zip(paid, [0, 0, 1.0 / 16, 1.5 / 24]) { #expect(abs(found - expected) < 1e-12) }
  }

  @Test("on DC what a machine makes for the battery is paid with the loss of the rectifier")
  func onDC() throws {
    var problem = SimulationProblem(steps: 2)
    problem.demands = [Demand("load", power: [10, 0])]
    problem.generators = [Generator("diesel", size: 20, fuelSlope: 0.2, fuelPrice: 1)]
    problem.storages = [Storage("battery", bus: .dc, energy: 100, chargePower: 50, dischargePower: 0)]
    problem.converter = BusConverter(inverter: 0, rectifier: 50, rectifierEfficiency: 0.8)
    let trace = try #require(Simulation.run(problem, .cycleCharging(), recording: .everyHour).trace)
    #expect(abs(trace.contents[0][1] - 8) < 1e-12 && abs(trace.paid[0][1] - 0.25) < 1e-12)
  }
}

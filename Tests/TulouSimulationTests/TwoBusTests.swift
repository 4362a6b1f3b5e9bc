import TestSupport
import Testing
import TulouSimulation

/// AC and DC with a converter between them: laws on random systems, hours by hand.
@Suite("Two buses") struct TwoBusTests {
  static let strategies: [Strategy] = [
    .loadFollowing(), .loadFollowing(order: .cheapest), .cycleCharging(), .cycleCharging(setPoint: 0.8),
    .cycleCharging(setPoint: 0.8, order: .cheapest), .combined(threshold: 0.6),
    .combined(threshold: 0.6, order: .cheapest), .selfConsumption, .priceThreshold(low: 0.3, high: 0.7),
    .peakShaving(limit: 12),
  ]

  /// A random system with everything that rules run; without DC where `buses` is 1.
  private func system(_ dice: inout Dice, buses: Int) -> SimulationProblem {
    let steps = 240
    var problem = SimulationProblem(steps: steps, stepHours: dice.chance(0.5) ? 1 : 0.5)
    func series(_ range: ClosedRange<Double>) -> [Double] { (0..<steps).map { _ in max(0, dice.value(range)) } }
    func bus() -> SimulationProblem.Bus { buses == 2 && dice.chance(0.5) ? .dc : .ac }
    problem.demands = [
      Demand("a", power: series(0...50)), Demand("b", bus: bus(), power: series(0...30)),
      Demand("c", bus: bus(), power: series(-20...20)),
    ]
    for name in ["sun", "wind"] {
      problem.sources.append(
        SeriesSource(
          name, bus: bus(), perUnit: series(-0.5...1), size: dice.value(0...120), reserve: dice.value(0...0.4)))
    }
    for g in 0..<Int(dice.value(0...3)) {
      problem.generators.append(
        Generator(
          "g\(g)", size: dice.value(5...40), minimumLoad: dice.value(0...0.5), fuelIntercept: 0.05,
          fuelSlope: dice.value(0.2...0.3), fuelPrice: 1, runCost: dice.value(0...2), startCost: 1,
          minimumRunSteps: Int(dice.value(1...4))))
    }
    for s in 0..<Int(dice.value(0...3)) {
      problem.storages.append(
        Storage(
          "s\(s)", bus: bus(), energy: dice.value(10...200), chargePower: dice.value(5...60),
          dischargePower: dice.value(5...60), chargeEfficiency: dice.value(0.8...1),
          dischargeEfficiency: dice.value(0.8...1), selfDischarge: 0.001, leastShare: 0.1,
          startShare: dice.value(0.1...1),
          wearCost: dice.value(0...0.2),
          model: dice.chance(0.3) ? .kinetic(share: 0.4, rate: 0.8, chargeRate: 1) : .idealised))
    }
    if dice.chance(0.3) {
      var lake = Storage("lake", bus: bus(), energy: 60, chargePower: 0, dischargePower: 20, startShare: 0.5)
      lake.inflow = series(-5...12)
      problem.storages.append(lake)
    }
    if dice.chance(0.5) {
      problem.grid = GridConnection(
        buyLimit: dice.value(0...30), sellLimit: dice.value(0...30), buyPrice: series(0...1),
        sellPrice: series(0...0.5),
        available: (0..<steps).map { $0 % 37 > 4 })
    }
    if dice.chance(0.5) {
      problem.deferrables = [
        DeferrableDemand("pump", bus: bus(), draw: series(0...6), tank: 40, peak: 15, minimumLoad: 0.2, startShare: 0.5)
      ]
      var cars = DeferrableDemand("cars", bus: bus(), draw: series(-6...6), tank: 60, peak: 15, startShare: 0.5)
      cars.gives = series(-5...15)
      cars.givingEfficiency = 0.9
      problem.deferrables.append(cars)
    }
    if dice.chance(0.5) {
      problem.reserve = OperatingReserve(ofLoad: dice.value(0...0.3), ofPeak: dice.value(0...0.1))
      if buses == 2 { problem.reserveOnDC = OperatingReserve(ofLoad: dice.value(0...0.3)) }
    }
    if buses == 2 {
      problem.converter = BusConverter(
        inverter: dice.chance(0.1) ? 0 : dice.value(0...60), inverterEfficiency: dice.value(0.8...1),
        rectifier: dice.chance(0.1) ? 0 : dice.value(0...60), rectifierEfficiency: dice.value(0.8...1))
    }
    return problem
  }

  /// What comes onto a bus less what leaves it, in each step; zero where the books are right.
  private func residuals(_ problem: SimulationProblem, _ trace: SimulationTrace, _ b: SimulationProblem.Bus) -> [Double]
  {
    let converter = problem.converter ?? BusConverter(inverter: 0)
    return (0..<problem.steps).map { t in
      var sum = -trace.spilledByBus[b.rawValue][t]
      if b == .ac {
        sum += trace.bought[t] - trace.sold[t] + trace.inverted[t] - trace.rectified[t] / converter.rectifierEfficiency
        for g in problem.generators.indices { sum += trace.generators[g][t] }
      } else {
        sum += trace.rectified[t] - trace.inverted[t] / converter.inverterEfficiency
      }
      for source in problem.sources where source.bus == b { sum += source.perUnit[t] * source.size }
      for (d, demand) in problem.demands.enumerated() where demand.bus == b {
        sum += trace.shedByDemand[d][t] - demand.power[t]
      }
      for (s, storage) in problem.storages.enumerated() where storage.bus == b { sum += trace.storages[s][t] }
      for (d, demand) in problem.deferrables.enumerated() where demand.bus == b { sum -= trace.deferrables[d][t] }
      return sum
    }
  }

  private func check(_ problem: SimulationProblem, _ result: SimulationResult, _ comment: Comment) throws {
    let trace = try #require(result.trace)
    #expect(result.statistics.balanceResidual < 1e-9, comment)
    let both = trace.inverted.indices.map { min(trace.inverted[$0], trace.rectified[$0]) }.max() ?? 0
    #expect(both <= 1e-9, comment)
    for bus in SimulationProblem.Bus.allCases {
      #expect(residuals(problem, trace, bus).allSatisfy { abs($0) < 1e-9 * 200 }, comment)
      #expect(trace.spilledByBus[bus.rawValue].allSatisfy { $0 >= 0 }, comment)
    }
    if let converter = problem.converter {
      #expect(trace.inverted.allSatisfy { $0 >= 0 && $0 <= converter.inverter + 1e-9 }, comment)
      #expect(trace.rectified.allSatisfy { $0 >= 0 && $0 <= converter.rectifier + 1e-9 }, comment)
    }
    for (s, storage) in problem.storages.enumerated() {
      let ends = (0.0 - 1e-9)...(storage.energy + 1e-9)
      #expect(trace.contents[s].allSatisfy { ends.contains($0) }, comment)
      #expect(trace.paid[s].allSatisfy { $0 >= 0 && $0.isFinite }, comment)
    }
    // What is shed on a bus is a shortage of that bus, beside what is asked as reserve.
    #expect(
      trace.capacityShortage[0].allSatisfy { $0 >= 0 } && trace.capacityShortage[1].allSatisfy { $0 >= 0 }, comment)
  }

  @Test("power passes the converter one way only, and the books of both buses close", arguments: UInt64(0)..<80)
  func oneWay(seed: UInt64) throws {
    var dice = Dice(state: seed)
    let problem = system(&dice, buses: 2)
    #expect(problem.faults().isEmpty)
    for strategy in Self.strategies {
      let result = Simulation.run(problem, strategy, recording: .everyHour)
      try check(problem, result, "seed \(seed), \(strategy)")
    }
  }

  @Test("a plan of the coming hours, too", arguments: UInt64(0)..<40)
  func planned(seed: UInt64) throws {
    var dice = Dice(state: seed &+ 1000)
    let problem = system(&dice, buses: 2)
    var run = SteppedSimulation(problem)
    for t in 0..<problem.steps {
      run.step(
        t,
        Setpoints(
          storages: problem.storages.map { _ in dice.value(-40...40) },
          generators: problem.generators.map { dice.chance(0.5) ? dice.value(0...$0.size) : 0 },
          deferrables: problem.deferrables.map { _ in dice.value(-5...10) }, sold: dice.value(0...10)))
    }
    try check(problem, run.result(), "seed \(seed)")
  }

  @Test("with one bus a converter changes no bit", arguments: UInt64(0)..<20)
  func oneBus(seed: UInt64) {
    var dice = Dice(state: seed &+ 2000)
    let problem = system(&dice, buses: 1)
    var withConverter = problem
    withConverter.converter = BusConverter(
      inverter: 50, inverterEfficiency: 0.9, rectifier: 50, rectifierEfficiency: 0.9)
    for strategy in Self.strategies {
      let alone = Simulation.run(problem, strategy).statistics
      #expect(alone == Simulation.run(withConverter, strategy).statistics, "seed \(seed), \(strategy)")
    }
  }

  @Test("what the inverter carried is left on DC before the rectifier carries")
  func takenBack() throws {
    var problem = SimulationProblem(steps: 2)
    problem.demands = [Demand("load", power: [10, 10])]
    problem.sources = [SeriesSource("sun", bus: .dc, perUnit: [0, 20], size: 1)]
    problem.generators = [Generator("diesel", size: 10, minimumLoad: 0.6, minimumRunSteps: 2)]
    problem.storages = [Storage("battery", bus: .dc, energy: 40, chargePower: 10, dischargePower: 10)]
    problem.converter = BusConverter(
      inverter: 20, inverterEfficiency: 0.9, rectifier: 20, rectifierEfficiency: 0.9)
    let trace = try #require(Simulation.run(problem, .loadFollowing(), recording: .everyHour).trace)
    // 10 on AC draw 11.11 of the 20; the machine's 6 stay over. The battery takes 8.89 of the sun and 1.11 that the inverter
    // gives back, whose 1 kW the machine makes instead; 5 find nobody.
    #expect(abs(trace.inverted[1] - 9) < 1e-12 && trace.rectified[1] == 0)
    #expect(abs(trace.storages[0][1] + 10) < 1e-12)
    #expect(abs(trace.spilledByBus[0][1] - 5) < 1e-12 && abs(trace.spilledByBus[1][1]) < 1e-12)
  }
}

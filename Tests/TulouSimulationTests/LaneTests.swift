import TestSupport
import Testing
import TulouSimulation

/// The engine in lanes against the scalar one, which is the specification.
@Suite("Lanes") struct LaneTests {
  /// A random system that the lanes take, with everything it may have.
  private func system(_ dice: inout Dice) -> (SimulationProblem, Strategy) {
    let steps = 400
    var problem = SimulationProblem(steps: steps, stepHours: [1, 0.5].randomElement(using: &dice) ?? 1)
    problem.demands = [
      Demand("a", power: (0..<steps).map { _ in dice.value(0...60) }),
      Demand("b", power: (0..<steps).map { _ in dice.value(0...40) }),
    ]
    for name in ["sun", "wind"].prefix(Int.random(in: 0...2, using: &dice)) {
      problem.sources.append(
        SeriesSource(
          name, perUnit: (0..<steps).map { _ in max(0, dice.value(-0.5...1)) }, size: 1,
          reserve: Bool.random(using: &dice) ? dice.value(0...0.5) : 0))
    }
    problem.generators = [
      Generator(
        "diesel", size: 1, minimumLoad: dice.value(0...0.4), fuelIntercept: 0.05, fuelSlope: 0.24, fuelPrice: 1)
    ]
    problem.storages = [
      Storage(
        "battery", energy: 1, chargePower: 1, dischargePower: 1, chargeEfficiency: dice.value(0.8...1),
        dischargeEfficiency: dice.value(0.8...1), selfDischarge: Bool.random(using: &dice) ? 0.001 : 0,
        leastShare: dice.value(0...0.3), startShare: dice.value(0.3...1),
        model: Bool.random(using: &dice)
          ? .idealised
          : .kinetic(share: dice.value(0.2...0.8), rate: dice.value(0.2...2), chargeRate: dice.value(0.3...2)))
    ]
    if Bool.random(using: &dice) {
      problem.grid = GridConnection(
        buyLimit: dice.value(0...50), sellLimit: dice.value(0...30),
        buyPrice: (0..<steps).map { _ in dice.value(0...1) },
        sellPrice: (0..<steps).map { _ in dice.value(0...0.5) },
        available: Bool.random(using: &dice) ? (0..<steps).map { $0 % 37 > 4 } : [])
    }
    if Bool.random(using: &dice) {
      // A grid that can always bring what the tank gives, mostly.
      if var grid = problem.grid, Int.random(in: 0...3, using: &dice) > 0 {
        grid.buyLimit = 110
        grid.available = []
        problem.grid = grid
      }
      problem.deferrables = [
        DeferrableDemand(
          "pump", draw: (0..<steps).map { _ in dice.value(0...6) }, tank: 40, peak: 15,
          minimumLoad: dice.value(0...0.6),
          startShare: 0.5)
      ]
    }
    if Bool.random(using: &dice) { problem.reserve = OperatingReserve(ofLoad: 0.1, ofPeak: 0.05) }
    let strategies: [Strategy] = [
      .loadFollowing(), .cycleCharging(), .cycleCharging(setPoint: 0.8), .selfConsumption,
    ]
    return (problem, strategies.randomElement(using: &dice) ?? .selfConsumption)
  }

  private func designs(_ count: Int, sources: Int, _ dice: inout Dice) -> LaneDesigns {
    func column(_ range: ClosedRange<Double>) -> [Double] {
      (0..<count).map { $0 % 7 == 6 ? 0 : dice.value(range) }
    }
    return LaneDesigns(
      sources: (0..<sources).map { _ in column(0...150) }, generator: column(0...120), storageEnergy: column(0...300),
      chargePower: column(0...100), dischargePower: column(0...100))
  }

  @Test("agree with the scalar engine to 1e-9 on every statistic", arguments: 0..<60)
  func agreement(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let (problem, strategy) = system(&dice)
    #expect(problem.faults().isEmpty)
    let designs = designs(21, sources: problem.sources.count, &dice)
    guard let engine = LaneEngine(problem, strategy) else {
      #expect(LaneEngine.refusal(problem, strategy)?.hasPrefix("Demand waits") == true)
      return
    }
    let lanes = engine.run(designs)
    for i in 0..<designs.count {
      let sums = Simulation.run(designs.problem(i, of: problem), strategy).statistics
      let pairs: [(String, Double, Double)] = [
        ("shed", lanes.shed[i], sums.shed), ("shedMaximum", lanes.shedMaximum[i], sums.shedMaximum),
        ("shedHours", lanes.shedHours[i], sums.shedHours), ("shedLongest", lanes.shedLongest[i], sums.shedLongest),
        ("generatorEnergy", lanes.generatorEnergy[i], sums.generators[0].energy),
        ("generatorHours", lanes.generatorHours[i], sums.generators[0].hours),
        ("generatorStarts", lanes.generatorStarts[i], sums.generators[0].starts),
        ("fuel", lanes.fuel[i], sums.generators[0].fuel), ("charged", lanes.charged[i], sums.storages[0].charged),
        ("discharged", lanes.discharged[i], sums.storages[0].discharged),
        ("finalContent", lanes.finalContent[i], sums.storages[0].finalContent),
        ("sourcePotential", lanes.sourcePotential[i], sums.sourcePotential),
        ("spilled", lanes.spilled[i], sums.spilled), ("spilledMaximum", lanes.spilledMaximum[i], sums.spilledMaximum),
        ("bought", lanes.bought[i], sums.bought), ("boughtMaximum", lanes.boughtMaximum[i], sums.boughtMaximum),
        ("sold", lanes.sold[i], sums.sold), ("purchaseCost", lanes.purchaseCost[i], sums.purchaseCost),
        ("saleRevenue", lanes.saleRevenue[i], sums.saleRevenue),
        ("deferrableServed", lanes.deferrableServed[i], sums.deferrableServed),
        ("deferrableUnserved", lanes.deferrableUnserved[i], sums.deferrableUnserved),
        ("capacityShortage", lanes.capacityShortage[i], sums.capacityShortage),
      ]
      for (name, lane, scalar) in pairs {
        #expect(abs(lane - scalar) <= 1e-9 * max(1, abs(scalar)), "seed \(seed), design \(i), \(name)")
      }
      #expect(sums.balanceResidual < 1e-9)
    }
  }

  @Test("a year that repeats itself: lanes settle where the scalar engine does", arguments: UInt64(1)...30)
  func repeating(seed: UInt64) throws {
    var dice = Dice(state: seed &* 77)
    var (problem, strategy) = system(&dice)
    if LaneEngine.refusal(problem, strategy) != nil { problem.deferrables = [] }
    let designs = designs(21, sources: problem.sources.count, &dice)
    let engine = try #require(LaneEngine(problem, strategy))
    let lanes = engine.runRepeating(designs)
    for i in 0..<designs.count {
      let (result, _, _, _) = Simulation.runRepeating(
        designs.problem(i, of: problem), strategy, isCyclic: [true], recording: .statistics)
      let sums = result.statistics
      for (lane, scalar) in [
        (lanes.finalContent[i], sums.storages[0].finalContent), (lanes.shed[i], sums.shed),
        (lanes.spilled[i], sums.spilled), (lanes.bought[i], sums.bought),
        (lanes.generatorEnergy[i], sums.generators[0].energy),
      ] {
        #expect(abs(lane - scalar) <= 1e-9 * max(1, abs(scalar)), "seed \(seed), design \(i)")
      }
    }
  }

  @Test("what lanes cannot take is refused with the reason")
  func refusals() {
    var problem = SimulationProblem(steps: 1)
    #expect(LaneEngine.refusal(problem, .loadFollowing()) == nil)
    #expect(LaneEngine.refusal(problem, .peakShaving(limit: 1))?.contains("Only load following") == true)
    problem.generators = [Generator("a", size: 1), Generator("b", size: 1)]
    #expect(LaneEngine.refusal(problem, .loadFollowing()) == "The system has more than one generator.")
  }
}

/// How many years a second, printed.
@Suite("Speed of the lanes", .enabled(if: SlowTests.areWanted && SharedFolder.isPresent))
struct LaneSpeedSlowTests {
  @Test("years a second on one core")
  func speed() throws {
    var problem = try PublishedSimulationTests.ouessant(generator: 1, battery: 1, sun: 1, wind: 1)
    let count = 256
    let column = (0..<count).map { Double($0 % 64) / 64 }
    let designs = LaneDesigns(
      sources: [column.map { 1000 + 3000 * $0 }, column.map { 2000 - 1500 * $0 }],
      generator: column.map { 500 + 1500 * $0 }, storageEnergy: column.map { 6000 * $0 },
      chargePower: column.map { 6000 * $0 }, dischargePower: column.map { 6000 * $0 })
    func measure(_ name: String, _ strategy: Strategy) throws {
      let engine = try #require(LaneEngine(problem, strategy))
      let clock = ContinuousClock()
      var best = Double.infinity
      for _ in 0..<2 {
        let time = clock.measure { _ = engine.run(designs) }
        best = min(best, time / .seconds(1))
      }
      print("\(name): \(Int(Double(count) / best)) years a second")
    }
    try measure("island, load following", .loadFollowing())
    try measure("island, cycle charging", .cycleCharging())
    let price = (0..<problem.steps).map { Double($0 % 24) / 100 }
    problem.grid = GridConnection(buyLimit: 300, sellLimit: 200, buyPrice: price, sellPrice: price)
    try measure("with grid, load following", .loadFollowing())
    // Lanes take waiting demand where the grid alone can bring it at any time.
    problem.grid?.buyLimit = 5000
    problem.storages[0].model = .kinetic(share: 0.4, rate: 0.8, chargeRate: 1)
    problem.deferrables = [
      DeferrableDemand("pump", draw: [Double](repeating: 10, count: problem.steps), tank: 200, peak: 40)
    ]
    try measure("with grid, kinetic battery, waiting demand", .loadFollowing())
    let clock = ContinuousClock()
    let one = designs.problem(1, of: problem)
    let time = clock.measure { for _ in 0..<5 { _ = Simulation.run(one, .loadFollowing()) } }
    print("scalar: \(Int(5 / (time / .seconds(1)))) years a second")
  }
}

import Foundation
import Testing
import TulouSimulation

/// Days of 24 hours computed by hand, one for every rule of a component. Load following unless said otherwise.
@Suite("A day of each component by hand") struct ComponentDayTests {
  private func isNear(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  private func repeated(_ parts: (Double, Int)...) -> [Double] {
    parts.flatMap { [Double](repeating: $0.0, count: $0.1) }
  }

  private func run(
    _ problem: SimulationProblem, _ strategy: Strategy = .loadFollowing()
  ) throws -> (SimulationStatistics, SimulationTrace) {
    #expect(problem.faults().isEmpty)
    let result = Simulation.run(problem, strategy, recording: .everyHour)
    #expect(result.statistics.balanceResidual < 1e-12)
    return (result.statistics, try #require(result.trace))
  }

  @Test("generator with a minimum run time of four hours and a minimum load")
  func minimumRun() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: (0..<24).map { $0 == 3 || $0 == 12 ? 5 : 0 })]
    problem.generators = [Generator("g", size: 10, minimumLoad: 0.5, minimumRunSteps: 4)]
    let (sums, trace) = try run(problem)
    #expect(isNear(trace.generators[0], repeated((0, 3), (5, 4), (0, 5), (5, 4), (0, 8))))
    #expect(isNear(trace.spilled, repeated((0, 4), (5, 3), (0, 6), (5, 3), (0, 8))))
    #expect(sums.generators[0].starts == 2 && sums.generators[0].hours == 8)
    #expect(trace.reasons[5].contains(.generatorRunsOn))
  }

  @Test("two generators and a reserve of a tenth of the load")
  func reserve() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((8, 12), (9.5, 12)))]
    problem.generators = [Generator("g", size: 10, minimumLoad: 0.3), Generator("h", size: 10, minimumLoad: 0.3)]
    problem.reserve = OperatingReserve(ofLoad: 0.1)
    let (sums, trace) = try run(problem)
    // 9.5 + 0.95 > 10: the second runs at its minimum, the first gives the rest.
    #expect(isNear(trace.generators[0], repeated((8, 12), (6.5, 12))))
    #expect(isNear(trace.generators[1], repeated((0, 12), (3, 12))))
    #expect(sums.capacityShortage == 0 && trace.reasons[12].contains(.generatorForReserve))
  }

  @Test("waiting demand: a tank of 8 kWh, drawn at 1 kW, filled at 3 kW at most")
  func waiting() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((2, 24)))]
    problem.sources = [SeriesSource("sun", perUnit: repeated((0, 10), (1, 4), (0, 10)), size: 6)]
    problem.generators = [Generator("g", size: 10)]
    problem.deferrables = [DeferrableDemand("pump", draw: repeated((1, 24)), tank: 8, peak: 3)]
    let (sums, trace) = try run(problem)
    #expect(
      isNear(
        trace.deferrableContents[0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 6, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]))
    #expect(isNear(trace.generators[0], repeated((3, 10), (0, 4), (2, 8), (3, 2))))
    #expect(isNear(trace.spilled, repeated((0, 10), (1, 4), (0, 10))))
    #expect(sums.deferrableServed == 24 && sums.deferrableUnserved == 0)
    #expect(trace.reasons[22].contains(.deferrableForced) && trace.reasons[12].contains(.deferrableServed))
  }

  @Test("two buses: sun and battery on DC behind an inverter of 90 %")
  func buses() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((9, 24)))]
    problem.sources = [SeriesSource("sun", bus: .dc, perUnit: repeated((0, 8), (1, 8), (0, 8)), size: 20)]
    problem.storages = [Storage("battery", bus: .dc, energy: 40, chargePower: 10, dischargePower: 10)]
    problem.converter = BusConverter(inverter: 9, inverterEfficiency: 0.9)
    let (sums, trace) = try run(problem)
    #expect(isNear(trace.shed, repeated((9, 8), (0, 12), (9, 4))))
    #expect(isNear(Array(trace.contents[0][8...20]), [0, 10, 20, 30, 40, 40, 40, 40, 40, 30, 20, 10, 0]))
    #expect(isNear(trace.spilledByBus[1], repeated((0, 12), (10, 4), (0, 8))))
    #expect(isNear(trace.inverted, repeated((0, 8), (9, 12), (0, 4))))
    #expect(abs(sums.converterLoss - 12) < 1e-9)
  }

  @Test("grid with a limit and an outage of three hours (self-consumption)")
  func outage() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((10, 24)))]
    problem.storages = [Storage("battery", energy: 30, chargePower: 10, dischargePower: 10, startShare: 1)]
    problem.grid = GridConnection(
      buyLimit: 8, sellLimit: 0, buyPrice: repeated((0.2, 24)), sellPrice: repeated((0, 24)),
      available: (0..<24).map { !(5...7).contains($0) })
    let (sums, trace) = try run(problem, .selfConsumption)
    #expect(isNear(trace.bought, repeated((0, 3), (8, 2), (0, 3), (8, 16))))
    #expect(isNear(trace.shed, repeated((0, 3), (2, 2), (10, 3), (2, 16))))
    #expect(abs(sums.shed - 66) < 1e-9 && abs(sums.purchaseCost - 144 * 0.2) < 1e-9)
    #expect(trace.reasons[6].contains(.gridOut) && !trace.reasons[8].contains(.gridOut))
  }

  @Test("pumped hydro: 80 % up, 90 % down, 10 kW")
  func pumpedHydro() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((5, 24)))]
    problem.sources = [SeriesSource("sun", perUnit: repeated((0, 10), (1, 4), (0, 10)), size: 30)]
    problem.storages = [
      Storage(
        "upper", energy: 100, chargePower: 10, dischargePower: 10, chargeEfficiency: 0.8, dischargeEfficiency: 0.9)
    ]
    let (sums, trace) = try run(problem)
    // 32 kWh of water give 28.8 kWh.
    #expect(isNear(trace.storages[0], repeated((0, 10), (-10, 4), (5, 5), (3.8, 1), (0, 4))))
    #expect(isNear(trace.shed, repeated((5, 10), (0, 9), (1.2, 1), (5, 4))))
    #expect(isNear(trace.spilled, repeated((0, 10), (15, 4), (0, 10))))
    #expect(abs(sums.storages[0].throughput - 32) < 1e-9 && abs(sums.storages[0].lost - 11.2) < 1e-9)
  }

  /// Expected by the closed form of the two tanks: while nothing flows the tank at hand nears its share of the whole by
  /// half of what is left each hour (k = ln 2).
  @Test("kinetic battery: emptied at hand, evened out in eleven hours, emptied again")
  func kinetic() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: (0..<24).map { $0 == 0 || $0 == 12 ? 100 : 0 })]
    let k = log(2.0)
    problem.storages = [
      Storage(
        "battery", energy: 40, chargePower: 100, dischargePower: 100, startShare: 1,
        model: .kinetic(share: 0.5, rate: k, chargeRate: .infinity))
    ]
    let (sums, trace) = try run(problem)
    let divisor = 0.5 + 0.5 * (k - 0.5)
    let first = k * (20 * 0.5 + 40 * 0.5 * 0.5) / divisor
    let left = 40 - first
    let atHand = 0.5 * left * (1 - pow(0.5, 11))
    let second = k * (atHand * 0.5 + left * 0.5 * 0.5) / divisor
    #expect(isNear(trace.storages[0], repeated((first, 1), (0, 11), (second, 1), (0, 11))))
    #expect(isNear(trace.contents[0], repeated((40, 1), (left, 12), (left - second, 11))))
    #expect(abs(first - 23.2376079) < 1e-6)
    #expect(abs(sums.shed - (200 - first - second)) < 1e-9)
  }

  @Test("lake: water that comes is used, a full lake runs through its turbines, then over")
  func lake() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((10, 24)))]
    var lake = Storage("lake", energy: 50, chargePower: 0, dischargePower: 12, startShare: 1)
    lake.inflow = repeated((5, 24))
    problem.storages = [lake]
    let (dry, trace) = try run(problem)
    #expect(isNear(trace.storages[0], repeated((10, 10), (5, 14))))
    #expect(isNear(trace.contents[0], (0..<24).map { max(0, 50 - 5 * Double($0)) }))
    #expect(isNear(trace.shed, repeated((0, 10), (5, 14))))
    #expect(dry.storages[0].overflow == 0 && abs(dry.storages[0].lost) < 1e-9)
    problem.demands = [Demand("a", power: repeated((2, 24)))]
    let (wet, full) = try run(problem)
    // Of the 5 kW that come 2 kW are wanted; nothing is made that nobody takes.
    #expect(isNear(full.storages[0], repeated((2, 24))) && isNear(full.overflows[0], repeated((3, 24))))
    #expect(isNear(full.contents[0], repeated((50, 24))) && wet.spilled == 0)
    #expect(full.reasons[4].contains(.lakeFull))
  }

  @Test("vehicles give back in the evening and are ready for their trip (self-consumption)")
  func vehicles() throws {
    var problem = SimulationProblem(steps: 24)
    problem.demands = [Demand("a", power: repeated((0, 18), (10, 4), (0, 2)))]
    problem.grid = GridConnection(
      buyLimit: 100, sellLimit: 0, buyPrice: repeated((0.2, 24)), sellPrice: repeated((0, 24)))
    let parked = (0..<24).map { (8..<18).contains($0) ? 0.0 : 10.0 }
    var cars = DeferrableDemand("cars", draw: (0..<24).map { $0 == 8 ? 20 : 0 }, tank: 60, peak: 10)
    cars.rooms = repeated((60, 24))
    cars.leasts = (0..<24).map { $0 == 8 ? 30 : 0 }
    cars.peaks = parked
    cars.gives = parked
    problem.deferrables = [cars]
    let (sums, trace) = try run(problem, .selfConsumption)
    // Charged as late as 10 kW allow; 10 kWh are left after the trip and serve the first hour of the evening.
    #expect(isNear(trace.deferrables[0], repeated((0, 5), (10, 3), (0, 10), (-10, 1), (0, 5))))
    #expect(isNear(trace.bought, repeated((0, 5), (10, 3), (0, 11), (10, 3), (0, 2))))
    #expect(sums.deferrableServed == 30 && sums.givenBack == 10 && sums.deferrableUnserved == 0)
    #expect(trace.reasons[18].contains(.vehiclesServe) && trace.reasons[7].contains(.deferrableForced))
    // Full in the morning they serve the whole evening.
    problem.deferrables[0].startShare = 1
    let (full, _) = try run(problem, .selfConsumption)
    #expect(full.bought == 0 && full.givenBack == 40)
  }

  @Test("vehicles on an island keep what its machine could not bring back before their trip")
  func vehiclesOfAnIsland() throws {
    var problem = SimulationProblem(steps: 24)
    // Beside 15 kW a machine of 20 kW leaves 5 for chargers of 20; in the evening the village wants 25.
    problem.demands = [Demand("a", power: repeated((15, 18), (25, 3), (15, 3)))]
    problem.generators = [Generator("diesel", size: 20, fuelSlope: 0.3, fuelPrice: 1)]
    let parked = (0..<24).map { (8..<18).contains($0) ? 0.0 : 20.0 }
    var cars = DeferrableDemand("cars", draw: (0..<24).map { $0 == 8 ? 30 : 0 }, tank: 60, peak: 20)
    cars.rooms = repeated((60, 24))
    cars.leasts = (0..<24).map { $0 == 8 ? 30 : 0 }
    cars.peaks = parked
    cars.gives = parked
    cars.startShare = 20.0 / 60
    problem.deferrables = [cars]
    let (sums, trace) = try run(problem, .loadFollowing())
    // The 20 kWh of midnight may be given until 2 o'clock: six hours at 5 kW bring the 30 of the trip.
    #expect(sums.deferrableUnserved == 0 && sums.givenBack == 20)
    #expect(isNear(Array(trace.deferrables[0][..<9]), repeated((-15, 1), (-5, 1), (5, 6), (0, 1))))
    // In the evening nothing is left to give: what the machine lacks is not served.
    #expect(abs(sums.shed - 15) < 1e-9)
  }

  @Test("energy balances each hour with lakes and vehicles under every strategy", arguments: UInt64(1)...20)
  func balance(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func dice(_ top: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24) * top
    }
    var problem = SimulationProblem(steps: 240)
    problem.demands = [Demand("a", power: (0..<240).map { _ in dice(40) })]
    problem.sources = [SeriesSource("wind", perUnit: (0..<240).map { _ in dice(1) }, size: dice(60))]
    problem.storages = [
      Storage("battery", energy: dice(80) + 1, chargePower: 20, dischargePower: 15, chargeEfficiency: 0.9)
    ]
    var lake = Storage("lake", energy: dice(200) + 1, chargePower: 0, dischargePower: 12, startShare: 0.5)
    lake.inflow = (0..<240).map { _ in dice(10) }
    problem.storages.append(lake)
    problem.generators = [Generator("g", size: dice(30), minimumLoad: 0.3, fuelSlope: 0.3, fuelPrice: 1)]
    problem.grid = GridConnection(
      buyLimit: dice(20), sellLimit: dice(10), buyPrice: (0..<240).map { _ in dice(1) },
      sellPrice: (0..<240).map { _ in dice(0.3) })
    let parked = (0..<240).map { (8..<18).contains($0 % 24) ? 0.0 : 12.0 }
    var cars = DeferrableDemand("cars", draw: (0..<240).map { $0 % 24 == 8 ? 20 : 0 }, tank: 60, peak: 12)
    (cars.peaks, cars.gives, cars.efficiency, cars.givingEfficiency) = (parked, parked, 0.95, 0.9)
    problem.deferrables = [cars]
    let strategies: [Strategy] = [
      .loadFollowing(), .loadFollowing(order: .cheapest), .cycleCharging(), .cycleCharging(setPoint: 0.8),
      .combined(threshold: 0.5), .selfConsumption, .priceThreshold(low: 0.2, high: 0.7), .peakShaving(limit: 8),
    ]
    for strategy in strategies {
      let (sums, trace) = try run(problem, strategy)
      for content in trace.contents[1] + trace.deferrableContents[0] { #expect(content >= -1e-9) }
      let lake = sums.storages[1]
      #expect(abs(lake.lost) < 1e-6, "what comes runs through or over, or stays")
      let into = sums.deferrableServed * 0.95 + sums.deferrableUnserved
      let out = sums.givenBack / 0.9 + problem.deferrables[0].draw.reduce(0, +)
      #expect(abs(into - out - sums.deferrableContents[0]) < 1e-6)
    }
  }
}

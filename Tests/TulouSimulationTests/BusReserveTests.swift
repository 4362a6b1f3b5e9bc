import Testing
import TulouSimulation

/// Operating reserve and capacity shortage bus by bus, by hand.
@Suite("Reserve by bus") struct BusReserveTests {
  private func run(_ problem: SimulationProblem, _ order: DispatchOrder) throws -> (
    SimulationStatistics, SimulationTrace
  ) {
    let result = Simulation.run(problem, .loadFollowing(order: order), recording: .everyHour)
    return (result.statistics, try #require(result.trace))
  }

  /// 55 kW on AC with a reserve of 20 %, sets of 50, 4 and 50 kW, 600 kW of battery behind an inverter.
  private func town(inverter: Double) -> SimulationProblem {
    var problem = SimulationProblem(steps: 1)
    problem.demands = [Demand("town", power: [55]), Demand("lamps", bus: .dc, power: [5])]
    problem.generators = [50, 4, 50].enumerated().map {
      Generator("g\($0.offset)", size: $0.element, fuelIntercept: 0.05, fuelSlope: 0.2, fuelPrice: 1)
    }
    problem.storages = [
      Storage("battery", bus: .dc, energy: 3000, chargePower: 600, dischargePower: 600, startShare: 1)
    ]
    problem.converter = BusConverter(inverter: inverter)
    problem.reserve = OperatingReserve(ofLoad: 0.2)
    return problem
  }

  @Test("a battery behind a small inverter is no reserve for AC", arguments: [DispatchOrder.storageFirst, .cheapest])
  func smallInverter(order: DispatchOrder) throws {
    let (sums, trace) = try run(town(inverter: 1), order)
    // 66 kW are asked for; 54 and 1 are not enough. The share is that of AC alone.
    #expect(sums.generators[0].hours == 1 && sums.generators[2].hours == 1 && sums.capacityShortage == 0)
    #expect(abs(trace.reserveRequired[0][0] - 11) < 1e-12 && trace.reserveRequired[1][0] == 0)
    if order == .storageFirst {
      #expect(sums.generators[1].hours == 1)
      #expect(trace.reasons[0].isSuperset(of: [.generatorForDemand, .generatorForReserve, .converterAtLimit]))
      #expect(!trace.reasons[0].contains(.storageEmpty))
      // 104 + 1 - 55
      #expect(abs(trace.reserveAvailable[0][0] - 50) < 1e-12)
    }
    #expect(abs(trace.reserveAvailable[1][0] - 595) < 1e-9)
  }

  @Test("behind a large inverter it is")
  func largeInverter() throws {
    let (sums, trace) = try run(town(inverter: 100), .storageFirst)
    #expect(sums.generators.allSatisfy { $0.hours == 0 } && sums.capacityShortage == 0)
    #expect(abs(trace.reserveAvailable[0][0] - (100 - 55)) < 1e-12)
  }

  /// DC asks for 10 + 5 kW and gets 12 through the rectifier; a second machine would help nothing and stands still.
  @Test("a shortage behind the rectifier counts once, and no machine is started in vain")
  func rectifier() throws {
    var problem = SimulationProblem(steps: 1)
    problem.demands = [Demand("lamps", bus: .dc, power: [10])]
    problem.generators = [Generator("a", size: 20), Generator("b", size: 20)]
    problem.converter = BusConverter(inverter: 0, rectifier: 12, rectifierEfficiency: 0.9)
    problem.reserveOnDC = OperatingReserve(ofLoad: 0.5)
    let (sums, trace) = try run(problem, .storageFirst)
    #expect(sums.generators.map(\.hours) == [1, 0] && sums.shed == 0)
    #expect(abs(sums.capacityShortage - 3) < 1e-12 && abs(trace.capacityShortage[1][0] - 3) < 1e-12)
    #expect(trace.capacityShortage[0][0] == 0)
    // Without demand on AC all of the rectifier is at hand: 12 - 10 of the 5 asked for.
    #expect(abs(trace.reserveAvailable[1][0] - 2) < 1e-12 && trace.reserveRequired[1][0] == 5)
  }

  @Test("a share of the year's peak is asked for in every step, and AC and DC ask for their own")
  func peak() throws {
    var problem = SimulationProblem(steps: 2)
    problem.demands = [Demand("town", power: [10, 100]), Demand("lamps", bus: .dc, power: [8, 4])]
    problem.generators = [12, 200].enumerated().map { Generator("g\($0.offset)", size: $0.element) }
    problem.sources = [SeriesSource("sun", bus: .dc, perUnit: [20, 20], size: 1, reserve: 0.25)]
    problem.reserve = OperatingReserve(ofLoad: 0.1, ofPeak: 0.05)
    problem.reserveOnDC = OperatingReserve(ofPeak: 0.5)
    let (sums, trace) = try run(problem, .storageFirst)
    // 10 % of 10 and 5 % of 100; half of 8 and a quarter of the sun.
    #expect(trace.reserveRequired[0] == [6, 15] && trace.reserveRequired[1] == [9, 9])
    #expect(sums.generators.map(\.hours) == [2, 2] && sums.capacityShortage == 0)
    #expect(trace.reserveAvailable[1] == [12, 16])
  }
}

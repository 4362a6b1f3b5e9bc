import Testing
import TulouSimulation

@Suite("Reliability") struct ReliabilityTests {
  /// REopt.jl test/runtests.jl, backup reliability: critical 1, 2, 2 kW, two generators of 1 kW that run five steps in
  /// the mean, battery of 4 kWh and 1 kW, half of it usable, at 75 %. The same by hand: 0.8704 = 0.64^2 + 0.2048 + 0.256.
  @Test("failing generators and a battery, by hand")
  func smallChain() {
    let backup = BackupReliability(
      generators: 2, size: 1, meanTimeToFailure: 5, usableEnergy: 2, batteryPower: 1, startShare: 0.5, bins: 3)
    let survival = backup.survival(demand: [1, 2, 2, 1], start: 0, steps: 3)
    #expect(abs(survival[0] - 1) < 1e-12)
    #expect(abs(survival[1] - 0.8704) < 1e-12)
    #expect(abs(survival[2] - 0.557056) < 1e-12)
  }

  /// REopt.jl, the same suite: flat 100 kW for 24 h; the generator must live through 20 h, the battery carries four.
  @Test("one generator with a battery for the last hours")
  func lastHours() {
    let backup = BackupReliability(
      generators: 1, size: 100, availability: 0.98, startFailure: 0.1, meanTimeToFailure: 100, usableEnergy: 400,
      batteryPower: 100, bins: 101)
    let survival = backup.survival(demand: [Double](repeating: 100, count: 48), start: 7, steps: 24)
    var expected = 0.98 * 0.9
    for _ in 0..<20 { expected *= 0.99 }
    #expect(abs(survival[23] - expected) < 1e-12)
    #expect(abs(expected - 0.72139) < 1e-5)
    let all = backup.survival(demand: [Double](repeating: 100, count: 48), steps: 24)
    #expect(abs(all.mean[23] - expected) < 1e-12 && abs(all.least[23] - expected) < 1e-12)
  }

  @Test("survival by hand: battery, sun, then the fuel")
  func survival() {
    // Demand 2 kW; sun 4 kW in steps 2 and 3 of every 6; battery 4 kWh, full; generator 1 kW, 0.5 per kWh, 1 unit.
    let critical = [Double](repeating: 2, count: 6)
    let sun = [0.0, 0, 4, 4, 0, 0]
    let battery = Storage("battery", energy: 4, chargePower: 4, dischargePower: 4)
    let full = [Double](repeating: 4, count: 6)
    let alone = SurvivalCurve(
      .init(critical: critical, sources: sun, storage: battery, contents: full), longest: 20)
    // The battery lasts two of the four dark steps 4, 5, 0, 1. From 0: two empty it, two of sun fill it, two empty it.
    #expect(alone.stepsSurvived == [6, 5, 4, 3, 2, 2])
    #expect(alone.probability(ofSurviving: 0) == 1)
    #expect(abs(alone.probability(ofSurviving: 4) - 0.5) < 1e-12)
    #expect(alone.leastHours == 2 && abs(alone.meanHours - 22.0 / 6) < 1e-12)
    let fuel = SurvivalCurve(
      .init(
        critical: critical, sources: [Double](repeating: 0, count: 6), storage: battery, contents: full,
        generator: Generator("diesel", size: 2, fuelSlope: 0.5), fuel: 2), longest: 20)
    // Battery for two steps, then 2 kW at 1 unit each for two more.
    #expect(fuel.stepsSurvived == [Int](repeating: 4, count: 6))
    #expect(fuel.meanHours == 4 && fuel.probability(ofSurviving: 4) == 1 && fuel.probability(ofSurviving: 5) == 0)
  }

  @Test("the general island agrees with the one of one bus")
  func generalIsland() {
    let steps = 240
    var random = RandomNumbers(state: 11)
    let critical = (0..<steps).map { _ in random.next(5, 15) }
    let sun = (0..<steps).map { (6..<18).contains($0 % 24) ? random.next(0, 40) : 0 }
    let battery = Storage(
      "battery", energy: 60, chargePower: 9, dischargePower: 11, chargeEfficiency: 0.9, dischargeEfficiency: 0.95,
      selfDischarge: 0.002, leastShare: 0.1)
    let contents = (0..<steps).map { _ in random.next(6, 60) }
    let diesel = Generator("diesel", size: 10, minimumLoad: 0.4, fuelIntercept: 0.05, fuelSlope: 0.3)
    for fuel in [0.0, 20, .infinity] {
      let plain = SurvivalCurve.Island(
        critical: critical, sources: sun, storage: battery, contents: contents, generator: diesel, fuel: fuel)
      var general = plain
      // A second machine and a second store of nothing change nothing but the way it is computed.
      general.generators.append(Generator("none", size: 0))
      general.storages.append(Storage("none", energy: 0, chargePower: 0, dischargePower: 0))
      general.contents.append([Double](repeating: 0, count: steps))
      #expect(SurvivalCurve(plain, longest: 100) == SurvivalCurve(general, longest: 100), "fuel \(fuel)")
    }
  }

  @Test("survival over two buses: the inverter loses and limits")
  func twoBuses() {
    // 9 kW on AC from a DC battery of 40 kWh behind an inverter of 10 kW and 90 %: 10 kWh a step, four steps.
    var island = SurvivalCurve.Island(
      critical: [9, 9, 9, 9, 9, 9], sources: [Double](repeating: 0, count: 6),
      storage: Storage("battery", bus: .dc, energy: 40, chargePower: 50, dischargePower: 50),
      contents: [Double](repeating: 40, count: 6))
    island.needDC = [Double](repeating: 0, count: 6)
    island.converter = BusConverter(inverter: 10, inverterEfficiency: 0.9)
    #expect(SurvivalCurve(island, longest: 6).stepsSurvived == [Int](repeating: 4, count: 6))
    island.converter?.inverter = 8
    #expect(SurvivalCurve(island, longest: 6).stepsSurvived == [Int](repeating: 0, count: 6))
  }

  private struct RandomNumbers {
    var state: UInt64
    mutating func next(_ low: Double, _ high: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return low + (high - low) * Double(state >> 11) * 0x1p-53
    }
  }

  @Test("every start of a year of 8760 h within 50 ms, in a release build")
  func speed() {
    var random = RandomNumbers(state: 5)
    let critical = (0..<8760).map { _ in random.next(50, 150) }
    let sun = (0..<8760).map { (6..<18).contains($0 % 24) ? random.next(0, 400) : 0 }
    let island = SurvivalCurve.Island(
      critical: critical, sources: sun,
      storage: Storage("battery", energy: 1500, chargePower: 300, dischargePower: 300, chargeEfficiency: 0.95),
      contents: [Double](repeating: 1200, count: 8760), generator: Generator("diesel", size: 60, fuelSlope: 0.25),
      fuel: 2000)
    let clock = ContinuousClock()
    var curve = SurvivalCurve(island, longest: 1)
    let seconds = clock.measure { curve = SurvivalCurve(island, longest: 168) } / .seconds(1)
    print("outage survival from 8760 starts, up to 168 h: \(seconds * 1000) ms, mean \(curve.meanHours) h")
    #expect(curve.stepsSurvived.count == 8760)
    #if !DEBUG
      #expect(seconds < 0.05)
    #endif
  }
}

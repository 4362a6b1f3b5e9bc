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

  @Test("random outages have the frequency and length asked for")
  func outages() {
    struct Dice: RandomNumberGenerator {
      var state: UInt64 = 7
      mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
      }
    }
    var dice = Dice()
    let available = OutageSchedule.random(
      steps: 876_000, stepHours: 1, perYear: 10, repairHours: 6, variability: 0.3, using: &dice)
    let out = available.count { !$0 }
    let starts = zip(available, available.dropFirst()).count { $0 && !$1 }
    // A hundred years: a thousand outages, three standard deviations are 10 %.
    #expect(abs(Double(starts) / 1000 - 1) < 0.1)
    #expect(abs(Double(out) / Double(starts) - 6) < 0.4)
    var again = Dice()
    #expect(
      available
        == OutageSchedule.random(
          steps: 876_000, stepHours: 1, perYear: 10, repairHours: 6, variability: 0.3, using: &again))
  }
}

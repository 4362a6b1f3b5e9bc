import Testing
import TulouDemand
import TulouDocument
import TulouQuantities

@Suite("Calibration and splits of demand") struct CalibrationTests {
  @Test("monthly bills hold exactly; a month without profile is refused")
  func bills() throws {
    let village = try #require(Archetype.named("village"))
    let horizon = Horizon.year(2027)
    let series = try DemandProfile(archetype: village, annualEnergy: 1e6).series(over: horizon)
    let bills = (1...12).map { Double($0) * 1000 }
    let factors = try Calibration.monthlyFactors(series, monthly: bills, over: horizon)
    for (m, range) in Horizon.monthRanges(year: 2027, stepHours: 1).enumerated() {
      #expect(abs(series[range].reduce(0, +) * factors[m] - bills[m]) < 1e-6)
    }
    let none = [Double](repeating: 0, count: 8760)
    #expect(throws: ProjectFault.self) { try Calibration.monthlyFactors(none, monthly: bills, over: horizon) }
    #expect(throws: ProjectFault.self) {
      try Calibration.monthlyFactors([1], monthly: bills, over: Horizon.year(2027).prefix(1))
    }
  }

  @Test("growth goes forward and back from its base year") func growth() {
    for (year, factor) in [(2030, 1.0), (2032, 1.0404), (2028, 1 / 1.0404), (2029, 1 / 1.02)] {
      #expect(abs(Calibration.growth(rate: 0.02, from: 2030, to: year) - factor) < 1e-15, "\(year)")
    }
  }

  @Test("a load-duration curve is met, the order of hours stays")
  func duration() throws {
    let series: [Double] = [3, 1, 4, 1, 5, 9, 2, 6]
    let fitted = try Calibration.toDuration(series, exceedance: [0, 0.5, 1], kilowatts: [100, 50, 10])
    #expect(fitted.max() == fitted[5] && fitted[5] < 100 && fitted.allSatisfy { $0 >= 10 })
    #expect(fitted[4] > fitted[2] && fitted[0] > fitted[6])
    #expect(abs(Calibration.growth(rate: 0.03, from: 2027, to: 2029) - 1.0609) < 1e-12)
  }

  @Test("R40: a made-up meter gives its heating and cooling back, and the parts add up")
  func split() throws {
    let temperature = (0..<8760).map { t -> Double in
      let day = Double(t / 24)
      let season: Double = 15 - 14 * (1 - abs(day - 182.5) / 91.25)
      return season * -1 + 30 + (t % 24 < 12 ? -2 : 2)
    }
    var metered: [Double] = []
    for t in 0..<8760 {
      let day = temperature[(t / 24 * 24)..<(t / 24 * 24 + 24)].reduce(0, +) / 24
      let heat = 3 * max(0, 14 - day), cold = 2 * max(0, day - 24)
      metered.append(50 + heat + cold)
    }
    let split = try TemperatureSplit(metered: metered, temperature: temperature)
    let total = metered.reduce(0, +)
    let parts = split.base.reduce(0, +) + split.heating.reduce(0, +) + split.cooling.reduce(0, +)
    let ratio: Double = parts / total
    #expect(abs(ratio - 1) < 1e-9)
    let base: Double = split.base.reduce(0, +) / 438_000
    #expect(abs(base - 1) < 0.03)
    #expect(split.heatingCelsius == 14 || split.coolingCelsius == 24)
    #expect(throws: ProjectFault.self) { try TemperatureSplit(metered: [1], temperature: [1]) }
  }

  @Test("benchmarks name archetypes that exist and their sources")
  func benchmarks() {
    for benchmark in DemandBenchmark.all {
      #expect(Archetype.named(benchmark.archetype) != nil && !benchmark.source.isEmpty)
    }
    let dwelling = DemandBenchmark.all.first { $0.name == "residential" }
    #expect(dwelling?.annual(amount: 0.4e6) == 16e6)
  }
}

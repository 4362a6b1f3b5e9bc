import Testing
import TulouDemand
import TulouDocument
import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// R40: metered electricity becomes electricity proper, space heat, hot water and cooling.
@Suite("Split of a meter") struct MeterSplitTests {
  static let hours = 8760
  static let day = (0..<hours).map { $0 / 24 }
  static let air: [Double] = (0..<hours).map { t in
    let season: Double = -11 * cos(2 * .pi * Double(t) / 8760)
    let noon: Double = 4 * sin(2 * .pi * (Double(t % 24) - 9) / 24)
    return 16 + season + noon
  }
  static let shape: [Double] = (0..<hours).map { [7, 20, 21].contains($0 % 24) ? 3 : 1 }

  /// A meter that is known inside: 20 kW, heating 2 kW/K below 14 degC, cooling 3 kW/K above 23 degC by daily means.
  private func meter(noise: Double = 0) -> (metered: [Double], heat: Double, cold: Double) {
    var random = SeededRandom(seed: 7, stream: 1)
    var metered: [Double] = [], heat = 0.0, cold = 0.0
    for d in 0..<365 {
      let mean = Self.air[(d * 24)..<(d * 24 + 24)].reduce(0, +) / 24
      let h: Double = 2 * max(0, 14 - mean), c: Double = 3 * max(0, mean - 23)
      let level: Double = 20 * (1 + noise * random.normal())
      for _ in 0..<24 { metered.append(max(0, level + h + c)) }
      heat += 24 * h
      cold += 24 * c
    }
    return (metered, heat, cold)
  }

  @Test("the change points and what lies beyond them are found, and every step adds up")
  func found() throws {
    for noise in [0, 0.05] {
      let (metered, heat, cold) = meter(noise: noise)
      let split = try MeterSplit(
        metered: metered, temperature: Self.air, day: Self.day, stepHours: 1,
        uses: [
          .spaceHeat: .init(performance: 0.98, amount: .fitted), .cooling: .init(performance: 3, amount: .fitted),
          .hotWater: .init(performance: 0.98, amount: .share(0.2, shape: Self.shape)),
        ])
      let fit = try #require(split.fit)
      #expect(abs(fit.heatingCelsius - 14) <= 1 && abs(fit.coolingCelsius - 23) <= 1)
      #expect(abs(fit.heatingSlope / 2 - 1) < 0.1 && abs(fit.coolingSlope / 3 - 1) < 0.1)
      #expect(fit.explained > (noise == 0 ? 0.999 : 0.9))
      let spaceHeat = try #require(split.made[.spaceHeat]), water = try #require(split.made[.hotWater])
      let cooling = try #require(split.made[.cooling])
      let heatRatio: Double = spaceHeat.reduce(0, +) / (0.98 * heat)
      let coldRatio: Double = cooling.reduce(0, +) / (3 * cold)
      // Hours whose degrees would take more than the meter shows lose the rest to electricity proper.
      #expect(abs(heatRatio - 1) < 0.05 && abs(coldRatio - 1) < 0.05, "\(heatRatio) \(coldRatio)")
      for t in 0..<Self.hours {
        let sum: Double = split.electricity[t] + spaceHeat[t] / 0.98 + water[t] / 0.98 + cooling[t] / 3
        #expect(abs(sum - metered[t]) < 1e-9 && split.electricity[t] >= 0)
      }
      let base: Double = metered.reduce(0, +) - spaceHeat.reduce(0, +) / 0.98 - cooling.reduce(0, +) / 3
      let share: Double = water.reduce(0, +) / 0.98 / base
      #expect(abs(share - 0.2) < 1e-9)
    }
  }

  @Test("what others make of a use comes on top of what the meter made") func others() throws {
    let hours = 48
    let split = try MeterSplit(
      metered: Array(repeating: 10, count: hours), temperature: Array(repeating: 16, count: hours),
      day: (0..<hours).map { $0 / 24 }, stepHours: 1,
      uses: [
        .hotWater: .init(performance: 3, amount: .share(0.2, shape: Array(repeating: 1, count: hours)), byOthers: [1.5])
      ])
    // A fifth of 10 kW by a performance of 3, and 1.5 kW of others.
    let water = try #require(split.made[.hotWater])
    #expect(water.allSatisfy { abs($0 - 7.5) < 1e-9 } && split.electricity.allSatisfy { abs($0 - 8) < 1e-9 })
  }

  @Test("an amount is kept within its day where the meter shows less in an hour")
  func placed() throws {
    // 10 kW at night, 2 kW by day; 3 kW of hot water wanted from 8 to 18 o'clock.
    let metered: [Double] = (0..<48).map { (8..<18).contains($0 % 24) ? 2 : 10 }
    let wanted: [Double] = (0..<48).map { (8..<18).contains($0 % 24) ? 3 : 0 }
    let split = try MeterSplit(
      metered: metered, temperature: nil, day: (0..<48).map { $0 / 24 }, stepHours: 1,
      uses: [.hotWater: .init(performance: 1, amount: .placed(wanted))])
    let water = try #require(split.made[.hotWater])
    for d in 0..<2 { #expect(abs(water[(24 * d)..<(24 * d + 24)].reduce(0, +) - 30) < 1e-9) }
    for t in 0..<48 { #expect(water[t] <= metered[t] && abs(split.electricity[t] + water[t] - metered[t]) < 1e-12) }
    #expect(throws: ProjectFault.self) {
      try MeterSplit(
        metered: metered, temperature: nil, day: (0..<48).map { $0 / 24 }, stepHours: 1,
        uses: [.hotWater: .init(performance: 1, amount: .placed([Double](repeating: 8, count: 48)))])
    }
  }

  @Test("R40: the tables of the Xizhou paper as input; they close with 0.900, 0.900 and 0.981, not with 0.98")
  func xizhou() throws {
    // Metered, EL printed, SH, DHW, CC, solar DHW [MWh/d]; the winter, mid-season and summer day.
    let days:
      [(metered: Double, printed: Double, heat: Double, water: Double, cold: Double, solar: Double, ratio: Double)] = [
        (1227.11, 274.63, 744.12, 356.80, 16.00, 58.63, 0.9000),
        (561.30, 283.36, 28.22, 279.31, 109.72, 108.36, 0.8998),
        (958.48, 304.18, 0, 419.11, 419.31, 171.38, 0.9809),
      ]
    func flat(_ daily: Double) -> [Double] { [Double](repeating: daily * 1000 / 24, count: 24) }
    func electricity(_ performance: Double, _ day: Int) throws -> Double {
      let d = days[day]
      let split = try MeterSplit(
        metered: flat(d.metered), temperature: nil, day: [Int](repeating: 0, count: 24), stepHours: 1,
        uses: [
          .spaceHeat: .init(performance: performance, amount: .known(flat(d.heat))),
          .hotWater: .init(performance: performance, amount: .known(flat(d.water)), byOthers: flat(d.solar)),
          .cooling: .init(performance: performance, amount: .known(flat(d.cold))),
        ])
      let water = try #require(split.made[.hotWater])
      #expect(abs(water.reduce(0, +) / 1000 - d.water) < 1e-9)
      return split.electricity.reduce(0, +) / 1000
    }
    for day in days.indices {
      // The published factor gives the published electricity, the stated efficiency does not.
      #expect(abs(try electricity(1 / days[day].ratio, day) - days[day].printed) < 0.1)
      let stated =
        days[day].metered
        - (days[day].heat + days[day].water - days[day].solar + days[day].cold) / 0.98
      #expect(abs(try electricity(0.98, day) - stated) < 1e-6)
      #expect(abs(stated - days[day].printed) > 20)
    }
  }

  @Test("what takes more than the meter shows, or cannot be fitted, is told")
  func faults() {
    let metered = [Double](repeating: 10, count: 48)
    func message(_ uses: [MeterSplit.Part: MeterSplit.Use], air: [Double]? = nil) -> String {
      do throws(ProjectFault) {
        _ = try MeterSplit(metered: metered, temperature: air, day: (0..<48).map { $0 / 24 }, stepHours: 1, uses: uses)
        return ""
      } catch { return error.diagnostics.map(\.message).joined() }
    }
    #expect(
      message([.spaceHeat: .init(performance: 0.5, amount: .known([Double](repeating: 6, count: 48)))])
        == "Heat and cold would take 12 kW of the 10 kW metered in step 1 and too much in 47 other steps, so the split cannot be right."
    )
    #expect(message([.hotWater: .init(performance: 1, amount: .fitted)]).contains("does not follow the temperature"))
    #expect(message([.cooling: .init(performance: 1, amount: .fitted)]).contains("without the outdoor temperature"))
    #expect(
      message([.cooling: .init(performance: 1, amount: .fitted)], air: [Double](repeating: 20, count: 48))
        .contains("28 whole days"))
    #expect(message([.cooling: .init(performance: 0, amount: .fitted)]).contains("must lie between"))
  }
}

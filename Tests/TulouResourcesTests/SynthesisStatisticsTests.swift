import Testing
import TulouQuantities
import TulouResources

/// Tolerances over 100 seeds and six sites, as the methods page states them.
@Suite("Statistics of synthesis") struct SynthesisStatisticsTests {
  @Test("100 seeds a site: clearness within bounds, days remember, years differ", arguments: Place.all.indices)
  func sun(place: Int) throws {
    let p = Place.all[place]
    let path = try SunPath(site: p.site, horizon: .year(2027))
    let extraterrestrial = path.up.indices.map { max(0, path.up[$0]) * path.extraterrestrialNormal[$0] }
    let months = Horizon.monthRanges(year: 2027, stepHours: 1)
    var memory = 0.0, lowest = 1.0, highest = 0.0, worstMean = 0.0
    for seed in 1...100 as ClosedRange<UInt64> {
      let series = try IrradianceSynthesis(site: p.site, monthlyMeans: p.sun, seed: seed).series(over: .year(2027))
      var indices: [Double] = []
      for d in 0..<365 {
        let above = extraterrestrial[(d * 24)..<(d * 24 + 24)].reduce(0, +)
        let index = series[(d * 24)..<(d * 24 + 24)].reduce(0, +) / above
        lowest = min(lowest, index)
        highest = max(highest, index)
        indices.append(index)
      }
      for (m, range) in months.enumerated() {
        let mean = series[range].reduce(0, +) / Double(range.count) * 24
        worstMean = max(worstMean, abs(mean / p.sun[m] - 1))
        // From day to day without the season: deviations from the month's mean.
        let days = Array(indices[(range.lowerBound / 24)..<(range.upperBound / 24)])
        memory += autocorrelation(days) / 12 / 100
      }
    }
    #expect(lowest > 0.005 && highest < 0.87, "\(lowest), \(highest)")
    #expect(worstMean < 0.01)
    // 0.29 less the bias of a month's sample, about -0.05.
    #expect((0.15...0.35).contains(memory), "\(memory)")
  }

  @Test("100 seeds: Weibull shape within 3 %, hour-to-hour memory within 0.03, daily swing within 0.06")
  func wind() throws {
    for seed in 1...100 as ClosedRange<UInt64> {
      let series = try WindSynthesis(means: [5.5], seed: seed).series(over: .year(2027))
      #expect(abs(try Weibull.fit(series).shape / 2 - 1) < 0.03)
      #expect(abs(autocorrelation(series) - 0.85) < 0.03)
      let hours: [Double] = (0..<24).map { h in total((0..<365).map { series[$0 * 24 + h] }) / 365 }
      let swing: Double = ((hours.max() ?? 0) - (hours.min() ?? 0)) / 11
      #expect(distance(swing, 0.25) < 0.06)
    }
  }
}

import Testing
import TulouDocument
import TulouQuantities
import TulouResources

/// Sites and monthly means [kWh/m2/d, degC] of the typical years named beside them.
struct Place: Sendable {
  var name: String
  var site: Site
  var sun: [Double]
  static let all: [Place] = [
    Place(
      name: "Shenzhen (SWERA)",
      site: Site(latitudeDegrees: 22.55, longitudeDegrees: 114.10, altitudeMetres: 18, utcOffsetHours: 8),
      sun: [3.19, 3.27, 3.74, 4.30, 4.76, 4.88, 4.96, 4.82, 4.40, 4.26, 3.69, 3.29]),
    Place(
      name: "Lijiang (CSWD)",
      site: Site(latitudeDegrees: 26.87, longitudeDegrees: 100.22, altitudeMetres: 2392, utcOffsetHours: 8),
      sun: [4.20, 5.10, 5.15, 5.95, 5.56, 5.13, 4.39, 4.81, 3.91, 4.10, 4.28, 4.08]),
    Place(
      name: "Huailai (CSWD)",
      site: Site(latitudeDegrees: 40.40, longitudeDegrees: 115.50, altitudeMetres: 536, utcOffsetHours: 8),
      sun: [2.41, 3.23, 4.32, 5.04, 6.19, 6.01, 5.59, 5.01, 4.42, 3.52, 2.43, 2.11]),
    Place(
      name: "Shanghang (CSWD)",
      site: Site(latitudeDegrees: 25.05, longitudeDegrees: 116.42, altitudeMetres: 198, utcOffsetHours: 8),
      sun: [2.27, 2.26, 2.08, 2.64, 3.41, 4.29, 4.80, 4.28, 4.12, 3.81, 3.01, 2.45]),
    Place(
      name: "Jishou (CSWD)",
      site: Site(latitudeDegrees: 28.32, longitudeDegrees: 109.73, altitudeMetres: 208, utcOffsetHours: 8),
      sun: [1.26, 1.50, 1.61, 2.71, 3.57, 3.24, 4.11, 4.15, 3.61, 2.56, 1.79, 1.37]),
    Place(
      name: "Dinghai (CSWD)",
      site: Site(latitudeDegrees: 30.03, longitudeDegrees: 122.10, altitudeMetres: 36, utcOffsetHours: 8),
      sun: [1.89, 2.95, 3.80, 4.47, 4.78, 4.49, 4.94, 4.48, 4.26, 3.33, 2.46, 2.25]),
  ]
}

/// Mean of each month of a whole year's series.
func monthMeans(_ series: [Double], year: Int, stepHours: Double = 1) -> [Double] {
  Horizon.monthRanges(year: year, stepHours: stepHours).map { series[$0].reduce(0, +) / Double($0.count) }
}

/// Correlation of a series with itself `lag` steps later.
func autocorrelation(_ series: [Double], lag: Int = 1) -> Double {
  let mean = series.reduce(0, +) / Double(series.count)
  var top = 0.0, bottom = 0.0
  for t in series.indices {
    bottom += (series[t] - mean) * (series[t] - mean)
    if t + lag < series.count { top += (series[t] - mean) * (series[t + lag] - mean) }
  }
  return top / bottom
}

@Suite("Synthesis of sunshine") struct IrradianceSynthesisTests {
  @Test("R56: monthly means hold, nothing above the clear sky", arguments: Place.all.indices)
  func means(place: Int) throws {
    let p = Place.all[place]
    let ceiling = try IrradianceSynthesis(site: p.site, monthlyMeans: p.sun).ceiling(over: .year(2027))
    for seed in 1...8 as ClosedRange<UInt64> {
      let series = try IrradianceSynthesis(site: p.site, monthlyMeans: p.sun, seed: seed).series(over: .year(2027))
      for (mean, wanted) in zip(monthMeans(series, year: 2027), p.sun) {
        #expect(abs(mean * 24 / wanted - 1) < 1e-9)
      }
      #expect(zip(series, ceiling).allSatisfy { $0 >= 0 && $0 <= $1 + 1e-12 })
    }
  }

  @Test("R56: the Shenzhen year of 4.14 scales to the paper's 4.41")
  func scaled() throws {
    let p = Place.all[0]
    let sun = p.sun.map { $0 * 4.41 / 4.136 }
    let series = try IrradianceSynthesis(site: p.site, monthlyMeans: sun).series(over: .year(2027))
    #expect(abs(series.reduce(0, +) / 365 - 4.41) < 0.01)
    // R44: 1,288 h at derating 0.8.
    let hours = try SimplePhotovoltaics(derating: 0.8).series(irradiance: series).reduce(0, +)
    #expect(abs(hours - 1288) < 4)
  }

  @Test("steps of a quarter hour and three hours, leap years, southern half, date line", arguments: [0.25, 0.5, 3])
  func steps(step: Double) throws {
    let p = Place.all[0]
    let south = Site(latitudeDegrees: -36.8, longitudeDegrees: 174.8, altitudeMetres: 10, utcOffsetHours: 12)
    let auckland = [6.3, 5.5, 4.4, 3.1, 2.2, 1.8, 2.0, 2.7, 3.8, 4.9, 5.8, 6.5]
    for (site, sun) in [(p.site, p.sun), (south, auckland)] {
      let series = try IrradianceSynthesis(site: site, monthlyMeans: sun).series(over: .year(2028, stepHours: step))
      #expect(series.count == Int(8784 / step))
      for (mean, wanted) in zip(monthMeans(series, year: 2028, stepHours: step), sun) {
        #expect(abs(mean * 24 / wanted - 1) < 1e-9)
      }
    }
  }

  @Test("a part of the year is a part of the whole")
  func part() throws {
    let p = Place.all[2]
    let synthesis = IrradianceSynthesis(site: p.site, monthlyMeans: p.sun, seed: 5)
    let whole = try synthesis.series(over: .year(2027))
    let week = Horizon(
      periods: [.init(start: CivilDate(year: 2027, month: 7, day: 1), startHour: 6, steps: 168)], stepHours: 1)
    #expect(try synthesis.series(over: week) == Array(whole[(181 * 24 + 6)..<(181 * 24 + 174)]))
  }

  @Test("a mean above the clear sky, or sunshine in the polar night, is refused")
  func impossible() {
    func message(_ latitude: Double, _ sun: [Double]) -> String {
      let site = Site(latitudeDegrees: latitude, longitudeDegrees: 10, utcOffsetHours: 1)
      do {
        _ = try IrradianceSynthesis(site: site, monthlyMeans: sun).series(over: .year(2027))
        return ""
      } catch { return error.description }
    }
    #expect(message(50, [Double](repeating: 6, count: 12)).contains("month 1"))
    #expect(message(80, [0.5, 0, 1, 3, 5, 6, 5, 3, 1, 0, 0, 0]).contains("month 1"))
    #expect(message(80, [0, 0, 0.6, 3, 5, 5, 4.5, 3, 1, 0.05, 0, 0]) == "")
    #expect(message(95, [Double](repeating: 3, count: 12)).contains("latitude"))
    #expect(message(20, [3, 3]).contains("12"))
  }

  @Test("days are alike from one to the next, and no two days the same")
  func days() throws {
    let p = Place.all[0]
    let series = try IrradianceSynthesis(site: p.site, monthlyMeans: p.sun, seed: 3).series(over: .year(2027))
    let july = (181..<212).map { d in series[(d * 24)..<(d * 24 + 24)].reduce(0, +) }
    #expect((july.max() ?? 0) > 1.3 * (july.min() ?? 0))
    #expect(Set(july).count == july.count)
  }
}

@Suite("Synthesis of temperature, wind and flow") struct ClimateSynthesisTests {
  @Test("monthly mean temperatures hold; afternoons are warmer than dawns")
  func temperature() throws {
    let means = [-7.2, -2.5, 2.4, 12.0, 18.7, 22.9, 24.8, 23.4, 18.2, 10.5, 0.5, -4.8]
    for range in [TemperatureSynthesis.DiurnalRange.kelvin(10), .clearness([Double](repeating: 0.5, count: 12))] {
      let series = try TemperatureSynthesis(monthlyMeans: means, diurnalRange: range).series(over: .year(2027))
      for (mean, wanted) in zip(monthMeans(series, year: 2027), means) { #expect(abs(mean - wanted) < 1e-9) }
      let hours = (0..<24).map { h in (0..<365).reduce(0) { $0 + series[$1 * 24 + h] } / 365 }
      let warmest = hours.indices.max { hours[$0] < hours[$1] } ?? 0
      #expect((13...16).contains(warmest))
      #expect((hours.max() ?? 0) - (hours.min() ?? 0) > 6)
    }
  }

  @Test("wind: monthly means exact, shape, autocorrelation and daily swing as asked", arguments: [1.6, 2.0, 2.6])
  func wind(shape: Double) throws {
    let means = [2.65, 3.17, 3.20, 2.57, 3.13, 1.59, 2.28, 1.84, 2.83, 2.54, 2.34, 3.25]
    for seed in 1...5 as ClosedRange<UInt64> {
      let synthesis = WindSynthesis(means: means, weibullShape: shape, seed: seed)
      let series = try synthesis.series(over: .year(2027))
      for (mean, wanted) in zip(monthMeans(series, year: 2027), means) { #expect(abs(mean / wanted - 1) < 1e-9) }
      let even = try WindSynthesis(means: [6], weibullShape: shape, seed: seed).series(over: .year(2027))
      #expect(abs(even.reduce(0, +) / 8760 - 6) < 1e-9)
      #expect(abs(try Weibull.fit(even).shape - shape) < 0.02 * shape)
      #expect(abs(autocorrelation(even) - 0.85) < 0.03)
      let hours = (0..<24).map { h in (0..<365).reduce(0) { $0 + even[$1 * 24 + h] } / 365 }
      let swing = ((hours.max() ?? 0) - (hours.min() ?? 0)) / 2 / 6
      #expect(abs(swing - 0.25) < 0.06)
      #expect((13...17).contains(hours.indices.max { hours[$0] < hours[$1] } ?? 0))
    }
  }

  @Test("flow: monthly means exact, never negative, and it remembers")
  func flow() throws {
    let means = [0.30, 0.45, 0.75, 1.05, 1.45, 1.50, 0.75, 0.70, 0.55, 0.35, 0.28, 0.25]
    let series = try FlowSynthesis(monthlyMeans: means).series(over: .year(2027))
    for (mean, wanted) in zip(monthMeans(series, year: 2027), means) { #expect(abs(mean / wanted - 1) < 1e-9) }
    #expect(series.allSatisfy { $0 >= 0 })
    #expect(autocorrelation(series, lag: 24) > 0.8)
  }

  @Test("what is outside validity is refused")
  func refusals() {
    #expect(throws: ProjectFault.self) { try WindSynthesis(means: [4, 5]).series(over: .year(2027)) }
    #expect(throws: ProjectFault.self) { try WindSynthesis(means: [4], weibullShape: 0.4).series(over: .year(2027)) }
    #expect(throws: ProjectFault.self) {
      try FlowSynthesis(monthlyMeans: [Double](repeating: -1, count: 12)).series(over: .year(2027))
    }
    #expect(throws: ProjectFault.self) {
      try TemperatureSynthesis(monthlyMeans: [Double](repeating: 99, count: 12)).series(over: .year(2027))
    }
  }
}

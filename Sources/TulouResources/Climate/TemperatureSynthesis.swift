package import TulouDocument
package import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hourly air temperature from twelve monthly means.
///
/// Smooth yearly course with exact monthly means, plus day-to-day deviations by autoregression, plus the mean diurnal
/// course of Erbs, Klein and Beckman: `A (0.4632 cos(u - 3.805) + 0.0984 cos(2u - 0.360) + 0.0168 cos(3u - 0.822) +
/// 0.0138 cos(4u - 3.513))` with `u = 2 pi (h - 1) / 24`, h the solar hour 1 ... 24. The range A is `25.8 K - 5.21` kelvin
/// of the monthly clearness index K, or given. Monthly means hold exactly.
///
/// - Source: D. G. Erbs, S. A. Klein, W. A. Beckman 1983, "Estimation of degree-days and ambient temperature bin data from
///   monthly-average temperatures", ASHRAE Journal 25(6), 60-65; autocorrelation of daily means 0.7, the middle of what
///   C. W. Richardson 1981 (Water Resources Research 17(1)) reports.
package struct TemperatureSynthesis: Sendable, Equatable {
  /// How large the daily range is.
  package enum DiurnalRange: Sendable, Equatable {
    /// The same all year [K], 0 ... 40.
    case kelvin(Double)
    /// From the clearness index of each month [-] by `25.8 K - 5.21`, at least 2 K.
    case clearness([Double])
  }

  /// Monthly mean air temperature [degC], January to December.
  package var monthlyMeans: [Double]
  /// Daily range.
  package var diurnalRange: DiurnalRange
  /// Standard deviation of daily means about the yearly course [K]; nil takes Erbs' `1.45 - 0.029 T + 0.0664 s` per
  /// month, s the standard deviation of the twelve means, times `sqrt(days of the month)`/`sqrt(30)`.
  package var dayDeviation: Double?
  /// Autocorrelation of daily means [-], 0 ..< 1.
  package var dayAutocorrelation: Double
  /// Local standard time minus solar time [h]; 0 puts the maximum near 15 o'clock of the clock.
  package var solarTimeShiftHours: Double
  /// Seed of the random numbers.
  package var seed: UInt64

  /// A synthesis.
  package init(
    monthlyMeans: [Double], diurnalRange: DiurnalRange = .kelvin(8), dayDeviation: Double? = nil,
    dayAutocorrelation: Double = 0.7, solarTimeShiftHours: Double = 0, seed: UInt64 = 1
  ) {
    self.monthlyMeans = monthlyMeans
    self.diurnalRange = diurnalRange
    self.dayDeviation = dayDeviation
    self.dayAutocorrelation = dayAutocorrelation
    self.solarTimeShiftHours = solarTimeShiftHours
    self.seed = seed
  }

  /// Air temperature [degC], `count == horizon.steps`.
  package func series(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    try validate()
    let years = horizon.calendarYears
    return horizon.cut { year in
      wholeYear(year, stepHours: horizon.stepHours, stream: UInt64(years.firstIndex(of: year) ?? 0))
    }
  }

  private func validate() throws(ProjectFault) {
    var found: [Diagnostic] = []
    check(monthly: monthlyMeans, in: -70...50, "mean temperature", "degC", &found)
    switch diurnalRange {
    case .kelvin(let range): check(range, in: 0...40, "daily range of temperature", "K", &found)
    case .clearness(let indices): check(monthly: indices, in: 0...0.9, "clearness index", "", &found)
    }
    if let dayDeviation { check(dayDeviation, in: 0...15, "deviation of daily means", "K", &found) }
    check(dayAutocorrelation, in: 0...0.99, "autocorrelation from day to day", "", &found)
    check(solarTimeShiftHours, in: -6...6, "shift of solar time", "h", &found)
    if !found.isEmpty { throw ProjectFault(found) }
  }

  private func wholeYear(_ year: Int, stepHours: Double, stream: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed, stream: 0x4149_5200 &+ stream)  // "AIR"
    let course = MonthlyCurve.days(means: monthlyMeans, year: year)
    let mean = monthlyMeans.reduce(0, +) / 12
    let yearly = (monthlyMeans.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 12).squareRoot()
    var scores = Autoregression(coefficient: dayAutocorrelation, random: &random)
    var daily: [Double] = []
    daily.reserveCapacity(course.count)
    var day = 0
    for month in 1...12 {
      let length = CivilDate.days(inMonth: month, of: year)
      // Erbs' deviation is that of the monthly mean; independent groups of (1 + a)/(1 - a) days make it up.
      let ofMonth = max(0.5, 1.45 - 0.029 * monthlyMeans[month - 1] + 0.0664 * yearly)
      let memory = (1 + dayAutocorrelation) / (1 - dayAutocorrelation)
      let deviation = dayDeviation ?? min(6, ofMonth * (Double(length) / memory).squareRoot())
      var draws = (0..<length).map { _ in scores.next(&random) }
      let middle = draws.reduce(0, +) / Double(length)
      for d in 0..<length { draws[d] -= middle }
      for d in 0..<length { daily.append(course[day + d] + deviation * draws[d]) }
      day += length
    }
    var result: [Double] = []
    let months = Horizon.monthRanges(year: year, stepHours: stepHours)
    for (m, range) in months.enumerated() {
      let amplitude: Double =
        switch diurnalRange {
        case .kelvin(let kelvin): kelvin
        case .clearness(let indices): max(2, 25.8 * indices[m] - 5.21)
        }
      let start = result.count
      var sum = 0.0
      for t in range {
        let middle = (Double(t) + 0.5) * stepHours
        let value = dayValue(daily, at: middle / 24) + amplitude * diurnal(hour: middle - solarTimeShiftHours)
        result.append(value)
        sum += value
      }
      let shift = range.isEmpty ? 0 : monthlyMeans[m] - sum / Double(range.count)
      for t in start..<result.count { result[t] += shift }
    }
    return result
  }

  /// Straight lines between the noons of the days, so that no step stands at midnight.
  private func dayValue(_ daily: [Double], at day: Double) -> Double {
    let x = day - 0.5
    let left = Int(saturating: x.rounded(.down))
    let share = x - Double(left)
    let a = daily[max(0, min(daily.count - 1, left))], b = daily[max(0, min(daily.count - 1, left + 1))]
    return a + (b - a) * share
  }

  private func diurnal(hour: Double) -> Double {
    let u = 2 * Double.pi * (hour - 1) / 24
    return 0.4632 * cos(u - 3.805) + 0.0984 * cos(2 * u - 0.360) + 0.0168 * cos(3 * u - 0.822)
      + 0.0138 * cos(4 * u - 3.513)
  }
}

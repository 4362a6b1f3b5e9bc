package import TulouDocument
package import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hourly stream flow from twelve monthly means.
///
/// A smooth yearly course times `exp(s z)`, z a normal autoregression with a memory of days (rain and recession); each month
/// is scaled so that its mean holds exactly.
///
/// - Source: a first-order (Thomas-Fiering type) lognormal model, H. A. Thomas, M. B. Fiering 1962 in "Design of
///   Water-Resource Systems"; memory 10 d and deviation 0.3 are assumptions for small hill streams.
package struct FlowSynthesis: Sendable, Equatable {
  /// Monthly mean flow [m3/s], January to December.
  package var monthlyMeans: [Double]
  /// Standard deviation of the logarithm of the flow about its course [-], 0 ... 2.
  package var logDeviation: Double
  /// Time in which the memory of a deviation falls to 1/e [d], 0.1 ... 365.
  package var memoryDays: Double
  /// Seed of the random numbers.
  package var seed: UInt64

  /// A synthesis.
  package init(monthlyMeans: [Double], logDeviation: Double = 0.3, memoryDays: Double = 10, seed: UInt64 = 1) {
    self.monthlyMeans = monthlyMeans
    self.logDeviation = logDeviation
    self.memoryDays = memoryDays
    self.seed = seed
  }

  /// Flow [m3/s], `count == horizon.steps`.
  package func series(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(monthly: monthlyMeans, in: 0...250_000, "mean flow", "m3/s", &found)
    check(logDeviation, in: 0...2, "deviation of the logarithm of the flow", "", &found)
    check(memoryDays, in: 0.1...365, "memory of the flow", "d", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    let years = horizon.calendarYears
    return horizon.cut { year in
      wholeYear(year, stepHours: horizon.stepHours, stream: UInt64(years.firstIndex(of: year) ?? 0))
    }
  }

  private func wholeYear(_ year: Int, stepHours: Double, stream: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed, stream: 0x464C_4F00 &+ stream)  // "FLO"
    let course = MonthlyCurve.days(means: monthlyMeans, year: year, floor: 0)
    var noise = Autoregression(coefficient: exp(-stepHours / 24 / memoryDays), random: &random)
    var result: [Double] = []
    for (m, range) in Horizon.monthRanges(year: year, stepHours: stepHours).enumerated() {
      var sum = 0.0
      for t in range {
        let day = min(course.count - 1, Int(saturating: Double(t) * stepHours / 24))
        let value = course[day] * exp(logDeviation * noise.next(&random))
        result.append(value)
        sum += value
      }
      let factor = sum > 0 ? monthlyMeans[m] * Double(range.count) / sum : 0
      for t in range { result[t] *= factor }
    }
    return result
  }
}

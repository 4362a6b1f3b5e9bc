package import TulouDocument
package import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hourly (or shorter) wind speed from monthly means or a yearly mean.
///
/// A normal autoregression `z` and a daily cosine `c(h) = cos(2 pi (h - peak) / 24)` are joined,
/// `n = sqrt(1 - s^2) z + s sqrt(2) c`, with s such that the mean day swings by the diurnal strength; the ranks of n within
/// the month become probabilities, and these Weibull speeds of shape k whose mean is the month's. So mean and shape hold in
/// every month, and the coefficient of z is chosen such that n has the wanted autocorrelation after one hour.
///
/// Valid for k 1 ... 5, r1 0 ..< 0.99, strength 0 ... 0.5, steps of one minute to six hours.
/// - Source: method of HOMER's synthetic wind data (HOMER manual, "Generating synthetic wind data", defaults k 2, r1 0.85,
///   strength 0.25, peak hour 15); ranks instead of the fitted distribution are ours: the month's shape is then exact.
package struct WindSynthesis: Sendable, Equatable {
  /// Mean speed at the height of measurement [m/s]: twelve values, or one for the year.
  package var means: [Double]
  /// Weibull shape k [-].
  package var weibullShape: Double
  /// Autocorrelation after one hour r1 [-].
  package var hourAutocorrelation: Double
  /// Diurnal strength: amplitude of the mean day over the mean speed [-].
  package var diurnalStrength: Double
  /// Hour of the day at which the mean day is windiest [h].
  package var peakHour: Double
  /// Seed of the random numbers.
  package var seed: UInt64

  /// A synthesis.
  package init(
    means: [Double], weibullShape: Double = 2, hourAutocorrelation: Double = 0.85, diurnalStrength: Double = 0.25,
    peakHour: Double = 15, seed: UInt64 = 1
  ) {
    self.means = means
    self.weibullShape = weibullShape
    self.hourAutocorrelation = hourAutocorrelation
    self.diurnalStrength = diurnalStrength
    self.peakHour = peakHour
    self.seed = seed
  }

  /// Wind speed [m/s], `count == horizon.steps`.
  package func series(over horizon: Horizon) throws(ProjectFault) -> [Double] {
    try validate(stepHours: horizon.stepHours)
    let years = horizon.calendarYears
    return horizon.cut { year in
      wholeYear(year, stepHours: horizon.stepHours, stream: UInt64(years.firstIndex(of: year) ?? 0))
    }
  }

  /// Share of the normal score's variance that the mean day takes.
  private var dailyShare: Double {
    let weibull = Weibull(shape: weibullShape, mean: 1)
    // Around the mean the speed changes by its standard deviation per unit of the score.
    return min(0.95, diurnalStrength / weibull.standardDeviation / 2.0.squareRoot())
  }

  private func validate(stepHours: Double) throws(ProjectFault) {
    var found: [Diagnostic] = []
    if means.count == 1 {
      check(means[0], in: 0...30, "mean wind speed", "m/s", &found)
    } else {
      check(monthly: means, in: 0...30, "mean wind speed", "m/s", &found)
    }
    check(weibullShape, in: 1...5, "Weibull shape", "", &found)
    check(hourAutocorrelation, in: 0...0.99, "autocorrelation after one hour", "", &found)
    check(diurnalStrength, in: 0...0.5, "diurnal strength", "", &found)
    check(peakHour, in: 0...24, "windiest hour", "h", &found)
    check(stepHours, in: 1.0 / 60...6, "step for synthetic wind", "h", &found)
    if !found.isEmpty { throw ProjectFault(found) }
  }

  private func wholeYear(_ year: Int, stepHours: Double, stream: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed, stream: 0x574E_4400 &+ stream)  // "WND"
    let s = dailyShare
    let dailyCorrelation = cos(2 * Double.pi / 24)
    let residual = 1 - s * s
    let hourly = min(0.995, max(0, (hourAutocorrelation - s * s * dailyCorrelation) / residual))
    var noise = Autoregression(coefficient: pow(hourly, stepHours), random: &random)
    let months = Horizon.monthRanges(year: year, stepHours: stepHours)
    let steps = months[11].upperBound
    var scores = [Double](repeating: 0, count: steps)
    for t in 0..<steps {
      let hour = (Double(t) + 0.5) * stepHours
      let day = cos(2 * Double.pi * (hour - peakHour) / 24)
      scores[t] = residual.squareRoot() * noise.next(&random) + s * 2.0.squareRoot() * day
    }
    var result = [Double](repeating: 0, count: steps)
    let pieces = means.count == 1 ? [0..<steps] : months
    for (m, range) in pieces.enumerated() where !range.isEmpty {
      let weibull = Weibull(shape: weibullShape, mean: 1)
      let order = range.sorted { (scores[$0], $0) < (scores[$1], $1) }
      var sum = 0.0
      for (rank, t) in order.enumerated() {
        result[t] = weibull.quantile((Double(rank) + 0.5) / Double(range.count))
        sum += result[t]
      }
      let factor = means[m] * Double(range.count) / sum
      for t in range { result[t] *= factor }
    }
    return result
  }
}

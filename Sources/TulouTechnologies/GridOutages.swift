import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// When a market gives and takes nothing: hours that are known long before, and failures that nobody foresees.
package struct GridOutages: Sendable, Equatable {
  /// Whether a planned outage lies in each step; empty: none.
  package var planned: [Bool] = []
  /// Whether a failure lies in each step; empty: none.
  package var failed: [Bool] = []
  /// What failures are drawn from; nil: none are random.
  package var law: FailureLaw?
  /// Mean length of a failure [h].
  package var meanHours: Double { law?.duration ?? 0 }

  /// No outages yet.
  package init() {}

  /// Whether the market is cut off in step t.
  package func isOut(_ t: Int) -> Bool {
    (planned.indices.contains(t) && planned[t]) || (failed.indices.contains(t) && failed[t])
  }

  /// One where the market is there, zero where it is not.
  package func available(steps: Int) -> [Double] { (0..<steps).map { isOut($0) ? 0 : 1 } }

  /// Outages in a horizon: how often, and how long together [h].
  package func sums(steps: Int, stepHours: Double) -> (count: Int, hours: Double) {
    var count = 0, out = 0
    for t in 0..<steps where isOut(t) {
      out += 1
      if t == 0 || !isOut(t - 1) { count += 1 }
    }
    return (count, Double(out) * stepHours)
  }

  /// The same outages with failures of another seed.
  ///
  /// - Parameters:
  ///   - steps: Number of steps.
  ///   - stepHours: Length of a step [h].
  package func redrawn(steps: Int, stepHours: Double, seed: UInt64) -> GridOutages {
    guard let law else { return self }
    var other = self
    other.failed = Self.random(
      steps: steps, stepHours: stepHours, meanInterval: law.meanInterval, duration: law.duration,
      variability: law.variability, seed: seed)
    return other
  }

  /// Random failures: times from the end of one to the begin of the next are exponential, repairs normal.
  ///
  /// An outage begins with the step in which it falls and lasts a whole number of steps, one at least.
  ///
  /// - Parameters:
  ///   - steps: Number of steps.
  ///   - stepHours: Length of a step [h].
  ///   - meanInterval: Mean time between them [h].
  ///   - duration: Mean length [h].
  ///   - variability: Standard deviation of the length as a share of its mean [-].
  ///   - seed: The same seed gives the same outages.
  /// - Returns: Whether a failure lies in each step.
  /// - Source: HOMER Pro manual, grid outages (mean frequency, mean repair time, repair time variability); the
  ///   exponential and the normal distribution are ours.
  package static func random(
    steps: Int, stepHours: Double, meanInterval: Double, duration: Double, variability: Double, seed: UInt64
  ) -> [Bool] {
    var failed = [Bool](repeating: false, count: steps)
    guard meanInterval > 0, duration > 0 else { return failed }
    var random = SeededRandom(seed: seed, stream: 0x6f75_7461)
    func interval() -> Double { -meanInterval * log(1 - random.uniform()) }
    var hour = interval()
    while hour < Double(steps) * stepHours {
      let length = max(stepHours, duration * (1 + variability * random.normal()))
      let first = Int(saturating: hour / stepHours)
      let last = min(steps, first + max(1, Int(saturating: (length / stepHours).rounded())))
      for t in first..<last { failed[t] = true }
      hour += length + interval()
    }
    return failed
  }
}

/// How often a market fails and for how long.
package struct FailureLaw: Sendable, Equatable {
  /// Mean time from the end of a failure to the begin of the next [h].
  package var meanInterval: Double
  /// Mean length [h].
  package var duration: Double
  /// Standard deviation of the length as a share of its mean [-].
  package var variability: Double
  /// A law.
  package init(meanInterval: Double, duration: Double, variability: Double) {
    self.meanInterval = meanInterval
    self.duration = duration
    self.variability = variability
  }
}

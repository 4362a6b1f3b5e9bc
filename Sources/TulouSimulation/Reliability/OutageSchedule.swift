import Glibc

/// When the grid is out.
public enum OutageSchedule {
  /// Random outages: times between them exponential, repairs normal and at least one step long.
  ///
  /// - Parameters:
  ///   - steps: Number of steps.
  ///   - stepHours: Length of a step [h].
  ///   - perYear: Mean number of outages in a year of 8760 h.
  ///   - repairHours: Mean length of an outage [h].
  ///   - variability: Standard deviation of the length as a share of its mean [-].
  ///   - generator: Seeded by the caller; the same seed gives the same outages.
  /// - Returns: Whether the grid is there, one value a step.
  /// - Source: HOMER manual, grid outages (mean frequency, mean repair time, repair time variability); the two
  ///   distributions are ours.
  public static func random(
    steps: Int, stepHours: Double, perYear: Double, repairHours: Double, variability: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Bool] {
    var available = [Bool](repeating: true, count: steps)
    guard perYear > 0, repairHours > 0 else { return available }
    let meanBetween = 8760 / perYear
    func uniform() -> Double { 1 - Double.random(in: 0..<1, using: &generator) }
    var hour = -meanBetween * log(uniform())
    while hour < Double(steps) * stepHours {
      // Box and Muller.
      let normal = (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
      let length = max(stepHours, repairHours * (1 + variability * normal))
      let first = Int(hour / stepHours)
      let last = min(steps, first + max(1, Int((length / stepHours).rounded())))
      for t in first..<last { available[t] = false }
      hour += length - meanBetween * log(uniform())
    }
    return available
  }
}

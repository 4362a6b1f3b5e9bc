extension HourlyProblem {
  /// The step at whose start a state's content stands after step t, for every step t.
  ///
  /// Inside a block that is `t + 1`. After the last step of a block it is the block's first step for `cyclic` and for
  /// `initial` (whose row then reads `e_start <= ...`), and for `cyclicOverHorizon` the next step, or 0 after the last.
  ///
  /// - Parameter boundary: Boundary kind of the state.
  /// - Returns: `count == steps`.
  public func followingSteps(_ boundary: State.Boundary) -> [Int] {
    var following = (0..<steps).map { $0 + 1 }
    if case .cyclicOverHorizon = boundary {
      following[steps - 1] = 0
    } else {
      for block in blocks { following[block.upperBound - 1] = block.lowerBound }
    }
    return following
  }

  /// Limits that the choice of sizes puts on a capacity once integers are relaxed: `[lower, upper]` and, where sizes
  /// are a list, from its least to its greatest entry.
  public func relaxedRange(ofCapacity k: Int) -> (lower: Double, upper: Double) {
    let capacity = capacities[k]
    var range = (lower: capacity.lower, upper: capacity.upper)
    if case .options(let values) = capacity.choice, let least = values.min(), let greatest = values.max() {
      range.lower = max(range.lower, least)
      range.upper = min(range.upper, greatest)
    }
    return range
  }
}

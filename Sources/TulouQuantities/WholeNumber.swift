/// Whole numbers of numbers that nobody may trust.
extension Int {
  /// The number without its digits behind the point; never a trap.
  ///
  /// What is no number counts as 0, and what lies beyond 2^53 on either side as that, so that a few may still be added.
  @inlinable
  package init(saturating value: Double) {
    let most = 9_007_199_254_740_992.0
    self = value >= most ? 9_007_199_254_740_992 : value > -most ? Int(value) : value.isNaN ? 0 : -9_007_199_254_740_992
  }
}

extension Int {
  /// The number without its digits behind the point, at most 2^53 on either side and 0 for what is no number; never a trap.
  init(saturating value: Double) {
    let most = 9_007_199_254_740_992.0
    self = value >= most ? 9_007_199_254_740_992 : value > -most ? Int(value) : value.isNaN ? 0 : -9_007_199_254_740_992
  }
}

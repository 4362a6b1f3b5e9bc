extension Double {
  /// The number for a message: whole numbers without a point, others with at most four digits behind it.
  package var plain: String {
    if rounded() == self, abs(self) < 1e15 { return String(Int64(self)) }
    let short = (self * 1e4).rounded() / 1e4
    return short == 0 ? "\(self)" : "\(short)"
  }
}

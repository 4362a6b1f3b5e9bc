/// Rows that a point rests on, with their multipliers: the step of the dual active-set method (Goldfarb, Idnani 1983) for the nearest
/// point that keeps all rows `gradient . x >= right`.
struct ActiveSet {
  /// Rows by the caller's numbers, in the order in which they entered.
  private(set) var ids: [Int] = []
  private var gradients: [[Double]] = []
  private var multipliers: [Double] = []

  /// Takes up a broken row and moves the point onto it; rows that no longer hold it leave.
  ///
  /// - Parameters:
  ///   - id: The caller's number of the row.
  ///   - row: Its gradient.
  ///   - breach: How far the point breaks it, below zero.
  ///   - point: Moved onto the row.
  /// - Returns: False where no move is left: the rows contradict each other, if only by rounding.
  mutating func take(_ id: Int, _ row: [Double], breach: Double, moving point: inout [Double]) -> Bool {
    var breach = breach
    var own = 0.0
    while true {
      let gram = gradients.map { first in gradients.map { Self.dot(first, $0) } }
      guard let mixture = Dense.solve(gram, gradients.map { Self.dot($0, row) }) else { return false }
      var step = row
      for (other, amount) in zip(gradients, mixture) {
        for index in step.indices { step[index] -= amount * other[index] }
      }
      let length = Self.dot(step, step)
      let full = length > 1e-10 ? -breach / length : .infinity
      var partial = Double.infinity
      var dropped: Int?
      for index in ids.indices where mixture[index] > 1e-10 && multipliers[index] / mixture[index] < partial {
        partial = multipliers[index] / mixture[index]
        dropped = index
      }
      let size = min(full, partial)
      guard size.isFinite else { return false }
      for index in ids.indices { multipliers[index] -= size * mixture[index] }
      own += size
      if length > 1e-10 {
        for index in point.indices { point[index] += size * step[index] }
        breach += size * length
      }
      if full <= partial {
        ids.append(id)
        gradients.append(row)
        multipliers.append(own)
        return true
      }
      guard let dropped else { return false }
      ids.remove(at: dropped)
      gradients.remove(at: dropped)
      multipliers.remove(at: dropped)
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}

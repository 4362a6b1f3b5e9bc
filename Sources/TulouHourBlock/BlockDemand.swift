import TulouProblem

extension BlockForm {
  /// What the interior point takes on this form: the arenas of the lanes and the copy of the best point; the work of an
  /// iteration lies in the border of sizes, sums and contents.
  ///
  /// - Complexity: O(entries of an hour); nothing is laid out over the steps.
  func demand(threads: Int) -> SolveDemand {
    let segments = Segments(blocks: blocks, steps: steps)
    let capacities = SegmentCapacities(segments)
    let program = BlockProgram(form: self) { capacities.ranks($0) }
    let rows = Double(segments.rows.reduce(0, +))
    let saved = 4 * columns.count + program.size
    let pattern = program.pattern
    // Products of one row of eight hours: border with border, then elimination.
    var products = Double(program.stride)
    for r in 0..<pattern.size {
      let (border, lower) = (Double(pattern.border[r].count), Double(pattern.lower[r].count))
      products += border * border / 2 + lower * (border + lower / 2)
    }
    let lanesBytes = Double(MemoryLayout<Lanes>.size)
    let seconds = rows * products * BlockDemand.iterations * BlockDemand.secondsPerProduct
    return SolveDemand(
      bytes: rows * Double(program.stride + saved) * lanesBytes, seconds: seconds / Double(max(1, threads)))
  }
}

enum BlockDemand {
  /// Iterations that a large problem takes, factorisations counted.
  static let iterations = 60.0
  /// Time of a product of eight lanes on one thread [s]: measured on problems of 50 to 250 border columns.
  static let secondsPerProduct = 1e-9
}

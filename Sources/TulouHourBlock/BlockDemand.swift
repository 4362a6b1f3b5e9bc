import TulouProblem

extension BlockForm {
  /// What the interior point takes on this form: the arenas of the lanes, the copy of the best point, and plan and multipliers
  /// by step. The work of an iteration lies in the border of sizes, sums and contents, or, where that is narrow, in carrying
  /// the arenas through the processor.
  ///
  /// - Complexity: O(entries of an hour); nothing is laid out over the steps.
  func demand(threads: Int) -> SolveDemand {
    let segments = Segments(blocks: blocks, steps: steps)
    let capacities = SegmentCapacities(segments)
    let sums = SegmentSums(form: self, segments: segments)
    let rowCount = segments.rows.reduce(0, +)
    let program = BlockProgram(form: self, segmentSums: sums, rows: rowCount) { capacities.ranks($0) }
    let rows = Double(rowCount)
    let saved = Double(program.size) + Double(program.savedPairs) / (program.keepsBorder ? 1 : 2)
    let pattern = program.pattern
    // Products of one row of eight hours: border with border, then elimination.
    var products = Double(program.stride)
    for r in 0..<pattern.size {
      let (border, lower) = (Double(pattern.border[r].count), Double(pattern.lower[r].count))
      products += border * border / 2 + lower * (border + lower / 2)
    }
    let lanesBytes = Double(MemoryLayout<Lanes>.size)
    let arenas = rows * Double(program.stride) * lanesBytes
    let iteration =
      rows * products * BlockDemand.secondsPerProduct + arenas * BlockDemand.secondsPerByte
      * (program.keepsBorder ? 1 : 1.6)
    let results = 2 * Double(steps) * Double(columns.count + program.size) * Double(MemoryLayout<Double>.size)
    return SolveDemand(
      bytes: arenas + rows * saved * lanesBytes + results,
      seconds: BlockDemand.iterations * iteration / Double(max(1, threads)))
  }
}

enum BlockDemand {
  /// Iterations that a large problem takes, factorisations counted: 54 to 130 in the table of the methods page.
  static let iterations = 80.0
  /// Time of the walks over a byte of the arenas in an iteration [s]: factor, two solves and now and then a refinement, five walks
  /// at six gigabytes a second; three more where the border is not kept.
  static let secondsPerByte = 8e-10
  /// Time of a product of eight lanes on one thread [s]: measured on problems of 50 to 250 border columns.
  static let secondsPerProduct = 1e-9
}

import TulouProblem

/// Eight segments of the horizon: their numbers, row by row, in one arena.
///
/// Constants stand first, then `rowCount` rows of `program.stride` vectors. Lane p of row i is step `first + i - padding`
/// of segment p; in empty rows (padding) everything is masked.
package final class LaneGroup: @unchecked Sendable {
  let program: BlockProgram
  let group: Int
  package let rows: Int
  let paddedRows: Int
  let origin: Int
  package let vectors: Block<Lanes>
  /// 1 in lanes that hold a segment.
  let laneMask: Lanes
  /// For the first rows: 1 where the row holds a step; where a segment starts; where it holds one but does not start.
  let rowMask: Block<Lanes>, startMask: Block<Lanes>, innerMask: Block<Lanes>
  /// 1 where the content after the last row is a variable, by state.
  let endMask: Block<Lanes>

  // Values of the border, spread over the lanes before a pass.
  let sumValue: Block<Lanes>, slotValue: Block<Lanes>
  let endValue: Block<Lanes>
  /// Solution of the border for this lane: sums, slots, own starts; and the starts behind the last row.
  let solution: Block<Lanes>, endSolution: Block<Lanes>
  /// Total steps of slots.
  let slotStep: Block<Lanes>

  // Sums over the rows that passes leave for the border.
  let corner: Block<Lanes>, borderRhs: Block<Lanes>
  let endBorder: Block<Lanes>, endCorner: Block<Lanes>, endRhs: Block<Lanes>
  let sumActivity: Block<Lanes>
  let slotDual: Block<Lanes>, slotPrice: Block<Lanes>, slotBound: Block<Lanes>, slotFarkas: Block<Lanes>
  let sumRest: Block<Lanes>, slotRest: Block<Lanes>
  let scratch: Block<Lanes>
  /// V of the row at hand and of the one before, where rows do not hold it.
  private let rolling: Block<Lanes>
  private let borderBase: UnsafeMutablePointer<Lanes>
  private let borderStride: Int, borderTurn: Int
  var outcome = PassOutcome()

  init(program: BlockProgram, segments: Segments, group: Int) {
    self.program = program
    self.group = group
    rows = segments.rows[group]
    paddedRows = segments.paddedRows(of: group)
    origin = program.constants.count
    vectors = Block(count: origin + rows * program.stride, repeating: Lanes(repeating: 0))
    let zero = Lanes(repeating: 0)
    func take(_ count: Int) -> Block<Lanes> { Block(count: count, repeating: zero) }
    var laneMask = zero
    rowMask = take(paddedRows + 1)
    startMask = take(paddedRows + 1)
    innerMask = take(paddedRows + 1)
    for lane in 0..<Segments.lanes {
      let place = group * Segments.lanes + lane
      guard segments.byPlace[place] != nil else { continue }
      laneMask[lane] = 1
      let padding = segments.padding(of: place)
      for i in 0...paddedRows {
        rowMask.pointer[i][lane] = i >= padding ? 1 : 0
        startMask.pointer[i][lane] = i == padding ? 1 : 0
        innerMask.pointer[i][lane] = i > padding ? 1 : 0
      }
    }
    self.laneMask = laneMask
    let (m, border) = (program.stateCount, program.borderCount)
    endMask = take(m)
    sumValue = take(program.sumCount)
    slotValue = take(program.slotCount)
    endValue = take(m)
    solution = take(border)
    endSolution = take(m)
    slotStep = take(program.slotCount)
    corner = take(border * (border + 1) / 2)
    borderRhs = take(border)
    endBorder = take(m * m)
    endCorner = take(m * border + m * m)
    endRhs = take(m)
    sumActivity = take(program.sumCount)
    slotDual = take(program.slotCount)
    slotPrice = take(program.slotCount)
    slotBound = take(program.slotCount)
    slotFarkas = take(program.slotCount)
    sumRest = take(program.sumCount)
    slotRest = take(program.slotCount)
    scratch = take(4 * program.size + 8 * program.stateCount + 64)
    let length = program.borderLength
    rolling = take(program.keepsBorder ? 0 : 2 * length)
    borderBase = program.keepsBorder ? vectors.pointer + origin + program.border : rolling.pointer
    (borderStride, borderTurn) = program.keepsBorder ? (program.stride, -1) : (length, 1)
    for (i, value) in program.constants.enumerated() { vectors.pointer[i] = Lanes(repeating: value) }
  }

  /// First vector of row i.
  @inline(__always) package func start(of row: Int) -> Int { origin + row * program.stride }

  /// V of row i; where rows do not hold it, until the row after next is assembled.
  @inline(__always) func border(of row: Int) -> UnsafeMutablePointer<Lanes> {
    borderBase + (row & borderTurn) * borderStride
  }

  /// Writes the series into the rows.
  ///
  /// - Parameter capacities: For every slot by step the capacity of this rank in each lane, -1 for none.
  func fill(segments: Segments, slotCapacity: [[Int]]) {
    let base = program.fieldStart
    for (f, source) in program.series.enumerated() {
      for lane in 0..<Segments.lanes {
        let place = group * Segments.lanes + lane
        guard let segment = segments.byPlace[place] else { continue }
        let padding = segments.padding(of: place)
        var steps: [Int32] = []
        if let slot = source.slot, case .byStep(let indices) = program.slots[slot].reference { steps = indices }
        let mine = source.slot.map { slotCapacity[$0][place] } ?? -1
        for i in 0..<segment.length {
          let t = segment.first + i
          var value = source.profile[t]
          if source.slot != nil, mine < 0 || Int(steps[t]) != mine { value = 0 }
          vectors.pointer[start(of: padding + i) + base + f][lane] = value
        }
      }
    }
  }

  /// Sets values and duals of all pairs in all rows and lanes.
  func setPairs(_ values: Double? = nil, duals: Double) {
    let dual = Lanes(repeating: duals)
    let columns = program.columns.pointer
    for i in 0..<rows {
      let row = vectors.pointer + start(of: i)
      for j in 0..<(program.flowCount + program.stateCount) {
        let pair = row + columns[j].pair
        pair[PairField.z] = dual
        if columns[j].hasUpper { pair[PairField.v] = dual }
        guard let values else { continue }
        pair[PairField.x] = Lanes(repeating: values)
        if columns[j].hasUpper { pair[PairField.s] = Lanes(repeating: values) }
      }
    }
  }
}

/// What a pass over the rows found: largest residuals, sums of products, ratios, pieces of objective and bound.
package struct PassOutcome: Sendable {
  var largestPrice = 0.0, largestRow = 0.0, largestBound = 0.0, largestDual = 0.0
  var products = 0.0
  var primal = 0.0, dual = 0.0, right = 0.0, bound = 0.0, farkas = 0.0
  /// sum x dz, sum dx z, sum dx dz.
  var crossDual = 0.0, crossPrimal = 0.0, cross = 0.0
  /// Greatest -dx/x and -dz/z.
  package var primalRatio = 0.0, dualRatio = 0.0
  var largestRest = 0.0
  /// Least values of x + dx and z + dz, for the starting point.
  var leastPrimal = Double.infinity, leastDual = Double.infinity
  var sumPrimal = 0.0, sumDual = 0.0

  /// Joins the outcomes of groups, always in order of groups.
  mutating func add(_ other: PassOutcome) {
    largestPrice = max(largestPrice, other.largestPrice)
    largestRow = max(largestRow, other.largestRow)
    largestBound = max(largestBound, other.largestBound)
    largestDual = max(largestDual, other.largestDual)
    products += other.products
    primal += other.primal
    dual += other.dual
    right += other.right
    bound += other.bound
    farkas += other.farkas
    crossDual += other.crossDual
    crossPrimal += other.crossPrimal
    cross += other.cross
    primalRatio = max(primalRatio, other.primalRatio)
    dualRatio = max(dualRatio, other.dualRatio)
    largestRest = max(largestRest, other.largestRest)
    leastPrimal = min(leastPrimal, other.leastPrimal)
    leastDual = min(leastDual, other.leastDual)
    sumPrimal += other.sumPrimal
    sumDual += other.sumDual
  }
}

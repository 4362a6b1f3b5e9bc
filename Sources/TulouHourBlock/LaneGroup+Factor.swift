/// Lengths of the last step, applied to a row just before it is read again.
package struct StepLengths: Sendable {
  package var primal: Double, dual: Double

  /// Lengths of both steps.
  package init(primal: Double, dual: Double) {
    self.primal = primal
    self.dual = dual
  }
}

@inline(__always) private func at(_ place: Place, _ row: Int) -> Int { place.offset + (row & place.series) }
@inline(__always) private func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }
@inline(__always) private func magnitude(_ a: Lanes) -> Lanes { a.replacing(with: -a, where: a .< 0) }
@inline(__always) private func negativePart(_ a: Lanes) -> Lanes { a.replacing(with: 0, where: a .> 0) }

extension LaneGroup {
  /// Factorises all hours, sums the corner for the border and carries the affine right-hand side forward.
  ///
  /// Residuals, objectives, the dual bound and the Farkas value come out on the way. With `step`, the last direction is
  /// applied first, row by row, so the data are read once.
  func factor(step: StepLengths?, regularisation: Regularisation) {
    var pass = FactorPass(self, regularisation)
    pass.clear()
    if let step { move(row: 0, step) }
    for s in 0..<program.stateCount { pass.state(s, row: 0) }
    for i in 0..<rows {
      if let step, i + 1 < rows { move(row: i + 1, step) }
      pass.assemble(row: i)
      pass.eliminate(row: i)
    }
    pass.closeEnd()
    pass.finish()
  }

  /// Moves the pairs and multipliers of a row along the direction.
  @inline(__always) private func move(row i: Int, _ step: StepLengths) {
    let row = vectors.pointer + start(of: i)
    let primal = Lanes(repeating: step.primal), dual = Lanes(repeating: step.dual)
    let columns = program.columns.pointer
    for j in 0..<(program.flowCount + program.stateCount) {
      let pair = row + columns[j].pair
      pair[PairField.x] += primal * pair[PairField.dx]
      pair[PairField.z] += dual * pair[PairField.dz]
      guard columns[j].hasUpper else { continue }
      pair[PairField.s] += primal * pair[PairField.ds]
      pair[PairField.v] += dual * pair[PairField.dv]
    }
    for r in 0..<program.size { row[program.y + r] += dual * row[program.dy + r] }
  }
}

/// Proximal weights of the primal and the dual (scaled units).
///
/// The primal one keeps `Dinv` below 1e8, so that eliminating a row does not lose the pivots of the next. The dual one
/// only guards empty pivots: where all columns of a row are at a bound it would outweigh them, and the row would close by
/// a hair in each step.
package struct Regularisation: Sendable {
  package var primal: Double, dual: Double
  /// That of the sums: they stand in the border, whose elimination exchanges rows, and one like that of the hours would
  /// leave a narrow limit (a millionth above the best value) unmet.
  package var sum: Double { 1e-4 * dual }
  /// 0 in the primal repair, where dual residuals and complementarity do not act.
  package var dualsAct: Double

  /// Weights of both; with `dualsAct` 0 the pairs' duals are left out.
  package init(primal: Double = 1e-8, dual: Double = 1e-10, dualsAct: Double = 1.0) {
    self.primal = primal
    self.dual = dual
    self.dualsAct = dualsAct
  }
}

/// One walk over the rows of a group: pointers and running values held in one place so that loops see no class.
struct FactorPass {
  let program: BlockProgram
  let group: LaneGroup
  let v: UnsafeMutablePointer<Lanes>
  let columns: UnsafeMutablePointer<ColumnCode>
  let entries: UnsafeMutablePointer<EntryCode>
  let sums: UnsafeMutablePointer<EntryCode>
  let terms: UnsafeMutablePointer<TermCode>
  let positions: UnsafeMutablePointer<Int>
  let sumValue: UnsafeMutablePointer<Lanes>
  let slotValue: UnsafeMutablePointer<Lanes>
  let corner: UnsafeMutablePointer<Lanes>
  let rhs: UnsafeMutablePointer<Lanes>
  let carry: UnsafeMutablePointer<Lanes>
  let original: UnsafeMutablePointer<Lanes>
  /// Weights, then upper weights, of the contents at the start of the row at hand and of the next.
  var currentWeight: UnsafeMutablePointer<Lanes>, nextWeight: UnsafeMutablePointer<Lanes>
  let size: Int, rowCount: Int, stateCount: Int, flowCount: Int, sumCount: Int
  let primalWeight: Lanes, dualWeight: Lanes, dualsAct: Lanes

  var largestPrice = Lanes(repeating: 0)
  var largestRow = Lanes(repeating: 0), largestBound = Lanes(repeating: 0), largestDual = Lanes(repeating: 0)
  var products = Lanes(repeating: 0), primal = Lanes(repeating: 0), dual = Lanes(repeating: 0)
  var right = Lanes(repeating: 0), bound = Lanes(repeating: 0), farkas = Lanes(repeating: 0)

  init(_ group: LaneGroup, _ regularisation: Regularisation) {
    self.group = group
    program = group.program
    v = group.vectors.pointer
    columns = program.columns.pointer
    entries = program.entries.pointer
    sums = program.sums.pointer
    terms = program.terms.pointer
    positions = program.positions.pointer
    sumValue = group.sumValue.pointer
    slotValue = group.slotValue.pointer
    corner = group.corner.pointer
    rhs = group.borderRhs.pointer
    size = program.size
    carry = group.scratch.pointer
    original = group.scratch.pointer + program.stateCount
    currentWeight = group.scratch.pointer + 2 * program.stateCount + program.size
    nextWeight = currentWeight + 2 * program.stateCount
    (rowCount, stateCount, flowCount) = (program.rowCount, program.stateCount, program.flowCount)
    sumCount = program.sumCount
    primalWeight = Lanes(repeating: regularisation.primal)
    dualWeight = Lanes(repeating: regularisation.dual)
    dualsAct = Lanes(repeating: regularisation.dualsAct)
  }

  func clear() {
    func clear(_ block: Block<Lanes>) { block.pointer.update(repeating: Lanes(repeating: 0), count: block.count) }
    clear(group.corner)
    clear(group.borderRhs)
    clear(group.endCorner)
    clear(group.endRhs)
    clear(group.sumActivity)
    clear(group.slotDual)
    clear(group.slotPrice)
    clear(group.slotBound)
    clear(group.slotFarkas)
  }

  /// Weights, residuals and the right-hand side of one pair; everything that does not depend on rows of the block.
  ///
  /// - Returns: Dinv, wu and g = Dinv t'' - wu ru.
  @inline(__always)
  private mutating func pair(
    _ c: ColumnCode, _ row: Int, _ reduced: Lanes, _ cost: Lanes, _ exists: Lanes, _ inner: Lanes,
    _ counted: Lanes, _ mask: Lanes
  ) -> (weight: Lanes, upper: Lanes, g: Lanes, value: Lanes) {
    let q = v + row + c.pair
    let x = q[PairField.x], z = q[PairField.z]
    let rc = cost - reduced
    let value = x * exists
    primal += cost * value
    let short = negativePart(rc) * counted
    let pull = negativePart(-reduced) * counted
    let most = v[at(c.most, row)]
    bound += short * most
    farkas += pull * most
    products += x * z * inner
    let cornerPlaces = positions + c.cornerBegin
    let sumLength = c.sumEnd - c.sumBegin
    if c.hasUpper {
      let s = q[PairField.s]
      let isBounded = v[at(c.bounded, row)] * mask
      let upperDual = q[PairField.v] * isBounded
      let shifted = z + primalWeight * x
      let inverse = inner / (shifted * s + upperDual * x)
      let weight = x * s * inverse
      let upper = upperDual * x * inverse
      let h = upperDual * shifted * inverse
      let offset = v[at(c.offset, row)]
      dual -= upperDual * offset
      var room = offset
      var t = c.termBegin
      while t < c.termEnd {
        let factor = v[at(terms[t].place, row)], slot = terms[t].slot
        room += factor * slotValue[slot]
        group.slotDual.pointer[slot] += factor * upperDual
        group.slotBound.pointer[slot] += factor * short
        group.slotFarkas.pointer[slot] += factor * pull
        t += 1
      }
      let ru = (x + s - room) * isBounded
      let rd = (rc - z + upperDual) * exists
      largestBound = greater(largestBound, magnitude(ru))
      largestDual = greater(largestDual, magnitude(rd * inner))
      products += s * upperDual * inner
      let target = (upperDual - z - rd) * dualsAct
      let g = weight * target - upper * ru * inner
      q[PairField.dx] = target
      q[PairField.ds] = ru
      t = c.termBegin
      var place = sumLength * (sumLength + 1) / 2
      let change = h * ru + upper * target - upperDual * inner * dualsAct
      while t < c.termEnd {
        let factor = v[at(terms[t].place, row)], slot = terms[t].slot
        rhs[sumCount + slot] -= factor * change
        for q in c.sumBegin..<c.sumEnd {
          corner[cornerPlaces[place]] += upper * factor * v[at(sums[q].place, row)]
          place += 1
        }
        corner[cornerPlaces[place]] -= factor * factor * h
        place += 1
        t += 1
      }
      return (weight, upper, g, value)
    }
    let weight = x * inner / (z + primalWeight * x)
    let rd = (rc - z) * exists
    largestDual = greater(largestDual, magnitude(rd * inner))
    let target = (-z - rd) * dualsAct
    q[PairField.dx] = target
    return (weight, Lanes(repeating: 0), weight * target, value)
  }

  /// `A'lambda + R'rho` of a column in a row.
  @inline(__always) private func reduced(_ c: ColumnCode, _ row: Int) -> Lanes {
    var sum = Lanes(repeating: 0)
    let y = v + row + program.y
    var e = c.entryBegin
    while e < c.entryEnd {
      sum += v[at(entries[e].place, row)] * y[entries[e].row]
      e += 1
    }
    e = c.sumBegin
    while e < c.sumEnd {
      sum += v[at(sums[e].place, row)] * sumValue[sums[e].row]
      e += 1
    }
    return sum
  }

  /// Adds a column's sums: activity, right-hand side, corner.
  @inline(__always) private func addSums(_ c: ColumnCode, _ row: Int, _ weight: Lanes, _ g: Lanes, _ value: Lanes) {
    var place = c.cornerBegin
    for a in c.sumBegin..<c.sumEnd {
      let coefficient = v[at(sums[a].place, row)], q = sums[a].row
      group.sumActivity.pointer[q] += coefficient * value
      rhs[q] -= coefficient * g
      let weighted = weight * coefficient
      for b in c.sumBegin...a {
        corner[positions[place]] += weighted * v[at(sums[b].place, row)]
        place += 1
      }
    }
  }

  /// Adds a column's entries to the block, to V, to the row residuals and to the right-hand side.
  @inline(__always) private func addEntries(
    _ c: ColumnCode, _ row: Int, _ border: UnsafeMutablePointer<Lanes>, _ weight: Lanes, _ upper: Lanes, _ g: Lanes,
    _ value: Lanes
  ) {
    let n = v + row + program.factor
    let residual = v + row + program.residual
    let work = v + row + program.work
    var blockPlace = c.blockBegin, borderPlace = c.borderBegin
    var a = c.entryBegin
    while a < c.entryEnd {
      let coefficient = v[at(entries[a].place, row)]
      let r = entries[a].row
      residual[r] += coefficient * value
      work[r] -= coefficient * g
      let weighted = weight * coefficient
      var b = c.entryBegin
      while b <= a {
        n[positions[blockPlace]] += weighted * v[at(entries[b].place, row)]
        blockPlace += 1
        b += 1
      }
      b = c.sumBegin
      while b < c.sumEnd {
        border[positions[borderPlace]] += weighted * v[at(sums[b].place, row)]
        borderPlace += 1
        b += 1
      }
      let share = upper * coefficient
      b = c.termBegin
      while b < c.termEnd {
        border[positions[borderPlace]] += share * v[at(terms[b].place, row)]
        borderPlace += 1
        b += 1
      }
      a += 1
    }
  }

  /// The pair of a content at the start of row i, and the part of it that stands in the row before.
  @inline(__always) mutating func state(_ s: Int, row i: Int) {
    let c = columns[flowCount + s]
    let row = group.start(of: i)
    let isFirst = i <= group.paddedRows
    let mask = isFirst ? group.rowMask.pointer[i] : group.laneMask
    let exists = v[at(c.present, row)] * mask
    let inner = isFirst ? exists * group.innerMask.pointer[i] : exists
    var price = reduced(c, row)
    if i > 0 { price -= v[row - program.stride + program.y + rowCount + s] }
    // Starts of segments are priced by the border, which knows the lane before.
    let counted = isFirst ? exists * (1 - group.startMask.pointer[i]) : exists
    let result = pair(c, row, price, v[at(c.cost, row)], exists, inner, counted, mask)
    carry[s] = result.g
    nextWeight[s] = result.weight
    nextWeight[stateCount + s] = result.upper
    addSums(c, row, result.weight, result.g, result.value)
    addBefore(c, s, i, row, result)
  }

  /// The content's entry -1 in the content row of the hour before.
  @inline(__always) private func addBefore(
    _ c: ColumnCode, _ s: Int, _ i: Int, _ row: Int, _ result: (weight: Lanes, upper: Lanes, g: Lanes, value: Lanes)
  ) {
    guard i > 0 else { return }
    let before = row - program.stride
    let r = rowCount + s
    let mask = i - 1 <= group.paddedRows ? group.rowMask.pointer[i - 1] : group.laneMask
    v[before + program.residual + r] -= result.value * mask
    v[before + program.work + r] += result.g
    v[before + program.factor + program.diagonal.pointer[r]] += result.weight
    var place = c.beforeBegin
    let border = group.border(of: i - 1)
    for q in c.sumBegin..<c.sumEnd {
      border[positions[place]] -= result.weight * v[at(sums[q].place, row)]
      place += 1
    }
    for t in c.termBegin..<c.termEnd {
      border[positions[place]] -= result.upper * v[at(terms[t].place, row)]
      place += 1
    }
  }

  /// Block, V, residuals and right-hand side of row i.
  mutating func assemble(row i: Int) {
    swap(&currentWeight, &nextWeight)
    let row = group.start(of: i)
    let isFirst = i <= group.paddedRows
    let mask = isFirst ? group.rowMask.pointer[i] : group.laneMask
    let zero = Lanes(repeating: 0)
    (v + row + program.factor).update(repeating: zero, count: program.pattern.count)
    let border = group.border(of: i)
    border.update(repeating: zero, count: program.borderBegin.pointer[size])
    let residual = v + row + program.residual
    let work = v + row + program.work
    let y = v + row + program.y
    for r in 0..<size {
      let right = v[at(program.rhs.pointer[r], row)] * mask
      residual[r] = -right
      work[r] = zero
      self.right += right * y[r]
      largestPrice = greater(largestPrice, magnitude(y[r]))
    }
    let sizes = program.sizes.pointer
    for e in 0..<program.sizeCount {
      let coefficient = v[at(sizes[e].place, row)] * mask
      residual[sizes[e].row] += coefficient * slotValue[sizes[e].slot]
      group.slotPrice.pointer[sizes[e].slot] += coefficient * y[sizes[e].row]
      border[sizes[e].position] += coefficient
    }
    for j in 0..<flowCount {
      let c = columns[j]
      let exists = v[at(c.present, row)] * mask
      let result = pair(c, row, reduced(c, row), v[at(c.cost, row)], exists, exists, exists, mask)
      addSums(c, row, result.weight, result.g, result.value)
      addEntries(c, row, border, result.weight, result.upper, result.g, result.value)
    }
    for s in 0..<stateCount {
      let c = columns[flowCount + s]
      let q = v + row + c.pair
      let exists = v[at(c.present, row)] * mask
      addEntries(c, row, border, currentWeight[s], currentWeight[stateCount + s], carry[s], q[PairField.x] * exists)
      if isFirst { addStart(c, s, i, row, exists) }
    }
    if i + 1 < group.rows {
      for s in 0..<stateCount { state(s, row: i + 1) }
    } else {
      for s in 0..<stateCount { residual[rowCount + s] -= group.endValue.pointer[s] }
    }
    for r in 0..<size {
      largestRow = greater(largestRow, magnitude(residual[r]))
      work[r] -= residual[r]
    }
  }

  /// Border entries of a content at the start of a segment.
  private func addStart(_ c: ColumnCode, _ s: Int, _ i: Int, _ row: Int, _ exists: Lanes) {
    let start = exists * group.startMask.pointer[i]
    let column = sumCount + program.slotCount + s
    for e in c.entryBegin..<c.entryEnd {
      // Rows that hold a content have a full row of V.
      let place = program.borderBegin.pointer[entries[e].row] + column
      group.border(of: i)[place] += start * v[at(entries[e].place, row)]
    }
    for q in c.sumBegin..<c.sumEnd {
      corner[BlockProgram.corner(column, sums[q].row)] += start * v[at(sums[q].place, row)]
    }
  }

  func finish() {
    var outcome = PassOutcome()
    outcome.largestRow = largestRow.max()
    outcome.largestBound = largestBound.max()
    outcome.largestDual = largestDual.max()
    outcome.products = products.sum()
    outcome.primal = primal.sum()
    outcome.dual = dual.sum()
    outcome.largestPrice = largestPrice.max()
    outcome.right = right.sum()
    outcome.bound = bound.sum()
    outcome.farkas = farkas.sum()
    group.outcome = outcome
  }
}

extension SIMD8 where Scalar == Double {
  /// The lanes added in a fixed order.
  fileprivate func sum() -> Double {
    ((self[0] + self[1]) + (self[2] + self[3])) + ((self[4] + self[5]) + (self[6] + self[7]))
  }
}

@inline(__always) private func at(_ place: Place, _ row: Int) -> Int { place.offset + (row & place.series) }

/// What the border's rows V would do in a solve, where they are not kept: two walks over the rows in place of a quarter of them.
///
/// `V = L^-1 F`, and F stands in the pairs' weights. So `V g = L^-1 (F g)` is one walk forward once the border's solution g is
/// known, and `V' D^-1 w = F' N^-1 r` is one walk back before.
struct BorderWalk {
  private let group: LaneGroup
  private let program: BlockProgram
  private let v: UnsafeMutablePointer<Lanes>
  private let columns: UnsafeMutablePointer<ColumnCode>
  private let entries: UnsafeMutablePointer<EntryCode>
  private let sums: UnsafeMutablePointer<EntryCode>
  private let terms: UnsafeMutablePointer<TermCode>
  private let size: Int, rowCount: Int, flowCount: Int, m: Int, sumCount: Int
  private let proximal: Lanes

  init(_ group: LaneGroup, _ regularisation: Regularisation) {
    self.group = group
    program = group.program
    v = group.vectors.pointer
    columns = program.columns.pointer
    entries = program.entries.pointer
    sums = program.sums.pointer
    terms = program.terms.pointer
    (size, rowCount, flowCount, m) = (program.size, program.rowCount, program.flowCount, program.stateCount)
    sumCount = program.sumCount
    proximal = Lanes(repeating: regularisation.primal)
  }

  /// `w -= L^-1 F g` in all rows, with the border's solution g.
  func carry() {
    let zero = Lanes(repeating: 0)
    let g = group.solution.pointer
    var current = group.scratch.pointer, before = current + size
    var step = before + size, next = step + m
    for s in 0..<m { step[s] = zero }
    for i in 0..<group.rows {
      let row = group.start(of: i)
      let mask = mask(i)
      for r in 0..<size { current[r] = zero }
      let sizes = program.sizes.pointer
      for e in 0..<program.sizeCount {
        current[sizes[e].row] += v[at(sizes[e].place, row)] * mask * g[sumCount + sizes[e].slot]
      }
      for j in 0..<flowCount where reaches(columns[j]) {
        let c = columns[j]
        let moved = moved(c, row, mask, v[at(c.present, row)] * mask)
        for e in c.entryBegin..<c.entryEnd { current[entries[e].row] += v[at(entries[e].place, row)] * moved }
      }
      for s in 0..<m {
        let c = columns[flowCount + s]
        var moved = step[s]
        if i <= group.paddedRows {
          moved += v[at(c.present, row)] * mask * group.startMask.pointer[i] * g[sumCount + program.slotCount + s]
        }
        for e in c.entryBegin..<c.entryEnd { current[entries[e].row] += v[at(entries[e].place, row)] * moved }
      }
      if i + 1 < group.rows {
        for s in 0..<m {
          next[s] = innerStep(s, i + 1)
          current[rowCount + s] -= next[s]
        }
      }
      let factors = RowFactors(program, v, row)
      if i > 0 { factors.takeBefore(current, before + rowCount) }
      factors.down(current)
      let work = v + row + program.work
      for r in 0..<size { work[r] -= current[r] }
      swap(&current, &before)
      swap(&step, &next)
    }
  }

  /// `borderRhs -= F' N^-1 r`, from the right-hand side r carried forward into w.
  func gather() {
    var current = group.scratch.pointer, following = current + size
    let rhs = group.borderRhs.pointer
    for i in stride(from: group.rows - 1, through: 0, by: -1) {
      let row = group.start(of: i)
      let mask = mask(i)
      // `u = L^-T (D^-1 (w - U' u of the row after))`.
      let factors = RowFactors(program, v, row)
      let work = v + row + program.work
      for r in 0..<size { current[r] = work[r] }
      if i + 1 < group.rows { factors.takeAfter(current, following) }
      factors.up(current)
      let sizes = program.sizes.pointer
      for e in 0..<program.sizeCount {
        rhs[sumCount + sizes[e].slot] -= v[at(sizes[e].place, row)] * mask * current[sizes[e].row]
      }
      for j in 0..<flowCount where reaches(columns[j]) {
        let c = columns[j]
        var price = Lanes(repeating: 0)
        for e in c.entryBegin..<c.entryEnd { price += v[at(entries[e].place, row)] * current[entries[e].row] }
        add(c, row, price, mask, v[at(c.present, row)] * mask)
      }
      for s in 0..<m {
        let c = columns[flowCount + s]
        if i + 1 < group.rows, reaches(c) {
          let after = row + program.stride
          var price = -current[rowCount + s]
          for e in c.entryBegin..<c.entryEnd { price += v[at(entries[e].place, after)] * following[entries[e].row] }
          add(c, after, price, self.mask(i + 1), inner(c, i + 1))
        }
        guard i <= group.paddedRows else { continue }
        var price = Lanes(repeating: 0)
        for e in c.entryBegin..<c.entryEnd { price += v[at(entries[e].place, row)] * current[entries[e].row] }
        rhs[sumCount + program.slotCount + s] -= v[at(c.present, row)] * mask * group.startMask.pointer[i] * price
      }
      swap(&current, &following)
    }
  }

  /// Whether a column stands in F: sums, and bounds by a size.
  @inline(__always) private func reaches(_ c: ColumnCode) -> Bool {
    c.sumBegin < c.sumEnd || (c.hasUpper && c.termBegin < c.termEnd)
  }

  @inline(__always) private func mask(_ i: Int) -> Lanes {
    i <= group.paddedRows ? group.rowMask.pointer[i] : group.laneMask
  }

  /// Where the content at the start of row i is no start of a segment.
  @inline(__always) private func inner(_ c: ColumnCode, _ i: Int) -> Lanes {
    let exists = v[at(c.present, group.start(of: i))] * mask(i)
    return i <= group.paddedRows ? exists * group.innerMask.pointer[i] : exists
  }

  @inline(__always) private func innerStep(_ s: Int, _ i: Int) -> Lanes {
    let c = columns[flowCount + s]
    return reaches(c) ? moved(c, group.start(of: i), mask(i), inner(c, i)) : Lanes(repeating: 0)
  }

  /// `Dinv` and `wu` of a pair, as the factorisation had them.
  @inline(__always)
  private func weights(_ c: ColumnCode, _ row: Int, _ mask: Lanes, _ inner: Lanes) -> (weight: Lanes, upper: Lanes) {
    let q = v + row + c.pair
    let x = q[PairField.x], shifted = q[PairField.z] + proximal * x
    guard c.hasUpper else { return (x * inner / shifted, Lanes(repeating: 0)) }
    let s = q[PairField.s]
    let upperDual = q[PairField.v] * v[at(c.bounded, row)] * mask
    let inverse = inner / (shifted * s + upperDual * x)
    return (x * s * inverse, upperDual * x * inverse)
  }

  /// A column's row of `F g`, its coefficients in the hour's rows aside.
  @inline(__always) private func moved(_ c: ColumnCode, _ row: Int, _ mask: Lanes, _ inner: Lanes) -> Lanes {
    let g = group.solution.pointer
    var fromSums = Lanes(repeating: 0), fromSizes = fromSums
    for k in c.sumBegin..<c.sumEnd { fromSums += v[at(sums[k].place, row)] * g[sums[k].row] }
    for k in c.termBegin..<c.termEnd { fromSizes += v[at(terms[k].place, row)] * g[sumCount + terms[k].slot] }
    let found = weights(c, row, mask, inner)
    return found.weight * fromSums + found.upper * fromSizes
  }

  /// Takes a column's part of `F' u` from the border's right-hand side; `price` is its column of the hours times u.
  @inline(__always) private func add(_ c: ColumnCode, _ row: Int, _ price: Lanes, _ mask: Lanes, _ inner: Lanes) {
    let rhs = group.borderRhs.pointer
    let found = weights(c, row, mask, inner)
    for k in c.sumBegin..<c.sumEnd { rhs[sums[k].row] -= v[at(sums[k].place, row)] * found.weight * price }
    guard c.hasUpper else { return }
    for k in c.termBegin..<c.termEnd {
      rhs[sumCount + terms[k].slot] -= v[at(terms[k].place, row)] * found.upper * price
    }
  }
}

/// What a solve with the factors at hand is for.
package enum SolveMode: Sendable {
  /// Affine direction; its right-hand side was carried forward while factorising.
  case affine
  /// Corrector towards this complementarity, added to the affine direction.
  case corrector(Double)
  /// Refinement by the rows' rest, added to the direction.
  case refinement
}

@inline(__always) private func at(_ place: Place, _ row: Int) -> Int { place.offset + (row & place.series) }
@inline(__always) private func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }
@inline(__always) private func magnitude(_ a: Lanes) -> Lanes { a.replacing(with: -a, where: a .< 0) }

extension LaneGroup {
  /// Right-hand side of a corrector or refinement, carried through all rows into `borderRhs` and `endRhs`.
  func forward(_ mode: SolveMode, regularisation: Regularisation) {
    let program = program
    let v = vectors.pointer
    let columns = program.columns.pointer, entries = program.entries.pointer
    let sums = program.sums.pointer, terms = program.terms.pointer
    let rhs = borderRhs.pointer
    let (size, rowCount, flowCount, m) = (program.size, program.rowCount, program.flowCount, program.stateCount)
    let sumCount = program.sumCount
    let zero = Lanes(repeating: 0)
    rhs.update(repeating: zero, count: program.borderCount)
    endRhs.pointer.update(repeating: zero, count: m)
    var aim = zero
    let proximal = Lanes(repeating: regularisation.primal)
    var isCorrector = false
    if case .corrector(let target) = mode {
      aim = Lanes(repeating: target)
      isCorrector = true
    }
    let begin = program.borderBegin.pointer, borderColumn = program.borderColumn.pointer

    /// Complementarity targets of a pair, and what they add to its sums and slots; returns g.
    @inline(__always) func target(_ c: ColumnCode, _ row: Int, _ mask: Lanes, _ inner: Lanes) -> Lanes {
      let q = v + row + c.pair
      let x = q[PairField.x], z = q[PairField.z], dx = q[PairField.dx]
      let exists = v[at(c.present, row)] * inner
      let g: Lanes
      if c.hasUpper {
        let s = q[PairField.s], ds = q[PairField.ds], u = q[PairField.v]
        let isBounded = v[at(c.bounded, row)] * inner
        // One division for 1/x, 1/s and the weight's denominator.
        let xs = x * s
        let upperDual = u * isBounded
        let den = (z + proximal * x) * s + upperDual * x
        let common = 1 / (xs * den)
        let inverse = den * common
        let (overX, overS) = (s * inverse, x * inverse)
        let scaled = xs * common * exists
        let cz = (aim + dx * z * (1 + dx * overX)) * exists
        let cv = (aim + ds * u * (1 + ds * overS)) * isBounded
        let t = cz * overX - cv * overS
        let share = cv * overS + upperDual * x * scaled * t
        for k in c.termBegin..<c.termEnd { rhs[sumCount + terms[k].slot] -= v[at(terms[k].place, row)] * share }
        g = xs * scaled * t
      } else {
        let overX = 1 / x
        let cz = (aim + dx * z * (1 + dx * overX)) * exists
        g = x * exists / (z + proximal * x) * (cz * overX)
      }
      for k in c.sumBegin..<c.sumEnd { rhs[sums[k].row] -= v[at(sums[k].place, row)] * g }
      return g
    }

    let carry = scratch.pointer
    for i in 0..<rows {
      let row = start(of: i)
      let isFirst = i <= paddedRows
      let mask = isFirst ? rowMask.pointer[i] : laneMask
      let work = v + row + program.work
      if isCorrector {
        for r in 0..<size { work[r] = zero }
        for j in 0..<flowCount {
          let c = columns[j]
          let g = target(c, row, mask, mask)
          for e in c.entryBegin..<c.entryEnd { work[entries[e].row] -= v[at(entries[e].place, row)] * g }
        }
        if i == 0 {
          for s in 0..<m {
            carry[s] = target(columns[flowCount + s], row, mask, innerMask.pointer[0])
          }
        }
        for s in 0..<m {
          let c = columns[flowCount + s]
          for e in c.entryBegin..<c.entryEnd { work[entries[e].row] -= v[at(entries[e].place, row)] * carry[s] }
        }
        if i + 1 < rows {
          let next = start(of: i + 1)
          let isNextFirst = i + 1 <= paddedRows
          let nextMask = isNextFirst ? rowMask.pointer[i + 1] : laneMask
          let inner = isNextFirst ? innerMask.pointer[i + 1] : laneMask
          for s in 0..<m {
            carry[s] = target(columns[flowCount + s], next, nextMask, inner)
            work[rowCount + s] += carry[s]
          }
        }
      } else {
        for r in 0..<size { work[r] = v[row + program.rest + r] }
      }
      let factors = RowFactors(program, v, row)
      if i > 0 { factors.takeBefore(work, work - program.stride + rowCount) }
      factors.down(work)
      guard program.keepsBorder else { continue }
      let pivots = v + row + program.pivot
      let border = v + row + program.border
      for r in 0..<size {
        let scaled = work[r] * pivots[r]
        for a in begin[r]..<begin[r + 1] { rhs[borderColumn[a]] -= border[a] * scaled }
      }
    }
    if !program.keepsBorder { BorderWalk(self, regularisation).gather() }
    let row = start(of: rows - 1)
    let pivots = v + row + program.pivot + rowCount
    let work = v + row + program.work + rowCount
    for r in 0..<m {
      let scaled = work[r] * pivots[r]
      for s in 0..<m { endRhs.pointer[s] -= endBorder.pointer[r * m + s] * scaled }
    }
  }

  /// Directions of all rows from the border's solution, last row first.
  func backward(_ mode: SolveMode, regularisation: Regularisation) {
    if !program.keepsBorder { BorderWalk(self, regularisation).carry() }
    var pass = BackwardPass(self, mode, regularisation)
    pass.clear()
    for i in stride(from: rows - 1, through: 0, by: -1) {
      pass.solve(row: i)
      pass.directions(row: i)
    }
    pass.finish()
  }
}

/// The walk back: multipliers of a row, then the steps of its pairs and of the contents of the row after.
private struct BackwardPass {
  let group: LaneGroup
  let program: BlockProgram
  let v: UnsafeMutablePointer<Lanes>
  let columns: UnsafeMutablePointer<ColumnCode>
  let entries: UnsafeMutablePointer<EntryCode>
  let sums: UnsafeMutablePointer<EntryCode>
  let terms: UnsafeMutablePointer<TermCode>
  let solution: UnsafeMutablePointer<Lanes>
  var current: UnsafeMutablePointer<Lanes>
  var following: UnsafeMutablePointer<Lanes>
  let size: Int, rowCount: Int, flowCount: Int, m: Int, sumCount: Int
  let isAffine: Bool, isRefinement: Bool
  let proximal: Lanes, aim: Lanes
  var primalRatio = Lanes(repeating: 0), dualRatio = Lanes(repeating: 0)
  var crossDual = Lanes(repeating: 0), crossPrimal = Lanes(repeating: 0), cross = Lanes(repeating: 0)
  var largestRest = Lanes(repeating: 0)

  init(_ group: LaneGroup, _ mode: SolveMode, _ regularisation: Regularisation) {
    proximal = Lanes(repeating: regularisation.primal)
    aim = if case .corrector(let target) = mode { Lanes(repeating: target) } else { Lanes(repeating: 0) }
    self.group = group
    program = group.program
    v = group.vectors.pointer
    columns = program.columns.pointer
    entries = program.entries.pointer
    sums = program.sums.pointer
    terms = program.terms.pointer
    solution = group.solution.pointer
    (size, rowCount, flowCount, m) = (program.size, program.rowCount, program.flowCount, program.stateCount)
    sumCount = program.sumCount
    current = group.scratch.pointer
    following = group.scratch.pointer + program.size
    switch mode {
    case .affine: (isAffine, isRefinement) = (true, false)
    case .corrector: (isAffine, isRefinement) = (false, false)
    case .refinement: (isAffine, isRefinement) = (false, true)
    }
  }

  func clear() {
    func clear(_ block: Block<Lanes>) { block.pointer.update(repeating: Lanes(repeating: 0), count: block.count) }
    clear(group.sumRest)
    clear(group.slotRest)
  }

  /// `y = L^-T (D^-1 (w - V g - U' y of the row after))`; w holds `- V g` already where V is not kept.
  @inline(__always) mutating func solve(row i: Int) {
    swap(&current, &following)
    let row = group.start(of: i)
    let work = v + row + program.work
    let border = v + row + program.border
    let factors = RowFactors(program, v, row)
    let begin = program.borderBegin.pointer, borderColumn = program.borderColumn.pointer
    for r in 0..<size {
      var sum = work[r]
      if program.keepsBorder {
        for a in begin[r]..<begin[r + 1] { sum -= border[a] * solution[borderColumn[a]] }
      }
      current[r] = sum
    }
    if i == group.rows - 1 {
      for r in 0..<m {
        for s in 0..<m { current[rowCount + r] -= group.endBorder.pointer[r * m + s] * group.endSolution.pointer[s] }
      }
    } else {
      factors.takeAfter(current, following)
    }
    factors.up(current)
    let dy = v + row + program.dy
    if isAffine {
      for r in 0..<size { dy[r] = current[r] }
    } else {
      for r in 0..<size { dy[r] += current[r] }
    }
  }

  /// Steps of the flows of row i and of the contents at the start of the row after.
  @inline(__always) mutating func directions(row i: Int) {
    let row = group.start(of: i)
    let isFirst = i <= group.paddedRows
    let mask = isFirst ? group.rowMask.pointer[i] : group.laneMask
    let rest = v + row + program.rest
    if !isAffine && !isRefinement {
      let residual = v + row + program.residual
      for r in 0..<size { rest[r] = -residual[r] }
      let sizes = program.sizes.pointer
      let dy = v + row + program.dy
      for e in 0..<program.sizeCount {
        let coefficient = v[at(sizes[e].place, row)] * mask
        rest[sizes[e].row] -= coefficient * group.slotStep.pointer[sizes[e].slot]
        group.slotRest.pointer[sizes[e].slot] += coefficient * dy[sizes[e].row]
      }
    }
    // Falling addresses, as the rows: the hardware fetches ahead in one direction.
    var j = flowCount - 1
    while j >= 0 {
      let c = columns[j]
      j -= 1
      var price = Lanes(repeating: 0)
      for e in c.entryBegin..<c.entryEnd { price += v[at(entries[e].place, row)] * current[entries[e].row] }
      let dx = pair(c, row, price, mask)
      if !isAffine && !isRefinement {
        for e in c.entryBegin..<c.entryEnd { rest[entries[e].row] -= v[at(entries[e].place, row)] * dx }
      }
    }
    guard i + 1 < group.rows else { return }
    let next = row + program.stride
    let nextMask = i + 1 <= group.paddedRows ? group.innerMask.pointer[i + 1] : group.laneMask
    let nextRest = v + next + program.rest
    for s in 0..<m {
      let c = columns[flowCount + s]
      var price = -current[rowCount + s]
      for e in c.entryBegin..<c.entryEnd { price += v[at(entries[e].place, next)] * following[entries[e].row] }
      let dx = pair(c, next, price, nextMask) * nextMask
      if !isAffine && !isRefinement {
        for e in c.entryBegin..<c.entryEnd { nextRest[entries[e].row] -= v[at(entries[e].place, next)] * dx }
        rest[rowCount + s] += dx
      }
    }
    // First and last rows are completed by the border, which knows the contents at segment starts.
    if !isAffine, !isRefinement, i + 1 > group.paddedRows, i + 1 < group.rows - 1 {
      for r in 0..<size { largestRest = greater(largestRest, magnitude(nextRest[r])) }
    }
  }

  /// Step of one pair; returns dx.
  @inline(__always)
  private mutating func pair(_ c: ColumnCode, _ row: Int, _ entriesPrice: Lanes, _ mask: Lanes) -> Lanes {
    var price = entriesPrice
    for k in c.sumBegin..<c.sumEnd { price += v[at(sums[k].place, row)] * solution[sums[k].row] }
    let q = v + row + c.pair
    let exists = v[at(c.present, row)] * mask
    let x = q[PairField.x], z = q[PairField.z]
    let shifted = z + proximal * x
    var dx: Lanes, dz: Lanes
    if c.hasUpper {
      let isBounded = v[at(c.bounded, row)] * mask
      let s = q[PairField.s], u = q[PairField.v]
      var room = Lanes(repeating: 0)
      for k in c.termBegin..<c.termEnd {
        room += v[at(terms[k].place, row)] * solution[sumCount + terms[k].slot]
      }
      let xs = x * s
      let upperDual = u * isBounded
      let den = shifted * s + upperDual * x
      var ds: Lanes, dv: Lanes
      if isAffine {
        let common = 1 / (xs * den)
        let inverse = den * common
        let scaled = xs * common * exists
        room -= q[PairField.ds]
        let base = xs * scaled * (price + q[PairField.dx])
        dx = base + upperDual * x * scaled * room
        ds = (shifted * s * scaled * room - base) * isBounded
        let (relative, relativeS) = (dx * (s * inverse), ds * (x * inverse))
        dz = -z * (1 + relative) * exists
        dv = -u * (1 + relativeS) * isBounded
        primalRatio = greater(primalRatio, greater(-relative, -relativeS))
        dualRatio = greater(dualRatio, greater((1 + relative) * exists, (1 + relativeS) * isBounded))
      } else {
        let zv = z * u
        let product = xs * zv
        let common = 1 / (product * den)
        let inverse = den * common
        let scaled = product * common * exists
        let (forX, forZ) = (zv * inverse, xs * inverse)
        let overX = s * forX, overS = x * forX
        let overZ = u * forZ, overV = z * forZ
        if isRefinement {
          let base = xs * scaled * price
          let added = base + upperDual * x * scaled * room
          let addedSlack = (shifted * s * scaled * room - base) * isBounded
          dx = q[PairField.dx] + added
          ds = q[PairField.ds] + addedSlack
          dz = q[PairField.dz] - z * overX * added
          dv = q[PairField.dv] - u * overS * addedSlack
        } else {
          let (dxa, dsa) = (q[PairField.dx], q[PairField.ds])
          let cz = (aim + dxa * z * (1 + dxa * overX)) * exists
          let cv = (aim + dsa * u * (1 + dsa * overS)) * isBounded
          let base = xs * scaled * (price + cz * overX - cv * overS)
          dx = (dxa + base + upperDual * x * scaled * room) * exists
          ds = (dsa + shifted * s * scaled * room - base) * isBounded
          dz = ((cz - z * dx) * overX - z) * exists
          dv = ((cv - u * ds) * overS - u) * isBounded
          for k in c.termBegin..<c.termEnd {
            group.slotRest.pointer[terms[k].slot] += v[at(terms[k].place, row)] * dv
          }
        }
        q[PairField.dz] = dz
        q[PairField.dv] = dv
        primalRatio = greater(primalRatio, greater(-dx * overX, -ds * overS))
        dualRatio = greater(dualRatio, greater(-dz * overZ, -dv * overV))
      }
      q[PairField.dx] = dx
      q[PairField.ds] = ds
      if isAffine {
        crossDual += x * dz + s * dv
        crossPrimal += dx * z * exists + ds * u * isBounded
        cross += dx * dz + ds * dv
      }
    } else {
      if isAffine {
        let common = 1 / (x * shifted)
        dx = x * (x * common * exists) * (price + q[PairField.dx])
        let relative = dx * (shifted * common)
        dz = -z * (1 + relative) * exists
        primalRatio = greater(primalRatio, -relative)
        dualRatio = greater(dualRatio, (1 + relative) * exists)
        crossDual += x * dz
        crossPrimal += dx * z * exists
        cross += dx * dz
      } else {
        let xz = x * z
        let common = 1 / (xz * shifted)
        let weight = x * (xz * common * exists)
        let inverse = shifted * common
        let overX = z * inverse, overZ = x * inverse
        if isRefinement {
          let added = weight * price
          dx = q[PairField.dx] + added
          dz = q[PairField.dz] - z * overX * added
        } else {
          let dxa = q[PairField.dx]
          let cz = (aim + dxa * z * (1 + dxa * overX)) * exists
          dx = (dxa + weight * (price + cz * overX)) * exists
          dz = ((cz - z * dx) * overX - z) * exists
        }
        q[PairField.dz] = dz
        primalRatio = greater(primalRatio, -dx * overX)
        dualRatio = greater(dualRatio, -dz * overZ)
      }
      q[PairField.dx] = dx
    }
    if !isAffine && !isRefinement {
      for k in c.sumBegin..<c.sumEnd { group.sumRest.pointer[sums[k].row] += v[at(sums[k].place, row)] * dx }
    }
    return dx
  }

  func finish() {
    var outcome = PassOutcome()
    outcome.primalRatio = primalRatio.max()
    outcome.dualRatio = dualRatio.max()
    outcome.crossDual = crossDual.laneSum()
    outcome.crossPrimal = crossPrimal.laneSum()
    outcome.cross = cross.laneSum()
    outcome.largestRest = largestRest.max()
    group.outcome = outcome
  }
}

extension SIMD8 where Scalar == Double {
  /// The lanes added in a fixed order.
  fileprivate func laneSum() -> Double {
    ((self[0] + self[1]) + (self[2] + self[3])) + ((self[4] + self[5]) + (self[6] + self[7]))
  }
}

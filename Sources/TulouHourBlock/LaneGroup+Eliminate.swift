@inline(__always) private func at(_ place: Place, _ row: Int) -> Int { place.offset + (row & place.series) }
@inline(__always) private func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

extension FactorPass {
  /// Eliminates the row before, factorises the block, forms V and the corner, and carries the right-hand side.
  mutating func eliminate(row i: Int) {
    let row = group.start(of: i)
    let n = v + row + program.factor
    let pivots = v + row + program.pivot
    let border = group.border(of: i)
    let work = v + row + program.work
    let diagonal = program.diagonal.pointer
    let begin = program.borderBegin.pointer
    for r in 0..<size { original[r] = n[diagonal[r]] }
    if i > 0 { couple(row, n, border, group.border(of: i - 1), work) }
    let lowerBegin = program.lowerBegin.pointer, lowerRow = program.lowerRow.pointer
    let lowerPlace = program.lowerPlace.pointer
    let updates = program.updates.pointer
    for c in 0..<size {
      let floor = original[c] * 1e-15
      let inverse = 1 / (greater(n[diagonal[c]], floor) + dualWeight)
      pivots[c] = inverse
      var place = program.updateBegin.pointer[c]
      let first = lowerBegin[c], last = lowerBegin[c + 1]
      let mapBegin = program.borderMapBegin.pointer
      let (sourceBegin, sourceEnd) = (begin[c], begin[c + 1])
      for a in first..<last {
        let raw = n[lowerPlace[a]]
        let factor = raw * inverse
        for b in first...a {
          // Entries b < a hold L already, so the product needs the raw a.
          n[updates[place]] -= b == a ? factor * raw : raw * n[lowerPlace[b]]
          place += 1
        }
        n[lowerPlace[a]] = factor
        let r = lowerRow[a]
        work[r] -= factor * work[c]
        let map = mapBegin[a]
        if map < 0 {
          let target = border + begin[r], source = border + sourceBegin
          for k in 0..<(sourceEnd - sourceBegin) { target[k] -= factor * source[k] }
        } else {
          let targets = program.borderMap.pointer + map
          for k in sourceBegin..<sourceEnd { border[targets[k - sourceBegin]] -= factor * border[k] }
        }
      }
    }
    let borderColumn = program.borderColumn.pointer
    for r in 0..<program.denseFrom {
      let inverse = pivots[r]
      for a in begin[r]..<begin[r + 1] {
        let scaled = border[a] * inverse
        let column = borderColumn[a]
        let base = corner + column * (column + 1) / 2
        for b in begin[r]...a { base[borderColumn[b]] -= scaled * border[b] }
        rhs[column] -= scaled * work[r]
      }
    }
    addDense(border, pivots, work)
  }

  /// Corner from rows of V that are full, two rows at a time: half the traffic of one by one.
  @inline(__always) private func addDense(
    _ border: UnsafeMutablePointer<Lanes>, _ pivots: UnsafeMutablePointer<Lanes>, _ work: UnsafeMutablePointer<Lanes>
  ) {
    let count = program.borderCount
    let begin = program.borderBegin.pointer
    var r = program.denseFrom
    while r + 1 < size {
      let one = border + begin[r], two = border + begin[r + 1]
      var base = corner
      for a in 0..<count {
        let first = one[a] * pivots[r], second = two[a] * pivots[r + 1]
        for b in 0...a { base[b] -= first * one[b] + second * two[b] }
        rhs[a] -= first * work[r] + second * work[r + 1]
        base += a + 1
      }
      r += 2
    }
    if r < size {
      let one = border + begin[r]
      var base = corner
      for a in 0..<count {
        let first = one[a] * pivots[r]
        for b in 0...a { base[b] -= first * one[b] }
        rhs[a] -= first * work[r]
        base += a + 1
      }
    }
  }

  /// `U = O L^-T`, and its products with the row before.
  @inline(__always) private func couple(
    _ row: Int, _ n: UnsafeMutablePointer<Lanes>, _ border: UnsafeMutablePointer<Lanes>,
    _ earlierBorder: UnsafeMutablePointer<Lanes>, _ work: UnsafeMutablePointer<Lanes>
  ) {
    let before = row - program.stride
    let coupling = v + row + program.coupling
    let count = program.couplingCount
    let couplingRow = program.couplingRow.pointer, couplingFirst = program.couplingFirst.pointer
    let couplingPlace = program.couplingPlace.pointer
    let position = program.statePosition.pointer
    let begin = program.borderBegin.pointer
    let m = stateCount
    for k in 0..<couplingPlace[count] { coupling[k] = Lanes(repeating: 0) }
    for s in 0..<m {
      let c = columns[flowCount + s]
      let weight = currentWeight[s]
      var e = c.entryBegin
      while e < c.entryEnd {
        let k = program.couplingOfRow.pointer[entries[e].row]
        coupling[couplingPlace[k] + s - couplingFirst[k]] -= weight * v[at(entries[e].place, row)]
        e += 1
      }
    }
    let previous = v + before + program.factor
    let pivots = v + before + program.pivot + rowCount
    let earlierWork = v + before + program.work + rowCount
    let scaled = group.scratch.pointer + program.stateCount + program.size
    for k in 0..<count {
      let first = couplingFirst[k]
      let u = coupling + couplingPlace[k] - first
      for c in first..<m {
        var value = u[c]
        for d in first..<c { value -= u[d] * previous[position[c * m + d]] }
        u[c] = value
      }
      let r = couplingRow[k]
      let target = border + begin[r]
      for c in first..<m {
        let part = u[c] * pivots[c]
        scaled[c] = part
        work[r] -= part * earlierWork[c]
        let source = earlierBorder + begin[rowCount + c]
        for b in 0..<program.borderCount { target[b] -= part * source[b] }
      }
      for l in 0...k {
        let other = coupling + couplingPlace[l] - couplingFirst[l]
        var sum = Lanes(repeating: 0)
        for c in max(first, couplingFirst[l])..<m { sum += scaled[c] * other[c] }
        n[program.couplingTarget.pointer[k * (k + 1) / 2 + l]] -= sum
      }
    }
  }

  /// The column of the content behind the last row: -1 in its content row there.
  func closeEnd() {
    let row = group.start(of: group.rows - 1)
    let m = stateCount, count = program.borderCount
    let n = v + row + program.factor
    let pivots = v + row + program.pivot + rowCount
    let border = group.border(of: group.rows - 1)
    let work = v + row + program.work + rowCount
    let end = group.endBorder.pointer
    let position = program.statePosition.pointer
    let begin = program.borderBegin.pointer
    for s in 0..<m {
      for r in 0..<m { end[r * m + s] = Lanes(repeating: 0) }
      end[s * m + s] = -group.endMask.pointer[s]
      for c in s..<m {
        for r in (c + 1)..<max(m, c + 1) { end[r * m + s] -= n[position[r * m + c]] * end[c * m + s] }
      }
    }
    let corner = group.endCorner.pointer
    for r in 0..<m {
      let full = border + begin[rowCount + r]
      for s in 0..<m {
        let scaled = end[r * m + s] * pivots[r]
        for b in 0..<count { corner[s * (count + m) + b] -= scaled * full[b] }
        for b in 0..<m { corner[s * (count + m) + count + b] -= scaled * end[r * m + b] }
        group.endRhs.pointer[s] -= scaled * work[r]
      }
    }
  }
}

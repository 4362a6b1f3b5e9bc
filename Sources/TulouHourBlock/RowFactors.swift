/// The factors of one row: the steps that every walk over the rows takes with them, down and up.
///
/// `L D L'` of a row, and U, by which the contents at its end reach into the row after.
struct RowFactors {
  private let program: BlockProgram
  private let v: UnsafeMutablePointer<Lanes>
  private let row: Int

  /// The factors of the row that begins at `row` of the arena `v`.
  @inline(__always) init(_ program: BlockProgram, _ v: UnsafeMutablePointer<Lanes>, _ row: Int) {
    self.program = program
    self.v = v
    self.row = row
  }

  /// `w -= U D^-1 w` of the row before: what its contents, `earlier`, carry into this one.
  @inline(__always)
  func takeBefore(_ w: UnsafeMutablePointer<Lanes>, _ earlier: UnsafeMutablePointer<Lanes>) {
    let coupling = v + row + program.coupling
    let pivots = v + row - program.stride + program.pivot + program.rowCount
    let first = program.couplingFirst.pointer, place = program.couplingPlace.pointer
    let target = program.couplingRow.pointer
    let m = program.stateCount
    for k in 0..<program.couplingCount {
      let u = coupling + place[k] - first[k]
      var sum = w[target[k]]
      for c in first[k]..<m { sum -= u[c] * pivots[c] * earlier[c] }
      w[target[k]] = sum
    }
  }

  /// `w = L^-1 w`.
  @inline(__always) func down(_ w: UnsafeMutablePointer<Lanes>) {
    let n = v + row + program.factor
    let begin = program.lowerBegin.pointer, target = program.lowerRow.pointer, place = program.lowerPlace.pointer
    for c in 0..<program.size {
      let value = w[c]
      for a in begin[c]..<begin[c + 1] { w[target[a]] -= n[place[a]] * value }
    }
  }

  /// `w -= U' y` of the row after: what it asks of the contents at the end of this one.
  @inline(__always)
  func takeAfter(_ w: UnsafeMutablePointer<Lanes>, _ following: UnsafeMutablePointer<Lanes>) {
    let coupling = v + row + program.stride + program.coupling
    let contents = w + program.rowCount
    let m = program.stateCount
    for k in 0..<program.couplingCount {
      let first = program.couplingFirst.pointer[k]
      let u = coupling + program.couplingPlace.pointer[k] - first
      let value = following[program.couplingRow.pointer[k]]
      for c in first..<m { contents[c] -= u[c] * value }
    }
  }

  /// `w = L^-T D^-1 w`; columns of L are stored without the pivots.
  @inline(__always) func up(_ w: UnsafeMutablePointer<Lanes>) {
    let n = v + row + program.factor
    let pivots = v + row + program.pivot
    let begin = program.lowerBegin.pointer, target = program.lowerRow.pointer, place = program.lowerPlace.pointer
    var c = program.size - 1
    while c >= 0 {
      var value = w[c] * pivots[c]
      for a in begin[c]..<begin[c + 1] { value -= n[place[a]] * w[target[a]] }
      w[c] = value
      c -= 1
    }
  }
}

/// Makes the point hold its rows to rounding while it stays strictly inside all bounds.
///
/// Newton steps in which only primal residuals act: every dual is set to 1 and every target to its value, so the metric is
/// `1/x + 1/slack`. The duals are overwritten; multipliers must have been taken before.
struct PrimalRepair {
  let point: InteriorPoint

  func run() {
    for group in point.groups { group.setPairs(duals: 1) }
    for (k, size) in point.form.sizes.enumerated() {
      point.sizes[k].x = min(point.sizes[k].x * (1 + 1e-9) + 1e-10, size.width * (1 - 1e-12))
      point.sizes[k].s = size.width - point.sizes[k].x
      (point.sizes[k].z, point.sizes[k].v) = (1, 1)
    }
    for r in point.slacks.indices { (point.slacks[r].z, point.slacks[r].v) = (1, 1) }
    point.regularisation = Regularisation(primal: 0, dual: 1e-12, dualsAct: 0)
    let load = point.form.rows.map(\.rhs.greatestMagnitude).reduce(1, max)
    var best = RepairedPoint(point)
    var bestResidual = Double.infinity
    var step: StepLengths?
    for _ in 0..<9 {
      let measures = point.factor(step: step)
      let residual = max(measures.row, measures.bound, measures.sum)
      guard residual.isFinite else { break }
      if residual < bestResidual {
        bestResidual = residual
        best.save(point)
      }
      if residual <= 1e-12 * load { break }
      let found = point.solve(.affine)
      step = StepLengths(primal: min(1, 0.9 / max(found.primalRatio, 1e-300)), dual: 0)
    }
    best.restore(to: point)
  }
}

/// A copy of the values of a point that is repaired, in fields of the arenas that are free then: those of the duals' steps, for
/// duals and multipliers stay. A copy beside the arenas would raise the peak of the memory at the very end of a solve.
private struct RepairedPoint {
  private var sizes: [ScalarPair], slacks: [ScalarPair], rho: [Double]

  init(_ point: InteriorPoint) {
    (sizes, slacks, rho) = (point.sizes.elements, point.slacks.elements, point.rho.elements)
  }

  mutating func save(_ point: InteriorPoint) {
    (sizes, slacks, rho) = (point.sizes.elements, point.slacks.elements, point.rho.elements)
    walk(point) { kept, current in kept.pointee = current.pointee }
  }

  func restore(to point: InteriorPoint) {
    point.sizes.assign(sizes)
    point.slacks.assign(slacks)
    point.rho.assign(rho)
    walk(point) { kept, current in current.pointee = kept.pointee }
  }

  @inline(__always)
  private func walk(_ point: InteriorPoint, _ move: (UnsafeMutablePointer<Lanes>, UnsafeMutablePointer<Lanes>) -> Void)
  {
    let program = point.program, columns = program.columns
    for group in point.groups {
      for i in 0..<group.rows {
        let row = group.vectors.pointer + group.start(of: i)
        for j in columns.indices {
          let pair = row + columns[j].pair
          move(pair + PairField.dz, pair + PairField.x)
          if columns[j].hasUpper { move(pair + PairField.dv, pair + PairField.s) }
        }
      }
    }
  }
}

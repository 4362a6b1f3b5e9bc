import TulouProblem

/// The starting point: the constant point, then Mehrotra's shift applied to its Newton point.
extension InteriorPoint {
  /// Sets every variable to its constant starting value.
  func setConstantPoint() {
    for group in groups {
      group.setPairs(5, duals: 10)
      for i in 0..<group.rows {
        let y = group.vectors.pointer + group.start(of: i) + program.y
        for r in 0..<program.size { y[r] = Lanes(repeating: 0) }
      }
    }
    for (k, size) in form.sizes.enumerated() {
      sizes[k].x = min(10, size.width / 2)
      sizes[k].s = size.width - sizes[k].x
      sizes[k].z = 10 * max(1, 0.1 * size.cost)
      sizes[k].v = sizes[k].z
    }
    for (r, sum) in form.sums.enumerated() {
      rho[r] = 0
      guard slacks[r].exists else { continue }
      // A row that cannot bind soon starts with its slack at its right-hand side: 1 against 1000 ruins the start.
      var x = max(5, sum.rhs)
      if slacks[r].bounded {
        x = min(x, sum.width / 2)
        slacks[r].s = sum.width - x
      }
      slacks[r].x = x
      slacks[r].z = 10 * min(1, 10 / x)
      slacks[r].v = slacks[r].z
      rho[r] = slacks[r].upperDual - slacks[r].z
    }
  }

  /// The recommended starting point; leaves the pairs ready for the first factorisation.
  package func begin() {
    setConstantPoint()
    _ = factor(step: nil)
    _ = solve(.affine)
    var outcome = PassOutcome()
    for group in groups {
      group.shift(.survey)
      outcome.add(group.outcome)
    }
    var primal = max(0, -1.5 * outcome.leastPrimal), dual = max(0, -1.5 * outcome.leastDual)
    outcome = PassOutcome()
    for group in groups {
      group.shift(.measure(primal, dual))
      outcome.add(group.outcome)
    }
    if outcome.sumPrimal > 0, outcome.sumDual > 0 {
      primal += 0.5 * outcome.products / outcome.sumDual
      dual += 0.5 * outcome.products / outcome.sumPrimal
    }
    for group in groups { group.shift(.apply(primal, dual)) }
    for (k, size) in form.sizes.enumerated() {
      sizes[k].x = min(max(sizes[k].x + sizes[k].dx, min(1, size.width / 4)), size.width / 2)
      sizes[k].s = size.width - sizes[k].x
    }
  }
}

/// The three walks that make the starting point from the affine direction.
enum ShiftPhase: Sendable {
  /// Least values of x + dx and z + dz.
  case survey
  /// Sums after a shift.
  case measure(Double, Double)
  /// Sets the pairs and moves the multipliers.
  case apply(Double, Double)
}

extension LaneGroup {
  func shift(_ phase: ShiftPhase) {
    var found = PassOutcome()
    let columns = program.columns.pointer
    for i in 0..<rows {
      let first = start(of: i)
      let row = vectors.pointer + first
      let mask = i <= paddedRows ? rowMask.pointer[i] : laneMask
      for j in 0..<(program.flowCount + program.stateCount) {
        let c = columns[j]
        let q = row + c.pair
        let exists = vectors.pointer[c.present.offset + (first & c.present.series)] * mask
        let bounded = vectors.pointer[c.bounded.offset + (first & c.bounded.series)] * mask
        shift(phase, q, PairField.x, PairField.z, q[PairField.dx], exists, &found)
        if c.hasUpper { shift(phase, q, PairField.s, PairField.v, q[PairField.ds], bounded, &found) }
      }
      if case .apply = phase {
        for r in 0..<program.size { row[program.y + r] += row[program.dy + r] }
      }
    }
    outcome = found
  }

  /// One kind of bound of one pair: value field, dual field, primal step.
  @inline(__always) private func shift(
    _ phase: ShiftPhase, _ q: UnsafeMutablePointer<Lanes>, _ value: Int, _ dual: Int, _ step: Lanes, _ mask: Lanes,
    _ found: inout PassOutcome
  ) {
    let x = q[value], z = q[dual]
    let newX = x + step
    // dz = -z - z dx / x in the affine direction.
    let newZ = -z * (step / x)
    let on = mask .!= 0
    let one = Lanes(repeating: 1), far = Lanes(repeating: .infinity)
    switch phase {
    case .survey:
      found.leastPrimal = min(found.leastPrimal, far.replacing(with: newX, where: on).min())
      found.leastDual = min(found.leastDual, far.replacing(with: newZ, where: on).min())
    case .measure(let primal, let dual):
      let a = pointwiseMax(newX + primal, one).replacing(with: 0, where: .!on)
      let b = pointwiseMax(newZ + dual, one).replacing(with: 0, where: .!on)
      found.sumPrimal += a.total
      found.sumDual += b.total
      found.products += (a * b).total
    case .apply(let primalShift, let dualShift):
      q[value] = x.replacing(with: pointwiseMax(newX + primalShift, one), where: on)
      q[dual] = z.replacing(with: pointwiseMax(newZ + dualShift, one), where: on)
    }
  }
}

/// What contents at segment starts add to the sizes' sums.
struct StartSums {
  var dual: [Double], bound: [Double], farkas: [Double]
}

/// Contents at the starts of segments stay in the border: that decouples the lanes, and cycles need no special case.
extension InteriorPoint {
  private func code(_ start: SegmentLinks.Start) -> ColumnCode { program.columns.pointer[form.flowCount + start.state] }

  /// `A'y + R'rho - y of the row before` for a start, with any field of y and any rho.
  private func price(_ start: SegmentLinks.Start, _ c: ColumnCode, field: Int, _ rho: Block<Double>) -> Double {
    let rows = groups[start.group].vectors.pointer
    var sum = 0.0
    for e in c.entryBegin..<c.entryEnd {
      let entry = program.entries.pointer[e]
      sum += value(entry.place, start) * rows[start.row + field + entry.row][start.lane]
    }
    for q in c.sumBegin..<c.sumEnd {
      let entry = program.sums.pointer[q]
      if let r = self.sum(at: entry.row, start) { sum += value(entry.place, start) * rho[r] }
    }
    let before = groups[start.beforeGroup].vectors.pointer
    return sum - before[start.beforeRow + field + program.rowCount + start.state][start.beforeLane]
  }

  /// The sum behind a lane place where a start stands; nil where none acts.
  private func sum(at place: Int, _ start: SegmentLinks.Start) -> Int? {
    let r = segmentSums.acting[place][start.group * Segments.lanes + start.lane]
    return r < 0 ? nil : r
  }

  /// Residuals and weights of the starts, their part of the border and of the measures.
  func prepareStarts(_ outcome: inout PassOutcome) -> StartSums {
    var sums = StartSums(
      dual: [Double](repeating: 0, count: sizes.count), bound: [Double](repeating: 0, count: sizes.count),
      farkas: [Double](repeating: 0, count: sizes.count))
    for i in starts.indices {
      let start = starts[i]
      let c = code(start)
      var pair = start.pair
      pair.x = pairValue(start, PairField.x)
      pair.z = pairValue(start, PairField.z)
      if c.hasUpper {
        pair.s = pairValue(start, PairField.s)
        pair.v = pairValue(start, PairField.v)
      }
      let reduced = price(start, c, field: program.y, rho)
      let cost = value(c.cost, start) - reduced
      pair.rd = cost - pair.z + pair.upperDual
      if isRepairing { pair.rd = pair.upperDual - pair.z }
      pair.ru = pair.bounded ? pairValue(start, PairField.ds) : 0
      pair.weigh(regularisation.primal)
      let most = value(c.most, start)
      let (short, pull) = (min(0, cost), min(0, -reduced))
      outcome.bound += short * most
      outcome.farkas += pull * most
      outcome.products += pair.products
      outcome.largestDual = max(outcome.largestDual, abs(pair.rd))
      border.add(start.index, start.index, -pair.diagonal(regularisation.primal))
      rhs[start.index] += pair.keptRhs(.affine)
      for t in c.termBegin..<c.termEnd {
        let term = program.terms.pointer[t]
        let factor = value(term.place, start), k = size(ofSlot: term.slot, start)
        guard k >= 0, factor != 0 else { continue }
        sums.bound[k] += factor * short
        sums.farkas[k] += factor * pull
        guard pair.bounded else { continue }
        let ratio = pair.v / pair.s
        border.add(start.index, borderIndex(size: k), factor * ratio)
        border.add(borderIndex(size: k), borderIndex(size: k), -factor * factor * ratio)
        rhs[borderIndex(size: k)] -= factor * (-pair.v * regularisation.dualsAct + ratio * pair.ru)
      }
      starts[i].pair = pair
    }
    return sums
  }

  /// A start's corrector target in the rows of its sizes.
  func addStartTargets(_ start: SegmentLinks.Start) {
    guard start.pair.bounded else { return }
    let c = code(start)
    for t in c.termBegin..<c.termEnd {
      let term = program.terms.pointer[t]
      let k = size(ofSlot: term.slot, start)
      if k >= 0 { rhs[borderIndex(size: k)] -= value(term.place, start) * start.pair.cv / start.pair.s }
    }
  }

  /// Steps of the starts. Where the weight is below one, from the formula of inner contents (no digits are lost there),
  /// else from the border.
  func finishStarts(_ mode: SolveMode, _ outcome: inout PassOutcome) {
    let isAffine = if case .affine = mode { true } else { false }
    for i in starts.indices {
      let start = starts[i]
      let c = code(start)
      var pair = start.pair
      var room = -pair.ru
      for t in c.termBegin..<c.termEnd {
        let term = program.terms.pointer[t]
        let k = size(ofSlot: term.slot, start)
        guard k >= 0 else { continue }
        room += value(term.place, start) * ((isAffine ? 0 : sizes[k].dx) + solution[borderIndex(size: k)])
      }
      let known = (isAffine ? 0 : pair.dx) + solution[start.index]
      if isAffine { (pair.cz, pair.cv) = (0, 0) }
      if pair.weight < 1 {
        var target = -pair.rd + pair.cz / pair.x - pair.z
        if pair.bounded { target -= pair.cv / pair.s - pair.v }
        let base = pair.weight * (price(start, c, field: program.dy, rhoStep) + target)
        pair.dx = base + pair.upper * room
        pair.ds = pair.bounded ? pair.lower * room - base : 0
      } else {
        pair.dx = known
        pair.ds = pair.bounded ? room - known : 0
      }
      pair.finish(mode)
      starts[i].pair = pair
      setPairValue(start, PairField.dx, pair.dx)
      if c.hasUpper { setPairValue(start, PairField.ds, pair.ds) }
      // A repair keeps its best values where the duals' steps, which it does not take, would stand.
      if !isRepairing {
        setPairValue(start, PairField.dz, pair.dz)
        if c.hasUpper { setPairValue(start, PairField.dv, pair.dv) }
      }
      pair.count(in: &outcome)
    }
  }

  /// Adds the starts' steps to the rest of the rows they stand in, and finds the rest of their own dual rows.
  func completeStartRest(_ outcome: inout PassOutcome) {
    for i in starts.indices {
      let start = starts[i]
      let c = code(start)
      let pair = start.pair
      let rows = groups[start.group].vectors.pointer
      for e in c.entryBegin..<c.entryEnd {
        let entry = program.entries.pointer[e]
        rows[start.row + program.rest + entry.row][start.lane] -= value(entry.place, start) * pair.dx
      }
      for q in c.sumBegin..<c.sumEnd {
        let entry = program.sums.pointer[q]
        if let r = sum(at: entry.row, start) { sumRest[r] -= value(entry.place, start) * pair.dx }
      }
      let before = groups[start.beforeGroup].vectors.pointer
      before[start.beforeRow + program.rest + program.rowCount + start.state][start.beforeLane] += pair.dx
      if pair.bounded {
        for t in c.termBegin..<c.termEnd {
          let term = program.terms.pointer[t]
          let k = size(ofSlot: term.slot, start)
          if k >= 0 { sizeRest[k] -= value(term.place, start) * pair.dv }
        }
      }
      var rest = pair.rd - price(start, c, field: program.dy, rhoStep) - pair.dz + regularisation.primal * pair.dx
      if pair.bounded { rest += pair.dv }
      starts[i].affineTarget = rest
      outcome.largestRest = max(outcome.largestRest, abs(rest))
    }
    for group in groups {
      var rows = Array(0...min(group.paddedRows, group.rows - 1))
      if group.rows - 1 > group.paddedRows { rows.append(group.rows - 1) }
      for i in rows {
        let rest = group.vectors.pointer + group.start(of: i) + program.rest
        for r in 0..<program.size {
          for lane in 0..<Segments.lanes { outcome.largestRest = max(outcome.largestRest, abs(rest[r][lane])) }
        }
      }
    }
  }
}

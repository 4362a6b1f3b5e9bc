extension InteriorPoint {
  /// Residuals, objectives and bounds at the current point (scaled).
  package struct Measures {
    var row = 0.0, bound = 0.0, dual = 0.0, sum = 0.0, size = 0.0
    package var products = 0.0
    package var primal = 0.0, dualObjective = 0.0
    /// Lagrangian bound of the multipliers alone, and the same without costs.
    var lagrangian = 0.0, farkas = 0.0
    var largestPrice = 0.0
  }

  /// Whether only primal residuals act.
  var isRepairing: Bool { regularisation.dualsAct == 0 }

  /// Moves by `step`, factorises at the new point and readies the affine right-hand side.
  package func factor(step: StepLengths?) -> Measures {
    if let step {
      for k in sizes.indices { sizes[k].move(step) }
      for r in slacks.indices {
        slacks[r].move(step)
        rho[r] += step.dual * rhoStep[r]
      }
    }
    spread(step: step)
    let regularisation = regularisation
    workers.run(groups.count) { [groups] in groups[$0].factor(step: step, regularisation: regularisation) }
    var outcome = joined()
    border.clear()
    rhs.fill(0)
    gatherCorners()
    gatherRhs()
    var measures = Measures()
    let starting = prepareStarts(&outcome)
    prepareSums(&measures)
    prepareSizes(&measures, outcome, starting)
    measures.row = outcome.largestRow
    measures.largestPrice = outcome.largestPrice
    measures.bound = max(measures.bound, outcome.largestBound)
    measures.dual = max(measures.dual, outcome.largestDual)
    measures.products =
      outcome.products + sizes.elements.reduce(0) { $0 + $1.products } + slacks.elements.reduce(0) { $0 + $1.products }
    measures.primal += outcome.primal
    measures.dualObjective += outcome.right + outcome.dual
    measures.lagrangian += outcome.right + outcome.bound
    measures.farkas += outcome.right + outcome.farkas
    border.factorise()
    return measures
  }

  /// Border indices of a lane's columns.
  private func localIndices(_ place: Int) -> UnsafeMutablePointer<Int> {
    localIndex.pointer + place * (program.borderCount + program.stateCount)
  }

  private func gatherCorners() {
    let (m, count) = (program.stateCount, program.borderCount)
    for segment in segments.byPlace.compactMap({ $0 }) {
      let group = groups[segment.place / Segments.lanes], lane = segment.place % Segments.lanes
      let index = localIndices(segment.place)
      func put(_ a: Int, _ b: Int, _ value: Double) {
        guard index[a] >= 0, index[b] >= 0, value != 0 else { return }
        border.add(index[a], index[b], a != b && index[a] == index[b] ? 2 * value : value)
      }
      var place = 0
      for a in 0..<count {
        for b in 0...a {
          put(a, b, group.corner.pointer[place][lane])
          place += 1
        }
      }
      for s in 0..<m {
        for b in 0..<count { put(count + s, b, group.endCorner.pointer[s * (count + m) + b][lane]) }
        for b in 0...s { put(count + s, count + b, group.endCorner.pointer[s * (count + m) + count + b][lane]) }
      }
    }
  }

  /// Adds what the forward pass left for the border.
  private func gatherRhs() {
    for segment in segments.byPlace.compactMap({ $0 }) {
      let group = groups[segment.place / Segments.lanes], lane = segment.place % Segments.lanes
      let index = localIndices(segment.place)
      for a in 0..<program.borderCount where index[a] >= 0 { rhs[index[a]] += group.borderRhs.pointer[a][lane] }
      for s in 0..<program.stateCount where index[program.borderCount + s] >= 0 {
        rhs[index[program.borderCount + s]] += group.endRhs.pointer[s][lane]
      }
    }
  }

  private func prepareSums(_ measures: inout Measures) {
    for r in slacks.indices {
      var activity = -form.sums[r].rhs
      for group in groups { activity += segmentSums.total(group.sumActivity, of: r, in: group.group) }
      for (k, size) in form.sizes.enumerated() {
        for entry in size.sums where entry.row == r {
          activity += entry.coefficient * sizes[k].x
          border.add(borderIndex(sum: r), borderIndex(size: k), entry.coefficient)
        }
      }
      if slacks[r].exists { activity += slacks[r].x }
      sumResidual[r] = activity
      measures.sum = max(measures.sum, abs(activity) / (1 + abs(form.sums[r].rhs)))
      var pair = slacks[r]
      pair.weigh(regularisation.primal)
      pair.rd = pair.exists ? -rho[r] - pair.z + pair.upperDual : 0
      if isRepairing { pair.rd = pair.upperDual - pair.z }
      pair.ru = pair.exists && pair.bounded ? pair.x + pair.s - form.sums[r].width : 0
      slacks[r] = pair
      measures.dual = max(measures.dual, abs(pair.rd))
      measures.bound = max(measures.bound, abs(pair.ru))
      let index = borderIndex(sum: r)
      border.add(index, index, pair.weight + regularisation.sum)
      rhs[index] += -activity - (pair.weight * pair.target(.affine) - pair.upper * pair.ru)
      measures.dualObjective +=
        rho[r] * form.sums[r].rhs - (pair.exists && pair.bounded ? pair.v * form.sums[r].width : 0)
      let credit = form.sums[r].rhs * rho[r] + min(0, -rho[r]) * min(form.sums[r].width, 1e9)
      measures.lagrangian += credit
      measures.farkas += credit
    }
  }

  private func prepareSizes(_ measures: inout Measures, _ outcome: PassOutcome, _ starting: StartSums) {
    var dual = starting.dual, bound = starting.bound, farkas = starting.farkas
    var price = [Double](repeating: 0, count: sizes.count)
    for slot in program.slots.indices {
      for group in groups {
        for lane in 0..<Segments.lanes {
          let k = slotSize[slot][group.group * Segments.lanes + lane]
          guard k >= 0 else { continue }
          dual[k] += group.slotDual.pointer[slot][lane]
          bound[k] += group.slotBound.pointer[slot][lane]
          farkas[k] += group.slotFarkas.pointer[slot][lane]
          price[k] += group.slotPrice.pointer[slot][lane]
        }
      }
    }
    for (k, size) in form.sizes.enumerated() {
      for entry in size.sums { price[k] += entry.coefficient * rho[entry.row] }
      var pair = sizes[k]
      pair.rd = size.cost - price[k] - dual[k] - pair.z + pair.v
      if isRepairing { pair.rd = pair.upperDual - pair.z }
      pair.ru = pair.x + pair.s - size.width
      sizes[k] = pair
      sizeResidual[k] = pair.rd
      measures.dual = max(measures.dual, abs(pair.rd))
      measures.size = max(measures.size, abs(pair.ru) / (1 + size.width))
      let index = borderIndex(size: k)
      border.add(index, index, -pair.diagonal(regularisation.primal))
      rhs[index] += pair.keptRhs(.affine)
      measures.primal += size.cost * pair.x
      measures.dualObjective -= pair.v * size.width
      measures.lagrangian += min(0, size.cost - price[k] + bound[k]) * size.width
      measures.farkas += min(0, -price[k] + farkas[k]) * size.width
    }
  }

  /// Solves with the factors at hand: affine, corrector or refinement; returns what the backward pass found.
  package func solve(_ mode: SolveMode) -> PassOutcome {
    if case .affine = mode {} else { readyRhs(mode) }
    border.solve(rhs, into: solution)
    spreadSolution(mode)
    let regularisation = regularisation
    workers.run(groups.count) { [groups] in groups[$0].backward(mode, regularisation: regularisation) }
    var outcome = joined()
    finishStarts(mode, &outcome)
    finishSums(mode, &outcome)
    finishSizes(mode, &outcome)
    if case .corrector = mode { completeRest(&outcome) }
    return outcome
  }

  /// Right-hand side of a corrector (targets of all pairs) or of a refinement (rest of all rows).
  private func readyRhs(_ mode: SolveMode) {
    rhs.fill(0)
    if case .corrector(let aim) = mode {
      for i in starts.indices { starts[i].pair.aimAt(aim) }
      for k in sizes.indices { sizes[k].aimAt(aim) }
      for r in slacks.indices { slacks[r].aimAt(aim) }
    }
    let regularisation = regularisation
    workers.run(groups.count) { [groups] in groups[$0].forward(mode, regularisation: regularisation) }
    gatherRhs()
    if case .refinement = mode {
      for i in starts.indices { rhs[starts[i].index] += starts[i].affineTarget }
      for k in sizes.indices { rhs[borderIndex(size: k)] += sizeRest[k] }
      for r in rho.indices { rhs[borderIndex(sum: r)] += sumRest[r] }
      return
    }
    for i in starts.indices {
      rhs[starts[i].index] += starts[i].pair.keptRhs(mode)
      addStartTargets(starts[i])
    }
    for k in sizes.indices { rhs[borderIndex(size: k)] += sizes[k].keptRhs(mode) }
    for r in rho.indices where slacks[r].exists {
      rhs[borderIndex(sum: r)] -= slacks[r].weight * slacks[r].target(mode)
    }
  }

  private func spreadSolution(_ mode: SolveMode) {
    let isAffine = if case .affine = mode { true } else { false }
    for r in rho.indices {
      rhoStep[r] = (isAffine ? 0 : rhoStep[r]) + solution[borderIndex(sum: r)]
    }
    for segment in segments.byPlace.compactMap({ $0 }) {
      let group = groups[segment.place / Segments.lanes], lane = segment.place % Segments.lanes
      let index = localIndices(segment.place)
      for a in 0..<program.borderCount { group.solution.pointer[a][lane] = index[a] < 0 ? 0 : solution[index[a]] }
      for s in 0..<program.stateCount {
        let end = index[program.borderCount + s]
        group.endSolution.pointer[s][lane] = end < 0 ? 0 : solution[end]
      }
      for slot in program.slots.indices {
        let k = slotSize[slot][segment.place]
        let before = isAffine || k < 0 ? 0 : sizes[k].dx
        group.slotStep.pointer[slot][lane] = before + group.solution.pointer[program.sumCount + slot][lane]
      }
    }
  }

  private func finishSums(_ mode: SolveMode, _ outcome: inout PassOutcome) {
    for r in slacks.indices where slacks[r].exists {
      let price = solution[borderIndex(sum: r)]
      var pair = slacks[r]
      let base = pair.weight * (price + pair.target(mode))
      if case .affine = mode {
        pair.dx = base - pair.upper * pair.ru
        pair.ds = -pair.lower * pair.ru - base
      } else {
        pair.dx += base
        pair.ds -= base
      }
      pair.finish(mode)
      slacks[r] = pair
      pair.count(in: &outcome)
    }
  }

  private func finishSizes(_ mode: SolveMode, _ outcome: inout PassOutcome) {
    for k in sizes.indices {
      var pair = sizes[k]
      let value = solution[borderIndex(size: k)]
      if case .affine = mode { pair.dx = value } else { pair.dx += value }
      pair.ds = -pair.ru - pair.dx
      pair.finish(mode)
      sizes[k] = pair
      pair.count(in: &outcome)
    }
  }

  /// What the direction leaves of the sums' rows and of the sizes' dual rows.
  private func completeRest(_ outcome: inout PassOutcome) {
    for r in rho.indices { sumRest[r] = -sumResidual[r] }
    for k in sizes.indices { sizeRest[k] = sizeResidual[k] }
    for r in slacks.indices {
      for group in groups { sumRest[r] -= segmentSums.total(group.sumRest, of: r, in: group.group) }
      if slacks[r].exists { sumRest[r] -= slacks[r].dx }
    }
    for slot in program.slots.indices {
      for group in groups {
        for lane in 0..<Segments.lanes {
          let k = slotSize[slot][group.group * Segments.lanes + lane]
          if k >= 0 { sizeRest[k] -= group.slotRest.pointer[slot][lane] }
        }
      }
    }
    for (k, size) in form.sizes.enumerated() {
      for entry in size.sums {
        sumRest[entry.row] -= entry.coefficient * sizes[k].dx
        sizeRest[k] -= entry.coefficient * rhoStep[entry.row]
      }
      sizeRest[k] += -sizes[k].dz + sizes[k].dv + regularisation.primal * sizes[k].dx
    }
    completeStartRest(&outcome)
    for value in sumRest.elements { outcome.largestRest = max(outcome.largestRest, abs(value)) }
    for value in sizeRest.elements { outcome.largestRest = max(outcome.largestRest, abs(value)) }
  }
}

extension SIMD8 where Scalar == Double {
  /// The lanes added in a fixed order.
  var total: Double { ((self[0] + self[1]) + (self[2] + self[3])) + ((self[4] + self[5]) + (self[6] + self[7])) }
}

package import TulouProblem

/// Brings points and multipliers of the scaled form back to the problem's own units and indices.
package struct PlanExtraction {
  let problem: HourlyProblem
  let form: BlockForm
  let point: InteriorPoint

  /// Reads the point of a form that was compiled from the problem.
  package init(problem: HourlyProblem, form: BlockForm, point: InteriorPoint) {
    self.problem = problem
    self.form = form
    self.point = point
  }

  /// Values of field `field` (of pairs) of column j, unscaled, by step; zero where the column does not exist.
  private func values(column j: Int) -> [Double] {
    let code = point.program.columns.pointer[j]
    let unit = form.units.columns[j]
    var result = [Double](repeating: 0, count: form.steps)
    let present = form.columns[j].present
    forEachPlace { t, group, row, lane in
      if present[t] != 0 { result[t] = group.vectors.pointer[row + code.pair + PairField.x][lane] * unit }
    }
    return result
  }

  private func forEachPlace(_ use: (Int, LaneGroup, Int, Int) -> Void) {
    for segment in point.segments.byPlace.compactMap({ $0 }) {
      let group = point.groups[segment.place / Segments.lanes], lane = segment.place % Segments.lanes
      let padding = point.segments.padding(of: segment.place)
      for i in 0..<segment.length { use(segment.first + i, group, group.start(of: padding + i), lane) }
    }
  }

  private func multipliers(row r: Int) -> [Double] {
    let unit = form.units.money / form.units.rows[r]
    var result = [Double](repeating: 0, count: form.steps)
    let field = point.program.y + r
    forEachPlace { t, group, row, lane in result[t] = group.vectors.pointer[row + field][lane] * unit }
    return result
  }

  /// The plan at the current point.
  package func plan() -> (flows: [[Double]], contents: [[Double]], capacities: [Double]) {
    let steps = form.steps
    var flows = problem.flows.map { _ in [Double](repeating: 0, count: steps) }
    var contents = problem.states.map { _ in [Double](repeating: 0, count: steps) }
    var capacities = problem.capacities.indices.map { problem.rangeWithStarts(ofCapacity: $0).lower }
    for (k, size) in form.sizes.enumerated() {
      capacities[size.index] = size.base + point.sizes[k].x * form.units.sizes[k]
    }
    for (j, column) in form.columns.enumerated() {
      switch column.origin {
      case .flow(let f): flows[f] = values(column: j)
      case .state(let s):
        let link = form.links[s]
        var content = values(column: j)
        let sizeOf = form.sizes.indices.map { point.sizes[$0].x * form.units.sizes[$0] }
        for t in 0..<steps {
          content[t] += link.shift[t]
          if let k = link.shiftReference?.index(at: t) { content[t] += link.shiftFactor[t] * sizeOf[k] }
        }
        contents[s] = content
      case .slack, .spill: break
      }
    }
    completeTanks(&flows, capacities: capacities)
    return (flows, contents, capacities)
  }

  /// Multipliers of the problem's rows at the current point, forced rows completed.
  package func multipliers() -> Multipliers {
    var rows = problem.rows.map { _ in [Double](repeating: 0, count: form.steps) }
    var shares: [Int: [[Double]]] = [:]
    for (r, row) in form.rows.enumerated() {
      switch row.origin {
      case .row(let index): rows[index] = multipliers(row: r)
      case .bound(let flow, let members):
        var parts = shares[flow] ?? nativeShares(flow)
        for (t, value) in multipliers(row: r).enumerated() {
          if let index = Self.acting(members, t) { parts[index][t] = max(0, -value) }
        }
        shares[flow] = parts
      case .upper: break
      }
    }
    // A bound that never acts has no row; what the flow's other bound carries must be said all the same, or the dual bound
    // would have to guess which of them acts.
    for (j, flow) in problem.flows.enumerated() where flow.upper.count > 1 && shares[j] == nil {
      shares[j] = nativeShares(j)
    }
    var yearly = [Double](repeating: 0, count: problem.yearlyRows.count)
    for (r, sum) in form.sums.enumerated() where sum.index >= 0 {
      yearly[sum.index] = sum.sign * point.rho[r] * form.units.money / form.units.sums[r]
    }
    let states = form.links.indices.map { s in multipliers(row: form.rows.count + s).map { -$0 } }
    var result = Multipliers(rows: rows, states: states, yearly: yearly, shares: shares)
    completeTanks(&result)
    completeForcedRows(&result)
    completeForcedSums(&result)
    return result
  }

  /// The bound that acts at a step among those that were joined.
  private static func acting(_ members: [BlockForm.BoundMember], _ t: Int) -> Int? {
    members.min { $0.offset[t] < $1.offset[t] }?.index
  }

  /// Bound duals of the bound that stayed with the flow.
  private func nativeShares(_ flow: Int) -> [[Double]] {
    let zero = [Double](repeating: 0, count: form.steps)
    var parts = [[Double]](repeating: zero, count: problem.flows[flow].upper.count)
    guard let j = form.columns.firstIndex(where: { $0.origin == .flow(flow) }),
      !form.columns[j].nativeBounds.isEmpty
    else { return parts }
    let members = form.columns[j].nativeBounds
    let code = point.program.columns.pointer[j]
    let unit = form.units.money / form.units.columns[j]
    forEachPlace { t, group, row, lane in
      let bounded = group.vectors.pointer[code.bounded.offset + (row & code.bounded.series)][lane]
      guard let index = Self.acting(members, t) else { return }
      parts[index][t] = bounded * group.vectors.pointer[row + code.pair + PairField.v][lane] * unit
    }
    return parts
  }

  /// A row whose columns are all forced to zero takes part in no iteration; the multiplier that keeps every reduced
  /// cost of its columns from falling below zero is set afterwards.
  private func completeForcedRows(_ multipliers: inout Multipliers) {
    for forced in form.forced {
      guard case .row(let index) = form.rows[forced.row].origin else { continue }
      var least = forced.hasSlack ? 0 : Double.infinity
      for j in forced.flows {
        let flow = problem.flows[j]
        var coefficient = 0.0
        for term in flow.rowTerms where term.row == index { coefficient += term.coefficient[forced.step] }
        guard coefficient != 0 else { continue }
        least = min(least, reducedCost(flow: j, at: forced.step, without: index, multipliers) / abs(coefficient))
      }
      if least < .infinity { multipliers.rows[index][forced.step] = forced.sign * least }
    }
  }

  /// The multiplier of a sum whose flows are all forced to zero: whatever keeps their reduced costs from falling below
  /// zero. Its limit is 0, so it costs the bound nothing.
  private func completeForcedSums(_ multipliers: inout Multipliers) {
    for forced in form.forcedSums {
      var least = 0.0
      for j in forced.flows {
        guard let profile = problem.yearlyRows[forced.row].form.flows[j] else { continue }
        for t in 0..<form.steps where profile[t] != 0 {
          let weight = abs(profile[t]) * problem.weight[t] * problem.stepHours
          guard weight > 0 else { continue }
          least = min(least, reducedCost(flow: j, at: t, without: -1, multipliers) / weight)
        }
      }
      multipliers.yearly[forced.row] = forced.sign * least
    }
  }

  private func reducedCost(flow j: Int, at t: Int, without row: Int, _ multipliers: Multipliers) -> Double {
    let flow = problem.flows[j]
    let scale = problem.weight[t] * problem.stepHours
    var cost = scale * (problem.objective.flows[j]?[t] ?? 0)
    for term in flow.rowTerms where term.row != row { cost -= multipliers.rows[term.row][t] * term.coefficient[t] }
    for term in flow.stateTerms {
      cost += multipliers.states[term.state][t] * term.gain[t] * problem.stepHours
    }
    for (r, sum) in problem.yearlyRows.enumerated() where multipliers.yearly[r] != 0 {
      if let profile = sum.form.flows[j] { cost -= multipliers.yearly[r] * scale * profile[t] }
    }
    return cost
  }
}

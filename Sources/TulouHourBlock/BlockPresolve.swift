package import TulouProblem

/// Removes what has no interior: variables that must be zero in an hour, rows over the horizon that never bind.
///
/// A pair x = slack = 0 has no interior and lets its multipliers run off, so such variables are masked, hour by hour.
/// A balance with right side 0 whose present columns all have one sign forces all of them to zero.
package struct BlockPresolve {
  var form: BlockForm
  /// 1 or 0 by column and step, where not constant.
  private var present: [[Double]]

  /// The form with masks set, never-used columns dropped and contradictions named.
  package static func run(_ form: BlockForm, problem: HourlyProblem) -> BlockForm {
    var presolve = BlockPresolve(form: form)
    presolve.dropIdleSums(problem)
    for _ in 0..<4 where presolve.form.contradiction == nil {
      if !presolve.forceRows(problem) { break }
    }
    presolve.finish()
    return presolve.form
  }

  private init(form: BlockForm) {
    self.form = form
    present = form.columns.map { $0.present.expanded(form.steps) }
  }

  /// One round over all balances; true if a variable was masked.
  private mutating func forceRows(_ problem: HourlyProblem) -> Bool {
    var hasChanged = false
    let flowCount = form.flowCount
    for r in form.rows.indices {
      let rhs = form.rows[r].rhs.expanded(form.steps)
      let active = form.rows[r].active.expanded(form.steps)
      var members: [(column: Int, coefficient: [Double])] = []
      var isOpen = form.sizeEntries.contains { $0.row == r }
      for (j, column) in form.columns.enumerated() {
        for entry in column.entries where entry.row == r {
          if j >= flowCount { isOpen = true }
          members.append((j, entry.coefficient.expanded(form.steps)))
        }
      }
      if isOpen { continue }
      var impossible: [Int] = []
      for t in 0..<form.steps where active[t] != 0 {
        var positive = 0, negative = 0
        for member in members where present[member.column][t] != 0 {
          if member.coefficient[t] > 0 { positive += 1 }
          if member.coefficient[t] < 0 { negative += 1 }
        }
        if rhs[t] == 0 {
          guard (positive == 0) != (negative == 0) else { continue }
          mask(members, r, t, positive > 0 ? 1 : -1)
          hasChanged = true
        } else if (rhs[t] > 0 && positive == 0) || (rhs[t] < 0 && negative == 0) {
          impossible.append(t)
        }
      }
      if !impossible.isEmpty { contradict(row: r, steps: impossible, problem) }
    }
    return hasChanged
  }

  private mutating func mask(_ members: [(column: Int, coefficient: [Double])], _ r: Int, _ t: Int, _ sign: Double) {
    var forced = BlockForm.Forced(row: r, step: t, sign: sign, flows: [], hasSlack: false)
    for member in members where member.coefficient[t] != 0 && present[member.column][t] != 0 {
      present[member.column][t] = 0
      if case .flow(let j) = form.columns[member.column].origin {
        forced.flows.append(j)
      } else {
        forced.hasSlack = true
      }
    }
    form.forced.append(forced)
  }

  private mutating func contradict(row r: Int, steps: [Int], _ problem: HourlyProblem) {
    guard form.contradiction == nil, case .row(let index) = form.rows[r].origin else { return }
    form.contradiction = .init(
      message: "Nothing can meet \(problem.rows[index].label) in \(steps.count) steps, first in step \(steps[0]).",
      rows: [(row: index, steps: steps)])
  }

  /// Sums over the horizon that no plan can break are dropped; one that every plan breaks is a contradiction.
  private mutating func dropIdleSums(_ problem: HourlyProblem) {
    for r in form.sums.indices {
      var least = 0.0, greatest = 0.0
      for (j, column) in form.columns.enumerated() {
        for entry in column.sums where entry.row == r {
          for t in 0..<form.steps where present[j][t] != 0 {
            let most = entry.coefficient[t] * greatestValue(of: column, at: t)
            least += min(0, most)
            greatest += max(0, most)
          }
        }
      }
      for size in form.sizes {
        for entry in size.sums where entry.row == r {
          least += min(0, entry.coefficient * size.width)
          greatest += max(0, entry.coefficient * size.width)
        }
      }
      let sum = form.sums[r]
      let tolerance = 1e-9 * (1 + abs(sum.rhs))
      if least > sum.rhs + tolerance || greatest < sum.rhs - sum.width - tolerance, form.contradiction == nil {
        let name = sum.index >= 0 ? problem.yearlyRows[sum.index].label.description : "the given contents"
        form.contradiction = .init(
          message: "No plan can meet \(name).", yearlyRows: sum.index >= 0 ? [sum.index] : [])
      }
      if forceSum(r, least: least) { continue }
      if sum.width == .infinity, greatest <= sum.rhs { form.sums[r].isIdle = true }
      if form.sizes.allSatisfy({ size in !size.sums.contains { $0.row == r } }), !sum.isHourly {
        form.sums[r].isIdle = true
      }
    }
  }

  /// A limit of 0 on a sum of flows that cannot be below it (a renewable fraction of one) leaves no interior: the flows
  /// are zero, and the row is gone.
  private mutating func forceSum(_ r: Int, least: Double) -> Bool {
    guard form.sums[r].rhs == 0, least == 0, form.sums[r].isHourly, form.sums[r].index >= 0,
      !form.sizes.contains(where: { size in size.sums.contains { $0.row == r && $0.coefficient != 0 } })
    else { return false }
    let members = form.columns.indices.filter { j in form.columns[j].sums.contains { $0.row == r } }
    guard members.allSatisfy({ $0 < form.flowCount }) else { return false }
    var flows: [Int] = []
    for j in members {
      guard case .flow(let flow) = form.columns[j].origin else { continue }
      flows.append(flow)
      for entry in form.columns[j].sums where entry.row == r {
        for t in 0..<form.steps where entry.coefficient[t] != 0 { present[j][t] = 0 }
      }
    }
    form.forcedSums.append((row: form.sums[r].index, sign: form.sums[r].sign, flows: flows))
    form.sums[r].isIdle = true
    return true
  }

  private func greatestValue(of column: BlockForm.Column, at t: Int) -> Double {
    var most = column.offset[t]
    if let k = column.reference?.index(at: t) { most += max(0, column.factor[t] * form.sizes[k].width) }
    return most < .infinity ? most : column.implied
  }

  /// Writes the masks back, drops columns that never exist and idle sums, and numbers the rest anew.
  private mutating func finish() {
    for j in form.columns.indices { form.columns[j].present = Profile.series(present[j]).compact }
    let flowCount = form.flowCount
    form.columns = form.columns.enumerated().filter { j, column in j >= flowCount || !column.present.isZero }
      .map(\.element)
    var place = [Int](repeating: -1, count: form.sums.count)
    var kept = 0
    for r in form.sums.indices where !form.sums[r].isIdle {
      place[r] = kept
      kept += 1
    }
    form.sums.removeAll { $0.isIdle }
    for j in form.columns.indices {
      form.columns[j].sums = form.columns[j].sums.filter { place[$0.row] >= 0 && !$0.coefficient.isZero }
        .map { .init(row: place[$0.row], coefficient: $0.coefficient) }
    }
    for k in form.sizes.indices {
      form.sizes[k].sums = form.sizes[k].sums.filter { place[$0.row] >= 0 }
        .map { (row: place[$0.row], coefficient: $0.coefficient) }
    }
    form.sizeEntries.removeAll { $0.coefficient.isZero }
  }
}

import TulouProblem

/// An hourly problem as HiGHS takes it: column-wise sparse arrays with bounds, scaled by powers of two.
struct HighsMatrix {
  /// Why a problem cannot be written down with integers.
  struct Unwritable: Error { var reason: String }

  let layout: HighsLayout
  let scaling: HighsScaling
  var columnCost: [Double]
  var columnLower: [Double]
  var columnUpper: [Double]
  var rowLower: [Double]
  var rowUpper: [Double]
  /// First entry of each column, and the count of all.
  var start: [Int32]
  var index: [Int32] = []
  var value: [Double] = []
  /// 1 for columns of whole numbers; empty for a continuous problem.
  var integrality: [Int32] = []
  /// Columns that count the units of capacities sized in whole units.
  var wholeSizes: [(capacity: Int, column: Int, unit: Double)] = []
  /// Scaled constant of the objective.
  var offset: Double

  var columnCount: Int { columnCost.count }
  var rowCount: Int { rowLower.count }

  /// Writes `problem` down; integer marks are honoured if `integers`, else dropped.
  init(_ problem: HourlyProblem, integers: Bool) throws(Unwritable) {
    layout = HighsLayout(problem, integers: integers)
    scaling = HighsScaling(problem, layout: layout)
    offset = problem.objective.constant * scaling.cost
    let columns = layout.tailColumn, rows = layout.tailRow
    columnCost = [Double](repeating: 0, count: columns)
    columnLower = [Double](repeating: 0, count: columns)
    columnUpper = [Double](repeating: .infinity, count: columns)
    rowLower = [Double](repeating: -.infinity, count: rows)
    rowUpper = [Double](repeating: .infinity, count: rows)
    start = [0]
    start.reserveCapacity(columns + 1)
    let perStep = problem.flows.reduce(0) { $0 + $1.rowTerms.count + $1.stateTerms.count + $1.upper.count }
    index.reserveCapacity((perStep + 3 * layout.stateCount + 2 * layout.boundRows.count) * layout.steps)
    value.reserveCapacity(index.capacity)

    if integers { integrality = [Int32](repeating: 0, count: columns) }
    let exclusions = integers ? try HighsExclusions(problem) : HighsExclusions()
    writeColumnNumbers(problem)
    writeRowLimits(problem)
    writeStepEntries(problem, exclusions: exclusions)
    writeCapacityEntries(problem)
    if integers {
      writeExclusionLimits(problem, exclusions)
      writeWholeSizes(problem)
    }
  }

  /// Closes the column whose entries have just been appended.
  mutating func endColumn() { start.append(Int32(index.count)) }

  @inline(__always) mutating func append(_ row: Int, _ entry: Double) {
    if entry != 0 {
      index.append(Int32(truncatingIfNeeded: row))
      value.append(entry)
    }
  }

  // MARK: Numbers of columns and rows

  private mutating func writeColumnNumbers(_ problem: HourlyProblem) {
    let fixed = problem.capacities.map(\.lower)  // only read where lower = upper
    let hours = problem.stepHours, cost = scaling.cost
    for j in problem.flows.indices {
      let scale = scaling.flows[j]
      let price = problem.objective.flows[j] ?? .zero
      let hasPrice = !price.isZero
      let bounds = layout.nativeUpperOfFlow[j]
      let whole = layout.integers && problem.flows[j].multipleOf != nil
      for t in 0..<layout.steps {
        let column = layout.column(flow: j, t)
        if hasPrice { columnCost[column] = problem.weight[t] * hours * price[t] * scale * cost }
        var upper = Double.infinity
        for bound in bounds { upper = min(upper, bound.value(at: t, capacities: fixed)) }
        columnUpper[column] = upper / scale
        if whole {
          integrality[column] = 1
          columnUpper[column] = (columnUpper[column] + 1e-9).rounded(.down)
        }
      }
    }
    for s in problem.states.indices {
      let scale = scaling.states[s]
      let price = problem.objective.states[s] ?? .zero
      let hasPrice = !price.isZero
      let native = layout.nativeOfState[s]
      for t in 0..<layout.steps {
        let column = layout.column(state: s, t)
        if hasPrice { columnCost[column] = problem.weight[t] * hours * price[t] * scale * cost }
        columnLower[column] = (native.lower?.value(at: t, capacities: fixed) ?? -.infinity) / scale
        columnUpper[column] = (native.upper?.value(at: t, capacities: fixed) ?? .infinity) / scale
      }
      if case .initial(let start) = problem.states[s].boundary,
        !layout.startRows.contains(where: { $0.state == s })
      {
        for block in problem.blocks {
          // Start and limits together: an empty range is for HiGHS to find infeasible.
          let column = layout.column(state: s, block.lowerBound)
          let content = start.value(at: block.lowerBound, capacities: fixed) / scale
          columnLower[column] = max(columnLower[column], content)
          columnUpper[column] = min(columnUpper[column], content)
        }
      }
    }
    for k in problem.capacities.indices {
      let column = layout.column(capacity: k)
      columnCost[column] = (problem.objective.capacities[k] ?? 0) * scaling.capacities[k] * cost
      let range = problem.relaxedRange(ofCapacity: k)
      columnLower[column] = range.lower / scaling.capacities[k]
      columnUpper[column] = range.upper / scaling.capacities[k]
    }
  }

  private mutating func writeRowLimits(_ problem: HourlyProblem) {
    for (r, row) in problem.rows.enumerated() {
      let scale = scaling.rows[r]
      for t in 0..<layout.steps {
        rowLower[layout.row(hourly: r, t)] = row.lower[t] * scale
        rowUpper[layout.row(hourly: r, t)] = row.upper[t] * scale
      }
    }
    for (s, state) in problem.states.enumerated() {
      let scale = scaling.contentRows[s]
      for t in 0..<layout.steps {
        let value = state.inflow[t] * scale
        rowLower[layout.row(state: s, t)] = value
        rowUpper[layout.row(state: s, t)] = value
      }
      if case .initial = state.boundary {
        for block in problem.blocks { rowLower[layout.row(state: s, block.upperBound - 1)] = -.infinity }
      }
    }
    for (b, row) in layout.boundRows.enumerated() {
      let scale = scaling.boundRows[b]
      for t in 0..<layout.steps {
        let limit = row.bound.offset[t] * scale
        if row.isLower {
          rowLower[layout.row(bound: b, t)] = limit
        } else {
          rowUpper[layout.row(bound: b, t)] = limit
        }
      }
    }
    for (i, start) in layout.startRows.enumerated() {
      let limit = start.offset * scaling.contentRows[start.state]
      rowLower[layout.row(start: i)] = limit
      rowUpper[layout.row(start: i)] = limit
    }
    for (y, row) in problem.yearlyRows.enumerated() {
      rowLower[layout.row(yearly: y)] = (row.lower - row.form.constant) * scaling.yearly[y]
      rowUpper[layout.row(yearly: y)] = (row.upper - row.form.constant) * scaling.yearly[y]
    }
  }

  // MARK: Entries

  private mutating func writeStepEntries(_ problem: HourlyProblem, exclusions: HighsExclusions) {
    let flows = problem.flows.indices.map { FlowEntries(problem, flow: $0, layout: layout, scaling: scaling) }
    let states = problem.states.indices.map { StateEntries(problem, state: $0, layout: layout, scaling: scaling) }
    let base = layout.rowsPerStep
    for t in 0..<layout.steps {
      let first = t * base
      let weight = problem.weight[t] * problem.stepHours
      for j in flows.indices {
        let entries = flows[j]
        for term in entries.hourly { append(first + term.row, term.coefficient[t] * term.factor) }
        for term in entries.bounds { append(first + term.row, term.factor) }
        for term in entries.yearly { append(term.row, term.coefficient[t] * term.factor * weight) }
        for term in exclusions.ofFlow(j) where exclusions.acts(term.exclusion, t) {
          let limit = exclusions.limit(term.exclusion, term.side, t)
          append(layout.row(exclusion: term.exclusion, side: term.side, t), scaling.flows[j] / limit)
        }
        endColumn()
      }
      for s in states.indices {
        let entries = states[s]
        for term in entries.hourly { append(first + term.row, term.coefficient[t] * term.factor) }
        for term in entries.bounds { append(first + term.row, term.factor) }
        for term in entries.yearly { append(term.row, term.coefficient[t] * term.factor * weight) }
        let before = Int(entries.stepBefore[t])
        let own = -entries.retention[t] * entries.rowFactor
        if before == t {
          append(layout.row(state: s, t), own + entries.rowFactor)
        } else {
          append(layout.row(state: s, t), own)
          append(layout.row(state: s, before), entries.rowFactor)
        }
        for start in entries.starts where start.step == t { append(start.row, entries.rowFactor) }
        endColumn()
      }
      for x in 0..<layout.exclusionCount {
        if exclusions.acts(x, t) {
          append(layout.row(exclusion: x, side: 0, t), -1)
          append(layout.row(exclusion: x, side: 1, t), 1)
        }
        endColumn()
      }
    }
  }

  private mutating func writeCapacityEntries(_ problem: HourlyProblem) {
    for (k, capacity) in problem.capacities.enumerated() {
      let scale = scaling.capacities[k]
      for term in merged(capacity.rowTerms.map { ($0.row, $0.coefficient) }) {
        for t in 0..<layout.steps {
          append(layout.row(hourly: term.0, t), term.1[t] * scale * scaling.rows[term.0])
        }
      }
      for b in layout.boundRowsOfCapacity[k] {
        let row = layout.boundRows[b]
        guard let reference = row.bound.capacity else { continue }
        let factor = -scale * scaling.boundRows[b]
        switch reference {
        case .one(let index):
          guard index == k else { continue }
          for t in 0..<layout.steps { append(layout.row(bound: b, t), row.bound.factor[t] * factor) }
        case .byStep(let indices):
          for t in 0..<layout.steps where indices[t] == Int32(k) {
            append(layout.row(bound: b, t), row.bound.factor[t] * factor)
          }
        }
      }
      for (i, start) in layout.startRows.enumerated() where start.capacity == k {
        append(layout.row(start: i), -start.factor * scale * scaling.contentRows[start.state])
      }
      for y in layout.yearlyRows.ofCapacity[k] {
        append(
          layout.row(yearly: y), (problem.yearlyRows[y].form.capacities[k] ?? 0) * scale * scaling.yearly[y])
      }
      endColumn()
    }
  }
}

/// Terms of one row brought together: HiGHS refuses two entries in one place.
func merged(_ terms: [(Int, Profile)]) -> [(Int, Profile)] {
  var result: [(Int, Profile)] = []
  for term in terms {
    if let place = result.firstIndex(where: { $0.0 == term.0 }) {
      result[place].1 = result[place].1 + term.1
    } else {
      result.append(term)
    }
  }
  return result
}

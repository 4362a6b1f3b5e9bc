import TulouProblem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Powers of two by which columns, rows and the objective are multiplied before HiGHS sees them.
///
/// HiGHS's tolerances are absolute, so a problem in kW and in GW would be solved to different accuracy. Scaled, the
/// largest entry of every row and column is near 1 (Ruiz, four passes over the classes of elements, not the hours),
/// typical right-hand sides are near 1 and typical hourly prices are near 1. Powers of two lose no digit.
///
///     x = column x'      row' = row * activity      objective' = objective * cost
struct HighsScaling {
  /// Of each flow, state and capacity.
  var flows: [Double]
  var states: [Double]
  var capacities: [Double]
  /// Of each hourly row, content row, bound row, yearly row.
  var rows: [Double]
  var contentRows: [Double]
  var boundRows: [Double]
  var yearly: [Double]
  /// Of the objective.
  var cost: Double

  /// The scales for `problem`, written as `layout` says.
  init(_ problem: HourlyProblem, layout: HighsLayout) {
    var balance = ClassBalance(problem, layout: layout)
    for _ in 0..<4 { balance.pass() }
    let columns = balance.columns.map(powerOfTwo), rowScales = balance.rows.map(powerOfTwo)
    let J = layout.flowCount, S = layout.stateCount, R = layout.rowCount, B = layout.boundRows.count
    flows = Array(columns[..<J])
    states = Array(columns[J..<J + S])
    capacities = Array(columns[(J + S)...])
    rows = Array(rowScales[..<R])
    contentRows = Array(rowScales[R..<R + S])
    boundRows = Array(rowScales[R + S..<R + S + B])
    yearly = Array(rowScales[(R + S + B)...])

    // Typical right-hand side: the median over the hourly rows that have one, else over the sizes allowed.
    var sides: [Double] = problem.rows.indices.compactMap { r in
      let largest = max(finiteMagnitude(problem.rows[r].lower), finiteMagnitude(problem.rows[r].upper)) * rowScales[r]
      return largest > 0 ? largest : nil
    }
    if sides.isEmpty {
      sides = problem.capacities.indices.compactMap { k in
        let size = problem.capacities[k].upper / columns[J + S + k]
        return size > 0 && size.isFinite ? size : nil
      }
    }
    let size = powerOfTwo(median(sides) ?? 1)
    for j in 0..<J { flows[j] *= size }
    for s in 0..<S { states[s] *= size }
    for k in capacities.indices { capacities[k] *= size }
    for r in 0..<R { rows[r] /= size }
    for s in 0..<S { contentRows[s] /= size }
    for b in 0..<B { boundRows[b] /= size }
    for y in yearly.indices { yearly[y] /= size }
    // A whole number of units must stay whole.
    if layout.integers {
      for (j, flow) in problem.flows.enumerated() { if let unit = flow.multipleOf { flows[j] = unit } }
    }

    // Typical hourly price: the geometric mean of the largest price of each flow that has one.
    var logarithms: [Double] = []
    for (j, profile) in problem.objective.flows {
      let largest = finiteMagnitude(profile) * problem.stepHours * flows[j]
      if largest > 0 { logarithms.append(log2(largest)) }
    }
    if logarithms.isEmpty {
      for (k, value) in problem.objective.capacities where value != 0 {
        logarithms.append(log2(abs(value) * capacities[k] / Double(problem.steps)))
      }
    }
    let mean = logarithms.isEmpty ? 0 : logarithms.sorted().reduce(0, +) / Double(logarithms.count)
    cost = exp2(-mean.rounded())
  }
}

/// Row and column scales of the classes of elements, one number for all hours of each.
private struct ClassBalance {
  /// Row class, column class, largest magnitude of the coefficient over the hours.
  var entries: [(row: Int, column: Int, magnitude: Double)] = []
  var rows: [Double]
  var columns: [Double]

  init(_ problem: HourlyProblem, layout: HighsLayout) {
    let J = layout.flowCount, S = layout.stateCount, R = layout.rowCount, B = layout.boundRows.count
    rows = [Double](repeating: 1, count: R + S + B + layout.yearlyCount)
    columns = [Double](repeating: 1, count: J + S + layout.capacityCount)
    func note(_ row: Int, _ column: Int, _ magnitude: Double) {
      if magnitude > 0, magnitude.isFinite { entries.append((row, column, magnitude)) }
    }
    for (j, flow) in problem.flows.enumerated() {
      for term in flow.rowTerms { note(term.row, j, finiteMagnitude(term.coefficient)) }
      for term in flow.stateTerms { note(R + term.state, j, finiteMagnitude(term.gain) * problem.stepHours) }
    }
    for (s, state) in problem.states.enumerated() {
      note(R + s, J + s, 1)
      for term in state.rowTerms { note(term.row, J + s, finiteMagnitude(term.coefficient)) }
    }
    for (k, capacity) in problem.capacities.enumerated() {
      for term in capacity.rowTerms { note(term.row, J + S + k, finiteMagnitude(term.coefficient)) }
    }
    for (b, row) in layout.boundRows.enumerated() {
      switch row.element {
      case .flow(let j): note(R + S + b, j, 1)
      case .content(let s): note(R + S + b, J + s, 1)
      }
      switch row.bound.capacity {
      case .one(let k): note(R + S + b, J + S + k, finiteMagnitude(row.bound.factor))
      case .byStep(let indices):
        for k in Set(indices) where k >= 0 { note(R + S + b, J + S + Int(k), finiteMagnitude(row.bound.factor)) }
      case nil: break
      }
    }
    let weight = (problem.weight.max() ?? 1) * problem.stepHours
    for (y, row) in problem.yearlyRows.enumerated() {
      for (j, profile) in row.form.flows { note(R + S + B + y, j, finiteMagnitude(profile) * weight) }
      for (s, profile) in row.form.states { note(R + S + B + y, J + s, finiteMagnitude(profile) * weight) }
      for (k, value) in row.form.capacities { note(R + S + B + y, J + S + k, abs(value)) }
    }
  }

  /// One pass of Ruiz: divide every row and column by the root of its largest entry.
  mutating func pass() {
    var rowLargest = [Double](repeating: 0, count: rows.count)
    var columnLargest = [Double](repeating: 0, count: columns.count)
    for entry in entries {
      let value = entry.magnitude * rows[entry.row] * columns[entry.column]
      rowLargest[entry.row] = max(rowLargest[entry.row], value)
      columnLargest[entry.column] = max(columnLargest[entry.column], value)
    }
    for (i, largest) in rowLargest.enumerated() where largest > 0 { rows[i] /= largest.squareRoot() }
    for (i, largest) in columnLargest.enumerated() where largest > 0 { columns[i] /= largest.squareRoot() }
  }
}

/// The nearest power of two (in logarithm); 1 for what is not positive and finite.
func powerOfTwo(_ value: Double) -> Double {
  value > 0 && value.isFinite ? exp2(log2(value).rounded()) : 1
}

/// The largest finite magnitude of a profile.
func finiteMagnitude(_ profile: Profile) -> Double {
  switch profile {
  case .constant(let value): return value.isFinite ? abs(value) : 0
  case .series(let values): return finiteMagnitude(values)
  case .part(let part): return finiteMagnitude(part.values)
  }
}

private func finiteMagnitude(_ values: [Double]) -> Double {
  var largest = 0.0
  for value in values where value.isFinite { largest = max(largest, abs(value)) }
  return largest
}

private func median(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.sorted()[values.count / 2]
}

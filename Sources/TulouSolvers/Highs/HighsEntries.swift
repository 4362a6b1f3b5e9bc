import TulouProblem

/// An entry that recurs in every step: `coefficient_t * factor` in row `row` (counted from the step's first row; yearly
/// rows by their own number).
struct StepTerm {
  var row: Int
  var coefficient: Profile
  var factor: Double
}

/// The entries of one flow's columns.
struct FlowEntries {
  /// In hourly rows and content rows.
  var hourly: [StepTerm] = []
  /// In rows of its bounds.
  var bounds: [StepTerm] = []
  /// In yearly rows.
  var yearly: [StepTerm] = []

  init(_ problem: HourlyProblem, flow j: Int, layout: HighsLayout, scaling: HighsScaling) {
    let flow = problem.flows[j]
    let scale = scaling.flows[j]
    for term in merged(flow.rowTerms.map { ($0.row, $0.coefficient) }) {
      hourly.append(StepTerm(row: term.0, coefficient: term.1, factor: scale * scaling.rows[term.0]))
    }
    for term in merged(flow.stateTerms.map { ($0.state, $0.gain) }) {
      let factor = -problem.stepHours * scale * scaling.contentRows[term.0]
      hourly.append(StepTerm(row: layout.rowCount + term.0, coefficient: term.1, factor: factor))
    }
    for b in layout.boundRowsOfFlow[j] {
      let row = layout.rowCount + layout.stateCount + b
      bounds.append(StepTerm(row: row, coefficient: .one, factor: scale * scaling.boundRows[b]))
    }
    for y in layout.yearlyRows.ofFlow[j] {
      guard let profile = problem.yearlyRows[y].form.flows[j] else { continue }
      yearly.append(
        StepTerm(row: layout.row(yearly: y), coefficient: profile, factor: scale * scaling.yearly[y]))
    }
  }
}

/// The entries of one state's columns.
struct StateEntries {
  var hourly: [StepTerm] = []
  var bounds: [StepTerm] = []
  var yearly: [StepTerm] = []
  /// Share that remains after a step.
  var retention: Profile
  /// Scale of the content in its own rows.
  var rowFactor: Double
  /// The step in whose row the content of step t is the content at the end.
  var stepBefore: [Int32]
  /// Rows that tie the first content of a block to a capacity.
  var starts: [(step: Int, row: Int)] = []

  init(_ problem: HourlyProblem, state s: Int, layout: HighsLayout, scaling: HighsScaling) {
    let state = problem.states[s]
    let scale = scaling.states[s]
    retention = state.retention
    rowFactor = scale * scaling.contentRows[s]
    for term in merged(state.rowTerms.map { ($0.row, $0.coefficient) }) {
      hourly.append(StepTerm(row: term.0, coefficient: term.1, factor: scale * scaling.rows[term.0]))
    }
    for b in layout.boundRowsOfState[s] {
      let row = layout.rowCount + layout.stateCount + b
      bounds.append(StepTerm(row: row, coefficient: .one, factor: scale * scaling.boundRows[b]))
    }
    for y in layout.yearlyRows.ofState[s] {
      guard let profile = problem.yearlyRows[y].form.states[s] else { continue }
      yearly.append(
        StepTerm(row: layout.row(yearly: y), coefficient: profile, factor: scale * scaling.yearly[y]))
    }
    stepBefore = (0..<layout.steps).map { Int32($0 - 1) }
    if case .cyclicOverHorizon = state.boundary {
      stepBefore[0] = Int32(layout.steps - 1)
    } else {
      for block in problem.blocks { stepBefore[block.lowerBound] = Int32(block.upperBound - 1) }
    }
    for (i, start) in layout.startRows.enumerated() where start.state == s {
      starts.append((start.step, layout.row(start: i)))
    }
  }
}

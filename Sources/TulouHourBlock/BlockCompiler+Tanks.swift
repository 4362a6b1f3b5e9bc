import TulouProblem

/// A store without power limit or charging loss whose balance and content row were made one.
struct MergedTank {
  /// Flows of the problem into and out of the store.
  var charge: Int, discharge: Int
  var row: Int, state: Int
  /// Coefficient of the discharge in the balance.
  var coefficient: Double
  /// Content per unit of charge, dt included.
  var gain: Double
}

extension BlockCompiler {
  /// Lets the content row of a tank be the balance of its bus.
  ///
  /// Charging and discharging in circles has no interior in the dual (both flows may grow together), and the pair says
  /// nothing that `a (discharge - charge) = rhs - others` does not. Put into the content row it leaves one row for two and
  /// two columns fewer: `retention e - e_next + (g/a) others = q + (g/a) rhs`.
  mutating func mergeTanks() {
    var taken: Set<Int> = []
    for s in problem.states.indices {
      guard let tank = tank(s), !taken.contains(tank.row) else { continue }
      taken.insert(tank.row)
      form.merged.append(tank)
      let factor = tank.gain / tank.coefficient
      for j in form.columns.indices {
        if form.columns[j].origin == .flow(tank.charge) || form.columns[j].origin == .flow(tank.discharge) {
          form.columns[j].present = .zero
          form.columns[j].entries = []
          continue
        }
        for e in form.columns[j].entries.indices where form.columns[j].entries[e].row == tank.row {
          form.columns[j].entries[e].row = -1 - s
          form.columns[j].entries[e].coefficient = form.columns[j].entries[e].coefficient * factor
        }
      }
      for e in form.sizeEntries.indices where form.sizeEntries[e].row == tank.row {
        form.sizeEntries[e].row = -1 - s
        form.sizeEntries[e].coefficient = form.sizeEntries[e].coefficient * factor
      }
      form.links[s].rhs = form.links[s].rhs + form.rows[tank.row].rhs * factor
    }
    removeRows(taken)
  }

  /// The pair of flows of state s, if it may be merged.
  private func tank(_ s: Int) -> MergedTank? {
    let state = problem.states[s]
    if case .initial = state.boundary { return nil }
    let touching = problem.flows.indices.filter { j in problem.flows[j].stateTerms.contains { $0.state == s } }
    guard touching.count == 2, let first = port(touching[0]), let second = port(touching[1]),
      first.row == second.row, first.coefficient == -second.coefficient, first.gain == -second.gain,
      first.gain != 0, problem.rows[first.row].lower == problem.rows[first.row].upper,
      !problem.states.contains(where: { $0.rowTerms.contains { $0.row == first.row } })
    else { return nil }
    let (charge, discharge) = first.gain > 0 ? (first, second) : (second, first)
    guard discharge.coefficient > 0, isIdleBound(charge, of: state), isIdleBound(discharge, of: state) else {
      return nil
    }
    return MergedTank(
      charge: charge.flow, discharge: discharge.flow, row: charge.row, state: s, coefficient: discharge.coefficient,
      gain: charge.gain)
  }

  private typealias Port = (flow: Int, row: Int, coefficient: Double, gain: Double)

  /// A flow between one row and one state, constant and free of cost.
  private func port(_ j: Int) -> Port? {
    let flow = problem.flows[j]
    guard flow.rowTerms.count == 1, flow.stateTerms.count == 1,
      let coefficient = flow.rowTerms[0].coefficient.constantValue, let gain = flow.stateTerms[0].gain.constantValue,
      problem.objective.flows[j]?.isZero ?? true,
      problem.yearlyRows.allSatisfy({ $0.form.flows[j]?.isZero ?? true })
    else { return nil }
    return (j, flow.rowTerms[0].row, coefficient, gain * problem.stepHours)
  }

  /// Whether the flow's bounds exclude nothing: there are none, or they let the whole content through in a step and
  /// nothing else fills or empties the store.
  private func isIdleBound(_ port: Port, of state: State) -> Bool {
    let bounds = problem.flows[port.flow].upper
    if bounds.isEmpty { return true }
    guard state.inflow.isZero, state.retention.maximum <= 1, let upper = state.upper, upper.offset.isZero,
      state.lower.offset.minimum >= 0, state.lower.factor.minimum >= 0,
      case .one(let k)? = upper.capacity
    else { return false }
    return bounds.allSatisfy { bound in
      guard case .one(k)? = bound.capacity, bound.offset.minimum >= 0 else { return false }
      return bound.factor.minimum * abs(port.gain) >= upper.factor.maximum * (1 - 1e-12)
    }
  }

  /// Takes rows out that nothing refers to any more, and numbers the others anew.
  private mutating func removeRows(_ taken: Set<Int>) {
    guard !taken.isEmpty else { return }
    var place = [Int](repeating: -1, count: form.rows.count)
    var kept: [BlockForm.Row] = []
    for (r, row) in form.rows.enumerated() where !taken.contains(r) {
      place[r] = kept.count
      kept.append(row)
    }
    form.rows = kept
    for j in form.columns.indices {
      for e in form.columns[j].entries.indices where form.columns[j].entries[e].row >= 0 {
        form.columns[j].entries[e].row = place[form.columns[j].entries[e].row]
      }
    }
    for e in form.sizeEntries.indices where form.sizeEntries[e].row >= 0 {
      form.sizeEntries[e].row = place[form.sizeEntries[e].row]
    }
  }
}

extension PlanExtraction {
  /// Flows of merged tanks from the balance they stood in: what the others leave over goes in, what they lack comes out.
  func completeTanks(_ flows: inout [[Double]], capacities: [Double]) {
    for tank in form.merged {
      var lacking = problem.rows[tank.row].upper.expanded(form.steps)
      for (j, flow) in problem.flows.enumerated() where j != tank.charge && j != tank.discharge {
        for term in flow.rowTerms where term.row == tank.row {
          for t in 0..<form.steps { lacking[t] -= term.coefficient[t] * max(0, flows[j][t]) }
        }
      }
      for (k, capacity) in problem.capacities.enumerated() {
        for term in capacity.rowTerms where term.row == tank.row {
          for t in 0..<form.steps { lacking[t] -= term.coefficient[t] * capacities[k] }
        }
      }
      flows[tank.discharge] = lacking.map { max(0, $0 / tank.coefficient) }
      flows[tank.charge] = lacking.map { max(0, -$0 / tank.coefficient) }
    }
  }

  /// The merged balance's multiplier is that of the content row: neither charging nor discharging costs or earns.
  func completeTanks(_ multipliers: inout Multipliers) {
    for tank in form.merged {
      let factor = -tank.gain / tank.coefficient
      multipliers.rows[tank.row] = multipliers.states[tank.state].map { $0 * factor }
    }
  }
}

extension HourlyProblem {
  /// What is wrong with the arrays themselves: counts, indices, numbers that are not finite, limits that cross.
  ///
  /// - Returns: One sentence a fault, empty when the problem may be solved. Faults here are those of the maker, not of a
  ///   planner, so they name indices beside labels.
  public func faults() -> [String] {
    var faults: [String] = []
    if !(stepHours > 0 && stepHours.isFinite) { faults.append("The step length is \(stepHours) h.") }
    if weight.count != steps || !weight.allSatisfy({ $0.isFinite && $0 >= 0 }) {
      faults.append("Weights must be \(steps) finite numbers that are not negative.")
    }
    let ascending = zip(blockStarts, blockStarts.dropFirst()).allSatisfy { $0 < $1 }
    if blockStarts.first != 0 || !ascending || (blockStarts.last ?? 0) >= steps {
      faults.append("Block starts must ascend from 0 and lie below \(steps).")
    }
    for (j, flow) in flows.enumerated() {
      let name = "Flow \(j) (\(flow.label))"
      check(flow.rowTerms, of: name, &faults)
      for term in flow.stateTerms {
        if !states.indices.contains(term.state) { faults.append("\(name) names state \(term.state).") }
        check(term.gain, "\(name): gain", &faults)
      }
      for bound in flow.upper { check(bound, name, &faults, infinite: true) }
    }
    for (s, state) in states.enumerated() {
      let name = "State \(s) (\(state.label))"
      check(state.rowTerms, of: name, &faults)
      check(state.retention, "\(name): retention", &faults)
      check(state.inflow, "\(name): inflow", &faults)
      check(state.lower, name, &faults)
      if let upper = state.upper { check(upper, name, &faults, infinite: true) }
      if case .initial(let start) = state.boundary { check(start, name, &faults) }
    }
    for (k, capacity) in capacities.enumerated() {
      let name = "Capacity \(k) (\(capacity.label))"
      check(capacity.rowTerms, of: name, &faults)
      if !(capacity.lower.isFinite && capacity.upper.isFinite) {
        faults.append("\(name) has a limit that is not finite.")
      }
      if capacity.lower > capacity.upper { faults.append("\(name): \(capacity.lower) > \(capacity.upper).") }
      if !(capacity.fixedCharge.isFinite && capacity.fixedCharge >= 0) { faults.append("\(name): fixed charge.") }
    }
    for (r, row) in rows.enumerated() {
      let name = "Row \(r) (\(row.label))"
      checkCount(row.lower, name, &faults)
      checkCount(row.upper, name, &faults)
      if [row.lower, row.upper].allSatisfy({ hasRightCount($0) }) {
        let crossing = row.lower.combined(row.upper) { $0 <= $1 && $0 < .infinity && $1 > -.infinity ? 0 : 1 }
        if crossing.maximum > 0 { faults.append("\(name): limits cross or are not numbers.") }
      }
    }
    for (r, row) in yearlyRows.enumerated() {
      let name = "Yearly row \(r) (\(row.label))"
      check(row.form, name, &faults)
      if !(row.lower <= row.upper && row.lower < .infinity && row.upper > -.infinity) {
        faults.append("\(name): limits \(row.lower) and \(row.upper).")
      }
    }
    check(objective, "Objective", &faults)
    for pair in exclusions where !flows.indices.contains(pair.first) || !flows.indices.contains(pair.second) {
      faults.append("An exclusion names flows \(pair.first) and \(pair.second).")
    }
    return faults
  }

  private func check(_ terms: [RowTerm], of name: String, _ faults: inout [String]) {
    for term in terms {
      if !rows.indices.contains(term.row) { faults.append("\(name) names row \(term.row).") }
      check(term.coefficient, "\(name): coefficient in row \(term.row)", &faults)
    }
  }

  private func check(_ form: LinearForm, _ name: String, _ faults: inout [String]) {
    for (j, profile) in form.flows {
      if !flows.indices.contains(j) { faults.append("\(name) names flow \(j).") }
      check(profile, name, &faults)
    }
    for (s, profile) in form.states {
      if !states.indices.contains(s) { faults.append("\(name) names state \(s).") }
      check(profile, name, &faults)
    }
    for (k, value) in form.capacities {
      if !capacities.indices.contains(k) { faults.append("\(name) names capacity \(k).") }
      if !value.isFinite { faults.append("\(name): coefficient of capacity \(k) is \(value).") }
    }
    if !form.constant.isFinite { faults.append("\(name): constant is \(form.constant).") }
  }

  private func check(_ bound: Bound, _ name: String, _ faults: inout [String], infinite: Bool = false) {
    check(bound.offset, "\(name): bound", &faults, infinite: infinite)
    check(bound.factor, "\(name): bound factor", &faults)
    switch bound.capacity {
    case nil: break
    case .one(let k):
      if !capacities.indices.contains(k) { faults.append("\(name): bound names capacity \(k).") }
    case .byStep(let indices):
      if indices.count != steps { faults.append("\(name): \(indices.count) capacity indices for \(steps) steps.") }
      if indices.contains(where: { $0 >= capacities.count || $0 < -1 }) {
        faults.append("\(name): a bound names a capacity that is not there.")
      }
    }
  }

  private func check(_ profile: Profile, _ name: String, _ faults: inout [String], infinite: Bool = false) {
    checkCount(profile, name, &faults)
    let fine: (Double) -> Bool = infinite ? { $0 > -.infinity } : { $0.isFinite }
    switch profile {
    case .constant(let value): if !fine(value) { faults.append("\(name) is \(value).") }
    case .series(let values):
      if !values.allSatisfy(fine) { faults.append("\(name) holds a number that is not finite.") }
    case .part(let part):
      if !part.values.allSatisfy(fine) { faults.append("\(name) holds a number that is not finite.") }
    }
  }

  private func checkCount(_ profile: Profile, _ name: String, _ faults: inout [String]) {
    if let count = profile.count, count != steps { faults.append("\(name) has \(count) values for \(steps) steps.") }
  }

  private func hasRightCount(_ profile: Profile) -> Bool {
    profile.count.map { $0 == steps } ?? true
  }
}

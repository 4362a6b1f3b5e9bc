package import TulouProblem

/// Several problems one after the other in time, as one: the stages of a project, or its weather years.
///
/// Flows, contents and rows with the same label become one element over all parts, at zero where a part lacks it, so
/// that a solver sees one horizon and not one copy of every element for each part. Sizes are shared, or each part has
/// its own and the label says which.
package struct Stack: Sendable {
  /// Whether sizes are one for all parts; monthly peaks and helpers always belong to their part.
  package enum Sizes { case shared, ownToEachPart }

  /// A part and where its elements went.
  package struct Part: Sendable {
    package var problem: HourlyProblem
    var name: String
    var steps: Range<Int>
    var flows: [Int]
    var states: [Int]
    package var rows: [Int]
    package var capacities: [Int]
  }

  package private(set) var problem: HourlyProblem
  package private(set) var parts: [Part] = []
  /// Rows of the stack that are one limit over all parts, by label.
  private(set) var joinedLimits: [Label: Int] = [:]

  /// - Parameters:
  ///   - parts: Problems of equal step length, with the name that labels of their own sizes carry.
  ///   - sizes: Whether they share sizes.
  ///   - joining: For each part the yearly rows that are limits of the whole: such a limit holds over all parts together.
  ///   - chained: Whether contents go on from part to part and close one cycle over all, as over one long horizon; else
  ///     each part closes its own.
  package init(
    _ parts: [(name: String, problem: HourlyProblem)], sizes: Sizes, joining limits: [Set<Int>] = [],
    chained: Bool = false
  ) {
    let steps = parts.reduce(0) { $0 + $1.problem.steps }
    problem = HourlyProblem(
      steps: max(1, steps), stepHours: parts.first?.problem.stepHours ?? 1,
      weight: parts.isEmpty ? [1] : parts.flatMap(\.problem.weight), years: parts.reduce(0) { $0 + $1.problem.years })
    var starts: [Int] = []
    var first = 0
    for (name, part) in parts {
      precondition(part.stepHours == problem.stepHours, "parts of a stack have one step length")
      starts += part.blockStarts.map { $0 + first }
      self.parts.append(
        Part(
          problem: part, name: name, steps: first..<(first + part.steps), flows: [], states: [], rows: [],
          capacities: []))
      first += part.steps
    }
    problem.blockStarts = starts.isEmpty ? [0] : starts
    placeCapacities(sizes)
    placeRows()
    placeStates()
    placeFlows()
    placeYearlyRows(limits)
    if chained { problem.blockStarts = [0] }
  }

  /// Why contents cannot go on from part to part; nil: they can.
  package static func obstacle(toChaining parts: [HourlyProblem]) -> String? {
    if parts.contains(where: { $0.blockStarts.count > 1 }) { return "each year is representative periods" }
    for state in parts.flatMap(\.states) {
      guard case .cyclic = state.boundary else {
        return "'\(state.label.id)' begins every year with a content of its own"
      }
    }
    return nil
  }

  /// A form of one part on the stacked problem.
  package func form(_ form: LinearForm, of p: Int) -> LinearForm {
    let part = parts[p]
    var result = LinearForm(constant: form.constant)
    for (j, profile) in form.flows { result.flows[part.flows[j]] = padded(profile, part) }
    for (s, profile) in form.states { result.states[part.states[s]] = padded(profile, part) }
    for (k, value) in form.capacities { result.add(capacity: part.capacities[k], value) }
    return result
  }

  /// The solution of one part; its objective is the part's own.
  package func solution(_ solution: Solution, of p: Int) -> Solution {
    var result = solution
    let part = parts[p]
    result.multipliers = nil
    guard solution.hasPlan else { return result }
    result.flows = part.flows.map { Array(solution.flows[$0][part.steps]) }
    result.contents = part.states.map { Array(solution.contents[$0][part.steps]) }
    result.capacities = part.capacities.map { solution.capacities[$0] }
    result.objective = part.problem.objectiveValue(
      flows: result.flows, contents: result.contents, capacities: result.capacities)
    result.bound = -.infinity
    return result
  }

  /// Writes the solution of one part back into that of the whole.
  func put(_ own: Solution, of p: Int, into solution: inout Solution) {
    let part = parts[p]
    for (j, flow) in part.flows.enumerated() { solution.flows[flow].replaceSubrange(part.steps, with: own.flows[j]) }
    for (s, state) in part.states.enumerated() {
      solution.contents[state].replaceSubrange(part.steps, with: own.contents[s])
    }
    for (k, capacity) in part.capacities.enumerated() { solution.capacities[capacity] = own.capacities[k] }
  }

  // MARK: Sizes and rows

  private mutating func placeCapacities(_ sizes: Sizes) {
    var index: [Label: Int] = [:]
    for p in parts.indices {
      for capacity in parts[p].problem.capacities {
        var capacity = capacity
        if sizes == .ownToEachPart || capacity.label.role != .size { capacity.label.stage = parts[p].name }
        capacity.rowTerms = []
        if let k = index[capacity.label] {
          problem.capacities[k].lower = max(problem.capacities[k].lower, capacity.lower)
          problem.capacities[k].upper = min(problem.capacities[k].upper, capacity.upper)
          problem.capacities[k].fixedCharge += capacity.fixedCharge
          parts[p].capacities.append(k)
        } else {
          index[capacity.label] = problem.capacities.count
          parts[p].capacities.append(problem.capacities.count)
          problem.capacities.append(capacity)
        }
      }
    }
  }

  private mutating func placeRows() {
    var index: [Label: Int] = [:]
    for p in parts.indices {
      for row in parts[p].problem.rows {
        if index[row.label] == nil {
          index[row.label] = index.count
          // An infinite limit does not act: so it stays where a part lacks the row.
          problem.rows.append(HourlyRow(label: row.label))
        }
        if let r = index[row.label] { parts[p].rows.append(r) }
      }
    }
    for r in problem.rows.indices {
      let own = parts.map { part in part.rows.firstIndex(of: r).map { part.problem.rows[$0] } }
      problem.rows[r].lower = joined(own.map { $0?.lower }, missing: -.infinity)
      problem.rows[r].upper = joined(own.map { $0?.upper }, missing: .infinity)
    }
    for p in parts.indices {
      for (k, capacity) in parts[p].problem.capacities.enumerated() {
        let target = parts[p].capacities[k]
        for term in capacity.rowTerms {
          let row = parts[p].rows[term.row]
          let profile = padded(term.coefficient, parts[p])
          if let i = problem.capacities[target].rowTerms.firstIndex(where: { $0.row == row }) {
            problem.capacities[target].rowTerms[i].coefficient =
              problem.capacities[target].rowTerms[i].coefficient + profile
          } else {
            problem.capacities[target].rowTerms.append(RowTerm(row, profile))
          }
        }
      }
    }
  }

  private mutating func placeYearlyRows(_ limits: [Set<Int>]) {
    for p in parts.indices {
      for (i, row) in parts[p].problem.yearlyRows.enumerated() {
        let placed = form(row.form, of: p)
        if limits.indices.contains(p), limits[p].contains(i) {
          if let r = joinedLimits[row.label] {
            problem.yearlyRows[r].form.add(placed)
            problem.yearlyRows[r].lower += row.lower
            problem.yearlyRows[r].upper += row.upper
          } else {
            joinedLimits[row.label] = problem.yearlyRows.count
            problem.yearlyRows.append(YearlyRow(row.label, placed, lower: row.lower, upper: row.upper))
          }
          continue
        }
        // What binds shared sizes alone is the same in every part.
        if placed.flows.isEmpty, placed.states.isEmpty,
          problem.yearlyRows.contains(where: {
            $0.form.flows.isEmpty && $0.form.states.isEmpty && $0.form.capacities == placed.capacities
              && $0.lower == row.lower && $0.upper == row.upper
          })
        {
          continue
        }
        var label = row.label
        label.stage = parts[p].name
        problem.yearlyRows.append(YearlyRow(label, placed, lower: row.lower, upper: row.upper))
      }
      problem.objective.add(form(parts[p].problem.objective, of: p))
      for exclusion in parts[p].problem.exclusions {
        var steps = [Bool](repeating: false, count: problem.steps)
        for t in parts[p].steps { steps[t] = exclusion.steps?[t - parts[p].steps.lowerBound] ?? true }
        problem.exclusions.append(
          Exclusion(parts[p].flows[exclusion.first], parts[p].flows[exclusion.second], steps: steps))
      }
      for pair in parts[p].problem.opposed {
        let placed = Exclusion(parts[p].flows[pair.first], parts[p].flows[pair.second])
        if !problem.opposed.contains(placed) { problem.opposed.append(placed) }
      }
    }
  }

  // MARK: Flows and contents

  private mutating func placeStates() {
    var index: [Label: Int] = [:]
    for p in parts.indices {
      for state in parts[p].problem.states {
        var label = state.label
        // A content that starts at a given share is another element than one that closes a cycle.
        if case .initial = state.boundary { label.part = label.part.followed(by: "initial") }
        if index[label] == nil {
          index[label] = problem.states.count
          problem.states.append(state)
        }
        if let s = index[label] { parts[p].states.append(s) }
      }
    }
    for s in problem.states.indices {
      let own = parts.map { part in part.states.firstIndex(of: s).map { part.problem.states[$0] } }
      problem.states[s].retention = joined(own.map { $0?.retention }, missing: 1)
      problem.states[s].inflow = joined(own.map { $0?.inflow }, missing: 0)
      problem.states[s].lower = joined(own.map { $0?.lower })
      if own.contains(where: { $0?.upper != nil }) { problem.states[s].upper = joined(own.map { $0?.upper }) }
      let starts = own.map { state -> Bound? in
        if case .initial(let bound)? = state?.boundary { bound } else { nil }
      }
      if starts.contains(where: { $0 != nil }) { problem.states[s].boundary = .initial(joined(starts)) }
      problem.states[s].rowTerms = joinedTerms(own.map { $0?.rowTerms })
    }
  }

  private mutating func placeFlows() {
    var index: [Label: Int] = [:]
    for p in parts.indices {
      for flow in parts[p].problem.flows {
        var label = flow.label
        // Whole machines of another size are another element.
        if let unit = flow.multipleOf { label.part = label.part.followed(by: "of \(unit)") }
        if index[label] == nil {
          index[label] = problem.flows.count
          problem.flows.append(flow)
          problem.flows[problem.flows.count - 1].label = label
        }
        if let j = index[label] { parts[p].flows.append(j) }
      }
    }
    for j in problem.flows.indices {
      let own = parts.map { part in part.flows.firstIndex(of: j).map { part.problem.flows[$0] } }
      problem.flows[j].rowTerms = joinedTerms(own.map { $0?.rowTerms })
      let states = Set(zip(parts, own).flatMap { part, flow in (flow?.stateTerms ?? []).map { part.states[$0.state] } })
      problem.flows[j].stateTerms = states.sorted().map { s in
        let gains = zip(parts, own).map { part, flow in
          flow?.stateTerms.first { part.states[$0.state] == s }?.gain
        }
        return StateTerm(s, joined(gains, missing: 0))
      }
      let count = own.map { $0?.upper.count ?? 0 }.max() ?? 0
      problem.flows[j].upper = (0..<count).map { i in
        joined(own.map { flow in flow.map { $0.upper.indices.contains(i) ? $0.upper[i] : $0.upper[0] } })
      }
      problem.flows[j].multipleOf = own.compactMap { $0?.multipleOf }.first
    }
  }

  private func joinedTerms(_ terms: [[RowTerm]?]) -> [RowTerm] {
    let rows = Set(zip(parts, terms).flatMap { part, own in (own ?? []).map { part.rows[$0.row] } })
    return rows.sorted().map { r in
      let coefficients = zip(parts, terms).map { part, own in own?.first { part.rows[$0.row] == r }?.coefficient }
      return RowTerm(r, joined(coefficients, missing: 0))
    }
  }

  // MARK: Profiles

  /// A profile of one part, zero elsewhere.
  private func padded(_ profile: Profile, _ part: Part) -> Profile {
    if parts.count == 1 { return profile }
    return .part(
      ProfilePart(
        steps: problem.steps, first: part.steps.lowerBound, values: profile.expanded(part.steps.count)))
  }

  /// Profiles of all parts one after the other; constant where all are the same constant.
  private func joined(_ profiles: [Profile?], missing: Double) -> Profile {
    let constants = profiles.map { $0 == nil ? missing : $0?.constantValue }
    if let first = constants.first, let value = first, constants.allSatisfy({ $0 == value }) { return .constant(value) }
    var values: [Double] = []
    values.reserveCapacity(problem.steps)
    for (part, profile) in zip(parts, profiles) {
      values += (profile ?? .constant(missing)).expanded(part.steps.count)
    }
    return .series(values)
  }

  /// Bounds of all parts one after the other; zero where a part lacks the element.
  private func joined(_ bounds: [Bound?]) -> Bound {
    var indices: [Int32] = []
    indices.reserveCapacity(problem.steps)
    for (part, bound) in zip(parts, bounds) {
      switch bound?.capacity {
      case nil: indices += [Int32](repeating: -1, count: part.steps.count)
      case .one(let k)?: indices += [Int32](repeating: Int32(part.capacities[k]), count: part.steps.count)
      case .byStep(let own)?: indices += own.map { $0 < 0 ? -1 : Int32(part.capacities[Int($0)]) }
      }
    }
    let first = indices.first ?? -1
    let reference: CapacityReference? =
      indices.allSatisfy { $0 == first } ? (first < 0 ? nil : .one(Int(first))) : .byStep(indices)
    return Bound(
      offset: joined(bounds.map { $0?.offset }, missing: 0), capacity: reference,
      factor: joined(bounds.map { $0?.factor }, missing: 0))
  }
}

/// Keeps one copy of series that are equal, whoever made them: thirty weather years have the same demands and prices, each of
/// which would otherwise take the memory of its own.
package struct ProfilePool {
  private var known: [Int: [[Double]]] = [:]

  /// An empty pool.
  package init() {}

  /// The same profile, in the memory of an equal one that is known already.
  package mutating func shared(_ profile: Profile) -> Profile {
    switch profile {
    case .constant: profile
    case .series(let values): .series(shared(values))
    case .part(let part): .part(ProfilePart(steps: part.steps, first: part.first, values: shared(part.values)))
    }
  }

  private mutating func shared(_ values: [Double]) -> [Double] {
    var hasher = Hasher()
    for value in values { hasher.combine(value.bitPattern) }
    let key = hasher.finalize()
    // Bits and not numbers: a minus zero stays one, and what is no number is equal to itself.
    if let one = known[key]?.first(where: {
      $0.count == values.count && zip($0, values).allSatisfy { $0.bitPattern == $1.bitPattern }
    }) {
      return one
    }
    known[key, default: []].append(values)
    return values
  }

  /// Lets all series of a form share their memory with those that are known.
  package mutating func share(_ form: inout LinearForm) {
    for (j, profile) in form.flows { form.flows[j] = shared(profile) }
    for (s, profile) in form.states { form.states[s] = shared(profile) }
  }

  /// Lets all series of a problem share their memory with those that are known.
  package mutating func share(_ problem: inout HourlyProblem) {
    if case .series(let weight) = shared(.series(problem.weight)) { problem.weight = weight }
    for j in problem.flows.indices {
      for i in problem.flows[j].rowTerms.indices { share(&problem.flows[j].rowTerms[i].coefficient) }
      for i in problem.flows[j].stateTerms.indices { share(&problem.flows[j].stateTerms[i].gain) }
      for i in problem.flows[j].upper.indices { share(&problem.flows[j].upper[i]) }
    }
    for s in problem.states.indices {
      share(&problem.states[s].retention)
      share(&problem.states[s].inflow)
      share(&problem.states[s].lower)
      if var upper = problem.states[s].upper {
        share(&upper)
        problem.states[s].upper = upper
      }
      for i in problem.states[s].rowTerms.indices { share(&problem.states[s].rowTerms[i].coefficient) }
    }
    for k in problem.capacities.indices {
      for i in problem.capacities[k].rowTerms.indices { share(&problem.capacities[k].rowTerms[i].coefficient) }
    }
    for r in problem.rows.indices {
      share(&problem.rows[r].lower)
      share(&problem.rows[r].upper)
    }
    for r in problem.yearlyRows.indices { share(&problem.yearlyRows[r].form) }
    share(&problem.objective)
    for (name, sum) in problem.recordedSums {
      var sum = sum
      share(&sum)
      problem.recordedSums[name] = sum
    }
  }

  private mutating func share(_ profile: inout Profile) { profile = shared(profile) }

  private mutating func share(_ bound: inout Bound) {
    bound.offset = shared(bound.offset)
    bound.factor = shared(bound.factor)
  }
}

package import TulouProblem

/// Why an infeasible problem is so: which limits conflict, in which steps, and what change of one alone would do.
///
/// First all the limits given are relaxed at a price in parts of their own size; what carries a multiplier in that
/// solve conflicts. Then, for up to three of those, the least change is sought that alone makes the problem hold.
/// Values only: the words are made by the report.
package struct InfeasibilityAnalysis: Sendable {
  /// A limit in conflict.
  package struct Finding: Sendable {
    /// Index into the limits given.
    package var limit: Int
    /// Change of the limit in the cheapest joint relaxation, by its measure; zero where it only stands in the way.
    package var change: Double
    /// Steps in which it binds; empty for yearly rows and sizes.
    package var steps: [Int]
    /// Share of the conflict that it carries, 0 to 1.
    package var share: Double
  }

  /// How the search for a single change ended.
  package enum Remedy: Sendable, Equatable {
    /// This change of the limit alone makes the problem hold; it is needed in these steps.
    case change(Double, steps: [Int])
    /// No change of this limit alone does.
    case notAlone
    /// The time allowed ran out.
    case gaveUp(seconds: Double)
  }

  /// What was found.
  package struct Result: Sendable {
    /// How the joint relaxation ended: `optimal` where the findings are proven, `infeasible` where even with every
    /// limit given relaxed nothing holds (the conflict lies elsewhere), `limit` where time ran out.
    package var status: Solution.Status
    /// Limits in conflict, the heaviest first.
    package var findings: [Finding] = []
    /// For some of the findings: what a change of that limit alone does, by index of the limit.
    package var remedies: [(limit: Int, remedy: Remedy)] = []
    /// Whether the problem holds after all (the joint relaxation needs no change).
    package var isFeasible = false
  }

  /// Greatest number of single changes that are reported.
  package var remediesWanted = 3
  /// Wall-clock limit of each solve [s].
  package var secondsPerSolve = 60.0
  /// Wall-clock limit of all solves together [s].
  package var secondsTotal = 180.0

  /// An analysis with the limits of time as they stand.
  package init() {}

  /// Looks for the conflict.
  ///
  /// - Parameters:
  ///   - problem: The problem found infeasible; integer marks are dropped.
  ///   - limits: What may be relaxed. Everything else is taken as given.
  ///   - solver: Solves the relaxed problems.
  ///   - options: Threads and cancellation; its time limit is replaced.
  package func result(
    for problem: HourlyProblem, limits: [ElasticLimit], solver: any Solver, options: SolveOptions = SolveOptions()
  ) -> Result {
    let clock = ContinuousClock()
    let begin = clock.now
    var spent: Double { (clock.now - begin) / .seconds(1) }
    var options = options
    options.integers = false
    options.timeLimit = secondsPerSolve

    let elastic = ElasticProblem(problem, relaxing: limits)
    let joint = solver.solve(elastic.problem, options: options)
    var result = Result(status: joint.status)
    guard joint.hasPlan, [.optimal, .feasible, .limit].contains(joint.status) else { return result }
    // The objective counts changes in parts of the limits: below a millionth there is nothing to report.
    if joint.objective < 1e-7 {
      result.isFeasible = true
      return result
    }
    result.findings = findings(joint, elastic, problem, limits)

    var found = 0
    for finding in result.findings where found < remediesWanted {
      if options.isCancelled() { break }
      let left = secondsTotal - spent
      guard left > 0 else {
        result.remedies.append((finding.limit, .gaveUp(seconds: secondsTotal)))
        continue
      }
      options.timeLimit = min(secondsPerSolve, left)
      let remedy = remedy(problem, limits[finding.limit], solver, options)
      result.remedies.append((finding.limit, remedy))
      if case .change = remedy { found += 1 }
    }
    return result
  }

  private func remedy(
    _ problem: HourlyProblem, _ limit: ElasticLimit, _ solver: any Solver, _ options: SolveOptions
  ) -> Remedy {
    let single = ElasticProblem(problem, relaxing: [limit])
    guard let slack = single.slacks.first else { return .notAlone }
    let seconds = options.timeLimit
    let solution = solver.solve(single.problem, options: options)
    switch solution.status {
    case .optimal:
      let steps = steps(solution, slack)
      if let whole = limit.whole, let row = slack.yearlyRow {
        return leastShare(problem, row, whole, from: solution, solver, options).map { .change($0, steps: steps) }
          ?? .gaveUp(seconds: options.timeLimit)
      }
      return .change(change(solution, slack, limit, problem), steps: steps)
    case .infeasible: return .notAlone
    default: return .gaveUp(seconds: seconds)
    }
  }

  /// The least change of a share that makes the problem hold; nil where time ran out.
  ///
  /// Less of the sum beyond the limit is not less of the share: a plan with a greater whole may have more of the one and less of
  /// the other. With the share of the best plan so far, what lies beyond it is minimised, until nothing does.
  ///
  /// - Source: W. Dinkelbach 1967, On nonlinear fractional programming, Management Science 13, 492-498.
  private func leastShare(
    _ problem: HourlyProblem, _ row: Int, _ whole: LinearForm, from first: Solution, _ solver: any Solver,
    _ options: SolveOptions
  ) -> Double? {
    let limit = problem.yearlyRows[row]
    var free = problem
    free.yearlyRows.remove(at: row)
    func share(_ solution: Solution) -> Double? {
      func sum(_ form: LinearForm) -> Double {
        problem.value(
          of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
        ).sum
      }
      let all = sum(whole)
      return all > 0 ? (sum(limit.form) - limit.upper) / all : nil
    }
    var first = first
    first.capacities = Array(first.capacities.prefix(problem.capacities.count))
    guard var best = share(first) else { return nil }
    let clock = ContinuousClock()
    let begin = clock.now
    for _ in 0..<20 {
      var options = options
      options.timeLimit -= (clock.now - begin) / .seconds(1)
      guard options.timeLimit > 0, !options.isCancelled() else { return nil }
      free.objective = limit.form
      free.objective.add(whole, times: -best)
      let solution = solver.solve(free, options: options)
      guard solution.status == .optimal, let next = share(solution) else { return nil }
      guard next < best - 1e-7 * max(abs(best), 1e-3) else { return max(0, min(best, next)) }
      best = next
    }
    return best
  }

  private func findings(
    _ joint: Solution, _ elastic: ElasticProblem, _ problem: HourlyProblem, _ limits: [ElasticLimit]
  ) -> [Finding] {
    var findings: [Finding] = []
    for (i, slack) in elastic.slacks.enumerated() {
      let change = change(joint, slack, limits[i], problem)
      var steps = steps(joint, slack)
      var force = change / slack.scale
      if let multipliers = joint.multipliers {
        if let row = slack.row {
          // A price per part of the limit; below a thousandth of the whole it is noise.
          let prices = multipliers.rows[row].map { abs($0) * slack.scale }
          let total = prices.reduce(0, +)
          steps = prices.indices.filter { prices[$0] > 1e-3 * total && prices[$0] > 1e-9 }
          force = max(force, total)
        } else if let yearly = slack.yearlyRow {
          force = max(force, abs(multipliers.yearly[yearly]) * slack.scale)
        }
      }
      if force > 1e-6 { findings.append(Finding(limit: i, change: change, steps: steps, share: force)) }
    }
    let total = findings.reduce(0) { $0 + $1.share }
    for i in findings.indices { findings[i].share /= total }
    return findings.sorted { ($0.share, $1.limit) > ($1.share, $0.limit) }
  }

  private func change(
    _ solution: Solution, _ slack: ElasticProblem.Slack, _ limit: ElasticLimit, _ problem: HourlyProblem
  ) -> Double {
    if let capacity = slack.capacity { return solution.capacities[capacity] }
    guard let flow = slack.flow else { return 0 }
    return zip(solution.flows[flow], problem.weight).reduce(0) { $0 + $1.0 * $1.1 } * problem.stepHours
  }

  private func steps(_ solution: Solution, _ slack: ElasticProblem.Slack) -> [Int] {
    guard let flow = slack.flow else { return [] }
    let values = solution.flows[flow]
    return values.indices.filter { values[$0] > 1e-7 * slack.scale }
  }
}

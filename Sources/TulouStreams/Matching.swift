package import TulouProblem
import TulouQuantities
package import TulouSolvers

/// Why no match could be found.
package struct MatchFailure: Error, Sendable, Equatable {
  /// One sentence.
  package var message: String
  /// Ids of agreements that cannot hold together, if they are the reason.
  package var conflict: [String]
  /// Whether a limit of time or memory stopped it, rather than a contradiction.
  package var isLimit: Bool
  /// A failure.
  package init(_ message: String, conflict: [String] = [], isLimit: Bool = false) {
    self.message = message
    self.conflict = conflict
    self.isLimit = isLimit
  }
}

/// Finds what to link, and answers questions about it, by one solver.
package struct Matching: Sendable {
  /// What is matched.
  package var park: Park
  /// What is made small.
  package var goal: MatchGoal
  /// Who solves.
  package var solver: any Solver
  /// Limits, gap and progress; integers are asked for here.
  package var options: SolveOptions

  /// A matching.
  package init(_ park: Park, goal: MatchGoal = .money, solver: any Solver, options: SolveOptions = SolveOptions()) {
    self.park = park
    self.goal = goal
    self.solver = solver
    self.options = options
    self.options.integers = true
  }

  /// The best match.
  package func best() throws(MatchFailure) -> MatchPlan {
    let useless = park.links.indices.filter { isWorthless(park.links[$0]) }
    if useless.count == park.links.count, park.reductions.isEmpty, park.agreements.isEmpty { return nothing }
    var problem = MatchProblem(park, goal: goal)
    for a in useless { problem.forbid(a) }
    guard park.links.count > MatchStudy.manyLinks, var highs = solver as? Highs else { return try solve(problem) }
    let equal = EqualBlocks(park)
    if equal.park.blocks.count < park.blocks.count {
      var smaller = self
      smaller.park = equal.park
      return equal.spread(try smaller.best())
    }
    return try bestFromStart(problem, &highs, without: useless)
  }

  /// The best match of a park of many links: a good one first, and the branching from there in the time that is left.
  private func bestFromStart(
    _ problem: MatchProblem, _ highs: inout Highs, without useless: [Int]
  ) throws(MatchFailure) -> MatchPlan {
    let clock = ContinuousClock(), begin = clock.now
    highs.algorithm = .ipx
    var quick = self
    quick.solver = highs
    quick.options.startClock()
    let start = MatchStart(quick, without: useless)
    if let pattern = start.best { highs.start = problem.start(pattern) }
    quick.solver = highs
    var plan = try quick.solve(problem, or: start)
    plan = try bounded(plan, by: max(plan.bound, start.bound))
    plan.seconds = (clock.now - begin) / .seconds(1)
    return plan
  }

  /// A plan with a bound that was proven elsewhere. One that lies above the plan by more than rounding is wrong, or the plan is: both are
  /// told rather than one of them.
  package func bounded(_ plan: MatchPlan, by bound: Double) throws(MatchFailure) -> MatchPlan {
    guard bound - plan.value <= Gap.closed * max(abs(plan.value), abs(apart)) else {
      throw MatchFailure(
        "A match of \(shortNumber(plan.value, digits: 9)) lies below what was proven to be the least, \(shortNumber(bound, digits: 9)): the solver contradicts itself. Please report it."
      )
    }
    var plan = plan
    plan.bound = min(bound, plan.value)
    return plan
  }

  /// The plan of the branching; where its time was over too early, what the start found.
  private func solve(_ problem: MatchProblem, or start: MatchStart) throws(MatchFailure) -> MatchPlan {
    if !isOver || start.plan == nil {
      do throws(MatchFailure) {
        let plan = try solve(problem)
        guard var better = start.plan, better.value < plan.value else { return plan }
        // A branching whose time is over may end above what it started from.
        better.isProven = plan.isProven
        return try bounded(better, by: plan.bound)
      } catch {
        guard error.isLimit, start.plan != nil else { throw error }
      }
    }
    guard var plan = start.plan else { throw contradiction() }
    plan.isProven = false
    plan.bound = -.infinity
    return plan
  }

  /// Whether no match can gain by a link: a unit sent costs at least what it saves, and thins no dirtier water.
  private func isWorthless(_ link: Link) -> Bool {
    let source = park.sources[link.source], sink = park.sinks[link.sink]
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    guard link.efficiency * price.fresh(sink) + price.disposal(source) <= price.transport(link),
      price.money(link.fixed) >= 0, price.money(link.perCapacity) >= 0,
      !park.agreements.contains(where: { $0.covers(link, in: park) })
    else { return false }
    return sink.limits.keys.allSatisfy { name in
      let arriving = source.contents[name, default: 0] * (1 - link.removal[name, default: 0])
      return arriving >= sink.freshContents[name, default: 0]
    }
  }

  /// The match without any link: everything bought and disposed of.
  var nothing: MatchPlan {
    let value = apart
    let none = park.links.map { _ in false }, zero = park.links.map { _ in 0.0 }
    return MatchPlan(
      goal: goal, value: value, bound: value, isProven: true, built: none, sizes: zero,
      trenches: park.trenches.map { _ in false }, measures: park.reductions.map { _ in false },
      flows: park.links.map { _ in park.blocks.map { _ in 0 } },
      fresh: park.sinks.map(\.need), disposed: park.sources.map(\.supply), seconds: 0)
  }

  /// The match without any link as one that is possible, without asking a solver; nil where contracts ask for links, or fresh supply
  /// alone keeps a limit of a sink not.
  var withoutLinks: MatchPlan? {
    guard park.agreements.allSatisfy({ $0.minimum(in: park) <= 0 }),
      park.sinks.allSatisfy({ sink in sink.limits.allSatisfy { sink.freshContents[$0.key, default: 0] <= $0.value } })
    else { return nil }
    var plan = nothing
    plan.isProven = false
    plan.bound = -.infinity
    return plan
  }

  /// Value of the goal when nothing is linked and nothing saved: everything bought and disposed of.
  package var apart: Double {
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    return park.sinks.reduce(0) { $0 + price.fresh($1) * park.yearly($1.need) }
      + park.sources.reduce(0) { $0 + price.disposal($1) * park.yearly($1.supply) }
  }

  /// The `count` best sets of links, best first; each differs from all before in at least `distance` links.
  ///
  /// Where the time is over, those that are proven until then: what is found in a hurry is no next best set.
  package func alternatives(_ count: Int, distance: Int = 1) throws(MatchFailure) -> [MatchPlan] {
    var found: [MatchPlan] = []
    var problem = MatchProblem(park, goal: goal)
    while found.count < count, !isOver {
      guard let plan = try inTime({ () throws(MatchFailure) in try solveIfPossible(problem) }) ?? nil else { break }
      guard plan.isProven else { break }
      found.append(plan)
      problem.cutOff(plan.built, distance: max(1, distance))
    }
    return found
  }

  /// By how much the goal is worse when a link may not be built and all the rest is decided again, for each link that `plan`
  /// builds; nil for the others, infinite where nothing else is possible, and nil from where the time was over.
  package func marginals(_ plan: MatchPlan) throws(MatchFailure) -> [Double?] {
    var values: [Double?] = []
    for a in park.links.indices {
      guard plan.built[a], !isOver else {
        values.append(nil)
        continue
      }
      var problem = MatchProblem(park, goal: goal)
      problem.forbid(a)
      guard let without = try inTime({ () throws(MatchFailure) in try solveIfPossible(problem) }) else {
        values.append(nil)
        continue
      }
      // A match that was found in a hurry says too much of what is lost.
      values.append(without.map { $0.isProven ? max(0, $0.value - plan.value) : nil } ?? Double.infinity)
    }
    return values
  }

  /// What the members of a group gain by links among themselves.
  package func value(ofGroup group: Set<String>) throws(MatchFailure) -> Double {
    var inside = park
    inside.agreements.removeAll { !group.contains($0.giver) || !group.contains($0.taker) }
    var problem = MatchProblem(inside, goal: goal)
    for (a, link) in park.links.enumerated() {
      if !group.contains(park.giver(of: link)) || !group.contains(park.taker(of: link)) { problem.forbid(a) }
    }
    for (m, entry) in park.reductions.enumerated() {
      let owner: String =
        switch entry.lowers {
        case .source(let s): park.sources[s].partner
        case .sink(let d): park.sinks[d].partner
        }
      if !group.contains(owner) { problem.problem.capacities[problem.measure[m]].upper = 0 }
    }
    return apart - (try solve(problem)).value
  }

  // MARK: Solving

  /// Whether the time is over, or whoever asked has had enough.
  var isOver: Bool { options.timeLimit <= 0 || options.isCancelled() }

  /// An answer; nil where a limit stopped it.
  func inTime<Answer>(_ answer: () throws(MatchFailure) -> Answer) throws(MatchFailure) -> Answer? {
    guard !isOver else { return nil }
    do throws(MatchFailure) { return try answer() } catch {
      guard error.isLimit else { throw error }
      return nil
    }
  }

  func solve(_ problem: MatchProblem) throws(MatchFailure) -> MatchPlan {
    guard let plan = try solveIfPossible(problem) else { throw contradiction() }
    return plan
  }

  /// The plan; nil where nothing is possible.
  func solveIfPossible(_ problem: MatchProblem) throws(MatchFailure) -> MatchPlan? {
    let solution = solver.solve(problem.problem, options: options)
    if let plan = problem.read(solution) { return plan }
    switch solution.status {
    case .infeasible: return nil
    case .limit where solution.refused != nil:
      throw MatchFailure("The match takes more memory than there is.", isLimit: true)
    case .limit:
      // The solver knows only what was left of the time.
      throw MatchFailure("The time was over before there was a match; allow more by '--time-limit'.", isLimit: true)
    case .cancelled: throw MatchFailure("The search was stopped before it had a match.", isLimit: true)
    case .optimal, .feasible, .unbounded, .failed:
      throw MatchFailure(solution.message.isEmpty ? "\(solver.name) found no match." : solution.message)
    }
  }
}

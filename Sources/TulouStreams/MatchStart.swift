import TulouProblem
import TulouSolvers

/// A good match for a park of many links: what a branching starts from, and the answer where the time is short.
///
/// A first set takes one link after the other (`GreedyLinks`), others round the linear relaxation, and the best of them is changed by
/// one to three links at a time. Each set of links is a linear problem of its own links alone. Its multipliers rank the
/// changes, and bound what adding a link can gain. Steps are the same on every machine; only the limit of time is not.
struct MatchStart {
  /// Links and measures that are taken.
  struct Pattern: Hashable {
    var built: [Bool]
    var measures: [Bool]
  }

  private let matching: Matching
  /// Solves the problem of a set: small, so that simplex is quicker than interior point and crossover.
  private var quick: any Solver
  private var limits: SolveOptions
  /// Sets that were looked at.
  private var seen: Set<Pattern> = []
  private var trials = 0
  /// Sets that are looked at in all.
  private static let mostTrials = 1200
  /// What of the time the start may take. The bound hardly grows in the second half of a branching, the match does.
  private static let share = 0.5
  /// What the problem without links may take beyond the time [s].
  private static let grace = 10.0

  private(set) var best: Pattern?
  private(set) var value = Double.infinity
  /// The problem of the best set; nil where it was found without a solver.
  private var current: Trial?
  /// The match without links, where there was no time for any other.
  private var nothing: MatchPlan?
  /// Least cost of any match by the linear relaxation.
  private(set) var bound = -Double.infinity

  /// Looks for a match; `best` is nil where none was found.
  init(_ matching: Matching, without useless: [Int]) {
    self.matching = matching
    quick = matching.solver
    if var highs = quick as? Highs {
      highs.algorithm = .choose
      quick = highs
    }
    var limits = matching.options
    limits.integers = false
    if limits.timeLimit.isFinite { limits.timeLimit = Self.share * limits.timeLimit }
    limits.startClock()
    self.limits = limits
    if isOver, let nothing = matching.withoutLinks {
      begin(with: nothing)
      return
    }
    let greedy = GreedyLinks(matching.park, goal: matching.goal, without: useless)
    attempt(Pattern(built: greedy.built, measures: matching.park.reductions.map { _ in false }))
    var relaxed = MatchProblem(matching.park, goal: matching.goal)
    for a in useless { relaxed.forbid(a) }
    let solution = matching.solver.solve(relaxed.problem, options: limits)
    guard solution.hasPlan else {
      // The relaxation takes too long; without links there is a match at least, unless contracts forbid that.
      if best != nil { return }
      if let nothing = matching.withoutLinks {
        begin(with: nothing)
        return
      }
      self.limits = limits.fixed
      self.limits.timeLimit = Self.grace
      self.limits.startClock()
      seen = []
      attempt(
        Pattern(built: relaxed.built.map { _ in false }, measures: relaxed.measure.map { _ in false }))
      return
    }
    bound = solution.bound
    round(relaxed, solution)
    improve(relaxed.built.indices.filter { solution.capacities[relaxed.built[$0]] > 1e-3 })
  }

  /// Takes a plan that needs no solver.
  private mutating func begin(with plan: MatchPlan) {
    best = Pattern(built: plan.built, measures: plan.measures)
    value = plan.value
    nothing = plan
  }

  // MARK: Rounding

  /// Takes all that the relaxation takes to some part at least.
  private mutating func round(_ relaxed: MatchProblem, _ solution: Solution) {
    for part in [0.05, 0.1, 0.2, 0.3, 0.4, 0.5] {
      attempt(
        Pattern(
          built: relaxed.built.map { solution.capacities[$0] > part },
          measures: relaxed.measure.map { solution.capacities[$0] > max(0.5, part) }))
    }
  }

  // MARK: Changes

  /// Changes links until no change that is looked at helps.
  private mutating func improve(_ candidates: [Int]) {
    var before = Double.infinity
    while value < before - 1e-6 * abs(value), !isOver {
      before = value
      exchangeBuilt(candidates)
      exchangeOthers(candidates)
      for m in best?.measures.indices ?? 0..<0 {
        guard var changed = best else { return }
        changed.measures[m].toggle()
        attempt(changed)
      }
    }
  }

  private var isOver: Bool { trials >= Self.mostTrials || limits.timeLimit <= 0 || limits.isCancelled() }

  /// Tries without each link, those first that earn least beyond their cost, and with up to two others in its place.
  private mutating func exchangeBuilt(_ candidates: [Int]) {
    guard let start = current else { return }
    let ranked = start.used.map { (link: $0, rent: rent($0, start)) }.sorted { ($0.rent, $0.link) < ($1.rent, $1.link) }
    for entry in ranked where !isOver {
      guard var changed = best, changed.built[entry.link] else { continue }
      changed.built[entry.link] = false
      guard let without = trial(changed), !take(without) else { continue }
      fill(without, candidates.filter { $0 != entry.link })
    }
  }

  /// Adds up to two links to a set that is worse than the best. What a link gains at the margins is, but for limits of quality, the
  /// most that it can gain, so one that does not make up for what is lost is not looked at.
  private mutating func fill(_ start: Trial, _ candidates: [Int]) {
    let first = gains(candidates, start, above: start.value - value).prefix(3)
    for entry in first where !isOver {
      var changed = start.pattern
      changed.built[entry.link] = true
      guard let one = trial(changed) else { continue }
      if take(one) { return }
      guard let second = gains(candidates, one, above: one.value - value).first else { continue }
      changed.built[second.link] = true
      if attempt(changed) { return }
    }
  }

  /// Tries with each link that looks worth its cost, and without up to two of those that then earn least.
  private mutating func exchangeOthers(_ candidates: [Int]) {
    guard let start = current else { return }
    for entry in gains(candidates, start, above: 0) where !isOver {
      guard var changed = best, !changed.built[entry.link] else { continue }
      changed.built[entry.link] = true
      guard let with = trial(changed), !take(with) else { continue }
      let poorest = with.used.filter { $0 != entry.link }.map { (link: $0, rent: rent($0, with)) }
        .filter { $0.rent < 0 }.sorted { ($0.rent, $0.link) < ($1.rent, $1.link) }.prefix(2)
      for poor in poorest where !isOver {
        changed.built[poor.link] = false
        if attempt(changed) { break }
      }
    }
  }

  /// Links that are not in a set and would gain more than `least` in it by its margins, the best first.
  private func gains(_ candidates: [Int], _ trial: Trial, above least: Double) -> [(link: Int, gain: Double)] {
    candidates.filter { !trial.pattern.built[$0] }.map { (link: $0, gain: gain($0, trial)) }.filter { $0.gain > least }
      .sorted { ($1.gain, $0.link) < ($0.gain, $1.link) }
  }

  /// What a built link earns at the margins beyond what it costs.
  private func rent(_ a: Int, _ trial: Trial) -> Double {
    guard let i = trial.used.firstIndex(of: a) else { return 0 }
    let link = matching.park.links[a]
    let price = MatchPrices(matching.goal, carbonPrice: matching.park.carbonPrice)
    let flows = trial.solution.flows[trial.match.flowOfLink[i]]
    let earned = matching.park.blocks.indices.reduce(0) { $0 + unitGain(link, price, trial, $1) * flows[$1] }
    return earned - price.money(link.fixed)
      - price.money(link.perCapacity) * trial.solution.capacities[trial.match.size[i]]
  }

  /// The most that a link can gain at the margins of a set, at the size that is best for that.
  private func gain(_ a: Int, _ trial: Trial) -> Double {
    let link = matching.park.links[a]
    let price = MatchPrices(matching.goal, carbonPrice: matching.park.carbonPrice)
    let units = matching.park.blocks.indices.map { unitGain(link, price, trial, $0) }
    return SingleLink(link, in: matching.park, price).best(units).gain
  }

  private func unitGain(_ link: Link, _ price: MatchPrices, _ trial: Trial, _ t: Int) -> Double {
    link.efficiency * trial.sinks[link.sink][t] + trial.sources[link.source][t]
      - matching.park.blocks[t] * price.transport(link)
  }

  // MARK: One set

  /// A set with the linear problem of its own links.
  private struct Trial {
    var pattern: Pattern
    var match: MatchProblem
    var solution: Solution
    /// Worth of a unit at each sink and each source, over a whole block [goal].
    var sinks: [[Double]], sources: [[Double]]
    var used: [Int] { pattern.built.indices.filter { pattern.built[$0] } }
    var value: Double { solution.objective }
  }

  /// Looks at a set; nil where nothing is possible with it, or it was looked at before.
  private mutating func trial(_ pattern: Pattern) -> Trial? {
    guard !seen.contains(pattern), !isOver else { return nil }
    trials += 1
    seen.insert(pattern)
    var park = matching.park
    let used = pattern.built.indices.filter { pattern.built[$0] }
    park.links = used.map { matching.park.links[$0] }
    var match = MatchProblem(park, goal: matching.goal)
    match.fix(built: used.map { _ in true })
    match.fix(measures: pattern.measures)
    match.fix(trenches: match.dug)
    let solution = quick.solve(match.problem, options: limits)
    guard solution.hasPlan, solution.status == .optimal, let multipliers = solution.multipliers else { return nil }
    return Trial(
      pattern: pattern, match: match, solution: solution, sinks: match.needRow.map { multipliers.rows[$0] },
      sources: match.supplyRow.map { multipliers.rows[$0] })
  }

  /// Keeps a set that is better than all before; true where it is.
  @discardableResult private mutating func take(_ trial: Trial) -> Bool {
    guard trial.value < value - 1e-9 * abs(value) || best == nil else { return false }
    value = trial.value
    best = trial.pattern
    current = trial
    return true
  }

  /// Looks at a set; true where it is better than all before.
  @discardableResult private mutating func attempt(_ pattern: Pattern) -> Bool {
    guard let trial = trial(pattern) else { return false }
    return take(trial)
  }

  /// The best set with what flows in it, as a match of the whole park.
  var plan: MatchPlan? {
    guard let current, var plan = current.match.read(current.solution) else { return nothing }
    plan.built = current.pattern.built
    plan.flows = plan.built.map { _ in matching.park.blocks.map { _ in 0 } }
    plan.sizes = plan.built.map { _ in 0 }
    for (i, a) in current.used.enumerated() {
      plan.flows[a] = current.solution.flows[current.match.flowOfLink[i]]
      plan.sizes[a] = current.solution.capacities[current.match.size[i]]
    }
    return plan
  }
}

extension MatchProblem {
  /// Trenches that hold a link.
  var dug: [Bool] { park.trenches.map { one in park.links.contains { one.links.contains($0.id) } } }

  /// Digs exactly these trenches.
  mutating func fix(trenches pattern: [Bool]) {
    for (k, isDug) in pattern.enumerated() {
      problem.capacities[trench[k]].lower = isDug ? 1 : 0
      problem.capacities[trench[k]].upper = isDug ? 1 : 0
    }
  }

  /// Totals of all that is built, dug or taken, for a branching to start from.
  func start(_ pattern: MatchStart.Pattern) -> [Int: Double] {
    var start: [Int: Double] = [:]
    for (a, column) in built.enumerated() { start[column] = pattern.built[a] ? 1 : 0 }
    for (m, column) in measure.enumerated() { start[column] = pattern.measures[m] ? 1 : 0 }
    for (k, one) in park.trenches.enumerated() {
      let isDug = park.links.indices.contains { pattern.built[$0] && one.links.contains(park.links[$0].id) }
      start[trench[k]] = isDug ? 1 : 0
    }
    return start
  }
}

import TulouProblem
import TulouSolvers

/// A good match for a park of many links, found by rounding the linear relaxation and by changing one or two links at a time:
/// what a branching starts from.
///
/// Each set of links is a linear problem of its own links alone. Its multipliers rank the changes: a link that earns less than its
/// fixed cost is tried without, a link that would earn more than it costs is tried with, and if it does not pay beside the
/// others, in the place of one of them. Steps are the same on every machine; only the limit of time is not.
struct MatchStart {
  /// Links and measures that are taken.
  struct Pattern: Hashable {
    var built: [Bool]
    var measures: [Bool]
  }

  private let matching: Matching
  private var limits: SolveOptions
  /// Sets that were looked at, with their values; nil: nothing is possible with them.
  private var seen: [Pattern: Double?] = [:]
  private var trials = 0
  /// Sets that are looked at in all.
  private static let mostTrials = 600
  /// What the problem without links may take beyond the time [s].
  private static let grace = 10.0

  private(set) var best: Pattern?
  private(set) var value = Double.infinity
  /// The best set with what flows in it, as a match of the whole park.
  private(set) var plan: MatchPlan?
  /// Least cost of any match by the linear relaxation.
  private(set) var bound = -Double.infinity
  /// Worth of a unit at each sink and each source in the best set, over a whole block [goal].
  private var worth: (sinks: [[Double]], sources: [[Double]]) = ([], [])
  private var flows: [[Double]] = [], sizes: [Double] = []

  /// Looks for a match; `best` is nil where rounding found none.
  init(_ matching: Matching, without useless: [Int]) {
    self.matching = matching
    var limits = matching.options
    limits.integers = false
    if limits.timeLimit.isFinite { limits.timeLimit = 0.25 * limits.timeLimit }
    limits.startClock()
    self.limits = limits
    if isOver, let nothing = matching.withoutLinks {
      begin(with: nothing)
      return
    }
    var relaxed = MatchProblem(matching.park, goal: matching.goal)
    for a in useless { relaxed.forbid(a) }
    let solution = matching.solver.solve(relaxed.problem, options: limits)
    guard solution.hasPlan else {
      // The relaxation takes too long; without links there is a match at least, unless contracts forbid that.
      if let nothing = matching.withoutLinks {
        begin(with: nothing)
        return
      }
      self.limits = limits.fixed
      self.limits.timeLimit = Self.grace
      self.limits.startClock()
      attempt(
        Pattern(built: relaxed.built.map { _ in false }, measures: relaxed.measure.map { _ in false }))
      return
    }
    bound = solution.bound
    round(relaxed, solution)
    guard best != nil else { return }
    improve(relaxed, solution)
  }

  /// Takes a plan that needs no solver.
  private mutating func begin(with plan: MatchPlan) {
    best = Pattern(built: plan.built, measures: plan.measures)
    value = plan.value
    self.plan = plan
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

  private mutating func improve(_ relaxed: MatchProblem, _ solution: Solution) {
    let candidates = relaxed.built.indices.filter { solution.capacities[relaxed.built[$0]] > 1e-3 }
    var before = Double.infinity
    while value < before - 1e-6 * abs(value), !isOver {
      before = value
      dropLinks()
      addLinks(candidates)
      for m in best?.measures.indices ?? 0..<0 {
        guard var changed = best else { return }
        changed.measures[m].toggle()
        attempt(changed)
      }
    }
  }

  private var isOver: Bool { trials >= Self.mostTrials || limits.timeLimit <= 0 || limits.isCancelled() }

  /// Tries without the links that earn least beyond their fixed cost.
  private mutating func dropLinks() {
    guard let start = best else { return }
    let ranked = start.built.indices.filter { start.built[$0] }.map { (link: $0, rent: rent($0)) }
      .sorted { ($0.rent, $0.link) < ($1.rent, $1.link) }
    for entry in ranked.prefix(25) where !isOver {
      guard var changed = best, changed.built[entry.link] else { continue }
      changed.built[entry.link] = false
      attempt(changed)
    }
  }

  /// Tries with links that look worth their cost, and in the place of one that shares an end.
  private mutating func addLinks(_ candidates: [Int]) {
    guard let start = best else { return }
    let ranked = candidates.filter { !start.built[$0] }.map { (link: $0, gain: gain($0)) }.filter { $0.gain > 0 }
      .sorted { ($1.gain, $0.link) < ($0.gain, $1.link) }
    for entry in ranked.prefix(15) where !isOver {
      guard var changed = best, !changed.built[entry.link] else { continue }
      changed.built[entry.link] = true
      if attempt(changed) { continue }
      let link = matching.park.links[entry.link]
      let rivals = changed.built.indices.filter { a in
        let other = matching.park.links[a]
        return a != entry.link && changed.built[a] && (other.source == link.source || other.sink == link.sink)
      }.map { (link: $0, rent: rent($0)) }.sorted { ($0.rent, $0.link) < ($1.rent, $1.link) }
      for rival in rivals.prefix(3) where !isOver {
        var swapped = changed
        swapped.built[rival.link] = false
        if attempt(swapped) { break }
      }
    }
  }

  /// What a built link earns at the margins beyond what it costs.
  private func rent(_ a: Int) -> Double {
    let link = matching.park.links[a]
    let price = MatchPrices(matching.goal, carbonPrice: matching.park.carbonPrice)
    let earned = matching.park.blocks.indices.reduce(0) { $0 + unitGain(link, price, $1) * flows[a][$1] }
    return earned - price.money(link.fixed) - price.money(link.perCapacity) * sizes[a]
  }

  /// What a link would earn at most at today's margins.
  private func gain(_ a: Int) -> Double {
    let link = matching.park.links[a]
    let price = MatchPrices(matching.goal, carbonPrice: matching.park.carbonPrice)
    let source = matching.park.sources[link.source], sink = matching.park.sinks[link.sink]
    var earned = 0.0, size = 0.0
    for t in matching.park.blocks.indices {
      let unit = unitGain(link, price, t)
      guard unit > 0 else { continue }
      let most = min(source.supply[t], sink.need[t] / link.efficiency, link.largest)
      earned += unit * most
      size = max(size, most)
    }
    return earned - price.money(link.fixed) - price.money(link.perCapacity) * size
  }

  private func unitGain(_ link: Link, _ price: MatchPrices, _ t: Int) -> Double {
    link.efficiency * worth.sinks[link.sink][t] + worth.sources[link.source][t]
      - matching.park.blocks[t] * price.transport(link)
  }

  // MARK: One set

  /// Looks at a set; true where it is better than all before.
  @discardableResult private mutating func attempt(_ pattern: Pattern) -> Bool {
    guard seen[pattern] == nil, !isOver else { return false }
    trials += 1
    var park = matching.park
    let used = pattern.built.indices.filter { pattern.built[$0] }
    park.links = used.map { matching.park.links[$0] }
    var match = MatchProblem(park, goal: matching.goal)
    match.fix(built: used.map { _ in true })
    match.fix(measures: pattern.measures)
    match.fix(trenches: match.dug)
    let solution = matching.solver.solve(match.problem, options: limits)
    guard solution.hasPlan, solution.status == .optimal, let multipliers = solution.multipliers else {
      seen[pattern] = .some(nil)
      return false
    }
    seen[pattern] = solution.objective
    guard solution.objective < value - 1e-9 * abs(value) || best == nil else { return false }
    value = solution.objective
    best = pattern
    worth = (match.needRow.map { multipliers.rows[$0] }, match.supplyRow.map { multipliers.rows[$0] })
    flows = pattern.built.map { _ in park.blocks.map { _ in 0 } }
    sizes = pattern.built.map { _ in 0 }
    for (i, a) in used.enumerated() {
      flows[a] = solution.flows[match.flowOfLink[i]]
      sizes[a] = solution.capacities[match.size[i]]
    }
    plan = match.read(solution)
    plan?.built = pattern.built
    plan?.flows = flows
    plan?.sizes = sizes
    return true
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

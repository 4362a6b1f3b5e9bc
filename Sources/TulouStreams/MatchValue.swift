import TulouProblem

/// What one link of a plan does, in money, CO2 and waste, and the prices between which both sides gain.
///
/// The accounting value takes the link's own terms of the objective; those of all links less trenches and measures add up to the
/// value of the plan. The marginal value (`Matching.marginals`) is what would be lost without the link, all else decided again;
/// the two are never mixed.
package struct MatchValue: Sendable, Equatable {
  /// Sent in a year [kWh or t], and what arrives.
  package var sent: Double, delivered: Double
  /// Purchase that is avoided [money/y].
  package var avoidedPurchase: Double
  /// Disposal that is avoided [money/y]; below 0 where the source was paid.
  package var avoidedDisposal: Double
  /// What carrying and treating costs [money/y].
  package var transport: Double
  /// What the link itself costs [money/y].
  package var investment: Double
  /// CO2 avoided [kg/y].
  package var emission: Double
  /// Energy from outside avoided [kWh/y].
  package var outsideEnergy: Double
  /// Waste that is not disposed of [kWh/y or t/y].
  package var waste: Double
  /// What the price of CO2 makes of `emission` [money/y].
  package var carbon: Double
  /// Least price at which the giver does not lose, by unit sent [money/kWh or money/t].
  package var lowestPrice: Double
  /// Greatest price at which the taker does not lose, all costs of the link his [money/kWh or money/t].
  package var highestPrice: Double

  /// Accounting value [money/y].
  package var accounting: Double { avoidedPurchase + avoidedDisposal - transport - investment + carbon }
  /// The middle of the band [money/kWh or money/t]; nil where there is none, or nothing flows.
  package var proposedPrice: Double? {
    sent > 0 && highestPrice >= lowestPrice ? (lowestPrice + highestPrice) / 2 : nil
  }

  /// What link `a` does in `plan`.
  package init(_ park: Park, link a: Int, in plan: MatchPlan) {
    let link = park.links[a], source = park.sources[link.source], sink = park.sinks[link.sink]
    sent = park.yearly(plan.flows[a])
    delivered = link.efficiency * sent
    avoidedPurchase = sink.price * delivered
    avoidedDisposal = source.disposal * sent
    transport = link.transport * sent
    investment = plan.built[a] ? link.fixed + link.perCapacity * plan.sizes[a] : 0
    emission = sink.emission * delivered + source.disposalEmission * sent - link.emission * sent
    outsideEnergy = sink.outsideEnergy * delivered - link.outsideEnergy * sent
    waste = sent
    carbon = park.carbonPrice * emission
    lowestPrice = -source.disposal
    highestPrice = sent > 0 ? (avoidedPurchase - transport - investment) / sent : sink.price * link.efficiency
  }
}

/// Reducing first: what measures do alone, together with links, and before them.
package struct ReductionOrder: Sendable, Equatable {
  /// Measures only.
  package var measuresOnly: MatchPlan
  /// Measures and links decided together.
  package var together: MatchPlan
  /// Measures of `measuresOnly` fixed, then links.
  package var reductionFirst: MatchPlan
  /// What putting reduction first costs a year [unit of the goal].
  package var price: Double { reductionFirst.value - together.value }
  /// Contracts whose source falls below their least amounts once it saves.
  package var lockedIn: [LockIn]

  /// A source that cannot save and keep its contracts.
  package struct LockIn: Sendable, Equatable {
    /// Id of the source.
    package var source: String
    /// Ids of links and agreements with a least amount.
    package var contracts: [String]
    /// By how much the least amounts exceed what is left [kWh/y or t/y].
    package var missing: Double
  }
}

extension Matching {
  /// The three plans of reducing first; nil where the park has no measures.
  package func reductionOrder(_ together: MatchPlan) throws(MatchFailure) -> ReductionOrder? {
    guard !park.reductions.isEmpty else { return nil }
    // Without links no agreement can be kept, and none is asked for.
    var unbound = park
    unbound.agreements = []
    var alone = MatchProblem(unbound, goal: goal)
    for a in park.links.indices { alone.forbid(a) }
    let measuresOnly = try solve(alone)
    var then = MatchProblem(park, goal: goal)
    then.fix(measures: measuresOnly.measures)
    // What cannot be kept after saving is a lock-in; the plan then does without it.
    var locked: [ReductionOrder.LockIn] = []
    for (s, source) in park.sources.enumerated() {
      let saved = zip(park.reductions, measuresOnly.measures).filter { $0.1 && $0.0.lowers == .source(s) }
        .reduce(0) { $0 + $1.0.measure.saves }
      let contracts = park.links.indices.filter { park.links[$0].source == s && together.built[$0] }
        .map { (id: park.links[$0].id, least: park.links[$0].minimum) }
      let agreed = park.agreements.filter { $0.streams.contains(source.id) && $0.giver == source.partner }
        .map { (id: $0.id, least: $0.minimum(in: park)) }
      let binding = (contracts + agreed).filter { $0.least > 0 }
      let missing = binding.reduce(0) { $0 + $1.least } - park.yearly(source.supply) * (1 - saved)
      if saved > 0, missing > 0 {
        locked.append(ReductionOrder.LockIn(source: source.id, contracts: binding.map(\.id), missing: missing))
        then.waive(agreements: Set(binding.map(\.id)))
      }
    }
    return ReductionOrder(
      measuresOnly: measuresOnly, together: together, reductionFirst: try solve(then), lockedIn: locked)
  }

  /// The trade-off between two goals: the best of the second for each of `points` limits on the first, ends included; points that
  /// the time leaves out are missing.
  package func front(_ first: MatchGoal, _ second: MatchGoal, points: Int) throws(MatchFailure) -> [FrontPoint] {
    let ends = try inTime { () throws(MatchFailure) in
      (try solve(MatchProblem(park, goal: first)), try solve(MatchProblem(park, goal: second)))
    }
    guard let (one, two) = ends else { return [] }
    let low = value(of: one, in: first), high = value(of: two, in: first)
    let form = MatchProblem(park, goal: first).problem.objective
    var found: [FrontPoint] = []
    let count = max(2, points)
    for i in 0..<count {
      let limit = low + (high - low) * Double(i) / Double(count - 1)
      var problem = MatchProblem(park, goal: second)
      // A hair of room: the end itself is known to the solver's tolerance only.
      problem.problem.yearlyRows.append(
        YearlyRow(Label("front", .limit, part: .front), form, upper: limit + 1e-7 * max(1, abs(low), abs(high))))
      let limited = problem
      guard let plan = try inTime({ () throws(MatchFailure) in try solveIfPossible(limited) }) ?? nil, plan.isProven
      else { continue }
      found.append(FrontPoint(plan: plan, first: value(of: plan, in: first), second: plan.value))
    }
    return found
  }

  /// Value of any goal for a plan.
  package func value(of plan: MatchPlan, in goal: MatchGoal) -> Double {
    let price = MatchPrices(goal, carbonPrice: park.carbonPrice)
    var value = 0.0
    for (a, link) in park.links.enumerated() {
      value += price.transport(link) * park.yearly(plan.flows[a])
      if plan.built[a] { value += price.money(link.fixed + link.perCapacity * plan.sizes[a]) }
    }
    for (d, sink) in park.sinks.enumerated() { value += price.fresh(sink) * park.yearly(plan.fresh[d]) }
    for (s, source) in park.sources.enumerated() { value += price.disposal(source) * park.yearly(plan.disposed[s]) }
    for (k, trench) in park.trenches.enumerated() where plan.trenches[k] { value += price.money(trench.fixed) }
    for (m, entry) in park.reductions.enumerated() where plan.measures[m] {
      value += price.yearly(entry.measure, lowers: entry.lowers, in: park)
    }
    return value
  }
}

/// A point of a trade-off between two goals.
package struct FrontPoint: Sendable {
  /// What is built there.
  package var plan: MatchPlan
  /// Value of the first goal, and of the second.
  package var first: Double, second: Double
}

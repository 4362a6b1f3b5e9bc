import TulouQuantities

/// By what sites are ranked (R10).
package enum SiteCriterion: String, Sendable, CaseIterable {
  /// How far off a place is: a cluster of its own is worth most where the grid is far and weak.
  case isolation
  /// What nature gives.
  case resources
  /// What a place is as a work of people, which a cluster keeps alive.
  case culture
}

/// A site with what its scores are made of.
package struct SiteScore: Sendable, Equatable {
  /// One part of a score.
  package struct Part: Sendable, Equatable {
    /// What it belongs to.
    package var criterion: SiteCriterion
    /// What it is, e.g. `wind`.
    package var name: String
    /// What was answered, in words.
    package var answer: String
    /// From 0 to 1 on a stated scale.
    package var score: Double
    /// The scale, in words: `4 m/s is 0, 9 m/s is 1`.
    package var scale: String
    /// A part whose answer lies on a scale from `zero` to `one`.
    package init(
      _ criterion: SiteCriterion, _ name: String, _ value: Double, answer: String, zero: Double, one: Double,
      unit: String
    ) {
      self.criterion = criterion
      self.name = name
      self.answer = answer
      score = min(1, max(0, (value - zero) / (one - zero)))
      scale = "\(shortNumber(zero)) \(unit) is 0, \(shortNumber(one)) \(unit) is 1"
    }
  }

  /// Name of the site.
  package var name: String
  /// Its parts.
  package var parts: [Part]
  /// A site.
  package init(name: String, parts: [Part]) {
    self.name = name
    self.parts = parts
  }

  /// How many of the best parts make the score of resources: a place needs no tide to be rich in water.
  package static let resourcesCounted = 3

  /// Parts that make the score of a criterion: all, but of resources the best three.
  package func counted(_ criterion: SiteCriterion) -> [Part] {
    let own = parts.filter { $0.criterion == criterion }
    guard criterion == .resources else { return own }
    return Array(own.sorted { $0.score > $1.score }.prefix(Self.resourcesCounted))
  }

  /// Score of a criterion: the mean of the parts that count; zero where nothing is known.
  package func score(_ criterion: SiteCriterion) -> Double {
    let own = counted(criterion)
    let count = criterion == .resources ? Self.resourcesCounted : own.count
    return count > 0 ? own.reduce(0) { $0 + $1.score } / Double(count) : 0
  }
}

/// Sites ranked by the weighted sum of their scores, and how far that hangs on the weights.
package struct SiteRanking: Sendable, Equatable {
  /// Sites in the order in which they were given.
  package var sites: [SiteScore]
  /// Weights in the order of the criteria; they sum to one.
  package var weights: [Double]
  /// Score of each site.
  package var totals: [Double]
  /// Sites by falling score; equal scores by name.
  package var order: [Int]
  /// Part of all weightings for which each site is first, and its best and worst rank among them.
  package var firstShare: [Double], bestRank: [Int], worstRank: [Int]
  /// For each criterion the weights nearest to its own, below and above, at which another site becomes first (the others in
  /// proportion); nil: none does.
  package var lowerSwitch: [Double?], upperSwitch: [Double?]

  /// Weightings that are drawn.
  package static let draws = 10_000

  /// A ranking; weights are scaled to a sum of one. Needs one site or more.
  package init(_ sites: [SiteScore], weights given: [Double], seed: UInt64) {
    self.sites = sites
    let sum = given.reduce(0, +)
    let weights = sum > 0 ? given.map { $0 / sum } : given.map { _ in 1 / Double(given.count) }
    self.weights = weights
    let scores = sites.map { site in SiteCriterion.allCases.map(site.score) }
    func total(_ site: Int, _ weights: [Double]) -> Double {
      zip(scores[site], weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func ranked(_ weights: [Double]) -> [Int] {
      let sums = sites.indices.map { total($0, weights) }
      return sites.indices.sorted { sums[$0] == sums[$1] ? sites[$0].name < sites[$1].name : sums[$0] > sums[$1] }
    }
    totals = sites.indices.map { total($0, weights) }
    order = ranked(weights)
    var first = [Int](repeating: 0, count: sites.count)
    var best = [Int](repeating: sites.count, count: sites.count), worst = [Int](repeating: 1, count: sites.count)
    var generator = SeededRandom(seed: seed)
    for _ in 0..<Self.draws {
      // Even over all weightings: gaps between sorted uniform numbers.
      let cuts = [generator.uniform(), generator.uniform()].sorted()
      let drawn = ranked([cuts[0], cuts[1] - cuts[0], 1 - cuts[1]])
      if let leader = drawn.first { first[leader] += 1 }
      for (rank, site) in drawn.enumerated() {
        best[site] = min(best[site], rank + 1)
        worst[site] = max(worst[site], rank + 1)
      }
    }
    firstShare = first.map { Double($0) / Double(Self.draws) }
    bestRank = best
    worstRank = worst
    lowerSwitch = []
    upperSwitch = []
    for criterion in weights.indices {
      var lower: Double?, upper: Double?
      let rest = 1 - weights[criterion]
      if let leader = order.first {
        for other in sites.indices where other != leader {
          // Totals are linear in the weight of one criterion, the others in proportion.
          func lines(_ site: Int) -> (at0: Double, at1: Double) {
            let others = weights.indices.filter { $0 != criterion }
            let share = { (k: Int) in rest > 0 ? weights[k] / rest : 1 / Double(others.count) }
            return (others.reduce(0) { $0 + scores[site][$1] * share($1) }, scores[site][criterion])
          }
          let a = lines(leader), b = lines(other)
          let slope = (a.at1 - a.at0) - (b.at1 - b.at0)
          guard abs(slope) > 1e-12 else { continue }
          let cross = (b.at0 - a.at0) / slope
          guard cross >= 0, cross <= 1 else { continue }
          if cross < weights[criterion] { lower = max(lower ?? 0, cross) }
          if cross > weights[criterion] { upper = min(upper ?? 1, cross) }
        }
      }
      lowerSwitch.append(lower)
      upperSwitch.append(upper)
    }
  }
}

/// What a site's own plan comes to, beside its scores.
package struct SitePlan: Sendable, Equatable {
  /// Name of the site.
  package var name: String
  /// Indicators by key; those that it has not are left out.
  package var values: [String: Double]
  /// Currency of its money.
  package var currency: String
  /// Why there is no plan; empty where there is one.
  package var reason: String
  /// A plan.
  package init(name: String, values: [String: Double], currency: String, reason: String) {
    self.name = name
    self.values = values
    self.currency = currency
    self.reason = reason
  }
}

/// What happens to shares as members enter one after the other.
///
/// At each step the members that are there play the game among themselves. Whoever was there before may lose by an entry, for
/// rules such as Shapley's give to newcomers what scarcity gave to others; the entry fee is what makes up for that, to each who
/// loses what it loses. Entrants can bear it where they still gain.
package struct EntryPath: Sendable, Equatable {
  /// One step: who is there afterwards, and what each gets.
  package struct Step: Sendable, Equatable {
    /// Who is there, as a bit mask of the whole game.
    package var group: Int
    /// Who enters; nobody at the start.
    package var entrants: Int
    /// Value of the group.
    package var value: Double
    /// Share of each member of the whole game; zero where it is not there. nil: the rule has no answer.
    package var shares: [Double]?
    /// What each of those who were there gains by the entry, before fees; zero of others.
    package var changes: [Double]
    /// What entrants pay to those who lose.
    package var fee: Double
    /// What entrants keep after it.
    package var kept: Double
    /// Least surplus of a group at the most stable shares; below zero the core is empty.
    package var coreSurplus: Double
    /// Worst group by the rule's shares, and how much it falls short; zero: none gains by leaving.
    package var shortfall: Double

    /// Whether some shares keep every group from leaving.
    package func isStable(scale: Double) -> Bool { coreSurplus >= -1e-9 * scale }
    /// Whether the entry leaves nobody worse off, the fee paid.
    package func isWhole(scale: Double) -> Bool { kept >= -1e-9 * scale }
  }

  /// The steps, the start first.
  package var steps: [Step]

  /// The path of some groups of a game, each with those before and more.
  ///
  /// - Parameters:
  ///   - game: Values of all groups.
  ///   - groups: Who is there at each step; the first is the start.
  ///   - rule: Shares of a game, nil where the rule has none.
  package init(_ game: Game, groups: [Int], rule: (Game) -> [Double]?) {
    self.init(groups.map { _ in game }, groups: groups, rule: rule)
  }

  /// The path where each step has a game of its own, for what was built before stands.
  ///
  /// - Parameters:
  ///   - games: Values of all groups at each step, all of the same members.
  ///   - groups: Who is there at each step; the first is the start.
  ///   - rule: Shares of a game, nil where the rule has none.
  package init(_ games: [Game], groups: [Int], rule: (Game) -> [Double]?) {
    steps = []
    for (game, group) in zip(games, groups) {
      let before = steps.last
      let own = game.restricted(to: group)
      let members = game.members.indices.filter { group >> $0 & 1 == 1 }
      var shares: [Double]?
      if let own, let found = own.count == 1 ? [own.total] : rule(own) {
        var all = [Double](repeating: 0, count: game.count)
        for (place, member) in members.enumerated() { all[member] = found[place] }
        shares = all
      }
      var step = Step(
        group: group, entrants: before.map { group & ~$0.group } ?? 0, value: game.values[group], shares: shares,
        changes: [Double](repeating: 0, count: game.count), fee: 0, kept: 0, coreSurplus: 0, shortfall: 0)
      if let own {
        step.coreSurplus = own.count > 1 ? LeastCore(own)?.surplus ?? -.infinity : 0
        if let shares { step.shortfall = max(0, Stability(own, members.map { shares[$0] }).shortfall) }
      }
      if let shares, let earlier = before?.shares, let before {
        for member in members where before.group >> member & 1 == 1 {
          step.changes[member] = shares[member] - earlier[member]
          step.fee += max(0, earlier[member] - shares[member])
        }
        step.kept = members.filter { step.entrants >> $0 & 1 == 1 }.reduce(0) { $0 + shares[$1] } - step.fee
      }
      steps.append(step)
    }
  }
}

extension Game {
  /// The game among the members of a group; nil for nobody.
  package func restricted(to group: Int) -> Game? {
    let own = members.indices.filter { group >> $0 & 1 == 1 }
    guard !own.isEmpty else { return nil }
    let values = (0..<1 << own.count).map { mask in
      self.values[own.indices.reduce(0) { mask >> $1 & 1 == 1 ? $0 | 1 << own[$1] : $0 }]
    }
    return Game(members: own.map { members[$0] }, values: values)
  }
}

/// Orders in which members can enter one by one so that at every step some shares keep everybody, and nobody has to lose.
///
/// An entry of i to S is sound where v(S + i) >= v(S) (a fee can keep all whole) and the core of the game on S + i is not empty.
package struct EntryOrders: Sendable, Equatable {
  /// How many orders there are in all.
  package var all: Double
  /// How many are sound at every step.
  package var sound: Double
  /// The sound order that is worth most over the entry times, as members by the bits of the game; nil: there is none.
  package var best: [Int]?
  /// What it is worth: sum of value times worth of the time until the next entry.
  package var bestWorth: Double
  /// Entries that are not sound, whoever else is there already: members that no order can take in.
  package var never: [Int]

  /// Orders of the members outside `start`.
  ///
  /// - Parameters:
  ///   - game: Values of all groups.
  ///   - start: Who is there from the start.
  ///   - worths: What a value is worth from the k-th entry until the next, one an entrant; shorter: the last holds.
  package init(_ game: Game, start: Int, worths: [Double]) {
    let entrants = game.members.indices.filter { start >> $0 & 1 == 0 }
    let count = entrants.count
    let slack = 1e-9 * game.scale
    func group(_ mask: Int) -> Int {
      entrants.indices.reduce(start) { mask >> $1 & 1 == 1 ? $0 | 1 << entrants[$1] : $0 }
    }
    var counts = [Double](repeating: 0, count: 1 << count)
    var worth = [Double](repeating: -.infinity, count: 1 << count)
    var last = [Int](repeating: -1, count: 1 << count)
    counts[0] = 1
    worth[0] = 0
    var taken = Set<Int>()
    for mask in 1..<max(1 << count, 2) where mask < 1 << count {
      let now = group(mask)
      guard now.nonzeroBitCount == 1 || game.restricted(to: now).flatMap(LeastCore.init)?.coreIsEmpty == false else {
        continue
      }
      let size = mask.nonzeroBitCount
      let factor = worths.isEmpty ? 1 : worths[min(size - 1, worths.count - 1)]
      for place in entrants.indices where mask >> place & 1 == 1 {
        let before = mask & ~(1 << place)
        guard game.values[now] >= game.values[group(before)] - slack else { continue }
        taken.insert(entrants[place])
        guard counts[before] > 0 else { continue }
        counts[mask] += counts[before]
        let total = worth[before] + game.values[now] * factor
        if total > worth[mask] {
          worth[mask] = total
          last[mask] = place
        }
      }
    }
    all = (0..<count).reduce(1) { $0 * Double($1 + 1) }
    let full = (1 << count) - 1
    sound = counts[full]
    bestWorth = sound > 0 ? worth[full] : 0
    never = entrants.filter { !taken.contains($0) }
    best = nil
    guard sound > 0 else { return }
    var order: [Int] = []
    var mask = full
    while mask > 0, last[mask] >= 0 {
      order.append(entrants[last[mask]])
      mask &= ~(1 << last[mask])
    }
    best = order.reversed()
  }
}

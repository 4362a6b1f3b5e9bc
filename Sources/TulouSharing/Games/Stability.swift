/// Whether a group would gain by leaving: every group is asked.
package struct Stability: Sendable, Equatable {
  /// The group with the least x(S) - v(S), as a mask; nil for a single member.
  package var worstGroup: Int?
  /// What that group lacks to be as well off as by itself; zero where none gains by leaving.
  package var shortfall: Double
  /// Least x(S) - v(S) over proper groups, with its sign.
  package var leastSurplus: Double
  /// Groups that would gain by leaving.
  package var leavingGroups: Int
  /// Members with less than alone, by index.
  package var belowAlone: [Int]

  /// Tests an allocation on all 2^n - 2 proper groups; differences below `tolerance` parts of the largest value are none.
  package init(_ game: Game, _ allocation: [Double], tolerance: Double = 1e-9) {
    let slack = tolerance * game.scale
    let sums = GroupSums.of(allocation)
    var worst = Double.infinity
    var group: Int?
    var leaving = 0
    for candidate in 1..<max(game.everybody, 1) {
      let surplus = sums[candidate] - game.values[candidate]
      if surplus < -slack { leaving += 1 }
      if surplus < worst {
        worst = surplus
        group = candidate
      }
    }
    worstGroup = group
    leastSurplus = group == nil ? 0 : worst
    shortfall = group != nil && worst < -slack ? -worst : 0
    leavingGroups = leaving
    belowAlone = (0..<game.count).filter { allocation[$0] < game.alone($0) - slack }
  }

  /// Whether no group gains by leaving.
  package var isStable: Bool { leavingGroups == 0 }
}

/// Shares by a key of a statute, and how even shares are.
package enum Statute {
  /// The total in proportion to `key` (energy, peak, investment, or numbers of the members' own); nil where the key sums to zero,
  /// or has a negative entry.
  package static func proportional(_ total: Double, key: [Double]) -> [Double]? {
    let sum = key.reduce(0, +)
    guard sum > 0, key.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    return key.map { total * $0 / sum }
  }

  /// The total in equal parts.
  package static func equal(_ total: Double, count: Int) -> [Double] {
    [Double](repeating: total / Double(max(count, 1)), count: count)
  }

  /// Gini's coefficient of amounts that are not negative: zero where all are equal, towards one where one has all. Nil where an
  /// amount is negative or all are zero.
  package static func gini(_ amounts: [Double]) -> Double? {
    let sum = amounts.reduce(0, +)
    guard sum > 0, amounts.allSatisfy({ $0 >= 0 }) else { return nil }
    let sorted = amounts.sorted()
    let weighted = sorted.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    let count = Double(amounts.count)
    return 2 * weighted / (count * sum) - (count + 1) / count
  }
}

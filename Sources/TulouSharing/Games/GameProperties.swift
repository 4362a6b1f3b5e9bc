/// What a game's values say about how members get on together.
package struct GameProperties: Sendable, Equatable {
  /// Two groups without a common member are worth at least as much together as apart.
  package var superadditive: Bool
  /// A member brings the more the larger the group is that it joins; the Shapley value then lies in the core.
  package var convex: Bool
  /// Nobody's presence lowers a value.
  package var monotone: Bool

  /// Tests a game with `tolerance` in parts of its largest value.
  package init(_ game: Game, tolerance: Double = 1e-12) {
    let slack = tolerance * game.scale
    monotone = Self.isMonotone(game, slack)
    convex = Self.isConvex(game, slack)
    superadditive = Self.isSuperadditive(game, slack)
  }

  private static func isMonotone(_ game: Game, _ slack: Double) -> Bool {
    let values = game.values
    for group in values.indices {
      for member in 0..<game.count where group >> member & 1 == 0 {
        if values[group | 1 << member] < values[group] - slack { return false }
      }
    }
    return true
  }

  /// v(S + i + j) - v(S + j) >= v(S + i) - v(S) for all pairs: enough for all groups.
  private static func isConvex(_ game: Game, _ slack: Double) -> Bool {
    let values = game.values
    for group in values.indices {
      for first in 0..<game.count where group >> first & 1 == 0 {
        for second in (first + 1)..<max(game.count, first + 1) where group >> second & 1 == 0 {
          let one = 1 << first
          let other = 1 << second
          if values[group | one | other] + values[group] < values[group | one] + values[group | other] - slack {
            return false
          }
        }
      }
    }
    return true
  }

  private static func isSuperadditive(_ game: Game, _ slack: Double) -> Bool {
    let values = game.values
    for group in values.indices {
      // Every split once: the part that holds the lowest member.
      let lowest = group & -group
      var part = group
      while part > 0 {
        if part & lowest != 0, part != group, values[part] + values[group ^ part] > values[group] + slack {
          return false
        }
        part = (part - 1) & group
      }
    }
    return true
  }
}

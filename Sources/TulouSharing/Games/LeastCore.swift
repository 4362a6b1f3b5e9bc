/// How stable shares can be at best, and the evenest shares that are so stable.
package struct LeastCore: Sendable, Equatable {
  /// Largest possible value of the least surplus x(S) - v(S) over proper groups. Below zero: the core is empty, and -`surplus` is
  /// what each group would have to be paid to stay.
  package var surplus: Double
  /// Whether no allocation keeps every group from leaving.
  package var coreIsEmpty: Bool

  /// The least core of a game; nil for one member (there is no group to leave) and where the arithmetic failed.
  package init?(_ game: Game) {
    guard game.count > 1, let solution = LevelState(game).program(atLeastAlone: []).solve() else { return nil }
    surplus = solution.level
    coreIsEmpty = solution.level < -1e-9 * game.scale
  }

  /// The allocation of least variance among those of the least core. Unique.
  package static func evenest(_ game: Game) -> [Double]? {
    guard game.count > 1 else { return [game.total] }
    var state = LevelState(game)
    guard let solution = state.program(atLeastAlone: []).solve() else { return nil }
    state.fix(solution)
    return LeastVariance(game: game, state: state, surplus: solution.level).solve()
  }

  /// The allocation of least variance among those of the core, or of the least core where the core is empty. Unique.
  package static func evenestOfCore(_ game: Game) -> [Double]? {
    guard let core = LeastCore(game) else { return game.count == 1 ? [game.total] : nil }
    guard core.surplus > 1e-9 * game.scale else { return evenest(game) }
    return LeastVariance(game: game, state: LevelState(game), surplus: 0).solve()
  }
}

/// Least sum of squared distances from equal shares, under x(S) >= v(S) + surplus: a dual active-set method (Goldfarb, Idnani 1983)
/// that takes up the group with the worst breach, so only few of the 2^n rows are ever written down.
struct LeastVariance {
  let game: Game
  let state: LevelState
  let surplus: Double

  func solve() -> [Double]? {
    let slack = 1e-12 * game.scale
    // Equal shares projected on the equations.
    let equal = game.total / Double(game.count)
    var point = state.allocation
    for direction in state.directions {
      let product = zip(direction, state.allocation).reduce(0) { $0 + $1.0 * (equal - $1.1) }
      for index in point.indices { point[index] += product * direction[index] }
    }
    var active = ActiveSet()
    for _ in 0..<10_000 {
      let sums = GroupSums.of(point)
      var entering: Int?
      var worst = -slack
      for group in state.open.indices where state.open[group] && !active.ids.contains(group) {
        let own = sums[group] - game.values[group] - surplus
        if own < worst {
          worst = own
          entering = group
        }
      }
      guard let entering else { return point }
      guard active.take(entering, gradient(entering), breach: worst, moving: &point) else {
        // No move is left: the rows contradict each other by rounding only.
        return worst > -1e-9 * game.scale ? point : nil
      }
    }
    return nil
  }

  /// Gradient of a group's row within the directions that the equations leave.
  private func gradient(_ group: Int) -> [Double] {
    var row = [Double](repeating: 0, count: game.count)
    for direction in state.directions {
      let amount = direction.indices.reduce(0) { group >> $1 & 1 == 1 ? $0 + direction[$1] : $0 }
      for index in row.indices { row[index] += amount * direction[index] }
    }
    return row
  }
}

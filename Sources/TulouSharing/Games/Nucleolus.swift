import TulouQuantities

/// The nucleolus: the allocation whose least satisfied groups are as satisfied as can be, then the next, and so on.
///
/// A sequence of linear programs (Maschler, Peleg, Shapley 1979): each raises the least surplus x(S) - v(S) of the groups that are
/// open, fixes the groups that are tight in every best allocation, and closes all that the fixed ones determine, until one allocation
/// is left. The *prenucleolus* asks only that shares sum to the total, the *nucleolus* also that nobody gets less than alone.
package struct Nucleolus: Sendable, Equatable {
  /// Share of each member.
  package var allocation: [Double]
  /// Least surplus of each level, rising.
  package var levels: [Double]

  /// The nucleolus: nil where members alone are worth more than all together, so that no allocation gives each its own value,
  /// and nil where the arithmetic failed (never seen on the tests' games).
  package init?(_ game: Game) {
    guard game.hasImputations, let made = Self.sequence(game, atLeastAlone: Array(0..<game.count)) else { return nil }
    self = made
  }

  /// The prenucleolus; nil only where the arithmetic failed.
  package static func pre(_ game: Game) -> Nucleolus? { sequence(game, atLeastAlone: []) }

  private init(allocation: [Double], levels: [Double]) {
    self.allocation = allocation
    self.levels = levels
  }

  private static func sequence(_ game: Game, atLeastAlone: [Int]) -> Nucleolus? {
    var state = LevelState(game)
    var levels: [Double] = []
    while state.directions.count > 0 {
      let bound = atLeastAlone.filter { state.open[1 << $0] }
      guard let solution = state.program(atLeastAlone: bound).solve() else { return nil }
      levels.append(solution.level)
      let rank = state.equalities.rank
      state.fix(solution)
      guard state.equalities.rank > rank else { return nil }
    }
    return Nucleolus(allocation: state.allocation, levels: levels)
  }
}

/// What earlier levels have settled.
struct LevelState {
  let game: Game
  var equalities: Equalities
  var allocation: [Double]
  var directions: [[Double]]
  /// Groups that the equations do not determine.
  var open: [Bool]

  init(_ game: Game) {
    self.game = game
    equalities = Equalities(count: game.count)
    _ = equalities.add(game.everybody)
    allocation = [Double](repeating: game.total / Double(game.count), count: game.count)
    directions = equalities.directions()
    open = []
    close()
  }

  func program(atLeastAlone: [Int]) -> LevelProgram {
    LevelProgram(game: game, start: allocation, directions: directions, open: open, atLeastAlone: atLeastAlone)
  }

  mutating func fix(_ solution: LevelProgram.Solution) {
    allocation = solution.allocation
    for group in solution.tightGroups { _ = equalities.add(group) }
    for member in solution.tightMembers { _ = equalities.add(1 << member) }
    directions = equalities.directions()
    close()
  }

  /// A group is determined exactly where no direction moves it; two random mixtures of the directions tell all groups in two passes.
  private mutating func close() {
    var generator = SeededRandom(seed: 20_261_130)
    open = [Bool](repeating: false, count: game.values.count)
    for _ in 0..<2 {
      var mixture = [Double](repeating: 0, count: game.count)
      for direction in directions {
        let weight = 0.5 + generator.uniform()
        for index in mixture.indices { mixture[index] += weight * direction[index] }
      }
      for (group, sum) in GroupSums.of(mixture).enumerated() where abs(sum) > 1e-9 { open[group] = true }
    }
    open[0] = false
    open[game.everybody] = false
  }
}

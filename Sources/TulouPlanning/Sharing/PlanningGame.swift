import TulouProject
package import TulouSharing

/// The values of all groups, from the costs of their plans.
///
/// v(S) = sum of the costs of its members alone - cost of S together. A group without a plan of its own stays apart: it is worth
/// nothing. Certificates carry over: v(S) lies between `least` and `most`.
package struct PlanningGame: Sendable {
  /// Who takes part; the commons are the empty id.
  package var players: [String]
  /// Cost alone of each player [currency/y].
  package var alone: [Double]
  /// Cost of all together [currency/y].
  package var together: Double
  /// Values of all groups [currency/y].
  package var game: Game
  /// Proven limits of the values.
  package var least: [Double], most: [Double]
  /// Groups that have no plan of their own.
  package var withoutPlan: [Int]
  /// Seconds of solving, all plans together.
  package var seconds: Double

  /// Why there is no game.
  package enum Fault: Error, Equatable {
    /// A player has no plan by itself.
    case alone(player: String, message: String)
    /// All together have no plan.
    case together(message: String)
    /// Some groups were not planned.
    case missing(count: Int)
  }

  /// The game, names of the players for people.
  package init(players: [String], names: [String], costs: [Int: GroupCost]) throws(Fault) {
    let everybody = (1 << players.count) - 1
    var alone: [Double] = []
    var bounds: [Double] = []
    for (index, player) in players.enumerated() {
      guard let cost = costs[1 << index]?.cost else {
        throw Fault.alone(player: player, message: costs[1 << index]?.message ?? "")
      }
      alone.append(cost)
      bounds.append(costs[1 << index]?.bound ?? cost)
    }
    guard let together = costs[everybody]?.cost else { throw Fault.together(message: costs[everybody]?.message ?? "") }
    let known = costs.keys.filter { $0 > 0 && $0 <= everybody }.count
    guard known == everybody else { throw Fault.missing(count: everybody - known) }
    let sums = GroupSums.of(alone)
    let leastSums = GroupSums.of(bounds)
    var values = [Double](repeating: 0, count: everybody + 1)
    var least = values
    var most = values
    var without: [Int] = []
    var seconds = 0.0
    for group in 1...everybody {
      seconds += costs[group]?.seconds ?? 0
      guard group.nonzeroBitCount > 1 else { continue }
      guard let cost = costs[group]?.cost else {
        without.append(group)
        continue
      }
      values[group] = sums[group] - cost
      least[group] = leastSums[group] - cost
      most[group] = sums[group] - (costs[group]?.bound ?? cost)
    }
    guard let game = Game(members: names, values: values) else { throw Fault.missing(count: 0) }
    self.players = players
    self.alone = alone
    self.together = together
    self.game = game
    self.least = least
    self.most = most
    withoutPlan = without
    self.seconds = seconds
  }

  /// Largest width of a value's interval [currency/y].
  package var widest: Double { zip(least, most).reduce(0) { max($0, $1.1 - $1.0) } }

  /// Half width of each Shapley share that the certificates leave [currency/y].
  package var shapleyIntervals: [Double] {
    // A share is a weighted sum of differences; errors of both ends add up at worst.
    guard let errors = Game(members: game.members, values: zip(least, most).map { $1 - $0 }) else { return [] }
    return (0..<game.count).map { member in
      let bit = 1 << member
      var sum = 0.0
      for group in errors.values.indices where group & bit == 0 {
        let size = group.nonzeroBitCount
        var weight = 1.0 / Double(game.count)
        for step in 0..<size { weight *= Double(step + 1) / Double(game.count - 1 - step) }
        sum += weight * (errors.values[group | bit] + errors.values[group]) / 2
      }
      return sum
    }
  }
}

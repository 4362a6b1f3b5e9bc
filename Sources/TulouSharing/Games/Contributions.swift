/// Shares by what members add to groups: Shapley's value and Banzhaf's.
package enum Contributions {
  /// Shapley's value: the mean of what a member adds over all orders of arrival. n 2^n steps.
  ///
  /// phi_i = sum over groups S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)) (Shapley 1953).
  package static func shapley(_ game: Game) -> [Double] {
    let count = game.count
    // weight(s) = s! (n - s - 1)! / n! = 1 / (n binomial(n - 1, s))
    var weights: [Double] = []
    var binomial = 1.0
    for size in 0..<count {
      weights.append(1 / (Double(count) * binomial))
      binomial = binomial * Double(count - 1 - size) / Double(size + 1)
    }
    return means(game) { weights[$0.nonzeroBitCount] }
  }

  /// Banzhaf's value: the plain mean of what a member adds to the 2^(n-1) groups of the others. Does not sum to the total.
  package static func banzhaf(_ game: Game) -> [Double] {
    let weight = 1 / Double(1 << (game.count - 1))
    return means(game) { _ in weight }
  }

  /// Banzhaf's value scaled to the value of all; nil where the values sum to zero.
  package static func normalisedBanzhaf(_ game: Game) -> [Double]? {
    let plain = banzhaf(game)
    let sum = plain.reduce(0, +)
    guard abs(sum) > 1e-12 * game.scale else { return nil }
    return plain.map { $0 * game.total / sum }
  }

  private static func means(_ game: Game, weight: (Int) -> Double) -> [Double] {
    let values = game.values
    return (0..<game.count).map { member in
      let bit = 1 << member
      var sum = 0.0
      for group in values.indices where group & bit == 0 {
        sum += weight(group) * (values[group | bit] - values[group])
      }
      return sum
    }
  }
}

import TulouQuantities

/// The genetic algorithm of the Xizhou paper: one goal, four operators.
///
/// The population is ranked. *Selection* keeps the best `selection` of it. *Crossover* mixes all: individuals are paired at random and
/// exchange variables, each with a chance of one half. *Mutation* draws `mutation` of the crossed anew in one variable.
/// *Reinsertion* ranks the crossed and replaces the worst of them by those that selection kept, so the best never gets worse.
/// - Source: Y. Lu, X. Yang, K. Alanne 2018, Energies 11(4), 1007, section 2.3 (how variables are mixed and mutated is not printed there: our choice).
package struct FourOperators: Sendable, Hashable, Codable {
  /// Share of the population that is kept.
  package var selection = 0.15
  /// Share of the crossed that mutates.
  package var mutation = 0.15
  /// Variables of a mutating individual that are drawn anew, on average; at least one is.
  package var mutatedVariables = 1.0

  /// The settings of the paper.
  package init() {}

  /// Children of a ranked population, best first, before mutated ones are evaluated.
  func children(
    of ranked: [Individual], _ variables: [Variable], _ random: inout SeededRandom
  ) -> [[Double]] {
    var order = Array(ranked.indices)
    random.shuffle(&order)
    var children: [[Double]] = []
    children.reserveCapacity(ranked.count)
    for pair in stride(from: 0, to: order.count, by: 2) {
      var first = ranked[order[pair]].point
      var second = ranked[order[(pair + 1) % order.count]].point
      for i in first.indices where random.uniform() < 0.5 { swap(&first[i], &second[i]) }
      children.append(first)
      if children.count < ranked.count { children.append(second) }
    }
    mutate(&children, variables, &random)
    return children
  }

  private func mutate(_ children: inout [[Double]], _ variables: [Variable], _ random: inout SeededRandom) {
    guard !variables.isEmpty else { return }
    var order = Array(children.indices)
    random.shuffle(&order)
    for child in order.prefix(FourOperators.whole(mutation * Double(children.count), most: children.count)) {
      var changed = max(1, FourOperators.whole(mutatedVariables, most: variables.count))
      while changed > 0 {
        let i = random.index(below: variables.count), variable = variables[i]
        children[child][i] = variable.nearest(to: variable.lower + random.uniform() * (variable.upper - variable.lower))
        changed -= 1
      }
    }
  }

  /// The next generation: the crossed, ranked, the worst of them replaced by the kept of the old one; best first.
  func reinserted(_ crossed: [Individual], keeping old: [Individual]) -> [Individual] {
    let kept = min(old.count, max(1, FourOperators.whole(selection * Double(old.count), most: old.count)))
    let ranked = FourOperators.ranked(crossed)
    return FourOperators.ranked(Array(old.prefix(kept)) + ranked.prefix(max(0, crossed.count - kept)))
  }

  /// The nearest whole number from 0 to `most`; 0 for what is no number.
  private static func whole(_ value: Double, most: Int) -> Int {
    let nearest = value.rounded()
    return nearest >= 1 ? Int(min(nearest, Double(most))) : 0
  }

  /// Best first: those that keep all constraints by their goal, then the others by how much they fail.
  static func ranked(_ individuals: [Individual]) -> [Individual] {
    let order = individuals.indices.sorted {
      let a = individuals[$0], b = individuals[$1]
      if a.violation != b.violation { return a.violation < b.violation }
      let x = a.evaluation.goals[0], y = b.evaluation.goals[0]
      return x == y ? $0 < $1 : x < y
    }
    return order.map { individuals[$0] }
  }
}

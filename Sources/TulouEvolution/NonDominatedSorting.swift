import TulouQuantities

/// The steps of NSGA-II that are not its operators: ranking, tournament, survival.
///
/// - Source: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Trans. Evol.
///   Comput. 6(2), 182-197.
enum NonDominatedSorting {
  /// The best `count` of the individuals, with rank and crowding set.
  static func survivors(_ individuals: [Individual], count: Int) -> [Individual] {
    var result: [Individual] = []
    result.reserveCapacity(count)
    let goals = GoalTable(individuals)
    for (rank, front) in DominanceSort.fronts(of: goals).enumerated() where result.count < count {
      let kept = Crowding.kept(count - result.count, of: front, goals)
      for (i, distance) in zip(kept.points, kept.distances) {
        result.append(individuals[i])
        result[result.count - 1].rank = rank
        result[result.count - 1].crowding = distance
      }
    }
    return result
  }

  /// Children of a population: parents by tournaments of two, crossover, mutation. A child equal to its parents or to another child
  /// is bred again a few times, for it would bring nothing.
  static func children(
    of parents: [Individual], _ variation: GeneticOperators, _ variables: [Variable], _ random: inout SeededRandom
  ) -> [[Double]] {
    var known = Set(parents.map { fingerprint($0.point) })
    var children: [[Double]] = []
    children.reserveCapacity(parents.count)
    var patience = 10 * parents.count
    while children.count < parents.count {
      let pairs = tournament(parents, &random)
      var first = parents[pairs.0].point, second = parents[pairs.1].point
      variation.cross(&first, &second, variables, &random)
      variation.mutate(&first, variables, &random)
      variation.mutate(&second, variables, &random)
      for child in [first, second] where children.count < parents.count {
        if known.insert(fingerprint(child)).inserted || patience <= 0 { children.append(child) }
        patience -= 1
      }
    }
    return children
  }

  /// A number that is the same for equal points and as good as never for others (FNV-1a over the words of the values).
  private static func fingerprint(_ point: [Double]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in point {
      hash = (hash ^ value.bitPattern) &* 0x0000_0100_0000_01B3
      hash ^= hash >> 29
    }
    return hash
  }

  /// Two parents, each the better of two drawn at random.
  private static func tournament(_ parents: [Individual], _ random: inout SeededRandom) -> (Int, Int) {
    func winner() -> Int {
      let a = random.index(below: parents.count), b = random.index(below: parents.count)
      let ranks = (parents[a].rank, parents[b].rank), distances = (parents[a].crowding, parents[b].crowding)
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 ? a : b }
      if distances.0 != distances.1 { return distances.0 > distances.1 ? a : b }
      return random.uniform() < 0.5 ? a : b
    }
    let first = winner()
    return (first, winner())
  }
}

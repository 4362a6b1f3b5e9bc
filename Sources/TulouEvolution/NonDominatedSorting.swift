import TulouQuantities

/// The steps of NSGA-II that are not its operators: ranking, tournament, survival.
///
/// - Source: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Trans. Evol.
///   Comput. 6(2), 182-197.
enum NonDominatedSorting {
  /// The best `count` of the individuals, with rank and crowding set.
  static func survivors(_ individuals: [Individual], count: Int) -> [Individual] {
    var pool = individuals
    var result: [Individual] = []
    result.reserveCapacity(count)
    let goals = GoalTable(pool)
    for (rank, front) in DominanceSort.fronts(of: goals).enumerated() where result.count < count {
      let kept = Crowding.kept(count - result.count, of: front, goals)
      Crowding.measure(kept, in: &pool, goals)
      for i in kept {
        pool[i].rank = rank
        result.append(pool[i])
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
      var (first, second) = variation.crossed(pairs.0, pairs.1, variables, &random)
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
  private static func tournament(_ parents: [Individual], _ random: inout SeededRandom) -> ([Double], [Double]) {
    func winner() -> [Double] {
      let a = random.index(below: parents.count), b = random.index(below: parents.count)
      let ranks = (parents[a].rank, parents[b].rank), distances = (parents[a].crowding, parents[b].crowding)
      if ranks.0 != ranks.1 { return parents[ranks.0 < ranks.1 ? a : b].point }
      if distances.0 != distances.1 { return parents[distances.0 > distances.1 ? a : b].point }
      return parents[random.uniform() < 0.5 ? a : b].point
    }
    let first = winner()
    return (first, winner())
  }
}

/// Fronts of points by domination (Deb et al. 2002), found by efficient sorting.
///
/// A point that keeps all constraints dominates one that does not; of two that do not, the one that fails by less dominates;
/// of two that do, the one that is nowhere worse and somewhere better in its goals. Sorted by goals, a point can be dominated by
/// earlier ones alone, so it goes onto the first front none of whose points dominates it; with two goals it is enough to ask
/// the last point of each front, and the front is found by halving.
/// - Source: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan 2002, IEEE Trans. Evol. Comput. 6(2), 182-197; X. Zhang, Y. Tian,
///   R. Cheng, Y. Jin 2015, "An efficient approach to nondominated sorting", IEEE Trans. Evol. Comput. 19(2), 201-213.
enum DominanceSort {
  /// Indices of the individuals front by front, best front first.
  static func fronts(of goals: GoalTable) -> [[Int]] {
    var feasible: [Int] = [], failing: [Int] = []
    for i in goals.violations.indices {
      if goals.violations[i] <= 0 { feasible.append(i) } else { failing.append(i) }
    }
    return goalFronts(feasible, goals) + failingFronts(failing, goals.violations)
  }

  private static func goalFronts(_ indices: [Int], _ goals: GoalTable) -> [[Int]] {
    var fronts: [[Int]] = []
    for i in indices.sorted(by: { goals.comes($0, before: $1) }) {
      let place = goals.width == 2 ? halved(fronts, i, goals) : searched(fronts, i, goals)
      if place == fronts.count { fronts.append([i]) } else { fronts[place].append(i) }
    }
    return fronts
  }

  /// First front whose last point does not dominate, by halving: fronts before it all do.
  private static func halved(_ fronts: [[Int]], _ i: Int, _ goals: GoalTable) -> Int {
    var low = 0, high = fronts.count
    while low < high {
      let middle = (low + high) / 2
      if let last = fronts[middle].last, goals.dominates(last, i) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// First front without a point that dominates; late points of a front are the likely ones.
  private static func searched(_ fronts: [[Int]], _ i: Int, _ goals: GoalTable) -> Int {
    for place in fronts.indices where !goals.isDominated(i, byAnyOf: fronts[place]) { return place }
    return fronts.count
  }

  /// Those that fail constraints, by how much: each amount is a front of its own.
  private static func failingFronts(_ indices: [Int], _ violations: [Double]) -> [[Int]] {
    var fronts: [[Int]] = []
    var last = Double.nan
    for i in indices.sorted(by: { violations[$0] == violations[$1] ? $0 < $1 : violations[$0] < violations[$1] }) {
      if violations[i] == last {
        fronts[fronts.count - 1].append(i)
      } else {
        fronts.append([i])
        last = violations[i]
      }
    }
    return fronts
  }
}

/// Fronts of points by domination (Deb et al. 2002), found by efficient sorting.
///
/// A point that keeps all constraints dominates one that does not; of two that do not, the one that fails by less dominates;
/// of two that do, the one that is nowhere worse and somewhere better in its goals. Sorted by goals, a point can be dominated by
/// earlier ones alone, so it goes onto the first front none of whose points dominates it. With two goals it is enough to ask
/// the last point of each front, with three one step of its stair, and the front is found by halving.
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
    var stairs: [FrontStair] = []
    for i in indices.sorted(by: { goals.comes($0, before: $1) }) {
      let place =
        switch goals.width {
        case 2: halved(fronts.count) { fronts[$0].last.map { goals.dominates($0, i) } ?? false }
        case 3: halved(fronts.count) { stairs[$0].dominates(i, goals) }
        default: fronts.firstIndex { !goals.isDominated(i, byAnyOf: $0) } ?? fronts.count
        }
      if place == fronts.count {
        fronts.append([])
        if goals.width == 3 { stairs.append(FrontStair()) }
      }
      fronts[place].append(i)
      if goals.width == 3 { stairs[place].add(i, goals) }
    }
    return fronts
  }

  /// First front that does not dominate, by halving: fronts before it all do.
  private static func halved(_ count: Int, _ dominates: (Int) -> Bool) -> Int {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2
      if dominates(middle) { low = middle + 1 } else { high = middle }
    }
    return low
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

/// Points of a front of three goals that none is below in the second and third: by rising second, falling third goal.
///
/// Points come by rising first goal, so the stair alone tells whether one of the front dominates the next point.
private struct FrontStair {
  private var steps: [(second: Double, third: Double, point: Int)] = []

  /// The first step beyond a second goal.
  private func place(after second: Double) -> Int {
    var low = 0, high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].second <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a point of the front dominates one that comes after all of them.
  ///
  /// The last step that is not above in the second goal is the lowest of those in the third. Where its goals are all the same as
  /// the point's, none of the front dominates, for it would dominate the step as well.
  func dominates(_ i: Int, _ goals: GoalTable) -> Bool {
    let place = place(after: goals[i, 1])
    guard place > 0, steps[place - 1].third <= goals[i, 2] else { return false }
    return goals.dominates(steps[place - 1].point, i)
  }

  /// Adds a point that comes after all and that none of the front dominates.
  mutating func add(_ i: Int, _ goals: GoalTable) {
    let second = goals[i, 1], third = goals[i, 2]
    var first = place(after: second)
    // Only a point with the same goals can be nowhere above.
    if first > 0, steps[first - 1].third <= third { return }
    let end = steps[first...].firstIndex { $0.third < third } ?? steps.count
    if first > 0, steps[first - 1].second == second { first -= 1 }
    steps.replaceSubrange(first..<end, with: CollectionOfOne((second: second, third: third, point: i)))
  }
}

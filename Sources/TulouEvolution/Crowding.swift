/// How far the neighbours of a point on its front are away.
///
/// Points that a front must give up are taken one by one, the most crowded first, and the distances of its neighbours along
/// each goal are taken anew: giving up many at once by the first distances tears holes.
/// - Source: Deb et al. 2002 (distance); S. Kukkonen, K. Deb 2006, "Improved pruning of non-dominated solutions based on crowding
///   distance for bi-objective optimization problems", IEEE CEC (one by one).
enum Crowding {
  /// Sets `crowding` of the points of a front.
  static func measure(_ front: [Int], in individuals: inout [Individual], _ goals: GoalTable) {
    guard front.count > 2 else {
      for i in front { individuals[i].crowding = .infinity }
      return
    }
    let chains = Chains(front, goals)
    for (place, i) in front.enumerated() { individuals[i].crowding = chains.distance(place) }
  }

  /// The `count` points of the front that are kept when the most crowded go, in the front's order.
  static func kept(_ count: Int, of front: [Int], _ goals: GoalTable) -> [Int] {
    guard count > 0 else { return [] }
    guard count < front.count else { return front }
    var chains = Chains(front, goals)
    var far = front.indices.map { chains.distance($0) }
    var places = Array(front.indices)
    var beside: [Int] = []
    while places.count > count {
      var worst = 0
      for i in places.indices where far[places[i]] < far[places[worst]] { worst = i }
      // Where all are ends the last goes.
      if far[places[worst]] == .infinity { worst = places.count - 1 }
      chains.remove(places[worst], &beside)
      for neighbour in beside { far[neighbour] = chains.distance(neighbour) }
      places.remove(at: worst)
    }
    return places.map { front[$0] }
  }

  /// The points of a front in the order of each goal.
  private struct Chains {
    private let count: Int, width: Int
    private var values: [Double]
    private var ranges: [Double]
    /// By goal and place; -1: an end.
    private var before: [Int], after: [Int]

    init(_ front: [Int], _ goals: GoalTable) {
      count = front.count
      width = goals.width
      values = [Double](repeating: 0, count: count * width)
      ranges = [Double](repeating: 0, count: width)
      before = [Int](repeating: -1, count: count * width)
      after = before
      for k in 0..<width {
        let base = k * count
        for (place, i) in front.enumerated() { values[base + place] = goals[i, k] }
        let column = Array(values[base..<base + count])
        let order = (0..<count).sorted { column[$0] == column[$1] ? $0 < $1 : column[$0] < column[$1] }
        ranges[k] = column[order[count - 1]] - column[order[0]]
        for place in 1..<max(1, count) {
          before[base + order[place]] = order[place - 1]
          after[base + order[place - 1]] = order[place]
        }
      }
    }

    /// Sum over goals of the distance of the neighbours, by the goal's range; infinite at an end.
    func distance(_ place: Int) -> Double {
      var sum = 0.0
      for k in 0..<width where ranges[k] > 0 {
        let base = k * count, low = before[base + place], high = after[base + place]
        if low < 0 || high < 0 { return .infinity }
        sum += (values[base + high] - values[base + low]) / ranges[k]
      }
      return sum
    }

    /// Takes a point out of every chain; gives those who stood beside it.
    mutating func remove(_ place: Int, _ beside: inout [Int]) {
      beside.removeAll(keepingCapacity: true)
      for k in 0..<width {
        let base = k * count, low = before[base + place], high = after[base + place]
        if low >= 0 {
          after[base + low] = high
          beside.append(low)
        }
        if high >= 0 {
          before[base + high] = low
          beside.append(high)
        }
      }
    }
  }
}

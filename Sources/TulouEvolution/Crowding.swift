/// How far the neighbours of a point on its front are away.
///
/// Points that a front must give up are taken one by one, the most crowded first, and the distances of its neighbours along
/// each goal are taken anew: giving up many at once by the first distances tears holes.
/// - Source: Deb et al. 2002 (distance); S. Kukkonen, K. Deb 2006, "Improved pruning of non-dominated solutions based on crowding
///   distance for bi-objective optimization problems", IEEE CEC (one by one).
enum Crowding {
  /// The `count` points of the front that are kept when the most crowded go, in the front's order, and how far apart the
  /// neighbours of each then are; infinite at the ends.
  static func kept(_ count: Int, of front: [Int], _ goals: GoalTable) -> (points: [Int], distances: [Double]) {
    guard count > 0 else { return ([], []) }
    guard count < front.count else { return (front, distances(front, goals)) }
    var chains = Chains(front, goals)
    var far = front.indices.map { chains.distance($0) }
    var places = Array(front.indices)
    var beside: [Int] = []
    var lostEnd = false
    while places.count > count {
      var worst = 0, least = far[places[0]]
      for i in places.indices where far[places[i]] < least {
        worst = i
        least = far[places[i]]
      }
      // Where all are ends the last goes.
      if least == .infinity {
        worst = places.count - 1
        lostEnd = true
      }
      chains.remove(places[worst], &beside)
      for neighbour in beside { far[neighbour] = chains.distance(neighbour) }
      places.remove(at: worst)
    }
    let points = places.map { front[$0] }
    // Without one of its ends a front has another range; two points are ends both.
    return (points, lostEnd || count <= 2 ? distances(points, goals) : places.map { far[$0] })
  }

  /// How far apart the neighbours of each point of a front are; infinite at the ends.
  private static func distances(_ front: [Int], _ goals: GoalTable) -> [Double] {
    guard front.count > 2 else { return Array(repeating: .infinity, count: front.count) }
    let chains = Chains(front, goals)
    return front.indices.map { chains.distance($0) }
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
        for place in 0..<count { values[base + place] = goals[front[place], k] }
        let order = Chains.order(Array(values[base..<base + count]))
        ranges[k] = values[base + order[count - 1]] - values[base + order[0]]
        for place in 1..<max(1, count) {
          before[base + order[place]] = order[place - 1]
          after[base + order[place - 1]] = order[place]
        }
      }
    }

    /// Places by rising value, equal ones as they come. Fronts come sorted by their first goal, and of two goals the second falls.
    private static func order(_ column: [Double]) -> [Int] {
      let count = column.count
      var rises = true, falls = true
      for place in 1..<max(1, count) {
        rises = rises && column[place - 1] <= column[place]
        falls = falls && column[place - 1] > column[place]
      }
      if rises { return Array(0..<count) }
      if falls { return Array((0..<count).reversed()) }
      return (0..<count).sorted { column[$0] == column[$1] ? $0 < $1 : column[$0] < column[$1] }
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

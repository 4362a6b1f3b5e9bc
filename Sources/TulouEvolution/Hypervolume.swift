/// Volume of the goals' space between a front and a reference point: what the front dominates.
///
/// Exact for any number of goals, by slicing along the last goal (Zitzler 1999, "hypervolume by slicing objectives").
/// - Returns: 0 for an empty front; points that are not below the reference in every goal count nothing.
package func hypervolume(of front: [[Double]], below reference: [Double]) -> Double {
  let inside = front.filter { goals in
    goals.count == reference.count && !goals.indices.contains { !(goals[$0] < reference[$0]) }
  }
  guard !inside.isEmpty, !reference.isEmpty else { return 0 }
  return sliced(inside, reference)
}

private func sliced(_ front: [[Double]], _ reference: [Double]) -> Double {
  let last = reference.count - 1
  if last == 0 { return reference[0] - (front.map { $0[0] }.min() ?? reference[0]) }
  if last == 1 {
    var stair = Stair(reference[0], reference[1])
    for goals in front { stair.add(goals[0], goals[1]) }
    return stair.area
  }
  let order = front.sorted { $0[last] < $1[last] }
  let tops = order.dropFirst().map { $0[last] } + [reference[last]]
  var volume = 0.0
  if last == 2 {
    var stair = Stair(reference[0], reference[1])
    for (goals, top) in zip(order, tops) {
      stair.add(goals[0], goals[1])
      volume += (top - goals[last]) * stair.area
    }
    return volume
  }
  let rest = Array(reference.dropLast())
  var base: [[Double]] = []
  for (goals, top) in zip(order, tops) {
    let low = Array(goals.dropLast())
    if !base.contains(where: { zip($0, low).allSatisfy(<=) }) {
      base.removeAll { zip(low, $0).allSatisfy(<=) }
      base.append(low)
    }
    if top > goals[last] { volume += (top - goals[last]) * sliced(base, rest) }
  }
  return volume
}

/// Points of a plane that none dominates, by rising first and falling second goal.
private struct Stair {
  private let right: Double, ceiling: Double
  private var steps: [(x: Double, y: Double)] = []
  private var known: Double? = 0

  init(_ right: Double, _ ceiling: Double) {
    self.right = right
    self.ceiling = ceiling
  }

  mutating func add(_ x: Double, _ y: Double) {
    var low = 0, high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].x <= x { low = middle + 1 } else { high = middle }
    }
    // Those before are nowhere to the right: the last of them is the lowest.
    if low > 0, steps[low - 1].y <= y { return }
    var first = low
    while first > 0, steps[first - 1].x == x { first -= 1 }
    var end = low
    while end < steps.count, steps[end].y >= y { end += 1 }
    steps.replaceSubrange(first..<end, with: [(x: x, y: y)])
    known = nil
  }

  var area: Double {
    mutating get {
      if let known { return known }
      var sum = 0.0, top = ceiling
      for step in steps {
        sum += (right - step.x) * (top - step.y)
        top = step.y
      }
      known = sum
      return sum
    }
  }
}

/// Goals and violations of a population side by side, for the loops that compare them.
struct GoalTable {
  /// Number of goals.
  let width: Int
  /// Total violation of each individual.
  let violations: [Double]
  private let values: [Double]

  init(_ individuals: [Individual]) {
    width = individuals.first?.evaluation.goals.count ?? 0
    violations = individuals.map(\.violation)
    var values: [Double] = []
    values.reserveCapacity(individuals.count * width)
    for individual in individuals { values += individual.evaluation.goals }
    self.values = values
  }

  /// Goal k of individual i.
  subscript(i: Int, k: Int) -> Double { values[i * width + k] }

  /// Whether the goals of `i` are nowhere above those of `j` and somewhere below.
  func dominates(_ i: Int, _ j: Int) -> Bool {
    let a = i * width, b = j * width
    var isBelow = false
    for k in 0..<width {
      let x = values[a + k], y = values[b + k]
      if x > y { return false }
      if x < y { isBelow = true }
    }
    return isBelow
  }

  /// Whether one of the front, asked from its end, dominates; what comes before by `comes` is nowhere above in the first goal.
  func isDominated(_ i: Int, byAnyOf front: [Int]) -> Bool {
    let b = i * width
    for place in stride(from: front.count - 1, through: 0, by: -1) {
      let a = front[place] * width
      var k = 1
      while k < width, values[a + k] <= values[b + k] { k += 1 }
      if k == width, dominates(front[place], i) { return true }
    }
    return false
  }

  /// Order by the first goal, then the second and so on, at last by index.
  func comes(_ i: Int, before j: Int) -> Bool {
    let a = i * width, b = j * width
    for k in 0..<width {
      let x = values[a + k], y = values[b + k]
      if x != y { return x < y }
    }
    return i < j
  }
}

import TulouEvolution

/// One goal: close to 3.2 in every variable, in whole steps, the sum at least 22.
struct StepProblem: Evaluator {
  var variables: [Variable] { Array(repeating: Variable(0, 10, step: 1), count: 6) }
  var goalCount: Int { 1 }
  var constraintCount: Int { 1 }
  func evaluate(_ x: [Double]) -> Evaluation {
    Evaluation(goals: [x.reduce(0) { $0 + ($1 - 3.2) * ($1 - 3.2) }], violations: [22 - x.reduce(0, +)])
  }
}

/// Goals that are no numbers on half of the room.
struct BrokenProblem: Evaluator {
  var variables: [Variable] { [Variable(-1, 1)] }
  var goalCount: Int { 2 }
  var constraintCount: Int { 0 }
  func evaluate(_ x: [Double]) -> Evaluation {
    Evaluation(goals: x[0] < 0 ? [.nan, .infinity] : [x[0], 1 - x[0]])
  }
}

/// Goals that are whole numbers, each drawn by a variable of its own: many are equal.
struct CoarseGoals: Evaluator {
  var goalCount: Int
  var variables: [Variable] { Array(repeating: Variable(0, 1), count: goalCount) }
  var constraintCount: Int { 0 }
  func evaluate(_ x: [Double]) -> Evaluation {
    let sum = x.reduce(0, +)
    return Evaluation(goals: x.map { (12 * $0 + 1.5 * sum).rounded(.down) })
  }
}

/// What an evolution works on: a pure function from a point to goals and violations.
///
/// `evaluate` must give the same for the same point whenever and wherever it is called: it is called from several threads,
/// and a run is repeated by its seed alone.
package protocol Evaluator: Sendable {
  /// Bounds and steps of the variables, in order.
  var variables: [Variable] { get }
  /// Number of goals; each is made as small as possible (turn the sign of what shall be large).
  var goalCount: Int { get }
  /// Number of constraints.
  var constraintCount: Int { get }
  /// Goals and violations at a point inside the bounds.
  func evaluate(_ point: [Double]) -> Evaluation
  /// The same for many points, in order; nil: whoever evaluates was asked to stop.
  func evaluateAll(_ points: [[Double]], threads: Int) -> [Evaluation]?
}

extension Evaluator {
  /// Points on several threads.
  package func evaluateAll(_ points: [[Double]], threads: Int) -> [Evaluation]? {
    ParallelEvaluation.evaluate(points, by: self, threads: threads)
  }
}

/// Bounds of one variable and, where it moves in steps, their length.
package struct Variable: Sendable, Hashable, Codable {
  /// Lowest value.
  package var lower: Double
  /// Highest value, at least `lower`.
  package var upper: Double
  /// Distance of neighbouring values, counted from `lower`; 0: any value.
  package var step: Double

  /// A variable between two bounds.
  package init(_ lower: Double, _ upper: Double, step: Double = 0) {
    self.lower = lower
    self.upper = upper
    self.step = step
  }

  /// The nearest value that the variable may take.
  package func nearest(to value: Double) -> Double {
    // A number that is none falls on the lower bound.
    guard value > lower else { return lower }
    let inside = min(value, upper)
    guard step > 0 else { return inside }
    let steps = ((inside - lower) / step).rounded()
    return min(lower + steps * step, upper)
  }
}

/// What a point is worth.
package struct Evaluation: Sendable, Hashable, Codable {
  /// One value per goal, each to be small.
  package var goals: [Double]
  /// One value per constraint: 0 or below where it holds, else by how much it fails.
  package var violations: [Double]

  /// Goals, and by how much constraints fail.
  package init(goals: [Double], violations: [Double] = []) {
    self.goals = goals
    self.violations = violations
  }

  /// Sum of what constraints fail by; 0 where all hold.
  package var totalViolation: Double {
    var sum = 0.0
    for violation in violations where violation > 0 { sum += violation }
    return min(sum, .greatestFiniteMagnitude)
  }

  /// The same with finite numbers only: a point whose goals are not all finite is as bad as can be.
  var finite: Evaluation {
    if Evaluation.areFinite(goals), Evaluation.areFinite(violations) { return self }
    func tamed(_ value: Double) -> Double {
      value.isNaN ? .greatestFiniteMagnitude : min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }
    var result = Evaluation(goals: goals.map(tamed), violations: violations.map(tamed))
    if !goals.allSatisfy(\.isFinite), !result.violations.isEmpty { result.violations[0] = .greatestFiniteMagnitude }
    if goals.contains(where: { !$0.isFinite }) { result.goals = goals.map { _ in .greatestFiniteMagnitude } }
    return result
  }

  private static func areFinite(_ values: [Double]) -> Bool {
    for value in values where !value.isFinite { return false }
    return true
  }
}

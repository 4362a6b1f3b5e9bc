package import TulouDocument
import TulouProblem
import TulouProject

/// Where a point lies.
package struct ParetoPlace: Sendable, Equatable {
  /// Value of the first goal, in its unit.
  package var first: Double
  /// Value of the second goal.
  package var second: Double
  /// A place.
  package init(first: Double, second: Double) {
    self.first = first
    self.second = second
  }
}

/// A point of a front: no plan is better in one goal without being worse in the other.
package struct ParetoPoint: Sendable {
  /// Number, from the best of the first goal (0) to the best of the second.
  package var number = 0
  /// Where it lies.
  package var place: ParetoPlace
  /// At what the second goal was held, in its unit; nil at the best of the first.
  package var limit: Double?
  /// Proof of the goal that was minimised, per year where the goal is.
  package var certificate: Certificate
  /// The point as a plan like any other.
  package var outcome: Outcome
  /// What one unit less of the second goal costs in the first, there; nil where the solver gave no multipliers.
  package var exchange: Double?
  /// Overrides by key path under which `plan` finds this point again; nil where the file has no key for the goal.
  package var settings: [String: String]?

  /// Value of the first goal, in its unit.
  package var first: Double { place.first }
  /// Value of the second goal.
  package var second: Double { place.second }
}

/// A front between two goals.
package struct ParetoFront: Sendable {
  /// Goals.
  package var first: ParetoAxis, second: ParetoAxis
  /// Units of their values.
  package var firstUnit: String, secondUnit: String
  /// Found now, from the best of the first goal to the best of the second.
  package var points: [ParetoPoint]
  /// What a person should know.
  package var warnings: [Diagnostic]
  /// Numbers of the points that are neither found nor known from before.
  package var missing: [Int]
  /// Whether the goals agree: one plan is best in both, and there is nothing between.
  package var isOnePoint = false
  /// Seconds spent in solvers, all searches added up.
  package var solveSeconds: Double
  /// Whether every point asked for is there.
  package var isComplete: Bool { missing.isEmpty }
}

extension ParetoFront {
  /// Takes dust out of where points lie and of what their second goal was held at: a goal is measured by its largest value on the
  /// front, a share by one.
  mutating func removeDust() {
    let firstScale = first.isShare ? 1 : points.reduce(0) { max($0, abs($1.first)) }
    let secondScale = second.isShare ? 1 : points.reduce(0) { max($0, abs($1.second), abs($1.limit ?? 0)) }
    for p in points.indices {
      points[p].place.first = Dust.cleaned(points[p].first, scale: firstScale)
      points[p].place.second = Dust.cleaned(points[p].second, scale: secondScale)
      points[p].limit = points[p].limit.map { Dust.cleaned($0, scale: secondScale) }
    }
  }
}

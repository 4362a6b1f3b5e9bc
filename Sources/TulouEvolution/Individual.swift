/// A point and what it is worth.
package struct Individual: Sendable, Hashable, Codable {
  /// The variables.
  package var point: [Double]
  /// Goals and violations there.
  package var evaluation: Evaluation
  /// Sum of what constraints fail by; 0 where all hold.
  package var violation: Double
  /// Number of the front it lies on, 0 the best.
  package var rank = 0
  /// How far its neighbours on its front are away; infinite at the ends.
  package var crowding = 0.0

  /// A point with its evaluation.
  package init(point: [Double], evaluation: Evaluation) {
    self.point = point
    self.evaluation = evaluation
    violation = evaluation.totalViolation
  }

  /// The goals, each to be small.
  package var goals: [Double] { evaluation.goals }

  /// Whether every constraint holds.
  package var isFeasible: Bool { violation <= 0 }

  // Infinite crowding and infinite violations are no numbers of JSON, so a file keeps the point and its evaluation alone.
  private enum CodingKeys: String, CodingKey { case point, goals, violations }

  /// Reads point, goals and violations; rank and crowding are worked out again.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      point: try values.decode([Double].self, forKey: .point),
      evaluation: Evaluation(
        goals: try values.decode([Double].self, forKey: .goals),
        violations: try values.decode([Double].self, forKey: .violations)))
  }

  /// Writes point, goals and violations.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(point, forKey: .point)
    try values.encode(evaluation.goals, forKey: .goals)
    try values.encode(evaluation.violations, forKey: .violations)
  }
}

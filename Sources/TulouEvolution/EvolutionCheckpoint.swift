package import TulouQuantities

/// Where an evolution stands, complete: going on from it gives what an uninterrupted run gives.
package struct EvolutionCheckpoint: Sendable, Hashable, Codable {
  /// What is evolved: whoever resumes must name the same (a digest of the project, say).
  package var subject: String
  /// The method's name.
  package var method: String
  /// Bounds and steps of the variables.
  package var variables: [Variable]
  /// Number of goals.
  package var goalCount: Int
  /// Number of constraints.
  package var constraintCount: Int
  /// The random numbers' state.
  package var random: SeededRandom
  /// The population.
  package var population: [Individual]
  /// One entry per generation until now.
  package var history: [Generation]
  /// Worst goals that count for the hypervolume.
  package var reference: [Double]

  /// Why the checkpoint does not belong to the run, or nil.
  func mismatch<E: Evaluator>(with evaluator: E, _ settings: EvolutionSettings, subject: String) -> String? {
    if self.subject != subject { return "the checkpoint belongs to '\(self.subject)', not to '\(subject)'" }
    if method != settings.method.name {
      return "the checkpoint is of the method \(method), not \(settings.method.name)"
    }
    if variables != evaluator.variables { return "the checkpoint has other variables or bounds" }
    if goalCount != evaluator.goalCount || constraintCount != evaluator.constraintCount {
      return
        "the checkpoint has \(goalCount) goals and \(constraintCount) constraints, not \(evaluator.goalCount) and \(evaluator.constraintCount)"
    }
    if population.count != settings.population {
      return "the checkpoint has a population of \(population.count), not \(settings.population)"
    }
    if history.isEmpty { return "the checkpoint has no generation" }
    let isWhole = population.allSatisfy {
      $0.point.count == variables.count && $0.evaluation.goals.count == goalCount
        && $0.evaluation.violations.count == constraintCount
    }
    return isWhole && reference.count == goalCount ? nil : "the checkpoint is damaged: lists of different length"
  }
}

/// What a search of the share model found.
package struct ShareOutcome: Sendable, Equatable {
  /// What a generation came to.
  package struct Generation: Sendable, Equatable {
    /// Number, 0 the random one, and evaluations until then.
    package var number: Int, evaluations: Int
    /// Points of the front that keep all constraints.
    package var frontCount: Int
    /// Hypervolume of the front; with one goal how far the best lies below the worst of the first generation.
    package var hypervolume: Double
    /// Best fitness, or best exergy efficiency; nil where no point keeps the constraints.
    package var best: Double?
    /// Least cost of a front [EUR/kWh]; nil for one goal, and where no point keeps the constraints.
    package var leastCost: Double?
    /// A generation.
    package init(
      number: Int, evaluations: Int, frontCount: Int, hypervolume: Double, best: Double?, leastCost: Double?
    ) {
      self.number = number
      self.evaluations = evaluations
      self.frontCount = frontCount
      self.hypervolume = hypervolume
      self.best = best
      self.leastCost = leastCost
    }
  }
  /// What was asked.
  package var question: ShareModelQuestion
  /// The best design, or the front by rising efficiency; empty where none keeps the constraints.
  package var designs: [ShareYear.Design] = []
  /// The existing system.
  package var existing: ShareYear.Design
  /// One entry a generation.
  package var history: [Generation] = []
  /// Whether it was stopped before its end.
  package var isStopped = false
  /// Seed of its random numbers.
  package var seed: UInt64 = 1
  /// Seconds of the search, and evaluations in all.
  package var seconds = 0.0, evaluations = 0
  /// Nothing found yet.
  package init(_ question: ShareModelQuestion) {
    self.question = question
    existing = question.year.existing
  }
}

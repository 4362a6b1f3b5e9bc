/// One way to breed the next generation.
package enum EvolutionMethod: Sendable, Hashable {
  /// NSGA-II: the front of several goals under constraints.
  case nsga2(GeneticOperators)
  /// Four operators over one goal: selection, crossover, mutation, reinsertion.
  case fourOperators(FourOperators)

  /// Name in files and messages.
  package var name: String {
    switch self {
    case .nsga2: "nsga2"
    case .fourOperators: "four_operators"
    }
  }
}

/// How long an evolution runs, and from where.
package struct EvolutionSettings: Sendable, Hashable {
  /// How generations are bred.
  package var method: EvolutionMethod
  /// Individuals of a generation, at least 4.
  package var population = 100
  /// Generations after the first, random one.
  package var generations = 200
  /// Stops after so many generations without growth of the measure by more than `stagnationShare`; nil: never.
  package var stagnation: Int?
  /// Share by which the measure must grow to count as growth.
  package var stagnationShare = 1e-6
  /// Start of the random numbers.
  package var seed: UInt64 = 1
  /// Threads that evaluate.
  package var threads = 1
  /// Worst goals that count for the hypervolume; nil: the worst of the first generation.
  package var reference: [Double]?
  /// Points that stand in the first generation beside random ones.
  package var startingPoints: [[Double]] = []

  /// Settings of a method.
  package init(method: EvolutionMethod) { self.method = method }
}

/// What a generation came to.
package struct Generation: Sendable, Hashable, Codable {
  /// Number of the generation, 0 the random one.
  package var number: Int
  /// Evaluations until then.
  package var evaluations: Int
  /// Points of the best front that keep all constraints.
  package var frontCount: Int
  /// Hypervolume of that front below the reference; with one goal how far the best lies below the reference.
  package var hypervolume: Double
  /// Least value of each goal among points that keep all constraints; empty where none does.
  package var best: [Double]
  /// Least violation of any point.
  package var leastViolation: Double
}

/// Why an evolution ended.
package enum EvolutionEnd: String, Sendable, Hashable, Codable {
  /// All generations were bred.
  case generations
  /// The measure did not grow any more.
  case stagnation
  /// Whoever watched asked to stop.
  case stopped
}

/// What an evolution found.
package struct EvolutionResult: Sendable, Hashable {
  /// The best front: points that keep all constraints and that none dominates, sorted by the first goal, no two with equal goals.
  /// Empty where no point keeps all constraints.
  package var front: [Individual]
  /// One entry per generation.
  package var history: [Generation]
  /// Worst goals that counted for the hypervolume.
  package var reference: [Double]
  /// Evaluations in all.
  package var evaluations: Int
  /// Why it ended.
  package var end: EvolutionEnd
  /// Where it ended, to go on from.
  package var checkpoint: EvolutionCheckpoint
}

/// Errors of an evolution.
package enum EvolutionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was asked for cannot be run.
  case settings(String)
  /// The checkpoint belongs to something else.
  case checkpoint(String)

  /// What is wrong.
  package var description: String {
    switch self {
    case .settings(let text), .checkpoint(let text): text
    }
  }
}

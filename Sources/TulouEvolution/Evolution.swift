/// One way to breed the next generation.
public enum EvolutionMethod: Sendable, Hashable {
  /// NSGA-II: the front of several goals under constraints.
  case nsga2(GeneticOperators)
  /// Four operators over one goal: selection, crossover, mutation, reinsertion.
  case fourOperators(FourOperators)

  /// Name in files and messages.
  public var name: String {
    switch self {
    case .nsga2: "nsga2"
    case .fourOperators: "four_operators"
    }
  }
}

/// How long an evolution runs, and from where.
public struct EvolutionSettings: Sendable, Hashable {
  /// How generations are bred.
  public var method: EvolutionMethod
  /// Individuals of a generation, at least 4.
  public var population = 100
  /// Generations after the first, random one.
  public var generations = 200
  /// Stops after so many generations without growth of the measure by more than `stagnationShare`; nil: never.
  public var stagnation: Int?
  /// Share by which the measure must grow to count as growth.
  public var stagnationShare = 1e-6
  /// Start of the random numbers.
  public var seed: UInt64 = 1
  /// Threads that evaluate.
  public var threads = 1
  /// Worst goals that count for the hypervolume; nil: the worst of the first generation.
  public var reference: [Double]?
  /// Points that stand in the first generation beside random ones.
  public var startingPoints: [[Double]] = []

  /// Settings of a method.
  public init(method: EvolutionMethod) { self.method = method }
}

/// What a generation came to.
public struct Generation: Sendable, Hashable, Codable {
  /// Number of the generation, 0 the random one.
  public var number: Int
  /// Evaluations until then.
  public var evaluations: Int
  /// Points of the best front that keep all constraints.
  public var frontCount: Int
  /// Hypervolume of that front below the reference; with one goal how far the best lies below the reference.
  public var hypervolume: Double
  /// Least value of each goal among points that keep all constraints; empty where none does.
  public var best: [Double]
  /// Least violation of any point.
  public var leastViolation: Double
}

/// Why an evolution ended.
public enum EvolutionEnd: String, Sendable, Hashable, Codable {
  /// All generations were bred.
  case generations
  /// The measure did not grow any more.
  case stagnation
  /// Whoever watched asked to stop.
  case stopped
}

/// What an evolution found.
public struct EvolutionResult: Sendable, Hashable {
  /// The best front: points that keep all constraints and that none dominates, sorted by the first goal, no two with equal goals.
  /// Empty where no point keeps all constraints.
  public var front: [Individual]
  /// One entry per generation.
  public var history: [Generation]
  /// Worst goals that counted for the hypervolume.
  public var reference: [Double]
  /// Evaluations in all.
  public var evaluations: Int
  /// Why it ended.
  public var end: EvolutionEnd
  /// Where it ended, to go on from.
  public var checkpoint: EvolutionCheckpoint
}

/// Errors of an evolution.
public enum EvolutionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was asked for cannot be run.
  case settings(String)
  /// The checkpoint belongs to something else.
  case checkpoint(String)

  /// What is wrong.
  public var description: String {
    switch self {
    case .settings(let text), .checkpoint(let text): text
    }
  }
}

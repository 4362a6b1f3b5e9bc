import TulouEvolution
public import TulouProject
import TulouQuantities

extension Study.Goal {
  /// Goals that a design run under rules has a number for.
  public static let ofDesigns = numbersOfDesigns.map(\.goal)

  /// The numbers of a design that goals are about, with their units; `1` is a share, `$` stands for the currency.
  private static let numbersOfDesigns:
    [(goal: Study.Goal, unit: String, number: @Sendable (SearchCandidate) -> Double?)] = [
      (.netPresentCost, "$/y", { $0.value }), (.co2, "kg/y", { $0.co2 }),
      (.renewableFraction, "1", { $0.renewableFraction }), (.capital, "$", { $0.capital }),
      (.unservedEnergy, "1", { $0.lossOfPowerSupply }),
    ]

  /// The number of a design that it is about, where that has one, with its unit; nil: no design has it.
  package func number(of row: SearchCandidate) -> (value: Double?, unit: String)? {
    Study.Goal.numbersOfDesigns.first { $0.goal == self }.map { ($0.number(row), $0.unit) }
  }

  /// The goal of a design, to be small; nil: it has none.
  func value(of row: SearchCandidate) -> Double? {
    number(of: row).map { smallerIsBetter ? $0.value ?? 0 : -($0.value ?? 0) }
  }
}

extension SearchRun {
  /// Individuals of a generation.
  static let population = 100
  /// Generations without growth of the front after which breeding ends.
  static let patience = 60

  /// NSGA-II over the goals asked for, or the four operators over cost; strategy by strategy, the front of all.
  mutating func breed() {
    for strategy in engines.indices where !outcome.isStopped && fault == nil { breed(strategy) }
    guard outcome.method == .nsga2 else { return }
    outcome.goals = goals
    // What one strategy's front dominates of another's is no front.
    let values = outcome.front.map { row in goals.map { $0.value(of: row) ?? 0 } }
    let kept = outcome.front.indices.filter { i in
      !values.indices.contains { j in
        j != i && zip(values[j], values[i]).allSatisfy(<=) && (values[j] != values[i] || j < i)
      }
    }
    outcome.front = kept.map { outcome.front[$0] }.sorted {
      (goals[0].value(of: $0) ?? 0, $0.strategy) < (goals[0].value(of: $1) ?? 0, $1.strategy)
    }
  }

  /// What is sought.
  private var goals: [Study.Goal] {
    outcome.method == .nsga2 ? (options.goals.isEmpty ? [.netPresentCost, .co2] : options.goals) : [.netPresentCost]
  }

  private mutating func breed(_ strategy: Int) {
    let isSlow = engines[strategy].lanes == nil
    var settings = EvolutionSettings(
      method: outcome.method == .nsga2 ? .nsga2(GeneticOperators()) : .fourOperators(FourOperators()))
    settings.population = min(Self.population, max(4, options.most / max(1, engines.count)))
    settings.generations = max(
      0, min(options.most / max(1, engines.count) / settings.population, isSlow ? 40 : 600) - 1)
    settings.stagnation = Self.patience
    settings.seed = options.seed
    settings.startingPoints = [0.0, 0.1, 0.5, 1].map { place in
      space.sides.map { side in side.isDiscrete ? Double(side.index(of: side.total(at: place))) : side.total(at: place)
      }
    }
    let evaluator = DesignEvaluator(self, strategy, goals)
    guard let breeding = try? EvolutionRun(evaluator, settings: settings), let found = try? breeding.run() else {
      return
    }
    self = evaluator.run
    if found.end == .stopped { outcome.isStopped = true }
    guard outcome.method == .nsga2, !outcome.isStopped else { return }
    let rows = exact(again(found.front.map { evaluator.design($0.point) }, strategy))
    outcome.front += rows.filter(\.isFeasible)
  }
}

/// Designs of a search as points of an evolution: sizes that come in a list by their place in it.
private final class DesignEvaluator: Evaluator, @unchecked Sendable {
  // Called by one thread alone, which spreads the designs itself.
  var run: SearchRun
  private let strategy: Int
  private let goals: [Study.Goal]
  let variables: [Variable]
  var goalCount: Int { goals.count }
  var constraintCount: Int { 1 }

  init(_ run: SearchRun, _ strategy: Int, _ goals: [Study.Goal]) {
    self.run = run
    self.strategy = strategy
    self.goals = goals
    variables = run.space.sides.map { side in
      side.isDiscrete ? Variable(0, Double(max(0, side.values.count - 1)), step: 1) : Variable(side.lower, side.upper)
    }
  }

  func design(_ point: [Double]) -> [Double] {
    zip(run.space.sides, point).map { side, x in
      side.isDiscrete ? side.values[max(0, min(side.values.count - 1, Int(saturating: x.rounded())))] : x
    }
  }

  func evaluate(_ point: [Double]) -> Evaluation {
    evaluateAll([point], threads: 1)?.first
      ?? Evaluation(goals: goals.map { _ in .infinity }, violations: [.infinity])
  }

  func evaluateAll(_ points: [[Double]], threads: Int) -> [Evaluation]? {
    run.evaluations(of: points.map(design), strategy, goals)
  }
}

extension SearchSide {
  /// Place of a total in the list of those that are to be had.
  func index(of total: Double) -> Int { values.firstIndex(of: total) ?? 0 }
}

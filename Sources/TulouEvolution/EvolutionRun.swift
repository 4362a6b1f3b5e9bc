import TulouQuantities

/// Breeds generation after generation.
///
/// Random numbers are drawn on the calling thread alone, in an order that does not depend on how points are evaluated: a seed
/// gives one result, whatever the number of threads.
package struct EvolutionRun<E: Evaluator>: Sendable {
  private let evaluator: E
  private let settings: EvolutionSettings
  private let subject: String
  private let variables: [Variable]

  /// A run of the settings over the evaluator.
  /// - Parameter subject: What is evolved, as the checkpoint shall name it.
  /// - Throws: `EvolutionError.settings` where they cannot be run.
  package init(_ evaluator: E, settings: EvolutionSettings, subject: String = "") throws(EvolutionError) {
    self.evaluator = evaluator
    self.settings = settings
    self.subject = subject
    variables = evaluator.variables
    if let reason = EvolutionRun.refusal(evaluator, settings) { throw .settings(reason) }
  }

  private static func refusal(_ evaluator: E, _ settings: EvolutionSettings) -> String? {
    let variables = evaluator.variables
    if settings.population < 4 { return "a population of \(settings.population) is too small: at least 4" }
    if settings.generations < 0 { return "\(settings.generations) generations: at least 0" }
    if let stagnation = settings.stagnation, stagnation < 1 {
      return "stagnation after \(stagnation) generations: at least 1"
    }
    if evaluator.goalCount < 1 { return "no goal" }
    if variables.isEmpty { return "no variable" }
    for (i, variable) in variables.enumerated()
    where !(variable.lower <= variable.upper && (variable.upper - variable.lower).isFinite && variable.step >= 0) {
      return
        "variable \(i + 1) has bounds \(variable.lower) and \(variable.upper) and step \(variable.step): finite, in order, no step below 0"
    }
    if let reference = settings.reference, reference.count != evaluator.goalCount {
      return "\(reference.count) reference values for \(evaluator.goalCount) goals"
    }
    if settings.startingPoints.contains(where: { $0.count != variables.count }) {
      return "a starting point has not \(variables.count) values"
    }
    if case .fourOperators(let operators) = settings.method {
      if evaluator.goalCount != 1 { return "the four operators seek one goal, not \(evaluator.goalCount)" }
      if !(operators.selection > 0 && operators.selection < 1 && operators.mutation >= 0 && operators.mutation <= 1) {
        return "selection must lie between 0 and 1, mutation from 0 to 1"
      }
    }
    return nil
  }

  /// Runs to the end.
  /// - Parameters:
  ///   - checkpoint: Where to go on from; nil: a random first generation.
  ///   - watch: Told each generation with where the run then stands; false stops it.
  /// - Throws: `EvolutionError.checkpoint` where it belongs to another run.
  package func run(
    from checkpoint: EvolutionCheckpoint? = nil, watch: (Generation, EvolutionCheckpoint) -> Bool = { _, _ in true }
  ) throws(EvolutionError) -> EvolutionResult {
    var state: EvolutionCheckpoint
    if let checkpoint {
      if let reason = checkpoint.mismatch(with: evaluator, settings, subject: subject) { throw .checkpoint(reason) }
      state = checkpoint
      state.population = ordered(checkpoint.population)
    } else {
      guard let begun = first() else { return nothing() }
      state = begun
    }
    var end = EvolutionEnd.generations
    if checkpoint == nil, let last = state.history.last, !watch(last, state) { end = .stopped }
    while end == .generations, let last = state.history.last, last.number < settings.generations {
      if isStagnant(state.history) {
        end = .stagnation
        break
      }
      guard breed(&state) else {
        end = .stopped
        break
      }
      if let made = state.history.last, !watch(made, state) { end = .stopped }
    }
    return result(state, end)
  }

  /// The random first generation; nil where it was stopped.
  private func first() -> EvolutionCheckpoint? {
    var random = SeededRandom(seed: settings.seed)
    var points = settings.startingPoints.prefix(settings.population).map { point in
      zip(variables, point).map { $0.nearest(to: $1) }
    }
    while points.count < settings.population {
      points.append(variables.map { $0.nearest(to: $0.lower + random.uniform() * ($0.upper - $0.lower)) })
    }
    guard let individuals = evaluated(points) else { return nil }
    let population = ordered(individuals)
    let reference = settings.reference ?? worst(population)
    var state = EvolutionCheckpoint(
      subject: subject, method: settings.method.name, variables: variables, goalCount: evaluator.goalCount,
      constraintCount: evaluator.constraintCount, random: random, population: population, history: [],
      reference: reference)
    state.history = [record(0, population.count, state)]
    return state
  }

  /// The next generation; false where it was stopped, and then nothing has changed.
  private func breed(_ state: inout EvolutionCheckpoint) -> Bool {
    let parents = state.population
    let before = state.random
    switch settings.method {
    case .nsga2(let variation):
      let points = NonDominatedSorting.children(of: parents, variation, variables, &state.random)
      guard let children = evaluated(points) else {
        state.random = before
        return false
      }
      state.population = NonDominatedSorting.survivors(parents + children, count: parents.count)
    case .fourOperators(let operators):
      let points = operators.children(of: parents, variables, &state.random)
      guard let children = evaluated(points) else {
        state.random = before
        return false
      }
      state.population = operators.reinserted(children, keeping: parents)
    }
    guard let last = state.history.last else { return true }
    state.history.append(record(last.number + 1, last.evaluations + parents.count, state))
    return true
  }

  /// Points with what they are worth.
  private func evaluated(_ points: [[Double]]) -> [Individual]? {
    guard let found = evaluator.evaluateAll(points, threads: settings.threads) else { return nil }
    return zip(points, found).map { Individual(point: $0, evaluation: $1.finite) }
  }

  /// The population as the method wants it, rank and crowding set.
  private func ordered(_ population: [Individual]) -> [Individual] {
    switch settings.method {
    case .nsga2: NonDominatedSorting.survivors(population, count: population.count)
    case .fourOperators: FourOperators.ranked(population)
    }
  }

  /// The worst of each goal, with a tenth of the range added, so that ends of a front count.
  private func worst(_ population: [Individual]) -> [Double] {
    (0..<evaluator.goalCount).map { k in
      let values = population.map { $0.evaluation.goals[k] }.filter { abs($0) < .greatestFiniteMagnitude }
      guard let low = values.min(), let high = values.max() else { return 0 }
      return high + 0.1 * max(high - low, 1e-9 * abs(high))
    }
  }

  /// The best front of a population that stands in the method's order: without those that fail, no two with equal goals.
  private func front(_ population: [Individual]) -> [Individual] {
    var front: [Individual] = []
    for individual in population where individual.isFeasible && individual.rank == 0 {
      // Equal goals stand side by side.
      if let last = front.last, last.evaluation.goals == individual.evaluation.goals { continue }
      front.append(individual)
      // One goal has one best value.
      if evaluator.goalCount == 1 { break }
    }
    return front
  }

  private func record(_ number: Int, _ evaluations: Int, _ state: EvolutionCheckpoint) -> Generation {
    let population = state.population
    var goals: [[Double]] = []
    goals.reserveCapacity(population.count)
    var least = Double.infinity
    for i in population.indices {
      least = min(least, population[i].violation)
      guard population[i].violation <= 0, population[i].rank == 0, evaluator.goalCount > 1 || goals.isEmpty else {
        continue
      }
      let values = population[i].evaluation.goals
      if goals.last != values { goals.append(values) }
    }
    var best = goals.first ?? []
    for other in goals {
      for k in best.indices where other[k] < best[k] { best[k] = other[k] }
    }
    return Generation(
      number: number, evaluations: evaluations, frontCount: goals.count,
      hypervolume: hypervolume(of: goals, below: state.reference), best: best, leastViolation: least)
  }

  private func isStagnant(_ history: [Generation]) -> Bool {
    guard let patience = settings.stagnation, history.count > patience else { return false }
    let now = history[history.count - 1], before = history[history.count - 1 - patience]
    // Without a point that keeps all constraints the violation is what shrinks.
    if now.frontCount == 0 { return now.leastViolation >= before.leastViolation * (1 - settings.stagnationShare) }
    if before.frontCount == 0 { return false }
    return now.hypervolume <= before.hypervolume + abs(before.hypervolume) * settings.stagnationShare
  }

  /// What is there where the first generation was stopped.
  private func nothing() -> EvolutionResult {
    let state = EvolutionCheckpoint(
      subject: subject, method: settings.method.name, variables: variables, goalCount: evaluator.goalCount,
      constraintCount: evaluator.constraintCount, random: SeededRandom(seed: settings.seed), population: [],
      history: [], reference: settings.reference ?? [])
    return result(state, .stopped)
  }

  private func result(_ state: EvolutionCheckpoint, _ end: EvolutionEnd) -> EvolutionResult {
    EvolutionResult(
      front: front(state.population), history: state.history, reference: state.reference,
      evaluations: state.history.last?.evaluations ?? 0, end: end, checkpoint: state)
  }
}

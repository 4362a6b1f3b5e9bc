import EvolutionProblems
import Testing
import TulouEvolution

/// What selection and operators must do, seen from outside: each test fails where one of their steps is left out.
@Suite struct SelectionTests {
  private func settings(_ method: EvolutionMethod, population: Int, generations: Int) -> EvolutionSettings {
    var settings = EvolutionSettings(method: method)
    settings.population = population
    settings.generations = generations
    settings.threads = 1
    return settings
  }

  /// Crowding counts each goal by its range, so the unit of a goal moves no point: a power of two scales without rounding.
  @Test func theUnitOfAGoalMovesNoPoint() throws {
    let settings = settings(.nsga2(GeneticOperators()), population: 24, generations: 40)
    let plain = try EvolutionRun(ScaledProblem(scale: 1), settings: settings).run()
    for scale in [1024, 1.0 / 65536] {
      let scaled = try EvolutionRun(ScaledProblem(scale: scale), settings: settings).run()
      #expect(scaled.front.map(\.point) == plain.front.map(\.point), "unit \(scale)")
    }
  }

  /// Of points that fail, those that fail by less survive, in either method.
  @Test func failuresShrinkWhereNothingHolds() throws {
    for method in [EvolutionMethod.nsga2(GeneticOperators()), .fourOperators(FourOperators())] {
      let result = try EvolutionRun(NeverHeld(), settings: settings(method, population: 24, generations: 80)).run()
      let least = result.history.map(\.leastViolation)
      #expect(zip(least, least.dropFirst()).allSatisfy { $0 >= $1 })
      // The sum of six variables is at most 6, so 10 is missed by 4 at the least.
      #expect((least.last ?? 0) < 4.2 && (least.last ?? 0) >= 4)
      #expect(result.front.isEmpty)
    }
  }

  /// Simulated binary crossover of index 15 spreads children beyond parents as well as between them.
  ///
  /// A child lies s/2 of the parents' distance from their middle; half of all s are above 1, and s exceeds 1.07 at random numbers
  /// above 1 - 1.07^-16/2 = 0.83 (Deb and Agrawal 1995, equation for the contracting and the expanding half).
  @Test func crossoverReachesBeyondParents() throws {
    var operators = GeneticOperators()
    operators.mutation = 0
    operators.crossover = 1
    operators.crossoverPerVariable = 1
    var settings = settings(.nsga2(operators), population: 200, generations: 1)
    settings.startingPoints = (0..<200).map { [$0.isMultiple(of: 2) ? 0.4 : 0.6] }
    let points = try EvolutionRun(OpposedGoals(), settings: settings).run().checkpoint.population.map { $0.point[0] }
    let least = points.min() ?? 0, most = points.max() ?? 0
    #expect(most > 0.607 && most < 0.75)
    #expect(least < 0.393 && least > 0.25)
    // Half of all children lie between their parents.
    #expect(points.contains { $0 > 0.401 && $0 < 0.599 })
  }

  /// Mutation draws from the whole range of a variable: a population that stands on the lower bounds gets away from them.
  @Test func mutationLeavesTheLowerBound() throws {
    var settings = settings(.fourOperators(FourOperators()), population: 40, generations: 200)
    settings.startingPoints = Array(repeating: Array(repeating: 0, count: 6), count: 40)
    let result = try EvolutionRun(StepProblem(), settings: settings).run()
    let best = try #require(result.front.first)
    #expect(best.goals[0] < 3.5 && best.point.reduce(0, +) >= 22)
  }
}

/// Two goals that trade off with a bent front, the second in a unit of its own.
private struct ScaledProblem: Evaluator {
  var scale: Double
  var variables: [Variable] { Array(repeating: Variable(0, 1), count: 4) }
  var goalCount: Int { 2 }
  var constraintCount: Int { 0 }
  func evaluate(_ x: [Double]) -> Evaluation {
    let rest = x.dropFirst().reduce(0, +)
    return Evaluation(goals: [x[0] + rest, scale * ((1 - x[0]) * (1 - x[0]) + rest)])
  }
}

/// A constraint that no point keeps: the sum of the variables is to reach 10.
private struct NeverHeld: Evaluator {
  var variables: [Variable] { Array(repeating: Variable(0, 1), count: 6) }
  var goalCount: Int { 1 }
  var constraintCount: Int { 1 }
  func evaluate(_ x: [Double]) -> Evaluation {
    let sum = x.reduce(0, +)
    return Evaluation(goals: [sum], violations: [10 - sum])
  }
}

/// Every point is as good as every other: what one goal gains the other loses.
private struct OpposedGoals: Evaluator {
  var variables: [Variable] { [Variable(0, 1)] }
  var goalCount: Int { 2 }
  var constraintCount: Int { 0 }
  func evaluate(_ x: [Double]) -> Evaluation { Evaluation(goals: [x[0], -x[0]]) }
}

import EvolutionProblems
import Testing
import TulouEvolution

@Suite struct FrontTests {
  private func mean(_ problem: FrontProblem, seeds: ClosedRange<UInt64>) throws -> Double {
    var sum = 0.0
    for seed in seeds {
      var settings = EvolutionSettings(method: .nsga2(GeneticOperators()))
      settings.seed = seed
      settings.reference = problem.reference
      let result = try EvolutionRun(problem, settings: settings).run()
      #expect(result.evaluations == 20_100)
      sum += hypervolume(of: result.front.map(\.goals), below: problem.reference)
    }
    return sum / Double(seeds.count)
  }

  /// Hypervolume of the true front by its formula, less what 100 points leave out (some hundredths).
  @Test func frontsOfKnownProblemsAreReached() throws {
    // 1.1^2 - 1/3 = 0.8767 is the volume of the whole front of ZDT1, 1.1^2 - 2/3 = 0.5433 of ZDT2.
    #expect(try mean(.zdt1, seeds: 1...2) > 0.868)
    #expect(try mean(.zdt2, seeds: 1...2) > 0.533)
    #expect(try mean(.zdt3, seeds: 1...2) > 1.32)
    // 1.1^3 - pi/6 = 0.8074.
    #expect(try mean(.dtlz2, seeds: 1...2) > 0.69)
  }

  @Test func constraintsAreKept() throws {
    var settings = EvolutionSettings(method: .nsga2(GeneticOperators()))
    settings.generations = 60
    let result = try EvolutionRun(FrontProblem.bnh, settings: settings).run()
    #expect(result.front.count == 100)
    #expect(result.front.allSatisfy { $0.evaluation.violations.allSatisfy { $0 <= 0 } })
    // The front runs from (0, 50) to about (136, 4).
    #expect((result.front.first?.goals[0] ?? .infinity) < 1)
    #expect((result.front.last?.goals[1] ?? .infinity) < 4.5)
  }

  @Test func pointsWithoutNumbersAreLast() throws {
    var settings = EvolutionSettings(method: .nsga2(GeneticOperators()))
    settings.population = 20
    settings.generations = 20
    let result = try EvolutionRun(BrokenProblem(), settings: settings).run()
    #expect(result.front.count == 20)
    #expect(result.front.allSatisfy { $0.point[0] >= 0 })
  }

  /// Fronts as their definition makes them: take away all that none of the rest dominates, again and again. Goals on a coarse
  /// grid, so that many are equal.
  @Test(arguments: 1...5) func ranksAreThoseOfTheDefinition(goalCount: Int) throws {
    var settings = EvolutionSettings(method: .nsga2(GeneticOperators()))
    settings.population = 240
    settings.generations = 0
    let population = try EvolutionRun(CoarseGoals(goalCount: goalCount), settings: settings).run().checkpoint.population
    #expect(population.count == 240)
    var rest = population
    var rank = 0
    while !rest.isEmpty {
      let front = rest.filter { one in
        !rest.contains { other in
          zip(other.goals, one.goals).allSatisfy { $0 <= $1 } && other.goals != one.goals
        }
      }
      #expect(front.allSatisfy { $0.rank == rank }, "front \(rank)")
      rest.removeAll { one in front.contains { $0.goals == one.goals } }
      rank += 1
    }
    #expect(rank > 3)
  }

  /// What was measured while points were given up is what the kept ones measure alone.
  @Test(arguments: FrontProblem.allCases) func crowdingIsThatOfTheKept(problem: FrontProblem) throws {
    var settings = EvolutionSettings(method: .nsga2(GeneticOperators()))
    settings.population = 60
    settings.generations = 25
    let run = try EvolutionRun(problem, settings: settings)
    let kept = try run.run().checkpoint
    // Going on from the end breeds nothing and measures all anew.
    let again = try run.run(from: kept).checkpoint.population
    #expect(again.map(\.crowding) == kept.population.map(\.crowding))
    #expect(again.contains { $0.crowding > 0 && $0.crowding < .infinity })
  }

  @Test func hypervolumesByHand() {
    #expect(hypervolume(of: [], below: [1, 1]) == 0)
    #expect(hypervolume(of: [[2, 0]], below: [1, 1]) == 0)
    #expect(hypervolume(of: [[0.25]], below: [1]) == 0.75)
    #expect(abs(hypervolume(of: [[0, 0.5], [0.5, 0], [0.6, 0.6]], below: [1, 1]) - 0.75) < 1e-15)
    // Three boxes that share a corner: 3 x 1 x 1 x 0.5 less what they share.
    let boxes = [[0, 0, 0.5], [0, 0.5, 0], [0.5, 0, 0]]
    #expect(abs(hypervolume(of: boxes, below: [1, 1, 1]) - 0.875) < 1e-15)
    // Four goals: one point is a box.
    #expect(
      abs(hypervolume(of: [[0.5, 0.5, 0.5, 0.5], [0.6, 0.6, 0.6, 0.6]], below: [1, 1, 1, 1]) - 0.0625) < 1e-15)
  }
}

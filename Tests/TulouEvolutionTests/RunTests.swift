import EvolutionProblems
import Foundation
import Testing
import TulouEvolution

@Suite struct RunTests {
  private func settings(_ method: EvolutionMethod = .nsga2(GeneticOperators())) -> EvolutionSettings {
    var settings = EvolutionSettings(method: method)
    settings.population = 24
    settings.generations = 30
    return settings
  }

  @Test func sameForAnyNumberOfThreads() throws {
    for method in [EvolutionMethod.nsga2(GeneticOperators()), .fourOperators(FourOperators())] {
      var one = settings(method), three = settings(method)
      one.threads = 1
      three.threads = 3
      if case .nsga2 = method {
        #expect(
          try EvolutionRun(FrontProblem.zdt3, settings: one).run()
            == EvolutionRun(FrontProblem.zdt3, settings: three).run())
      } else {
        #expect(
          try EvolutionRun(StepProblem(), settings: one).run() == EvolutionRun(StepProblem(), settings: three).run())
      }
    }
  }

  @Test func seedsMatter() throws {
    var other = settings()
    other.seed = 2
    #expect(
      try EvolutionRun(FrontProblem.zdt1, settings: settings()).run().front
        != EvolutionRun(FrontProblem.zdt1, settings: other).run().front)
  }

  @Test func fourOperatorsNeverGetWorseAndFindTheBest() throws {
    var settings = settings(.fourOperators(FourOperators()))
    settings.generations = 300
    settings.population = 100
    let result = try EvolutionRun(StepProblem(), settings: settings).run()
    let best = result.history.compactMap(\.best.first)
    #expect(zip(best, best.dropFirst()).allSatisfy { $0 >= $1 })
    // Four variables at 4, two at 3: 4 x 0.64 + 2 x 0.04.
    #expect(abs((best.last ?? 0) - 2.64) < 1e-12)
    #expect(result.front.first?.point.allSatisfy { $0 == $0.rounded() } == true)
  }

  @Test func aCheckpointGoesOnAsIfNothingHadHappened() throws {
    for method in [EvolutionMethod.nsga2(GeneticOperators()), .fourOperators(FourOperators())] {
      let problem = StepProblem()
      let whole = try EvolutionRun(problem, settings: settings(method), subject: "a").run()
      var kept: Data?
      let part = try EvolutionRun(problem, settings: settings(method), subject: "a").run { generation, checkpoint in
        if generation.number == 11 { kept = try? JSONEncoder().encode(checkpoint) }
        return generation.number < 11
      }
      #expect(part.end == .stopped)
      let checkpoint = try JSONDecoder().decode(EvolutionCheckpoint.self, from: #require(kept))
      #expect(try EvolutionRun(problem, settings: settings(method), subject: "a").run(from: checkpoint) == whole)
    }
  }

  @Test func checkpointsOfOthersAreRefused() throws {
    let checkpoint = try EvolutionRun(FrontProblem.zdt1, settings: settings(), subject: "a").run().checkpoint
    func refusal(_ subject: String, _ problem: FrontProblem, _ settings: EvolutionSettings) throws -> String {
      let run = try EvolutionRun(problem, settings: settings, subject: subject)
      let error = #expect(throws: EvolutionError.self) { try run.run(from: checkpoint) }
      return error?.description ?? ""
    }
    #expect(try refusal("b", .zdt1, settings()) == "the checkpoint belongs to 'a', not to 'b'")
    #expect(try refusal("a", .dtlz2, settings()).contains("variables"))
    var larger = settings()
    larger.population = 40
    #expect(try refusal("a", .zdt1, larger).contains("population of 24, not 40"))
    var damaged = checkpoint
    damaged.population[3].point.removeLast()
    let run = try EvolutionRun(FrontProblem.zdt1, settings: settings(), subject: "a")
    #expect(throws: EvolutionError.checkpoint("the checkpoint is damaged: lists of different length")) {
      try run.run(from: damaged)
    }
  }

  @Test func stopsWhenNothingGrows() throws {
    var settings = settings(.fourOperators(FourOperators()))
    settings.generations = 10_000
    settings.stagnation = 40
    let result = try EvolutionRun(StepProblem(), settings: settings).run()
    #expect(result.end == .stagnation)
    #expect(result.history.count < 2000)
  }

  @Test func settingsThatCannotRunAreRefused() {
    var small = settings()
    small.population = 3
    #expect(throws: EvolutionError.settings("a population of 3 is too small: at least 4")) {
      try EvolutionRun(FrontProblem.zdt1, settings: small)
    }
    #expect(throws: EvolutionError.settings("the four operators seek one goal, not 2")) {
      try EvolutionRun(FrontProblem.zdt1, settings: settings(.fourOperators(FourOperators())))
    }
  }

  @Test func startingPointsTakePart() throws {
    var settings = settings(.fourOperators(FourOperators()))
    settings.generations = 0
    settings.startingPoints = [[4, 4, 4, 4, 3, 3]]
    let result = try EvolutionRun(StepProblem(), settings: settings).run()
    #expect(result.front.first?.point == [4, 4, 4, 4, 3, 3])
  }
}

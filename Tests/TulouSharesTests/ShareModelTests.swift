import Testing
import TulouEvolution
import TulouQuantities
import TulouShares

/// A small town's winter day.
private func winter() -> ShareSeason {
  let shape: [Double] = [
    0.3, 0.25, 0.22, 0.2, 0.2, 0.19, 0.3, 0.5, 0.7, 0.85, 0.9, 0.97, 1, 0.95, 0.8, 0.7, 0.65, 0.7, 0.85, 0.9, 0.85, 0.7,
    0.5,
    0.4,
  ]
  return ShareSeason(
    name: "winter", days: 145, ambient: 8.2,
    demands: [
      ShareDemand(peak: 27, energy: 275, shape: shape), ShareDemand(peak: 50, energy: 700, shape: shape),
      ShareDemand(peak: 38, energy: 350, shape: shape), ShareDemand(peak: 3, energy: 16, shape: shape),
    ], sunHours: 3, collectorHours: 4, troughHours: 3)
}

@Suite struct ShareModelTests {
  @Test func demandsHaveTheirPeakAndEnergy() {
    for demand in winter().demands {
      #expect(abs((demand.hours.max() ?? 0) - demand.peak) < 1e-12)
      #expect(abs(demand.hours.reduce(0, +) - demand.energy) < 1e-6)
    }
  }

  @Test func theReferenceHasFitnessZero() {
    let model = ShareModel(winter())
    let evaluator = ShareEvaluator(model, goal: .fitness(exergyWeight: 0.5))
    #expect(evaluator.fitness(model.figures(model.reference), exergyWeight: 0.5) == 0)
    #expect(evaluator.evaluate(model.reference).violations.allSatisfy { $0 <= 0 })
  }

  /// By hand: all from the grid, heat by heaters of 0.98, cold by an air conditioner of 3.2.
  @Test func efficiencyAndElectricityOfTheReferenceByHand() {
    let model = ShareModel(winter())
    let figures = model.figures(model.reference)
    let driven = 700 / 0.98 + 350 / 0.98 + 16 / 3.2
    #expect(abs(figures.driven - driven) < 1e-6)
    let used =
      275 + 700 * (40 - 8.2) / 313.15 + 350 * (55 - 8.2) / 328.15 + 16 * (8.2 - 7) / 280.15
    #expect(abs(figures.efficiency - used / (275 + driven)) < 1e-9)
    #expect(figures.lossHours == 0)
    #expect(figures.wasteHeat == 0)
  }

  @Test func nothingServesNothing() {
    let model = ShareModel(winter())
    let figures = model.figures([Double](repeating: 0, count: 27))
    #expect(figures.lossHours == 1)
    #expect(abs(figures.lossEnergy - 1) < 1e-12)
    #expect(figures.efficiency == 0)
  }

  @Test func noDesignGivesMoreExergyThanItTakes() {
    var random = SeededRandom(seed: 7)
    for basis in ShareBasis.allCases {
      let model = ShareModel(winter(), basis: basis)
      let evaluator = ShareEvaluator(model, goal: .front)
      for _ in 0..<2000 {
        let point = evaluator.variables.map { variable in
          Bool.random(using: &random)
            ? 0 : Double.random(in: variable.lower...max(variable.lower, variable.upper), using: &random)
        }
        let figures = model.figures(evaluator.design(of: point))
        #expect(figures.efficiency <= 1 && figures.efficiency >= 0)
      }
    }
  }

  @Test func ratioOfPresentWorth() {
    #expect(abs(ShareCosts.ratio(escalation: 0.043, discount: 0.03) - 1.012621) < 5e-7)
    #expect(abs(ShareCosts.ratio(escalation: 0.062, discount: 0.03) - 1.031068) < 5e-7)
  }

  @Test func assumptionsAreReplacedByName() {
    var assumptions = ShareAssumptions()
    let isSet = assumptions.set("battery.energy_capital", 200, source: "a test")
    let isUnknown = assumptions.set("batery.energy_capital", 200, source: "a test")
    #expect(isSet && !isUnknown)
    #expect(assumptions["battery.energy_capital"] == 200)
    #expect(assumptions["nothing"].isNaN)
  }

  @Test func weightedOptimaLieOnOrInsideTheFront() throws {
    let model = ShareModel(winter())
    let seeds: [UInt64] = [1, 2, 3, 4]
    let evaluator = ShareEvaluator(model, goal: .front)
    // A run may end in a valley of its own, so the best of four is compared with the best of four.
    let fronts = try seeds.map { seed in
      var many = EvolutionSettings(method: .nsga2(GeneticOperators()))
      many.generations = 250
      many.seed = seed
      many.startingPoints = evaluator.startingPoints
      let front = try EvolutionRun(evaluator, settings: many).run().front
      #expect(front.count > 20)
      return front.map { model.figures(evaluator.design(of: $0.point)) }
    }
    for weight in [0.33, 0.5, 0.67] {
      let single = ShareEvaluator(model, goal: .fitness(exergyWeight: weight))
      let optima = try seeds.map { seed in
        var one = EvolutionSettings(method: .fourOperators(FourOperators()))
        one.generations = 250
        one.seed = seed
        one.startingPoints = single.startingPoints
        let result = try EvolutionRun(single, settings: one).run()
        let best = result.history.compactMap(\.best.first)
        #expect(zip(best, best.dropFirst()).allSatisfy { $0 >= $1 })
        let point = try #require(result.front.first?.point)
        return single.fitness(model.figures(single.design(of: point)), exergyWeight: weight)
      }
      let reached = fronts.joined().map { single.fitness($0, exergyWeight: weight) }.max() ?? -.infinity
      #expect(reached >= optima.max() ?? .infinity, "\(weight): \(optima)")
    }
  }
}

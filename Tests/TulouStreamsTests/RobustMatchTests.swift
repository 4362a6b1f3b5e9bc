import Testing
import TulouProblem
import TulouSolvers
import TulouStreams

/// Designs with failures in view against the best match counted the same way.
@Suite(.enabled(if: RandomPark.library != nil)) struct RobustMatchTests {
  @Test(arguments: 1...6) func isNeverWorseByItsOwnCount(seed: Int) throws {
    var park = RandomPark.park(seed: seed, links: 5)
    for i in park.partners.indices { park.partners[i].away = 0.05 * Double(i + 1) }
    let matching = Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options)
    let best = try matching.best()
    for rule in [RobustRule.worst(weight: 0), .worst(weight: 0.1), .worst(weight: 1), .shares] {
      let robust = try matching.robust(rule, best: best)
      let tolerance = 1e-6 * max(1, abs(best.value))
      #expect(robust.weighed <= robust.weighedOfBest + tolerance, "seed \(seed), \(rule)")
      #expect(robust.price >= -tolerance && robust.plan.largestBreak(in: park) < 1e-4)
      if rule == .worst(weight: 0) { #expect(abs(robust.price) <= tolerance) }
    }
  }
}

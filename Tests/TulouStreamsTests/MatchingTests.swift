import Testing
import TulouProblem
import TulouSolvers
import TulouStreams

/// Random parks against every pattern of links tried one by one.
@Suite(.enabled(if: RandomPark.library != nil)) struct MatchingTests {
  @Test(arguments: 1...12) func bestSetsEqualEnumeration(seed: Int) throws {
    try MatchingChecks.againstEnumeration(seed: seed, links: 5)
  }

  @Test(arguments: 1...6) func accountsAddUpAndLimitsHold(seed: Int) throws {
    let park = RandomPark.park(seed: seed, links: 7)
    let matching = Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options)
    let plan = try matching.best()
    #expect(plan.largestBreak(in: park) < 1e-5)
    let values = park.links.indices.map { MatchValue(park, link: $0, in: plan) }
    let trenches = zip(park.trenches, plan.trenches).filter { $0.1 }.reduce(0) { $0 + $1.0.fixed }
    let sum = values.reduce(0) { $0 + $1.accounting } - trenches
    #expect(abs(sum - (matching.apart - plan.value)) < 1e-6 * max(1, matching.apart))
    let marginals = try matching.marginals(plan)
    for (a, marginal) in marginals.enumerated() { #expect((marginal != nil) == plan.built[a]) }
    // All together gain what the plan gains; nobody gains anything alone.
    let all = try matching.value(ofGroup: Set(park.partners.map(\.id)))
    #expect(abs(all - (matching.apart - plan.value)) < 1e-6 * max(1, matching.apart))
    #expect(abs(try matching.value(ofGroup: ["p1"])) < 1e-6 * max(1, matching.apart))
  }

  @Test(arguments: 1...6) func moreWayNeverGainsAndFreeMeasuresNeverLose(seed: Int) throws {
    var park = RandomPark.park(seed: seed, links: 6)
    let solver = try RandomPark.solver()
    let near = Matching(park, solver: solver, options: MatchingChecks.options)
    let value = near.apart - (try near.best().value)
    var far = near
    for a in far.park.links.indices {
      far.park.links[a].transport *= 2
      far.park.links[a].fixed *= 2
      far.park.links[a].efficiency *= far.park.links[a].efficiency
      far.park.links[a].minimum = 0
    }
    var waived = near
    for a in waived.park.links.indices { waived.park.links[a].minimum = 0 }
    let least = waived.apart - (try waived.best().value)
    #expect(far.apart - (try far.best().value) <= least + 1e-6 * near.apart)
    park.sinks[0].reductions = [Reduction(id: "m", saves: 0.2, yearlyCost: 0)]
    let saving = Matching(park, solver: solver, options: MatchingChecks.options)
    #expect(saving.apart - (try saving.best().value) >= value - 1e-6 * near.apart)
  }

  @Test(arguments: 1...4) func frontFallsAndRisesAndFailuresAreTold(seed: Int) throws {
    var park = RandomPark.park(seed: seed, links: 6)
    for s in park.sources.indices { park.sources[s].disposalEmission = 0.5 }
    let matching = Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options)
    let front = try matching.front(.co2, .money, points: 4)
    #expect(front.count >= 2)
    for (one, next) in zip(front, front.dropFirst()) {
      #expect(next.second <= one.second + 1e-6 * matching.apart && next.first >= one.first - 1e-3)
    }
    let plan = try matching.best()
    for partner in park.partners {
      let failure = try matching.failure(of: partner.id, plan)
      #expect(failure.loss >= -1e-6 * matching.apart && !failure.victims.contains { $0.partner == partner.id })
    }
  }
}

/// What random parks are asked.
enum MatchingChecks {
  static var options: SolveOptions {
    var options = SolveOptions()
    options.tolerance = 1e-10
    return options
  }

  static func againstEnumeration(seed: Int, links: Int) throws {
    let park = RandomPark.park(seed: seed, links: links)
    let matching = Matching(park, solver: try RandomPark.solver(), options: options)
    let all = RandomPark.enumerated(matching)
    let count = min(all.count, 4)
    let best = try matching.alternatives(count)
    #expect(best.count == count, "seed \(seed)")
    for (found, wanted) in zip(best, all) {
      #expect(abs(found.value - wanted.value) <= 1e-6 * max(1, abs(wanted.value)), "seed \(seed)")
    }
    for (one, next) in zip(best, best.dropFirst()) { #expect(next.value >= one.value - 1e-6 * abs(one.value)) }
    let first = try #require(best.first)
    #expect(first.largestBreak(in: park) < 1e-5, "seed \(seed)")
  }
}

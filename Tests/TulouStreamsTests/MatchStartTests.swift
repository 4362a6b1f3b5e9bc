import Testing
import TulouProblem
import TulouSolvers
import TulouStreams

/// The start of parks with many links, and what HiGHS makes of a start.
@Suite(.enabled(if: RandomPark.library != nil)) struct MatchStartTests {
  @Test func manyLinksHaveAMatchThatHoldsWithinTheGapAsked() throws {
    let park = LargePark.park(links: 130, blocks: 1)
    var options = MatchingChecks.options
    options.tolerance = 0.03
    options.timeLimit = 20
    let plan = try Matching(park, solver: try RandomPark.solver(), options: options).best()
    #expect(plan.largestBreak(in: park) < 1e-4)
    #expect(plan.bound <= plan.value && plan.gap <= 0.03, "\(plan.gap)")
  }

  @Test func aMatchIsToldThoughTheTimeIsOverAtOnce() throws {
    let park = LargePark.park(links: 130, blocks: 12)
    var options = MatchingChecks.options
    options.timeLimit = 1e-3
    let matching = Matching(park, solver: try RandomPark.solver(), options: options)
    let plan = try matching.best()
    #expect(plan.largestBreak(in: park) < 1e-4 && plan.value <= matching.apart * (1 + 1e-9))
    #expect(plan.bound <= plan.value)
  }

  /// A bound that lies above its match by more than rounding is no bound: neither number is told as right.
  @Test func aBoundAboveAMatchIsAFault() throws {
    var options = MatchingChecks.options
    options.timeLimit = 1e-3
    let matching = Matching(LargePark.park(links: 130, blocks: 1), solver: try RandomPark.solver(), options: options)
    let plan = try matching.best()
    #expect(try matching.bounded(plan, by: 0.9 * plan.value).bound == 0.9 * plan.value)
    #expect(try matching.bounded(plan, by: plan.value * (1 + 1e-8)).bound == plan.value)
    #expect(throws: MatchFailure.self) { try matching.bounded(plan, by: plan.value * 1.001) }
  }

  /// Links taken one by one serve most of what can be served: with them all and nothing else, cost is far below that without any.
  @Test func linksOneByOneAreAStart() throws {
    var park = LargePark.park(links: 130, blocks: 4)
    let apart = Matching(park, solver: try RandomPark.solver()).apart
    let greedy = GreedyLinks(park, goal: .money, without: [0]).built
    let taken = park.links.indices.filter { greedy[$0] }
    let fixed = taken.reduce(0) { $0 + park.links[$1].fixed }
    park.links = taken.map { park.links[$0] }
    for a in park.links.indices {
      park.links[a].fixed = 0
      park.links[a].smallest = 0
    }
    let plan = try Matching(park, solver: try RandomPark.solver(), options: MatchingChecks.options).best()
    #expect(!greedy[0] && plan.value + fixed < 0.6 * apart, "\(plan.value + fixed), \(apart)")
  }

  /// All that is asked beside the match is left out and named, and the match itself is that of no links.
  @Test func whatTheTimeLeavesOutIsNamed() throws {
    let symbiosis = Symbiosis(park: LargePark.park(links: 130, blocks: 2))
    var question = MatchQuestion()
    question.alternatives = 3
    question.without = symbiosis.park.partners.map(\.id)
    question.robust = .shares
    question.front = (.co2, .money, 3)
    var options = MatchingChecks.options
    options.timeLimit = 1e-6
    let result = try MatchStudy.run(symbiosis, question, solver: try RandomPark.solver(), options: options)
    #expect(result.symbiosis.park.links.count > MatchStudy.manyLinks)
    #expect(result.leftOut == [.alternatives, .different, .failures, .robust, .front])
    #expect(result.failures.isEmpty && result.front.isEmpty && result.robust == nil)
    #expect(!result.best.isProven && result.value >= 0)
    #expect(result.best.largestBreak(in: result.symbiosis.park) < 1e-6)
  }

  /// A year of six blocks of which three and three are alike is worth what a year of two blocks is.
  @Test func equalBlocksOfManyLinksAreCountedAsOne() throws {
    let two = LargePark.park(links: 130, blocks: 2)
    var six = two
    let order = [0, 1, 0, 0, 1, 1]
    six.blocks = order.map { two.blocks[$0] / 3 }
    for s in six.sources.indices { six.sources[s].supply = order.map { two.sources[s].supply[$0] } }
    for d in six.sinks.indices { six.sinks[d].need = order.map { two.sinks[d].need[$0] } }
    six.sinks[0].accepts = order.map { 0.5 * two.sinks[0].need[$0] }
    var options = MatchingChecks.options
    options.tolerance = 0.05
    options.timeLimit = 20
    let plan = try Matching(six, solver: try RandomPark.solver(), options: options).best()
    #expect(plan.largestBreak(in: six) < 1e-4 && plan.bound <= plan.value)
    for flows in plan.flows + plan.fresh + plan.disposed {
      #expect(flows.count == 6 && flows[0] == flows[2] && flows[2] == flows[3] && flows[1] == flows[4])
    }
    // Counted from what flows, over all six blocks.
    var cost = 0.0
    for (a, link) in six.links.enumerated() where plan.built[a] {
      cost += link.fixed + link.perCapacity * plan.sizes[a] + link.transport * six.yearly(plan.flows[a])
    }
    for (d, sink) in six.sinks.enumerated() { cost += sink.price * six.yearly(plan.fresh[d]) }
    for (s, source) in six.sources.enumerated() { cost += source.disposal * six.yearly(plan.disposed[s]) }
    #expect(abs(cost - plan.value) < 1e-6 * plan.value, "\(cost), \(plan.value)")
  }

  /// Ten things of worth 1 to 10 and weight 2 in a sack of 9: a start is kept where no node may be looked at.
  @Test func branchingStartsFromWhatIsGiven() throws {
    var problem = HourlyProblem(steps: 1, stepHours: 1, weight: [1], years: 1)
    var weight = LinearForm()
    for k in 0..<10 {
      problem.capacities.append(
        Capacity(Label("k\(k)", .size, part: .built(.only)), upper: 1, choice: .multiples(of: 1)))
      problem.objective.add(capacity: k, -Double(k + 1))
      weight.add(capacity: k, 2)
    }
    problem.yearlyRows.append(YearlyRow(Label("sack", .limit), weight, upper: 9))
    var options = SolveOptions()
    options.integers = true
    var solver = try RandomPark.solver()
    solver.start = [6: 1, 7: 1, 8: 1, 9: 1]
    let solution = solver.solve(problem, options: options)
    #expect(solution.status == .optimal && abs(solution.objective + 34) < 1e-6)
    // A start that breaks a limit is no plan, and does no harm.
    solver.start = Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, 1.0) })
    #expect(abs(solver.solve(problem, options: options).objective + 34) < 1e-6)
  }
}

import Synchronization
import TulouAccounts
import TulouProblem
public import TulouProject
public import TulouQuantities
public import TulouSolvers
import TulouTechnologies

/// The study `search`: many sizes run under a rule, those that break a limit dropped with the reason, the rest ranked.
public enum SearchStudy {
  /// Searches a project's free sizes.
  ///
  /// - Parameters:
  ///   - project: Typed and complete; its stages are not looked at.
  ///   - options: Strategy, method, grid, how many rows are kept.
  ///   - solver: Who finds the bound of the linear plan; nil: none is sought.
  ///   - before: A search that was interrupted, to go on with.
  ///   - spread: Calls its second argument with every number below the first, on as many threads as it likes.
  /// - Throws: What rules cannot run, or what a search cannot know, named.
  public static func run(
    project: Project, options: SearchOptions = SearchOptions(), solver: (any Solver)?,
    resuming before: SearchProgress? = nil,
    spread: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void = { count, body in (0..<count).forEach(body) }
  ) throws(ProjectFault) -> SearchOutcome {
    switch options.strategy {
    case .loadFollowing, .cycleCharging, .combined, .selfConsumption: break
    default:
      throw ProjectFault([
        Diagnostic(
          .error,
          "A search runs load_following, cycle_charging, combined or self_consumption, not '\(options.strategy.name)'.",
          advice: "Search with one of these, then simulate the best rows with '--strategy \(options.strategy.name)'.")
      ])
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let (builder, space) = try builder(project, options)
    // One design is run whole, so that what rules cannot take is said before the search begins.
    let probe = builder.capacities(space.sides.map(\.upper))
    var first = builder.assembled
    for k in probe.indices { first.problem.capacities[k].lower = probe[k] }
    _ = try SystemReader.system(of: first)
    let (lanes, refusal) = try LaneEvaluator.make(builder, options.strategy, cheapest: options.cheapest)
    let hours = HourEvaluator(builder: builder, strategy: options.strategy, cheapest: options.cheapest)

    var outcome = SearchOutcome(
      project: project, strategy: options.strategy, cheapest: options.cheapest, sides: space.sides,
      components: builder.components, limits: builder.limitNames)
    outcome.engine = lanes == nil ? "hour by hour (\(refusal))" : "lanes, rows shown again hour by hour"
    outcome.fingerprint = fingerprint(outcome)
    var method = options.method
    let count = space.gridCount
    if method == .automatic {
      let most = lanes == nil ? 3000 : 300_000
      method = (count ?? .max) <= most ? .grid : .evolve
    }
    outcome.method = method
    outcome.gridCount = method == .grid ? count : nil
    if method == .grid, (count ?? .max) > options.most {
      throw ProjectFault([
        Diagnostic(
          .error,
          "The grid has \(count.map { "\($0)" } ?? "too many") designs; '--most' allows \(options.most).",
          advice: "Fewer --points, --candidates for some sizes, --method evolve, or a greater --most.")
      ])
    }
    var keeper = RowKeeper(rows: options.rows)
    let run = SearchRun(space: space, lanes: lanes, hours: hours, options: options, spread: spread)
    if let before, before.fingerprint == outcome.fingerprint, method == .grid, before.evaluated <= count ?? 0,
      let rows = run.evaluate(before.sizes.filter { $0.count == space.sides.count })
    {
      // The rows kept are run again: that is quicker than to store all their numbers.
      keeper.admit(rows)
      outcome.evaluated = before.evaluated
      outcome.feasible = before.feasible
      for (name, count) in before.rejected {
        if let i = outcome.limits.firstIndex(of: name) { outcome.rejected[i] = count }
      }
      outcome.resumedFrom = before.evaluated
    }
    switch method {
    case .grid, .automatic: run.grid(&outcome, &keeper)
    case .optimise: run.optimise(&outcome, &keeper)
    case .evolve: run.evolve(&outcome, &keeper)
    }
    outcome.searchSeconds = (clock.now - begin) / .seconds(1)
    let kept = keeper.finished()
    outcome.rows = lanes == nil ? kept : run.exact(kept, &outcome)
    outcome.rows.sort { $0.merit.isBetter(than: $1.merit) }
    if let solver, !outcome.isStopped, options.seeksBound { outcome.bound = bound(project, options, solver) }
    outcome.seconds = (clock.now - begin) / .seconds(1)
    return outcome
  }

  /// The assembled problem with whole machines, limits taken out, fixed charges apart, and its free sizes.
  static func builder(
    _ project: Project, _ options: SearchOptions
  ) throws(ProjectFault) -> (CandidateBuilder, SearchSpace) {
    var plain = project
    plain.limits.renewableFractionWithStorage = nil
    let free = try Assembly.problem(for: plain, objective: .netPresentCost)
    let space = try SearchSpace(free, points: options.points, candidates: options.candidates)
    // Whole machines: what is on line is known and starts are paid for.
    var whole = plain
    for c in whole.components.indices {
      guard whole.components[c].kind == "generator", case .converter(var block) = whole.components[c].block,
        let size = whole.components[c].sizes.first
      else { continue }
      if case .multiples = size.choice {
        block.exactCommitment = true
      } else {
        let side = space.sides.first { $0.id == whole.components[c].id }
        guard let total = side?.upper ?? SimulateStudy.fixedTotal(size), total > 0 else { continue }
        whole.components[c].sizes[0].choice = .fixed(total)
        whole.components[c].sizes[0].minimum = total
        whole.components[c].sizes[0].maximum = total
        block.exactCommitment = true
      }
      whole.components[c].block = .converter(block)
    }
    var assembled = try Assembly.problem(for: whole, objective: .netPresentCost)
    let charges = assembled.problem.capacities.map(\.fixedCharge)
    for k in charges.indices { assembled.problem.capacities[k].fixedCharge = 0 }
    var given: [String: Double] = [:]
    for (name, place) in assembled.sizeNames() {
      given[name] = assembled.problem.capacities[place.capacity].lower * place.perUnit
    }
    let notes = assembled.notes
    let released = try assembled.give(sizes: given)
    assembled.notes = notes
    assembled.project.limits = project.limits
    var sides = space.sides
    for d in sides.indices {
      let label = free.problem.capacities[sides[d].capacity].label
      sides[d].capacity = assembled.problem.capacities.firstIndex { $0.label == label } ?? sides[d].capacity
    }
    var moved = space
    moved.sides = sides
    return (CandidateBuilder(assembled: assembled, released: released, sides: sides, charges: charges), moved)
  }

  /// The least value that any sizes and any dispatch can have, by the linear plan.
  private static func bound(_ project: Project, _ options: SearchOptions, _ solver: any Solver) -> Double? {
    var plain = project
    plain.limits.renewableFractionWithStorage = nil
    var asked = options.plan
    asked.wholeNumbers = .relaxed
    asked.explanationSeconds = nil
    asked.objective = .netPresentCost
    guard let outcome = try? PlanStudy.run(project: plain, options: asked, solver: solver),
      let bound = outcome.certificate?.bound, bound.isFinite
    else { return nil }
    return bound
  }

  /// What has to be the same for a search to be gone on with.
  private static func fingerprint(_ outcome: SearchOutcome) -> String {
    let sides = outcome.sides.map { side in
      "\(side.name):" + side.values.map { "\($0)" }.joined(separator: "/")
    }
    return "\(outcome.project.name)|\(outcome.project.horizon.steps)|\(outcome.strategy)|\(outcome.cheapest)|"
      + sides.joined(separator: "|")
  }
}

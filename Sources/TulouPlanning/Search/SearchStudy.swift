import Synchronization
import TulouAccounts
import TulouProblem
public import TulouProject
public import TulouQuantities
public import TulouSolvers
import TulouTechnologies

extension Project {
  /// What rules may do and a plan may not, so that a plan bounds no rule: in words.
  fileprivate var liberties: [String] {
    var found: [String] = []
    for component in components {
      switch component.block {
      case .storage(let storage) where storage.initialShare != nil:
        found.append("'\(component.id)' may end a rule's year with less than it began")
      case .source(let source):
        if case .stock = source.supply { found.append("rules do not know how much the stock '\(component.id)' holds") }
        if case .reservoir(let lake) = source.supply, lake.initialShare != nil {
          found.append("'\(component.id)' may end a rule's year with less than it began")
        }
      case .storage, .converter, .link: continue
      }
    }
    for market in markets where market.buyLimit != nil && carrier(ofBus: market.bus)?.kind == .fuel {
      found.append("rules do not know how much '\(market.id)' gives in an hour")
    }
    return found
  }
}

/// The study `search`: many sizes run under a rule, those that break a limit dropped with the reason, the rest ranked.
public enum SearchStudy {
  /// Searches a project's free sizes.
  ///
  /// - Parameters:
  ///   - project: Typed and complete; its stages are not looked at.
  ///   - options: Strategy, method, grid, how many rows are kept.
  ///   - solver: Who finds the bound of the linear plan, and the windows of `optimal`; nil: neither.
  ///   - before: A search that was interrupted, to go on with.
  ///   - spread: Calls its second argument with every number below the first, on as many threads as it likes.
  /// - Throws: What rules cannot run, or what a search cannot know, named.
  public static func run(
    project: Project, options: SearchOptions = SearchOptions(), solver: (any Solver)?,
    resuming before: SearchProgress? = nil,
    spread: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void = { count, body in (0..<count).forEach(body) }
  ) throws(ProjectFault) -> SearchOutcome {
    let clock = ContinuousClock()
    let begin = clock.now
    let (builder, space) = try builder(project, options)
    // One design is run whole, so that what rules cannot take is said before the search begins.
    let probe = builder.capacities(space.sides.map { max($0.upper, 1e-6) })
    var first = builder.assembled
    for k in probe.indices { first.problem.capacities[k].lower = probe[k] }
    let system = try SystemReader.system(of: first)
    let parts = PartReader(system)
    var engines: [SearchRun.Engine] = []
    var refusal = ""
    for (place, strategy) in options.strategies.enumerated() {
      try SimulateStudy.check(strategy, on: system)
      if case .optimal = strategy, solver == nil {
        throw ProjectFault([Diagnostic(.error, "Strategy 'optimal' needs a solver.")])
      }
      let (lanes, why) = try LaneEvaluator.make(builder, strategy, cheapest: options.cheapest)
      if lanes == nil, refusal.isEmpty { refusal = why }
      let hours = HourEvaluator(
        builder: builder, strategy: strategy, place: place, cheapest: options.cheapest, parts: parts, project: project,
        plan: options.plan, seed: options.seed, solver: solver)
      engines.append(SearchRun.Engine(lanes: lanes, hours: hours))
    }

    var outcome = SearchOutcome(
      project: project, strategies: options.strategies, cheapest: options.cheapest, sides: space.sides,
      components: builder.components, limits: builder.limitNames)
    outcome.partNames = parts.names
    let isInLanes = engines.allSatisfy { $0.lanes != nil }
    outcome.engine = isInLanes ? "lanes, rows shown again hour by hour" : "hour by hour (\(refusal))"
    var method = options.method
    let count = space.gridCount.flatMap { designs -> Int? in
      let (all, overflow) = designs.multipliedReportingOverflow(by: max(1, engines.count))
      return overflow ? nil : all
    }
    if method == .automatic {
      method = (count ?? .max) <= (isInLanes ? 300_000 : 3000) ? .grid : .evolve
    }
    outcome.method = method
    outcome.gridCount = method == .grid ? count : nil
    outcome.fingerprint = fingerprint(outcome, options)
    if method == .grid, (count ?? .max) > options.most {
      throw ProjectFault([
        Diagnostic(
          .error,
          "The grid has \(count.map { "\($0)" } ?? "too many") designs; '--most' allows \(options.most).",
          advice: "Fewer --points, --candidates for some sizes, --method evolve, or a greater --most.")
      ])
    }
    // What an optimiser tries near its end is one row to a reader.
    let width = method == .grid ? [] : space.sides.map { $0.isDiscrete ? 0 : 2e-3 * ($0.upper - $0.lower) }
    var keeper = RowKeeper(rows: options.rows, width: width)
    outcome.surface = DesignSurface(space.sides, isGrid: method == .grid)
    keeper.sample = RejectedSample(most: isInLanes ? 300 : 60)
    var run = SearchRun(space: space, engines: engines, options: options, spread: spread)
    if let before { resume(before, &run, &outcome, &keeper) }
    guard !outcome.isUnchanged else { return outcome }
    switch method {
    case .grid, .automatic: run.grid(&outcome, &keeper)
    case .optimise: run.optimise(&outcome, &keeper)
    case .evolve: run.evolve(&outcome, &keeper)
    }
    outcome.rejectedSample = keeper.sample.rows
    outcome.searchSeconds = (clock.now - begin) / .seconds(1)
    let (kept, ranked) = keeper.finished()
    outcome.ranked = ranked
    outcome.rows = run.exact(kept.filter { !$0.isExact }, &outcome) + kept.filter(\.isExact)
    outcome.rows.sort { $0.isListed(before: $1) }
    outcome.leastCapital = keeper.leastCapital.map { run.exact([$0], &outcome)[0] }
    if !outcome.isStopped {
      // What follows may take longer than the designs; who does not wait for it finds them kept.
      let designs = outcome
      options.designsAreDone(designs)
      if let years = options.years {
        try YearRanking(project: project, options: options, run: run, years: years).rank(&outcome)
      }
      if options.plan.solve.isCancelled() {
        outcome = designs
        outcome.isStopped = true
      } else if let solver, options.seeksBound {
        outcome.bound = bound(project, options, solver)
        checkBound(&outcome)
        outcome.isStopped = outcome.bound == nil && options.plan.solve.isCancelled()
      }
    }
    outcome.seconds = (clock.now - begin) / .seconds(1)
    return outcome
  }

  /// One design run hour by hour under the first strategy.
  ///
  /// - Parameter sizes: Totals by side.
  public static func row(
    project: Project, options: SearchOptions, sizes: [Double], solver: (any Solver)?
  ) throws(ProjectFault) -> SearchCandidate? {
    let (builder, space) = try builder(project, options)
    guard sizes.count == space.sides.count else { return nil }
    var first = builder.assembled
    let probe = builder.capacities(space.sides.map { max($0.upper, 1e-6) })
    for k in probe.indices { first.problem.capacities[k].lower = probe[k] }
    let parts = PartReader(try SystemReader.system(of: first))
    return HourEvaluator(
      builder: builder, strategy: options.strategy, place: 0, cheapest: options.cheapest, parts: parts,
      project: project, plan: options.plan, seed: options.seed, solver: solver
    ).candidate(sizes)
  }

  /// Takes over what an interrupted search had done, if it was the same search.
  private static func resume(
    _ before: SearchProgress, _ run: inout SearchRun, _ outcome: inout SearchOutcome, _ keeper: inout RowKeeper
  ) {
    guard before.fingerprint == outcome.fingerprint, before.evaluated <= outcome.gridCount ?? .max,
      outcome.method == .grid || !before.tried.isEmpty
    else { return }
    outcome.evaluated = before.evaluated
    outcome.feasible = before.feasible
    outcome.resumedFrom = before.evaluated
    for one in before.rejected {
      guard let i = outcome.limits.firstIndex(of: one.name) else { continue }
      outcome.rejected[i] = one.count
      outcome.rejectedAlone[i] = one.alone
    }
    // An optimiser takes the same way again and finds what it knew, until it comes to where it was stopped.
    for one in before.tried where one.sizes.count == run.space.sides.count {
      outcome.tried.append(one)
      run.known[[Double(one.strategy)] + one.sizes] = DesignMerit(violation: one.violation, value: one.value)
    }
    for cell in before.surface { outcome.surface?.admit(cell) }
    // The rows kept are run again: that is quicker than to store all their numbers.
    for strategy in run.engines.indices {
      let designs = before.rows.filter { $0.strategy == strategy && $0.sizes.count == run.space.sides.count }
      let rows = run.evaluate(designs.map(\.sizes), strategy)
      keeper.admit(rows)
      outcome.isUnchanged = rows.count < designs.count
      if outcome.isUnchanged { break }
    }
    var sample: [SearchCandidate] = []
    for one in before.sample where run.engines.indices.contains(one.strategy) && !outcome.isUnchanged {
      let rows = run.evaluate([one.sizes], one.strategy)
      sample += rows
      outcome.isUnchanged = rows.isEmpty
    }
    keeper.sample = RejectedSample(
      most: keeper.sample.most, seen: before.evaluated - before.feasible, rows: sample)
    outcome.isStopped = outcome.isUnchanged
  }

  /// The assembled problem with whole machines, limits taken out, fixed charges apart, and its free sizes.
  static func builder(
    _ project: Project, _ options: SearchOptions
  ) throws(ProjectFault) -> (CandidateBuilder, SearchSpace) {
    var plain = project
    plain.limits.renewableFractionWithStorage = nil
    plain.reliability.lendsReserve = true
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
    var plain = project.withoutCycleLimits
    plain.limits.renewableFractionWithStorage = nil
    plain.reliability.lendsReserve = true
    var asked = options.plan
    asked.wholeNumbers = .relaxed
    asked.explanationSeconds = nil
    asked.objective = .netPresentCost
    guard let outcome = try? PlanStudy.run(project: plain, options: asked, solver: solver),
      let bound = outcome.certificate?.bound, bound.isFinite
    else { return nil }
    return bound
  }

  /// A bound above the best row is said with both numbers: a remark where rules may do what a plan may not, else a fault.
  private static func checkBound(_ outcome: inout SearchOutcome) {
    guard let bound = outcome.bound, let best = outcome.rows.first(where: \.isFeasible) else { return }
    let gap = Gap(value: best.value, bound: bound)
    guard let fault = gap.fault(unit: outcome.project.economy.currency + "/y", of: "the best row,") else { return }
    outcome.bound = nil
    let reasons = outcome.project.liberties
    guard !reasons.isEmpty else {
      outcome.warnings.append(fault)
      return
    }
    outcome.warnings.append(
      Diagnostic(
        .note,
        "The linear plan's least value of \(shortNumber(bound, digits: 9)) lies above the best row of \(shortNumber(best.value, digits: 9)) and is left out: \(reasons.joined(separator: "; "))."
      ))
  }

  /// What has to be the same for a search to be gone on with.
  private static func fingerprint(_ outcome: SearchOutcome, _ options: SearchOptions) -> String {
    let sides = outcome.sides.map { side in
      "\(side.name):" + side.values.map { "\($0)" }.joined(separator: "/")
    }
    let method =
      outcome.method == .grid ? "grid" : "\(outcome.method) \(options.seed) \(options.most) \(options.starts)"
    return
      "\(options.years ?? 0) \(options.yearDesigns)|\(options.inputs)|\(outcome.project.name)|\(outcome.project.horizon.steps)|\(outcome.strategies)|\(outcome.cheapest)|"
      + "\(method)|" + sides.joined(separator: "|")
  }
}

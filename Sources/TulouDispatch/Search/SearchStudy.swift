import Synchronization
import TulouAccounts
import TulouAssembly
package import TulouDocument
import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
package import TulouSolvers
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
package enum SearchStudy {
  /// Searches a project's free sizes.
  ///
  /// - Parameters:
  ///   - project: Typed and complete; its stages are not looked at.
  ///   - options: Strategy, method, grid, how many rows are kept.
  ///   - solver: Who finds the bound of the linear plan, and the windows of `optimal`; nil: neither.
  ///   - before: A search that was interrupted, to go on with.
  ///   - spread: Calls its second argument with every number below the first, on as many threads as it likes.
  /// - Throws: What rules cannot run, or what a search cannot know, named.
  package static func run(
    project: Project, options: SearchOptions = SearchOptions(), solver: (any Solver)?,
    resuming before: SearchProgress? = nil,
    spread: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void = { count, body in (0..<count).forEach(body) }
  ) throws(ProjectFault) -> SearchOutcome {
    let clock = ContinuousClock()
    let begin = clock.now
    let space = try space(project, options)
    let probe = try probe(project, space)
    let rows = RowMaker(sides: space.sides, probe: probe)
    var engines: [SearchRun.Engine] = []
    var reasons: [String] = []
    for (place, strategy) in options.strategies.enumerated() {
      try SimulateStudy.check(strategy, on: probe.system)
      if case .optimal = strategy, solver == nil {
        throw ProjectFault([Diagnostic(.error, "Strategy 'optimal' needs a solver.")])
      }
      let hours = HourEvaluator(
        project: project, rows: rows, sides: space.sides, strategy: strategy, place: place, cheapest: options.cheapest,
        plan: options.plan, seed: options.seed, solver: solver)
      let (lanes, why) = try lanes(project, space, rows, hours, options)
      reasons += why.filter { !reasons.contains($0) }
      engines.append(SearchRun.Engine(lanes: lanes, hours: hours))
    }
    var outcome = SearchOutcome(
      project: project, strategies: options.strategies, cheapest: options.cheapest, sides: space.sides,
      components: rows.components, limits: rows.limits)
    outcome.partNames = rows.parts.names
    let isInLanes = engines.allSatisfy { $0.lanes != nil }
    outcome.engine = isInLanes ? "lanes, rows shown again hour by hour" : "hour by hour"
    outcome.engineReasons = reasons
    try choose(&outcome, space, options, isInLanes: isInLanes, engines: engines.count)
    // What an optimiser tries near its end is one row to a reader.
    let width =
      outcome.method == .grid ? [] : space.sides.map { $0.isDiscrete ? 0 : 2e-3 * ($0.upper - $0.lower) }
    outcome.surface = DesignSurface(space.sides, isGrid: outcome.method == .grid)
    var run = SearchRun(
      space: space, engines: engines, options: options, outcome: outcome,
      keeper: RowKeeper(rows: options.rows, width: width, sample: SearchStudy.rejectedRows), spread: spread)
    if let before { run.resume(before) }
    switch run.outcome.method {
    case .grid, .automatic: run.grid()
    case .optimise: run.optimise()
    case .evolve: run.evolve()
    case .genetic, .nsga2: run.breed()
    }
    if let fault = run.fault { throw fault }
    run.outcome.searchSeconds = run.seconds
    run.keep(now: true)
    fill(&run)
    if !run.outcome.isStopped {
      if let years = options.years {
        try YearRanking(project: project, options: options, rows: rows, years: years).rank(&run)
      }
      if options.plan.solve.isCancelled() {
        fill(&run)
        run.outcome.isStopped = true
        run.keep(now: true)
      } else if let solver, options.seeksBound {
        seekBound(&run, project, options, solver)
      }
    }
    run.outcome.seconds = (clock.now - begin) / .seconds(1)
    return run.outcome
  }

  /// Rows of the sample of those rejected, at most.
  private static let rejectedRows = 100

  /// The rows that are shown, each as `tulou simulate` says it.
  private static func fill(_ run: inout SearchRun) {
    let (kept, ranked) = run.keeper.finished()
    run.outcome.ranked = ranked
    run.outcome.rows = run.exact(kept).sorted { $0.isListed(before: $1) }
    run.outcome.rejectedSample = run.exact(run.keeper.sample.rows)
    run.outcome.leastCapital = run.keeper.leastCapital.map { run.exact([$0])[0] }
    run.outcome.valuedInYears = 0
  }

  /// How designs are chosen, and how many there are.
  private static func choose(
    _ outcome: inout SearchOutcome, _ space: SearchSpace, _ options: SearchOptions, isInLanes: Bool, engines: Int
  ) throws(ProjectFault) {
    let count = space.gridCount.flatMap { designs -> Int? in
      let (all, overflow) = designs.multipliedReportingOverflow(by: max(1, engines))
      return overflow ? nil : all
    }
    outcome.method = options.method
    if options.method == .automatic {
      outcome.method = (count ?? .max) <= (isInLanes ? 300_000 : 3000) ? .grid : .evolve
    }
    outcome.gridCount = outcome.method == .grid ? count : nil
    outcome.fingerprint = fingerprint(outcome, options)
    guard outcome.method == .grid, (count ?? .max) > options.most else { return }
    throw ProjectFault([
      Diagnostic(
        .error,
        "The grid has \(count.map { "\($0)" } ?? "too many") designs; '--most' allows \(options.most).",
        advice: "Fewer --points, --candidates for some sizes, --method evolve, or a greater --most.")
    ])
  }

  /// The free sizes of a project.
  package static func space(_ project: Project, _ options: SearchOptions) throws(ProjectFault) -> SearchSpace {
    var plain = project
    plain.limits.renewableFractionWithStorage = nil
    plain.reliability.lendsReserve = true
    return try SearchSpace(
      try Assembly.problem(for: plain, objective: .netPresentCost), points: options.points,
      candidates: options.candidates)
  }

  /// One design with every size above zero; what rules cannot take is said here.
  package static func probe(_ project: Project, _ space: SearchSpace) throws(ProjectFault) -> SimulatedDesign {
    var asked = SimulateOptions()
    for side in space.sides { asked.sizes[side.name] = side.probe }
    guard let design = try SimulateStudy.design(project, asked, nil) else {
      throw ProjectFault([Diagnostic(.error, "The greatest sizes have no dispatch.")])
    }
    return design
  }

  /// The lanes of a strategy, or why it is run hour by hour.
  ///
  /// Beside what is known to be inexact, a few designs are run both ways: lanes that differ are not trusted.
  static func lanes(
    _ project: Project, _ space: SearchSpace, _ rows: RowMaker, _ hours: HourEvaluator, _ options: SearchOptions
  ) throws(ProjectFault) -> (LaneEvaluator?, [String]) {
    let forms = try forms(project, space, rows)
    let (lanes, why) = try LaneEvaluator.make(forms, hours.strategy, cheapest: options.cheapest)
    guard let lanes else { return (nil, why) }
    let count = 6.0
    var designs = [space.sides.map(\.lower), space.sides.map(\.probe)]
    for i in 1...Int(count) {
      designs.append(
        space.sides.enumerated().map { d, side in
          side.total(at: (Double(i) * 0.754877666 + Double(d) * 0.569840291).truncatingRemainder(dividingBy: 1))
        })
    }
    for (lane, x) in zip(lanes.candidates(designs), designs) {
      guard let hour = try hours.candidate(x) else { continue }
      if let number = lane.difference(from: hour) {
        return (nil, ["Lanes give another \(number) than the hours for a design that was run both ways."])
      }
    }
    return (lanes, [])
  }

  private static func seekBound(
    _ run: inout SearchRun, _ project: Project, _ options: SearchOptions, _ solver: any Solver
  ) {
    if run.bound == nil {
      let found = bound(project, options, solver)
      if found == nil, options.plan.solve.isCancelled() {
        run.outcome.isStopped = true
        return
      }
      run.bound = SearchProgress.Bound(value: found)
      run.keep(now: true)
    }
    run.outcome.bound = run.bound?.value
    checkBound(&run.outcome)
  }

  /// One design run hour by hour under the first strategy.
  ///
  /// - Parameter sizes: Totals by side.
  package static func row(
    project: Project, options: SearchOptions, sizes: [Double], solver: (any Solver)?
  ) throws(ProjectFault) -> SearchCandidate? {
    let space = try space(project, options)
    guard sizes.count == space.sides.count else { return nil }
    return try HourEvaluator(
      project: project, rows: RowMaker(sides: space.sides, probe: try probe(project, space)), sides: space.sides,
      strategy: options.strategy, place: 0,
      cheapest: options.cheapest, plan: options.plan, seed: options.seed, solver: solver
    ).candidate(sizes)
  }

  /// The assembled problem with whole machines, limits taken out and fixed charges apart, as forms of sums.
  package static func forms(
    _ project: Project, _ space: SearchSpace, _ rows: RowMaker
  ) throws(ProjectFault) -> LaneForms {
    var whole = project
    whole.limits.renewableFractionWithStorage = nil
    whole.reliability.lendsReserve = true
    whole.reliability.shedsAnything = true
    // Whole machines: what is on line is known and starts are paid for.
    for c in whole.components.indices {
      guard whole.components[c].kind == Generator.kind, case .converter(var block) = whole.components[c].block,
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
    let released = try assembled.give(sizes: given)
    assembled.project.limits = project.limits
    var sides = space.sides
    for d in sides.indices {
      sides[d].capacity =
        assembled.problem.capacities.firstIndex { $0.label == sides[d].label } ?? sides[d].capacity
    }
    return LaneForms(assembled: assembled, released: released, sides: sides, charges: charges, rows: rows)
  }

  /// The least value that any sizes and any dispatch can have, by the linear plan.
  private static func bound(_ project: Project, _ options: SearchOptions, _ solver: any Solver) -> Double? {
    var plain = project.withoutCycleLimits
    plain.limits.renewableFractionWithStorage = nil
    plain.reliability.lendsReserve = true
    var asked = options.plan
    asked.wholeNumbers = .relaxed
    asked.explanationSeconds = nil
    asked.breaksTies = false
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
      outcome.method == .grid
      ? "grid" : "\(outcome.method) \(options.seed) \(options.most) \(options.starts) \(options.goals)"
    return
      "\(options.years ?? 0) \(options.yearDesigns)|\(options.rows) \(outcome.limits)|\(options.inputs)|\(outcome.project.name)|\(outcome.project.horizon.steps)|\(outcome.strategies.map(\.arguments).joined(separator: ","))|\(outcome.cheapest)|"
      + "\(method)|" + sides.joined(separator: "|")
  }
}

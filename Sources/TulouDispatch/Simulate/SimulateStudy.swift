import TulouAccounts
package import TulouAssembly
package import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouSimulation
package import TulouSolvers
import TulouTechnologies

/// The study `simulate`: given sizes run hour by hour under a rule, with accounts as of any plan, and what the rule
/// costs against perfect foresight.
package enum SimulateStudy {
  /// Runs a project under a rule.
  ///
  /// - Parameters:
  ///   - project: Typed and complete; its stages are not looked at.
  ///   - options: Strategy and sizes.
  ///   - solver: Who finds the dispatch of perfect foresight, and that of each window of `optimal`; nil: neither.
  /// - Returns: An outcome of status `feasible` with `rules` filled in.
  /// - Throws: What rules cannot run, named; sizes that are free and not given.
  package static func run(
    project: Project, options: SimulateOptions = SimulateOptions(), solver: (any Solver)?
  ) throws(ProjectFault) -> Outcome {
    let clock = ContinuousClock()
    let begin = clock.now
    let asGiven = try sized(project, options.sizes).0
    let given = try SystemReader.system(of: asGiven)
    let compiled = clock.now
    try check(options.strategy, on: given)
    if options.findsContingencies, case .optimal = options.strategy {
      throw ProjectFault([
        Diagnostic(
          .error, "Years with a component missing are run by a rule, and 'optimal' is none.",
          advice: "Take load_following or another rule with --n-1.")
      ])
    }
    guard let design = try design(project, asGiven, given, options, solver) else {
      return Outcome(
        project: asGiven.project, assembled: asGiven, status: .cancelled, warnings: asGiven.notes,
        assumptions: asGiven.assumptions)
    }
    let (system, dispatch, plan) = (design.system, design.dispatch, design.plan)
    let assembled = system.assembled
    var outcome = Outcome(
      project: assembled.project, assembled: assembled, status: .feasible, warnings: assembled.notes,
      assumptions: assembled.assumptions)
    outcome.plan = plan
    outcome.givenSizes = design.limits
    outcome.certificate = design.certificate
    outcome.warnings += SimulateWarnings.of(design)
    if design.failures > 0 {
      outcome.warnings.append(
        Diagnostic(
          .warning, "\(design.failures) windows had no plan; their hours bought, ran machines and discharged as needed."
        ))
    }
    outcome.compileSeconds = (compiled - begin) / .seconds(1)
    outcome.rules = RuleRecord(system: system, dispatch: dispatch, plan: plan, cheapest: options.cheapest)
    if options.findsContingencies {
      outcome.rules?.contingencies = system.contingencies(
        options.strategy, cheapest: options.cheapest, years: plan.problem.years)
    }
    if let foresight = options.foresight ?? compared(design, outcome, project, options, solver) {
      outcome.rules?.foresight = foresight
      if foresight.bound.isFinite, let value = outcome.certificate?.value {
        let gap = Gap(value: value, bound: foresight.bound, turnover: assembled.turnover(of: plan))
        outcome.certificate?.bound = gap.bound
        outcome.certificate?.gap = gap.relative
        if let fault = gap.fault(unit: outcome.certificate?.unit ?? "", of: "what the rule costs,") {
          outcome.warnings.append(fault)
          outcome.status = .failed
        }
      }
    }
    outcome.solveSeconds = (clock.now - compiled) / .seconds(1)
    return outcome
  }

  /// The dispatch of perfect foresight beside the rule's; nil where it is not sought.
  private static func compared(
    _ design: SimulatedDesign, _ outcome: Outcome, _ project: Project, _ options: SimulateOptions,
    _ solver: (any Solver)?
  ) -> RuleRecord.Foresight? {
    guard let solver, options.comparesWithForesight else { return nil }
    let (system, dispatch, plan, asGiven) = (design.system, design.dispatch, design.plan, design.asGiven)
    let value = certificate(plan, asGiven, dispatch, cheapest: options.cheapest).value
    var foresight = foresight(project, options, solver, beside: outcome, value)
    if let whole = outcome.certificate?.value, whole > value + 1e-9 * abs(value), foresight.excess.isFinite {
      foresight.compared = value
      foresight.remark +=
        "; replacements by use, \(shortNumber(whole - value)) \(project.economy.currency)/y, are left out of the comparison"
    }
    let forbidden = DesignLimits.unservedWithoutPrice(plan, system.project)
    if forbidden > 1e-6, foresight.bound.isFinite {
      // What a plan must serve and the rule does not costs the rule nothing: no comparison.
      foresight.excess = .nan
      foresight.bound = -.infinity
      foresight.remark =
        "the rule leaves \(shortNumber(forbidden)) kWh/y unserved that may not be shed; perfect foresight serves it."
    }
    let short = DesignLimits.reserveShort(plan)
    if short > 1e-6, system.project.mayNotLackReserve, foresight.bound.isFinite {
      foresight.excess = .nan
      foresight.bound = -.infinity
      foresight.remark =
        "the rule lacks \(shortNumber(short)) kWh/y of reserve, which a plan holds in every hour unless 'capacity_shortage' is limited."
    }
    let drained = SimulateWarnings.drained(system, dispatch)
    if !drained.isEmpty, foresight.bound.isFinite {
      // A plan ends with at least what it began with, so it bounds no rule that ends with less.
      let words =
        "\(drained.map { "'\($0)'" }.joined(separator: ", ")) ends with less than it began, which a plan may not"
      if value < foresight.bound { foresight.excess = .nan }
      foresight.remark = foresight.excess.isFinite ? foresight.remark + "; " + words : words + "."
      foresight.bound = -.infinity
    }
    return foresight
  }

  /// Runs the rule, or the rolling horizon; nil where the user stopped it.
  static func dispatch(
    _ project: Project, _ system: SimulatedSystem, _ options: SimulateOptions, _ solver: (any Solver)?,
    _ failures: inout Int
  ) throws(ProjectFault) -> RuleDispatch? {
    guard case .optimal(let horizon, let step, let knowledge) = options.strategy else {
      return system.dispatch(options.strategy, cheapest: options.cheapest)
    }
    guard let solver else {
      throw ProjectFault([Diagnostic(.error, "Strategy 'optimal' needs a solver.")])
    }
    var foreseen = project
    // Failures of the grid are no one's forecast.
    if knowledge != .perfect { for m in foreseen.markets.indices { foreseen.markets[m].outages?.failed = [] } }
    let (windows, _) = try sized(foreseen, options.sizes, isWhole: false)
    var rolling = RollingHorizon(
      system, windows: windows, horizon: horizon, stride: step, knowledge: knowledge, options: options, solver: solver)
    let dispatch = rolling.dispatch()
    failures = rolling.failures
    return dispatch
  }

  /// A strategy that looks at purchases needs a market.
  static func check(_ strategy: DispatchStrategy, on system: SimulatedSystem) throws(ProjectFault) {
    switch strategy {
    case .priceThreshold, .peakShaving:
      guard system.problem.grid == nil else { return }
      throw ProjectFault([
        Diagnostic(
          .error, "Strategy '\(strategy.name)' looks at purchases, and the project has no market of electricity.",
          advice: "Take load_following, cycle_charging or combined.", path: "markets")
      ])
    default: return
    }
  }

  /// The hourly problem with every size fixed, machines whole, and the project's limits taken out.
  ///
  /// - Parameter isWhole: Whether a rule runs it: machines are whole and their starts paid for, and anything may be shed; otherwise
  ///   a solver does, and any share of a machine may run.
  package static func sized(
    _ project: Project, _ sizes: [String: Double], isWhole: Bool = true
  ) throws(ProjectFault) -> (Assembled, ReleasedLimits) {
    var whole = project
    var faults: [Diagnostic] = []
    for c in whole.components.indices {
      guard case .converter(var block) = whole.components[c].block, whole.components[c].kind == Generator.kind,
        let size = whole.components[c].sizes.first
      else { continue }
      let id = whole.components[c].id
      // Rules run whole machines: what is on line is known, and starts are paid for.
      var isUnits = false
      if case .multiples = size.choice { isUnits = true }
      if !isUnits, let given = sizes[id] ?? (size.mayRetire && sizes.isEmpty ? fixedTotal(size) : nil) {
        whole.components[c].sizes[0].choice = .fixed(given)
        whole.components[c].sizes[0].minimum = given
        whole.components[c].sizes[0].maximum = given
      }
      block.exactCommitment = isWhole && (isUnits || (fixedTotal(whole.components[c].sizes[0]) ?? 0) > 0)
      whole.components[c].block = .converter(block)
    }
    for component in project.components where sizes.isEmpty {
      for size in component.sizes where size.sharedWith == nil && fixedTotal(size) == nil {
        let name = size.part.name(of: component.id)
        faults.append(
          Diagnostic(
            .error, "The size of '\(name)' is free, and a simulation needs it given.",
            advice:
              "Give sizes: --sizes \(name)=..., or 'capacity: {fixed: ...}' in the file; `tulou search` tries many, `tulou plan` finds the best.",
            path: "components.\(component.id).capacity"))
      }
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
    // Measured by the accounts; a linear plan cannot hold it.
    whole.limits.renewableFractionWithStorage = nil
    whole.reliability.lendsReserve = true
    whole.reliability.shedsAnything = isWhole
    var assembled = try Assembly.problem(for: whole, objective: .netPresentCost)
    whole.limits = project.limits
    var given = sizes
    if given.isEmpty {
      // Every size at the total that the file fixes; what may retire stands until someone lets it go.
      let standing = Dictionary(assembled.retirable.map { ($0.total, $0.existing) }) { first, _ in first }
      for (name, place) in assembled.sizeNames() {
        let capacity = assembled.problem.capacities[place.capacity]
        let total = max(capacity.lower, min(standing[place.capacity] ?? 0, capacity.upper))
        given[name] = total * place.perUnit
      }
    }
    let released = try assembled.give(sizes: given)
    assembled.project = whole
    // Rules honour what a plan leaves out.
    assembled.notes.removeAll { $0.code == .leftToRules }
    return (assembled, released)
  }

  /// The one total that a size may have; nil where there is a choice.
  static func fixedTotal(_ size: Size) -> Double? {
    if case .fixed(let total) = size.choice { return total }
    if case .options(let totals) = size.choice { return totals.count == 1 ? totals[0] : nil }
    let least = max(size.minimum, size.existing)
    if size.mayRetire, case .options = size.choice { return nil }
    if let most = size.maximum { return most <= least ? least : nil }
    return size.existing > 0 ? size.existing : nil
  }

  static func certificate(
    _ plan: Plan, _ assembled: Assembled, _ dispatch: RuleDispatch, cheapest: Bool
  ) -> Certificate {
    let problem = plan.problem
    let s = plan.solution
    func value(_ form: LinearForm) -> Double {
      problem.value(of: form, flows: s.flows, contents: s.contents, capacities: s.capacities).sum
    }
    let residuals = problem.residuals(flows: s.flows, contents: s.contents, capacities: s.capacities)
    let years = problem.years
    let cash = value(assembled.cash) / years
    let penalties = value(assembled.penalties) / years
    return Certificate(
      objective: Objective.netPresentCost.rawValue, unit: assembled.project.economy.currency + "/y",
      value: cash + penalties, bound: -.infinity, gap: .infinity, cash: cash, penalties: penalties,
      tidiedValue: cash + penalties, largestResidual: residuals.states.amount,
      largestRelativeResidual: dispatch.balanceResidual,
      solver: "rules: " + dispatch.words + (cheapest ? ", cheapest first" : ""), message: "", iterations: 0)
  }

  /// The best dispatch of the same sizes by a solver that knows every hour; whole machines relaxed, so that it bounds
  /// every rule.
  ///
  /// - Parameter value: What the rule costs with plant that lasts its years: use wears it under foresight too, and a linear
  ///   plan cannot know how fast.
  private static func foresight(
    _ project: Project, _ options: SimulateOptions, _ solver: any Solver, beside rule: Outcome, _ value: Double
  ) -> RuleRecord.Foresight {
    var asked = options.plan
    // Where selling may pay more than buying costs, only buying or selling in each hour is a dispatch; the bound stays
    // that of the relaxation.
    asked.wholeNumbers = rule.assembled.problem.exclusions.isEmpty ? .relaxed : .rounding
    asked.explanationSeconds = nil
    asked.breaksTies = false
    asked.objective = .netPresentCost
    asked.sizes = [:]
    for (name, place) in rule.assembled.sizeNames() {
      asked.sizes[name] = rule.assembled.problem.capacities[place.capacity].lower * place.perUnit
    }
    var found = RuleRecord.Foresight(value: .nan, bound: -.infinity, excess: .nan, unserved: .nan, remark: "")
    var plain = project.withoutCycleLimits
    plain.limits.renewableFractionWithStorage = nil
    plain.reliability.lendsReserve = true
    let outcome: Outcome
    do {
      outcome = try PlanStudy.run(project: plain, options: asked, solver: solver)
    } catch {
      found.remark = error.diagnostics.first?.message ?? ""
      return found
    }
    guard let certificate = outcome.certificate, let plan = outcome.plan else {
      found.remark =
        outcome.status == .infeasible
        ? "no dispatch of these sizes keeps every limit and serves all that may not be shed; give 'unserved_cost' to compare, or ease a limit."
        : "the solver ended with '\(outcome.status.rawValue)'."
      return found
    }
    found.value = certificate.value
    found.bound = certificate.bound
    // Where directions were rounded the plan is the best found, not the best there is: a rule may find a better one. One below
    // the bound is no find but a fault, which the caller tells.
    let gap = Gap(
      value: found.value, bound: found.bound, turnover: outcome.assembled.turnover(of: plan))
    if !gap.isClosed, value < found.value { found.value = value }
    found.excess = abs(found.value) > 1e-9 ? Dust.cleaned((value - found.value) / abs(found.value), scale: 1) : .nan
    found.unserved =
      plan.problem.value(
        of: outcome.assembled.unserved, flows: plan.solution.flows, contents: plan.solution.contents,
        capacities: plan.solution.capacities
      ).sum / plan.problem.years
    found.remark = certificate.solver
    return found
  }
}

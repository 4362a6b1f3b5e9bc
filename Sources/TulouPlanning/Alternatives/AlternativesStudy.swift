import TulouAccounts
import TulouAssembly
import TulouDocument
import TulouProblem
import TulouProject
package import TulouSolvers
import TulouTechnologies

/// The study `alternatives`: within a few per cent of the least cost, how little and how much of each technology?
///
/// The cost of a plan is held at most at `(1 + share)` times that of the best plan found, and each free size is minimised and
/// maximised in turn. The multipliers of each solve prove its end, by the same routine that proves a plan. Of the plans at
/// an end the cheapest is then sought, which is the design that is shown. Sizes are continuous and fixed costs are
/// spread over the greatest size, in the best plan too, which is said.
///
/// - Source: Brill 1979, "The Use of Optimization Models in Public-Sector Planning", Management Science 25, 413-422
///   (modelling to generate alternatives); Neumann and Brown 2021, "The near-optimal feasible space of a renewable power
///   system model", Electric Power Systems Research 190, 106690 (least and most of each technology).
package enum AlternativesStudy {
  /// The alternatives of a project beside a plan of it.
  ///
  /// - Parameters:
  ///   - base: Plan of least cost without whole numbers (`options(_:)`), of the same project.
  ///   - share: By how much a plan may cost more than that one, above 0.
  ///   - options: Time, threads and cancellation of each solve.
  ///   - solver: Who solves.
  ///   - progress: Told before each end: how many of how many were looked for, and the size.
  /// - Returns: Nil where `base` is no plan.
  package static func run(
    beside base: Outcome, share: Double, options: PlanOptions, solver: any Solver,
    progress: (_ done: Int, _ all: Int, _ size: String) -> Void = { _, _, _ in }
  ) -> Alternatives? {
    guard let plan = base.plan, let certificate = base.certificate, share > 0 else { return nil }
    let search = EndSearch(
      base: base, plan: plan, cost: certificate.value, share: share, options: options, solver: solver)
    var result = Alternatives(
      share: share, cost: certificate.value, bound: certificate.bound, budget: search.budget, rows: [], notes: [],
      solveSeconds: 0)
    let sizes = search.freeSizes
    for (n, size) in sizes.enumerated() {
      var row = Alternatives.Row(
        name: size.name, title: size.title, unit: size.unit, best: plan.solution.capacities[size.capacity])
      progress(2 * n, 2 * sizes.count, "least \(size.name)")
      row.least = search.end(of: size, isMost: false, &result.solveSeconds)
      progress(2 * n + 1, 2 * sizes.count, "most \(size.name)")
      row.most = search.end(of: size, isMost: true, &result.solveSeconds)
      if let most = row.most, let limit = base.assembled.derivedLimits[size.capacity] {
        row.isAtDerivedLimit = most.value >= limit * (1 - 1e-6)
      }
      if options.solve.isCancelled() {
        result.isStopped = true
        break
      }
      result.rows.append(row)
    }
    if base.assembled.problem.asksForWholeNumbers {
      result.notes.append(
        Diagnostic(
          .note,
          "All sizes are continuous here, in the best plan too: unit sizes and options are left out, and fixed costs are spread over the greatest size."
        ))
    }
    if base.assembled.problem.flows.contains(where: \.countsFailingHours) {
      result.notes.append(
        Diagnostic(
          .note,
          "Hours that fail under 'limits.unserved_hours' count in parts here, in the best plan too: with whole hours every plan costs as much or more."
        ))
    }
    return result
  }

  /// Options of the plan that alternatives are measured by: least cost, continuous sizes.
  package static func options(_ asked: PlanOptions) -> PlanOptions {
    var options = asked
    options.wholeNumbers = .relaxed
    options.objective = .netPresentCost
    options.sizes = [:]
    return options
  }
}

/// A size that may be chosen.
private struct FreeSize {
  var name: String
  var title: String
  var unit: String
  var capacity: Int
}

/// The solves behind the ends.
private struct EndSearch {
  let base: Outcome
  /// The problem without whole numbers, cost as its objective.
  let problem: HourlyProblem
  /// What a plan may cost [currency/y].
  let budget: Double
  let options: PlanOptions
  let solver: any Solver
  let freeSizes: [FreeSize]

  init(base: Outcome, plan: Plan, cost: Double, share: Double, options: PlanOptions, solver: any Solver) {
    self.base = base
    self.options = AlternativesStudy.options(options)
    self.solver = solver
    problem = base.assembled.problem.withoutWholeNumbers()
    budget = cost + share * abs(cost)
    let problem = problem
    let indices = Dictionary(
      problem.capacities.enumerated().map { ($0.element.label, $0.offset) }, uniquingKeysWith: { first, _ in first })
    freeSizes = base.project.components.flatMap { component in
      component.sizes.compactMap { size -> FreeSize? in
        guard let k = indices[Label(size: size.part, of: component.id)],
          problem.capacities[k].upper > problem.capacities[k].lower
        else { return nil }
        return FreeSize(
          name: size.part.name(of: component.id), title: component.name, unit: size.unit, capacity: k)
      }
    }
  }

  /// The least or the most of a size within the budget; nil where the solver brought no plan.
  func end(of size: FreeSize, isMost: Bool, _ seconds: inout Double) -> Alternatives.End? {
    var extreme = problem
    var cost = problem.objective
    let constant = cost.constant
    cost.constant = 0
    extreme.yearlyRows.append(
      YearlyRow(
        Label(Objective.netPresentCost.rawValue, .limit, part: .front), cost,
        upper: budget * problem.years - constant))
    extreme.objective = LinearForm(capacities: [size.capacity: isMost ? -1 : 1])
    let found = solver.solve(extreme, options: options.solve)
    seconds += found.seconds
    guard found.hasPlan else { return nil }
    let capacity = problem.capacities[size.capacity]
    let scale = max(1, found.capacities.max() ?? 1)
    let reached = min(max(found.capacities[size.capacity], capacity.lower), capacity.upper)
    let value = Dust.cleaned(reached, scale: scale)
    // A bound never lies beyond what the file allows anyway.
    let proven = isMost ? min(-found.bound, capacity.upper) : max(found.bound, capacity.lower)
    // The cheapest plan with this size: nothing runs both ways for want of a price there.
    var held = base.assembled
    held.problem = problem
    held.problem.capacities[size.capacity].lower = value
    held.problem.capacities[size.capacity].upper = value
    var search = PlanSearch(assembled: held, options: options, solver: solver)
    let cheapest = search.solve(held.problem)
    seconds += search.seconds
    let shown = cheapest.hasPlan ? cheapest : found
    let money = problem.objectiveValue(flows: shown.flows, contents: shown.contents, capacities: shown.capacities)
    return Alternatives.End(
      value: value, bound: Dust.cleaned(proven, scale: scale), cost: money / problem.years,
      sizes: Dictionary(
        uniqueKeysWithValues: freeSizes.map {
          ($0.name, Dust.cleaned(shown.capacities[$0.capacity], scale: scale))
        }))
  }
}

import TulouProblem
import TulouProject
import TulouSolvers

/// Whole numbers without branching: linear bound, rounding, dispatch with fixed sizes, neighbours until none is better.
///
/// Every design tried is dispatched exactly, so its cost is true; the gap printed is that to the linear relaxation,
/// which bounds the integer optimum too.
struct Rounding {
  let problem: HourlyProblem
  let solver: any Solver
  let options: PlanOptions
  /// Puts what follows from purchases and sales in order: whole numbers of a tariff are those that its dispatch has.
  let settle: (Solution) -> Solution
  private(set) var report: IntegerReport?
  /// The dispatch problem of the design found, continuous; nil before a search.
  private(set) var design: HourlyProblem?
  private(set) var seconds = 0.0
  private var designs = 0
  /// The linear plan, by which hours that may fail are decided.
  private var relaxedPlan: Solution?

  init(
    problem: HourlyProblem, solver: any Solver, options: PlanOptions,
    settle: @escaping (Solution) -> Solution = { $0 }
  ) {
    self.settle = settle
    self.problem = problem
    self.solver = solver
    self.options = options
  }

  /// One whole number to decide: a size in units, a size from a list, whether anything is built.
  private enum Decision: Equatable {
    case units(capacity: Int, of: Double)
    case list(capacity: Int, totals: [Double])
    case built(capacity: Int)
  }

  /// The best design found, dispatched; its bound is that of the relaxation.
  mutating func search() -> Solution {
    let clock = ContinuousClock()
    let begin = clock.now
    let relaxed = solver.solve(problem.withoutWholeNumbers(), options: options.solve)
    guard relaxed.hasPlan, relaxed.status != .infeasible else {
      design = problem.withoutWholeNumbers()
      seconds = (clock.now - begin) / .seconds(1)
      return relaxed
    }
    relaxedPlan = relaxed
    let decisions = decisions()
    var excluded = exclusionSides(relaxed)
    let settled = settle(relaxed)
    var values = decisions.map { rounded($0, settled) }
    var best = dispatched(decisions, values, excluded)
    // The dispatch of the bound itself is one of the designs where tariffs alone ask for whole numbers.
    if decisions.allSatisfy({ isHelper($0) }), problem.exclusions.isEmpty, failing.isEmpty,
      settled.objective < best.objective || !best.hasPlan
    {
      best = settled
    }
    if !best.hasPlan {
      // Rounded down somewhere too far: the next larger of everything holds wherever anything does.
      values = decisions.map { larger($0, than: relaxed) }
      best = dispatched(decisions, values, excluded)
    }
    if !best.hasPlan {
      // That none of two designs has a plan says nothing of the others.
      let found = branched()
      if found.hasPlan {
        values = decisions.map { rounded($0, found) }
        excluded = exclusionSides(found)
        best = dispatched(decisions, values, excluded)
      }
      if !best.hasPlan { best = found }
    }
    var isLocalOptimum = best.hasPlan
    var improved = best.hasPlan
    search: while improved {
      improved = false
      for (i, decision) in decisions.enumerated() {
        for neighbour in neighbours(decision, values[i]) {
          if (clock.now - begin) / .seconds(1) > options.neighbourSeconds || options.solve.isCancelled() {
            isLocalOptimum = false
            break search
          }
          var candidate = values
          candidate[i] = neighbour
          let solution = dispatched(decisions, candidate, excluded)
          if solution.hasPlan, solution.objective < best.objective - 1e-9 * abs(best.objective) {
            best = solution
            values = candidate
            improved = true
          }
        }
      }
      // With other sizes the meter may better run the other way in some steps.
      if improved, !problem.exclusions.isEmpty { excluded = exclusionSides(best) }
    }
    seconds = (clock.now - begin) / .seconds(1)
    best.bound = relaxed.bound
    design = dispatch(decisions, values, excluded)
    if best.hasPlan {
      best.status = problem.gap(of: best).isClosed ? .optimal : relaxed.status == .limit ? .limit : .feasible
    }
    best.seconds = seconds
    report = IntegerReport(
      method: .rounding, relaxedValue: relaxed.objective / problem.years, bound: relaxed.bound / problem.years,
      relaxedSizes: sizes(relaxed), designs: designs, isLocalOptimum: isLocalOptimum, seconds: seconds)
    return best
  }

  /// A plan with whole numbers by branching, whatever it costs; else a proof that there is none, or that none was found.
  private func branched() -> Solution {
    var asked = options.solve
    asked.integers = true
    asked.tolerance = max(asked.tolerance, 1e-2)
    asked.timeLimit = min(asked.timeLimit, Self.secondsToBranch)
    var found = solver.solve(problem, options: asked)
    if !found.hasPlan, found.status != .infeasible, found.status != .cancelled {
      if found.status == .limit, asked.timeLimit < options.solve.timeLimit { found.status = .failed }
      found.message =
        "Parts of machines could keep every limit; with whole ones ('unit', 'options', fixed costs) rounding found no plan, which does not prove that there is none: '--exact' seeks one. "
        + found.message
    }
    return found
  }

  /// Time that is spent on branching where rounding finds nothing.
  private static let secondsToBranch = 120.0

  private func decisions() -> [Decision] {
    problem.capacities.indices.compactMap { k in
      let capacity = problem.capacities[k]
      switch capacity.choice {
      case .multiples(let unit): return .units(capacity: k, of: unit)
      case .options(let totals):
        let possible = totals.filter { $0 >= capacity.lower - 1e-9 && $0 <= capacity.upper + 1e-9 }
        return .list(capacity: k, totals: possible.isEmpty ? totals : possible)
      case .continuous: return capacity.fixedCharge > 0 ? .built(capacity: k) : nil
      }
    }
  }

  /// Whether a decision belongs to a tariff and follows from the dispatch.
  private func isHelper(_ decision: Decision) -> Bool {
    switch decision {
    case .units(let k, _), .list(let k, _), .built(let k): problem.capacities[k].label.role == .auxiliary
    }
  }

  private func rounded(_ decision: Decision, _ relaxed: Solution) -> Double {
    switch decision {
    case .units(let k, let unit):
      let most = mostUnits(k, unit)
      return min(((relaxed.capacities[k] - problem.capacities[k].existing) / unit).rounded(), most)
    case .list(let k, let totals):
      return totals.min { abs($0 - relaxed.capacities[k]) < abs($1 - relaxed.capacities[k]) } ?? 0
    case .built(let k):
      let capacity = problem.capacities[k]
      if capacity.isBuiltAnyway { return 1 }
      return relaxed.capacities[k] - capacity.existing > 1e-4 * (capacity.upper - capacity.existing) ? 1 : 0
    }
  }

  private func larger(_ decision: Decision, than relaxed: Solution) -> Double {
    switch decision {
    case .units(let k, let unit):
      let units = ((relaxed.capacities[k] - problem.capacities[k].existing) / unit - 1e-9).rounded(.up)
      return min(units, mostUnits(k, unit))
    case .list(let k, let totals): return totals.first { $0 >= relaxed.capacities[k] - 1e-9 } ?? totals.last ?? 0
    case .built: return 1
    }
  }

  private func mostUnits(_ k: Int, _ unit: Double) -> Double {
    ((problem.capacities[k].upper - problem.capacities[k].existing) / unit + 1e-9).rounded(.down)
  }

  private func neighbours(_ decision: Decision, _ value: Double) -> [Double] {
    switch decision {
    case .units(let k, let unit):
      let least = ((problem.capacities[k].lower - problem.capacities[k].existing) / unit - 1e-9).rounded(.up)
      return [value - 1, value + 1].filter { $0 >= least && $0 <= mostUnits(k, unit) }
    case .list(_, let totals):
      guard let i = totals.firstIndex(of: value) else { return totals }
      return [i - 1, i + 1].filter(totals.indices.contains).map { totals[$0] }
    case .built(let k): return problem.capacities[k].isBuiltAnyway ? [] : [1 - value]
    }
  }

  /// Which of two flows that exclude each other gives way in each step: the smaller one.
  private func exclusionSides(_ solution: Solution) -> [[Bool]] {
    problem.exclusions.map { exclusion in
      zip(solution.flows[exclusion.first], solution.flows[exclusion.second]).map { $0 >= $1 }
    }
  }

  /// The dispatch of one design.
  private mutating func dispatched(_ decisions: [Decision], _ values: [Double], _ sides: [[Bool]]) -> Solution {
    designs += 1
    return solver.solve(dispatch(decisions, values, sides), options: options.solve)
  }

  /// The problem with every whole number decided.
  private func dispatch(_ decisions: [Decision], _ values: [Double], _ sides: [[Bool]]) -> HourlyProblem {
    var fixed = problem
    for (decision, value) in zip(decisions, values) {
      switch decision {
      case .units(let k, let unit): fix(&fixed, k, at: problem.capacities[k].existing + value * unit)
      case .list(let k, _): fix(&fixed, k, at: value)
      case .built(let k):
        if value > 0 {
          fixed.objective.constant += problem.capacities[k].fixedCharge
        } else {
          fixed.capacities[k].upper = max(problem.capacities[k].existing, problem.capacities[k].lower)
        }
        fixed.capacities[k].fixedCharge = 0
      }
    }
    for (exclusion, side) in zip(problem.exclusions, sides) {
      func isShut(_ closes: (Bool) -> Bool) -> [Bool] {
        side.indices.map { (exclusion.steps?[$0] ?? true) && closes(side[$0]) }
      }
      fixed = fixed.shutting(flow: exclusion.first, in: isShut { !$0 })
      fixed = fixed.shutting(flow: exclusion.second, in: isShut { $0 })
    }
    fixed.exclusions = []
    if let relaxedPlan { for hours in failing { fixed = hours.decided(in: fixed, by: relaxedPlan) } }
    return fixed
  }

  /// Limits on the number of hours that fail.
  private var failing: [FailingHours] { FailingHours.all(in: problem) }

  private func fix(_ fixed: inout HourlyProblem, _ k: Int, at total: Double) {
    if problem.capacities[k].fixedCharge > 0, total > problem.capacities[k].existing {
      fixed.objective.constant += problem.capacities[k].fixedCharge
    }
    fixed.capacities[k].lower = total
    fixed.capacities[k].upper = total
    fixed.capacities[k].choice = .continuous
    fixed.capacities[k].fixedCharge = 0
  }

  private func sizes(_ solution: Solution) -> [String: Double] {
    var sizes: [String: Double] = [:]
    for (capacity, total) in zip(problem.capacities, solution.capacities) where capacity.label.role == .size {
      let label = capacity.label
      sizes[label.sizeName] = total
    }
    return sizes
  }
}

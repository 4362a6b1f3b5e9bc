package import TulouProblem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One solve: compile, iterate, certify, repair.
package struct HourBlockRun {
  let problem: HourlyProblem
  let options: SolveOptions
  let faults: [String]
  /// What rows prove of flows and contents holds for plans that cost no more than this.
  private var costLimit = Double.infinity
  /// What they prove; nil on a long horizon, where it takes as much memory as the problem and is found again when it is needed.
  private var knownRanges: ImpliedRanges?
  var solution: Solution
  let began: Double

  init(problem: HourlyProblem, options: SolveOptions) {
    self.problem = problem
    self.options = options.fixed
    began = Self.now()
    solution = Solution(status: .failed, solver: HourBlock.name)
    faults = problem.faults()
  }

  package static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  mutating func solve() -> Solution {
    if let reason = faults.first {
      solution.message = reason
      return finished()
    }
    guard let form = scaledForm() else { return finished() }
    let demand = form.demand(threads: options.threads)
    options.announce(demand)
    guard demand.bytes <= options.memoryLimit else {
      solution.status = .limit
      solution.refused = demand
      return finished()
    }
    solution = attempted(form, Regularisation())
    // Steps that dwindle, and limits that leave hardly any room (a second solve within a millionth of the first), ask for
    // other proximal weights; on long horizons small ones lose digits, so they come second.
    for weights in [Regularisation(primal: 1e-10, dual: 1e-10), Regularisation(primal: 1e-7, dual: 1e-13)]
    where isOpen(solution) {
      var next = attempted(form, weights)
      next.iterations += solution.iterations
      if isOpen(next), !isBetter(next, than: solution) {
        solution.iterations = next.iterations
      } else {
        solution = next
      }
    }
    return finished()
  }

  /// The problem as the lanes take it; nil where it was refused or is contradicted, which the solution then says.
  ///
  /// The unscaled form is let go, and on a long horizon the ranges: each takes as much as the problem itself.
  private mutating func scaledForm() -> BlockForm? {
    let (ranges, costLimit) = HourBlock.provedRanges(problem)
    self.costLimit = costLimit
    if problem.steps * problem.flows.count < 1 << 22 { knownRanges = ranges }
    if let reason = HourBlock.refusal(problem, options, ranges) {
      solution.message = reason
      return nil
    }
    let compiled = BlockPresolve.run(BlockCompiler.compile(problem, ranges: ranges), problem: problem)
    guard let contradiction = compiled.contradiction else { return BlockScaling.scale(compiled) }
    guard costLimit == .infinity else {
      solution.message = contradiction.message + " (Below a cost of \(costLimit); a flow has no other bound.)"
      return nil
    }
    solution.status = .infeasible
    solution.message = contradiction.message
    solution.conflict = Conflict(yearlyRows: contradiction.yearlyRows, rows: contradiction.rows)
    return nil
  }

  /// Whether another attempt is worth it: no plan yet, or one with a wide gap.
  private func isOpen(_ solution: Solution) -> Bool {
    switch solution.status {
    case .failed, .feasible:
      return !(solution.hasPlan && abs(solution.gap) <= 1e-6) && Self.now() - began < options.timeLimit
    default: return false
    }
  }

  private func isBetter(_ one: Solution, than other: Solution) -> Bool {
    if one.hasPlan != other.hasPlan { return one.hasPlan }
    return abs(one.gap) < abs(other.gap)
  }

  private func attempted(_ form: BlockForm, _ weights: Regularisation) -> Solution {
    let point = InteriorPoint(form: form, threads: options.threads)
    point.regularisation = weights
    let run = self
    let search = Iteration(point: point, options: options, began: began) { point in
      run.certificate(point)
    } conflict: { point in
      run.conflict(point)
    }
    let end = search.run()
    var result = Solution(status: .failed, solver: HourBlock.name)
    result.iterations = search.iterations
    conclude(end, search, point, &result)
    return result
  }

  private func finished() -> Solution {
    var result = solution
    result.seconds = Self.now() - began
    return result
  }

  /// Value of the point and bound of its multipliers, both on the unscaled problem.
  private func certificate(_ point: InteriorPoint) -> Certificate {
    let extraction = PlanExtraction(problem: problem, form: point.form, point: point)
    let multipliers = extraction.multipliers()
    let ranges = knownRanges ?? HourBlock.provedRanges(problem).ranges
    return Certificate(bound: problem.dualBound(multipliers, ranges: ranges), multipliers: multipliers)
  }

  /// A conflict proved by the multipliers: with all costs zero their bound is above zero.
  private func conflict(_ point: InteriorPoint) -> Conflict? {
    let multipliers = PlanExtraction(problem: problem, form: point.form, point: point).multipliers()
    var costless = problem
    costless.objective = LinearForm()
    // What a cost proves says nothing about a plan that holds at a higher one.
    let ranges = costLimit < .infinity ? problem.impliedRanges() : knownRanges ?? problem.impliedRanges()
    guard costless.dualBound(multipliers, ranges: ranges) > 0 else { return nil }
    return ConflictSearch(problem: costless, ranges: ranges, multipliers: multipliers).conflict()
  }

  private func conclude(
    _ end: Iteration.End, _ search: Iteration, _ point: InteriorPoint, _ solution: inout Solution
  ) {
    switch end {
    case .infeasible(let conflict):
      solution.status = .infeasible
      solution.conflict = conflict
      solution.message = describe(conflict)
      return
    case .solved, .near, .stopped:
      break
    }
    guard let certificate = search.certificate else {
      solution.status = search.stopStatus ?? .failed
      solution.message = search.message
      return
    }
    // The bound belongs to the duals before repair, which overwrites them.
    solution.bound = certificate.bound
    solution.multipliers = certificate.multipliers
    PrimalRepair(point: point).run()
    let plan = PlanExtraction(problem: problem, form: point.form, point: point).plan()
    solution.flows = plan.flows.map { $0.map { max(0, $0) } }
    solution.contents = plan.contents
    solution.capacities = plan.capacities
    solution.objective = problem.objectiveValue(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    let residual = problem.residuals(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    let holds = residual.largestRelative <= 1e-6
    solution.message = search.message
    if !(solution.objective <= costLimit) { solution.bound = -.infinity }
    if !holds {
      solution.status = search.stopStatus ?? .failed
      solution.message += " The plan found leaves a relative residual of \(residual.largestRelative)."
      // A point that breaks its rows is no plan; nobody may print it.
      solution.flows = []
      solution.contents = []
      solution.capacities = []
      solution.objective = .nan
    } else if solution.objective - solution.bound
      <= 1.5 * options.tolerance * max(abs(solution.objective), search.leastSize)
    {
      solution.status = .optimal
    } else {
      solution.status = search.stopStatus ?? .feasible
      solution.message += " The certified gap is \(solution.gap)."
    }
  }

  private func describe(_ conflict: Conflict) -> String {
    var names = conflict.yearlyRows.map { problem.yearlyRows[$0].label.words }
    names += conflict.rows.map { row in
      problem.rows[row.row].label.words + (row.steps.count == 1 ? " in a step" : " in \(row.steps.count) steps")
    }
    return "No plan can hold these limits together: " + names.joined(separator: "; ") + "."
  }
}

/// A bound with the multipliers that prove it.
package struct Certificate: Sendable {
  package var bound: Double
  package var multipliers: Multipliers

  /// A bound and its multipliers.
  package init(bound: Double, multipliers: Multipliers) {
    self.bound = bound
    self.multipliers = multipliers
  }
}

import Glibc
import TulouProblem

/// One solve: compile, iterate, certify, repair.
struct HourBlockRun {
  let problem: HourlyProblem
  let options: SolveOptions
  let faults: [String]
  let ranges: ImpliedRanges
  var solution: Solution
  let began: Double

  init(problem: HourlyProblem, options: SolveOptions) {
    self.problem = problem
    self.options = options
    began = Self.now()
    solution = Solution(status: .failed, solver: HourBlock.name)
    faults = problem.faults()
    ranges = faults.isEmpty ? problem.impliedRanges() : ImpliedRanges()
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  mutating func solve() -> Solution {
    if let reason = faults.first ?? HourBlock.refusal(problem, options, ranges) {
      solution.message = reason
      return finished()
    }
    let compiled = BlockPresolve.run(BlockCompiler.compile(problem, ranges: ranges), problem: problem)
    if let contradiction = compiled.contradiction {
      solution.status = .infeasible
      solution.message = contradiction.message
      solution.conflict = Conflict(yearlyRows: contradiction.yearlyRows, rows: contradiction.rows)
      return finished()
    }
    let form = BlockScaling.scale(compiled)
    let point = InteriorPoint(form: form, threads: options.threads)
    let run = self
    let search = Iteration(point: point, options: options, began: began) { point in
      run.certificate(point)
    } conflict: { point in
      run.conflict(point)
    }
    let end = search.run()
    solution.iterations = search.iterations
    conclude(end, search, point)
    return finished()
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
    return Certificate(bound: problem.dualBound(multipliers, ranges: ranges), multipliers: multipliers)
  }

  /// A conflict proved by the multipliers: with all costs nought their bound is above nought.
  private func conflict(_ point: InteriorPoint) -> Conflict? {
    let multipliers = PlanExtraction(problem: problem, form: point.form, point: point).multipliers()
    var costless = problem
    costless.objective = LinearForm()
    guard costless.dualBound(multipliers, ranges: ranges) > 0 else { return nil }
    return ConflictSearch(problem: costless, ranges: ranges, multipliers: multipliers).conflict()
  }

  private mutating func conclude(_ end: Iteration.End, _ search: Iteration, _ point: InteriorPoint) {
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
      solution.status = search.stopStatus == .cancelled ? .cancelled : .feasible
      solution.message += " The certified gap is \(solution.gap)."
    }
  }

  private func describe(_ conflict: Conflict) -> String {
    var names = conflict.yearlyRows.map { problem.yearlyRows[$0].label.description }
    names += conflict.rows.map { "\(problem.rows[$0.row].label) in \($0.steps.count) steps" }
    return "No plan can hold these limits together: " + names.joined(separator: ", ") + "."
  }
}

/// A bound with the multipliers that prove it.
struct Certificate: Sendable {
  var bound: Double
  var multipliers: Multipliers
}

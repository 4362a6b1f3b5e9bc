import TulouAccounts
import TulouAssembly
import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Practical sizes beside a plan: every free size in whole steps, dispatched again under all limits.
///
/// A step makes a size a whole number of units, so the search is the one for machines with `unit` (`Rounding`): the nearest
/// steps first, all rounded up where those keep some limit or demand from being met, then neighbours until none is better. The proven
/// least value of any sizes bounds what was found. What the best plan does not build is not built.
enum PracticalStudy {
  /// Rounds the sizes of a plan.
  ///
  /// - Parameters:
  ///   - base: With a plan of free sizes.
  ///   - assembled: Its problem, which limits and whole numbers are part of.
  ///   - steps: Given steps by `id` or `id.part`, in the unit of the size; the rule holds for the others.
  ///   - options: Those of the plan.
  ///   - solver: Who solves.
  /// - Returns: Nil where no rounded plan was found.
  /// - Throws: A step of something that has no free size.
  static func run(
    beside base: Outcome, steps: [String: Double], options: PlanOptions, solver: any Solver
  ) throws(ProjectFault) -> PracticalPlan? {
    guard let plan = base.plan, let certificate = base.certificate else { return nil }
    var assembled = base.assembled
    var rows = try rows(of: plan, in: &assembled, steps)
    var asked = options
    asked.wholeNumbers = .rounding
    asked.breaksTies = false
    asked.neighbourSeconds = min(asked.neighbourSeconds, 30)
    var search = PlanSearch(assembled: assembled, options: asked, solver: solver)
    var solution = search.solve(assembled.problem)
    guard solution.hasPlan else { return nil }
    var certified = assembled.problem
    if assembled.seeksLeastCostNext { (solution, certified) = search.leastCost(at: solution) }
    let finished = search.finish(solution, of: certified)
    for i in rows.indices {
      rows[i].row.practical = finished.solution.capacities[rows[i].capacity] * rows[i].perUnit
    }
    let own = finished.certificate
    return PracticalPlan(
      rows: rows.map(\.row), best: certificate.value, value: own.value, bound: certificate.bound,
      unit: certificate.unit, bestCost: certificate.cash + certificate.penalties, cost: own.cash + own.penalties,
      largestResidual: own.largestResidual, designs: search.integers?.designs ?? 1,
      isLocalOptimum: search.integers?.isLocalOptimum ?? true, solver: own.solver)
  }

  private typealias Placed = (row: PracticalPlan.Row, capacity: Int, perUnit: Double)

  /// The free sizes; in the problem each becomes a whole number of its steps.
  private static func rows(
    of plan: Plan, in assembled: inout Assembled, _ steps: [String: Double]
  ) throws(ProjectFault) -> [Placed] {
    let names = assembled.sizeNames()
    let faults = steps.keys.sorted().filter { names[$0] == nil }.map { name in
      Diagnostic(
        .error, "'--steps' names '\(name)', which has no size.",
        advice: "Sizes of this project: \(names.keys.sorted().joined(separator: ", ")).")
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
    let given = Dictionary(
      steps.map { (names[$0.key]?.capacity ?? 0, $0.value / (names[$0.key]?.perUnit ?? 1)) },
      uniquingKeysWith: { first, _ in first })
    let indices = Dictionary(
      assembled.problem.capacities.enumerated().map { ($0.element.label, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var rows: [Placed] = []
    for component in assembled.project.components {
      for size in component.sizes {
        guard let k = indices[Label(size: size.part, of: component.id)] else { continue }
        let capacity = assembled.problem.capacities[k]
        guard capacity.upper > capacity.lower else { continue }
        let total = plan.solution.capacities[k]
        var row = PracticalPlan.Row(
          name: size.part.name(of: component.id), id: component.id, unit: size.unit, best: total, practical: total,
          step: nil, basis: .none)
        // Of plant that may go, what is new is rounded, and what is kept stays free.
        let new = assembled.retirable.first { $0.total == k }?.new ?? k
        let built = plan.solution.capacities[new] - assembled.problem.capacities[new].existing
        if Dust.cleaned(built, scale: max(1, plan.solution.capacities.max() ?? 1)) <= 0 {
          assembled.problem.capacities[new].upper = min(
            assembled.problem.capacities[new].upper,
            max(assembled.problem.capacities[new].existing, assembled.problem.capacities[new].lower))
        } else if capacity.choice != .continuous {
          row.basis = .file
          if case .multiples(let unit) = capacity.choice { row.step = unit }
        } else {
          row.basis = given[k] == nil ? .rule : .given
          row.step = given[k] ?? PracticalPlan.step(for: built)
          assembled.problem.capacities[new].choice = .multiples(of: row.step ?? 1)
        }
        rows.append((row, k, 1))
        // The content of so many hours of power is a size of its own to whoever orders it.
        guard case .storage(let storage) = component.block, case .hours(let hours) = storage.shape, size.part == .power
        else { continue }
        var content = row
        content.name = component.id + ".energy"
        (content.unit, content.best, content.step) = ("kWh", row.best * hours, row.step.map { $0 * hours })
        rows.append((content, k, hours))
      }
    }
    return rows
  }
}

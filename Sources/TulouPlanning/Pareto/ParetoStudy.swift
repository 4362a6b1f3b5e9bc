public import TulouProblem
public import TulouProject
public import TulouQuantities
public import TulouSolvers

/// The study `pareto`: all best compromises between two goals, each point with its certificate.
///
/// Exact epsilon-constraint: the first goal at its best while the second is held at steps between its value there and
/// its own best. No weights, so flat parts of the front are not skipped.
///
/// - Source: Haimes, Lasdon, Wismer 1971, IEEE Trans. Syst. Man Cybern. SMC-1, 296-297 (epsilon-constraint).
public enum ParetoStudy {
  /// The front of a project between two goals.
  ///
  /// - Parameters:
  ///   - project: Typed and complete.
  ///   - first: Minimised at every point; not the renewable fraction, which is no linear form.
  ///   - second: Held at its steps.
  ///   - points: Number of points, at least two.
  ///   - options: As for one plan; sizes are sought.
  ///   - found: Told of each point as it is found, with its number.
  /// - Throws: Goals that cannot be drawn, named.
  public static func run(
    project: Project, first: ParetoAxis, second: ParetoAxis, points: Int, options: PlanOptions = PlanOptions(),
    solver: any Solver, found: @Sendable (Int, ParetoPoint) -> Void = { _, _ in }
  ) throws(ProjectFault) -> ParetoFront {
    try check(first, second, points)
    // Two goals of which one is not cost serve everything, as that goal alone would (rule M14).
    let needsService = first != .netPresentCost || second != .netPresentCost
    var draft = Draft(
      project: project, money: MoneyFactors(project: project), objective: needsService ? .co2 : .netPresentCost)
    try draft.fill()
    let axes = (draft.axisForm(first), draft.axisForm(second))
    var assembled = draft.finished()
    assembled.problem.objective = axes.0.form
    var search = FrontSearch(assembled: assembled, first: axes.0, second: axes.1, options: options, solver: solver)

    var front = ParetoFront(
      first: first, second: second, firstUnit: first.unit(currency: project.economy.currency),
      secondUnit: second.unit(currency: project.economy.currency), points: [], warnings: assembled.notes,
      isComplete: false, solveSeconds: 0)
    defer { front.solveSeconds = search.seconds }
    guard let best = search.best(of: .first), let other = search.best(of: .second) else {
      front.solveSeconds = search.seconds
      front.warnings.append(Diagnostic(.error, search.message))
      return front
    }
    for i in 0..<points {
      if options.solve.isCancelled() { break }
      let share = Double(i) / Double(points - 1)
      let limit = best.second + share * (other.second - best.second)
      let point: ParetoPoint?
      switch i {
      case 0: point = best
      case points - 1: point = other
      default: point = search.point(secondAt: limit)
      }
      guard let point else { continue }
      front.points.append(point)
      found(i, point)
    }
    front.isComplete = front.points.count == points
    front.solveSeconds = search.seconds
    return front
  }

  private static func check(_ first: ParetoAxis, _ second: ParetoAxis, _ points: Int) throws(ProjectFault) {
    var faults: [Diagnostic] = []
    if first == second { faults.append(Diagnostic(.error, "A front needs two different goals.", path: "studies")) }
    if first == .renewableFraction {
      faults.append(
        Diagnostic(
          .error, "The renewable fraction is a quotient and cannot be the first goal of a front.",
          advice: "Name it second.", path: "studies"))
    }
    if points < 2 {
      faults.append(Diagnostic(.error, "A front has at least two points, not \(points).", path: "studies"))
    }
    if !faults.isEmpty { throw ProjectFault(faults) }
  }
}

/// A point of a front: no plan is better in one goal without being worse in the other.
public struct ParetoPoint: Sendable {
  /// Value of the first goal, in its unit.
  public var first: Double
  /// Value of the second goal.
  public var second: Double
  /// Proof of the goal that was minimised, over the years of the horizon as for a plan.
  public var certificate: Certificate
  /// Sizes and flows, tidied.
  public var plan: Plan
  /// What one unit less of the second goal costs in the first, there; nil where the solver gave no multipliers.
  public var exchange: Double?
}

/// A front between two goals.
public struct ParetoFront: Sendable {
  /// Goals.
  public var first: ParetoAxis, second: ParetoAxis
  /// Units of their values.
  public var firstUnit: String, secondUnit: String
  /// From the best of the first goal to the best of the second.
  public var points: [ParetoPoint]
  /// What a person should know.
  public var warnings: [Diagnostic]
  /// Whether every point asked for was found.
  public var isComplete: Bool
  /// Seconds spent in solvers.
  public var solveSeconds: Double
}

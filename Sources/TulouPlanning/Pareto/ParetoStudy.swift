import TulouAssembly
package import TulouDocument
import TulouFinance
import TulouProblem
package import TulouProject
import TulouSolvers
import TulouTechnologies

/// The study `pareto`: all best compromises between two goals, each point with its certificate.
///
/// Exact epsilon-constraint: the first goal at its best while the second is held at steps between its value there and
/// its own best. No weights, so flat parts of the front are not skipped. Points do not depend on each other, so the
/// front is the same however many are sought at a time and wherever an interrupted search goes on.
///
/// - Source: Haimes, Lasdon, Wismer 1971, IEEE Trans. Syst. Man Cybern. SMC-1, 296-297 (epsilon-constraint).
package enum ParetoStudy {
  /// The front of a project between two goals.
  ///
  /// - Parameters:
  ///   - project: Typed and complete.
  ///   - first: Minimised at every point; not the renewable fraction, which is no linear form.
  ///   - second: Held at its steps.
  ///   - points: Number of points, at least two.
  ///   - done: Where the points of an interrupted search lie, by number; they are not sought again.
  ///   - context: Who solves, how many points are sought at a time, and what each plan is asked; sizes are sought.
  ///   - found: Told of each point as soon as it is found, in the order in which they are.
  /// - Returns: The points found now, in the order of their numbers.
  /// - Throws: Goals that cannot be drawn, named.
  package static func run(
    project: Project, first: ParetoAxis, second: ParetoAxis, points: Int, done: [Int: ParetoPlace] = [:],
    in context: StudyContext,
    found: @escaping @Sendable (ParetoPoint) -> Void = { _ in }
  ) async throws(ProjectFault) -> ParetoFront {
    try check(project, first, second, points)
    let search = try search(project, first, second, context.plans, context.solver)
    let currency = project.economy.currency
    var front = ParetoFront(
      first: first, second: second, firstUnit: first.unit(currency: currency),
      secondUnit: second.unit(currency: currency), points: [], warnings: search.assembled.notes, missing: [],
      solveSeconds: 0)
    if search.servesEverything {
      front.warnings.append(
        Diagnostic(
          .note,
          "Everything is served at every point, as it is under every goal but cost; 'plan' for cost may shed demand.",
          advice: "Give 'limits.unserved_energy' to allow it.", path: "limits.unserved_energy"))
    }

    // The two ends say between which values the second goal is held.
    var places = done.filter { (0..<points).contains($0.key) }
    let ends = [0, points - 1].filter { places[$0] == nil }
    await collect(ends, context.workers, of: points, search, 0, 0, into: &front, found)
    for point in front.points { places[point.number] = point.place }
    guard let best = places[0], let other = places[points - 1] else {
      front.missing = (0..<points).filter { places[$0] == nil }
      return front
    }
    // Goals that agree have one best plan, and nothing lies between its two finds.
    let scale = max(abs(best.second), abs(other.second), second.isShare ? 0.1 : 1e-6)
    front.isOnePoint = abs(best.second - other.second) <= 4e-6 * scale
    if !front.isOnePoint {
      let open = (0..<points).filter { places[$0] == nil }
      await collect(open, context.workers, of: points, search, best.second, other.second, into: &front, found)
      for point in front.points { places[point.number] = point.place }
      front.missing = (0..<points).filter { places[$0] == nil }
    }
    front.points.sort { $0.number < $1.number }
    front.removeDust()
    return front
  }

  private static func search(
    _ project: Project, _ first: ParetoAxis, _ second: ParetoAxis, _ options: PlanOptions, _ solver: any Solver
  ) throws(ProjectFault) -> FrontSearch {
    // Goals other than cost serve everything (rule M14), unless what is not served is itself a goal.
    let needsService = (first != .netPresentCost || second != .netPresentCost) && second != .unservedEnergy
    var draft = Draft(
      project: project, money: MoneyFactors(project: project), objective: needsService ? .co2 : .netPresentCost)
    try draft.fill()
    let axes = (draft.axisForm(first), draft.axisForm(second))
    if draft.hasErrors { throw ProjectFault(draft.faults) }
    var assembled = draft.finished()
    assembled.problem.objective = axes.0.form
    let search = FrontSearch(assembled: assembled, first: axes.0, second: axes.1, options: options, solver: solver)
    if !search.isLinear(axes.1) {
      throw ProjectFault([
        Diagnostic(
          .error, "With capital that does not grow with the size, cost cannot be the second goal of a front.",
          advice: "Name net_present_cost first.", path: "studies")
      ])
    }
    return search
  }

  /// Seeks points, several at a time.
  private static func collect(
    _ numbers: [Int], _ parallel: Int, of points: Int, _ search: FrontSearch, _ from: Double, _ to: Double,
    into front: inout ParetoFront, _ found: @Sendable (ParetoPoint) -> Void
  ) async {
    var all: [ParetoPoint] = []
    var seconds = 0.0
    var messages: [(Int, String)] = []
    await withTaskGroup(of: (Int, ParetoPoint?, FrontSearch).self) { group in
      var next = numbers.makeIterator()
      func start() -> Bool {
        guard !search.options.solve.isCancelled(), let number = next.next() else { return false }
        group.addTask {
          var own = search
          let point: ParetoPoint?
          switch number {
          case 0: point = own.best(of: .first)
          case points - 1: point = own.best(of: .second)
          default:
            let share = Double(number) / Double(points - 1)
            point = own.point(secondAt: from + share * (to - from))
          }
          return (number, point, own)
        }
        return true
      }
      for _ in 0..<max(1, parallel) where !start() { break }
      while let (number, point, own) = await group.next() {
        seconds += own.seconds
        if var point {
          point.number = number
          all.append(point)
          found(point)
        } else if !own.message.isEmpty {
          messages.append((number, own.message))
        }
        _ = start()
      }
    }
    front.points += all
    front.solveSeconds += seconds
    for (number, message) in messages.sorted(by: { $0.0 < $1.0 }) {
      front.warnings.append(Diagnostic(.error, "Point \(number + 1): \(message)"))
    }
  }

  private static func check(
    _ project: Project, _ first: ParetoAxis, _ second: ParetoAxis, _ points: Int
  ) throws(ProjectFault) {
    var faults: [Diagnostic] = []
    func fault(_ message: String, _ advice: String = "") {
      faults.append(Diagnostic(.error, message, advice: advice, path: "studies"))
    }
    if first == second { fault("A front needs two different goals.") }
    if first.isShare {
      fault(
        "The \(first.quantity.lowercased()) is a quotient and cannot be the first goal of a front.", "Name it second.")
    }
    if first == .unservedEnergy {
      fault("What is not served cannot be the first goal of a front.", "Name it second.")
    }
    if second == .unservedEnergy, !project.mayShed {
      fault("Nothing may be shed in this project, so energy not served is zero everywhere.")
    }
    let hasFixedCapital = project.components.contains { $0.sizes.contains { $0.cost.fixedCapital > 0 } }
    if first == .capital || second == .capital, hasFixedCapital {
      fault("Capital that does not grow with the size is no linear form, so capital cannot be a goal here.")
    }
    if points < 2 { fault("A front has at least two points, not \(points).") }
    if !faults.isEmpty { throw ProjectFault(faults) }
  }
}

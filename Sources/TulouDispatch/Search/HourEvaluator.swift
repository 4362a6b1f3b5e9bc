import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// Designs one by one, each simulated and measured as `tulou simulate` does it: any system that rules can run.
struct HourEvaluator: Sendable {
  let project: Project
  /// What the rows of a search are made with.
  let rows: RowMaker
  let sides: [SearchSide]
  /// How designs are run, and its place among the strategies of the search.
  let strategy: DispatchStrategy
  let place: Int
  let cheapest: Bool
  let plan: PlanOptions
  let seed: UInt64
  let solver: (any Solver)?

  /// What `tulou simulate` is asked of a design.
  func options(_ x: [Double]) -> SimulateOptions {
    var asked = SimulateOptions()
    asked.strategy = strategy
    asked.cheapest = cheapest && strategy.takesCheapest
    asked.seed = seed
    asked.comparesWithForesight = false
    asked.plan = plan
    asked.plan.solve.threads = 1
    asked.plan.solve.progress = { _ in }
    for (side, size) in zip(sides, x) { asked.sizes[side.name] = size }
    return asked
  }

  /// A design; nil where the user stopped it.
  ///
  /// - Throws: Why its sizes cannot be run.
  func candidate(_ x: [Double]) throws(ProjectFault) -> SearchCandidate? {
    guard let design = try SimulateStudy.design(project, options(x), solver) else { return nil }
    // Windows that were broken off say nothing of a design.
    if case .optimal = strategy, plan.solve.isCancelled() { return nil }
    var row = rows.row(x, design)
    row.strategy = place
    return row
  }

  /// Designs one after the other, up to the first that the user does not wait for.
  func candidates(
    _ designs: [[Double]], until isCancelled: () -> Bool
  ) throws(ProjectFault) -> [SearchCandidate] {
    var rows: [SearchCandidate] = []
    for x in designs {
      guard !isCancelled(), let row = try candidate(x) else { break }
      rows.append(row)
    }
    return rows
  }
}

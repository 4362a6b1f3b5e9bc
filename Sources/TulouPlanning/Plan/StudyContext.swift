public import TulouDocument
public import TulouProblem
public import TulouProject
import TulouQuantities
public import TulouSolvers

/// How a study is done, whatever it asks: who solves, on how many threads, who is told, who may stop it, and where it leaves
/// what it has found so far. What a study finds does not depend on it, but for limits of time.
public struct StudyContext: Sendable {
  /// Who solves; used by several plans at a time.
  public var solver: any Solver
  /// Threads: of one plan, or plans at a time where a study needs many.
  public var workers: Int
  /// What each plan is asked: whole numbers, given sizes, limits of time and memory, cancellation.
  public var plans: PlanOptions
  /// Told what is under way, in a line; nil: nothing is.
  public var progress: @Sendable (String?) -> Void
  /// Told of work on several threads: calls its second argument with every number below the first.
  public var spread: Spread
  /// Where the study leaves what it has found so far; nil: nowhere, so an interrupted one begins anew.
  public var checkpoint: StudyCheckpoint?
  /// Start of all random numbers of the study.
  public var seed: UInt64 = 1

  /// Calls its second argument with every number below the first, on as many threads as it likes.
  public typealias Spread = @Sendable (Int, @Sendable (Int) -> Void) -> Void

  /// A study by one solver, on one thread and in silence unless more is said.
  public init(
    solver: any Solver, workers: Int = 1, plans: PlanOptions = PlanOptions(),
    progress: @escaping @Sendable (String?) -> Void = { _ in }, checkpoint: StudyCheckpoint? = nil
  ) {
    self.solver = solver
    self.workers = max(1, workers)
    self.plans = plans
    self.progress = progress
    self.checkpoint = checkpoint
    spread = { count, body in (0..<count).forEach(body) }
  }

  /// Whether whoever asked has had enough.
  public var isCancelled: Bool { plans.solve.isCancelled() }

  /// Options of one plan on all threads, with its iterations told after `what`.
  public func planOptions(_ what: String) -> PlanOptions {
    var options = plans
    options.solve.threads = workers
    let told = progress
    options.solve.progress = { step in
      let gap = step.gap.isFinite ? "  gap " + shortNumber(step.gap, digits: 2) : ""
      told("\(what)  iteration \(step.iteration)\(gap)")
    }
    return options
  }

  /// Options of one of many plans, each on one thread.
  ///
  /// - Parameter line: What is told at its iterations.
  public func partOptions(_ line: @escaping @Sendable (SolveProgress) -> String) -> PlanOptions {
    var options = plans
    options.solve.threads = 1
    let told = progress
    options.solve.progress = { told(line($0)) }
    return options
  }

  /// One plan of a project.
  ///
  /// - Parameters:
  ///   - project: Typed and complete.
  ///   - what: What is told while it is sought.
  ///   - ask: What else it is asked.
  /// - Throws: What cannot be planned, named.
  public func plan(
    _ project: Project, _ what: String, ask: (inout PlanOptions) -> Void = { _ in }
  ) throws(ProjectFault) -> Outcome {
    var options = planOptions(what)
    ask(&options)
    return try PlanStudy.run(project: project, options: options, solver: solver)
  }
}

/// Where a study leaves what it has found so far.
public struct StudyCheckpoint: Sendable, Equatable {
  /// Folder of its results.
  public var folder: String
  /// Whether what an earlier run left there is thrown away.
  public var isFresh: Bool
  /// A folder, and whether the study begins anew.
  public init(folder: String, isFresh: Bool = false) {
    self.folder = folder
    self.isFresh = isFresh
  }
}

public import TulouProblem

/// HiGHS as a solver of hourly problems, linear or with whole numbers.
///
/// Source: Huangfu, Hall 2018, Parallelizing the dual revised simplex method, Math. Prog. Comp. 10, 119-142,
/// doi:10.1007/s12532-017-0130-5; library highsbox 1.15.
public struct Highs: Solver {
  /// How HiGHS solves a linear problem.
  public enum Algorithm: String, Sendable, CaseIterable {
    /// As HiGHS itself thinks best (simplex as a rule); interior point for a continuous problem of many columns.
    case choose
    /// Dual simplex.
    case simplex
    /// Interior point (IPX), then crossover to a vertex.
    case ipx
  }

  /// Its name among the solvers.
  public let name = "highs"
  /// How linear problems are solved.
  public var algorithm: Algorithm
  /// Feasibility tolerance, primal and dual, on the scaled problem, at least 1e-10; nil: that of the options asked for,
  /// between 1e-9 and 1e-7.
  public var feasibility: Double?
  /// A file to which the scaled model is written before the solve (`.mps` or `.lp`); nil: none.
  public var modelFile: String?

  /// Totals of capacities sized in whole units from which a branching starts, by index; empty: HiGHS begins by itself.
  public var start: [Int: Double] = [:]

  private let library: HighsLibrary

  /// A solver on an opened library.
  public init(_ library: HighsLibrary, algorithm: Algorithm = .choose, feasibility: Double? = nil) {
    self.library = library
    self.algorithm = algorithm
    self.feasibility = feasibility
  }

  /// The plan, its bound and how the search went.
  ///
  /// With `options.integers` off, integer marks, fixed charges and exclusions are dropped, so that `bound` holds for the
  /// problem with them too. With it on, `bound` is that of the branching, and the plan is re-dispatched with the whole
  /// numbers fixed, which gives clean numbers and the multipliers of that dispatch.
  public func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
    let clock = ContinuousClock()
    let begin = clock.now
    var solution = solved(problem, options: options.fixed)
    solution.seconds = (clock.now - begin) / .seconds(1)
    return solution
  }

  private var title: String { "highs \(library.version)" }

  private func solved(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
    func failure(_ message: String) -> Solution {
      var solution = Solution(status: .failed, solver: title)
      solution.message = message
      return solution
    }
    let demand = SolveDemand(bytes: Highs.bytes(of: problem), seconds: .nan)
    options.announce(demand)
    guard demand.bytes <= options.memoryLimit else {
      var solution = Solution(status: .limit, solver: title)
      solution.refused = demand
      return solution
    }
    let matrix: HighsMatrix
    do { matrix = try HighsMatrix(problem, integers: options.integers) } catch { return failure(error.reason) }
    guard let session = HighsSession(library, options: options, costScale: matrix.scaling.cost) else {
      return failure("HiGHS could not be started.")
    }
    let isLarge = matrix.columnCount > Highs.manyColumns && !matrix.integrality.contains(1)
    configure(session, options: options, isLarge: isLarge)
    guard session.pass(matrix) else { return failure("HiGHS refused the model; a number in it is not finite.") }
    if let modelFile, !session.write(to: modelFile) {
      return failure("The model could not be written to '\(modelFile)'.")
    }
    if !start.isEmpty { session.begin(matrix, at: start) { problem.capacities[$0].existing } }
    if options.isCancelled() { return Solution(status: .cancelled, solver: title) }

    var outcome = session.run()
    if outcome == .infeasibleOrUnbounded || outcome == .unbounded {
      // Unbounded only if something holds at all: without costs the answer is feasible or infeasible.
      session.dropCosts(matrix)
      let second = session.run()
      outcome = second == .optimal ? .unbounded : second
    }
    return reading(outcome, session, matrix, problem, options)
  }

  /// Memory of the matrix, of HiGHS's copies and of its factors [bytes], roughly: measured on years of 10 to 200 components.
  private static func bytes(of problem: HourlyProblem) -> Double {
    let terms = problem.flows.reduce(0) { $0 + $1.rowTerms.count + 2 * $1.stateTerms.count + $1.upper.count }
    let columns = problem.flows.count + problem.states.count
    let elements = terms + columns + problem.rows.count + 3 * problem.states.count
    return bytesPerElement * Double(problem.steps) * Double(elements)
  }
  private static let bytesPerElement = 400.0

  /// From here on simplex takes several times as long as interior point and crossover: a year of C2 did not end in half
  /// an hour.
  private static let manyColumns = 50_000

  /// What the dispatch with the whole numbers fixed may take beyond the limit [s]: without it there is no clean plan.
  private static let graceSeconds = 5.0

  private func configure(_ session: HighsSession, options: SolveOptions, isLarge: Bool) {
    let tolerance = max(1e-10, feasibility ?? min(1e-7, max(1e-9, options.tolerance)))
    session.set("primal_feasibility_tolerance", tolerance)
    session.set("dual_feasibility_tolerance", tolerance)
    session.set("mip_feasibility_tolerance", min(1e-6, tolerance))
    session.set("ipm_optimality_tolerance", min(1e-8, tolerance))
    session.set("mip_rel_gap", options.tolerance)
    session.set("mip_abs_gap", 0.0)
    // Where numbers are whole, a tenth of the time is kept for the dispatch that follows the branching.
    if options.timeLimit.isFinite { session.allow(seconds: (options.integers ? 0.9 : 1) * options.timeLimit) }
    if let nodes = options.nodeLimit { session.set("mip_max_nodes", Int32(clamping: nodes)) }
    switch algorithm {
    case .choose where !isLarge: session.set("solver", "choose")
    case .simplex: session.set("solver", "simplex")
    case .choose, .ipx:
      // "ipx" since 1.12; "ipm" is the same algorithm in older versions.
      if !session.set("solver", "ipx") { session.set("solver", "ipm") }
      session.set("run_crossover", "on")
      // The first linear problem of a branching, where there is one (since 1.12).
      if algorithm == .ipx { session.set("mip_lp_solver", "ipm") }
    }
  }

  private func reading(
    _ outcome: HighsSession.Outcome, _ session: HighsSession, _ matrix: HighsMatrix, _ problem: HourlyProblem,
    _ options: SolveOptions
  ) -> Solution {
    var solution = Solution(status: .failed, solver: title)
    let hasIntegers = matrix.integrality.contains(1)
    solution.iterations =
      hasIntegers
      ? session.int("mip_node_count") ?? 0
      : (session.int("simplex_iteration_count") ?? 0) + (session.int("ipm_iteration_count") ?? 0)
    switch outcome {
    case .infeasible:
      solution.status = .infeasible
      return solution
    case .unbounded, .infeasibleOrUnbounded:
      solution.status = .unbounded
      solution.message = "The objective falls without end."
      return solution
    case .optimal: solution.status = .optimal
    case .timeLimit: solution.message = "The time limit of \(options.timeLimit) s was reached."
    case .otherLimit: solution.message = "HiGHS stopped at a limit of its own."
    case .interrupted: solution.message = "Stopped by the caller."
    case .failed(let code): solution.message = "HiGHS ended with its status \(code)."
    }
    let stopped: Solution.Status =
      switch outcome {
      case .timeLimit, .otherLimit: .limit
      case .interrupted: .cancelled
      default: .failed
      }
    let scaledBound = hasIntegers ? session.double("mip_dual_bound") : nil
    guard solution.status == .optimal || session.hasFeasiblePoint else {
      solution.status = stopped
      if let scaledBound, scaledBound.isFinite { solution.bound = scaledBound / matrix.scaling.cost }
      return solution
    }
    if solution.status != .optimal { solution.status = stopped == .failed ? .feasible : stopped }
    var point = session.point(matrix)
    let linearError = session.double("primal_dual_objective_error") ?? .infinity
    if hasIntegers {
      // The branching's point holds to its tolerance; with the numbers fixed a linear solve gives it exactly.
      session.fixWholeColumns(matrix, at: point.values)
      // HiGHS's clock runs on over both solves; what the branching left of the limit is for the dispatch.
      if options.timeLimit.isFinite { session.allow(seconds: options.timeLimit + Highs.graceSeconds) }
      if session.run() == .optimal {
        point = session.point(matrix)
      } else {
        solution.message += " The dispatch with the whole numbers fixed could not be solved again."
      }
    }
    matrix.read(point, of: problem, into: &solution)
    if hasIntegers {
      if let scaledBound, scaledBound.isFinite { solution.bound = scaledBound / matrix.scaling.cost }
    } else if let multipliers = solution.multipliers {
      solution.bound = problem.dualBound(multipliers)
      if solution.bound == -.infinity, solution.status == .optimal, linearError.isFinite {
        // A content without upper limit leaves no rigorous bound; HiGHS's own distance of primal and dual remains.
        solution.bound = solution.objective - linearError * (1 + abs(solution.objective))
      }
    }
    // Rounding is of the size of the tolerance; more than that is left to be seen (`Gap`).
    solution.bound = problem.gap(of: solution).bound
    return solution
  }
}

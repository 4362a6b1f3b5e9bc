/// What a solver returns: a point, a bound on the best possible value, and how it went.
///
/// `objective` and `bound` are over the horizon (constant part included), as `HourlyProblem.objective` is.
public struct Solution: Sendable {
  /// How the search ended.
  public enum Status: String, Sendable {
    /// Proven best within the tolerance asked.
    case optimal
    /// A plan that holds, without that proof.
    case feasible
    /// No plan can hold; `conflict` may say why.
    case infeasible
    /// Time or iterations ran out; there may be a plan, without the proof.
    case limit
    /// The caller stopped it.
    case cancelled
    /// The objective falls without end.
    case unbounded
    /// The solver broke down; `message` says how.
    case failed
  }

  /// How the search ended.
  public var status: Status
  /// Name of the solver, with its version where it has one.
  public var solver: String
  /// `flows[j][t]`; empty without a plan.
  public var flows: [[Double]] = []
  /// `contents[s][t]`, at the start of step t; empty without a plan.
  public var contents: [[Double]] = []
  /// Total size of each capacity; empty without a plan.
  public var capacities: [Double] = []
  /// Value of the plan.
  public var objective = Double.nan
  /// Proven least value; -infinity without proof.
  public var bound = -Double.infinity
  /// Multipliers behind the bound, where the solver has them.
  public var multipliers: Multipliers?
  /// Limits in conflict, when infeasible and known: indices into `yearlyRows`, and rows with the steps they bind in.
  public var conflict: Conflict?
  /// Iterations (simplex, interior point or nodes).
  public var iterations = 0
  /// Wall-clock time of the solve [s].
  public var seconds = 0.0
  /// What a person should know: why it handed over, which limit stopped it.
  public var message = ""
  /// What the solve would have taken, where it was not begun for lack of memory.
  public var refused: SolveDemand?

  /// An outcome without a plan.
  public init(status: Status, solver: String) {
    self.status = status
    self.solver = solver
  }

  /// Whether there is a plan to show.
  public var hasPlan: Bool { !flows.isEmpty || !capacities.isEmpty }

  /// `(objective - bound) / |objective|`; infinite without bound, absolute where the objective is zero.
  public var gap: Double {
    guard bound > -.infinity, objective.isFinite else { return .infinity }
    let scale = abs(objective)
    return scale > 1e-9 ? (objective - bound) / scale : objective - bound
  }
}

/// Lagrange multipliers of the rows, as derivative of the least cost with respect to the right-hand side.
public struct Multipliers: Sendable {
  /// `rows[r][t]`: derivative of the least cost by the right-hand side (the active limit) of row r in step t.
  public var rows: [[Double]]
  /// `states[s][t]`: derivative of the least cost by `inflow_st`, of the row written
  /// `e_{t+1} - retention e_t - dt sum gain x = inflow_t`. At the end of a block with an `initial` boundary the row is
  /// `e_start - retention e_t - dt sum gain x <= inflow_t`, so its multiplier is at most zero.
  public var states: [[Double]]
  /// One for each yearly row.
  public var yearly: [Double]
  /// For flows with several upper bounds, where the solver knows: `shares[j][i][t]` is the part (0 to 1) of a negative
  /// reduced cost that upper bound i carries. Any shares give a valid bound; these make it a tight one.
  public var shares: [Int: [[Double]]] = [:]
  /// Multipliers.
  public init(rows: [[Double]], states: [[Double]], yearly: [Double], shares: [Int: [[Double]]] = [:]) {
    self.rows = rows
    self.states = states
    self.yearly = yearly
    self.shares = shares
  }
}

/// Limits that cannot hold together.
public struct Conflict: Sendable {
  /// Indices of yearly rows.
  public var yearlyRows: [Int]
  /// Hourly rows with the steps in which they bind.
  public var rows: [(row: Int, steps: [Int])]
  /// A conflict.
  public init(yearlyRows: [Int], rows: [(row: Int, steps: [Int])]) {
    self.yearlyRows = yearlyRows
    self.rows = rows
  }
}

/// What the caller asks of a solver.
public struct SolveOptions: Sendable {
  /// Relative gap at which the search may stop.
  public var tolerance = 1e-8
  /// Wall-clock limit of what is still to be done [s]; infinite: none. After `startClock` it shrinks as time passes.
  public var timeLimit: Double {
    get { min(limit, deadline.map { max(0, (.now - $0) / .seconds(-1)) } ?? .infinity) }
    set { limit = newValue }
  }
  private var limit = Double.infinity
  private var deadline: ContinuousClock.Instant?
  /// Worker threads; results do not depend on it.
  public var threads = 1
  /// Honour integer marks; otherwise they are relaxed.
  public var integers = false
  /// Nodes of a branching after which it ends with what it has; nil: no such limit.
  public var nodeLimit: Int?
  /// Asked between iterations; true stops the solve.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// Told of progress between iterations.
  public var progress: @Sendable (SolveProgress) -> Void = { _ in }
  /// Memory that a solve may take [bytes]; what needs more is not begun.
  public var memoryLimit = Double.infinity
  /// Told before a solve what it will take.
  public var announce: @Sendable (SolveDemand) -> Void = { _ in }

  /// From now on all solves with these options share the time limit.
  public mutating func startClock() {
    // Longer than a century is no limit, and no instant either.
    if timeLimit < 3e9 { deadline = .now + .seconds(timeLimit) }
  }

  /// These options with the time that is left now as their limit, for one solve that counts its own seconds.
  public var fixed: SolveOptions {
    var fixed = self
    fixed.limit = timeLimit
    fixed.deadline = nil
    return fixed
  }

  /// Defaults: gap 1e-8, no time limit, one thread, integers relaxed.
  public init() {}
}

/// What a solve takes, as far as it can be told beforehand.
public struct SolveDemand: Sendable, Equatable {
  /// Memory [bytes].
  public var bytes: Double
  /// Time [s], roughly, on the threads asked for; nan where nothing is known.
  public var seconds: Double
  /// A demand.
  public init(bytes: Double, seconds: Double) {
    self.bytes = bytes
    self.seconds = seconds
  }
}

/// A line of progress.
public struct SolveProgress: Sendable {
  /// Iteration number.
  public var iteration: Int
  /// Value of the current point, if known.
  public var objective: Double
  /// Current relative gap, if known.
  public var gap: Double
  /// A line.
  public init(iteration: Int, objective: Double, gap: Double) {
    self.iteration = iteration
    self.objective = objective
    self.gap = gap
  }
}

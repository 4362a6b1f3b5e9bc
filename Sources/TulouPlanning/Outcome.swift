public import TulouAssembly
public import TulouDocument
public import TulouProblem
public import TulouProject

/// What a study returns: the project, its plan, and how good the plan is proven to be. Accounts are made from it.
public struct Outcome: Sendable {
  /// The project that was planned.
  public var project: Project
  /// The problem that stood for it, with the forms of cash, penalties, emission and outside energy.
  public var assembled: Assembled
  /// How it ended.
  public var status: Solution.Status
  /// Sizes and flows, tidied; nil where there is no plan.
  public var plan: Plan?
  /// Value, bound, gap, residual and who solved; nil without plan.
  public var certificate: Certificate?
  /// Why nothing holds; nil unless infeasible.
  public var infeasibility: InfeasibilityReport?
  /// How whole numbers were found; nil where none were asked for.
  public var integers: IntegerReport?
  /// The least cost at the best value, for objectives other than cost.
  public var secondSolve: SecondSolve?
  /// Limits measured on given sizes; nil unless sizes were given.
  public var givenSizes: [MeasuredLimit]?
  /// The plan with sizes in whole steps; nil where that was not asked for.
  package var practical: PracticalPlan?
  /// Machines of which no whole number is on line in some step: what they burn, and the plan's cost, is a lower bound.
  public var approximated: [String] = []
  /// What one more unit of what binds the plan would be worth; empty where that was not asked for.
  public var shadowPrices: [ShadowPrice] = []
  /// What one more kWh at each bus would cost in each step; empty where shadow prices were not asked for or are not known.
  public var hourlyPrices: [HourlyPrice] = []
  /// Pairs of flows of which the plan runs one in each of these steps, where the linear plan ran both.
  var decidedDirections: [Exclusion] = []
  /// The rule behind a simulated year; nil where a solver dispatched.
  public var rules: RuleRecord?
  /// What a person should know of this plan.
  public var warnings: [Diagnostic]
  /// What was relaxed or derived, for the register of assumptions.
  public var assumptions: [Assumption]
  /// Seconds spent on making the problem.
  public var compileSeconds = 0.0
  /// Seconds spent in solvers, all solves together.
  public var solveSeconds = 0.0

  /// An outcome of which only the end is known; plan, proof and the rest are set where they are found.
  package init(
    project: Project, assembled: Assembled, status: Solution.Status, warnings: [Diagnostic],
    assumptions: [Assumption]
  ) {
    self.project = project
    self.assembled = assembled
    self.status = status
    self.warnings = warnings
    self.assumptions = assumptions
  }

  /// Takes over status, proof and remarks of a finished plan.
  package mutating func take(_ finished: FinishedPlan) {
    status = finished.status
    certificate = finished.certificate
    warnings += finished.notes
    assumptions += finished.assumptions
  }

  /// Whether there is a plan to show.
  public var hasPlan: Bool { plan != nil }
}

/// How good a plan is proven to be. Values are per year of the horizon (rule M2); money in the project's currency.
public struct Certificate: Sendable, Equatable {
  /// Name of the objective, e.g. `net_present_cost`.
  public var objective: String
  /// Unit of value and bound: `USD/y`, `kg/y`, `kWh/y`.
  public var unit: String
  /// What the solver minimised: cash and penalties for cost. The certified value; tidying makes the plan no dearer.
  public var value: Double
  /// Proven least value.
  public var bound: Double
  /// `(value - bound) / |value|`.
  public var gap: Double
  /// Cash of the printed plan [currency/y].
  public var cash: Double
  /// Penalties of the printed plan [currency/y].
  public var penalties: Double
  /// Value of the printed plan after tidying, per year.
  public var tidiedValue: Double
  /// Largest breach of any limit by the printed plan, in the limit's unit.
  public var largestResidual: Double
  /// The same divided by the size of the limit's terms.
  public var largestRelativeResidual: Double
  /// Solver that found the plan, with its version.
  public var solver: String
  /// Why it was handed over, or which limit stopped the search; empty where there is nothing to tell.
  public var message: String
  /// Iterations of the solver.
  public var iterations: Int

  /// A proof, as a study or a stored result states it.
  package init(
    objective: String,
    unit: String,
    value: Double,
    bound: Double,
    gap: Double,
    cash: Double,
    penalties: Double,
    tidiedValue: Double,
    largestResidual: Double,
    largestRelativeResidual: Double,
    solver: String,
    message: String,
    iterations: Int
  ) {
    self.objective = objective
    self.unit = unit
    self.value = value
    self.bound = bound
    self.gap = gap
    self.cash = cash
    self.penalties = penalties
    self.tidiedValue = tidiedValue
    self.largestResidual = largestResidual
    self.largestRelativeResidual = largestRelativeResidual
    self.solver = solver
    self.message = message
    self.iterations = iterations
  }
}

/// The solve that follows an objective other than cost: least cost within 1e-6 of the best value (rule M14).
public struct SecondSolve: Sendable, Equatable {
  /// Best value of the objective, per year.
  public var best: Double
  /// Greatest value allowed, per year.
  public var allowed: Double
  /// Proven least value of the objective.
  public var bound: Double
  /// Least cost found [currency/y].
  public var cost: Double
  /// Proven least cost [currency/y].
  public var costBound: Double
  /// `(cost - costBound) / cost` of the plan shown; infinite without a bound.
  public var gap: Double
  /// How the second solve ended.
  public var status: Solution.Status
  /// What its solver said.
  public var message: String

  /// A gap up to this proves that no plan of the best value costs less: the price of a millionth of the best value, which
  /// the cost is sought within, is known to a few digits only.
  public static let closed = 1e-5
  /// Whether the plan shown is proven to be the cheapest of the best value.
  public var isCheapest: Bool { gap <= SecondSolve.closed }
}

/// A limit of the project measured on a plan.
public struct MeasuredLimit: Sendable, Equatable {
  /// Key in the file.
  public var key: String
  /// What the file asks.
  public var limit: Double
  /// What the plan reaches.
  public var reached: Double
  /// Unit of both.
  public var unit: String
  /// Whether the limit holds.
  public var holds: Bool
  /// Whether breaking it has a price: then it decides nothing but the cost.
  public var isElastic = false

  /// A limit and what the plan reaches.
  package init(
    key: String,
    limit: Double,
    reached: Double,
    unit: String,
    holds: Bool,
    isElastic: Bool = false
  ) {
    self.key = key
    self.limit = limit
    self.reached = reached
    self.unit = unit
    self.holds = holds
    self.isElastic = isElastic
  }
}

/// How whole numbers were found.
public struct IntegerReport: Sendable, Equatable {
  /// How.
  package enum Method: String, Sendable {
    /// Branching by a solver that takes whole numbers: the gap is that of the search.
    case exact
    /// Linear bound, rounding, dispatch with fixed sizes, neighbours tried: the gap is that to the linear bound.
    case rounding
  }
  /// How.
  package var method: Method
  /// Value of the linear relaxation, per year.
  public var relaxedValue: Double
  /// Proven least value, per year.
  public var bound: Double
  /// Sizes of the relaxation, by `id` or `id.part`.
  public var relaxedSizes: [String: Double]
  /// Designs tried.
  public var designs: Int
  /// Whether every neighbour of the plan was tried and found no better; false where time ran out.
  public var isLocalOptimum: Bool
  /// Seconds that it took.
  public var seconds: Double
}

/// The sizing and dispatch problem in plain arrays: flows, contents, capacities and rows.
///
/// No technology has a name here; every solver reads this value and nothing else. All of it is linear but for
/// the integer marks, which a solver that cannot honour them must refuse (`integerReasons`).
///
///     minimise    objective
///     rows        lower_rt <= sum_j a_rjt x_jt + sum_s b_rst e_st + sum_k g_rkt G_k <= upper_rt      every row, every step
///     contents    e_s,t+1 = retention_st e_st + dt sum_j gain_sjt x_jt + inflow_st                     every state, every step
///     flows       0 <= x_jt <= each of its upper bounds          contents  lower <= e_st <= upper
///     capacities  lower_k <= G_k <= upper_k
///     yearly      lower <= sum_t weight_t dt (sum_j r_jt x_jt + sum_s r_st e_st) + sum_k g_k G_k <= upper
///
/// Units are those of the maker: flows in kW (or unit/h), contents in kWh, money in one currency. `e_st` is the
/// content at the START of step t. Existing plant is part of `G_k` (the total); its sunk cost is not in the objective.
public struct HourlyProblem: Sendable {
  /// Number of steps T.
  public var steps: Int
  /// Length of a step dt [h].
  public var stepHours: Double
  /// What step t counts for in costs and yearly sums [-], e.g. days represented or a discount sum.
  public var weight: [Double]
  /// First steps of the blocks, ascending, beginning with 0. Content cycles close inside a block.
  public var blockStarts: [Int]
  /// Number of years Y that the horizon stands for: sum of weight dt / hours of the calendar year.
  public var years: Double
  /// Decision variables that recur in every step.
  public var flows: [Flow] = []
  /// Contents carried from step to step.
  public var states: [State] = []
  /// Sizes, one number for the whole horizon each.
  public var capacities: [Capacity] = []
  /// Balances and other rows that hold in every step.
  public var rows: [HourlyRow] = []
  /// Sums over the horizon.
  public var yearlyRows: [YearlyRow] = []
  /// What is minimised, over the horizon (divide by `years` for a yearly value).
  public var objective = LinearForm()
  /// Sums that no solver looks at, by name: what the problem counts for each contract at prices of year 1, over the horizon.
  public var recordedSums: [String: LinearForm] = [:]
  /// Pairs of flows of which at most one may be positive in a step (needs integers).
  public var exclusions: [Exclusion] = []
  /// Pairs of flows that undo each other: charge and discharge, both ways of a line, purchase and sale at one meter.
  ///
  /// A printed plan runs one of them in a step at most. Where energy is worth something a linear problem obeys by itself,
  /// so no solver reads this; who prints a plan checks the pairs and, where need be, puts them among `exclusions`.
  public var opposed: [Exclusion] = []

  /// An empty problem over `steps` steps of `stepHours` hours.
  public init(steps: Int, stepHours: Double, weight: [Double]? = nil, blockStarts: [Int] = [0], years: Double) {
    precondition(steps > 0 && stepHours > 0 && blockStarts.first == 0, "a horizon has steps and starts at 0")
    self.steps = steps
    self.stepHours = stepHours
    self.weight = weight ?? [Double](repeating: 1, count: steps)
    self.blockStarts = blockStarts
    self.years = years
    precondition(self.weight.count == steps, "one weight a step")
  }

  /// The blocks as half-open ranges of steps.
  public var blocks: [Range<Int>] {
    zip(blockStarts, blockStarts.dropFirst() + [steps]).map { $0..<$1 }
  }
}

/// A coefficient of a column in row `row` (of `HourlyProblem.rows`), per unit of the column.
package struct RowTerm: Sendable, Equatable {
  /// Index into `HourlyProblem.rows`.
  package var row: Int
  /// Coefficient in each step.
  package var coefficient: Profile
  /// A term.
  package init(_ row: Int, _ coefficient: Profile) {
    self.row = row
    self.coefficient = coefficient
  }
}

/// What a flow adds to a content: `gain` units of content per unit of flow and hour (negative: takes out).
package struct StateTerm: Sendable, Equatable {
  /// Index into `HourlyProblem.states`.
  package var state: Int
  /// Content per unit of flow and hour, e.g. charging efficiency, or -1/discharging efficiency.
  package var gain: Profile
  /// A term.
  package init(_ state: Int, _ gain: Profile) {
    self.state = state
    self.gain = gain
  }
}

/// The capacity that acts in a bound: one for all steps, or one a step (a demand charge per month, a size per stage).
package enum CapacityReference: Sendable, Equatable {
  /// The same capacity in every step.
  case one(Int)
  /// A capacity for each step; -1 where none acts (the capacity part is then zero).
  case byStep([Int32])

  /// Index of the capacity acting in step t, or nil.
  @inlinable package func index(at t: Int) -> Int? {
    switch self {
    case .one(let k): return k
    case .byStep(let indices): return indices[t] < 0 ? nil : Int(indices[t])
    }
  }
}

/// A bound `offset_t + factor_t G_k`, with or without the capacity part.
public struct Bound: Sendable, Equatable {
  /// Constant part, in the unit of the column.
  package var offset: Profile
  /// Capacity that acts, if one does.
  package var capacity: CapacityReference?
  /// Units of the column per unit of capacity.
  package var factor: Profile

  /// A bound without capacity.
  package static func fixed(_ value: Profile) -> Bound { Bound(offset: value, capacity: nil, factor: .zero) }
  /// A bound `factor_t G_k`.
  package static func capacity(_ k: Int, factor: Profile = .one) -> Bound {
    Bound(offset: .zero, capacity: .one(k), factor: factor)
  }

  /// A bound from its parts.
  package init(offset: Profile, capacity: CapacityReference?, factor: Profile) {
    self.offset = offset
    self.capacity = capacity
    self.factor = factor
  }

  /// The bound's value in step t for the sizes `capacities`.
  public func value(at t: Int, capacities: [Double]) -> Double {
    guard let k = capacity?.index(at: t) else { return offset[t] }
    return offset[t] + factor[t] * capacities[k]
  }
}

/// A decision that recurs in every step: `0 <= x_t <= min of upper`.
public struct Flow: Sendable {
  /// Who it belongs to, for accounts and messages.
  public var label: Label
  /// Coefficients in rows of the same step.
  package var rowTerms: [RowTerm]
  /// What it adds to contents.
  package var stateTerms: [StateTerm]
  /// Upper bounds, all of which hold. Empty: unbounded (avoid: the dual bound then needs a sign condition).
  public var upper: [Bound]
  /// Set: the flow is this number times an integer (units committed). Needs integers.
  public var multipleOf: Double?

  /// A flow.
  package init(
    _ label: Label, rows: [RowTerm] = [], states: [StateTerm] = [], upper: [Bound] = [], multipleOf: Double? = nil
  ) {
    self.label = label
    self.rowTerms = rows
    self.stateTerms = states
    self.upper = upper
    self.multipleOf = multipleOf
  }
}

/// A content carried through time.
public struct State: Sendable {
  /// How a block of steps begins and ends.
  public enum Boundary: Sendable, Equatable {
    /// The content after the last step of a block is the content at its first.
    case cyclic
    /// The content after the very last step of the horizon is that at step 0; blocks are chained.
    case cyclicOverHorizon
    /// Each block starts at this content (a bound expression evaluated at its first step) and ends with at least it.
    case initial(Bound)
  }

  /// Who it belongs to.
  public var label: Label
  /// Share of the content that remains after a step [-].
  package var retention: Profile
  /// Content that comes (goes) by itself during step t.
  package var inflow: Profile
  /// Least content at the start of step t.
  public var lower: Bound
  /// Greatest content at the start of step t; nil: no limit.
  public var upper: Bound?
  /// Start and end of a block.
  public var boundary: Boundary
  /// Coefficients of the content in rows of its own step.
  package var rowTerms: [RowTerm]

  /// A state.
  package init(
    _ label: Label, retention: Profile = .one, inflow: Profile = .zero, lower: Bound = .fixed(.zero), upper: Bound?,
    boundary: Boundary = .cyclic, rows: [RowTerm] = []
  ) {
    self.label = label
    self.retention = retention
    self.inflow = inflow
    self.lower = lower
    self.upper = upper
    self.boundary = boundary
    self.rowTerms = rows
  }
}

/// A size: one number for the horizon, existing plant included.
public struct Capacity: Sendable {
  /// Which sizes are to be had.
  package enum Choice: Sendable, Equatable {
    /// Any number between the bounds.
    case continuous
    /// Existing plant plus whole units of this size (needs integers).
    case multiples(of: Double)
    /// One of these totals (needs integers).
    case options([Double])
  }

  /// Who it belongs to.
  public var label: Label
  /// What stands already; part of the total.
  public var existing: Double
  /// Least total.
  public var lower: Double
  /// Greatest total; must be finite.
  public var upper: Double
  /// Sizes to be had.
  package var choice: Choice
  /// Paid over the horizon once anything new is built (needs integers when positive).
  public var fixedCharge: Double
  /// Coefficients of the size itself in hourly rows.
  package var rowTerms: [RowTerm]

  /// A capacity.
  package init(
    _ label: Label, existing: Double = 0, lower: Double = 0, upper: Double, choice: Choice = .continuous,
    fixedCharge: Double = 0, rows: [RowTerm] = []
  ) {
    self.label = label
    self.existing = existing
    self.lower = lower
    self.upper = upper
    self.choice = choice
    self.fixedCharge = fixedCharge
    self.rowTerms = rows
  }
}

/// A row that holds in every step. Equal limits make a balance; an infinite limit does not act in that step.
public struct HourlyRow: Sendable {
  /// Which bus or rule it is.
  public var label: Label
  /// Least activity.
  package var lower: Profile
  /// Greatest activity.
  package var upper: Profile

  /// `activity = value`.
  package static func balance(_ label: Label, equals value: Profile) -> HourlyRow {
    HourlyRow(label: label, lower: value, upper: value)
  }

  /// `lower <= activity <= upper`.
  package init(label: Label, lower: Profile = .constant(-.infinity), upper: Profile = .constant(.infinity)) {
    self.label = label
    self.lower = lower
    self.upper = upper
  }
}

/// A linear sum over the horizon: `sum_t weight_t dt (sum_j flow_jt x_jt + sum_s state_st e_st) + sum_k capacity_k G_k + constant`.
public struct LinearForm: Sendable, Equatable {
  /// Coefficient series by flow index; each index at most once.
  package var flows: [Int: Profile]
  /// Coefficient series by state index (per content and hour).
  package var states: [Int: Profile]
  /// Coefficient by capacity index, on the total.
  public var capacities: [Int: Double]
  /// Added as it is.
  public var constant: Double

  /// A form, empty unless given parts.
  package init(
    flows: [Int: Profile] = [:], states: [Int: Profile] = [:], capacities: [Int: Double] = [:], constant: Double = 0
  ) {
    self.flows = flows
    self.states = states
    self.capacities = capacities
    self.constant = constant
  }

  /// Adds `coefficient` to that of flow `j`.
  package mutating func add(flow j: Int, _ coefficient: Profile) {
    flows[j] = flows[j].map { $0 + coefficient } ?? coefficient
  }

  /// Adds `coefficient` to that of capacity `k`.
  public mutating func add(capacity k: Int, _ coefficient: Double) { capacities[k, default: 0] += coefficient }

  /// Adds `factor` times `other`.
  public mutating func add(_ other: LinearForm, times factor: Double = 1) {
    for (j, profile) in other.flows { add(flow: j, profile * factor) }
    for (s, profile) in other.states { states[s] = states[s].map { $0 + profile * factor } ?? profile * factor }
    for (k, value) in other.capacities { add(capacity: k, value * factor) }
    constant += other.constant * factor
  }
}

/// A limit on a sum over the horizon.
public struct YearlyRow: Sendable {
  /// Which limit it is.
  public var label: Label
  /// The sum.
  public var form: LinearForm
  /// Least value, or -infinity.
  public var lower: Double
  /// Greatest value, or +infinity.
  public var upper: Double
  /// Whether it holds a goal within a hair of its best value, so that hardly any room is left.
  public var isHeld: Bool

  /// A limit.
  public init(
    _ label: Label, _ form: LinearForm, lower: Double = -.infinity, upper: Double = .infinity, isHeld: Bool = false
  ) {
    self.label = label
    self.form = form
    self.lower = lower
    self.upper = upper
    self.isHeld = isHeld
  }
}

/// Two flows of which at most one may be positive in a step, e.g. purchase and sale at one meter.
public struct Exclusion: Sendable, Equatable {
  /// Flow indices.
  public var first: Int, second: Int
  /// Steps in which it matters; nil: all.
  public var steps: [Bool]?
  /// An exclusion.
  public init(_ first: Int, _ second: Int, steps: [Bool]? = nil) {
    self.first = first
    self.second = second
    self.steps = steps
  }
}

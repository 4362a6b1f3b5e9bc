/// A value, what is proven of it, and how far both are apart: the one place that says what a gap is, whether it is closed,
/// and whether the two contradict each other.
///
/// The difference is measured by the value, but by no less than a millionth of what is turned over: where costs and earnings
/// cancel, the value says nothing of the size of the sums behind it.
public struct Gap: Sendable, Equatable {
  /// A relative difference up to this is closed: the value is the best there is. Rounding of solvers lies below it.
  public static let closed = 1e-6

  /// Value of the plan.
  public let value: Double
  /// Proven least value; -infinity without proof. A bound that lies above the value by rounding alone counts as the value.
  public let bound: Double
  /// What differences are divided by; zero where nothing is turned over.
  public let scale: Double

  /// - Parameters:
  ///   - value: Value of the plan.
  ///   - bound: Proven least value, in the same unit.
  ///   - turnover: The largest of the sums that make up the value, in the same unit.
  public init(value: Double, bound: Double, turnover: Double = 0) {
    let scale = max(abs(value), 1e-6 * abs(turnover))
    self.value = value
    self.scale = scale
    self.bound = bound > value && bound - value <= Gap.closed * scale ? value : bound
  }

  /// `(value - bound) / scale`; infinite without bound or value, the plain difference where nothing is turned over.
  public var relative: Double {
    guard bound > -.infinity, value.isFinite else { return .infinity }
    return scale > 1e-9 ? (value - bound) / scale : value - bound
  }

  /// Whether the value is proven best, but for rounding.
  public var isClosed: Bool { abs(relative) <= Gap.closed }

  /// Whether the bound lies above the value by more than rounding, so that one of the two is wrong.
  public var isContradiction: Bool { value.isFinite && bound > value && relative < -Gap.closed }
}

extension HourlyProblem {
  /// The gap of a solution of this problem, over the horizon.
  public func gap(of solution: Solution) -> Gap {
    guard solution.hasPlan else { return Gap(value: solution.objective, bound: solution.bound) }
    let turnover = value(
      of: objective, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).largest
    return Gap(value: solution.objective, bound: solution.bound, turnover: turnover)
  }

  /// Reduced costs of flow j in every step over the horizon: what a unit more of it would cost, rows at their multipliers.
  ///
  /// Below zero where more of it would save; a bound holds it there.
  public func reducedCosts(ofFlow j: Int, _ multipliers: Multipliers) -> [Double] {
    let flow = flows[j]
    var reduced = [Double](repeating: 0, count: steps)
    let cost = objective.flows[j] ?? .zero
    let rows = yearlyRows.enumerated().compactMap { i, row in row.form.flows[j].map { ($0, multipliers.yearly[i]) } }
    for t in 0..<steps {
      var own = cost[t]
      for (profile, y) in rows { own -= profile[t] * y }
      reduced[t] = own * weight[t] * stepHours
    }
    for term in flow.rowTerms {
      for t in 0..<steps { reduced[t] -= multipliers.rows[term.row][t] * term.coefficient[t] }
    }
    for term in flow.stateTerms {
      // The content's row is written e_{t+1} - r e_t - dt gain x = inflow.
      for t in 0..<steps { reduced[t] += multipliers.states[term.state][t] * stepHours * term.gain[t] }
    }
    return reduced
  }

  /// Reduced costs of content s at the start of every step over the horizon, bounds not counted.
  public func reducedCosts(ofState s: Int, _ multipliers: Multipliers) -> [Double] {
    let state = states[s]
    let y = multipliers.states[s]
    var reduced = [Double](repeating: 0, count: steps)
    let cost = objective.states[s] ?? .zero
    let rows = yearlyRows.enumerated().compactMap { i, row in row.form.states[s].map { ($0, multipliers.yearly[i]) } }
    for t in 0..<steps {
      var own = cost[t]
      for (profile, r) in rows { own -= profile[t] * r }
      reduced[t] = own * weight[t] * stepHours + y[t] * state.retention[t]
    }
    for (t, next) in followingSteps(state.boundary).enumerated() { reduced[next] -= y[t] }
    for term in state.rowTerms {
      for t in 0..<steps { reduced[t] -= multipliers.rows[term.row][t] * term.coefficient[t] }
    }
    return reduced
  }

  /// This problem with flow j shut in the steps of `isShut`.
  public func shutting(flow j: Int, in isShut: [Bool]) -> HourlyProblem {
    guard isShut.contains(true) else { return self }
    var problem = self
    let open = Profile.series(isShut.map { $0 ? 0 : 1 })
    if problem.flows[j].upper.isEmpty {
      problem.flows[j].upper = [.fixed(.series(isShut.map { $0 ? 0 : 1e12 }))]
    }
    for b in problem.flows[j].upper.indices {
      // Not a product: an infinite limit times zero is no number.
      problem.flows[j].upper[b].offset = problem.flows[j].upper[b].offset.combined(open) { $1 == 0 ? 0 : $0 }
      problem.flows[j].upper[b].factor = problem.flows[j].upper[b].factor * open
    }
    return problem
  }
}

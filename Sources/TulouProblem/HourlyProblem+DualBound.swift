extension HourlyProblem {
  /// A proven least value of the objective, from multipliers alone.
  ///
  /// Weak duality with all bounds folded in: for any multipliers y (rows), m (contents), r (yearly rows)
  ///
  ///     bound = constant + sum y b + sum m inflow + sum r h
  ///           + sum over flows and contents of min(rc x : x in its bounds) + sum over capacities of min(rc G : G in its range)
  ///
  /// with `rc` the reduced costs, and each multiplier paired with the limit that its sign points at (`y > 0`: lower,
  /// `y < 0`: upper; where that limit is infinite, y counts as zero). Bounds that depend on a capacity go into the
  /// reduced cost of that capacity. The value is a bound whatever the multipliers are; good ones make it tight.
  ///
  /// Rounding is on the safe side too: sums are exact to twice the digits (`ExactSum`), and since flows, contents and capacities
  /// are at least zero, each reduced cost counts at the lower end of what it may be. Otherwise a reduced cost of 1e-12 in
  /// place of zero, times a limit far above need, would lift the bound above the optimum. Coefficients that are products of
  /// the data (price, weight, hours) are taken as rounded once.
  ///
  /// - Parameters:
  ///   - multipliers: As `Solution.multipliers`; sign conventions there.
  ///   - ranges: Result of `impliedRanges()`, if at hand.
  /// - Returns: The bound over the horizon, constant included, for the problem without integers, exclusions and fixed
  ///   charges (so for the one with them too); -infinity where a flow without any bound has a negative reduced cost.
  /// - Complexity: O(coefficients x steps).
  public func dualBound(_ multipliers: Multipliers, ranges: ImpliedRanges? = nil) -> Double {
    DualBoundSum(problem: self, multipliers: multipliers, ranges: ranges).value
  }

  /// The terms of `dualBound` by who owns the flow, content, capacity or row that they belong to. They sum to the bound.
  ///
  /// - Parameters:
  ///   - multipliers: As for `dualBound`.
  ///   - owners: Whose everything is; the objective's constant is the last owner's.
  /// - Returns: A part of the bound over the horizon for each owner.
  public func dualBound(_ multipliers: Multipliers, by owners: ProblemOwners) -> [Double] {
    DualBoundSum(problem: self, multipliers: multipliers, ranges: nil, owners: owners).totals.map(\.least)
  }
}

/// Whose each element of a problem is, as a number from zero below `count`.
public struct ProblemOwners: Sendable, Equatable {
  /// Number of owners; the last has what belongs to nobody else.
  public var count: Int
  /// Owner of each flow, content, capacity, hourly row and yearly row.
  public var flows: [Int], states: [Int], capacities: [Int], rows: [Int], yearlyRows: [Int]

  /// Owners by a function of labels.
  public init(_ problem: HourlyProblem, count: Int, owner: (Label) -> Int) {
    self.count = count
    flows = problem.flows.map { owner($0.label) }
    states = problem.states.map { owner($0.label) }
    capacities = problem.capacities.map { owner($0.label) }
    rows = problem.rows.map { owner($0.label) }
    yearlyRows = problem.yearlyRows.map { owner($0.label) }
  }
}

/// The terms of `dualBound`, gathered in one value.
private struct DualBoundSum {
  let problem: HourlyProblem
  let steps: Int
  let places: YearlyPlaces
  /// Multipliers with impossible signs set to zero.
  var y: [[Double]]
  var m: [[Double]]
  var r: [Double]
  /// Reduced costs of capacities.
  var capacityCost: [ExactSum]
  /// A sum for each owner; one where nobody asks whose terms are.
  var totals: [ExactSum]
  let owners: ProblemOwners?
  var ranges: ImpliedRanges?

  var value: Double { totals[0].least }

  init(problem: HourlyProblem, multipliers: Multipliers, ranges: ImpliedRanges?, owners: ProblemOwners? = nil) {
    self.problem = problem
    self.owners = owners
    self.ranges = ranges
    steps = problem.steps
    places = YearlyPlaces(problem)
    y = multipliers.rows
    m = multipliers.states
    r = multipliers.yearly
    totals = [ExactSum](repeating: ExactSum(), count: max(owners?.count ?? 1, 1))
    totals[totals.count - 1] = ExactSum(problem.objective.constant)
    capacityCost = problem.capacities.indices.map { ExactSum(problem.objective.capacities[$0] ?? 0) }
    addLimits()
    addFlows(multipliers.shares)
    addContents()
    addCapacities()
  }

  /// Adds `a b` to the sum of an owner.
  private mutating func add(_ a: Double, _ b: Double, _ owner: Int?) { totals[owner ?? 0].add(a, b) }

  private mutating func addLimits() {
    for (i, row) in problem.rows.enumerated() {
      for t in 0..<steps {
        let limit = y[i][t] > 0 ? row.lower[t] : row.upper[t]
        if limit.isFinite, y[i][t].isFinite { add(y[i][t], limit, owners?.rows[i]) } else { y[i][t] = 0 }
      }
    }
    for (s, state) in problem.states.enumerated() {
      if case .initial = state.boundary {
        for block in problem.blocks { m[s][block.upperBound - 1] = min(0, m[s][block.upperBound - 1]) }
      }
      for t in 0..<steps {
        if !m[s][t].isFinite { m[s][t] = 0 }
        add(m[s][t], state.inflow[t], owners?.states[s])
      }
    }
    for (i, row) in problem.yearlyRows.enumerated() {
      let limit = r[i] > 0 ? row.lower : row.upper
      if limit.isFinite, r[i].isFinite { add(r[i], limit - row.form.constant, owners?.yearlyRows[i]) } else { r[i] = 0 }
      for (k, g) in row.form.capacities { capacityCost[k].add(-r[i], g) }
    }
    for (k, capacity) in problem.capacities.enumerated() {
      for term in capacity.rowTerms {
        for t in 0..<steps { capacityCost[k].add(-y[term.row][t], term.coefficient[t]) }
      }
    }
  }

  /// Weighted hourly coefficient of the objective less that of the yearly rows, times dt.
  private func hourlyCost(in rows: [Int], _ select: (LinearForm) -> Profile?) -> ReducedCosts {
    var cost = ReducedCosts(steps: steps)
    if let profile = select(problem.objective) { cost.add(profile, problem.weight, problem.stepHours) }
    for i in rows where r[i] != 0 {
      if let profile = select(problem.yearlyRows[i].form) {
        cost.add(profile, problem.weight, -r[i] * problem.stepHours)
      }
    }
    return cost
  }

  private mutating func addFlows(_ shares: [Int: [[Double]]]) {
    for (j, flow) in problem.flows.enumerated() {
      var rc = hourlyCost(in: places.ofFlow[j]) { $0.flows[j] }
      for term in flow.rowTerms { rc.add(term.coefficient, y[term.row], -1) }
      for term in flow.stateTerms { rc.add(term.gain, m[term.state], problem.stepHours) }
      for t in 0..<steps where rc.sums[t].least < 0 {
        addUpper(of: flow, j, at: t, rc.sums[t].least, shares[j])
      }
    }
  }

  private mutating func addUpper(of flow: Flow, _ j: Int, at t: Int, _ rc: Double, _ shares: [[Double]]?) {
    if flow.upper.count == 1 {
      if !(flow.upper[0].offset[t] < .infinity) { return addImplied(j, t, rc) }
      return addBound(flow.upper[0], t, rc, owners?.flows[j])
    }
    if flow.upper.isEmpty { return addImplied(j, t, rc) }
    if let shares, shares.count == flow.upper.count {
      var sum = 0.0
      for (i, bound) in flow.upper.enumerated() where bound.offset[t] < .infinity { sum += max(0, shares[i][t]) }
      if sum > 0, sum.isFinite {
        for (i, bound) in flow.upper.enumerated() where bound.offset[t] < .infinity && shares[i][t] > 0 {
          // A hair more than its part, so that rounded parts make up the whole.
          addBound(bound, t, rc * shares[i][t] / sum * (1 + 4 * Double.ulpOfOne), owners?.flows[j])
        }
        return
      }
    }
    // Without shares: the bound that is least at the largest sizes.
    var best: (bound: Bound, value: Double)?
    for bound in flow.upper where bound.offset[t] < .infinity {
      var value = bound.offset[t]
      if let k = bound.capacity?.index(at: t) { value += bound.factor[t] * problem.relaxedRange(ofCapacity: k).upper }
      if best == nil || value < (best?.value ?? 0) { best = (bound, value) }
    }
    if let best { addBound(best.bound, t, rc, owners?.flows[j]) } else { addImplied(j, t, rc) }
  }

  private mutating func addImplied(_ j: Int, _ t: Int, _ rc: Double) {
    let known = ranges ?? problem.impliedRanges()
    ranges = known
    add(rc, known.flowUpper[j][t], owners?.flows[j])
  }

  /// `rc` times a bound expression: its constant part here, its capacity part into that capacity's reduced cost.
  private mutating func addBound(_ bound: Bound, _ t: Int, _ rc: Double, _ owner: Int?) {
    add(rc, bound.offset[t], owner)
    if let k = bound.capacity?.index(at: t) { capacityCost[k].add(rc, bound.factor[t]) }
  }

  private mutating func addContents() {
    for (s, state) in problem.states.enumerated() {
      var rc = hourlyCost(in: places.ofState[s]) { $0.states[s] }
      for term in state.rowTerms { rc.add(term.coefficient, y[term.row], -1) }
      rc.add(state.retention, m[s], 1)
      for (t, next) in problem.followingSteps(state.boundary).enumerated() { rc.sums[next].add(-m[s][t], 1) }
      var start: Bound?
      if case .initial(let bound) = state.boundary { start = bound }
      let starts = Set(start == nil ? [] : problem.blockStarts)
      for t in 0..<steps {
        let cost = rc.sums[t].least
        if cost == 0 { continue }
        if let start, starts.contains(t) {
          addBound(start, t, cost, owners?.states[s])
        } else if cost > 0 {
          addBound(state.lower, t, cost, owners?.states[s])
        } else if let upper = state.upper, upper.offset[t] < .infinity {
          addBound(upper, t, cost, owners?.states[s])
        } else {
          let known = ranges ?? problem.impliedRanges()
          ranges = known
          add(cost, known.contentUpper[s][t], owners?.states[s])
        }
      }
    }
  }

  private mutating func addCapacities() {
    for k in problem.capacities.indices {
      let range = startRange(ofCapacity: k)
      let cost = capacityCost[k].least
      add(cost, cost >= 0 ? range.lower : range.upper, owners?.capacities[k])
    }
  }

  /// The range of a capacity, narrowed by `lower <= start <= upper` of states that begin at a given content: those
  /// limits have no multiplier of their own.
  private func startRange(ofCapacity k: Int) -> (lower: Double, upper: Double) {
    problem.rangeWithStarts(ofCapacity: k)
  }
}

/// A sum of products, exact to twice the digits of a double (Ogita, Rump and Oishi 2005, Dot2).
private struct ExactSum {
  private var sum: Double
  private var correction = 0.0
  private var magnitude = 0.0

  init(_ first: Double = 0) { sum = first }

  /// Adds `a b`.
  mutating func add(_ a: Double, _ b: Double) {
    let product = a * b
    let next = sum + product
    let back = next - sum
    if next.isFinite {
      correction += ((sum - (next - back)) + (product - back)) + (-product).addingProduct(a, b)
      magnitude += abs(product)
    }
    sum = next
  }

  /// No greater than the exact sum: half a unit in the last place of the result, and what a hundred million corrections may
  /// lose.
  var least: Double {
    let value = sum + correction
    return value - Double.ulpOfOne * abs(value) - 1e-24 * magnitude
  }
}

/// Reduced costs of a flow or content, hour by hour.
private struct ReducedCosts {
  var sums: [ExactSum]

  init(steps: Int) { sums = [ExactSum](repeating: ExactSum(), count: steps) }

  /// Adds `factor * profile * other`, step by step.
  mutating func add(_ profile: Profile, _ other: [Double], _ factor: Double) {
    switch profile {
    case .constant(let c):
      let product = c * factor
      if product != 0 { for t in sums.indices { sums[t].add(product, other[t]) } }
    case .series(let c): for t in sums.indices { sums[t].add(factor * c[t], other[t]) }
    case .part(let c): for t in c.run { sums[t].add(factor * c[t], other[t]) }
    }
  }
}

extension HourlyProblem {
  /// `relaxedRange`, narrowed by what `lower <= start <= upper` demands at the first step of each block of a state with
  /// `initial` boundary, where one capacity alone decides it. Empty (`lower > upper`) if those limits cannot hold.
  public func rangeWithStarts(ofCapacity k: Int) -> (lower: Double, upper: Double) {
    var range = relaxedRange(ofCapacity: k)
    for state in states {
      guard case .initial(let start) = state.boundary else { continue }
      for t in blockStarts {
        if let upper = state.upper { narrow(&range, k, start, below: upper, t) }
        narrow(&range, k, state.lower, below: start, t)
      }
    }
    return range
  }

  /// Narrows by `left <= right` at step t if G_k is the only capacity in it.
  private func narrow(
    _ range: inout (lower: Double, upper: Double), _ k: Int, _ left: Bound, below right: Bound, _ t: Int
  ) {
    let (a, b) = (left.capacity?.index(at: t), right.capacity?.index(at: t))
    guard [a, b].contains(k), a == nil || a == k, b == nil || b == k else { return }
    let factor = (a == nil ? 0 : left.factor[t]) - (b == nil ? 0 : right.factor[t])
    let room = right.offset[t] - left.offset[t]
    if factor > 0 { range.upper = min(range.upper, room / factor) }
    if factor < 0 { range.lower = max(range.lower, room / factor) }
  }
}

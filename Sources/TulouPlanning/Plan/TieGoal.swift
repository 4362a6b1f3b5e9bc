import TulouProblem

/// What columns and rows of a solved problem are worth, in money per unit and hour of weight.
struct TiePrices {
  /// Reduced costs of flows and of contents.
  let flows: [[Double]], contents: [[Double]]
  /// Multipliers of rows that are no balances, and of balances.
  let rows: [[Double]]
  let yearly: [Double]
  /// A typical price.
  let typical: Double
  /// What is nearer to zero than this is zero.
  let least: Double

  /// Nil without multipliers.
  init?(_ problem: HourlyProblem, _ solution: Solution) {
    guard let m = solution.multipliers, m.rows.count == problem.rows.count, m.states.count == problem.states.count,
      m.yearly.count == problem.yearlyRows.count
    else { return nil }
    let count = problem.weight.map { max(1e-300, $0 * problem.stepHours) }
    func perHour(_ values: [Double]) -> [Double] { zip(values, count).map { $0 / $1 } }
    flows = problem.flows.indices.map { perHour(problem.reducedCosts(ofFlow: $0, m)) }
    contents = problem.states.indices.map { perHour(problem.reducedCosts(ofState: $0, m)) }
    rows = m.rows.map(perHour)
    // Without any cost no limit is worth anything either.
    yearly = Self.dearest(problem) > 0 ? m.yearly : m.yearly.map { _ in 0 }
    var sum = 0.0, number = 0.0
    for (r, row) in problem.rows.enumerated() where row.label.role == .balance {
      for y in rows[r] where y != 0 {
        sum += abs(y)
        number += 1
      }
    }
    let dearest = Self.dearest(problem)
    let mean = number > 0 ? sum / number : 0
    typical = max(mean, 1e-6 * dearest, 1e-12)
    // Where nothing costs anything, multipliers are what the solver left of zero.
    least = dearest == 0 ? .infinity : max(1e-5 * typical, mean > 1e-6 * dearest ? 0 : 1e-8 * dearest)
  }

  /// The dearest that anything costs or earns, per unit of flow or content and hour; zero where nothing does.
  private static func dearest(_ problem: HourlyProblem) -> Double {
    let hours = max(1e-300, problem.weight.reduce(0, +) * problem.stepHours)
    let form = problem.objective
    let hourly = (Array(form.flows.values) + Array(form.states.values)).reduce(0.0) {
      max($0, abs($1.maximum), abs($1.minimum))
    }
    return hourly > 0 ? hourly : form.capacities.values.reduce(0.0) { max($0, abs($1) / hours) }
  }

  /// What a unit of flow j earns (below zero) or costs in step t, limits and tiers over the horizon counted at their
  /// multipliers, its buses not.
  func ownPrice(ofFlow j: Int, _ t: Int, in problem: HourlyProblem) -> Double {
    problem.yearlyRows.enumerated().reduce(problem.objective.flows[j]?[t] ?? 0) { sum, row in
      row.element.form.flows[j].map { sum - $0[t] * yearly[row.offset] } ?? sum
    }
  }

  /// What a unit of a size that stands in rows over the horizon alone costs beyond what these rows are worth.
  func reducedCost(ofCapacity k: Int, in problem: HourlyProblem) -> Double {
    problem.yearlyRows.enumerated().reduce(problem.objective.capacities[k] ?? 0) { sum, row in
      row.element.form.capacities[k].map { sum - $0 * yearly[row.offset] } ?? sum
    }
  }

  /// Whether anything flows through storages, links or converters where energy is worth nothing, or without loss between steps:
  /// then it may flow otherwise, or not at all.
  ///
  /// - Parameter outside: Sources and markets of class N.
  func hasFreeFlows(_ problem: HourlyProblem, _ solution: Solution, outside: Set<String>) -> Bool {
    for (j, flow) in problem.flows.enumerated() {
      switch flow.label.role {
      case .charge, .discharge, .forward, .backward, .conversion, .purchase: break
      case .production where outside.contains(flow.label.id): break
      default: continue
      }
      let buses = flow.rowTerms.map(\.row).filter { problem.rows[$0].label.role == .balance }
      let all = solution.flows[j].reduce(0, +)
      guard all > 1e-9 else { continue }
      var idle = 0.0
      for t in 0..<problem.steps where buses.allSatisfy({ abs(rows[$0][t]) <= least }) { idle += solution.flows[j][t] }
      if idle > 1e-4 * all { return true }
      if flow.label.role == .discharge, isLossless(flow, problem) { return true }
    }
    return false
  }

  private func isLossless(_ flow: Flow, _ problem: HourlyProblem) -> Bool {
    guard let term = flow.stateTerms.first else { return false }
    return term.gain.minimum > -1 - 1e-9 && problem.states[term.state].retention.minimum > 1 - 1e-12
  }
}

/// The problem whose plan is the one shown among plans of equal value: penalties hold every best plan's property, the rest is
/// the second goal.
struct TieGoal {
  /// What is sought among equals: first the least sizes of what costs nothing, then, with these, most sold for nothing and least
  /// flows and contents.
  enum Wish { case sizes, flows }

  private(set) var problem: HourlyProblem
  private let wish: Wish
  private let solution: Solution
  private let prices: TiePrices
  /// Sources and markets of class N, which stand back where another costs nothing either.
  private let outside: Set<String>

  /// A penalty is this at least, and this many typical prices at most; a unit of flow counts one.
  private static let least = 30.0, most = 1000.0

  init(_ problem: HourlyProblem, _ solution: Solution, _ prices: TiePrices, _ wish: Wish, outside: Set<String>) {
    self.problem = problem
    self.outside = outside
    self.wish = wish
    self.solution = solution
    self.prices = prices
    self.problem.objective = LinearForm()
    holdSizes(problem)
    addWishes(problem)
    holdFlows(problem)
    holdContents(problem)
    holdRows(problem)
    // What its price holds needs no row; one that leaves no room would only stall the solve.
    self.problem.yearlyRows.removeAll { $0.isHeld }
  }

  /// A sale that no tier, credit or charge looks at beyond the price of the hour.
  static func isIdleSale(_ j: Int, in problem: HourlyProblem) -> Bool {
    let flow = problem.flows[j]
    guard flow.label.role == .sale, flow.stateTerms.isEmpty else { return false }
    return flow.rowTerms.allSatisfy {
      let label = problem.rows[$0.row].label
      return label.role == .balance
    }
  }

  /// Whether a unit sold in step t neither earns nor costs, tiers and limits counted.
  static func paysNothing(_ j: Int, _ t: Int, in problem: HourlyProblem, _ prices: TiePrices?) -> Bool {
    let isFree = abs(problem.objective.flows[j]?[t] ?? 0) <= 1e-12
    guard let prices, problem.yearlyRows.contains(where: { $0.form.flows[j] != nil }) else { return isFree }
    return abs(prices.ownPrice(ofFlow: j, t, in: problem)) <= prices.least
  }

  /// Whether nothing is paid for a size.
  static func isFree(_ k: Int, in problem: HourlyProblem) -> Bool {
    let capacity = problem.capacities[k]
    return capacity.label.role == .size && capacity.upper > capacity.lower && capacity.fixedCharge == 0
      && (problem.objective.capacities[k] ?? 0) == 0
  }

  private func penalty(_ price: Double) -> Double {
    min(Self.most, Self.least + 100 * abs(price) / prices.typical)
  }

  /// Sizes that cost something stay as they are, and so do energies of a tier, unless the tier is the last one that is reached.
  private mutating func holdSizes(_ old: HourlyProblem) {
    let tiers = energiesOfTiers(old)
    for k in old.capacities.indices {
      let isHeld =
        tiers.contains(k)
        ? abs(prices.reducedCost(ofCapacity: k, in: old)) > prices.least : (old.objective.capacities[k] ?? 0) != 0
      guard isHeld else { continue }
      problem.capacities[k].lower = solution.capacities[k]
      problem.capacities[k].upper = solution.capacities[k]
    }
  }

  /// Sizes that do nothing but share out what rows over the horizon sum up.
  private func energiesOfTiers(_ old: HourlyProblem) -> Set<Int> {
    var found = Set(
      old.capacities.indices.filter {
        old.capacities[$0].label.role == .auxiliary && old.capacities[$0].rowTerms.isEmpty
      })
    for row in old.yearlyRows where row.lower != row.upper { found.subtract(row.form.capacities.keys) }
    func bounds(_ bound: Bound?) {
      guard let capacity = bound?.capacity else { return }
      if case .one(let k) = capacity { found.remove(k) }
      if case .byStep(let steps) = capacity { found.subtract(Set(steps).map(Int.init)) }
    }
    for flow in old.flows { flow.upper.forEach(bounds) }
    for state in old.states {
      bounds(state.lower)
      bounds(state.upper)
    }
    return found
  }

  private mutating func addWishes(_ old: HourlyProblem) {
    // Once they are least, free sizes grow for nothing that flows could earn by it; held at a point they would leave no room.
    let hours = old.weight.reduce(0, +) * old.stepHours
    for k in old.capacities.indices where Self.isFree(k, in: old) {
      problem.objective.add(capacity: k, wish == .sizes ? 1 : 10 * max(1, hours))
      if wish == .flows { problem.capacities[k].lower = min(solution.capacities[k], old.capacities[k].upper) }
    }
    for (j, flow) in old.flows.enumerated() {
      if flow.label.role == .unserved || flow.label.role == .reserveShortage {
        problem.objective.add(flow: j, .constant(Self.least))
        continue
      }
      guard wish == .flows else { continue }
      switch flow.label.role {
      case .charge, .discharge, .forward, .backward, .conversion, .spill: problem.objective.add(flow: j, .one)
      // Bought for nothing and sold for nothing again is not meant.
      case .purchase: problem.objective.add(flow: j, .constant(outside.contains(flow.label.id) ? 12 : 10))
      // What is free and renewable is curtailed last.
      case .production where outside.contains(flow.label.id): problem.objective.add(flow: j, .constant(4))
      case .sale where Self.isIdleSale(j, in: old):
        problem.objective.add(
          flow: j, .series((0..<old.steps).map { Self.paysNothing(j, $0, in: old, prices) ? -8 : 0 }))
      default: continue
      }
    }
    guard wish == .flows else { return }
    for (s, state) in old.states.enumerated() where state.label.role == .content {
      problem.objective.states[s] = .constant(1e-3)
    }
  }

  /// Where more would cost, nothing; where more would save, all that the bound allows.
  private mutating func holdFlows(_ old: HourlyProblem) {
    for (j, flow) in old.flows.enumerated() {
      let reduced = prices.flows[j]
      guard reduced.contains(where: { abs($0) > prices.least }) else { continue }
      var own = [Double](repeating: 0, count: old.steps)
      for t in 0..<old.steps where abs(reduced[t]) > prices.least {
        let force = penalty(reduced[t])
        own[t] = reduced[t] > 0 ? force : -force
        if reduced[t] < 0 { holdBound(tightest(flow.upper, t), t, force, old) }
      }
      problem.objective.add(flow: j, .series(own))
    }
  }

  private mutating func holdContents(_ old: HourlyProblem) {
    for (s, state) in old.states.enumerated() {
      let reduced = prices.contents[s]
      guard reduced.contains(where: { abs($0) > prices.least }) else { continue }
      var own = [Double](repeating: 0, count: old.steps)
      for t in 0..<old.steps where abs(reduced[t]) > prices.least {
        let force = penalty(reduced[t])
        own[t] = reduced[t] > 0 ? force : -force
        if reduced[t] < 0, let upper = state.upper { holdBound(upper, t, force, old) }
        if reduced[t] > 0 { holdBound(state.lower, t, -force, old) }
      }
      problem.objective.states[s] = (problem.objective.states[s] ?? .zero) + .series(own)
    }
  }

  /// The size behind a bound pays for the room that it leaves.
  private mutating func holdBound(_ bound: Bound?, _ t: Int, _ force: Double, _ old: HourlyProblem) {
    guard let k = bound?.capacity?.index(at: t), let factor = bound?.factor[t], factor != 0,
      problem.capacities[k].upper > problem.capacities[k].lower
    else { return }
    problem.objective.add(capacity: k, force * factor * old.weight[t] * old.stepHours)
  }

  private func tightest(_ bounds: [Bound], _ t: Int) -> Bound? {
    bounds.min { $0.value(at: t, capacities: solution.capacities) < $1.value(at: t, capacities: solution.capacities) }
  }

  /// Rows whose limit has a price stay at it.
  private mutating func holdRows(_ old: HourlyProblem) {
    var forces = [[Double]?](repeating: nil, count: old.rows.count)
    for (r, row) in old.rows.enumerated() {
      var force = [Double](repeating: 0, count: old.steps)
      var acts = false
      for t in 0..<old.steps where row.lower[t] != row.upper[t] && abs(prices.rows[r][t]) > prices.least {
        // Above zero the lower limit acts, and more activity is farther from it.
        force[t] = prices.rows[r][t] > 0 ? penalty(prices.rows[r][t]) : -penalty(prices.rows[r][t])
        acts = true
      }
      if acts { forces[r] = force }
    }
    func cost(_ terms: [RowTerm]) -> Profile? {
      var sum: Profile?
      for term in terms {
        guard let force = forces[term.row] else { continue }
        let part = term.coefficient * .series(force)
        sum = sum.map { $0 + part } ?? part
      }
      return sum
    }
    for (j, flow) in old.flows.enumerated() {
      if let part = cost(flow.rowTerms) { problem.objective.add(flow: j, part) }
    }
    for (s, state) in old.states.enumerated() {
      if let part = cost(state.rowTerms) {
        problem.objective.states[s] = (problem.objective.states[s] ?? .zero) + part
      }
    }
    for (k, capacity) in old.capacities.enumerated() where problem.capacities[k].upper > problem.capacities[k].lower {
      guard let part = cost(capacity.rowTerms) else { continue }
      var sum = 0.0
      for t in 0..<old.steps { sum += part[t] * old.weight[t] * old.stepHours }
      problem.objective.add(capacity: k, sum)
    }
    for (i, row) in old.yearlyRows.enumerated() where prices.yearly[i] != 0 && row.lower != row.upper {
      let steepest = row.form.flows.values.reduce(0.0) { max($0, abs($1.maximum), abs($1.minimum)) }
      let price = abs(prices.yearly[i]) * max(steepest, 1e-300)
      guard row.form.flows.isEmpty || price > prices.least else { continue }
      var form = row.form
      form.constant = 0
      let force = penalty(price) / max(steepest, 1e-300)
      problem.objective.add(form, times: prices.yearly[i] > 0 ? force : -force)
    }
  }
}

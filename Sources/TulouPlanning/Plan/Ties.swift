import TulouDocument
import TulouProblem
import TulouProject
import TulouSolvers

/// Which of many plans of equal value is shown (rule M20): sold before curtailed where selling pays nothing; sizes, contents and
/// flows that cost nothing are the least that serve the plan: first of what is bought, then of what sources of class N give, so that
/// free renewables are curtailed last.
///
/// Nothing of this stands in the certified problem. By complementary slackness, every best plan has nothing where the
/// reduced cost is above zero and all that its bound allows where it is below, for any best multipliers. Two further linear
/// problems hold these by penalties and leave the rest free for a second goal: first the sum of free sizes, then, with these sizes,
/// the sum of flows and contents, less what is sold for nothing. So nothing is built in order to sell for nothing. A plan is taken only
/// where it costs no more than the plan before; value and gap that are printed are its own.
///
/// - Source: Mangasarian 1979, Uniqueness of solution in linear programming, Linear Algebra Appl. 25, 151-162 (the optimal face
///   by any optimal dual solution).
struct Ties {
  /// The continuous problem that was solved, whole numbers and directions decided.
  let problem: HourlyProblem
  let solver: any Solver
  /// Who is asked where the first finds nothing that costs the same: sizes that are held leave an interior point little room.
  let second: (any Solver)?
  let options: SolveOptions
  /// Sources and markets of class N.
  let outside: Set<String>

  /// What was found to be free, in words for the notes.
  struct Found {
    /// Markets by id with the steps in which they pay nothing and energy is sold, or is left over and could be.
    var idleSales: [String: Int] = [:]
    /// Free sizes that were larger than they had to be.
    var freeSizes: [Int] = []
    /// Whether flows of storages, links or converters cost nothing somewhere.
    var hasFreeFlows = false
    /// Whether the free sizes that are shown are the least.
    var sizesAreLeast = false
    /// Whether, among equals, the flows that are shown are those that the rule asks for: most sold for nothing, least of the rest.
    var flowsAreChosen = false

    var isEmpty: Bool { idleSales.isEmpty && freeSizes.isEmpty && !hasFreeFlows }
  }

  /// More columns than this are left as the solver gave them: the further solve would take as long as the first.
  private static let mostColumns = 6_000_000

  init(
    problem: HourlyProblem, solver: any Solver, second: (any Solver)? = nil, options: SolveOptions,
    outside: Set<String> = []
  ) {
    self.outside = outside
    self.second = second
    self.problem = problem
    self.solver = solver
    self.options = options
  }

  /// The plan of equal value that is shown, and what was free; the plan as it is where nothing is, or where no better one is proven
  /// to cost the same.
  func broken(_ solution: Solution, scale: Double) -> (solution: Solution, found: Found) {
    let prices = TiePrices(problem, solution)
    var found = found(solution, prices)
    var result = solution
    if !found.isEmpty, let prices,
      problem.steps * (problem.flows.count + problem.states.count) <= Self.mostColumns
    {
      if !found.freeSizes.isEmpty, let least = next(.sizes, result, prices, scale: scale) {
        result = least
        shrink(&result)
        found.sizesAreLeast = true
        // What the greater sizes left over is not there any more.
        found.idleSales = idleSales(result, prices)
      }
      if let other = next(.flows, result, prices, scale: scale) {
        result = other
        found.flowsAreChosen = true
      }
    }
    lowerContents(&result)
    if !found.isEmpty { shrink(&result) }
    return (result, found)
  }

  /// A plan of equal value that is better by a wish; nil where none is proven to cost the same.
  private func next(_ wish: TieGoal.Wish, _ old: Solution, _ prices: TiePrices, scale: Double) -> Solution? {
    var asked = options
    asked.tolerance = 1e-8
    let goal = TieGoal(problem, old, prices, wish, outside: outside).problem
    for one in [solver, second].compactMap({ $0 }) where !options.isCancelled() {
      let found = one.solve(goal, options: asked)
      if found.hasPlan, let plan = taken(found, insteadOf: old, scale: scale) { return plan }
    }
    return nil
  }

  /// The new point as a solution of the problem itself, if it holds and costs no more than a hair.
  private func taken(_ next: Solution, insteadOf old: Solution, scale: Double) -> Solution? {
    var result = old
    result.flows = next.flows
    result.contents = next.contents
    result.capacities = next.capacities
    func value(_ s: Solution) -> Double {
      problem.objectiveValue(flows: s.flows, contents: s.contents, capacities: s.capacities)
    }
    let change = value(result) - value(old)
    guard change <= 1e-8 * scale else { return nil }
    let residuals = problem.residuals(
      flows: result.flows, contents: result.contents, capacities: result.capacities)
    let before = problem.residuals(flows: old.flows, contents: old.contents, capacities: old.capacities)
    guard residuals.largestRelative <= max(1e-8, before.largestRelative) else { return nil }
    result.objective = old.objective + change
    return result
  }

  // MARK: What is free

  private func found(_ solution: Solution, _ prices: TiePrices?) -> Found {
    var found = Found()
    for k in problem.capacities.indices where TieGoal.isFree(k, in: problem) {
      let size = solution.capacities[k]
      if size - problem.capacities[k].lower > 1e-6 + 1e-9 * problem.capacities[k].upper { found.freeSizes.append(k) }
    }
    found.idleSales = idleSales(solution, prices)
    if let prices { found.hasFreeFlows = prices.hasFreeFlows(problem, solution, outside: outside) }
    return found
  }

  /// Markets by id with the steps in which they pay nothing and energy is sold, or is left over and could be.
  private func idleSales(_ solution: Solution, _ prices: TiePrices?) -> [String: Int] {
    var found: [String: Int] = [:]
    let unused = unusedPower(solution)
    for (j, flow) in problem.flows.enumerated() where TieGoal.isIdleSale(j, in: problem) {
      let steps = problem.steps
      var count = 0
      // What a solver happens to sell already is a tie as much as what it leaves.
      for t in 0..<steps where TieGoal.paysNothing(j, t, in: problem, prices) {
        if solution.flows[j][t] > 1e-6 {
          count += 1
          continue
        }
        guard unused[t] else { continue }
        let most = flow.upper.reduce(Double.infinity) { min($0, $1.value(at: t, capacities: solution.capacities)) }
        if most - solution.flows[j][t] > 1e-6 * max(1, most) { count += 1 }
      }
      if count > 0 { found[flow.label.id, default: 0] += count }
    }
    return found
  }

  /// Steps in which a source could give more at no cost, or a bus spills.
  private func unusedPower(_ solution: Solution) -> [Bool] {
    var found = [Bool](repeating: false, count: problem.steps)
    for (j, flow) in problem.flows.enumerated() {
      switch flow.label.role {
      case .spill:
        for t in 0..<problem.steps where solution.flows[j][t] > 1e-6 { found[t] = true }
      case .production:
        let cost = problem.objective.flows[j] ?? .zero
        for t in 0..<problem.steps where !found[t] && cost[t] <= 0 {
          let most = flow.upper.reduce(Double.infinity) { min($0, $1.value(at: t, capacities: solution.capacities)) }
          if most - solution.flows[j][t] > 1e-6 * max(1, most) { found[t] = true }
        }
      default: continue
      }
    }
    return found
  }

  // MARK: Contents

  /// Lowers what stands in storages without loss all along: a level that no row looks at, and that nobody pays for.
  private func lowerContents(_ solution: inout Solution) {
    for (s, state) in problem.states.enumerated()
    where state.label.role == .content && state.rowTerms.isEmpty && state.retention.minimum == 1
      && state.retention.maximum == 1
    {
      if case .initial = state.boundary { continue }
      if problem.objective.states[s] != nil || problem.yearlyRows.contains(where: { $0.form.states[s] != nil }) {
        continue
      }
      // Contents of one block hang together.
      let parts = state.boundary == .cyclic ? problem.blocks : [0..<problem.steps]
      for part in parts {
        let spare = part.reduce(Double.infinity) {
          min($0, solution.contents[s][$1] - state.lower.value(at: $1, capacities: solution.capacities))
        }
        guard spare > 0, spare.isFinite else { continue }
        for t in part { solution.contents[s][t] -= spare }
      }
    }
  }

  // MARK: Sizes

  /// Lowers every free size to what its flows, contents and rows need.
  private func shrink(_ solution: inout Solution) {
    let free = problem.capacities.indices.filter { TieGoal.isFree($0, in: problem) }
    guard !free.isEmpty else { return }
    var sizes = solution.capacities
    for k in free { sizes[k] = problem.capacities[k].lower }
    func need(_ value: Double, _ bound: Bound, _ t: Int) {
      guard let k = bound.capacity?.index(at: t), bound.factor[t] > 0, value > bound.offset[t], free.contains(k) else {
        return
      }
      sizes[k] = max(sizes[k], (value - bound.offset[t]) / bound.factor[t])
    }
    for (j, flow) in problem.flows.enumerated() {
      for bound in flow.upper { for t in 0..<problem.steps { need(solution.flows[j][t], bound, t) } }
    }
    for (s, state) in problem.states.enumerated() {
      if let upper = state.upper { for t in 0..<problem.steps { need(solution.contents[s][t], upper, t) } }
      // A content that starts at a share of its size ties the two.
      if case .initial(let start) = state.boundary, case .one(let k)? = start.capacity {
        sizes[k] = solution.capacities[k]
      }
      if case .one(let k)? = state.lower.capacity { sizes[k] = min(sizes[k], solution.capacities[k]) }
    }
    // Rows on sizes alone: hours of a storage.
    for _ in 0..<3 {
      for row in problem.yearlyRows where row.form.flows.isEmpty && row.form.states.isEmpty {
        let sum = row.form.capacities.reduce(row.form.constant) { $0 + $1.value * sizes[$1.key] }
        for (k, g) in row.form.capacities.sorted(by: { $0.key < $1.key }) where free.contains(k) {
          if sum < row.lower, g > 0 { sizes[k] += (row.lower - sum) / g }
          if sum > row.upper, g < 0 { sizes[k] += (sum - row.upper) / -g }
        }
      }
    }
    for k in free { sizes[k] = min(sizes[k], solution.capacities[k]) }
    let before = problem.residuals(
      flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).largestRelative
    let after = problem.residuals(flows: solution.flows, contents: solution.contents, capacities: sizes).largestRelative
    if after <= max(before, 1e-9) { solution.capacities = sizes }
  }
}

extension Ties.Found {
  /// What is said of it.
  func notes(_ problem: HourlyProblem) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    for (id, steps) in idleSales.sorted(by: { $0.key < $1.key }) {
      notes.append(
        Diagnostic(
          .note,
          "Selling to '\(id)' pays nothing in \(steps) steps in which energy is left over: "
            + (flowsAreChosen
              ? "all that the limits let through is sold, the rest curtailed, which does not change the cost."
              : "how much of it is sold and how much curtailed does not change the cost."),
          path: "markets.\(id).sell"))
    }
    let free = Set(freeSizes.map { problem.capacities[$0].label.id }).sorted()
    for id in free {
      notes.append(
        Diagnostic(
          .warning,
          "The size of '\(id)' costs nothing: "
            + (sizesAreLeast
              ? "the least that serves the plan is shown, a greater one serves it as well."
              : "the one that is shown serves the plan, another may serve it as well."),
          advice: "Give it 'capital' or 'operation', or fix its size.", path: "components.\(id).capital"))
    }
    return notes
  }

  /// The rule behind flows of equal value, for the register.
  var assumption: Assumption? {
    guard hasFreeFlows else { return nil }
    guard flowsAreChosen else {
      return Assumption(
        path: "objective", value: "flows that cost nothing are one choice of several",
        source:
          "several plans have this value, and none that moves less was proven to cost the same: another may serve as well",
        kind: .tie)
    }
    return Assumption(
      path: "objective", value: "flows that cost nothing are the least that serve the plan",
      source:
        "several plans have this value; Tulou shows the one that buys least, then moves least through storages, links and converters",
      kind: .tie)
  }
}

import TulouAssembly
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Shadow prices of a plan of least cost: what one more unit of a limit, a connection, a size or a demand would change.
///
/// A price is the derivative of the dual bound by the number in the file, multipliers held: the project is read with the number
/// a little greater, made a problem again, and the bound of the same multipliers taken anew (envelope theorem). So a limit
/// counts where it acts and nowhere else: not in an outage, and in every row that it stands in.
///
/// Multipliers of a degenerate plan are no derivatives: of two limits that bind together neither saves by itself. So all
/// numbers are turned at once, by amounts that no accident relates, and the plan is solved again; where its cost is what the prices
/// say, the multipliers are the only ones and the prices right both ways. Otherwise, and in every small problem, each number is
/// turned by itself, and the price is what that gives in the direction of its sentence, or none.
///
/// - Source: Bonnans, Shapiro 2000, Perturbation Analysis of Optimization Problems, Springer, sections 4.3 and 5.4 (derivative of
///   the least value, one-sided where multipliers are not unique).
package enum ShadowPrices {
  /// What limits, connections, sizes at their greatest, and energy at each bus are worth; the dearest first.
  ///
  /// - Parameters:
  ///   - outcome: A plan of least cost.
  ///   - options: As it was planned.
  /// - Returns: Nothing where the objective is not cost, or machines are committed in whole units.
  package static func of(_ outcome: Outcome, options: PlanOptions = PlanOptions()) -> [ShadowPrice] {
    found(outcome, options: options).prices
  }

  /// The same, with the prices of each bus in each step.
  static func found(_ outcome: Outcome, options: PlanOptions) -> (prices: [ShadowPrice], hourly: [HourlyPrice]) {
    guard let plan = outcome.plan, outcome.assembled.objective == .netPresentCost,
      let search = ShadowSearch(outcome, plan, options)
    else { return ([], []) }
    return (search.prices(), HourlyPrice.all(of: search.base, search.multipliers, in: outcome.project))
  }
}

/// The solves behind the shadow prices of one plan.
private struct ShadowSearch {
  /// More than this is not solved again, one by one; of a small problem, of which every price is looked at alone, more.
  private static let mostAlone = 12, mostOfSmall = 40
  /// Columns of a small problem at most.
  private static let smallColumns = 20_000
  /// Relative accuracy of a value that is solved.
  private static let accuracy = 1e-8

  let outcome: Outcome
  let plan: Plan
  let options: PlanOptions
  /// The dispatch of the plan: whole numbers and directions as they are.
  let base: HourlyProblem
  let multipliers: Multipliers
  /// Cost of the horizon, and what is turned over.
  let value: Double, scale: Double

  init?(_ outcome: Outcome, _ plan: Plan, _ options: PlanOptions) {
    self.outcome = outcome
    self.plan = plan
    self.options = options
    guard let base = outcome.dispatch(of: outcome.assembled, as: plan.solution) else { return nil }
    self.base = base
    // The middle of all best multipliers, which an interior-point method finds and a vertex method does not.
    var asked = options.solve
    asked.progress = { _ in }
    asked.announce = { _ in }
    asked.integers = false
    asked.tolerance = 1e-9
    let solution = Structured().solve(base, options: asked)
    let gap = base.gap(of: solution)
    guard solution.hasPlan, gap.relative <= 1e-7, let found = solution.multipliers else { return nil }
    multipliers = found
    value = solution.objective
    scale = gap.scale
  }

  /// A number with its price by the multipliers and how far it is turned.
  private struct Entry {
    var knob: ShadowKnob
    /// What the cost of the horizon changes by, per unit of the number.
    var slope: Double
    var turn: Double
  }

  func prices() -> [ShadowPrice] {
    let bound = base.dualBound(multipliers)
    var entries = ShadowKnob.all(of: plan, in: outcome.assembled, multipliers).compactMap { entry($0, bound) }
    entries.sort { (abs($0.slope) * $0.turn, $1.knob.path) > (abs($1.slope) * $1.turn, $0.knob.path) }
    var slopes = entries.map { Optional($0.slope) }
    let isSmall = base.steps * (base.flows.count + base.states.count) <= Self.smallColumns
    let most = isSmall ? Self.mostOfSmall : Self.mostAlone
    if isSmall && entries.count <= most || !isUnique(entries) {
      for (i, one) in entries.enumerated() { slopes[i] = i < most ? slopeAlone(one) : nil }
    }
    let found = zip(entries, slopes).compactMap { entry, slope -> (isBus: Bool, price: ShadowPrice)? in
      guard let slope else { return nil }
      let price = slope * entry.knob.factor
      let isBus = entry.knob.path.hasPrefix("buses.")
      // More room never costs; a demand may be paid for.
      guard isBus || price > 0 else { return nil }
      return (
        isBus,
        ShadowPrice(
          path: entry.knob.path, value: price, unit: entry.knob.unit, sentence: entry.knob.sentence(shortNumber(price)))
      )
    }
    return found.filter { !$0.isBus }.map(\.price).sorted { ($0.value, $1.path) > ($1.value, $0.path) }
      + found.filter(\.isBus).map(\.price)
  }

  /// The price by the multipliers; nil where it is not worth telling: a tenth more of the number would not move the cost by more
  /// than solvers know it.
  private func entry(_ knob: ShadowKnob, _ bound: Double) -> Entry? {
    let small = 1e-4 * max(abs(knob.amount), knob.amount == 0 ? 1 : 0)
    guard let other = problem([(knob, small)]) else { return nil }
    let slope = (other.dualBound(multipliers) - bound) / small
    guard slope.isFinite, slope != 0 else { return nil }
    let isBus = knob.path.hasPrefix("buses.")
    if !isBus, slope * knob.factor <= 0 { return nil }
    let noise = Self.accuracy * scale
    let least = 50 * noise / abs(slope)
    let reach = knob.amount == 0 ? least : 0.1 * abs(knob.amount)
    guard least <= reach || isBus else { return nil }
    // A thousandth of the number, but enough to be seen and little enough not to change what binds.
    let turn = min(max(1e-3 * abs(knob.amount), least), max(reach, least))
    return Entry(knob: knob, slope: slope, turn: turn)
  }

  /// The dispatch of the project with its numbers turned.
  private func problem(_ turns: [(knob: ShadowKnob, by: Double)]) -> HourlyProblem? {
    var project = outcome.project
    for (knob, more) in turns { knob.turn(&project, more) }
    guard var assembled = try? Assembly.problem(for: project, objective: .netPresentCost),
      (try? assembled.give(sizes: options.sizes)) != nil,
      assembled.problem.flows.count == base.flows.count, assembled.problem.rows.count == base.rows.count,
      assembled.problem.capacities.count == base.capacities.count,
      assembled.problem.yearlyRows.count == base.yearlyRows.count
    else { return nil }
    return outcome.dispatch(of: assembled, as: plan.solution)
  }

  /// What the cost changes by; nil without a plan.
  private func change(_ turns: [(knob: ShadowKnob, by: Double)]) -> Double? {
    guard let problem = problem(turns), !options.solve.isCancelled() else { return nil }
    var asked = options.solve
    asked.tolerance = 1e-9
    asked.integers = false
    asked.progress = { _ in }
    asked.announce = { _ in }
    let solution = Structured().solve(problem, options: asked)
    guard solution.hasPlan, problem.gap(of: solution).relative <= 1e-7 else { return nil }
    return solution.objective - value
  }

  /// Whether all numbers turned together change the cost by what their prices say. The shares are powers of an irrational
  /// number: on a face of multipliers the sum then depends on which is taken.
  private func isUnique(_ entries: [Entry]) -> Bool {
    guard !entries.isEmpty else { return true }
    var shares: [Double] = []
    var share = 1.0
    for _ in entries {
      shares.append(share)
      share *= 0.6180339887498949
      if share < 0.2 { share += 0.7639320225 }
    }
    let turns = zip(entries, shares).map { (knob: $0.knob, by: $0.turn * $1) }
    guard let found = change(turns) else { return false }
    let expected = zip(entries, turns).reduce(0) { $0 + $1.0.slope * $1.1.by }
    let least = zip(entries, turns).map { abs($0.slope * $1.by) }.min() ?? 0
    return abs(found - expected) <= 0.05 * least + 4 * Self.accuracy * scale
  }

  /// The price in the direction of its sentence: that of the multipliers where one more solve agrees, else what that solve gives; nil
  /// where it gives nothing.
  private func slopeAlone(_ entry: Entry) -> Double? {
    guard let found = change([(entry.knob, entry.turn)]) else { return nil }
    let noise = 4 * Self.accuracy * scale
    let expected = entry.slope * entry.turn
    if abs(found - expected) <= 0.03 * abs(expected) + noise { return entry.slope }
    return abs(found) > 10 * noise ? found / entry.turn : nil
  }
}

extension Outcome {
  /// The dispatch of an assembled project with the whole numbers and directions of a plan; nil where no bound holds them.
  fileprivate func dispatch(of assembled: Assembled, as solution: Solution) -> HourlyProblem? {
    var problem = assembled.problem
    problem.exclusions += decidedDirections
    // What nobody limits has no price of its own: a found limit is lifted, or met in the hour of the peak it would seem to have one,
    // and one more kWh at its bus to cost more than it is sold for.
    for j in assembled.foundLimits { problem.flows[j].upper[0].offset = problem.flows[j].upper[0].offset * 1.125 }
    return problem.decided(as: solution)
  }
}

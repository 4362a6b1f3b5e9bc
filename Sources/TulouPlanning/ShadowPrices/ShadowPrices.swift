import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// What one more unit of something would be worth, in plain words.
public struct ShadowPrice: Sendable, Equatable {
  /// Key path of the limit, or the bus.
  public var path: String
  /// Saving per year for one unit of `unit` more room [money/y]; for a bus: what a kWh there costs on average [money/kWh].
  public var value: Double
  /// Unit that the value counts per.
  public var unit: String
  /// A sentence.
  public var sentence: String
  /// A price.
  public init(path: String, value: Double, unit: String, sentence: String) {
    self.path = path
    self.value = value
    self.unit = unit
    self.sentence = sentence
  }
}

/// Shadow prices of a linear plan from its multipliers: valid for small changes around it.
public enum ShadowPrices {
  /// What limits, connections, sizes at their greatest, and energy at each bus are worth; the dearest first.
  ///
  /// - Returns: Nothing where the solver gave no multipliers, or the objective is not cost.
  public static func of(_ outcome: Outcome) -> [ShadowPrice] {
    guard let plan = outcome.plan, let multipliers = plan.solution.multipliers,
      outcome.assembled.objective == .netPresentCost,
      multipliers.rows.count == plan.problem.rows.count, multipliers.yearly.count == plan.problem.yearlyRows.count
    else { return [] }
    let reduced = ReducedCosts(plan.problem, multipliers, plan.solution.capacities)
    let currency = outcome.project.economy.currency
    // What is worth less than a millionth of the cost per unit is the solver's tolerance, not a price.
    let dust = 1e-7 * abs(outcome.certificate?.value ?? 0)
    let room =
      limits(outcome, plan, multipliers, currency) + connections(outcome, plan, reduced, currency)
      + sizes(outcome, plan, reduced, currency)
    return room.filter { $0.value > dust }.sorted { ($0.value, $1.path) > ($1.value, $0.path) }
      + buses(plan, multipliers, currency)
  }

  private static func limits(
    _ outcome: Outcome, _ plan: Plan, _ multipliers: Multipliers, _ currency: String
  ) -> [ShadowPrice] {
    outcome.assembled.limitRows.compactMap { limit in
      // Saving per unit of the limit, per year.
      let perActivity = limit.perActivity(at: plan.solution, of: plan.problem)
      let perUnit = -multipliers.yearly[limit.row] / perActivity / outcome.assembled.years
      let step = limit.key.quantity.step
      let unit = step.name.isEmpty ? currency : step.name
      let value = abs(perUnit) * step.size
      guard value > 1e-6 else { return nil }
      let words = limit.key.words
      let sentence =
        limit.key.sense == .least
        ? "One more percent of \(words) would cost \(shortNumber(value)) \(currency) a year."
        : limit.key == .land
          ? "One more hectare would save \(shortNumber(value)) \(currency) a year."
          : "One more \(unit) in the limit on \(words) would save \(shortNumber(value)) \(currency) a year."
      return ShadowPrice(
        path: limit.key.path, value: value, unit: "\(currency)/y per \(unit)", sentence: sentence)
    }
  }

  private static func connections(
    _ outcome: Outcome, _ plan: Plan, _ reduced: ReducedCosts, _ currency: String
  ) -> [ShadowPrice] {
    plan.problem.flows.enumerated().compactMap { j, flow in
      let isPurchase = flow.label.role == .purchase && flow.label.part == "0"
      let isSale = flow.label.role == .sale
      let isWay = flow.label.role == .forward || flow.label.role == .backward
      guard isPurchase || isSale || isWay else { return nil }
      let perKilowatt = reduced.fixedBound[j] / plan.problem.years
      let value = 1000 * perKilowatt
      guard value > 1e-6 * max(1, abs(plan.solution.objective / plan.problem.years)) else { return nil }
      let id = flow.label.id
      let name = isPurchase ? "purchase at '\(id)'" : isSale ? "sale at '\(id)'" : "capacity of '\(id)'"
      let path = isPurchase ? "markets.\(id).limit.buy" : isSale ? "markets.\(id).limit.sell" : "components.\(id).limit"
      return ShadowPrice(
        path: path, value: value, unit: "\(currency)/y per MW",
        sentence: "One more MW of \(name) would save up to \(shortNumber(value)) \(currency) a year.")
    }
  }

  private static func sizes(
    _ outcome: Outcome, _ plan: Plan, _ reduced: ReducedCosts, _ currency: String
  ) -> [ShadowPrice] {
    plan.problem.capacities.enumerated().compactMap { k, capacity in
      guard capacity.label.role == .size, capacity.upper > capacity.lower,
        plan.solution.capacities[k] > capacity.upper * (1 - 1e-6), reduced.capacity[k] < 0
      else { return nil }
      let value = -reduced.capacity[k] / plan.problem.years
      guard value > 1e-6 else { return nil }
      let label = capacity.label
      let unit =
        outcome.project.components.first { $0.id == label.id }?.sizes.first { $0.part == label.part }?.unit ?? "kW"
      let name = label.part.isEmpty ? "'\(label.id)'" : "\(label.part) of '\(label.id)'"
      return ShadowPrice(
        path: "components.\(label.id).capacity.max", value: value, unit: "\(currency)/y per \(unit)",
        sentence:
          "One more \(unit) of \(name) than its greatest size would save \(shortNumber(value)) \(currency) a year.")
    }
  }

  private static func buses(_ plan: Plan, _ multipliers: Multipliers, _ currency: String) -> [ShadowPrice] {
    let problem = plan.problem
    return problem.rows.enumerated().compactMap { r, row in
      guard row.label.role == .balance, row.lower.maximum > 0 else { return nil }
      // The multiplier is money per kW in a step: one kW more all through costs their sum, per kWh their mean.
      var money = 0.0, energy = 0.0
      for t in 0..<problem.steps {
        money += multipliers.rows[r][t] * row.lower[t]
        energy += problem.weight[t] * problem.stepHours * row.lower[t]
      }
      guard energy > 0 else { return nil }
      let value = money / energy
      return ShadowPrice(
        path: "buses.\(row.label.id)", value: value, unit: "\(currency)/kWh",
        sentence: "One more kWh of the demand at '\(row.label.id)' costs \(shortNumber(value)) \(currency) on average.")
    }
  }
}

/// Reduced costs of flows and sizes, and with them what each bound is worth.
struct ReducedCosts {
  /// Worth of one unit more of each flow's fixed bound over the horizon [money].
  private(set) var fixedBound: [Double]
  /// Reduced cost of each capacity: below nought, more of it would save.
  private(set) var capacity: [Double]

  init(_ problem: HourlyProblem, _ multipliers: Multipliers, _ capacities: [Double]) {
    fixedBound = [Double](repeating: 0, count: problem.flows.count)
    capacity = problem.capacities.indices.map { k in
      var cost = problem.objective.capacities[k] ?? 0
      for (row, y) in zip(problem.yearlyRows, multipliers.yearly) { cost -= y * (row.form.capacities[k] ?? 0) }
      for term in problem.capacities[k].rowTerms {
        for t in 0..<problem.steps { cost -= multipliers.rows[term.row][t] * term.coefficient[t] }
      }
      return cost
    }
    for (j, flow) in problem.flows.enumerated() {
      var reduced = [Double](repeating: 0, count: problem.steps)
      let cost = problem.objective.flows[j] ?? .zero
      let rows = problem.yearlyRows.enumerated().compactMap { i, row in
        row.form.flows[j].map { ($0, multipliers.yearly[i]) }
      }
      for t in 0..<problem.steps {
        var own = cost[t]
        for (profile, y) in rows { own -= profile[t] * y }
        reduced[t] = own * problem.weight[t] * problem.stepHours
      }
      for term in flow.rowTerms {
        for t in 0..<problem.steps { reduced[t] -= multipliers.rows[term.row][t] * term.coefficient[t] }
      }
      for term in flow.stateTerms {
        // The content's row is written e_{t+1} - r e_t - dt gain x = inflow.
        for t in 0..<problem.steps {
          reduced[t] += multipliers.states[term.state][t] * problem.stepHours * term.gain[t]
        }
      }
      spread(reduced, over: flow.upper, of: j, problem, capacities)
    }
    // Contents bound by their capacity.
    for (s, state) in problem.states.enumerated() {
      guard let upper = state.upper, case .one(let k)? = upper.capacity else { continue }
      for block in problem.blocks {
        for t in block {
          let previous = t == block.lowerBound ? block.upperBound - 1 : t - 1
          var reduced = multipliers.states[s][t] * state.retention[t] - multipliers.states[s][previous]
          for term in state.rowTerms { reduced -= multipliers.rows[term.row][t] * term.coefficient[t] }
          let lower = state.lower
          if t == block.lowerBound, case .initial(let start) = state.boundary {
            // The first content is given as a share of the size.
            if case .one(let own)? = start.capacity { capacity[own] += reduced * start.factor[t] }
          } else if reduced < 0 {
            capacity[k] += reduced * upper.factor[t]
          } else if case .one(let low)? = lower.capacity {
            capacity[low] += reduced * lower.factor[t]
          }
        }
      }
    }
  }

  /// A negative reduced cost is the worth of the bound that holds the flow there.
  private mutating func spread(
    _ reduced: [Double], over bounds: [Bound], of j: Int, _ problem: HourlyProblem, _ capacities: [Double]
  ) {
    for t in 0..<problem.steps where reduced[t] < 0 {
      guard
        let tightest = bounds.min(by: {
          $0.value(at: t, capacities: capacities) < $1.value(at: t, capacities: capacities)
        })
      else { continue }
      if let k = tightest.capacity?.index(at: t) {
        capacity[k] += reduced[t] * tightest.factor[t]
      } else {
        fixedBound[j] -= reduced[t]
      }
    }
  }
}

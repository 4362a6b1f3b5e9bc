import TulouFinance
package import TulouProblem
package import TulouProject
import TulouTechnologies

extension StagedAccounts {
  /// Measures a path of stages.
  ///
  /// What stage s adds to a size is its new plant less that of the stage before. Money is
  /// `NPC = sum_s v_s O_s + sum_ks K_ks new_ks` and the constants of existing plant; plant that comes with a later
  /// stage as existing (a member that joins) is sunk, and its replacements count from that stage on. What falls due is
  /// replaced at the price of the stage that runs then (rule M19), and the payment belongs to that stage.
  ///
  /// - Parameters:
  ///   - project: A project with stages; costs of stage s are those of `project.stages[s].project`.
  ///   - plans: One plan a stage, with the totals of all sizes, labels without stage.
  ///   - standalone: Of each stage, what those who own plant already would do without the project.
  package static func make(
    project: Project, plans: [Plan], standalone: [[Standalone]] = []
  ) -> StagedAccounts {
    precondition(plans.count == project.stages.count, "one plan a stage")
    var result = StagedAccounts()
    let economy = project.economy
    let factors = StageFactors(stageYears: project.stages.map(\.year), economy.discounting)
    let readings = zip(project.stages, plans).map { Reading(project: $0.project, plan: $1) }
    let plant = plant(project, readings, factors)
    var parts: [([MoneyItem], [YearlyPayment])] = []
    var paid: [String: Double] = [:]
    var emission = 0.0
    for (s, stage) in project.stages.enumerated() {
      let reading = readings[s]
      let settlement = Settlement(reading)
      let operation = OperationItems(reading, settlement)
      var items = plant.items[s] + operation.items
      let policies = PolicyItems(reading, settlement, items, paid: paid) { factors.stage(at: $0) == s }
      paid = policies.paid
      items += policies.items
      for i in items.indices { items[i].stage = stage.id }
      parts.append((items, factors.payments(stage: s)))
      // What the solver minimised is the stage's part of the path's, no value of a year of its own.
      var plan = plans[s]
      plan.solution.objective = .nan
      var accounts = Accounts.make(
        project: stage.project, plan: plan, standalone: standalone.indices.contains(s) ? standalone[s] : [])
      for i in accounts.indicators.indices where accounts.indicators[i].isMoney {
        accounts.indicators[i].note = StagedAccounts.supposed
      }
      result.stages.append(
        StageAccount(
          id: stage.id, year: stage.year, start: factors.starts[s], end: factors.ends[s], worth: factors.worth[s],
          accounts: accounts))
      emission += stageEmission(accounts, reading, factors, s) * (factors.ends[s] - factors.starts[s])
    }
    let table = CashFlowTable(parts, economy: economy)
    result.cashFlow = table.rows
    result.costs = table.lines
    for s in result.stages.indices { result.stages[s].take(table.rows) }
    result.indicators = indicators(result, economy: economy, emission: emission / economy.lifetime)
    return result
  }

  /// What the money in the accounts of a single stage supposes.
  package static let supposed =
    "as if the plant of this stage were bought at its prices and stayed for a whole lifetime"

  /// Payments for plant along the path.
  private static func plant(_ project: Project, _ readings: [Reading], _ factors: StageFactors) -> PlantItems {
    var plant = PlantItems(project.stages.map(\.project), factors)
    var before: [String: Double] = [:]
    for (s, reading) in readings.enumerated() {
      for component in reading.project.components {
        let member = reading.payer(component.member)
        for size in component.sizes {
          let sizing = reading.sizing(component, size)
          let key = component.id + "." + size.part.rawValue
          let added = Dust.cleaned(sizing.new - (before[key] ?? 0), scale: sizing.total)
          plant.buy(added, of: size, id: component.id, member: member, stage: s)
          if before[key] == nil, size.sharedWith == nil {
            let kept = readings.map { later in
              later.componentIndex[component.id].flatMap { c -> Double? in
                let own = later.project.components[c]
                return own.sizes.first { $0.part == size.part }.map { later.sizing(own, $0).kept }
              }
            }
            // Where a stage lacks the size, its owner keeps it outside; what may retire is gone.
            var standing = kept.prefix(s).map { _ in 0.0 }
            for one in kept.dropFirst(s) {
              standing.append(one ?? (size.mayRetire ? 0 : standing.last ?? sizing.kept))
            }
            plant.keep(size, standing, id: component.id, member: member, firstYear: project.firstYear, from: s)
          }
          plant.operate(sizing.total, of: size, id: component.id, member: member, stage: s)
          before[key] = sizing.new
        }
      }
    }
    return plant
  }

  /// Fossil emission of a year of a stage, factors as their mean over the years of the stage [kg/y].
  private static func stageEmission(_ accounts: Accounts, _ reading: Reading, _ factors: StageFactors, _ s: Int)
    -> Double
  {
    var escalation: [String: Double] = [:]
    for market in reading.project.markets {
      escalation[market.id] = reading.origin(of: market, bought: [])?.factor.escalation ?? 0
    }
    for component in reading.project.components {
      escalation[component.id] = reading.origin(of: component)?.factor.escalation ?? 0
    }
    return accounts.carbon.lines.reduce(0) { sum, line in
      guard line.scope == 1 || line.scope == 2 else { return sum }
      return sum + line.firstYear * factors.meanGrowth(escalation: escalation[line.id] ?? 0, stage: s)
    }
  }

  private static func indicators(_ path: StagedAccounts, economy: Economy, emission: Double) -> [Indicator] {
    let npc = path.costs.reduce(0) { $0 + $1.present }
    let annual = npc * capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
    let capital = path.cashFlow.reduce(0) { $1.kind == .capital ? $0 + $1.amount : $0 }
    func discounted(_ served: (StageAccount) -> Double) -> Double {
      path.stages.reduce(0) { $0 + $1.worth * served($1) }
    }
    let all = discounted { $0.accounts.balance.all.yearly.served }
    let electricity = discounted { $0.accounts.balance.electricity?.yearly.served ?? 0 }
    var values: [(String, Double)] = [
      ("net_present_cost", npc), ("annual_cost", annual), ("capital", capital), ("co2", emission / 1000),
    ]
    if all > 1e-9 {
      if abs(all - electricity) < 1e-9 * all { values.append(("cost_of_energy_served", npc / all)) }
      values.append(("cost_of_energy_all_carriers", npc / all))
    }
    return values.compactMap { key, value in
      var indicator = IndicatorDeclaration.of(key)?.with(
        value, currency: economy.currency,
        note: key.hasPrefix("cost_of") ? "over all stages, energy discounted as money is" : "over all stages")
      indicator?.isAtLeast = path.stages.contains { $0.accounts.indicator(key)?.isAtLeast ?? false }
      return indicator
    }
  }
}

extension StageAccount {
  /// Sums of the payments of the path that fall into the stage.
  fileprivate mutating func take(_ rows: [CashFlowRow]) {
    var present = 0.0
    for row in rows where row.stage == id {
      switch row.kind {
      case .capital: capital += row.amount
      case .replacement: replacement += row.amount
      case .salvage: break
      default: present += row.discounted
      }
    }
    running = worth > 0 ? present / worth : 0
  }
}

extension Indicator {
  /// Whether it is money, or follows from money.
  fileprivate var isMoney: Bool {
    ["capital", "irr", "return_on_investment"].contains(key) || key.hasPrefix("payback") || key.contains("cost")
  }
}

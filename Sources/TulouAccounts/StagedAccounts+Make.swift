public import TulouProblem
public import TulouProject
import TulouTechnologies

extension StagedAccounts {
  /// Measures a path of stages.
  ///
  /// What stage s adds to a size is its total less that of the stage before (existing plant before the first). Money is
  /// `NPC = sum_s v_s O_s + sum_ks K_ks new_ks` and the constants of existing plant; plant that comes with a later
  /// stage as existing (a member that joins) is sunk, and its replacements count from that stage on.
  ///
  /// - Parameters:
  ///   - project: A project with stages; costs of stage s are those of `project.stages[s].project`.
  ///   - plans: One plan a stage, with the totals of all sizes, labels without stage.
  public static func make(project: Project, plans: [Plan]) -> StagedAccounts {
    precondition(plans.count == project.stages.count, "one plan a stage")
    var result = StagedAccounts()
    let economy = project.economy
    let factors = StageFactors(stageYears: project.stages.map(\.year), economy: economy)
    var parts: [([MoneyItem], [YearlyPayment])] = []
    var before: [String: Double] = [:]
    var emission = 0.0
    for (s, stage) in project.stages.enumerated() {
      let reading = Reading(project: stage.project, plan: plans[s])
      var plant = PlantItems(economy: economy)
      for component in stage.project.components {
        let member = reading.payer(component.member)
        for size in component.sizes {
          let (total, existing) = reading.sizing(component, size)
          let key = component.id + "." + size.part
          let earlier = before[key]
          plant.buy(
            total - (earlier ?? existing), of: size, id: component.id, member: member, start: factors.starts[s])
          if earlier == nil, size.sharedWith == nil {
            plant.keep(
              size, id: component.id, member: member, firstYear: project.firstYear, start: factors.starts[s])
          }
          plant.operate(total, of: size, id: component.id, member: member)
          before[key] = total
        }
      }
      let operation = OperationItems(reading, Settlement(reading))
      var items = plant.items + operation.items
      for i in items.indices { items[i].stage = stage.id }
      parts.append((items, factors.payments(stage: s)))
      let accounts = Accounts.make(project: stage.project, plan: plans[s])
      result.stages.append(
        StageAccount(
          id: stage.id, year: stage.year, start: factors.starts[s], end: factors.ends[s], worth: factors.worth[s],
          accounts: accounts))
      emission += stageEmission(accounts, reading, factors, s) * (factors.ends[s] - factors.starts[s])
    }
    let table = CashFlowTable(parts, economy: economy)
    result.cashFlow = table.rows
    result.costs = table.lines
    result.indicators = indicators(table, economy: economy, emission: emission / economy.lifetime)
    return result
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

  private static func indicators(_ table: CashFlowTable, economy: Economy, emission: Double) -> [Indicator] {
    let npc = table.lines.reduce(0) { $0 + $1.present }
    let annual = npc * capitalRecoveryFactor(rate: economy.realDiscountRate, years: economy.lifetime)
    let capital = table.rows.reduce(0) { $1.kind == .capital ? $0 + $1.amount : $0 }
    let values: [(String, Double)] = [
      ("net_present_cost", npc), ("annual_cost", annual), ("capital", capital), ("co2", emission / 1000),
    ]
    return values.compactMap { key, value in
      IndicatorDeclaration.of(key)?.with(value, currency: economy.currency, note: "over all stages")
    }
  }
}

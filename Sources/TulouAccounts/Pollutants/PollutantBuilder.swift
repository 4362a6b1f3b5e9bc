import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

extension PollutantAccount {
  /// The account of a plan.
  init(_ reading: Reading, costs: [CostLine], reference: ReferenceAccount?) {
    self.init()
    for burning in reading.project.burnings(in: reading.plan.problem, stage: reading.stage) {
      let energy = reading.perYear(reading.fuel(burning))
      lines.append(
        PollutantLine(
          id: burning.id, kind: .burnt, carrier: burning.carrier, energy: energy,
          amounts: burning.factors.mapValues { $0 * energy }))
    }
    let years = reading.project.economy.lifetime
    for market in reading.project.markets where !market.onlyAlone && !market.pollutants.isEmpty {
      let bought = reading.total(market.id, .purchase)
      lines.append(
        PollutantLine(
          id: market.id, kind: .grid, carrier: reading.carrier(market.bus)?.id ?? "", energy: reading.perYear(bought),
          amounts: market.pollutants.mapValues { factor in
            reading.sum(bought, times: factor) / reading.years * meanGrowth(escalation: factor.escalation, years: years)
          }))
    }
    for line in lines { totals.merge(line.amounts, uniquingKeysWith: +) }
    businessAsUsual = reference?.pollutants
    cost = costs.reduce(0) { $1.kind == .pollutants ? $0 + $1.annual : $0 }
  }
}

extension Reading {
  /// Fuel that is burnt, by step [kW].
  func fuel(_ burning: Burning) -> [Double] {
    var series = [Double](repeating: 0, count: steps)
    if burning.fixed.count == 1 {
      series = [Double](repeating: burning.fixed[0], count: steps)
    } else if !burning.fixed.isEmpty {
      series = Array(burning.fixed.prefix(steps))
    }
    for (j, fuel) in burning.flows {
      let flow = plan.solution.flows[j]
      for t in 0..<steps { series[t] += fuel[t] * flow[t] }
    }
    return series
  }
}

extension OperationItems {
  /// What pollutants cost: fuel is paid by who burns it, purchases by who buys.
  static func pollutantItems(_ reading: Reading, _ settlement: Settlement) -> [MoneyItem] {
    let prices = reading.project.economy.pollutantPrices.filter { !$0.value.isZero }
    guard !prices.isEmpty else { return [] }
    var items: [MoneyItem] = []
    func pay(_ id: String, _ member: String, _ pollutant: Pollutant, emitted: Double, _ escalation: Double) {
      guard let price = prices[pollutant] else { return }
      items.append(
        MoneyItem(id, member, .pollutants, .along(price, amount: emitted / reading.years, escalation: escalation)))
    }
    for burning in reading.project.burnings(in: reading.plan.problem, stage: reading.stage) {
      let fuel = reading.sum(reading.fuel(burning))
      for pollutant in Pollutant.all {
        guard let factor = burning.factors[pollutant] else { continue }
        pay(burning.id, reading.payer(burning.member), pollutant, emitted: fuel * factor, 0)
      }
    }
    for market in reading.project.markets where !market.onlyAlone {
      let bought = reading.total(market.id, .purchase)
      for pollutant in Pollutant.all {
        guard prices[pollutant] != nil, let factor = market.pollutants[pollutant] else { continue }
        let emitted = bought.indices.map { bought[$0] * factor[$0] }
        for (member, sum) in settlement.buyers(of: market, amounts: emitted) {
          pay(market.id, member, pollutant, emitted: sum, factor.escalation)
        }
      }
    }
    return items
  }
}

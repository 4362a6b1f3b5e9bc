import TulouAccounts
import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// Pollutants of fuel where it is burnt and of what is bought, as amounts and, where they have a price, as cash.
  mutating func addPollutants() {
    guard project.emitsPollutants else { return }
    pollution = Pollutant.all.map { _ in LinearForm() }
    for burning in project.burnings(in: problem) {
      let fixed = burning.fixed.isEmpty ? 0 : sum(profile(burning.fixed))
      for (p, pollutant) in Pollutant.all.enumerated() {
        guard let factor = burning.factors[pollutant] else { continue }
        let cost = price(of: pollutant, escalating: 0) * factor
        for (j, fuel) in burning.flows {
          pollution[p].add(flow: j, fuel * factor)
          if cost != 0 { cash.add(flow: j, fuel * cost) }
        }
        pollution[p].constant += fixed * factor
        cash.constant += fixed * cost
      }
    }
    for market in project.markets {
      let cost = pollutantCost(of: market)
      for j in purchases[market.id] ?? [] {
        for (p, pollutant) in Pollutant.all.enumerated() {
          guard let factor = market.pollutants[pollutant], !factor.isZero else { continue }
          pollution[p].add(flow: j, profile(factor.values) * money.mean(factor.escalation))
        }
        if cost != .zero { cash.add(flow: j, cost) }
      }
    }
  }

  /// What the pollutants of a kWh bought cost, price and factor levelised as one series.
  func pollutantCost(of market: Market) -> Profile {
    Pollutant.all.reduce(.zero) { sum, pollutant in
      guard let factor = market.pollutants[pollutant], !factor.isZero else { return sum }
      let price = price(of: pollutant, escalating: factor.escalation)
      return price == 0 ? sum : sum + profile(factor.values) * price
    }
  }

  /// The price of a pollutant times something that grows by `escalation`, levelised as one series [money/kg].
  private func price(of pollutant: Pollutant, escalating escalation: Double) -> Double {
    guard let price = project.economy.pollutantPrices[pollutant], !price.isZero else { return 0 }
    return money.level(price, times: escalation)
  }
}

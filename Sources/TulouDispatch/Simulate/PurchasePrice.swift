import TulouAccounts
import TulouAssembly
import TulouFinance
import TulouProblem
package import TulouProject
package import TulouTechnologies

/// What a kWh bought costs when a rule decides: the price of the first year with what its emissions cost.
struct PurchasePrice {
  let project: Project
  let steps: Int

  /// Price of a market in each step [money/kWh].
  func series(of market: Market, _ buy: Market.Price) -> [Double] {
    var price = Profile(buy.price.values, steps: steps)
    for pollutant in Pollutant.all {
      guard let factor = market.pollutants[pollutant], let cost = project.economy.pollutantPrices[pollutant],
        !cost.isZero
      else { continue }
      price = price + Profile(factor.values, steps: steps) * cost.first
    }
    let economy = project.economy
    guard !economy.carbonPrice.isZero else { return price.expanded(steps) }
    let isFuel = project.carrier(ofBus: market.bus)?.kind == .fuel
    guard isFuel ? economy.carbonPriceOnFuel : economy.carbonPriceOnGrid else { return price.expanded(steps) }
    let factor = Profile(project.emissionFactor(of: market)?.values ?? [0], steps: steps)
    return (price + factor * economy.carbonPrice.first).expanded(steps)
  }
}

extension Project {
  /// Mean price of what a machine burns, first year, with what CO2 and other pollutants cost [money/kWh]; nil where nobody
  /// sells it.
  package func fuelPrice(of component: Component, steps: Int) -> Double? {
    guard case .converter(let block) = component.block, let port = block.fuelPort,
      let market = markets.first(where: { $0.bus == block.ports[port].bus }), let buy = market.buy
    else { return nil }
    let prices = PurchasePrice(project: self, steps: steps).series(of: market, buy)
    guard !prices.isEmpty else { return nil }
    return prices.reduce(0, +) / Double(prices.count) + pollutantPrice(of: component)
  }

  /// What a kWh of a machine's fuel costs by the pollutants that it forms, prices of the first year [money/kWh].
  func pollutantPrice(of component: Component) -> Double {
    let factors = pollutants(of: component)
    return Pollutant.all.reduce(0) { sum, pollutant in
      sum + (factors[pollutant] ?? 0) * (economy.pollutantPrices[pollutant]?.first ?? 0)
    }
  }
}

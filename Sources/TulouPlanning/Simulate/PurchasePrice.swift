import TulouProblem
import TulouProject
import TulouTechnologies

/// What a kWh bought costs when a rule decides: the price of the first year with what its emissions cost.
struct PurchasePrice {
  let project: Project
  let steps: Int

  /// Price of a market in each step [money/kWh].
  func series(of market: Market, _ buy: Market.Tariff) -> [Double] {
    var price = Profile(buy.price.values, steps: steps)
    for pollutant in Pollutant.all {
      guard let factor = market.pollutants[pollutant], let cost = project.economy.pollutantPrices[pollutant],
        !cost.isZero
      else { continue }
      price = price + Profile(factor.values, steps: steps) * cost.first
    }
    let economy = project.economy
    guard !economy.carbonPrice.isZero else { return price.expanded(steps) }
    let carrier = project.carrier(ofBus: market.bus)
    let isFuel = carrier?.kind == .fuel
    guard isFuel ? economy.carbonPriceOnFuel : economy.carbonPriceOnGrid else { return price.expanded(steps) }
    let factor =
      market.emission.isZero
      ? Profile.constant(isFuel ? carrier?.emission ?? 0 : 0) : Profile(market.emission.values, steps: steps)
    return (price + factor * economy.carbonPrice.first).expanded(steps)
  }
}

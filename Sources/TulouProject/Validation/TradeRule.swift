import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Where selling pays more than buying costs, net metering needs integers and both limits (M13).
  static let tradeRule: Rule = { project, document, decoding in
    let carbonOnGrid = project.economy.carbonPriceOnGrid ? project.economy.carbonPrice.first : 0
    for market in project.markets where !market.onlyAlone {
      guard let buy = market.buy, let sell = market.sell, sell.tiers.isEmpty else { continue }
      let lowest = buy.tiers.map(\.price).min()
      let priced = Pollutant.all.compactMap { pollutant in
        market.pollutants[pollutant].map { (price: project.economy.pollutantPrices[pollutant]?.first ?? 0, factor: $0) }
      }
      var steps = 0
      var first: Int?
      for t in 0..<project.horizon.steps {
        let pollutants = priced.reduce(0) { $0 + $1.price * $1.factor[t] }
        let cost = (lowest ?? buy.price[t]) + carbonOnGrid * market.emission[t] + pollutants
        if sell.price[t] > cost + 1e-12 {
          steps += 1
          first = first ?? t
        }
      }
      guard let first else { continue }
      let place = mark(document, "markets", market.id, "sell")
      decoding.within("markets.\(market.id).sell") { inner in
        let when = "\(project.horizon.told(first))" + (steps > 1 ? " and in \(steps - 1) other steps" : "")
        let unbounded = market.buyLimit == nil || market.sellLimit == nil
        if unbounded {
          inner.error(
            "Selling earns more than buying costs at \(when), and the market has no limit on both, so trading with itself would earn without end.",
            advice: "Give 'limit' with 'buy' and 'sell', or lower 'sell'.", at: place)
        } else {
          inner.warning(
            "Selling earns more than buying costs at \(when).",
            advice: market.metering == .net
              ? "Under 'metering: net' the plan needs a whole number for each such step, and shows the gap."
              : "Under 'metering: gross' both are allowed at once.",
            at: place)
        }
      }
    }
  }
}

import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Where selling pays more than buying costs, net metering needs integers and both limits (M13).
  static let tradeRule: Rule = { project, document, decoding in
    for market in project.markets where !market.onlyAlone {
      // What is set off over a month or a year earns nothing when it is bought and sold again.
      guard let buy = market.buy, let sell = market.sell, market.netMetering == nil else { continue }
      var steps = 0
      var first: Int?
      for t in 0..<project.horizon.steps {
        let policy = project.policyPrices(of: market, at: t)
        if sell.greatest(t) + policy.sale > purchaseCost(buy, of: market, project, t) + policy.purchase + 1e-12 {
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

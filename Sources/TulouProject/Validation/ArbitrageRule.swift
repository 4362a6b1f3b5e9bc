import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Two markets of which one pays more than the other charges: on one bus, or on two that a link joins.
  ///
  /// Such a plan earns by passing energy through, as far as the limits go. One market with itself is `tradeRule`'s.
  static let arbitrageRule: Rule = { project, document, decoding in
    let markets = project.markets.filter { !$0.onlyAlone }
    for seller in markets {
      guard let sell = seller.sell else { continue }
      for buyer in markets where buyer.id != seller.id {
        guard let buy = buyer.buy else { continue }
        for way in ways(from: buyer.bus, to: seller.bus, in: project) {
          var steps = 0
          var first: Int?
          for t in 0..<project.horizon.steps {
            let cost =
              purchaseCost(buy, of: buyer, project, t) + way.charge + project.policyPrices(of: buyer, at: t).purchase
            let gain = sell.greatest(t) + project.policyPrices(of: seller, at: t).sale
            guard gain * way.efficiency > cost + 1e-12 else { continue }
            steps += 1
            first = first ?? t
          }
          guard let first else { continue }
          let when = "\(project.horizon.moment(first).stamp)" + (steps > 1 ? " and in \(steps - 1) other steps" : "")
          let isOpen = buyer.buyLimit == nil && seller.sellLimit == nil && way.isOpen
          decoding.within("markets.\(seller.id).sell") {
            $0.warning(
              "Arbitrage: '\(seller.id)' pays more for sale than '\(buyer.id)' charges for purchase\(way.words) at \(when)."
                + (isOpen ? " Nothing in the file limits that trade." : ""),
              advice:
                "A plan passes on as much as the limits allow; check both prices\(isOpen ? " and give a 'limit'" : "").",
              at: mark(document, "markets", seller.id, "sell"))
          }
        }
      }
    }
  }

  /// A way for energy from one bus to another.
  private struct Way {
    /// What arrives of a unit.
    var efficiency = 1.0
    /// What a unit costs on the way.
    var charge = 0.0
    /// Whether no limit stands in it.
    var isOpen = true
    /// ` through 'line'`; empty on one bus.
    var words = ""
  }

  private static func ways(from: String, to: String, in project: Project) -> [Way] {
    if from == to { return [Way()] }
    return project.components.compactMap { component in
      guard case .link(let link) = component.block else { return nil }
      guard link.from == from && link.to == to || link.twoWay && link.from == to && link.to == from else { return nil }
      return Way(
        efficiency: link.efficiency, charge: (link.costPerKWh.values.min() ?? 0) + link.chargePerKWh, isOpen: false,
        words: " through '\(component.id)'")
    }
  }

  /// What a kWh bought costs at least, carbon and pollutants included [money/kWh].
  static func purchaseCost(_ buy: Market.Price, of market: Market, _ project: Project, _ t: Int) -> Double {
    var cost = buy.least(t)
    if project.economy.carbonPriceOnGrid {
      cost += project.economy.carbonPrice.first * (project.emissionFactor(of: market)?[t] ?? 0)
    }
    for pollutant in Pollutant.all {
      guard let factor = market.pollutants[pollutant] else { continue }
      cost += (project.economy.pollutantPrices[pollutant]?.first ?? 0) * factor[t]
    }
    return cost
  }
}

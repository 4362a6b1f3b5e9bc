/// A wish to buy or to sell inside a community.
package struct Offer: Sendable, Equatable {
  /// Energy, kWh.
  package var amount: Double
  /// Most that the buyer pays or least that the seller takes, money per kWh.
  package var price: Double

  /// An offer.
  package init(amount: Double, price: Double) {
    self.amount = amount
    self.price = price
  }
}

/// Rules for the price of energy inside a community.
package enum PriceRule: String, Sendable, CaseIterable {
  /// Between the dearest ask and the cheapest bid.
  case midMarket = "mid-market"
  /// By the ratio of what is asked to what is bid for (Liu et al. 2017).
  case supplyDemandRatio = "supply-demand-ratio"
  /// Where the merit orders of bids and asks cross.
  case crossing
}

/// Bids and asks of one interval, and the price that a rule makes of them.
package struct CommunityMarket: Sendable, Equatable {
  /// Bids from dear to cheap.
  package var bids: [Offer]
  /// Asks from cheap to dear.
  package var asks: [Offer]

  /// A market; the order of offers does not matter.
  package init(bids: [Offer], asks: [Offer]) {
    self.bids = bids.enumerated().sorted { ($1.element.price, $0.offset) < ($0.element.price, $1.offset) }.map(
      \.element)
    self.asks = asks.enumerated().sorted { ($0.element.price, $0.offset) < ($1.element.price, $1.offset) }.map(
      \.element)
  }

  /// Number of bids and of asks of which any part trades, in merit order while the ask is not above the bid.
  package var accepted: (bids: Int, asks: Int) {
    let walk = walked(equal: true)
    return (walk.bids, walk.asks)
  }

  /// The market of the accepted offers alone.
  package var pruned: CommunityMarket {
    let count = accepted
    return CommunityMarket(bids: Array(bids.prefix(count.bids)), asks: Array(asks.prefix(count.asks)))
  }

  /// The price by a rule.
  ///
  /// - Parameters:
  ///   - divider: where between dearest ask (0) and cheapest bid (1) the mid-market price lies.
  ///   - compensation: part of that distance that sellers get on top, for the supply-demand ratio.
  package func price(_ rule: PriceRule, divider: Double = 0.5, compensation: Double = 0) -> Double {
    guard let dearestBid = bids.first?.price, let cheapestBid = bids.last?.price else { return asks.first?.price ?? 0 }
    guard let cheapestAsk = asks.first?.price, let dearestAsk = asks.last?.price else { return dearestBid }
    switch rule {
    case .crossing: return crossing(cheapestAsk: cheapestAsk, dearestAsk: dearestAsk)
    case .midMarket:
      if cheapestBid < dearestAsk { return crossing(cheapestAsk: cheapestAsk, dearestAsk: dearestAsk) }
      return dearestAsk + (cheapestBid - dearestAsk) * divider
    case .supplyDemandRatio:
      if cheapestBid < dearestAsk { return crossing(cheapestAsk: cheapestAsk, dearestAsk: dearestAsk) }
      let extra = (cheapestBid - dearestAsk) * compensation
      let ratio = asks.reduce(0) { $0 + $1.amount } / bids.reduce(0) { $0 + $1.amount }
      if ratio >= 1 { return dearestAsk + extra / ratio }
      let divisor = (cheapestBid - dearestAsk - extra) * ratio + dearestAsk + extra
      return divisor == 0 ? 0 : cheapestBid * (dearestAsk + extra) / divisor
    }
  }

  /// Price of the last ask that trades, but of the bid at the margin where every ask is used up and bids are left.
  private func crossing(cheapestAsk: Double, dearestAsk: Double) -> Double {
    let walk = walked(equal: false)
    guard walk.asks > 0 else { return cheapestAsk }
    let sold = asks.reduce(0) { $0 + $1.amount }
    let wanted = bids.reduce(0) { $0 + $1.amount }
    let last = asks[walk.asks - 1].price
    guard walk.allAsksUsed, wanted > sold + Self.dust * sold else { return last }
    var sum = 0.0
    for bid in bids {
      sum += bid.amount
      if sum > sold + Self.dust * sold { return bid.price > dearestAsk ? bid.price : last }
    }
    return last
  }

  /// Amounts that differ by less than this part are equal: sums of decimals.
  private static let dust = 1e-12

  private func walked(equal: Bool) -> (bids: Int, asks: Int, allAsksUsed: Bool) {
    var bid = 0
    var ask = 0
    var bidUsed = 0.0
    var askUsed = 0.0
    var count = (bids: 0, asks: 0)
    while bid < bids.count, ask < asks.count {
      guard asks[ask].price < bids[bid].price || (equal && asks[ask].price == bids[bid].price) else { break }
      let traded = min(bids[bid].amount - bidUsed, asks[ask].amount - askUsed)
      bidUsed += traded
      askUsed += traded
      count = (bid + 1, ask + 1)
      let bidFull = bids[bid].amount - bidUsed <= Self.dust * bids[bid].amount
      let askFull = asks[ask].amount - askUsed <= Self.dust * asks[ask].amount
      if bidFull {
        bid += 1
        bidUsed = 0
      }
      if askFull {
        ask += 1
        askUsed = 0
      }
    }
    return (count.bids, count.asks, ask == asks.count)
  }
}

import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension ProjectDecoder {
  /// What a market charges and pays, in both readings: in words for the bill, resolved to steps for the plan.
  func readTariff(
    _ input: MarketInput, fuel: Decoding.HeatingValue?, of market: inout Market, _ decoding: inout Decoding
  ) {
    var words = Tariff()
    if let node = input.buy, let price = decoding.within("buy", { $0.tariff(node, fuel: fuel) }) {
      words.buy = price.words
      market.buy = price.resolved
    }
    if let node = input.sell, let price = decoding.within("sell", { $0.tariff(node, fuel: fuel) }) {
      words.sell = price.words
      market.sell = price.resolved
    }
    if let node = input.demandCharge {
      let charges = decoding.within("demand_charge") { $0.demandCharges(node) }
      words.demandCharges = charges.map(\.words)
      market.demandCharges = charges.map(\.resolved)
    }
    if let node = input.demandCharge {
      let sells = input.sell != nil || input.netMetering != nil
      decoding.within("demand_charge") { $0.tellOfUnmeasured(node, buys: input.buy != nil, sells: sells) }
    }
    if let node = input.fixedCharge {
      words.fixedCharges = decoding.within("fixed_charge") { $0.fixedCharges(node) }
      for charge in words.fixedCharges {
        switch charge.per {
        case .month: market.fixedChargePerMonth += charge.amount
        case .day: market.fixedChargePerDay += charge.amount
        }
      }
    }
    words.minimumPerMonth = input.minimumCharge
    market.minimumPerMonth = input.minimumCharge
    if input.minimumCharge > 0, words.demandCharges.contains(where: { $0.terms.period == .year }) {
      decoding.within("minimum_charge") {
        $0.error(
          "A least bill of a month cannot count a demand charge that is paid once a year.",
          advice: "Take one of them out.", at: (input.demandCharge ?? input.buy)?.mark ?? Mark())
      }
    }
    if let node = input.netMetering,
      let net = decoding.within("net_metering", { $0.netMetering(node, buy: words.buy, sell: words.sell) })
    {
      words.netMetering = net
      market.netMetering = net
      // What is set off may be sold, whether or not a price stands there for it.
      if words.sell == nil {
        words.sell = EnergyPrice(.constant(0))
        market.sell = Market.Price(price: PathSeries(0))
      }
    }
    market.tariff = words
  }
}

extension Decoding {
  /// One fixed charge or a list of them.
  mutating func fixedCharges(_ node: Node) -> [Tariff.FixedCharge] {
    (node.items ?? [node]).compactMap { item in
      guard let amount = amount(item, [.moneyPerMonth, .moneyPerDay]) else { return nil }
      if amount.escalation != 0 { error("'\(key)' cannot grow over the years.", at: item.mark) }
      if amount.value < 0 { error("'\(key)' is below zero.", at: item.mark) }
      return Tariff.FixedCharge(amount.value, per: amount.measure == 0 ? .month : .day)
    }
  }
}

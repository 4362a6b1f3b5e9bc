import TulouFinance
import TulouProject
import TulouTechnologies

/// A payment between members.
struct InternalPayment {
  var carrier: String
  var member: String
  /// Over the horizon, at prices of year 1: paid positive [money].
  var horizonSum: Double
  var escalation: Double
}

extension Settlement {
  /// The outside prices that the internal price is made of, with their growth.
  private struct Outside {
    var buy: PathSeries?
    var sell: PathSeries?
  }

  private func outside(_ area: Area) -> Outside {
    var result = Outside()
    for market in reading.project.markets where !market.onlyAlone {
      guard let b = reading.busIndex[market.bus], area.buses.contains(b) else { continue }
      if let buy = market.buy?.price, result.buy.map({ mean(buy) < mean($0) }) ?? true { result.buy = buy }
      if let sell = market.sell?.price, result.sell.map({ mean(sell) > mean($0) }) ?? true { result.sell = sell }
    }
    return result
  }

  private func mean(_ path: PathSeries) -> Double {
    path.values.isEmpty ? 0 : path.values.reduce(0, +) / Double(path.values.count)
  }

  /// Parts of the internal price, each with its own growth: half of the buying and half of the selling price
  /// (midpoint), or a stated price. An area without outside prices exchanges at zero, and says so (`unpriced`).
  private func priceParts(_ area: Area) -> [PathSeries] {
    if let price = reading.project.sharing.internalPrice,
      reading.project.carriers[area.carrier].kind == .electricity
    {
      return [PathSeries(price)]
    }
    let prices = outside(area)
    switch (prices.buy, prices.sell) {
    case (let buy?, let sell?): return [scaled(buy, 0.5), scaled(sell, 0.5)]
    case (let buy?, nil): return [scaled(buy, 0.5)]  // surplus has no value outside
    case (nil, let sell?): return [sell]
    case (nil, nil): return []
    }
  }

  private func scaled(_ path: PathSeries, _ factor: Double) -> PathSeries {
    PathSeries(path.values.map { $0 * factor }, escalation: path.escalation)
  }

  /// Payments of every member and of the commons for what is exchanged inside; they sum to zero.
  func internalPayments() -> [InternalPayment] {
    guard ids.count > 1 else { return [] }
    var payments: [InternalPayment] = []
    for area in areas {
      let carrier = reading.project.carriers[area.carrier].id
      for price in priceParts(area) where !price.isZero {
        var sums = ids.map { _ in 0.0 }
        for t in area.exchanged.indices where area.exchanged[t] > 0 {
          let money = area.exchanged[t] * price[t] * reading.weight[t] * reading.dt
          for i in ids.indices {
            let n = area.net[i][t]
            sums[i] += n > 0 ? -money * n / area.supply[t] : money * -n / area.demand[t]
          }
        }
        for i in ids.indices where sums[i] != 0 {
          payments.append(
            InternalPayment(carrier: carrier, member: ids[i], horizonSum: sums[i], escalation: price.escalation))
        }
      }
    }
    return payments
  }

  /// Carriers that members exchange although there is no outside price to take the middle of.
  var unpriced: [String] {
    guard ids.count > 1 else { return [] }
    return areas.filter { priceParts($0).isEmpty && reading.sum($0.exchanged) > 1e-6 && hasTrade($0) }
      .map { reading.project.carriers[$0.carrier].id }
  }

  private func hasTrade(_ area: Area) -> Bool {
    ids.indices.filter { area.net[$0].contains { abs($0) > 1e-6 } }.count > 1
  }

  /// Energy that a member trades in a carrier, per year.
  func trade(member i: Int, carrier: Int) -> MemberTrade {
    var trade = MemberTrade(carrier: reading.project.carriers[carrier].id)
    for area in areas where area.carrier == carrier {
      for t in 0..<reading.steps {
        let n = area.net[i][t]
        let hours = reading.weight[t] * reading.dt / reading.years
        if n > 0 {
          let inside = area.exchanged[t] * n / area.supply[t]
          trade.soldInside += inside * hours
          trade.soldOutside += (n - inside) * hours
        } else if n < 0 {
          let inside = area.exchanged[t] * -n / area.demand[t]
          trade.boughtInside += inside * hours
          trade.boughtOutside += (-n - inside) * hours
        }
      }
    }
    return trade
  }
}

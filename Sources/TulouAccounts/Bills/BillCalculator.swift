package import TulouQuantities
package import TulouTechnologies

/// Computes bills from purchases and sales step by step, by the words of the tariff alone: without looking at what an
/// optimiser did, nor at what the plan's reader made of the tariff.
///
/// Tiers are filled in the order of time within each calendar month, over all bands or band by band as the tariff says. A
/// cut month has fixed charges, demand charges and tiers in proportion to its share (rules M4 and K12).
package struct BillCalculator: Sendable {
  /// Steps and weights.
  package let horizon: Horizon
  /// Its billing months.
  package let months: [BillingMonth]
  let clock: BillClock
  let weights: [Double]

  /// A calculator for a horizon; weekends and holidays are those of `calendar`.
  package init(horizon: Horizon, calendar: WorkCalendar = WorkCalendar()) {
    self.horizon = horizon
    months = billingMonths(of: horizon)
    clock = BillClock(horizon: horizon, calendar: calendar)
    weights = horizon.weights
  }

  /// The bill of purchases `bought` and sales `sold` [kW], one value a step, at prices of year 1.
  package func bill(market: String, tariff: Tariff, bought: [Double], sold: [Double]) -> Bill {
    precondition(bought.count == horizon.steps && sold.count == horizon.steps, "one value a step")
    var bill = Bill(market: market)
    bill.hourlyBuyPrice = [Double](repeating: 0, count: horizon.steps)
    bill.hourlySellPrice = bill.hourlyBuyPrice
    bill.months = months.map { BillMonth(month: $0.key, share: $0.share) }
    energies(tariff, bought: bought, sold: sold, into: &bill)
    if let net = tariff.netMetering {
      setOff(net, tariff, bought: bought, sold: sold, into: &bill)
    } else {
      hourByHour(tariff, bought: bought, sold: sold, into: &bill)
    }
    for charge in tariff.demandCharges { demand(charge, bought: bought, sold: sold, into: &bill) }
    for m in months.indices {
      for charge in tariff.fixedCharges {
        let days = charge.per == .day ? months[m].days : 1
        bill.months[m].fixedCharge += charge.amount * days * months[m].share
      }
      let month = bill.months[m]
      let before = month.energyCharge + month.demandCharge + month.fixedCharge
      // Without a least amount a month that earns stays below zero.
      let least = tariff.minimumPerMonth * months[m].share
      bill.months[m].minimumCharge = least > 0 ? max(0, least - before) : 0
    }
    for month in bill.months {
      bill.energyCharge += month.energyCharge
      bill.saleIncome += month.saleIncome
      bill.demandCharge += month.demandCharge
      bill.fixedCharge += month.fixedCharge
      bill.minimumCharge += month.minimumCharge
    }
    bill.total = bill.energyCharge + bill.demandCharge + bill.fixedCharge + bill.minimumCharge - bill.saleIncome
    return bill
  }

  /// Energies and highest purchase of each month.
  private func energies(_ tariff: Tariff, bought: [Double], sold: [Double], into bill: inout Bill) {
    for (m, month) in months.enumerated() {
      for t in month.steps {
        let hours = weights[t] * horizon.stepHours
        bill.months[m].bought += bought[t] * hours
        bill.months[m].sold += sold[t] * hours
        bill.months[m].peak = max(bill.months[m].peak, bought[t])
      }
    }
  }

  /// Each step paid by itself.
  private func hourByHour(_ tariff: Tariff, bought: [Double], sold: [Double], into bill: inout Bill) {
    let buy = tariff.buy.map { PriceByWords($0, clock: clock) }
    let sell = tariff.sell.map { PriceByWords($0, clock: clock) }
    for (m, month) in months.enumerated() {
      var row = bill.months[m]
      var sheet = RateSheet((buy?.rateNames ?? []) + (sell?.rateNames ?? []))
      if let buy {
        if !buy.names.isEmpty { row.boughtByBand = buy.names.map { ClassEnergy($0, 0) } }
        if buy.tierCount > 1 { row.boughtByTier = [Double](repeating: 0, count: buy.tierCount) }
        walk(month, buy, bought) { t, energy, parts in
          let band = buy.band(t)
          if !buy.names.isEmpty { row.boughtByBand[band].energy += energy }
          var cost = 0.0
          for part in parts {
            if buy.tierCount > 1 { row.boughtByTier[part.tier] += part.energy }
            sheet.buy(buy.name(band: band, tier: part.tier), part.energy, cost: part.cost)
            cost += part.cost
          }
          row.energyCharge += cost
          bill.hourlyBuyPrice[t] = cost / energy
        }
      }
      if let sell {
        walk(month, sell, sold) { t, energy, parts in
          var income = 0.0
          for part in parts {
            sheet.sell(sell.name(band: sell.band(t), tier: part.tier), part.energy, income: part.cost)
            income += part.cost
          }
          row.saleIncome += income
          bill.hourlySellPrice[t] = income / energy
        }
      }
      row.rates = sheet.rates
      bill.months[m] = row
    }
  }

  /// Fills the tiers of a month with a power, step by step; steps without energy are left out.
  private func walk(
    _ month: BillingMonth, _ price: PriceByWords, _ power: [Double],
    _ body: (_ step: Int, _ energy: Double, _ parts: [(tier: Int, energy: Double, cost: Double)]) -> Void
  ) {
    var filled = [Double](repeating: 0, count: price.count == .band ? price.bandCount : 1)
    for t in month.steps {
      let energy = power[t] * weights[t] * horizon.stepHours
      guard energy > 0 else { continue }
      let counter = price.count == .band ? price.band(t) : 0
      body(
        t, energy, PriceByWords.fill(price.tiers(at: t), from: filled[counter], energy: energy, share: month.share))
      filled[counter] += energy
    }
  }
}

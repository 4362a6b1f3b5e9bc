import TulouAccounts
import TulouDocument
import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// Purchase and sale at one bus, with carbon price and emission at purchase. What looks beyond the hour follows in
  /// `addTariffs`, when the greatest purchases are known.
  mutating func add(_ market: Market) {
    guard let row = row(market.bus, for: market.id) else { return }
    problem.recordedSums[market.id] = LinearForm()
    let isSetOff = market.netMetering != nil
    if let price = market.buy {
      let j = add(
        Flow(
          Label(market.id, .purchase, part: .whole, bus: market.bus), rows: [RowTerm(row, .one)],
          upper: market.buyLimit.map { [.fixed(.constant($0))] } ?? []),
        cash: carbonCost(of: market))
      if !isSetOff { pay(market.id, flow: j, profile(price.price.values), growing: price.price.escalation) }
      let factor = emissionFactor(of: market)
      if factor != .zero { emission.add(flow: j, factor) }
      if project.emissionFactor(of: market) == nil { withoutFactor.add(flow: j, .one) }
      if market.energyClass.isOutside, isEnergy(market.bus) { outside.add(flow: j, .one) }
      if let outages = market.outages { cutFlows.append((j, outages)) }
      purchases[market.id] = [j]
      offer(at: market.bus) { offers in
        offers.purchases.append(([j], market.buyLimit, market.outages))
      }
    }
    if let price = market.sell {
      let j = add(
        Flow(
          Label(market.id, .sale, bus: market.bus), rows: [RowTerm(row, .constant(-1))],
          upper: market.sellLimit.map { [.fixed(.constant($0))] } ?? []))
      if !isSetOff { pay(market.id, flow: j, profile(price.price.values) * -1, growing: price.price.escalation) }
      sales[market.id] = j
      if let outages = market.outages { cutFlows.append((j, outages)) }
    }
  }

  /// Everything that a market charges beyond the price of the hour.
  mutating func addTariffs() {
    for market in project.markets where !market.onlyAlone && problem.recordedSums[market.id] != nil {
      var layout = MarketLayout(id: market.id)
      minimumForms = market.minimumPerMonth > 0 ? calendarMonths().map { _ in LinearForm() } : []
      let bought = purchases[market.id]?.first, sold = sales[market.id]
      for (m, month) in calendarMonths().enumerated() {
        let amount = market.fixedChargePerMonth + market.fixedChargePerDay * month.days
        if amount != 0 { pay(market.id, amount * month.share * money.weightFactor, month: m) }
      }
      if let net = market.netMetering, let buy = market.buy, let bought, let sold {
        layout.balances = addNetMetering(net, buy, market.sell, id: market.id, bought: bought, sold: sold)
      } else {
        if let buy = market.buy, let bought {
          layout.tiers += addTiers(buy, of: bought, sign: 1, id: market.id)
          addToMinimum(buy, flow: bought)
        }
        if let sell = market.sell, let sold { layout.tiers += addTiers(sell, of: sold, sign: -1, id: market.id) }
      }
      for (number, charge) in market.demandCharges.enumerated() {
        let flows = (charge.terms.flow == .sale ? [] : [bought]) + (charge.terms.flow == .purchase ? [] : [sold])
        if let peak = addDemandCharge(
          charge, number: number, id: market.id, bus: market.bus, flows: flows.compactMap(\.self))
        {
          layout.peaks.append(peak)
        }
      }
      if market.minimumPerMonth > 0 { layout.minima = addMinimum(market.minimumPerMonth, id: market.id) }
      note(layout)
      layouts.append(layout)
    }
  }

  private mutating func note(_ layout: MarketLayout) {
    guard layout.hangsOnOrder else { return }
    notes.append(
      Diagnostic(
        .note,
        "The tiers of '\(layout.id)' differ from band to band, and each hour pays the tier that its month has reached. The plan is paid so; its bound lets the solver choose which hours fill which tier.",
        path: "markets.\(layout.id)"))
  }

  /// Energy of the hours in the sums that a least bill is measured against.
  private mutating func addToMinimum(_ price: Market.Price, flow: Int) {
    for m in minimumForms.indices {
      minimumForms[m].add(
        flow: flow, profile(price.price.values).combined(.series(calendarMonths()[m].mask(steps: steps)), *))
    }
  }

  /// A month comes to `least` at the least: what is missing is paid.
  private mutating func addMinimum(_ least: Double, id: String) -> [MinimumLayout] {
    calendarMonths().enumerated().map { m, month in
      let amount = least * month.share * money.weightFactor
      let k = problem.capacities.count
      problem.capacities.append(Capacity(Label(id, .auxiliary, part: .named("least bill \(month.key)")), upper: amount))
      var form = minimumForms[m]
      let constant = form.constant
      form.constant = 0
      form.add(capacity: k, 1)
      problem.yearlyRows.append(
        YearlyRow(Label(id, .limit, part: .named("least bill \(month.key)")), form, lower: amount - constant))
      pay(id, capacity: k, 1, growing: 0)
      return MinimumLayout(capacity: k, form: minimumForms[m], least: amount)
    }
  }

  /// Emission per kWh bought, mean over the years: the market's own, or that of the fuel it sells (rule M8).
  private func emissionFactor(of market: Market) -> Profile {
    guard let factor = project.emissionFactor(of: market), !factor.isZero else { return .zero }
    return profile(factor.values) * money.mean(factor.escalation)
  }

  /// Carbon price on a kWh bought, price and factor levelised as one series (model.md section 5).
  func carbonCost(of market: Market) -> Profile {
    let isFuel = carrierOfBus[market.bus]?.kind == .fuel
    guard isFuel ? project.economy.carbonPriceOnFuel : project.economy.carbonPriceOnGrid else { return .zero }
    guard let factor = project.emissionFactor(of: market), !factor.isZero else { return .zero }
    return profile(factor.values) * carbonPrice(escalating: factor.escalation)
  }
}

/// What contracts cost: cash at the level that it has over the years, and recorded at prices of year 1.
extension Draft {
  /// A price of a flow.
  mutating func pay(_ id: String, flow j: Int, _ price: Profile, growing escalation: Double) {
    cash.add(flow: j, price * money.level(escalation))
    problem.recordedSums[id, default: LinearForm()].add(flow: j, price)
  }

  /// A price of a size; in the month that it belongs to where a least bill counts it.
  mutating func pay(_ id: String, capacity k: Int, _ price: Double, growing escalation: Double, month m: Int? = nil) {
    cash.add(capacity: k, price * money.level(escalation))
    problem.recordedSums[id, default: LinearForm()].add(capacity: k, price)
    if let m, minimumForms.indices.contains(m) { minimumForms[m].add(capacity: k, price) }
  }

  /// An amount that does not depend on the plan.
  mutating func pay(_ id: String, _ amount: Double, month m: Int? = nil) {
    cash.constant += amount
    problem.recordedSums[id, default: LinearForm()].constant += amount
    if let m, minimumForms.indices.contains(m) { minimumForms[m].constant += amount }
  }
}

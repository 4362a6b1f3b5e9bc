import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// Purchase and sale at one bus, with carbon price and emission at purchase.
  mutating func add(_ market: Market) {
    guard let row = row(market.bus, for: market.id) else { return }
    if let tariff = market.buy { addPurchase(tariff, of: market, row: row) }
    if let tariff = market.sell {
      let j = add(
        Flow(
          Label(market.id, .sale, bus: market.bus), rows: [RowTerm(row, .constant(-1))],
          upper: market.sellLimit.map { [.fixed(.constant($0))] } ?? []),
        cash: money.level(tariff.price, steps: steps) * -1)
      sales[market.id] = j
      if let outages = market.outages { cutFlows.append((j, outages)) }
    }
    if market.fixedChargePerMonth != 0 {
      let months = calendarMonths().reduce(0) { $0 + $1.share }
      cash.constant += market.fixedChargePerMonth * months * money.weightFactor
    }
  }

  private mutating func addPurchase(_ tariff: Market.Tariff, of market: Market, row: Int) {
    let factor = emissionFactor(of: market)
    let carbon = carbonCost(of: market)
    let isOutside = market.energyClass.isOutside && isEnergy(market.bus)
    let growth = money.level(tariff.price.escalation)
    let tiers = tariff.tiers.isEmpty ? [nil] : tariff.tiers.map(Optional.init)
    var flows: [Int] = []
    for (index, tier) in tiers.enumerated() {
      let price = tier.map { Profile.constant($0.price) } ?? profile(tariff.price.values)
      let j = add(
        Flow(
          Label(market.id, .purchase, part: String(index), bus: market.bus), rows: [RowTerm(row, .one)],
          upper: market.buyLimit.map { [.fixed(.constant($0))] } ?? []),
        cash: price * growth + carbon)
      if factor != .zero { emission.add(flow: j, factor) }
      if isOutside { outside.add(flow: j, .one) }
      flows.append(j)
      if let outages = market.outages { cutFlows.append((j, outages)) }
    }
    purchases[market.id] = flows
    if flows.count > 1 {
      addTiers(tariff.tiers, of: market, flows: flows)
      if let limit = market.buyLimit { limitTogether(flows, of: market, limit: limit) }
    }
    for (index, charge) in market.demandCharges.enumerated() {
      addDemandCharge(charge, number: index, of: market, flows: flows)
    }
    offer(at: market.bus) { offers in
      offers.purchases.append((flows, market.buyLimit, market.outages))
    }
  }

  /// All tiers together pass one connection.
  private mutating func limitTogether(_ flows: [Int], of market: Market, limit: Double) {
    let r = problem.rows.count
    problem.rows.append(
      HourlyRow(
        label: Label(market.id, .limit, part: "buy", bus: market.bus), lower: .constant(-.infinity),
        upper: .constant(limit)))
    for j in flows { problem.flows[j].rowTerms.append(RowTerm(r, .one)) }
  }

  /// Emission per kWh bought, mean over the years: the market's own, or that of the fuel it sells (rule M8).
  private func emissionFactor(of market: Market) -> Profile {
    if !market.emission.isZero { return profile(market.emission.values) * money.mean(market.emission.escalation) }
    guard let carrier = carrierOfBus[market.bus], carrier.kind == .fuel, carrier.emission != 0 else { return .zero }
    return .constant(carrier.emission * money.mean(carrier.emissionEscalation))
  }

  /// Carbon price on a kWh bought, price and factor levelised as one series (model.md section 5).
  func carbonCost(of market: Market) -> Profile {
    let isFuel = carrierOfBus[market.bus]?.kind == .fuel
    guard isFuel ? project.economy.carbonPriceOnFuel : project.economy.carbonPriceOnGrid else { return .zero }
    if !market.emission.isZero {
      return profile(market.emission.values) * carbonPrice(escalating: market.emission.escalation)
    }
    guard isFuel, let carrier = carrierOfBus[market.bus], carrier.emission != 0 else { return .zero }
    return .constant(carbonPrice(escalating: carrier.emissionEscalation) * carrier.emission)
  }
}

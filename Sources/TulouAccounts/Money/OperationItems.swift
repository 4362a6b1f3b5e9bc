import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// What the hours of a plan cost per year, who pays it, and the bills behind it.
struct OperationItems {
  private(set) var items: [MoneyItem] = []
  private(set) var bills: [Bill] = []
  private let reading: Reading
  private let settlement: Settlement

  init(_ reading: Reading, _ settlement: Settlement) {
    self.reading = reading
    self.settlement = settlement
    for component in reading.project.components { addVariable(component) }
    for market in reading.project.markets where !market.onlyAlone { addMarket(market) }
    addCarbonOfSources()
    items += OperationItems.pollutantItems(reading, settlement)
    addInternal()
  }

  private mutating func add(
    _ id: String, _ member: String, _ kind: CostKind, _ horizonSum: Double, _ escalation: Double
  ) {
    items.append(
      MoneyItem(id, member, kind, .yearly(amount: horizonSum / reading.years, escalation: escalation)))
  }

  private mutating func addVariable(_ component: Component) {
    let member = reading.payer(component.member)
    switch component.block {
    case .source(let source):
      let output = reading.total(component.id, .production)
      add(
        component.id, member, .variable, reading.sum(output, times: source.costPerKWh), source.costPerKWh.escalation)
      if !source.pricePerKWh.isZero {
        let kind: CostKind = reading.carrier(source.bus)?.kind == .fuel ? .fuel : .variable
        add(component.id, member, kind, reading.sum(output, times: source.pricePerKWh), source.pricePerKWh.escalation)
      }
    case .converter(let converter):
      let money = reading.sum(reading.total(component.id, .conversion), times: converter.costPerKWh)
      add(component.id, member, .variable, money, converter.costPerKWh.escalation)
      if converter.runCost != 0 {
        add(component.id, member, .variable, reading.sum(reading.total(component.id, .online)) * converter.runCost, 0)
      }
      if converter.startCost != 0, converter.exactCommitment {
        add(component.id, member, .variable, started(component.id) * converter.startCost, 0)
      }
    case .storage(let storage):
      let money = reading.sum(reading.total(component.id, .discharge), times: storage.costPerKWh)
      add(component.id, member, .variable, money, storage.costPerKWh.escalation)
    case .link(let link):
      let variable =
        reading.sum(reading.total(component.id, .forward), times: link.costPerInput)
        + reading.sum(reading.total(component.id, .backward), times: link.costPerInput)
      add(component.id, member, .variable, variable, link.costPerInput.escalation)
      guard link.chargePerKWh != 0 else { return }
      let money =
        (reading.sum(reading.total(component.id, .forward)) + reading.sum(reading.total(component.id, .backward)))
        * link.chargePerKWh
      let payer = reading.payer(link.meterOf ?? component.member)
      if let receiver = settlement.networkChargeReceiver {
        add(component.id, payer, .internal, money, 0)
        add(component.id, receiver, .internal, -money, 0)
      } else {
        add(component.id, payer, .networkCharge, money, 0)
      }
    }
  }

  /// Capacity that came on line over the horizon; each block of steps begins as it ends.
  private func started(_ id: String) -> Double {
    let online = reading.total(id, .online)
    let starts = reading.plan.problem.blockStarts
    var sum = 0.0
    for (b, first) in starts.enumerated() {
      let end = b + 1 < starts.count ? starts[b + 1] : online.count
      for t in first..<end {
        let next = t + 1 < end ? t + 1 : first
        sum += reading.weight[t] * max(0, online[next] - online[t])
      }
    }
    return sum
  }

  private mutating func addMarket(_ market: Market) {
    let bought = reading.total(market.id, .purchase)
    let sold = reading.total(market.id, .sale)
    let tariff = market.words
    var bill = reading.billCalculator.bill(market: market.id, tariff: tariff, bought: bought, sold: sold)
    bill.believed = believed(market.id)
    bill.planned = turnover()
    bills.append(bill)
    let kind: CostKind = reading.carrier(market.bus)?.kind == .fuel ? .fuel : .purchase
    let energyMoney = zip(bought, bill.hourlyBuyPrice).map { $0 * $1 }
    let isPaid = reading.isMoney(energyMoney, of: bought, bill.hourlyBuyPrice)
    for (member, sum) in settlement.buyers(of: market, amounts: energyMoney) where isPaid {
      add(market.id, member, kind, sum, tariff.buy?.escalation ?? 0)
    }
    if let sell = tariff.sell {
      let income = zip(sold, bill.hourlySellPrice).map { $0 * $1 }
      let isPaid = reading.isMoney(income, of: sold, bill.hourlySellPrice)
      for (member, sum) in settlement.sellers(to: market, amounts: income) where isPaid {
        add(market.id, member, .sale, -sum, sell.escalation)
      }
    }
    for (r, charge) in tariff.demandCharges.enumerated() {
      for (member, sum) in demandCharge(market, r, bill) {
        add(market.id, member, .demandCharge, sum, charge.terms.escalation)
      }
    }
    let payer = settlement.payerOfFixedCharges(market)
    add(market.id, payer, .fixedCharge, bill.fixedCharge + bill.minimumCharge, 0)
    addCarbon(market, bought)
  }

  /// A demand charge by contribution at the peak of each month.
  private func demandCharge(_ market: Market, _ r: Int, _ bill: Bill) -> [(member: String, sum: Double)] {
    var sums: [String: Double] = [:]
    for month in bill.months where month.demandChargeByRate[r] != 0 {
      for (member, share) in settlement.buyShares(of: market, at: month.peakSteps[r]) {
        sums[member, default: 0] += month.demandChargeByRate[r] * share
      }
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The largest sum that the plan's goal adds up where that is money, over the horizon.
  private func turnover() -> Double {
    let problem = reading.plan.problem
    guard reading.project.objective == .netPresentCost else { return 0 }
    let solution = reading.plan.solution
    let sum = problem.value(
      of: problem.objective, flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
    return sum.largest * reading.years / problem.years
  }

  /// What the plan counts for a contract by its own reading, at prices of year 1.
  private func believed(_ id: String) -> Double? {
    let problem = reading.plan.problem
    guard let form = problem.recordedSums[id] else { return nil }
    let solution = reading.plan.solution
    let sum = problem.value(
      of: form, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).sum
    // Weights of a stage are money: bills are of its hours.
    return sum * reading.years / problem.years
  }

  private mutating func addCarbon(_ market: Market, _ bought: [Double]) {
    let economy = reading.project.economy
    guard !economy.carbonPrice.isZero, let origin = reading.origin(of: market, bought: bought) else { return }
    guard origin.kind == .grid ? economy.carbonPriceOnGrid : economy.carbonPriceOnFuel else { return }
    let emitted = bought.indices.map { bought[$0] * origin.factor[$0] }
    for (member, sum) in settlement.buyers(of: market, amounts: emitted) {
      addCarbon(market.id, member, emitted: sum, origin.factor.escalation)
    }
  }

  private mutating func addCarbonOfSources() {
    let economy = reading.project.economy
    guard !economy.carbonPrice.isZero, economy.carbonPriceOnFuel else { return }
    for component in reading.project.components {
      guard let origin = reading.origin(of: component) else { continue }
      let emitted = reading.sum(origin.series, times: origin.factor)
      addCarbon(component.id, reading.payer(component.member), emitted: emitted, origin.factor.escalation)
    }
  }

  /// The carbon price of each year on what is emitted over the horizon [kg].
  private mutating func addCarbon(_ id: String, _ member: String, emitted: Double, _ escalation: Double) {
    let price = reading.project.economy.carbonPrice
    items.append(
      MoneyItem(id, member, .carbon, .along(price, amount: emitted / reading.years, escalation: escalation)))
  }

  private mutating func addInternal() {
    for payment in settlement.internalPayments() {
      add(payment.carrier, payment.member, .internal, payment.horizonSum, payment.escalation)
    }
  }
}

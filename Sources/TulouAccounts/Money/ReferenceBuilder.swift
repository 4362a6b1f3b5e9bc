import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// What each member and the commons would pay and emit without the project.
///
/// Each buys its electricity on its `alone` market (or on the named one; the commons and members without one on the
/// cluster's market) and makes its heat in the stated boiler. Who owns plant already runs it at least cost, sells what is
/// left by the same contract, and bears its upkeep, replacement and rest value as it does in the cluster (rule M18).
struct ReferenceItems {
  /// Yearly items; `member` is who pays.
  private(set) var items: [MoneyItem] = []
  /// Fossil emission, mean over the years [kg/y].
  private(set) var emission = 0.0
  /// Other pollutants, mean over the years [kg/y].
  private(set) var pollutants: [Pollutant: Double] = [:]
  /// What serves it and of which nobody says what it emits.
  private(set) var withoutFactor: [String] = []
  /// Demands without a price, with why, by who wants them.
  private(set) var missing: [(member: String, text: String)] = []
  private let reading: Reading
  private let reference: Reference

  init(_ reading: Reading, _ reference: Reference, _ standalone: [Standalone]) {
    self.reading = reading
    self.reference = reference
    let owners = reading.project.ownersOfExistingPlant
    for member in reading.project.members.map(\.id) + [""] {
      guard owners.contains(member) else {
        add(member)
        continue
      }
      addVehicles(of: member)
      guard let own = standalone.first(where: { $0.member == member }), let plan = own.plan else {
        let why = standalone.first { $0.member == member }?.reason ?? "its own plant was not run"
        missing.append((member, (member.isEmpty ? "the commons" : member) + " alone: " + why))
        continue
      }
      add(member, own.project, plan)
    }
  }

  /// Someone with plant of its own, as it runs without the project.
  private mutating func add(_ member: String, _ project: Project, _ plan: Plan) {
    let own = AccountMaker(Reading(project: project, plan: plan))
    let accounts = own.accounts()
    emission += accounts.carbon.fossil
    withoutFactor += accounts.carbon.withoutFactor.filter { !withoutFactor.contains($0) }
    for pollutant in Pollutant.all { pollutants[pollutant, default: 0] += accounts.pollutants[pollutant] }
    for item in own.items {
      var item = item
      item.member = member
      items.append(item)
    }
  }

  private mutating func addVehicles(of member: String) {
    for demand in reading.project.demands where reading.payer(demand.member) == member {
      if let replaced = demand.replaces { addVehicles(demand.id, member, replaced) }
    }
  }

  private mutating func add(_ member: String) {
    addVehicles(of: member)
    var byCarrier: [String: [Double]] = [:]
    for demand in reading.project.demands where reading.payer(demand.member) == member {
      guard demand.replaces == nil, let carrier = reading.carrier(demand.bus) else { continue }
      var factor = 1.0
      if case .vehicles(let fleet) = demand.kind, fleet.chargeEfficiency > 0 { factor = 1 / fleet.chargeEfficiency }
      byCarrier[carrier.id, default: [Double](repeating: 0, count: reading.steps)].add(demand.power, times: factor)
    }
    for (id, series) in byCarrier.sorted(by: { $0.key < $1.key }) {
      guard let carrier = reading.project.carriers.first(where: { $0.id == id }) else { continue }
      if carrier.kind == .heat, let efficiency = reference.heatEfficiency, efficiency > 0 {
        addHeat(member, series.map { $0 / efficiency })
      } else if let market = reading.project.marketAlone(of: member, for: carrier) {
        addMarket(member, market, series)
      } else {
        missing.append((member, "no price for \(id)\(member.isEmpty ? "" : " of \(member)") in the reference"))
      }
    }
  }

  private mutating func add(_ id: String, _ member: String, _ kind: CostKind, _ sum: Double, _ escalation: Double) {
    items.append(MoneyItem(id, member, kind, .yearly(amount: sum / reading.years, escalation: escalation)))
  }

  private mutating func addMarket(_ member: String, _ market: Market, _ bought: [Double]) {
    let none = [Double](repeating: 0, count: reading.steps)
    let tariff = market.words
    let bill = reading.billCalculator.bill(market: market.id, tariff: tariff, bought: bought, sold: none)
    add(market.id, member, .purchase, bill.energyCharge, tariff.buy?.escalation ?? 0)
    for (charge, sum) in zip(tariff.demandCharges, bill.demandChargeByRate) {
      add(market.id, member, .demandCharge, sum, charge.terms.escalation)
    }
    add(market.id, member, .fixedCharge, bill.fixedCharge + bill.minimumCharge, 0)
    addTaxes(member, market, bought)
    guard let origin = reading.origin(of: market, bought: bought) else { return }
    if !origin.hasFactor, !withoutFactor.contains(market.id) { withoutFactor.append(market.id) }
    addCarbon(market.id, member, bought, origin.factor, grid: origin.kind == .grid)
    let ofFuel = origin.carrier.kind == .fuel ? origin.carrier.pollutants : [:]
    addPollutants(market.id, member, bought, market.pollutants.merging(ofFuel.mapValues { PathSeries($0) }) { $1 })
  }

  private mutating func addHeat(_ member: String, _ fuel: [Double]) {
    add("reference-heat", member, .fuel, reading.sum(fuel) * (reference.heatFuelPrice ?? 0), 0)
    if reference.heatEmission == nil, reference.heatClass.isOutside, !withoutFactor.contains("reference-heat") {
      withoutFactor.append("reference-heat")
    }
    addCarbon("reference-heat", member, fuel, PathSeries(reference.heatEmission ?? 0), grid: false)
    addPollutants("reference-heat", member, fuel, reference.heatPollutants.mapValues { PathSeries($0) })
  }

  private mutating func addPollutants(
    _ id: String, _ member: String, _ series: [Double], _ factors: [Pollutant: PathSeries]
  ) {
    let economy = reading.project.economy
    for pollutant in Pollutant.all {
      guard let factor = factors[pollutant], !factor.isZero else { continue }
      let emitted = reading.sum(series, times: factor) / reading.years
      pollutants[pollutant, default: 0] +=
        emitted * meanGrowth(escalation: factor.escalation, years: economy.lifetime)
      guard let price = economy.pollutantPrices[pollutant], !price.isZero else { continue }
      items.append(
        MoneyItem(id, member, .pollutants, .along(price, amount: emitted, escalation: factor.escalation)))
    }
  }

  /// Taxes on what is bought, which are there without the project too.
  private mutating func addTaxes(_ member: String, _ market: Market, _ bought: [Double]) {
    for policy in reading.project.policies where policy.kind == .tax {
      let money = reading.sum(bought.indices.map { bought[$0] * policy.purchaseTax(of: market, at: $0) })
      guard money != 0 else { continue }
      let escalation = policy.isShareOfMoney ? market.buy?.price.escalation ?? 0 : 0
      items.append(
        MoneyItem(
          policy.id, member, .policy,
          .along(policy.active, amount: money / reading.years, escalation: escalation)))
    }
  }

  /// Vehicles that would burn their old fuel.
  private mutating func addVehicles(_ id: String, _ member: String, _ replaced: Demand.ReplacedFuel) {
    if let price = replaced.price {
      items.append(
        MoneyItem(
          id, member, .fuel, .yearly(amount: replaced.distance * replaced.fuel * price, escalation: 0)))
    } else {
      missing.append((member, "no price for the fuel that '\(id)' replaces in the reference"))
    }
    emission += replaced.avoided
    let economy = reading.project.economy
    guard economy.carbonPriceOnFuel, !economy.carbonPrice.isZero else { return }
    items.append(
      MoneyItem(id, member, .carbon, .along(economy.carbonPrice, amount: replaced.avoided, escalation: 0)))
  }

  private mutating func addCarbon(_ id: String, _ member: String, _ series: [Double], _ factor: PathSeries, grid: Bool)
  {
    let economy = reading.project.economy
    emission +=
      reading.sum(series, times: factor) / reading.years
      * meanGrowth(escalation: factor.escalation, years: economy.lifetime)
    for policy in reading.project.policies where policy.kind == .carbonPrice && policy.isFor(id) {
      let emitted = reading.sum(series, times: factor) / reading.years
      items.append(
        MoneyItem(
          policy.id, member, .policy,
          .along(policy.active, amount: emitted * policy.rate, escalation: factor.escalation)))
    }
    guard grid ? economy.carbonPriceOnGrid : economy.carbonPriceOnFuel, !economy.carbonPrice.isZero else { return }
    let emitted = reading.sum(series, times: factor) / reading.years
    items.append(
      MoneyItem(
        id, member, .carbon, .along(economy.carbonPrice, amount: emitted, escalation: factor.escalation)))
  }
}

extension ReferenceAccount {
  /// The comparison of a plan's cash flow with its reference.
  init(_ reference: ReferenceItems, economy: Economy, cashFlow: [CashFlowRow]) {
    self.init()
    let payments = yearlyPayments(rate: economy.realDiscountRate, years: economy.lifetime)
    let table = CashFlowTable(reference.items, economy: economy, payments: payments)
    missing = reference.missing.map(\.text)
    emission = reference.emission
    withoutFactor = reference.withoutFactor
    pollutants = reference.pollutants
    annualCost = table.lines.reduce(0) { $0 + $1.annual }
    netPresentCost = table.lines.reduce(0) { $0 + $1.present }
    let years = payments.last?.year ?? 0
    savings = [Double](repeating: 0, count: years + 1)
    for row in table.rows { savings[min(row.year, years)] += row.amount }
    for row in cashFlow { savings[min(row.year, years)] -= row.amount }
    guard missing.isEmpty else { return }
    let flows =
      table.rows.map { TimedAmount(time: $0.time, amount: $0.amount) }
      + cashFlow.map { TimedAmount(time: $0.time, amount: -$0.amount) }
    let merged = InvestmentComparison.merged(flows)
    internalRate = internalRateOfReturn(merged)
    let capital = cashFlow.reduce(0) { $1.kind == .capital ? $0 + $1.amount : $0 }
    // Where nothing is invested, nothing is paid back.
    guard capital > 0 else { return }
    returnOnInvestment = savings.reduce(0, +) / economy.lifetime / capital
    paybackSimple = payback(merged)
    paybackDiscounted = payback(
      merged.map {
        TimedAmount(time: $0.time, amount: $0.amount * presentWorth(rate: economy.realDiscountRate, time: $0.time))
      })
  }
}

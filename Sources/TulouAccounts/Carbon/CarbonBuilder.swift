import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// Lower heating value of methane [kWh/kg]: 50.0 MJ/kg.
/// - Source: ISO 6976:2016, table 3 (superior and inferior calorific values).
private let methaneHeatingValue = 13.9

extension CarbonAccount {
  /// The account of a plan: every emission once, where it enters.
  init(_ reading: Reading, balance: BalanceBuilder, costs: [CostLine], reference: ReferenceAccount?) {
    self.init()
    for market in reading.project.markets where !market.onlyAlone { add(market, reading) }
    for component in reading.project.components {
      guard let origin = reading.origin(of: component) else { continue }
      let isFuel = origin.carrier.kind == .fuel
      if isFuel || !origin.factor.isZero { add(origin, reading) }
    }
    for component in reading.project.components { addLifeCycle(component, reading) }
    for demand in reading.project.demands { addDisplaced(demand, reading) }
    for line in lines {
      switch line.scope {
      case 1: scope1 += line.amount
      case 2: scope2 += line.amount
      default: break
      }
    }
    fossil = scope1 + scope2
    // A reference that lacks a demand would say too little.
    businessAsUsual = reference.flatMap { $0.missing.isEmpty ? $0.emission : nil }
    withoutFactor = lines.filter { !$0.hasFactor }.map(\.id)
    usualWithoutFactor = reference?.withoutFactor ?? []
    fleet = balance.fleet(lines: lines)
    fleet.displaced = displaced
    cost = costs.reduce(0) { $1.kind == .carbon ? $0 + $1.annual : $0 }
  }

  /// What is bought, with what it is at the margin and what sale may be credited.
  private mutating func add(_ market: Market, _ reading: Reading) {
    let years = reading.project.economy.lifetime
    guard let origin = reading.origin(of: market, bought: reading.total(market.id, .purchase)) else { return }
    add(origin, reading)
    let sold = reading.total(market.id, .sale)
    let credit = reading.sum(sold, times: origin.factor) / reading.years
    if let factor = market.marginalEmission {
      let bought = reading.sum(reading.total(market.id, .purchase), times: factor) / reading.years
      marginal = (marginal ?? 0) + bought * meanGrowth(escalation: factor.escalation, years: years)
      let mean = reading.sum(origin.series, times: origin.factor) / reading.years
      marginalAtMean += mean * meanGrowth(escalation: origin.factor.escalation, years: years)
    }
    guard market.countsExportCredit, origin.carrier.kind == .electricity, credit != 0 else { return }
    let mean = credit * meanGrowth(escalation: origin.factor.escalation, years: years)
    exportCredit += mean
    lines.append(
      CarbonLine(
        id: market.id, kind: .exportCredit, carrier: origin.carrier.id, scope: 0, energy: reading.perYear(sold),
        firstYear: -credit, amount: -mean))
  }

  /// What enters at one place.
  private mutating func add(_ origin: Origin, _ reading: Reading) {
    let energy = reading.perYear(origin.series)
    let first = reading.sum(origin.series, times: origin.factor) / reading.years
    if first != 0 || energy > 1e-9 {
      let growth = meanGrowth(escalation: origin.factor.escalation, years: reading.project.economy.lifetime)
      lines.append(
        CarbonLine(
          id: origin.id, kind: origin.kind, carrier: origin.carrier.id, scope: origin.scope, energy: energy,
          firstYear: first, amount: first * growth, hasFactor: origin.hasFactor || energy <= 1e-6))
    }
    if origin.carrier.kind == .fuel { addApart(origin, energy) }
  }

  /// What a fuel emits beside fossil CO2: in no total.
  private mutating func addApart(_ origin: Origin, _ energy: Double) {
    func line(_ kind: CarbonLine.Kind, _ amount: Double) -> CarbonLine {
      CarbonLine(
        id: origin.id, kind: kind, carrier: origin.carrier.id, scope: 0, energy: energy, firstYear: amount,
        amount: amount)
    }
    let carrier = origin.carrier
    if carrier.biogenicEmission != 0 {
      let amount = energy * carrier.biogenicEmission
      lines.append(line(.biogenic, amount))
      biogenic += amount
    }
    if carrier.methaneSlip != 0 {
      let amount = energy * carrier.methaneSlip / methaneHeatingValue
      lines.append(line(.methane, amount))
      methane += amount
    }
  }

  /// Fuel that the vehicles of a demand burnt before: outside the cluster's own account, so in no total.
  private mutating func addDisplaced(_ demand: Demand, _ reading: Reading) {
    guard let replaced = demand.replaces, replaced.avoided != 0 else { return }
    lines.append(
      CarbonLine(
        id: demand.id, kind: .vehicleFuel, carrier: reading.carrier(demand.bus)?.id ?? "", scope: 0,
        energy: reading.perYear(demand.power), firstYear: -replaced.avoided, amount: -replaced.avoided))
    displaced += replaced.avoided
  }

  /// Making, building, keeping and scrapping of what is built new and of what replaces it within the lifetime, spread over the years.
  ///
  /// - Source: attributional life-cycle account, ISO 14067:2018; plant that stands was counted when it was built.
  private mutating func addLifeCycle(_ component: Component, _ reading: Reading) {
    let years = reading.project.economy.lifetime
    var phases = LifeCyclePhases(id: component.id)
    for size in component.sizes where !size.embodied.isZero && size.sharedWith == nil {
      let sizing = reading.sizing(component, size)
      let life = size.cost.life ?? years
      let firstYear = reading.project.firstYear
      let again = Double(Replacement(life: life, years: years).times.count)
      let againOfOld = Double(
        Replacement(life: life, years: years, age: age(of: size, firstYear: firstYear)).times.count)
      let each = size.embodied
      // A replacement is made and built in anew; what it replaces is scrapped.
      let replaced = sizing.new * again + sizing.kept * againOfOld
      phases.component += each.component * sizing.new / years
      phases.installation += each.installation * sizing.new / years
      phases.replacement += (each.component + each.installation) * replaced / years
      phases.maintenance += each.maintenance * sizing.total
      phases.recycling += each.recycling * (sizing.new + replaced) / years
    }
    guard phases.total != 0 else { return }
    self.phases.append(phases)
    lines.append(
      CarbonLine(
        id: component.id, kind: .lifeCycle, carrier: "", scope: 0, energy: 0, firstYear: phases.total,
        amount: phases.total))
    lifeCycle += phases.total
  }
}

import TulouProblem
import TulouTechnologies

extension Accounts {
  /// Takes dust out of every energy, mass and share, before anything is read from the accounts (`Dust`).
  ///
  /// A sum is measured by the largest of its kind in the same account: in the balance of a carrier, among all sources, all bills,
  /// all lines of emission, of a machine, of a member. What a carrier or a member has by itself is never measured by another's.
  /// Money is left as it is but in bills, where a charge would stand beside a purchase of zero, and in what is paid for energy
  /// (`isMoney`); of payments and of what members pay in all only what rounding leaves is taken out, for they have to add up.
  mutating func removeDust() {
    for c in balance.carriers.indices { balance.carriers[c].removeDust() }
    balance.all.removeDust()
    let source = sources.reduce(0) { max($0, abs($1.yearly), abs($1.curtailed)) }
    for i in sources.indices { sources[i].removeDust(source) }
    for i in machines.indices { machines[i].removeDust() }
    for i in storages.indices { storages[i].removeDust() }
    let bill = BillScale(bills)
    for i in bills.indices { bills[i].removeDust(bill) }
    for i in members.indices { members[i].removeDust() }
    exergy.removeDust()
    reliability.removeDust()
    carbon.removeDust()
    pollutants.removeDust()
  }
}

extension Reading {
  /// Whether what energy comes to is more than dust beside what it would come to at the dearest price: of a purchase that waits for hours
  /// in which it costs nothing a solver leaves some in others.
  func isMoney(_ amounts: [Double], of energy: [Double], _ prices: [Double]) -> Bool {
    let dearest = prices.reduce(0) { max($0, abs($1)) }
    return Dust.cleaned(sum(amounts.map(abs)), scale: dearest * sum(energy)) != 0
  }
}

/// Cleans numbers of one value by one scale.
private func clean<Root>(_ root: inout Root, _ paths: [WritableKeyPath<Root, Double>], scale: Double) {
  for path in paths { root[keyPath: path] = Dust.cleaned(root[keyPath: path], scale: scale) }
}

private func largest<Root>(of root: Root, _ paths: [WritableKeyPath<Root, Double>], and others: [Double] = []) -> Double
{
  (paths.map { root[keyPath: $0] } + others).reduce(0) { max($0, abs($1)) }
}

extension BalanceView {
  fileprivate mutating func removeDust() {
    let scale = yearly.scale
    yearly.removeDust(scale)
    for m in monthly.indices { monthly[m].removeDust(scale) }
  }
}

extension BalanceSums {
  private static var energies: [WritableKeyPath<BalanceSums, Double>] {
    [\.curtailed, \.discharged, \.charged, \.served, \.sold, \.losses, \.converted, \.unserved]
  }

  fileprivate var scale: Double { largest(of: self, Self.energies, and: entries.map(\.energy)) }

  fileprivate mutating func removeDust(_ scale: Double) {
    clean(&self, Self.energies, scale: scale)
    for e in entries.indices { clean(&entries[e], [\.energy], scale: scale) }
    for e in servedByKind.indices { clean(&servedByKind[e], [\.energy], scale: scale) }
    clean(&self, [\.autonomy, \.autonomyWithoutLosses], scale: 1)
  }
}

extension SourceEnergy {
  fileprivate mutating func removeDust(_ scale: Double) {
    clean(&self, [\.yearly, \.curtailed], scale: scale)
    monthly = monthly.map { Dust.cleaned($0, scale: scale) }
  }
}

extension MachineStatistics {
  fileprivate mutating func removeDust() {
    let scale = largest(of: self, [\.energy, \.losses, \.fuel])
    clean(&self, [\.energy, \.losses, \.fuel], scale: scale)
    clean(&self, [\.greatest], scale: capacity)
    capacityFactor = capacityFactor.map { Dust.cleaned($0, scale: 1) }
    if energy == 0 {
      fullLoadHours = fullLoadHours.map { _ in 0 }
      levelisedCost = nil
    }
  }
}

extension StorageStatistics {
  fileprivate mutating func removeDust() {
    clean(&self, [\.charged, \.discharged, \.losses], scale: max(charged, discharged, energy))
    clean(&self, [\.meanContent, \.cycles], scale: 1)
    if cycles == 0 { cycleLifeYears = nil }
  }
}

/// The largest energy, power and charge of all bills [kWh, kW, money].
private struct BillScale {
  var energy = 0.0, power = 0.0, money = 0.0

  init(_ bills: [Bill]) {
    for bill in bills {
      for month in bill.months {
        energy = max(energy, month.bought, month.sold)
        power = max(power, month.peak, month.billedPeaks.max() ?? 0)
      }
      money = max(money, largest(of: bill, Bill.charges), abs(bill.believed ?? 0))
      func dearest(_ prices: [Double]) -> Double { prices.reduce(0) { max($0, abs($1)) } }
      money = max(
        money, dearest(bill.hourlyBuyPrice) * bill.months.reduce(0) { $0 + $1.bought },
        dearest(bill.hourlySellPrice) * bill.months.reduce(0) { $0 + $1.sold })
    }
  }
}

extension Bill {
  fileprivate static var charges: [WritableKeyPath<Bill, Double>] {
    [\.energyCharge, \.saleIncome, \.demandCharge, \.fixedCharge, \.minimumCharge, \.total]
  }

  fileprivate mutating func removeDust(_ scale: BillScale) {
    clean(&self, Self.charges, scale: scale.money)
    believed = believed.map { Dust.cleaned($0, scale: scale.money) }
    for m in months.indices {
      clean(&months[m], [\.bought, \.sold], scale: scale.energy)
      clean(&months[m], [\.peak], scale: scale.power)
      clean(
        &months[m], [\.energyCharge, \.saleIncome, \.demandCharge, \.fixedCharge, \.minimumCharge],
        scale: scale.money)
      months[m].billedPeaks = months[m].billedPeaks.map { Dust.cleaned($0, scale: scale.power) }
      months[m].boughtByTier = months[m].boughtByTier.map { Dust.cleaned($0, scale: scale.energy) }
      for b in months[m].boughtByBand.indices { clean(&months[m].boughtByBand[b], [\.energy], scale: scale.energy) }
      for r in months[m].rates.indices {
        clean(&months[m].rates[r], [\.bought, \.sold], scale: scale.energy)
        clean(&months[m].rates[r], [\.energyCharge, \.saleIncome], scale: scale.money)
      }
    }
  }
}

extension MemberAccount {
  fileprivate mutating func removeDust() {
    let paths: [WritableKeyPath<MemberTrade, Double>] = [\.boughtInside, \.soldInside, \.boughtOutside, \.soldOutside]
    let scale = trade.reduce((served + produced).reduce(0) { max($0, abs($1.energy)) }) {
      max($0, largest(of: $1, paths))
    }
    for t in trade.indices { clean(&trade[t], paths, scale: scale) }
    for s in served.indices { clean(&served[s], [\.energy], scale: scale) }
    for p in produced.indices { clean(&produced[p], [\.energy], scale: scale) }
    let money = costs.reduce(max(abs(commonsCost), abs(costAlone ?? 0))) { max($0, abs($1.annual)) }
    for path: WritableKeyPath<MemberAccount, Double> in [\.ownCost, \.commonsCost, \.costInCluster] {
      self[keyPath: path] = Dust.unrounded(self[keyPath: path], scale: money)
    }
    benefit = benefit.map { Dust.unrounded($0, scale: money) }
  }
}

extension ExergyAccount {
  fileprivate mutating func removeDust() {
    let scale = largest(of: self, [\.entered, \.used, \.sold, \.destroyed])
    clean(&self, [\.entered, \.used, \.sold, \.destroyed, \.stored], scale: scale)
    for l in lines.indices {
      clean(&lines[l], [\.taken, \.given, \.stored], scale: max(abs(lines[l].taken), abs(lines[l].given)))
      let hourly = lines[l].hourlyScale
      for path: WritableKeyPath<ExergyLine, [Double]> in [\.hourlyTaken, \.hourlyGiven, \.hourlyStored] {
        lines[l][keyPath: path] = lines[l][keyPath: path].map { Dust.cleaned($0, scale: hourly) }
      }
    }
  }
}

extension ReliabilityAccount {
  fileprivate mutating func removeDust() {
    for t in tiers.indices { clean(&tiers[t], [\.unserved], scale: tiers[t].wanted) }
    clean(&self, [\.lossOfPowerSupplyEnergy, \.capacityShortage], scale: 1)
    if lossOfPowerSupplyEnergy == 0 { unserved = 0 }
  }
}

extension CarbonAccount {
  fileprivate mutating func removeDust() {
    let paths: [WritableKeyPath<CarbonAccount, Double>] = [
      \.fossil, \.scope1, \.scope2, \.biogenic, \.methane, \.exportCredit, \.lifeCycle, \.displaced,
    ]
    let scale = largest(of: self, paths, and: lines.map(\.amount) + [businessAsUsual ?? 0])
    clean(&self, paths, scale: scale)
    marginal = marginal.map { Dust.cleaned($0, scale: scale) }
    let energy = lines.reduce(0) { max($0, abs($1.energy)) }
    for l in lines.indices {
      clean(&lines[l], [\.amount, \.firstYear], scale: scale)
      clean(&lines[l], [\.energy], scale: energy)
    }
  }
}

extension PollutantAccount {
  fileprivate mutating func removeDust() {
    var scale: [Pollutant: Double] = totals.mapValues(abs)
    for line in lines {
      for (pollutant, amount) in line.amounts { scale[pollutant] = max(scale[pollutant] ?? 0, abs(amount)) }
    }
    for (pollutant, amount) in totals { totals[pollutant] = Dust.cleaned(amount, scale: scale[pollutant] ?? 0) }
    for l in lines.indices {
      for (pollutant, amount) in lines[l].amounts {
        lines[l].amounts[pollutant] = Dust.cleaned(amount, scale: scale[pollutant] ?? 0)
      }
    }
  }
}

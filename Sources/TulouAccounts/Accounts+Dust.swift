import TulouProblem
import TulouTechnologies

extension Accounts {
  /// Takes dust out of every energy, mass and share, before anything is read from the accounts (`Dust`).
  ///
  /// A sum is measured by the largest of its kind in the same balance, machine, bill or member; what a carrier or a member has
  /// by itself is never measured by another's. Money is left as it is: what stands in no flow costs nothing.
  mutating func removeDust() {
    for c in balance.carriers.indices { balance.carriers[c].removeDust() }
    balance.all.removeDust()
    for i in sources.indices { sources[i].removeDust() }
    for i in machines.indices { machines[i].removeDust() }
    for i in storages.indices { storages[i].removeDust() }
    for i in bills.indices { bills[i].removeDust() }
    for i in members.indices { members[i].removeDust() }
    reliability.removeDust()
    carbon.removeDust()
    pollutants.removeDust()
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
    yearly.removeDust()
    for m in monthly.indices { monthly[m].removeDust() }
  }
}

extension BalanceSums {
  private static var energies: [WritableKeyPath<BalanceSums, Double>] {
    [\.curtailed, \.discharged, \.charged, \.served, \.sold, \.losses, \.converted, \.unserved]
  }

  fileprivate mutating func removeDust() {
    let scale = largest(of: self, Self.energies, and: entries.map(\.energy))
    clean(&self, Self.energies, scale: scale)
    for e in entries.indices { clean(&entries[e], [\.energy], scale: scale) }
    for e in servedByKind.indices { clean(&servedByKind[e], [\.energy], scale: scale) }
    clean(&self, [\.autonomy, \.autonomyWithoutLosses], scale: 1)
  }
}

extension SourceEnergy {
  fileprivate mutating func removeDust() {
    let scale = max(abs(yearly), abs(curtailed))
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

extension Bill {
  fileprivate mutating func removeDust() {
    let energy = months.reduce(0) { max($0, $1.bought, $1.sold) }
    let power = months.reduce(0) { max($0, $1.peak, $1.billedPeaks.max() ?? 0) }
    for m in months.indices {
      clean(&months[m], [\.bought, \.sold], scale: energy)
      clean(&months[m], [\.peak], scale: power)
      months[m].billedPeaks = months[m].billedPeaks.map { Dust.cleaned($0, scale: power) }
      months[m].boughtByTier = months[m].boughtByTier.map { Dust.cleaned($0, scale: energy) }
      for b in months[m].boughtByBand.indices { clean(&months[m].boughtByBand[b], [\.energy], scale: energy) }
      for r in months[m].rates.indices { clean(&months[m].rates[r], [\.bought, \.sold], scale: energy) }
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
    for l in lines.indices { clean(&lines[l], [\.amount, \.firstYear], scale: scale) }
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

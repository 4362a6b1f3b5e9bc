import TulouProblem
import TulouProject
import TulouTechnologies

extension Reading {
  /// What a source could have given and did not [kW]: only sources whose availability is a share of their capacity;
  /// natural flow that passes by and stock that is left are no curtailment (rule M5), nor is what must be taken.
  func curtailed(_ j: Int, _ source: SourceBlock) -> [Double] {
    let zero = [Double](repeating: 0, count: steps)
    guard case .share = source.supply, !source.mustTake else { return zero }
    let x = plan.solution.flows[j]
    let bounds = plan.problem.flows[j].upper.filter { $0.capacity != nil }
    guard !bounds.isEmpty else { return zero }
    let sizes = plan.solution.capacities
    return x.indices.map { t in
      let available = bounds.reduce(Double.infinity) { min($0, $1.value(at: t, capacities: sizes)) }
      return max(0, available - x[t])
    }
  }
}

extension BalanceBuilder {
  /// The finished balance.
  func balance() -> ClusterBalance {
    var balance = ClusterBalance()
    for (c, view) in views.enumerated() where reading.isEnergy[c] {
      balance.carriers.append(finished(view, carrier: c))
    }
    balance.all = finished(all, carrier: nil)
    for view in balance.carriers + [balance.all] {
      for t in 0..<reading.steps { balance.residual = max(balance.residual, abs(residual(view, t))) }
    }
    return balance
  }

  /// The balance of the year alone: no hours, no months, no residual.
  func balanceOfYear() -> ClusterBalance {
    var balance = ClusterBalance()
    for (c, view) in views.enumerated() where reading.isEnergy[c] {
      balance.carriers.append(ofYear(view, carrier: c))
    }
    balance.all = ofYear(all, carrier: nil)
    return balance
  }

  private func ofYear(_ unfinished: BalanceView, carrier: Int?) -> BalanceView {
    var view = unfinished
    let terms = [
      view.hourlyCurtailed, view.hourlyDischarged, view.hourlyCharged, view.hourlyServed, view.hourlySold,
      view.hourlyLosses, view.hourlyConverted, carrier.map { unserved[$0] } ?? sumOfUnserved,
    ].map(reading.sum)
    view.yearly = sums(
      "year", view.hourlyEntries.map(reading.sum), terms,
      served(kinds: carrier).map { ($0.kind, reading.sum($0.series)) }, 1 / reading.years)
    return view
  }

  private func residual(_ view: BalanceView, _ t: Int) -> Double {
    var sum =
      view.hourlyConverted[t] + view.hourlyDischarged[t] - view.hourlyCharged[t] - view.hourlyServed[t]
      - view.hourlySold[t] - view.hourlyLosses[t]
    for k in classes.indices { sum += view.hourlyEntries[k][t] }
    return sum
  }

  private func finished(_ unfinished: BalanceView, carrier: Int?) -> BalanceView {
    var view = unfinished
    let outside = classes.indices.filter { classes[$0].isOutside }
    view.hourlyAutonomy = (0..<reading.steps).map { t in
      let from = outside.reduce(0) { $0 + view.hourlyEntries[$1][t] }
      // What a carrier gives to others is use of it, as sale is.
      let whole =
        view.hourlyServed[t] + view.hourlyCharged[t] + view.hourlySold[t] + view.hourlyLosses[t]
        - min(0, view.hourlyConverted[t])
      return whole > 1e-9 ? 1 - from / whole : 1
    }
    let kinds = served(kinds: carrier)
    let short = carrier.map { unserved[$0] }
    let entries = view.hourlyEntries.map { reading.byMonth($0) }
    let terms = [
      view.hourlyCurtailed, view.hourlyDischarged, view.hourlyCharged, view.hourlyServed, view.hourlySold,
      view.hourlyLosses, view.hourlyConverted, short ?? sumOfUnserved,
    ].map { reading.byMonth($0) }
    let byKind = kinds.map { ($0.kind, reading.byMonth($0.series)) }
    view.monthly = reading.months.indices.map { m in
      sums(reading.months[m].key, entries.map { $0[m] }, terms.map { $0[m] }, byKind.map { ($0.0, $0.1[m]) }, 1)
    }
    func total(_ values: [Double]) -> Double { values.reduce(0, +) }
    view.yearly = sums(
      "year", entries.map(total), terms.map(total), byKind.map { ($0.0, total($0.1)) }, 1 / reading.years)
    return view
  }

  private var sumOfUnserved: [Double] {
    var sum = [Double](repeating: 0, count: reading.steps)
    for (c, series) in unserved.enumerated() where reading.isEnergy[c] { sum.add(series) }
    return sum
  }

  private func sums(
    _ period: String, _ entries: [Double], _ terms: [Double], _ kinds: [(String, Double)], _ factor: Double
  ) -> BalanceSums {
    var sums = BalanceSums(period: period)
    sums.entries = zip(classes, entries).map { EnteredEnergy($0, $1 * factor) }
    sums.curtailed = terms[0] * factor
    sums.discharged = terms[1] * factor
    sums.charged = terms[2] * factor
    sums.served = terms[3] * factor
    sums.sold = terms[4] * factor
    sums.losses = terms[5] * factor
    sums.converted = terms[6] * factor
    sums.unserved = terms[7] * factor
    sums.servedByKind = kinds.map { ClassEnergy($0.0, $0.1 * factor) }
    let entered = sums.entries.reduce(0) { $0 + $1.energy }
    sums.residual =
      entered + sums.converted + sums.discharged - sums.charged - sums.served - sums.sold - sums.losses
    let outside = sums.entry(.outside)
    let whole = sums.served + sums.charged + sums.sold + sums.losses - min(0, sums.converted)
    sums.autonomy = whole > 1e-9 ? 1 - outside / whole : 1
    sums.autonomyWithoutLosses = sums.served > 1e-9 ? 1 - outside / sums.served : 1
    return sums
  }
}

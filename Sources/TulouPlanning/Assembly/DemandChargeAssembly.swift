import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `M_m >= i_t` in month m, at least the minimum, at least `ratchet` times the highest month; paid by the month, in
  /// proportion where the horizon cuts it (rule M4).
  mutating func addDemandCharge(
    _ charge: Market.DemandCharge, number: Int, of market: Market, flows: [Int]
  ) {
    let months = calendarMonths()
    let suffix = number == 0 ? "" : "#\(number + 1)"
    let rate = charge.rate * money.level(charge.escalation) * money.weightFactor
    let highest = max(market.buyLimit ?? .nan, charge.minimum)
    let first = problem.capacities.count
    for month in months {
      let k = problem.capacities.count
      // A limit that is not known yet follows with that of the purchase.
      if market.buyLimit == nil { openPeaks.append((k, flows)) }
      problem.capacities.append(
        Capacity(
          Label(market.id, .peak, part: month.key + suffix), lower: charge.minimum,
          upper: highest.isNaN ? charge.minimum : highest))
      cash.add(capacity: k, rate * month.share)
    }
    if flows.count == 1, charge.steps == nil {
      var indices = [Int32](repeating: -1, count: steps)
      for (m, month) in months.enumerated() {
        for run in month.runs { for t in run { indices[t] = Int32(first + m) } }
      }
      problem.flows[flows[0]].upper.append(Bound(offset: .zero, capacity: .byStep(indices), factor: .one))
    } else {
      let r = problem.rows.count
      let acts = charge.steps.map { steps in Profile.series(steps.map { $0 ? 0 : .infinity }) } ?? .zero
      problem.rows.append(
        HourlyRow(
          label: Label(market.id, .limit, part: "demand_charge" + suffix, bus: market.bus),
          lower: .constant(-.infinity), upper: acts))
      for j in flows { problem.flows[j].rowTerms.append(RowTerm(r, .one)) }
      for (m, month) in months.enumerated() {
        problem.capacities[first + m].rowTerms.append(
          RowTerm(r, .series(month.mask(steps: steps).map { $0 == 0 ? 0 : -1 })))
      }
    }
    if charge.ratchet > 0 { addRatchet(charge.ratchet, first: first, count: months.count, of: market, suffix, highest) }
  }

  private mutating func addRatchet(
    _ ratchet: Double, first: Int, count: Int, of market: Market, _ suffix: String, _ highest: Double
  ) {
    let year = problem.capacities.count
    if market.buyLimit == nil { openPeaks.append((year, purchases[market.id] ?? [])) }
    problem.capacities.append(
      Capacity(
        Label(market.id, .peak, part: "highest" + suffix), upper: highest.isNaN ? 0 : highest))
    for k in first..<(first + count) {
      let key = problem.capacities[k].label.part
      problem.yearlyRows.append(
        YearlyRow(
          Label(market.id, .limit, part: "highest \(key)"), LinearForm(capacities: [year: 1, k: -1]), lower: 0))
      problem.yearlyRows.append(
        YearlyRow(
          Label(market.id, .limit, part: "ratchet \(key)"), LinearForm(capacities: [k: 1, year: -ratchet]), lower: 0))
    }
  }
}

import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// Each tier takes at most its share of a calendar month. Rising prices fill themselves in order; a price that falls
  /// needs a whole number a month that says whether the tier before is full (rule K12).
  mutating func addTiers(_ tiers: [Market.Tier], of market: Market, flows: [Int]) {
    var from = 0.0
    for (index, tier) in tiers.enumerated() {
      let size = tier.upTo.map { $0 - from }
      let falls = index > 0 && tier.price < tiers[index - 1].price
      for month in calendarMonths() {
        let mask = Profile.series(month.mask(steps: steps))
        // Weights of a stage are money, not energy.
        let scale = money.weightFactor
        if let size {
          problem.yearlyRows.append(
            YearlyRow(
              Label(market.id, .limit, part: "tier \(index) \(month.key)"), LinearForm(flows: [flows[index]: mask]),
              upper: size * scale))
        }
        if falls { addOrder(index, month: month, mask: mask, tiers: tiers, of: market, flows: flows) }
      }
      from = tier.upTo ?? from
    }
  }

  private mutating func addOrder(
    _ index: Int, month: CalendarMonth, mask: Profile, tiers: [Market.Tier], of market: Market, flows: [Int]
  ) {
    let before = (tiers[index - 1].upTo ?? 0) - (index > 1 ? tiers[index - 2].upTo ?? 0 : 0)
    let scale = money.weightFactor
    let k = problem.capacities.count
    problem.capacities.append(
      Capacity(
        Label(market.id, .auxiliary, part: "tier \(index) \(month.key)"), upper: 1, choice: .multiples(of: 1)))
    problem.yearlyRows.append(
      YearlyRow(
        Label(market.id, .limit, part: "tier \(index - 1) full \(month.key)"),
        LinearForm(flows: [flows[index - 1]: mask], capacities: [k: -before * scale]), lower: 0))
    let hours = Double(month.runs.reduce(0) { $0 + $1.count }) * stepHours
    let power = market.buyLimit ?? 20 * self.scale.peak
    let most = problem.weight[month.runs[0].lowerBound] * hours * power
    problem.yearlyRows.append(
      YearlyRow(
        Label(market.id, .limit, part: "tier \(index) open \(month.key)"),
        LinearForm(flows: [flows[index]: mask], capacities: [k: -most]), upper: 0))
  }
}

public import TulouQuantities
import TulouTechnologies

/// Computes bills from hourly purchases and sales, without looking at what an optimiser did.
///
/// Tiers are filled in the order of time within each month; with bands the price of the hour's band holds, with tiers
/// that of the tier. A cut month has fixed and demand charges in proportion to its share (rule M4), and whole tiers.
public struct BillCalculator: Sendable {
  /// Steps and weights.
  public let horizon: Horizon
  /// Its billing months.
  public let months: [BillingMonth]
  private let weights: [Double]

  /// A calculator for a horizon.
  public init(horizon: Horizon) {
    self.horizon = horizon
    months = billingMonths(of: horizon)
    weights = horizon.weights
  }

  /// The bill of purchases `bought` and sales `sold` [kW], one value a step, at prices of year 1.
  public func bill(market: String, rules: BillRules, bought: [Double], sold: [Double]) -> Bill {
    precondition(bought.count == horizon.steps && sold.count == horizon.steps, "one value a step")
    var bill = Bill(market: market)
    bill.hourlyBuyPrice = [Double](repeating: 0, count: horizon.steps)
    bill.months = months.map { BillMonth(month: $0.key, share: $0.share) }
    for m in months.indices { energy(month: m, rules: rules, bought: bought, sold: sold, into: &bill) }
    bill.demandChargeByRate = rules.demands.map { demand(rule: $0, bought: bought, into: &bill) }
    for m in months.indices {
      bill.months[m].fixedCharge = rules.fixedPerMonth * months[m].share
      bill.fixedCharge += bill.months[m].fixedCharge
    }
    bill.demandCharge = bill.demandChargeByRate.reduce(0, +)
    bill.total = bill.energyCharge + bill.demandCharge + bill.fixedCharge - bill.saleIncome
    return bill
  }

  private func energy(month m: Int, rules: BillRules, bought: [Double], sold: [Double], into bill: inout Bill) {
    let dt = horizon.stepHours
    var row = bill.months[m]
    if let names = rules.buy?.bands { row.boughtByBand = names.map { ClassEnergy($0, 0) } }
    let tiers = rules.buy?.tiers ?? []
    row.boughtByTier = [Double](repeating: 0, count: tiers.count)
    var rates = BillRates(buy: rules.buy, sell: rules.sell)
    var charge = 0.0
    var filled = 0.0
    var soldMoney = 0.0
    var boughtMoney = 0.0
    for t in months[m].steps {
      let energy = bought[t] * weights[t] * dt
      row.bought += energy
      row.sold += sold[t] * weights[t] * dt
      row.peak = max(row.peak, bought[t])
      if let buy = rules.buy, energy > 0 {
        if !buy.bandOfStep.isEmpty, row.boughtByBand.indices.contains(Int(buy.bandOfStep[t])) {
          row.boughtByBand[Int(buy.bandOfStep[t])].energy += energy
        }
        let before = row.boughtByTier
        let cost =
          tiers.isEmpty
          ? energy * buy.price[t]
          : fill(tiers, from: filled, energy: energy, into: &row.boughtByTier)
        if tiers.isEmpty {
          rates.buy(energy, cost: cost, at: t)
        } else {
          for (k, tier) in tiers.enumerated() {
            let part = row.boughtByTier[k] - before[k]
            rates.buy(part, cost: part * tier.price, tier: k)
          }
        }
        filled += energy
        boughtMoney += cost
        bill.hourlyBuyPrice[t] = cost / energy
      }
      if let sell = rules.sell {
        let energy = sold[t] * weights[t] * dt
        soldMoney += energy * sell.price[t]
        rates.sell(energy, income: energy * sell.price[t], at: t)
      }
    }
    switch rules.netting {
    case .none:
      charge = boughtMoney
    case .monthly:
      // Only the month's surplus or shortfall is paid, at the month's mean prices.
      let buyMean = row.bought > 0 ? boughtMoney / row.bought : 0
      let sellMean = row.sold > 0 ? soldMoney / row.sold : 0
      let net = row.bought - row.sold
      charge = max(net, 0) * buyMean
      soldMoney = max(-net, 0) * sellMean
    }
    row.energyCharge = charge
    row.saleIncome = soldMoney
    row.rates = rates.settled(charge: charge, income: soldMoney)
    bill.energyCharge += charge
    bill.saleIncome += soldMoney
    bill.months[m] = row
  }

  /// Cost of `energy` that comes after `from` in a month, tier by tier.
  private func fill(
    _ tiers: [Market.Tier], from start: Double, energy: Double, into used: inout [Double]
  ) -> Double {
    var cost = 0.0
    var done = start
    var left = energy
    for (k, tier) in tiers.enumerated() where left > 0 {
      let room = tier.upTo.map { max(0, $0 - done) } ?? .infinity
      let part = min(room, left)
      cost += part * tier.price
      used[k] += part
      done += part
      left -= part
    }
    return cost
  }

  /// Charges on peaks; returns the sum over the horizon.
  private func demand(rule: BillRules.Demand, bought: [Double], into bill: inout Bill) -> Double {
    func peak(_ steps: [Int]) -> Double {
      steps.reduce(0) { rule.steps?[$1] == false ? $0 : max($0, bought[$1]) }
    }
    if rule.once {
      let billed = max(rule.minimum, peak(Array(bought.indices)))
      return charge(billed, rule: rule, month: months.first?.month ?? 1)
    }
    let peaks = months.map { peak($0.steps) }
    var sum = 0.0
    for m in months.indices {
      var billed = max(rule.minimum, peaks[m])
      if rule.ratchet > 0 { billed = max(billed, rule.ratchet * lookback(rule.lookback, peaks: peaks, month: m)) }
      let amount = charge(billed, rule: rule, month: months[m].month) * months[m].share
      bill.months[m].billedPeaks.append(billed)
      bill.months[m].demandCharge += amount
      sum += amount
    }
    return sum
  }

  private func lookback(_ range: BillRules.Demand.Lookback, peaks: [Double], month m: Int) -> Double {
    switch range {
    case .all: return peaks.max() ?? 0
    case .months(let set):
      return months.indices.reduce(0) { set.contains(months[$1].month) ? max($0, peaks[$1]) : $0 }
    case .previous(let count):
      return (1...max(1, count)).reduce(0) {
        max($0, peaks[((m - $1) % peaks.count + peaks.count) % peaks.count])
      }
    }
  }

  private func charge(_ billed: Double, rule: BillRules.Demand, month: Int) -> Double {
    guard !rule.tiers.isEmpty else { return billed * rule.rate(month: month) }
    var sum = 0.0
    var from = 0.0
    for tier in rule.tiers where billed > from {
      let to = min(billed, tier.upTo ?? .infinity)
      sum += (to - from) * tier.price
      from = to
    }
    return sum
  }
}

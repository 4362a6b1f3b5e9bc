import TulouQuantities
import TulouTechnologies

extension BillCalculator {
  /// Purchases and sales set off as energy, band by band, over months or years.
  func setOff(_ net: NetMetering, _ tariff: Tariff, bought: [Double], sold: [Double], into bill: inout Bill) {
    guard let words = tariff.buy else { return }
    let buy = PriceByWords(words, clock: clock)
    let sell = tariff.sell.map { PriceByWords($0, clock: clock) }
    var sheets = months.map { _ in RateSheet(buy.names.isEmpty ? ["all"] : buy.names) }
    for year in settlementYears(lastMonth: net.lastMonth) {
      for band in 0..<buy.bandCount {
        let name = buy.names.isEmpty ? "all" : buy.names[band]
        let steps = year.map { m in months[m].steps.filter { buy.band($0) == band } }
        let energies = steps.map { (bought: energy(bought, $0), sold: energy(sold, $0)) }
        for (i, m) in year.enumerated() {
          sheets[m].buy(name, energies[i].bought, cost: 0)
          sheets[m].sell(name, energies[i].sold, income: 0)
        }
        switch net.period {
        case .month:
          var carried = 0.0
          for (i, m) in year.enumerated() {
            let left = energies[i].bought - energies[i].sold - carried
            carried = 0
            if left >= 0 {
              pay(left, buy, at: steps[i].first, month: m, among: steps[i], bought, name, &sheets, &bill)
            } else {
              switch net.surplus {
              case .lost: break
              case .paid: earn(-left, price(sell, steps[i]), month: m, among: steps[i], sold, name, &sheets, &bill)
              case .carried:
                carried = -left
                bill.months[m].carried += carried
              }
            }
          }
          if carried > 0, let last = year.last {
            bill.months[last].carried -= carried
            earn(carried, net.trueUp, month: last, among: steps.flatMap(\.self), sold, name, &sheets, &bill)
          }
        case .year:
          guard let last = year.last else { continue }
          let all = steps.flatMap(\.self)
          let left = energies.reduce(0) { $0 + $1.bought - $1.sold }
          if left >= 0 {
            pay(left, buy, at: all.first, month: last, among: all, bought, name, &sheets, &bill)
          } else if net.surplus != .lost {
            let rate = net.surplus == .paid ? price(sell, all) : net.trueUp
            earn(-left, rate, month: last, among: all, sold, name, &sheets, &bill)
          }
        }
      }
    }
    for m in months.indices {
      bill.months[m].rates = sheets[m].rates
      if !buy.names.isEmpty { bill.months[m].boughtByBand = sheets[m].rates.map { ClassEnergy($0.name, $0.bought) } }
    }
  }

  private func energy(_ power: [Double], _ steps: [Int]) -> Double {
    steps.reduce(0) { $0 + power[$1] * weights[$1] } * horizon.stepHours
  }

  private func price(_ price: PriceByWords?, _ steps: [Int]) -> Double {
    guard let t = steps.first, let tier = price?.tiers(at: t).first else { return 0 }
    return tier.price
  }

  /// Charges what is left to be bought, and spreads it over the purchases it is for.
  private func pay(
    _ energy: Double, _ buy: PriceByWords, at step: Int?, month m: Int, among steps: [Int], _ bought: [Double],
    _ name: String, _ sheets: inout [RateSheet], _ bill: inout Bill
  ) {
    guard let t = step, energy > 0 else { return }
    let parts = PriceByWords.fill(buy.tiers(at: t), from: 0, energy: energy, share: months[m].share)
    let cost = parts.reduce(0) { $0 + $1.cost }
    bill.months[m].energyCharge += cost
    sheets[m].buy(name, 0, cost: cost)
    let whole = self.energy(bought, steps)
    for t in steps where whole > 0 && bought[t] > 0 { bill.hourlyBuyPrice[t] += cost / whole }
  }

  /// Pays a surplus, and spreads it over the sales it is for.
  private func earn(
    _ energy: Double, _ price: Double, month m: Int, among steps: [Int], _ sold: [Double], _ name: String,
    _ sheets: inout [RateSheet], _ bill: inout Bill
  ) {
    let income = energy * price
    bill.months[m].saleIncome += income
    sheets[m].sell(name, 0, income: income)
    let whole = self.energy(sold, steps)
    for t in steps where whole > 0 && sold[t] > 0 { bill.hourlySellPrice[t] += income / whole }
  }

  /// Months in years of set-off, each in its order. Within one year, which repeats itself, the months run round from the one
  /// after `lastMonth`; over more than a year they stand as they come.
  private func settlementYears(lastMonth: Int) -> [[Int]] {
    let ofYear = months.map(\.month)
    if Set(ofYear).count == ofYear.count {
      return [months.indices.sorted { (ofYear[$0] + 11 - lastMonth) % 12 < (ofYear[$1] + 11 - lastMonth) % 12 }]
    }
    var years: [[Int]] = []
    for m in months.indices {
      if years.isEmpty || (m > 0 && ofYear[m - 1] == lastMonth) { years.append([]) }
      years[years.count - 1].append(m)
    }
    return years
  }
}

import TulouTechnologies

/// Sums by rate of a month under way.
struct BillRates {
  private var rates: [BillRate] = []
  private let bought: [Int], sold: [Int]
  private let buyBands: [UInt8], sellBands: [UInt8]

  /// One rate a band or tier; those of purchase and sale with one name are one rate.
  init(buy: Market.Tariff?, sell: Market.Tariff?) {
    func names(_ tariff: Market.Tariff?) -> [String] {
      guard let tariff else { return [] }
      if !tariff.tiers.isEmpty { return tariff.tiers.indices.map { "tier \($0 + 1)" } }
      return tariff.bandOfStep.isEmpty || tariff.bands.isEmpty ? ["all"] : tariff.bands
    }
    var found: [String] = []
    func place(_ name: String) -> Int {
      if let known = found.firstIndex(of: name) { return known }
      found.append(name)
      return found.count - 1
    }
    bought = names(buy).map(place)
    // Tiers of a sale are not settled by tier: all of it is one rate.
    sold = (sell?.tiers.isEmpty ?? true) ? names(sell).map(place) : [place("all")]
    buyBands = buy?.tiers.isEmpty ?? true ? buy?.bandOfStep ?? [] : []
    sellBands = sell?.tiers.isEmpty ?? true ? sell?.bandOfStep ?? [] : []
    rates = found.map(BillRate.init)
  }

  /// A purchase in a step of a tariff without tiers.
  mutating func buy(_ energy: Double, cost: Double, at t: Int) {
    buy(energy, cost: cost, tier: buyBands.isEmpty ? 0 : Int(buyBands[t]))
  }

  /// A purchase in a band or tier.
  mutating func buy(_ energy: Double, cost: Double, tier: Int) {
    guard bought.indices.contains(tier) else { return }
    rates[bought[tier]].bought += energy
    rates[bought[tier]].energyCharge += cost
  }

  /// A sale in a step.
  mutating func sell(_ energy: Double, income: Double, at t: Int) {
    let band = sellBands.isEmpty ? 0 : Int(sellBands[t])
    guard sold.indices.contains(band) else { return }
    rates[sold[band]].sold += energy
    rates[sold[band]].saleIncome += income
  }

  /// The rates so that their money is that of the month: net metering pays a part of what single hours would.
  func settled(charge: Double, income: Double) -> [BillRate] {
    let charged = rates.reduce(0) { $0 + $1.energyCharge }, earned = rates.reduce(0) { $0 + $1.saleIncome }
    return rates.map { rate in
      var rate = rate
      if charged != 0, charge != charged { rate.energyCharge *= charge / charged }
      if earned != 0, income != earned { rate.saleIncome *= income / earned }
      return rate
    }
  }
}

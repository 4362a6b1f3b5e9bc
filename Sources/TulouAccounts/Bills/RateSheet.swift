/// Sums by rate of a month under way; rates of purchase and sale with one name are one rate.
struct RateSheet {
  private(set) var rates: [BillRate]

  init(_ names: [String]) {
    rates = []
    for name in names where !rates.contains(where: { $0.name == name }) { rates.append(BillRate(name)) }
  }

  private mutating func with(_ name: String, _ change: (inout BillRate) -> Void) {
    guard let i = rates.firstIndex(where: { $0.name == name }) else { return }
    change(&rates[i])
  }

  mutating func buy(_ name: String, _ energy: Double, cost: Double) {
    with(name) {
      $0.bought += energy
      $0.energyCharge += cost
    }
  }

  mutating func sell(_ name: String, _ energy: Double, income: Double) {
    with(name) {
      $0.sold += energy
      $0.saleIncome += income
    }
  }
}

import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Market {
  /// A purchase price in three rising tiers, with a sale below the first.
  mutating func takeTiers(_ random: inout SeededRandom) {
    let base = random.uniform(0.05...0.1), first = random.uniform(500...4000)
    buy = .init(price: PathSeries(base))
    buy?.tiers = [
      .init(upTo: first, price: base), .init(upTo: 2 * first, price: 1.5 * base), .init(upTo: nil, price: 2.2 * base),
    ]
    sell = sell.map { _ in .init(price: PathSeries(0.6 * base)) }
  }

  /// A demand charge, at times with a minimum or a ratchet.
  mutating func takeDemandCharge(_ random: inout SeededRandom) {
    var charge = Market.DemandCharge(rate: random.uniform(2...12))
    if random.uniform() < 0.5 { charge.terms.minimum = random.uniform(0...25) }
    if random.uniform() < 0.5 { charge.terms.ratchet = random.uniform(0.3...0.9) }
    demandCharges = [charge]
  }
}

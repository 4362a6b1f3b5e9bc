import TulouQuantities
import TulouTechnologies

/// A price as written, laid over the steps of a bill.
struct PriceByWords {
  /// Names of the bands; empty without bands.
  let names: [String]
  /// Band of each step; empty without bands.
  let bandOfStep: [Int]
  /// What fills the tiers.
  let count: TiersCount
  /// Tiers by band, price scaled; empty where each step has a price of its own.
  private let tiers: [[EnergyPrice.Tier]]
  /// Price of each step, or one for all; empty where bands or tiers say it.
  private let prices: [Double]

  init(_ words: EnergyPrice, clock: BillClock) {
    func scaled(_ tiers: [EnergyPrice.Tier]) -> [EnergyPrice.Tier] {
      tiers.map { EnergyPrice.Tier(upTo: $0.upTo, price: $0.price * words.scale) }
    }
    names = words.bandNames
    count = words.tiersCount
    switch words.form {
    case .constant(let price): (bandOfStep, tiers, prices) = ([], [], [price * words.scale])
    case .series(let values): (bandOfStep, tiers, prices) = ([], [], values.map { $0 * words.scale })
    case .monthly(let values):
      (bandOfStep, tiers) = ([], [])
      prices = clock.dayOfStep.map { values[clock.days[$0].month - 1] * words.scale }
    case .tiers(let list): (bandOfStep, tiers, prices) = ([], [scaled(list)], [])
    case .bands(let bands):
      (bandOfStep, tiers, prices) = (clock.bands(bands.map(\.time)), bands.map { scaled($0.tiers) }, [])
    }
  }

  /// How many bands are told apart; 1 without bands.
  var bandCount: Int { max(1, names.count) }
  /// The greatest number of tiers; 1 without tiers.
  var tierCount: Int { tiers.map(\.count).max() ?? 1 }
  /// Band of a step; 0 without bands.
  func band(_ t: Int) -> Int { bandOfStep.isEmpty ? 0 : bandOfStep[t] }

  /// Tiers that hold in a step.
  func tiers(at t: Int) -> [EnergyPrice.Tier] {
    tiers.isEmpty ? [EnergyPrice.Tier(price: prices.count == 1 ? prices[0] : prices[t])] : tiers[band(t)]
  }

  /// Name of the rate that a tier of a band is on the bill.
  func name(band: Int, tier: Int) -> String {
    let isTiered = !tiers.isEmpty && tiers[band].count > 1
    guard !names.isEmpty else { return isTiered ? "tier \(tier + 1)" : "all" }
    return isTiered ? "\(names[band]), tier \(tier + 1)" : names[band]
  }

  /// Names of all rates, in order.
  var rateNames: [String] {
    (0..<bandCount).flatMap { b in (0..<(tiers.isEmpty ? 1 : tiers[b].count)).map { name(band: b, tier: $0) } }
  }

  /// What `energy` costs that comes after `start`, tier by tier; limits in proportion `share` of a month.
  static func fill(
    _ tiers: [EnergyPrice.Tier], from start: Double, energy: Double, share: Double
  ) -> [(tier: Int, energy: Double, cost: Double)] {
    var parts: [(Int, Double, Double)] = []
    var done = start
    var left = energy
    for (k, tier) in tiers.enumerated() where left > 0 {
      let room = tier.upTo.map { max(0, $0 * share - done) } ?? .infinity
      let part = min(room, left)
      guard part > 0 else { continue }
      parts.append((k, part, part * tier.price))
      done += part
      left -= part
    }
    return parts
  }
}

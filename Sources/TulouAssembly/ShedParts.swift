import TulouTechnologies

/// A part of a demand that goes unserved together.
package struct ShedPart: Sendable, Equatable {
  /// Tier; empty: what no tier holds.
  package var tier: String
  /// Share of the demand [-].
  package var share: Double
  /// Cost of a kWh that is not served [currency/kWh]; nil: it may not be shed (rule K16).
  package var price: Double?
}

extension Demand {
  /// The parts of a demand as the project lists its tiers, then what no tier holds.
  package var shedParts: [ShedPart] {
    let stated = tiers.filter { $0.share > 0 }
    let parts = stated.map { ShedPart(tier: $0.name, share: $0.share, price: $0.unservedCost) }
    let rest = 1 - stated.reduce(0) { $0 + $1.share }
    return rest > 1e-12 ? parts + [ShedPart(tier: "", share: rest, price: nil)] : parts
  }

  /// The parts in the order in which rules shed them: what costs least first, what may not be shed last.
  package var shedOrder: [ShedPart] {
    let parts = shedParts
    return parts.indices.sorted { (parts[$0].price ?? .infinity, $0) < (parts[$1].price ?? .infinity, $1) }
      .map { parts[$0] }
  }
}

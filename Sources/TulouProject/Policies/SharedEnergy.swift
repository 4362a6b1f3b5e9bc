/// What a premium on shared energy knows beside its rate: who must be there, how energy is divided, and who is paid.
///
/// In each step markets that it is for sell P and buy N outside; min(P, N) is shared by way of the public grid. Where parts of the sold
/// energy are agreed beforehand, a market shares no more than its part.
package struct SharedEnergy: Sendable, Equatable {
  /// Who receives what is paid.
  package enum Receiver: String, Sendable, CaseIterable {
    /// Half to who sells, half to who buys, each in proportion.
    case both
    /// Who buys: a relief of what a shared kWh costs.
    case buyers
    /// Who sells.
    case sellers
  }

  /// Member without whom nothing is paid, and who receives it; nil: there is none.
  package var manager: String?
  /// Part of each market in what all sell, agreed beforehand; empty: shared in proportion to what each buys.
  package var parts: [String: Double] = [:]
  /// Rate of each step [money/kWh]; nil: the policy's rate.
  package var series: [Double]?
  /// Who is paid, where there is no manager.
  package var receiver = Receiver.both
  /// Who pays, where that is no public body; its money is no public cost.
  package var payer: String?

  /// Shared in proportion, paid to both.
  package init() {}

  /// What each market shares of what all sell, where each buys `bought` [kW].
  ///
  /// - Parameters:
  ///   - sold: What all sell [kW].
  ///   - bought: What each market buys, by the order of `ids` [kW].
  package func taken(sold: Double, bought: [Double], ids: [String]) -> [Double] {
    guard parts.isEmpty else { return zip(ids, bought).map { min($1, (parts[$0] ?? 0) * sold) } }
    let sum = bought.reduce(0, +)
    return sum > 0 ? bought.map { $0 * min(1, sold / sum) } : bought.map { _ in 0 }
  }
}

extension Policy {
  /// What a shared kWh earns in step t [money/kWh].
  package func sharingRate(at t: Int) -> Double {
    guard let series = shared?.series else { return rate }
    return series.count == 1 ? series[0] : series[t]
  }
}

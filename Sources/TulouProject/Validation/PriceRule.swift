import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Prices below zero.
  static let priceRule: Rule = { project, document, decoding in
    for market in project.markets {
      for (key, tariff) in [("buy", market.buy), ("sell", market.sell)] {
        guard let tariff else { continue }
        let low = min(tariff.price.values.min() ?? 0, tariff.tiers.flatMap(\.prices).min() ?? 0)
        if low < 0 {
          decoding.within("markets.\(market.id).\(key)") {
            $0.warning(
              "The price of '\(market.id)' falls to \(low) \(project.economy.currency)/kWh.",
              advice: "A price below zero pays for wasting energy; check that it is meant.",
              at: mark(document, "markets", market.id, key))
          }
        }
      }
    }
  }
}

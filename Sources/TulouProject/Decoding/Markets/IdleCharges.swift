import TulouDocument
import TulouQuantities
import TulouTechnologies

/// Demand charges that measure nothing, or months that the horizon does not hold.
extension Decoding {
  /// Charges on a flow that the market does not have.
  mutating func tellOfUnmeasured(_ node: Node, buys: Bool, sells: Bool) {
    for charge in node.items ?? [node] {
      let mark = (charge["on"] ?? charge).mark
      switch PeakTerms.Flow(rawValue: charge["on"]?.text ?? PeakTerms.Flow.purchase.rawValue) {
      case .purchase where !buys:
        warning(
          "The demand charge is on what is bought, and the market has no 'buy', so it does nothing.",
          advice: "Give 'buy', or 'on: sale'.", at: mark)
      case .sale where !sells:
        warning(
          "The demand charge is on what is sold, and the market has no 'sell', so it does nothing.",
          advice: "Give 'sell', or leave 'on' out.", at: mark)
      case .both where buys != sells:
        idle(["on"], of: charge, because: "the market only \(buys ? "sells to the cluster" : "buys from it")")
      case .purchase, .sale, .both, nil: break
      }
    }
  }

  /// Months that a charge names and the horizon does not hold, and months that representative periods stand for.
  mutating func tellOfMonths(_ terms: PeakTerms, _ node: Node) {
    let horizon = wholeHorizon ?? horizon
    let months = horizon.civilMonths
    let present = Set(months.map(\.month))
    if let billed = terms.months, !billed.isEmpty, billed.isDisjoint(with: present) {
      within("months") {
        $0.warning(
          "No month that is billed lies in the horizon, so this charge does nothing.",
          advice: "The horizon holds \(Decoding.monthWords(present)).", at: (node["months"] ?? node).mark)
      }
    } else {
      tellOfWeights(terms, months, horizon, node)
    }
    let outside = (terms.ratchetMonths ?? []).subtracting(present)
    guard !outside.isEmpty else { return }
    within("ratchet_months") {
      $0.warning(
        "The ratchet looks at \(Decoding.monthWords(outside)), which the horizon does not hold: "
          + (outside == terms.ratchetMonths ? "it does nothing." : "their peaks count nothing."),
        advice: "The horizon holds \(Decoding.monthWords(present)).", at: (node["ratchet_months"] ?? node).mark)
    }
  }

  /// A representative period is billed by its weight in the months in which it lies, whatever months it stands for.
  private mutating func tellOfWeights(
    _ terms: PeakTerms, _ months: [Horizon.CivilMonth], _ horizon: Horizon, _ node: Node
  ) {
    guard horizon.periods.contains(where: { $0.weight != 1 }), terms.period == .month,
      terms.months != nil || terms.rates.count == 12
    else { return }
    func price(_ month: Int) -> Double { terms.bills(month) ? terms.rates.isEmpty ? 1 : terms.rate(month: month) : 0 }
    let years = months.reduce(0) { $0 + $1.share } / 12
    let billed = months.reduce(0) { $0 + $1.share * price($1.month) }
    let meant = (1...12).reduce(0) { $0 + price($1) } * years
    guard meant > 0, abs(billed - meant) > 0.05 * meant else { return }
    let key = terms.months == nil ? "monthly_rate" : "months"
    within(key) {
      $0.warning(
        "The periods bill this charge at \(Int(saturating: (billed / meant * 100).rounded())) % of what its months come to: each counts by its weight in the month in which it lies.",
        advice: "Give each month that is priced by itself a period of its own, whose weight fills it.",
        at: (node[key] ?? node).mark)
    }
  }

  /// Names of months, in their order.
  private static func monthWords(_ months: Set<Int>) -> String {
    months.count == 12 ? "all months" : months.sorted().map { monthNames[$0 - 1] }.joined(separator: ", ")
  }
}

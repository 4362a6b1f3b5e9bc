import TulouFinance

/// One design against another that it is compared with: what the extra capital earns.
///
/// All from the difference of the two cash flows, base less design, payment by payment at its exact time: the internal
/// rate is the root of its worth, the return on investment its sum over all years, year 0 included, per year and extra
/// capital, the payback the time at which its running sum reaches zero for good.
///
/// - Source: HOMER Pro manual, "Internal rate of return", "Return on investment", "Payback".
package struct InvestmentComparison: Sendable, Equatable {
  /// Extra capital of the design in year 0 [money].
  package var extraCapital: Double
  /// Net present cost of the base less that of the design [money].
  package var presentWorth: Double
  /// Rate at which the savings are worth zero [1/y]; nil without a change of sign.
  package var internalRate: Double?
  /// Mean yearly saving per extra capital [1/y]; nil without extra capital.
  package var returnOnInvestment: Double?
  /// Time at which the running sum of savings reaches zero [y]; nil: never.
  package var paybackSimple: Double?
  /// The same with discounted savings [y].
  package var paybackDiscounted: Double?
  /// Savings by year, year 0 first; real money [money].
  package var savings: [Double]

  /// Compares two cash flows over the same lifetime.
  ///
  /// - Parameters:
  ///   - base: Payments of the design that it is compared with; paid positive, as in `Accounts.cashFlow`.
  ///   - design: Payments of the design.
  ///   - years: Lifetime of both [y], above 0.
  package init(base: [CashFlowRow], design: [CashFlowRow], years: Double) {
    let base = base.filter { $0.kind != .internal }, design = design.filter { $0.kind != .internal }
    func capital(_ rows: [CashFlowRow]) -> Double { rows.reduce(0) { $1.kind == .capital ? $0 + $1.amount : $0 } }
    extraCapital = capital(design) - capital(base)
    presentWorth = base.reduce(0) { $0 + $1.discounted } - design.reduce(0) { $0 + $1.discounted }
    let last = max(0, (base + design).map(\.year).max() ?? 0)
    var savings = [Double](repeating: 0, count: last + 1)
    for row in base { savings[max(0, min(row.year, last))] += row.amount }
    for row in design { savings[max(0, min(row.year, last))] -= row.amount }
    self.savings = savings
    func flows(_ amount: (CashFlowRow) -> Double) -> [TimedAmount] {
      InvestmentComparison.merged(
        base.map { TimedAmount(time: $0.time, amount: amount($0)) }
          + design.map { TimedAmount(time: $0.time, amount: -amount($0)) })
    }
    let real = flows(\.amount)
    internalRate = internalRateOfReturn(real)
    returnOnInvestment = extraCapital > 0 && years > 0 ? savings.reduce(0, +) / years / extraCapital : nil
    paybackSimple = extraCapital > 0 ? payback(real) : nil
    paybackDiscounted = extraCapital > 0 ? payback(flows(\.discounted)) : nil
  }

  /// Payments of the same time added up, so that signs are those of the sums; what cancels to rounding is zero.
  static func merged(_ flows: [TimedAmount]) -> [TimedAmount] {
    var sums: [TimedAmount] = []
    let scale = flows.reduce(0) { max($0, abs($1.amount)) }
    for flow in flows.sorted(by: { $0.time < $1.time }) {
      if let last = sums.last, abs(last.time - flow.time) < 1e-9 {
        sums[sums.count - 1].amount += flow.amount
      } else {
        sums.append(flow)
      }
    }
    return sums.map { TimedAmount(time: $0.time, amount: abs($0.amount) < 1e-12 * scale ? 0 : $0.amount) }
  }
}

import TulouAccounts
import TulouQuantities

extension PlanReport {
  /// Payments that leave no member worse off than alone; nil where the members together lose.
  var sidePayments: [SidePayment]? {
    SidePayment.least(
      accounts.members.filter { !$0.id.isEmpty }.compactMap { member in
        // A loss that is only what solvers leave is none.
        member.benefit.map { (member.id, $0 < 0 && !member.isWorseOff ? 0 : $0) }
      })
  }

  /// A table of them where a member loses, or the sentence that none are enough.
  func sidePaymentContents() -> [Page.Content] {
    guard accounts.members.contains(where: { !$0.id.isEmpty && $0.isWorseOff }) else { return [] }
    guard let payments = sidePayments else {
      return [
        .text("The members together pay more than alone, so no payments among them make up for it.")
      ]
    }
    var table = Table(
      "Payments after which nobody pays more than alone",
      columns: [.text("Pays"), .text("Receives"), .number("Per year")])
    for one in payments { table.add([legend.member(one.from), legend.member(one.to), money(one.amount, per: "/y")]) }
    return [
      .table(table),
      .text(
        "Each loser gets what it loses, from the others in proportion to what they gain: the least that leaves nobody worse off. 'tulou share' finds shares that also keep smaller groups together."
      ),
    ]
  }

  /// The same for `result.json`; null where no payments are enough.
  var sidePaymentsJSON: JSON {
    guard let payments = sidePayments else { return .null }
    return .array(
      payments.map {
        .object([("from", .text($0.from)), ("to", .text($0.to)), ("amount", .number($0.amount))])
      })
  }
}

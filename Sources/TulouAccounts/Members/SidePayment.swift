/// Money that a member who gains by the cluster gives to one who loses by it, every year, so that nobody pays more than alone.
package struct SidePayment: Sendable, Equatable {
  /// Member that pays, and member that receives.
  package var from: String, to: String
  /// Amount [money/y].
  package var amount: Double

  /// A payment.
  package init(from: String, to: String, amount: Double) {
    self.from = from
    self.to = to
    self.amount = amount
  }

  /// The least payments that leave no member worse off than alone: each loser gets its loss, from winners in proportion to what they
  /// gain.
  ///
  /// - Parameters:
  ///   - benefits: What each member gains (above 0) or loses by the cluster [money/y].
  ///   - dust: Benefits below this are none [money/y].
  /// - Returns: Nothing where nobody loses; nil where the members together lose, so that no payments among them are enough.
  package static func least(_ benefits: [(id: String, benefit: Double)], dust: Double = 0) -> [SidePayment]? {
    let losers = benefits.filter { $0.benefit < -dust }, winners = benefits.filter { $0.benefit > dust }
    guard !losers.isEmpty else { return [] }
    let gain = winners.reduce(0) { $0 + $1.benefit }, loss = -losers.reduce(0) { $0 + $1.benefit }
    guard gain >= loss else { return nil }
    return losers.flatMap { loser in
      winners.map { SidePayment(from: $0.id, to: loser.id, amount: -loser.benefit * ($0.benefit / gain)) }
    }
  }
}

import Testing
import TulouAccounts
import TulouQuantities

/// Payments after which no member is worse off than alone.
@Suite("Side payments") struct SidePaymentTests {
  @Test("losers get what they lose, winners pay in proportion to their gain") func byHand() throws {
    let found = try #require(SidePayment.least([("mill", 300), ("farm", 100), ("school", -40), ("shop", 0)]))
    #expect(
      found == [
        SidePayment(from: "mill", to: "school", amount: 30), SidePayment(from: "farm", to: "school", amount: 10),
      ])
    #expect(SidePayment.least([("mill", 3), ("farm", 0)]) == [])
    #expect(SidePayment.least([("mill", 3), ("farm", -4)]) == nil)
  }

  @Test("random members end at zero or above, and nothing is made or lost", arguments: UInt64(1)...20)
  func random(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let benefits = (0..<8).map { ("m\($0)", Double.random(in: -10...14, using: &random)) }
    let sum = benefits.reduce(0) { $0 + $1.1 }
    guard let payments = SidePayment.least(benefits) else {
      #expect(sum < 0)
      return
    }
    for (id, benefit) in benefits {
      let after = payments.reduce(benefit) { $0 + ($1.to == id ? $1.amount : 0) - ($1.from == id ? $1.amount : 0) }
      #expect(after >= -1e-12 && (benefit < 0 || after <= benefit), "\(id)")
    }
  }
}

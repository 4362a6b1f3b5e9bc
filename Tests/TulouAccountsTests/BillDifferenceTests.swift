import Testing
import TulouAccounts

@Suite("Bill and plan: what is a difference") struct BillDifferenceTests {
  private func difference(total: Double, believed: Double, planned: Double) -> Double? {
    var bill = Bill(market: "grid")
    (bill.total, bill.energyCharge, bill.believed, bill.planned) = (total, total, believed, planned)
    return bill.difference
  }

  @Test("what a solver leaves of zero in a contract that costs nothing is none") func dust() {
    // A peak of 1e-9 kW beside a plan that costs some 90 EUR in two days.
    #expect(difference(total: 0, believed: 2.7e-8, planned: 92) == 0)
    #expect(difference(total: 0, believed: -2.7e-8, planned: 92) == 0)
    #expect(difference(total: 0, believed: 3.8e-9, planned: 60) == 0)
  }

  @Test("a slip is told, of a small contract too") func slips() throws {
    // A tenth of a bill that is a thousandth, and a hundred thousandth, of what the plan costs.
    #expect(try #require(difference(total: 10, believed: 11, planned: 1e4)) < -1e-3)
    #expect(try #require(difference(total: 0.1, believed: 0.11, planned: 1e4)) < -5e-5)
    #expect(try #require(difference(total: 0, believed: 1, planned: 1e4)) < -1e-3)
    #expect(difference(total: 5, believed: 5, planned: 1e4) == 0)
    var unread = Bill(market: "grid")
    unread.total = 3
    #expect(unread.difference == nil)
  }
}

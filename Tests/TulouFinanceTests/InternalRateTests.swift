import TestSupport
import Testing
import TulouFinance

@Suite struct InternalRateTests {
  private func flows(_ values: [Double]) -> [TimedAmount] {
    values.enumerated().map { TimedAmount(time: Double($0), amount: $1) }
  }

  /// Values computed with numpy-financial 1.0.0 on cases of its own test suite.
  @Test(
    arguments: [
      ([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000], 0.05243288885941433),
      ([-100, 0, 0, 74], -0.0954958303489728),
      ([-100, 39, 59, 55, 20], 0.28094842115996066), ([-100, 100, 0, -7], -0.08329966618493256),
      ([-5, 10.5, 1, -8, 1], 0.08859833852775534),
    ] as [([Double], Double)])
  func `internal rate of return of the numpy-financial cases`(values: [Double], expected: Double) throws {
    let rate = try #require(internalRateOfReturn(flows(values)))
    #expect(abs(rate - expected) < 1e-6)
    #expect(Measured.isWithin("numpy.rate", abs(rate - expected)))
  }

  @Test func `without a change of sign there is none`() {
    #expect(internalRateOfReturn(flows([100, 20, 30])) == nil)
    #expect(internalRateOfReturn(flows([-100, -20])) == nil)
  }

  @Test func `payback runs straight between the years`() {
    #expect(payback(flows([-100, 40, 40, 40])) == 2.5)
    #expect(payback(flows([-100, 40, 40])) == nil)
    #expect(payback(flows([10, 1])) == 0)
    // Reached, lost by a replacement, reached again: the last time counts.
    #expect(payback(flows([-10, 10, -5, 10])) == 2.5)
  }

  @Test func `net present value of the numpy-financial suite`() {
    let values: [Double] = [-15_000, 1500, 2500, 3500, 4500, 6000]
    let worth = values.enumerated().reduce(0) { $0 + $1.1 * presentWorth(rate: 0.05, time: Double($1.0)) }
    #expect(abs(worth - 122.894855) < 1e-5)
    #expect(Measured.isWithin("numpy.worth", abs(worth - 122.894855)))
  }
}

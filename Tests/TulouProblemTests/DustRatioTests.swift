import Testing
import TulouProblem

/// A percentage of nothing is none.
@Suite struct DustRatioTests {
  @Test func ofNothingThereIsNone() {
    #expect(Dust.ratio(5, of: 20) == 0.25)
    #expect(Dust.ratio(-3590, of: 1e-8) == nil)
    #expect(Dust.ratio(0, of: 0) == nil)
    // A bill of a hundredth beside bills of a million is no bill, whatever is gained.
    #expect(Dust.ratio(0.005, of: 0.01, scale: 1e6) == nil)
    #expect(Dust.ratio(0.005, of: 0.01) == 0.5)
  }
}

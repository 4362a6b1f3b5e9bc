import Testing
import Tulou

/// One import is enough for those who build on Tulou.
@Suite("Umbrella") struct UmbrellaTests {
  @Test("the rooms are visible through it") func rooms() {
    #expect(CivilDate("2024-02-29") != nil)
    #expect(abs(capitalRecoveryFactor(rate: 0.06, years: 25) - 0.0782267) < 5e-8)
    #expect(HourlyProblem(steps: 24, stepHours: 1, years: 24.0 / 8760).blocks == [0..<24])
    #expect(NumberText.significant(1234.5678) == "1,235")
  }
}

import Testing
import TulouTechnologies

@Suite("Grid outages") struct GridOutagesTests {
  @Test("random failures have the interval and length asked for") func statistics() {
    let failed = GridOutages.random(
      steps: 876_000, stepHours: 1, meanInterval: 870, duration: 6, variability: 0.3, seed: 7)
    let out = failed.count { $0 }
    let starts = zip(failed, failed.dropFirst()).count { !$0 && $1 }
    // A hundred years: a thousand outages, three standard deviations are 10 %.
    #expect(abs(Double(starts) / 1000 - 1) < 0.1)
    #expect(abs(Double(out) / Double(starts) - 6) < 0.4)
    #expect(
      failed
        == GridOutages.random(
          steps: 876_000, stepHours: 1, meanInterval: 870, duration: 6, variability: 0.3, seed: 7))
    #expect(
      failed
        != GridOutages.random(
          steps: 876_000, stepHours: 1, meanInterval: 870, duration: 6, variability: 0.3, seed: 8))
  }

  @Test("failures of half an hour take one step of any length") func shortOnes() {
    let failed = GridOutages.random(
      steps: 10_000, stepHours: 2, meanInterval: 100, duration: 0.5, variability: 0, seed: 1)
    #expect(failed.contains(true))
  }

  @Test("planned hours and failures are counted together") func sums() {
    var outages = GridOutages()
    outages.planned = [true, true, false, false, false, true]
    outages.failed = [false, false, true, false, false, true]
    #expect(outages.sums(steps: 6, stepHours: 0.5) == (2, 2))
    #expect(outages.available(steps: 6) == [0, 0, 0, 1, 1, 0])
    #expect(!outages.isOut(6))
  }
}

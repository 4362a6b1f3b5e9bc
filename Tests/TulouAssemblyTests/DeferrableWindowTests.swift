import Testing
import TulouAssembly
import TulouPlanning
import TulouProblem
import TulouQuantities

/// The windows that plans and rules use: energy that must have been served by the end of a step, and that may have been.
@Suite("Windows of deferrable demand") struct DeferrableWindowTests {
  func bounds(_ window: ServiceWindow, _ problem: HourlyProblem) -> (due: [Double], allowed: [Double]) {
    var due: [Double] = [], allowed: [Double] = []
    for block in problem.blocks {
      var served = 0.0
      for t in block {
        served -= window.drain[t]
        due.append(served)
        allowed.append(served + (t + 1 == block.upperBound ? 0 : window.room[t + 1]))
      }
    }
    return (due, allowed)
  }

  func problem(_ horizon: Horizon) -> HourlyProblem {
    HourlyProblem(
      steps: horizon.steps, stepHours: horizon.stepHours, blockStarts: horizon.periodStarts, years: 1)
  }

  @Test("R38: a sliding window bounds the served energy and everything is served at the end")
  func sliding() {
    let problem = problem(Horizon.year(2027).prefix(6))
    let window = ServiceWindow.sliding([1, 2, 0, 4, 0, 1], delayHours: 2, advanceHours: 1, of: problem)
    let found = bounds(window, problem)
    #expect(found.due == [0, 0, 1, 3, 3, 8])
    #expect(found.allowed == [3, 3, 7, 7, 8, 8])
  }

  @Test("the same day: due at its last hour, allowed from its first; periods start anew")
  func day() {
    let start = CivilDate(year: 2027, month: 1, day: 1)
    let horizon = Horizon(
      periods: [
        .init(start: start, steps: 8), .init(start: CivilDate(year: 2027, month: 7, day: 1), steps: 4, weight: 3),
      ],
      stepHours: 6)
    let problem = problem(horizon)
    let window = ServiceWindow.daily([1, 1, 1, 1, 2, 2, 2, 2, 1, 0, 0, 0], horizon: horizon, of: problem)
    let found = bounds(window, problem)
    #expect(found.due == [0, 0, 0, 24, 24, 24, 24, 72, 0, 0, 0, 6])
    #expect(found.allowed[3] == 24 && found.allowed[0] == 24 && found.allowed[4] == 72 && found.allowed[8] == 6)
  }

  @Test("bounds never cross and end together", arguments: 0..<20)
  func property(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let steps = 20 + Int(random.uniform() * 100)
    let wanted = (0..<steps).map { _ in random.uniform() * 10 }
    let horizon = Horizon.year(2027).prefix(steps)
    let problem = problem(horizon)
    for window in [
      ServiceWindow.daily(wanted, horizon: horizon, of: problem),
      .sliding(wanted, delayHours: random.uniform() * 40, advanceHours: random.uniform() * 5, of: problem),
    ] {
      let found = bounds(window, problem)
      #expect(zip(found.due, found.allowed).allSatisfy { $0 <= $1 + 1e-9 })
      let total = wanted.reduce(0, +)
      #expect(abs((found.due.last ?? 0) - total) < 1e-9 && abs((found.allowed.last ?? 0) - total) < 1e-9)
    }
  }
}

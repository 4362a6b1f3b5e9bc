import TestSupport
import Testing
import TulouHourBlock
import TulouProblem

@Suite("Long arenas walk again in place of keeping their border") struct BorderWalkTests {
  private func solved(_ problem: HourlyProblem, keepsBorder: Bool, threads: Int) -> (plan: Double, bound: Double)? {
    let ranges = problem.impliedRanges()
    let form = BlockScaling.scale(BlockPresolve.run(BlockCompiler.compile(problem, ranges: ranges), problem: problem))
    guard form.contradiction == nil else { return nil }
    let point = InteriorPoint(form: form, threads: threads, keepsBorder: keepsBorder)
    let search = Iteration(point: point, options: SolveOptions(), began: HourBlockRun.now()) { point in
      let multipliers = PlanExtraction(problem: problem, form: form, point: point).multipliers()
      return Certificate(bound: problem.dualBound(multipliers, ranges: ranges), multipliers: multipliers)
    } conflict: { _ in
      nil
    }
    guard case .solved = search.run(), let certificate = search.certificate else { return nil }
    let plan = PlanExtraction(problem: problem, form: form, point: point).plan()
    let value = problem.objectiveValue(flows: plan.flows, contents: plan.contents, capacities: plan.capacities)
    return (value, certificate.bound)
  }

  @Test("the same plan and a bound as good, on one thread and several to the same byte", arguments: UInt64(1)...8)
  func samePlan(seed: UInt64) throws {
    let problem = RandomHourlyProblem(seed: seed, steps: 168).problem
    guard let kept = solved(problem, keepsBorder: true, threads: 1) else { return }
    let walked = try #require(solved(problem, keepsBorder: false, threads: 1))
    let scale = max(1, abs(kept.plan))
    #expect(abs(walked.plan - kept.plan) <= 1e-7 * scale && abs(walked.bound - kept.bound) <= 1e-7 * scale)
    let threaded = try #require(solved(problem, keepsBorder: false, threads: 3))
    #expect(threaded == walked)
  }

  @Test("rows are narrower by the border, and nothing else") func narrower() throws {
    let problem = RandomHourlyProblem(seed: 3, steps: 168).problem
    let form = BlockScaling.scale(
      BlockPresolve.run(BlockCompiler.compile(problem, ranges: problem.impliedRanges()), problem: problem))
    func width(_ keepsBorder: Bool?) -> Int {
      let point = InteriorPoint(form: form, threads: 1, keepsBorder: keepsBorder)
      return point.groups[0].start(of: 1) - point.groups[0].start(of: 0)
    }
    let point = InteriorPoint(form: form, threads: 1)
    #expect(point.program.borderLength > 0)
    #expect(width(true) - width(false) == point.program.borderLength)
    // An ordinary problem keeps it.
    #expect(width(nil) == width(true))
  }
}

import TestSupport
import Testing
import TulouHourBlock
import TulouProblem

/// A box for a point that a progress call may spoil.
private final class Spoiler: @unchecked Sendable {
  var point: InteriorPoint?
  var iteration = 0

  /// Writes NaN into one pivot of one hour: the direction that follows is lost.
  func spoil() {
    guard let point else { return }
    let group = point.groups[0]
    group.vectors.pointer[group.start(of: group.rows / 2) + point.program.pivot][3] = .nan
  }
}

@Suite("What is kept when an iterate is lost") struct BestPointTests {
  @Test("a NaN late in the iteration: the best iterate comes back with its certificate", arguments: [true, false])
  func notANumber(keepsBorder: Bool) throws {
    let problem = RandomHourlyProblem(seed: 7, steps: 168).problem
    let ranges = problem.impliedRanges()
    let form = BlockScaling.scale(BlockPresolve.run(BlockCompiler.compile(problem, ranges: ranges), problem: problem))
    let whole = HourBlock.solve(problem)
    try #require(whole.status == .optimal)
    let spoiler = Spoiler()
    spoiler.point = InteriorPoint(form: form, threads: 1, keepsBorder: keepsBorder)
    let point = try #require(spoiler.point)
    var options = SolveOptions()
    options.progress = { progress in
      // From here on every iterate is lost.
      if progress.iteration >= whole.iterations - 1 { spoiler.spoil() }
    }
    let search = Iteration(point: point, options: options, began: HourBlockRun.now()) { point in
      let multipliers = PlanExtraction(problem: problem, form: form, point: point).multipliers()
      return Certificate(bound: problem.dualBound(multipliers, ranges: ranges), multipliers: multipliers)
    } conflict: { _ in
      nil
    }
    let end = search.run()
    guard case .near = end else {
      Issue.record("The iteration ended with \(end).")
      return
    }
    let certificate = try #require(search.certificate)
    #expect(certificate.bound <= whole.objective * (1 + 1e-9))
    #expect(certificate.bound >= whole.objective * (1 - 1e-2))
    let plan = PlanExtraction(problem: problem, form: form, point: point).plan()
    #expect(plan.flows.allSatisfy { $0.allSatisfy(\.isFinite) })
  }
}

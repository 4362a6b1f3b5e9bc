import TestSupport
import Testing
import TulouHourBlock
import TulouProblem
import TulouSolvers

/// Both solvers on one random problem.
struct TwinResult {
  let problem: HourlyProblem
  let structured: Solution
  let highs: Solution

  init(seed: UInt64, freeCapacities: Bool = false) throws {
    problem = RandomHourlyProblem(seed: seed, freeCapacities: freeCapacities).problem
    structured = HourBlock.solve(problem)
    highs = Highs(try #require(InstalledSolver.library), feasibility: 1e-9).solve(problem, options: SolveOptions())
  }

  /// What is wrong, in words; nil if both agree or the structured solver handed over and said so.
  var fault: String? {
    switch (structured.status, highs.status) {
    case (.infeasible, .infeasible): return nil
    case (.failed, _), (.feasible, _): return structured.message.isEmpty ? "handed over without a word" : nil
    case (.optimal, .optimal): break
    default: return "\(structured.status) against \(highs.status): \(structured.message)"
    }
    let residual = problem.residuals(
      flows: structured.flows, contents: structured.contents, capacities: structured.capacities)
    if residual.largestRelative > 1e-8 { return "residual \(residual.largestRelative)" }
    let size = max(1e-9, abs(highs.objective))
    let difference = (structured.objective - highs.objective) / size
    if structured.bound > highs.objective + 1e-8 * size + 1e-7 { return "bound above the optimum by \(difference)" }
    if difference > 1e-6, size > 1e-3 { return "dearer by \(difference)" }
    return nil
  }

  /// Whether the structured solver gave a proven plan or found that there is none.
  var isSettled: Bool { structured.status == .optimal || structured.status == .infeasible }
}

@Suite("Structured solver against HiGHS", .enabled(if: InstalledSolver.isPresent)) struct RandomTwinTests {
  @Test("agrees on random problems of every kind", arguments: 0..<60) func agrees(seed: Int) throws {
    let result = try TwinResult(seed: UInt64(seed))
    #expect(result.fault == nil)
  }

  @Test("agrees where capacities cost next to nothing", arguments: 1000..<1030) func free(seed: Int) throws {
    let result = try TwinResult(seed: UInt64(seed), freeCapacities: true)
    #expect(result.fault == nil)
  }
}

@Suite(
  "Structured solver against HiGHS, hundreds of problems",
  .enabled(if: InstalledSolver.isPresent && SlowTests.areWanted)) struct RandomTwinSlowTests
{
  @Test("settles nearly all of 400 problems and is never wrong") func many() throws {
    var settled = 0
    var counts: [RandomHourlyProblem.Kind: Int] = [:]
    for seed in 0..<400 {
      for kind in RandomHourlyProblem(seed: UInt64(seed)).kinds { counts[kind, default: 0] += 1 }
      let result = try TwinResult(seed: UInt64(seed))
      #expect(result.fault == nil, "seed \(seed)")
      if result.isSettled { settled += 1 }
    }
    #expect(settled >= 396)
    for kind in RandomHourlyProblem.Kind.allCases { #expect(counts[kind, default: 0] >= 30, "\(kind)") }
  }

  @Test("settles nearly all of 150 problems with free capacities") func free() throws {
    var settled = 0
    for seed in 1000..<1150 {
      let result = try TwinResult(seed: UInt64(seed), freeCapacities: true)
      #expect(result.fault == nil, "seed \(seed)")
      if result.isSettled { settled += 1 }
    }
    #expect(settled >= 147)
  }
}

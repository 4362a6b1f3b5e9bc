import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// The end of a front where vehicles that give back would gain by running both ways: the town of Xizhou, cost and exergy.
@Suite("End of a front that runs one way") struct FrontEndTests {
  /// The own solver, as where HiGHS is not installed; with `breaksHeldRows` it finds nothing where a row holds a goal at its best.
  private struct Alone: Solver {
    var breaksHeldRows = false
    var name: String { "alone" }
    func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
      if breaksHeldRows, problem.yearlyRows.contains(where: \.isHeld) { return Solution(status: .failed, solver: name) }
      return Structured().solve(problem, options: options)
    }
  }

  private static func town(breaksHeldRows: Bool) async throws -> [ParetoPoint] {
    let path = SharedFolder.packageRoot + "/Examples/xizhou/network.yaml"
    let project = try ProjectReader.read(text: String(contentsOfFile: path, encoding: .utf8), path: path)
    let front = try await ParetoStudy.run(
      project: project, first: .netPresentCost, second: .exergyEfficiency, points: 2,
      in: StudyContext(solver: Alone(breaksHeldRows: breaksHeldRows), workers: 1))
    return front.points
  }

  @Test("the end of a front is the least cost with the ways of the plan that is best in the other goal")
  func endOfFront() async throws {
    let points = try await Self.town(breaksHeldRows: false)
    #expect(points.count == 2)
    // HiGHS branches to 20.83 million EUR/y; without the least cost there it is 43.49.
    #expect(points[1].first < 21e6 && points[1].certificate.gap < 0.02, "\(points[1].first)")
    #expect(points[1].certificate.bound <= 20.83e6 && points[1].certificate.bound > points[0].first)
    #expect(greatestOfBoth(try #require(points[1].outcome.plan)) < 1e-4)
  }

  @Test("an end that is not the least in the first goal says so")
  func endIsNotTheLeast() async throws {
    let points = try await Self.town(breaksHeldRows: true)
    let end = try #require(points.last)
    #expect(end.first > 2 * points[0].first && !end.certificate.gap.isFinite)
    #expect(
      end.outcome.warnings.contains { $0.severity == .warning && $0.message.contains("not the least in the first") })
  }

  private func greatestOfBoth(_ plan: Plan) -> Double {
    plan.problem.opposed.reduce(0) { worst, pair in
      zip(plan.solution.flows[pair.first], plan.solution.flows[pair.second]).reduce(worst) { max($0, min($1.0, $1.1)) }
    }
  }
}

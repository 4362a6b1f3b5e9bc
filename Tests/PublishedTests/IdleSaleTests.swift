import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouSolvers

/// A project that buys nothing, whose interior point found no second plan among those of equal value: HiGHS is asked then (rule M20).
@Suite("A sale that pays nothing", .enabled(if: PublicRoad.isOpen))
struct IdleSaleTests {
  @Test("all that the limit lets through is sold before anything is curtailed")
  func soldFirst() throws {
    let project = try ProjectReader.read(path: SharedFolder.packageRoot + "/Tests/Projects/idle-sale/project.yaml")
    let solver = try SolverChoice.auto.solver(highs: .success(Highs(try #require(PublicRoad.highs))))
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let plan = try #require(outcome.plan), certificate = try #require(outcome.certificate)
    // scipy 1.17, linprog with HiGHS, the same words by hand.
    #expect(outcome.status == .optimal && abs(certificate.value / 11_066.371 - 1) < 1e-7)
    let sold = try #require(plan.total("grid", .sale))
    var curtailed = [Double](repeating: 0, count: plan.problem.steps)
    for (j, flow) in plan.problem.flows.enumerated() where flow.label.role == .production {
      for t in curtailed.indices {
        let most = flow.upper.map { $0.value(at: t, capacities: plan.solution.capacities) }.min() ?? 0
        curtailed[t] += most - plan.solution.flows[j][t]
      }
    }
    let open = curtailed.indices.filter { curtailed[$0] > 1e-3 && sold[$0] < 100 - 1e-3 }
    #expect(open.isEmpty, "steps \(open.prefix(5))")
    #expect(sold.contains { $0 > 1 })
    #expect(
      outcome.warnings.contains { $0.path == "markets.grid.sell" && $0.message.contains("all that the limits let") })
  }
}

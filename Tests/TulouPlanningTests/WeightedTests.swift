import TestSupport
import Testing
import TulouDocument
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

@Suite("Weighted objective", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct WeightedTests {
  @Test("is 1 at the reference, and lies on the front of its goals")
  func front() async throws {
    var project = try ParetoTests.project(hours: 96)
    let solver = try InstalledHighs.solver()
    project.objective = .weighted
    project.weights = [GoalWeight(goal: .netPresentCost, weight: 0.6), GoalWeight(goal: .co2, weight: 0.4)]
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.unit == "1" && certificate.value < 1 && certificate.gap < 1e-7)
    #expect(outcome.warnings.contains { $0.message.contains("60 % net_present_cost against") })

    // Everything as in the reference: given its sizes, least cost and least of both differ by dispatch alone.
    project.weights = [GoalWeight(goal: .netPresentCost, weight: 1)]
    let cost = try #require(try PlanStudy.run(project: project, solver: solver).certificate)
    #expect(abs(cost.value - 1) < 1e-6)

    // No point of the front is better in the weighted sum.
    let front = try await ParetoStudy.run(
      project: project, first: .netPresentCost, second: .co2, points: 9, in: StudyContext(solver: solver))
    let reference = front.points[0]
    func sum(_ place: ParetoPlace) -> Double {
      0.6 * place.first / reference.first + 0.4 * place.second / reference.second
    }
    for point in front.points { #expect(sum(point.place) >= certificate.value * (1 - 3e-6)) }
  }

  @Test("is measured against given sizes where they are given")
  func given() throws {
    var project = try ParetoTests.project(hours: 48)
    let solver = try InstalledHighs.solver()
    project.objective = .weighted
    project.weights = [GoalWeight(goal: .netPresentCost, weight: 1)]
    project.referenceSizes = ["pv": 500, "genset": 1000]
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let value = try #require(outcome.certificate?.value)
    #expect(value < 1)
  }
}

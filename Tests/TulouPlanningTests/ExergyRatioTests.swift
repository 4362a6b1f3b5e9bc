import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// The best exergy efficiency, the limit on it, and the front over it.
@Suite("Exergy efficiency sought", .enabled(if: InstalledHighs.isPresent))
struct ExergyRatioTests {
  /// A heat demand that a boiler, a heat pump of little size and purchased heat may serve; numbers differ by case.
  ///
  /// - Parameter sells: An engine may sell power to a street: what is used then varies, so that the plan that destroys least is not
  ///   the one of the best ratio.
  private func project(_ seed: UInt64, sells: Bool = false) -> Project {
    var random = SeededRandom(seed: seed, stream: 5)
    var project = Project.small(
      "ratio \(seed)", hours: 24, buses: [("ac", .electricity), ("hot", .heat), ("pipe", .fuel), ("out", .electricity)])
    project.exergy.ambient = [random.uniform(-5...12)]
    if let b = project.buses.firstIndex(where: { $0.id == "hot" }) {
      (project.buses[b].supply, project.buses[b].return) = (70, 45)
    }
    let heat = (0..<24).map { _ in random.uniform(2...20) }
    project.addDemand("rooms", bus: "hot", heat)
    project.addDemand("lamps", (0..<24).map { _ in random.uniform(1...6) })
    project.addConverter(
      "boiler", kind: "boiler", ports: [(.heat, "hot", [1]), (.fuel, "pipe", [-1 / 0.9])], max: 40,
      cost: cost(100))
    project.addConverter(
      "pump", kind: "heat-pump", ports: [(.heat, "hot", [1]), (.power, "ac", [-1 / random.uniform(2.2...3.5)])],
      max: random.uniform(3...12), cost: cost(900))
    project.addMarket("grid", buy: [0.2])
    project.addMarket("wells", bus: "pipe", buy: [0.04])
    if sells {
      project.addConverter(
        "engine", kind: "generator", ports: [(.power, "out", [1]), (.fuel, "pipe", [-1 / 0.48])],
        max: random.uniform(5...20), cost: cost(500))
      project.addMarket("street", bus: "out", buy: [0.3], sell: [0.01], limit: (buy: 0, sell: 30))
    }
    return project
  }

  private func cost(_ capital: Double) -> SizeCost {
    var cost = SizeCost()
    cost.capital = capital
    return cost
  }

  private func outcome(_ project: Project, _ objective: Objective? = nil) throws -> Outcome {
    var options = PlanOptions()
    options.objective = objective
    options.explanationSeconds = nil
    return try PlanStudy.run(project: project, options: options, solver: Highs(#require(InstalledHighs.library)))
  }

  private func efficiency(_ outcome: Outcome) throws -> Double {
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    return try #require(accounts.value("exergy_efficiency"))
  }

  @Test(arguments: Array(UInt64(1)...5), [false, true])
  func `the ratio is that of a search over levels`(seed: UInt64, sells: Bool) throws {
    let project = project(seed, sells: sells)
    let best = try efficiency(outcome(project, .exergyEfficiency))
    // Levels by halving: a limit that can be kept is no more than the best.
    var low = 0.0, high = 1.0
    for _ in 0..<24 {
      let middle = (low + high) / 2
      var limited = project
      limited.limits[.exergyEfficiency] = middle
      if try outcome(limited).plan == nil { high = middle } else { low = middle }
    }
    #expect(abs(best - low) < 1e-6 * best + 1e-6, "\(best) \(low)")
  }

  @Test func `a limit is kept, and costs`() throws {
    var project = project(3)
    let cheap = try outcome(project), best = try efficiency(outcome(project, .exergyEfficiency))
    let free = try efficiency(cheap)
    let level = (free + best) / 2
    project.limits[.exergyEfficiency] = level
    let limited = try outcome(project)
    #expect(try efficiency(limited) >= level - 1e-6)
    #expect(try #require(limited.certificate?.value) >= #require(cheap.certificate?.value))
  }

  @Test func `the bound of the ratio is told`() throws {
    let outcome = try outcome(project(2), .exergyEfficiency)
    #expect(outcome.warnings.contains { $0.message.contains("no plan exceeds") })
    #expect(outcome.status == .optimal)
  }

  @Test func `a front over it rises with cost`() async throws {
    let front = try await ParetoStudy.run(
      project: project(4), first: .netPresentCost, second: .exergyEfficiency, points: 5,
      in: StudyContext(solver: Highs(#require(InstalledHighs.library))))
    #expect(front.points.count == 5)
    let points = front.points.sorted { $0.place.second < $1.place.second }
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.place.first <= $1.place.first * (1 + 1e-6) })
    #expect((points.last?.place.second ?? 0) > (points.first?.place.second ?? 0) + 0.01)
  }

  @Test func `missing temperatures are told`() {
    var project = project(1)
    project.exergy.ambient = []
    #expect(throws: ProjectFault.self) { try outcome(project, .exergyEfficiency) }
  }
}

import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Tests/Projects/growing in code: demand grows, batteries get cheaper, the renewable fraction rises.
enum GrowingProject {
  static func make() throws -> Project {
    let file = SharedFolder.packageRoot + "/Tests/Projects/growing/series.csv"
    let columns = try NumberTable.columns(of: String(contentsOfFile: file, encoding: .utf8))
    func stage(scale: Double, fraction: Double, cell: Double) -> Project {
      var project = Project.small("growing", year: 2026, hours: 168, buses: [("ac", .electricity)])
      project.addDemand("load", (columns["load"] ?? []).map { scale * $0 })
      project.addSource(
        "pv", class: .sun, share: columns["sun"] ?? [], max: 2500, cost: .capital(900, operation: 11, life: 25))
      project.addSource(
        "wind", class: .wind, share: columns["wind"] ?? [], max: 2000, cost: .capital(1300, operation: 35, life: 18))
      project.addStorage(
        "battery", charge: 0.9.squareRoot(), discharge: 0.9.squareRoot(), shape: .hours(4),
        sizes: [.kW(part: .power, max: 1500, .capital(100 + 4 * cell, operation: 4, life: 12))])
      project.addMarket("grid", buy: [0.15], sell: [0.04], limit: (600, 150), emission: 0.55)
      project.limits.renewableFraction = fraction
      return project
    }
    var project = stage(scale: 1, fraction: 0.3, cell: 180)
    project.stages = [
      Stage(id: "first", year: 2026, project: stage(scale: 1, fraction: 0.3, cell: 180)),
      Stage(id: "second", year: 2031, project: stage(scale: 1.5, fraction: 0.5, cell: 120)),
      Stage(id: "third", year: 2036, project: stage(scale: 2.2, fraction: 0.75, cell: 90)),
    ]
    return project
  }
}

/// Values: PyPSA 1.4.0 with HiGHS 1.15.1, Scripts/peers/own_projects.py, growing.
@Suite("Stages", .enabled(if: InstalledHighs.isPresent))
struct StageStudyTests {
  @Test("with foresight agree with one problem built independently")
  func foresight() throws {
    let outcome = try StageStudy.run(
      project: try GrowingProject.make(), mode: .foresight, solver: try InstalledHighs.solver())
    #expect(outcome.status == .optimal && outcome.stages.count == 3)
    let certificate = try #require(outcome.certificate)
    #expect(abs(certificate.value - 181640.40426218612) < 1e-6 * 181640)
    #expect(abs(outcome.netPresentCost - 2263640.924619361) < 1e-6 * 2263640)
    #expect(certificate.gap < 1e-8)
    let expected: [(String, String, Double)] = [
      ("pv", "", 314.205941), ("wind", "", 402.345987), ("battery", "power", 109.397691),
    ]
    for (id, part, size) in expected {
      let found = try #require(outcome.stages[0].plan.capacity(Label(id, .size, part: .named(part))))
      #expect(abs(found - size) < 1e-3 * size, "\(id)")
    }
    let accounts = StagedAccounts.make(project: try GrowingProject.make(), plans: outcome.stages.map(\.plan))
    let cost = try #require(accounts.value("net_present_cost"))
    #expect(abs(cost - outcome.netPresentCost) < 1e-9 * abs(cost))
    for (earlier, later) in zip(outcome.stages, outcome.stages.dropFirst()) {
      for (label, added) in later.added {
        let before = try #require(earlier.plan.capacity(label))
        let after = try #require(later.plan.capacity(label))
        #expect(added >= 0 && abs(after - before - added) < 1e-6 * (1 + after))
      }
    }
    for stage in outcome.stages {
      let solution = stage.plan.solution
      let residuals = stage.plan.problem.residuals(
        flows: solution.flows, contents: solution.contents, capacities: solution.capacities)
      #expect(residuals.largestRelative < 1e-7)
    }
  }

  @Test("one after the other cost more, as computed independently")
  func myopic() throws {
    let outcome = try StageStudy.run(
      project: try GrowingProject.make(), mode: .myopic, solver: try InstalledHighs.solver())
    #expect(outcome.status == .optimal)
    #expect(abs(outcome.netPresentCost - 2264726.8974865326) < 1e-6 * 2264726)
    let second = try #require(outcome.stages[1].plan.capacity(Label("battery", .size, part: .power)))
    #expect(abs(second - 228.733402) < 1e-3 * 228)
  }

  @Test("pay a fixed yearly operation in every year that the plant stands", arguments: StagedOutcome.Mode.allCases)
  func fixedOperation(_ mode: StagedOutcome.Mode) throws {
    let free = try StageStudy.run(project: try GrowingProject.make(), mode: mode, solver: try InstalledHighs.solver())
    var project = try GrowingProject.make()
    for s in project.stages.indices {
      for c in project.stages[s].project.components.indices where project.stages[s].project.components[c].id == "wind" {
        project.stages[s].project.components[c].sizes[0].cost.fixedOperation = 1000
      }
    }
    let paid = try StageStudy.run(project: project, mode: mode, solver: try InstalledHighs.solver())
    // Wind is built in the first stage of both paths, and is worth far more than a thousand a year.
    let present = 1000 / capitalRecoveryFactor(rate: project.economy.realDiscountRate, years: project.economy.lifetime)
    #expect(abs(paid.netPresentCost - free.netPresentCost - present) < 1e-6 * paid.netPresentCost)
    let accounts = StagedAccounts.make(project: project, plans: paid.stages.map(\.plan))
    let counted = try #require(accounts.value("net_present_cost"))
    #expect(abs(counted - paid.netPresentCost) < 1e-6 * counted)
  }

  @Test("of one stage are the plan itself")
  func single() throws {
    var project = try GrowingProject.make()
    project.stages = [project.stages[0]]
    let staged = try StageStudy.run(project: project, mode: .foresight, solver: try InstalledHighs.solver())
    let plain = try PlanStudy.run(project: project.stages[0].project, solver: try InstalledHighs.solver())
    let a = try #require(staged.certificate?.value), b = try #require(plain.certificate?.value)
    #expect(abs(a - b) < 1e-9 * b)
  }

  @Test("refuse what they cannot be")
  func refusals() throws {
    var project = try GrowingProject.make()
    project.stages[1].year = 2026
    #expect(throws: ProjectFault.self) {
      try StageStudy.run(project: project, mode: .myopic, solver: try InstalledHighs.solver())
    }
  }
}

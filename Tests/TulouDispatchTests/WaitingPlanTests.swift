import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What a plan that knows all can serve with machines and grid alone, a rule serves too.
@Suite("Waiting demand under rules") struct WaitingPlanTests {
  /// Two days with a machine, a grid that fails at times, and one to three demands that wait; nothing may be shed.
  static func project(seed: UInt64, demands: Int) -> Project {
    var random = SeededRandom(seed: seed, stream: 5)
    var project = Project.small("waiting \(seed)", hours: 48, buses: [("ac", .electricity), ("tank", .fuel)])
    project.addDemand("load", (0..<48).map { _ in random.uniform(10...30).rounded() })
    for n in 0..<demands {
      var demand = Demand(id: "later \(n)", bus: "ac", power: (0..<48).map { _ in random.uniform(0...6).rounded() })
      let peak = random.uniform() < 0.7 ? (random.uniform(6...20)).rounded() : nil
      demand.kind =
        random.uniform() < 0.5
        ? .daily(peak: peak)
        : .sliding(
          delayHours: random.uniform(1...12).rounded(), advanceHours: random.uniform(0...3).rounded(), peak: peak)
      project.demands.append(demand)
    }
    project.addConverter(
      "set", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-3])], max: 20,
      cost: .capital(100, life: 20))
    project.components[0].sizes[0].choice = .fixed(20)
    project.addMarket("oil", bus: "tank", buy: [0.1])
    project.addMarket(
      "grid", buy: [0.05], limit: ((6 + 5 * Double(demands) + random.uniform(0...8)).rounded(), 0))
    return project
  }

  /// Energy that the plan serves and the rule does not; nil where no plan serves all.
  private func missed(seed: UInt64, demands: Int) throws -> Double? {
    let project = Self.project(seed: seed, demands: demands)
    var asked = PlanOptions()
    asked.explanationSeconds = nil
    guard try PlanStudy.run(project: project, options: asked, solver: Structured()).hasPlan else { return nil }
    var options = SimulateOptions()
    options.comparesWithForesight = false
    let rule = try SimulateStudy.run(project: project, options: options, solver: nil)
    return Accounts.make(project: rule.project, plan: try #require(rule.plan)).value("unserved")
  }

  @Test("is served where any dispatch serves it", arguments: [1, 2, 3]) func served(demands: Int) throws {
    var feasible = 0
    for seed in UInt64(0)..<25 {
      guard let missed = try missed(seed: seed, demands: demands) else { continue }
      feasible += 1
      #expect(missed < 1e-6, "seed \(seed), \(demands) demands: \(missed) kWh/y")
    }
    #expect(feasible >= 5, "\(feasible)")
  }
}

import TestSupport
import Testing
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Sun, wind and a battery for objectives other than cost.
enum SecondSolveProjects {
  static func mixed(seed: UInt64, hours: Int) -> Project {
    var random = SeededRandom(seed: seed, stream: 5)
    var project = Project.small("mixed", hours: hours, buses: [("ac", .electricity)])
    var wind: [Double] = [], sun: [Double] = [], load: [Double] = []
    var level = 0.4
    for t in 0..<hours {
      level = min(1, max(0, level + 0.16 * (random.uniform() - 0.5) + 0.02 * (0.35 - level)))
      wind.append(level * level)
      let height = 1 - abs(Double(t % 24) - 12) / 6
      sun.append(height > 0 ? height * random.uniform(0.4...1) : 0)
      load.append(50 + 20 * random.uniform() + ((7..<22).contains(t % 24) ? 20 : 0))
    }
    project.addSource("pv", class: .sun, share: sun, max: 150, cost: .capital(700, operation: 10, life: 20))
    project.addSource("wind", class: .wind, share: wind, max: 90, cost: .capital(1200, operation: 20, life: 20))
    project.addStorage(
      "battery", charge: 0.94, discharge: 0.94, standingLoss: 1e-4, shape: .independent,
      sizes: [.kW(part: .power, max: 200, .capital(100, life: 15)), .kWh(max: 300, .capital(180, life: 15))])
    project.addMarket(
      "grid", buy: (0..<hours).map { ($0 % 24) < 7 ? 0.08 : 0.15 }, sell: [Double](repeating: 0.03, count: hours),
      limit: (200, 100), emission: 0.5)
    project.addDemand("load", load)
    return project
  }
}

@Suite("Second solves", .enabled(if: InstalledHighs.isPresent))
struct SecondSolveTests {
  @Test(
    "the structured solver finds the least cost that HiGHS finds",
    arguments: [Objective.co2, .outsideEnergy, .localEnergy])
  func agrees(objective: Objective) throws {
    var options = PlanOptions()
    options.objective = objective
    let project = SecondSolveProjects.mixed(seed: 3, hours: 120)
    let one = try PlanStudy.run(project: project, options: options, solver: Structured())
    let other = try PlanStudy.run(project: project, options: options, solver: try InstalledHighs.solver())
    let a = try #require(one.secondSolve), b = try #require(other.secondSolve)
    #expect(one.status == .optimal && a.isCheapest && b.isCheapest)
    #expect(abs(a.cost - b.cost) < 2e-5 * b.cost, "\(a.cost) against \(b.cost)")
    #expect(a.costBound <= b.cost * (1 + 1e-6))
    let certificate = try #require(one.certificate)
    #expect(certificate.value <= a.allowed * (1 + 1e-9) && certificate.gap < 1e-6)
    #expect(certificate.largestRelativeResidual < 1e-7)
  }

  @Test(
    "a goal that can be zero is proven, and a battery that idles both ways at it gains nothing",
    arguments: [UInt64(3), 4])
  func zero(seed: UInt64) throws {
    var project = SecondSolveProjects.mixed(seed: seed, hours: 168)
    for (c, most) in [(0, 2000.0), (1, 1000)] { project.components[c].sizes[0].maximum = most }
    project.components[2].sizes[0].maximum = 500
    project.components[2].sizes[1].maximum = 5000
    var options = PlanOptions()
    options.objective = .co2
    let outcome = try PlanStudy.run(project: project, options: options, solver: Structured())
    let certificate = try #require(outcome.certificate)
    #expect(outcome.status == .optimal && certificate.value == 0 && certificate.bound == 0 && certificate.gap == 0)
    #expect(outcome.secondSolve?.isCheapest == true)
    #expect(outcome.warnings.allSatisfy { $0.severity == .note }, "\(outcome.warnings)")
    let plan = try #require(outcome.plan)
    let charge = try #require(plan.total("battery", .charge)),
      discharge = try #require(plan.total("battery", .discharge))
    #expect(zip(charge, discharge).allSatisfy { min($0, $1) <= 1e-6 * 500 })
  }

  @Test("a second solve that ends without a proof is said, and the plan is not called best")
  func stalled() throws {
    var options = PlanOptions()
    options.objective = .co2
    let project = SecondSolveProjects.mixed(seed: 3, hours: 48)
    let outcome = try PlanStudy.run(project: project, options: options, solver: FirstSolveOnly())
    #expect(outcome.status == .feasible && outcome.hasPlan)
    #expect(outcome.secondSolve?.isCheapest == false)
    #expect(outcome.warnings.contains { $0.severity == .warning && $0.message.contains("least cost at it is not") })
  }

  /// Solves what holds no goal, and nothing else.
  private struct FirstSolveOnly: Solver {
    let name = "first"
    func solve(_ problem: HourlyProblem, options: SolveOptions) -> Solution {
      guard problem.yearlyRows.contains(where: \.isHeld) else {
        return Structured().solve(problem, options: options)
      }
      var failed = Solution(status: .failed, solver: name)
      failed.message = "The iteration stalled."
      return failed
    }
  }
}

@Suite("Second solves of a whole year", .enabled(if: SlowTests.areWanted))
struct SecondSolveSlowTests {
  @Test(
    "no objective stalls with sun, wind and battery", arguments: [Objective.co2, .outsideEnergy, .localEnergy],
    [UInt64(1), 2, 3])
  func year(objective: Objective, seed: UInt64) throws {
    var options = PlanOptions()
    options.objective = objective
    let outcome = try PlanStudy.run(
      project: SecondSolveProjects.mixed(seed: seed, hours: 8760), options: options, solver: Structured())
    #expect(outcome.status == .optimal)
    #expect(outcome.secondSolve?.isCheapest == true, "\(String(describing: outcome.secondSolve))")
  }
}

import TestSupport
import Testing
import TulouDocument
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

@Suite("Plan", .enabled(if: InstalledHighs.isPresent && SharedFolder.isPresent))
struct PlanStudyTests {
  static func c1(hours: Int = 336) throws -> Project {
    BenchProjects.c1(try SharedFolder.columns("bench/data/y01.csv"), hours: hours)
  }

  @Test("nets what runs in circles, never dearer, within the certified gap")
  func tidy() throws {
    let outcome = try PlanStudy.run(project: try Self.c1(), solver: try InstalledHighs.solver())
    let certificate = try #require(outcome.certificate)
    let plan = try #require(outcome.plan)
    #expect(outcome.status == .optimal)
    #expect(abs(certificate.value - 447318.36241365154) < 1e-6 * 447318)
    #expect(certificate.gap < 1e-8)
    #expect(certificate.tidiedValue <= certificate.value + 1e-9 * abs(certificate.value))
    #expect(certificate.tidiedValue >= certificate.bound - 1e-9 * abs(certificate.value))
    #expect(certificate.largestRelativeResidual < 1e-8)
    for (into, out) in [
      (Label("battery", .charge, bus: "ac"), Label("battery", .discharge, bus: "ac")),
      (Label("pumped", .charge, bus: "ac"), Label("pumped", .discharge, bus: "ac")),
      (Label("grid", .purchase, part: .whole, bus: "ac"), Label("grid", .sale, bus: "ac")),
    ] {
      let a = try #require(plan.flow(into)), b = try #require(plan.flow(out))
      #expect(zip(a, b).allSatisfy { min($0, $1) <= 0.1 }, "\(into)")
    }
  }

  @Test("finds the exact whole numbers, and rounding ends between bound and twice the gap")
  func wholeNumbers() throws {
    let project = BenchProjects.unitSizes(try SharedFolder.columns("bench/data/y01.csv"))
    var options = PlanOptions()
    options.wholeNumbers = .exact
    let exact = try PlanStudy.run(project: project, options: options, solver: try InstalledHighs.solver())
    // PyPSA 1.4.0 with HiGHS 1.15.1: Scripts/peers/format_files.py, unit_sizes.
    let value = 360598.01885892317
    let certificate = try #require(exact.certificate)
    #expect(abs(certificate.value - value) < 1e-6 * value)
    #expect(exact.plan?.capacity(Label("wind", .size)) == 500)
    #expect(abs(certificate.tidiedValue - certificate.value) < 1e-6 * value)

    options.wholeNumbers = .rounding
    let rounded = try PlanStudy.run(project: project, options: options, solver: try InstalledHighs.solver())
    let report = try #require(rounded.integers)
    let found = try #require(rounded.certificate)
    #expect(report.method == .rounding && report.designs > 1)
    #expect(found.value >= value * (1 - 1e-7))
    #expect(found.value < value * 1.03, "\(found.value) after \(report.designs) designs")
    #expect(found.bound <= value && found.bound == report.bound)
    let pv = try #require(rounded.plan?.capacity(Label("pv", .size)))
    #expect(abs(pv / 350 - (pv / 350).rounded()) < 1e-9)
    print("rounding: \(found.value), bound \(found.bound), \(report.designs) designs in \(report.seconds) s")
  }

  @Test("dispatches given sizes and reports limits instead of enforcing them")
  func given() throws {
    var options = PlanOptions()
    options.sizes = ["pv": 1000, "wind": 0, "genset": 700, "battery.power": 200, "battery.energy": 800, "pumped": 100]
    let outcome = try PlanStudy.run(project: try Self.c1(), options: options, solver: try InstalledHighs.solver())
    #expect(outcome.plan?.capacity(Label("pv", .size)) == 1000)
    let limit = try #require(outcome.givenSizes?.first)
    #expect(limit.key == "renewable_fraction" && !limit.holds && limit.reached < 0.7)
    #expect(outcome.warnings.contains { $0.message.contains("renewable_fraction") })

    options.sizes = ["pw": 1]
    #expect(throws: (any Error).self) {
      try PlanStudy.run(project: try Self.c1(), options: options, solver: try InstalledHighs.solver())
    }
  }

  @Test(
    "serves everything under other objectives and then costs least",
    arguments: [Objective.co2, .outsideEnergy, .localEnergy])
  func objectives(objective: Objective) throws {
    var project = try Self.c1(hours: 168)
    project.limits.renewableFraction = nil
    var options = PlanOptions()
    options.objective = objective
    let outcome = try PlanStudy.run(project: project, options: options, solver: try InstalledHighs.solver())
    let certificate = try #require(outcome.certificate)
    let second = try #require(outcome.secondSolve)
    #expect(outcome.plan?.total("load", .unserved) == nil)
    #expect(certificate.value <= second.allowed + 1e-9)
    #expect(second.cost.isFinite && second.status == .optimal)
    #expect(certificate.bound <= certificate.value + 1e-6)
    // The same best value by cost alone may not be cheaper to reach.
    let cheapest = try PlanStudy.run(project: project, solver: try InstalledHighs.solver())
    #expect((cheapest.certificate?.value ?? .infinity) <= second.cost * (1 + 1e-9))
  }

  @Test("says why nothing holds, when, and what change alone would do")
  func infeasible() throws {
    var project = try Self.c1(hours: 168)
    project.demands[0].tiers = []
    for i in project.components.indices {
      for s in project.components[i].sizes.indices { project.components[i].sizes[s].maximum = 5 }
    }
    project.limits.renewableFraction = nil
    let outcome = try PlanStudy.run(project: project, solver: try InstalledHighs.solver())
    #expect(outcome.status == .infeasible && outcome.plan == nil)
    let report = try #require(outcome.infeasibility)
    #expect(!report.conflicts.isEmpty && report.isComplete)
    let remedy = try #require(report.remedies.first { $0.path == "markets.grid.limit.buy" || $0.change != nil })
    #expect(remedy.sentence.hasSuffix("."))
    print(report.sentences.joined(separator: "\n"))
  }
}

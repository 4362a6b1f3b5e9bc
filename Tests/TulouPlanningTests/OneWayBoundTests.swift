import TestSupport
import Testing
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Where rounding decides sides of meters or sizes before directions are branched on, what is proven under these decisions bounds no
/// other plan: a bound may not lie above what whole numbers reach.
@Suite("Bounds where ways and whole numbers meet", .enabled(if: InstalledHighs.isPresent))
struct OneWayBoundTests {
  /// Two batteries, a line that loses and a market whose prices fall below zero and whose sale is dearer than its purchase in places.
  static func project(_ seed: UInt64, options: Bool) -> Project {
    let hours = 24
    var random = SeededRandom(seed: seed)
    func pick(_ values: [Double]) -> [Double] {
      (0..<hours).map { _ in values[min(values.count - 1, Int(random.uniform() * Double(values.count)))] }
    }
    func existing(_ part: Size.Part, _ unit: String, _ size: Double) -> Size {
      var given = Size(part: part, unit: unit)
      given.existing = size
      return given
    }
    var project = Project.small("ways", hours: hours, buses: [("ac", .electricity), ("far", .electricity)])
    project.addStorage(
      "one", charge: 0.84, discharge: 0.84, shape: .independent,
      sizes: [existing(.power, "kW", 4), existing(.energy, "kWh", 12)])
    project.addStorage(
      "two", bus: "far", charge: 0.95, discharge: 0.95, shape: .independent,
      sizes: [existing(.power, "kW", 3), existing(.energy, "kWh", 6)])
    var line = LinkBlock(from: "ac", to: "far", efficiency: 0.94)
    line.twoWay = true
    var size = Size(unit: "kW")
    size.existing = 9
    project.components.append(Component(id: "line", kind: "link", block: .link(line), sizes: [size]))
    project.addSource(
      "pv", bus: "far", class: .sun, share: (0..<hours).map { (8..<17).contains($0) ? random.uniform() : 0 }, max: 12,
      cost: .yearly(30))
    if options {
      project.components[3].sizes[0].choice = .multiples(of: 5)
    } else {
      project.components[3].sizes[0].existing = 12
    }
    project.addMarket(
      "grid", buy: pick([-0.3, -0.05, 0, 0.1, 0.2, 0.4]), sell: pick([-0.1, 0, 0.05, 0.3]), limit: (25, 8))
    project.addDemand("load", (0..<hours).map { _ in random.uniform(2...9) })
    project.addDemand("away", bus: "far", (0..<hours).map { _ in random.uniform(0...5) })
    return project
  }

  @Test("the plan by rounding and the exact one do not contradict each other", arguments: UInt64(1)...6)
  func bounds(seed: UInt64) throws {
    let highs = try InstalledHighs.solver()
    let project = Self.project(seed, options: seed % 3 == 0)
    var asked = PlanOptions()
    let quick = try #require(PlanStudy.run(project: project, options: asked, solver: highs).certificate)
    asked.wholeNumbers = .exact
    let exact = try #require(PlanStudy.run(project: project, options: asked, solver: highs).certificate)
    let slack = 1e-6 * max(abs(exact.value), 1)
    #expect(quick.bound <= exact.value + slack, "bound \(quick.bound), exact plan \(exact.value)")
    #expect(exact.bound <= quick.value + slack, "exact bound \(exact.bound), plan \(quick.value)")
    #expect(quick.bound <= quick.value + slack && exact.bound <= exact.value + slack)
  }
}

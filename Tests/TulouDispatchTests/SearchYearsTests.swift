import TestSupport
import Testing
import TulouDispatch
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Designs ranked by years simulated one by one.
@Suite("Search over years") struct SearchYearsTests {
  /// A day of 10 kW, diesel at 0.5 per kWh of fuel that grows dearer, sun whose capital pays only then.
  private func project(fuelGrowth: Double, demandGrowth: Double = 0) -> Project {
    var project = Project.small("years", hours: 24, buses: [("ac", .electricity), ("tank", .fuel)])
    project.economy.lifetime = 20
    project.addDemand("village", [Double](repeating: 10, count: 24), unservedCost: 5)
    project.demands[0].growth = demandGrowth
    project.addSource(
      "sun", class: .sun, share: (0..<24).map { (8..<16).contains($0) ? 1 : 0 }, max: 10,
      cost: .capital(30_000, life: 20))
    project.addConverter(
      "diesel", kind: "generator", ports: [(.power, "ac", [1]), (.fuel, "tank", [-2])], max: 12, cost: .yearly(0))
    project.components[1].sizes[0].minimum = 12
    project.addMarket("oil", bus: "tank", buy: [0.5])
    project.markets[0].buy?.price.escalation = fuelGrowth
    return project
  }

  private func search(_ project: Project, years: Int?) throws -> SearchOutcome {
    var options = SearchOptions()
    options.method = .grid
    options.points = 3
    options.years = years
    options.yearDesigns = 12
    options.seeksBound = false
    return try SearchStudy.run(project: project, options: options, solver: nil)
  }

  @Test("without growth the years rank as one year does, at the same cost")
  func same() throws {
    let project = project(fuelGrowth: 0)
    let one = try search(project, years: nil), many = try search(project, years: 20)
    #expect(one.rows[0].sizes == many.rows[0].sizes)
    let years = try #require(many.rows[0].inYears)
    #expect(abs(years.netPresentCost / one.rows[0].netPresentCost - 1) < 1e-9)
    #expect(many.valuedInYears >= 3 && many.ranked == many.rows.count { $0.isFeasible && $0.inYears != nil })
  }

  @Test("growing demand that outgrows the plant is rejected by its worst year")
  func outgrown() throws {
    var project = project(fuelGrowth: 0, demandGrowth: 0.05)
    project.limits.unservedEnergy = 0.01
    let found = try search(project, years: 20)
    let best = try #require(found.rows.first?.inYears)
    // 10 kW x 1.05^19 = 25 kW at the end; diesel gives 12, at night alone.
    #expect(best.worstLoss > 0.3 && best.violation > 0)
    #expect(!found.rows.contains { $0.isFeasible && $0.inYears != nil })
  }

  @Test("the value of a row is that of its own years")
  func value() throws {
    let project = project(fuelGrowth: 0.04)
    let found = try search(project, years: 10)
    let row = found.rows[0]
    var options = SimulateOptions()
    options.sizes = ["sun": row.sizes[0]]
    let record = try #require(
      try MultiYearStudy.run(project: project, options: options, asked: MultiYearOptions(years: 10)))
    #expect(abs(record.annualCost - (row.inYears?.annualCost ?? 0)) < 1e-9 * record.annualCost)
    // Sorted by what the years cost.
    let values = found.rows.prefix(found.valuedInYears).filter(\.isFeasible).compactMap { $0.inYears?.value }
    #expect(values == values.sorted() && values.count >= 3)
  }
}

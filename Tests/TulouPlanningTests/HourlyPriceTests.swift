import TestSupport
import Testing
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// The price of an hour is what one more kWh there costs: by hand, by a second plan, and as the mean that the bus's price is.
@Suite("Price of each hour")
struct HourlyPriceTests {
  private func outcome(_ project: Project) throws -> Outcome {
    var options = PlanOptions()
    options.findsShadowPrices = true
    options.solve.tolerance = 1e-9
    return try PlanStudy.run(project: project, options: options, solver: Structured())
  }

  /// A grid that is dearer by day, a limit of purchase that binds in hour 12, and shedding at 5 there.
  private func project(extra: Double = 0, at hour: Int = 0) -> Project {
    var project = Project.small("prices", hours: 24, buses: [("ac", .electricity)])
    project.addMarket("grid", buy: (0..<24).map { (8..<20).contains($0) ? 0.3 : 0.1 }, limit: (20, 0))
    project.markets[0].sell = nil
    var load = (0..<24).map { $0 == 12 ? 25.0 : 10.0 }
    load[hour] += extra
    project.addDemand("load", load, unservedCost: 5)
    project.limits.unservedEnergy = 1
    return project
  }

  @Test("is the tariff where the grid serves, and the cost of shedding where it cannot")
  func byHand() throws {
    let found = try outcome(project())
    let price = try #require(found.hourlyPrices.first)
    #expect(found.hourlyPrices.count == 1 && price.bus == "ac" && price.unit.hasSuffix("/kWh"))
    for (hour, value) in price.values.enumerated() {
      let expected = hour == 12 ? 5 : (8..<20).contains(hour) ? 0.3 : 0.1
      #expect(abs(value - expected) < 1e-4, "hour \(hour)")
    }
  }

  /// What nobody limits gets a limit for the sake of the bound; met in the hour of the peak it would have a price.
  @Test("is the tariff in every hour where nothing limits the grid, beside a dearer one and behind a line too")
  func withoutLimit() throws {
    var project = Project.small("open", hours: 24, buses: [("ac", .electricity), ("far", .electricity)])
    project.addMarket("grid", buy: [Double](repeating: 0.1, count: 24))
    project.addMarket("dear", buy: [Double](repeating: 0.3, count: 24))
    project.addDemand("load", [Double](repeating: 5, count: 24))
    project.addDemand("end", bus: "far", (0..<24).map { Double($0 % 5) })
    var size = Size(unit: "kW")
    size.existing = 30
    project.components.append(
      Component(
        id: "line", kind: "link", block: .link(LinkBlock(from: "ac", to: "far", efficiency: 0.8)), sizes: [size]))
    let prices = try outcome(project).hourlyPrices
    for (bus, expected) in [("ac", 0.1), ("far", 0.125)] {
      let price = try #require(prices.first { $0.bus == bus })
      for value in price.values { #expect(abs(value - expected) < 1e-5, "\(bus)") }
    }
  }

  @Test("is what a plan with a little more demand in that hour costs more", arguments: [0, 8, 12, 23])
  func bySecondPlan(hour: Int) throws {
    let more = 1e-3
    let first = try outcome(project()), second = try outcome(project(extra: more, at: hour))
    let a = try #require(first.plan), b = try #require(second.plan)
    let change = b.solution.objective - a.solution.objective
    let weight = a.problem.weight[hour] * a.problem.stepHours
    let price = try #require(first.hourlyPrices.first).values[hour]
    #expect(abs(change / (more * weight) - price) < 1e-3 * price)
  }

  @Test("has the price of the bus as its mean over the demand")
  func mean() throws {
    let found = try outcome(project())
    let plan = try #require(found.plan)
    let price = try #require(found.hourlyPrices.first)
    let bus = try #require(found.shadowPrices.first { $0.path == "buses.ac" })
    var paid = 0.0, energy = 0.0
    for t in 0..<24 {
      let amount = plan.problem.weight[t] * plan.problem.stepHours * (t == 12 ? 25 : 10)
      paid += amount * price.values[t]
      energy += amount
    }
    #expect(abs(paid / energy - bus.value) < 1e-4 * bus.value)
  }

  @Test("is not told of plans whose goal is another than cost")
  func otherGoal() throws {
    var project = project()
    project.objective = .co2
    #expect(try outcome(project).hourlyPrices.isEmpty)
  }
}

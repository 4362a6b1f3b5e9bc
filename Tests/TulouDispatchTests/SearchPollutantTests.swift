import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Pollutants other than CO2 in a search: of lanes, of hours, of the opened row.
@Suite("Other pollutants in a search") struct SearchPollutantTests {
  @Test("both engines count other pollutants alike, and cost with their price") func pollutants() throws {
    var project = SearchTests.island()
    project.addMarket("grid", buy: [0.4], sell: [0.02], limit: (buy: 8, sell: 5))
    let factors = (0..<(24 * 14)).map { 1e-3 * (1 + Double($0 % 5)) }
    let nitrogen = try #require(Pollutant.all.last), sulphur = Pollutant.all[3], carbon = Pollutant.all[0]
    project.markets[1].pollutants = [nitrogen: PathSeries(2e-3), sulphur: PathSeries(1e-3, escalation: -0.02)]
    for i in project.carriers.indices where project.carriers[i].kind == .fuel {
      project.carriers[i].pollutants = [nitrogen: 1e-3, carbon: 5e-4]
    }
    if case .converter(var block) = project.components[2].block {
      block.pollutants = [nitrogen: 4e-3]
      project.components[2].block = .converter(block)
    }
    project.economy.pollutantPrices = [nitrogen: YearPath(3, escalation: 0.01), carbon: YearPath(1)]
    func compare(_ project: Project) throws {
      let exact = try SearchTests.search(project)
      let lanes = try #require(try SearchTests.lanes(project, SearchOptions()))
      let rows = lanes.candidates(exact.rows.map(\.sizes))
      for (lane, hour) in zip(rows, exact.rows) {
        #expect(hour.pollutants.count == Pollutant.all.count && hour.pollutants.contains { $0 > 0 })
        #expect(abs(lane.value - hour.value) <= 1e-6 * abs(hour.value), "\(exact.sizesText(hour))")
        #expect(lane.broken == hour.broken)
      }
      var options = SimulateOptions()
      options.comparesWithForesight = false
      let row = try #require(exact.rows.first)
      for (side, size) in zip(exact.sides, row.sizes) { options.sizes[side.name] = size }
      let single = try SimulateStudy.run(project: project, options: options, solver: nil)
      let accounts = Accounts.make(project: single.project, plan: try #require(single.plan))
      for (pollutant, amount) in zip(Pollutant.all, row.pollutants) {
        #expect(abs(amount - accounts.pollutants[pollutant]) <= 1e-6 * max(1, amount), "\(pollutant.name)")
      }
      #expect(abs(row.annualCost - (accounts.value("annual_cost") ?? .nan)) <= 1e-6 * row.annualCost)
    }
    try compare(project)
    project.limits[.pollutant(nitrogen)] = 400
    let limited = try SearchTests.search(project)
    let i = try #require(limited.limits.firstIndex(of: "pollutants.NOx"))
    #expect(limited.rejected[i] > 0 && limited.feasible > 0)
    try compare(project)
    // By the hour: lanes know no hours, so designs are run one by one, and the reason is said.
    project.markets[1].pollutants[nitrogen] = PathSeries(factors)
    let hourly = try SearchTests.search(project)
    #expect(hourly.rows.allSatisfy { $0.isExact } && hourly.engine == "hour by hour")
    #expect(hourly.engineReasons.contains { $0.contains("differs by the hour") })
  }
}

import Foundation
import Synchronization
import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouFinance
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSimulation
import TulouSolvers
import TulouTechnologies

/// Settings that rules and searches find by themselves: thresholds, peaks, single candidates.
@Suite("Settings that are found") struct SettingsTests {
  @Test("thresholds of a tariff with two prices are these two") func twoPrices() throws {
    var project = SearchTests.house()
    let hours = project.horizon.steps
    // A fifth of the hours is dear: both quarters over the hours are the cheap price.
    project.markets[0].buy?.price = PathSeries((0..<hours).map { (17..<22).contains($0 % 24) ? 0.25 : 0.1 })
    let system = try SystemReader.system(of: try SimulateStudy.sized(project, ["sun": 4, "battery.power": 3]).0)
    let resolved = try #require(system.rule(.priceThreshold(low: nil, high: nil), cheapest: false)).resolved
    #expect(resolved == .priceThreshold(low: 0.1, high: 0.25))
  }

  @Test("peaks that are paid for month by month are shaved month by month") func monthlyPeaks() throws {
    var project = Project.small("works", hours: 24 * 59, buses: [("ac", .electricity)])
    // January: 40 kW with 90 kW for two hours a day; February: 20 kW with 50.
    project.addDemand(
      "works", (0..<24 * 59).map { t in t / 24 < 31 ? (t % 24 / 2 == 5 ? 90 : 40) : (t % 24 / 2 == 5 ? 50 : 20) },
      unservedCost: 5)
    project.addMarket("grid", buy: [0.1], limit: (200, 0))
    project.markets[0].demandCharges = [Market.DemandCharge(rate: 10)]
    project.addStorage(
      "battery", charge: 1, discharge: 1, shape: .independent,
      sizes: [.kW(part: .power, max: 40, .yearly(0)), .kWh(max: 40, .yearly(0))])
    project.fixSizes()
    let outcome = try SimulateTests.run(project, .peakShaving(limit: nil))
    let plan = try #require(outcome.plan)
    let bought = try #require(plan.total("grid", .purchase))
    // 40 kWh over two hours: 20 kW off the peak of each month.
    #expect(abs((bought[..<744].max() ?? 0) - 70) < 0.1)
    #expect(abs((bought[744...].max() ?? 0) - 30) < 0.1)
    #expect(outcome.rules?.words.contains("month by month at 30") == true, "\(outcome.rules?.words ?? "")")
    // One limit for both where no month is paid for.
    project.markets[0].demandCharges = []
    let single = try SimulateTests.run(project, .peakShaving(limit: nil))
    #expect(single.rules?.words.contains("peak shaving at 70") == true, "\(single.rules?.words ?? "")")
  }

  @Test("a size with one candidate is run at it, not at zero") func oneCandidate() throws {
    let project = SearchTests.island()
    let outcome = try SearchTests.search(project) { $0.candidates = ["sun": [150], "diesel": [60, 90]] }
    #expect(outcome.evaluated == 2 * 4 && outcome.rows.allSatisfy { $0.sizes[0] == 150 })
    let row = try #require(outcome.rows.first)
    #expect(outcome.sizesText(row).hasPrefix("sun=150,"))
    var options = SimulateOptions()
    options.comparesWithForesight = false
    for (side, size) in zip(outcome.sides, row.sizes) { options.sizes[side.name] = size }
    let single = try SimulateStudy.run(project: project, options: options, solver: nil)
    #expect(abs((single.certificate?.value ?? .nan) - row.value) <= 1e-6 * row.value)
    for method in [SearchOptions.Method.optimise, .evolve] {
      let found = try SearchTests.search(project) {
        $0.candidates = ["sun": [150]]
        $0.method = method
        $0.most = 200
      }
      #expect(found.rows.first?.sizes[0] == 150)
    }
  }
}

import TestSupport
import Testing
import Tulou
import TulouCases
import TulouFiles
import TulouPlanning

/// Rows that stand beside plans, on a week in place of a year: each is what the accounts of the plan say.
@Suite("Rows of Shenzhen's plans") struct ShenzhenPlanTests {
  /// The experimental stage over a week, planned once for all tests.
  private static let week: (plans: ShenzhenPlans, given: Accounts, best: Accounts, plan: Plan)? = {
    guard let paper = try? PublishedCase.read("shenzhen"),
      let project = try? ProjectReader.read(
        path: SharedFolder.packageRoot + "/Examples/shenzhen/experimental.yaml", options: .init(hours: 168))
    else { return nil }
    var plans = ShenzhenPlans(paper: paper, solver: Structured(), options: PlanOptions())
    var given = PlanOptions()
    given.sizes = plans.publishedSizes("experimental")
    guard (try? plans.add(stage: "experimental", project: project)) != nil,
      let asGiven = (try? PlanStudy.run(project: project, options: given, solver: Structured()))?.plan,
      let best = (try? PlanStudy.run(project: project, solver: Structured()))?.plan
    else { return nil }
    plans.addPrice(stage: "experimental")
    return (
      plans, Accounts.make(project: project, plan: asGiven), Accounts.make(project: project, plan: best), asGiven
    )
  }()

  @Test("the sizes of table 7 are those of the paper in kW") func sizes() throws {
    let paper = try PublishedCase.read("shenzhen")
    let plans = ShenzhenPlans(paper: paper, solver: Structured(), options: PlanOptions())
    #expect(
      plans.publishedSizes("advanced") == [
        "wind": 16_500_000, "panels": 1_450_000, "turbines": 900_000, "converter": 1_000_000, "reservoirs": 1_059_000,
      ])
  }

  @Test("cost, CO2 and fractions are those of the accounts") func accounts() throws {
    let (plans, given, best, _) = try #require(Self.week)
    func value(_ id: String) -> Double { plans.values["\(id).experimental"]?.value?.number ?? .nan }
    func same(_ ours: Double, _ key: String, _ accounts: Accounts, _ scale: Double) {
      let expected = (accounts.value(key) ?? .nan) * scale
      #expect(abs(ours - expected) <= 1e-6 * abs(expected), "\(key): \(ours), \(expected)")
    }
    same(value("t9.npc"), "net_present_cost", given, 1e-6)
    same(value("t9.coe"), "cost_of_energy_served", given, 1)
    same(value("t10.low"), "co2", given, 1)
    same(value("r64.rf"), "renewable_fraction_with_storage", given, 100)
    same(value("r73.coe"), "cost_of_energy_served", best, 1)
    same(value("r58.rf"), "renewable_fraction", best, 100)
    #expect(abs(value("plan.flow") - 16.5647) < 1e-3 && abs(value("plan.volume") - 0.59633) < 1e-4)
    // 45 MW x 99 m2/kW.
    #expect(abs(value("siting") - 4.455) < 1e-6)
    #expect(value("r51.grid") <= 20 * (1 + 1e-9))
  }

  @Test("shares of the mix are outputs of the five sources and add up to 100 %") func mix() throws {
    let (plans, _, _, plan) = try #require(Self.week)
    let outputs = [
      "wind": plan.total("wind", .production), "pv": plan.total("panels", .production),
      "gas": plan.total("turbines", .conversion), "grid": plan.total("grid", .purchase),
      "psh": plan.total("reservoirs", .discharge),
    ].mapValues { ($0 ?? []).reduce(0, +) }
    let whole = outputs.values.reduce(0, +)
    for (source, output) in outputs {
      let share = plans.values["t8.\(source).experimental"]?.value?.number ?? .nan
      #expect(abs(share - 100 * output / whole) < 1e-3, "\(source): \(share)")
    }
  }

  @Test("figures 7 and 8 scale what they say") func figures() throws {
    let (plans, given, _, _) = try #require(Self.week)
    let coe = given.value("cost_of_energy_served") ?? .nan
    let curve = try #require(plans.curves.first { $0.figure == 7 && $0.name == "sizes of table 7" })
    #expect(curve.points.map(\.x) == [1, 1.5, 2, 2.5, 3] && abs(curve.points[0].y / coe - 1) < 1e-9)
    let rise = plans.values["f7.rise.experimental"]?.value?.number ?? .nan
    #expect(abs(rise - 100 * (curve.points[4].y / curve.points[0].y - 1)) < 1e-9)
    // Straight: every half adds as much.
    let steps = zip(curve.points, curve.points.dropFirst()).map { $1.y - $0.y }
    #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-9 } && steps[0] > 0)
    let interest = try #require(plans.curves.first { $0.figure == 8 && $0.name == "sizes of table 7" })
    #expect(interest.points.map(\.x) == [0, 5, 6, 10, 15, 20])
    let spread = plans.values["f8.rise.experimental"]?.value?.number ?? .nan
    #expect(abs(spread - (interest.points[5].y - interest.points[0].y)) < 1e-12 && spread > 0)
  }

  @Test("what the line to the wind costs, and the price behind table 9") func questions() throws {
    let (plans, given, _, _) = try #require(Self.week)
    func value(_ id: String) -> Double { plans.values["\(id).experimental"]?.value?.number ?? .nan }
    // 100 USD/kW x 45 MW over 25 years at 6 % by what is served in a year.
    let served = (given.value("annual_cost") ?? .nan) / (given.value("cost_of_energy_served") ?? .nan)
    #expect(abs(value("line.cost") - 4_500_000 * 0.078226718 / served) < 1e-6)
    #expect(value("line.loss") > 0 && value("line.loss") < 0.05)
    // The digest's own reckoning gives 0.183 USD/kWh.
    #expect(abs(value("price") - 0.183) < 0.0005)
  }

  @Test("costs by item: fuel is what is bought of gas, the largest come first") func costs() throws {
    let (_, given, _, _) = try #require(Self.week)
    let items = ShenzhenTables.presentValues(given)
    let whole = items.reduce(0) { $0 + $1.amount }
    let npc = given.value("net_present_cost") ?? .nan
    #expect(abs(whole - npc) < 1e-6 * npc)
    #expect(items.contains { $0.name == "gas fuel" } && items.contains { $0.name == "grid purchase" })
    let largest = ShenzhenPlans.largestCosts(given, count: 2)
    #expect(largest[0].amount >= largest[1].amount && largest[0].amount == items.map(\.amount).max())
  }
}

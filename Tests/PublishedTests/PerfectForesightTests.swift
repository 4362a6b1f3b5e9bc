import TestSupport
import Testing
import TulouCases
import TulouDispatch
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What a rule costs beside perfect foresight with the same sizes, on published cases; the solar home bench stands in
/// `SolarHomeTests` (rule 0.563307, perfect foresight 0.353734 EUR/day, both published).
@Suite("Rules beside perfect foresight on published cases", .enabled(if: SharedFolder.isPresent))
struct PerfectForesightTests {
  private func foresight(
    _ project: Project, _ strategy: DispatchStrategy, sizes: [String: Double]
  ) throws -> (rule: Double, found: RuleRecord.Foresight) {
    var options = SimulateOptions()
    options.strategy = strategy
    options.sizes = sizes
    let outcome = try SimulateStudy.run(project: project, options: options, solver: Structured())
    let found = try #require(outcome.rules?.foresight)
    return (try #require(outcome.certificate?.value), found)
  }

  /// validation/oemof-home-pv: the plan of oemof.solph costs 398.662368 EUR/y, and that is perfect foresight.
  @Test("the home of oemof.solph: its plan is perfect foresight, the rule of self-consumption costs more")
  func home() throws {
    let file = (SharedFolder.path ?? "") + "/data/loads/oemof-home-pv-2020.csv"
    let project = try TemporaryProject(
      """
      tulou: 1
      name: Home
      horizon: {start: 2020-01-01, length: 1 y, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 0 %, lifetime: 20 y}
      buses:
        ac: {carrier: electricity}
        dc: {carrier: electricity}
      demands:
        home: {bus: ac, power: {file: "\(file)", column: "electricity demand (kW)", unit: kW}}
      components:
        pv: {kind: source, bus: dc, class: S.sun, availability: {file: "\(file)", column: "pv yield (kW/kW)", scale: \(100 / 0.95) %}, capacity: {max: 10 kW}, capital: 1200 EUR/kW, life: 20 y}
        inverter: {kind: link, from: dc, to: ac, efficiency: 95 %, capacity: {max: 20 kW}, capital: 300 EUR/kW, life: 20 y}
        battery: {kind: storage, bus: ac, efficiency: {charge: 90 %, discharge: 100 %}, standing_loss: 1 %/h, capacity: {max: 50 kWh}, capital: {energy: 750 EUR/kWh}, life: 20 y}
      markets:
        grid: {bus: ac, class: N, buy: 0.30 EUR/kWh, sell: 0.06 EUR/kWh, limit: {buy: 100 kW, sell: 100 kW}}
      """)
    let read = try ProjectReader.read(path: project.path)
    let (rule, found) = try foresight(
      read, .selfConsumption, sizes: ["pv": 6.0378652, "inverter": 4.0978673, "battery.energy": 2.3874995])
    #expect(abs(found.value / 398.66236849622027 - 1) < 1e-5, "\(found.value)")
    #expect(found.bound <= found.value * (1 + 1e-9) && rule >= found.bound)
    #expect(found.excess > 0 && found.excess < 0.2, "\(found.excess)")
    print("Home of oemof.solph: the rule costs \(found.excess * 100) % more than perfect foresight")
  }

  /// validation/microgrid-ouessant: sizes of the base case of Microgrids.py; fuel 0.24 l/kWh at 1 USD/l, maintenance by
  /// the kWh of full load, and sheds at 10 USD/kWh so that both may.
  @Test("the island of Ouessant of Microgrids.py: load following is near perfect foresight, cycle charging is not")
  func ouessant() throws {
    let columns = try SharedFolder.columns("validation/microgrid-ouessant/Ouessant_data_2016.csv", skipping: 1)
    let load = try #require(columns["Load"]), speed = try #require(columns["Wind"])
    let panel = try #require(columns["Ppv1k"])
    let share = speed.map { v in min(1, max(0, 0.0025 * (v * 1.059 - 3) * (v * 1.059 - 3) * (v * 1.059 - 3))) }
    let hours = csv([("load", load), ("sun", panel.map { $0 / 1000 }), ("wind", share)])
    let project = try TemporaryProject(
      """
      tulou: 1
      name: Ouessant
      horizon: {start: 2017-01-01, length: \(load.count) h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 5 %, lifetime: 25 y}
      carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
      buses: {ac: {carrier: electricity, spill: true}, tank: {carrier: diesel}}
      demands: {island: {bus: ac, power: {file: hours.csv, column: load, unit: kW}, tiers: {normal: 100 %}}}
      reliability: {unserved_cost: {normal: 10 USD/kWh}}
      components:
        sun: {kind: source, bus: ac, class: S.sun, availability: {file: hours.csv, column: sun}, capacity: {max: 5 MW}, capital: 1200 USD/kW, operation: 20 USD/kW/y, life: 25 y}
        wind: {kind: source, bus: ac, class: W, availability: {file: hours.csv, column: wind}, capacity: {max: 5 MW}, capital: 3500 USD/kW, operation: 100 USD/kW/y, life: 25 y}
        battery: {kind: storage, bus: ac, efficiency: {charge: 95 %, discharge: 95.238 %}, capacity: {max: 10 MWh}, capital: {energy: 350 USD/kWh}, life: 15 y}
        diesel: {kind: generator, fuel: tank, power: ac, efficiency: 41.667 %, capacity: {max: 2 MW}, capital: 400 USD/kW, operation: 0.02 USD/kWh, life: 10 y}
      markets: {oil: {bus: tank, class: N, buy: 1 USD/l}}
      """, files: ["hours.csv": hours])
    let read = try ProjectReader.read(path: project.path)
    let sizes = ["diesel": 1800.0, "battery.energy": 5000, "sun": 3000, "wind": 900]
    let following = try foresight(read, .loadFollowing, sizes: sizes)
    let cycling = try foresight(read, .cycleCharging(setPoint: 0), sizes: sizes)
    #expect(following.found.excess > -1e-6 && following.found.excess < 0.01, "\(following.found.excess)")
    #expect(cycling.found.excess > following.found.excess, "\(cycling.found.excess)")
    #expect(abs(following.found.value - cycling.found.value) <= 1e-6 * following.found.value)
    print(
      "Ouessant: load following costs \(following.found.excess * 100) %, cycle charging \(cycling.found.excess * 100) % more than perfect foresight"
    )
  }

  @Test(
    "Shenzhen: no rule on the sizes of table 7 is cheaper than perfect foresight", .enabled(if: SlowTests.areWanted),
    arguments: ["experimental", "pilot", "advanced"])
  func shenzhenSlowTests(stage: String) throws {
    let paper = try PublishedCase.read("shenzhen")
    let project = try ProjectReader.read(path: SharedFolder.packageRoot + "/Examples/shenzhen/\(stage).yaml")
    var sizes: [String: Double] = [:]
    let machines = [
      "wind": "wind", "panels": "pv", "turbines": "gas", "converter": "converter", "reservoirs": "psh",
    ]
    for (id, name) in machines { sizes[id] = paper["t7.\(name).\(stage)"] * 1000 }
    for strategy in [DispatchStrategy.loadFollowing, .cycleCharging(setPoint: 0)] {
      let (rule, found) = try foresight(project, strategy, sizes: sizes)
      print("Shenzhen, \(stage), \(strategy.words): \(rule) against \(found.value), \(found.remark)")
      guard found.excess.isFinite else { continue }
      #expect(found.excess > -1e-7 && rule >= found.bound * (1 - 1e-7))
    }
  }
}

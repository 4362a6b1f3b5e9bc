import Foundation
import TestSupport
import Testing
import TulouSimulation

/// Years of other programs, from the shared folder.
@Suite("Published simulations", .enabled(if: SharedFolder.isPresent))
struct PublishedSimulationTests {
  /// The island of Ouessant of Microgrids.py: load, wind and sun of 2016.
  static func ouessant(generator: Double, battery: Double, sun: Double, wind: Double) throws -> SimulationProblem {
    let columns = try SharedFolder.columns("validation/microgrid-ouessant/Ouessant_data_2016.csv", skipping: 1)
    let load = try #require(columns["Load"]), speed = try #require(columns["Wind"])
    var problem = SimulationProblem(steps: load.count)
    problem.demands = [Demand("island", power: load)]
    let specific = 900e3 / (Double.pi * 26 * 26)
    problem.sources = [
      SeriesSource("sun", perUnit: try #require(columns["Ppv1k"]).map { $0 / 1000 }, size: sun),
      SeriesSource("wind", perUnit: speed.map { windFactor($0 * 1.059, specific: specific) }, size: wind),
    ]
    problem.storages = [
      Storage(
        "battery", energy: battery, chargePower: battery, dischargePower: battery, chargeEfficiency: 0.95,
        dischargeEfficiency: 1 / 1.05)
    ]
    problem.generators = [Generator("diesel", size: generator, fuelSlope: 0.240)]
    return problem
  }

  private static func windFactor(_ speed: Double, specific: Double) -> Double {
    guard speed <= 25 else { return 0 }
    let c = 0.5 * 0.521 * 1.225 / specific * speed * speed * speed
    return max(0, -log(exp(-3.1) + exp(-3.1 * c)) / 3.1)
  }

  /// Values: Microgrids.py 289da9f, validation/microgrid-ouessant/expected.json.
  @Test("Microgrids.py on Ouessant to 1e-9")
  func microgrids() throws {
    let text = try SharedFolder.text("validation/microgrid-ouessant/expected.json")
    let cases = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(cases.count == 3)
    for item in cases {
      let inputs = try #require(item["inputs"] as? [String: Double])
      let expected = try #require(item["operation"] as? [String: Any])
      let problem = try Self.ouessant(
        generator: try #require(inputs["generator_kw"]), battery: try #require(inputs["battery_kwh"]),
        sun: try #require(inputs["pv_kw"]), wind: try #require(inputs["wind_kw"]))
      let sums = Simulation.run(problem, .loadFollowing()).statistics
      let found: [String: Double] = [
        "served_energy": sums.served, "shed_energy": sums.shed, "shed_max": sums.shedMaximum,
        "shed_hours": sums.shedHours, "shed_duration_max": sums.shedLongest, "shed_rate": sums.shedShare,
        "gen_energy": sums.generators[0].energy, "gen_hours": sums.generators[0].hours,
        "gen_fuel": sums.generators[0].fuel, "storage_cycles": sums.storages[0].cycles,
        "storage_char_energy": sums.storages[0].charged, "storage_dis_energy": sums.storages[0].discharged,
        "storage_loss_energy": sums.storages[0].lost, "spilled_energy": sums.spilled,
        "spilled_max": sums.spilledMaximum, "spilled_rate": sums.spilledShare,
        "renew_potential_energy": sums.sourcePotential, "renew_energy": sums.sourcePotential - sums.spilled,
        "renew_rate": sums.renewableShare,
      ]
      for (name, value) in expected {
        // Where nothing is installed the other program divides by zero.
        guard let value = value as? Double, value.isFinite, let ours = found[name] else { continue }
        #expect(abs(ours - value) <= 1e-9 * max(1, abs(value)), "\(inputs) \(name)")
        #expect(Measured.isWithin("microgrids.year", abs(ours - value) / max(1, abs(value))), "\(inputs) \(name)")
      }
      #expect(sums.balanceResidual < 1e-9)
    }
  }

  /// Values: solarhome-control-bench 92f794b, validation/ems-solarhome/expected.json; price 0.10 EUR/kWh to 6 h, 0.20 after.
  /// The trajectory is printed to six decimals, hence the tolerance.
  @Test("the rule of the solar home bench")
  func solarHome() throws {
    let columns = try SharedFolder.columns("validation/ems-solarhome/rule-based-trajectory.csv")
    let load = try #require(columns["P_load_sp"]), sun = try #require(columns["P_sun"])
    var problem = SimulationProblem(steps: load.count, stepHours: 0.5)
    problem.demands = [Demand("home", power: load)]
    problem.sources = [SeriesSource("sun", perUnit: sun, size: 1)]
    problem.storages = [Storage("battery", energy: 8, chargePower: 1000, dischargePower: 1000, startShare: 0.5)]
    let price = load.indices.map { $0 % 48 < 12 ? 0.10 : 0.20 }
    problem.grid = GridConnection(buyLimit: 3, sellLimit: 0, buyPrice: price, sellPrice: price)
    let sums = Simulation.run(problem, .selfConsumption).statistics
    let days = Double(load.count) / 48
    #expect(abs(sums.purchaseCost / days - 0.5633069230769231) < 1e-6)
    #expect(Measured.isWithin("solarhome.rule", abs(sums.purchaseCost / days - 0.5633069230769231)))
    #expect(abs(sums.bought / days - 3.378017948717949) < 1e-6)
    #expect(abs(sums.spilled / days - 1.939953846153846) < 1e-6)
    #expect(abs(sums.storages[0].finalContent - 4.754) < 1e-6)
    #expect(sums.shed == 0)
  }
}

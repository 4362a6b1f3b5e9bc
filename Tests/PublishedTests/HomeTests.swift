import TestSupport
import Testing
import TulouAssembly
import TulouPlanning
import TulouProblem

/// validation/oemof-home-pv: a home in the leap year 2020, solved by oemof.solph 0.6.5 with CBC.
@Suite("A home with PV and battery, oemof.solph", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct HomeTests {
  @Test("PV alone: 477.409019 EUR/y, 4.12536 kW")
  func photovoltaics() throws {
    let outcome = try plan(
      """
        pv: {kind: source, bus: ac, class: S.sun, availability: \(yield(1)), capacity: {max: 10 kW}, capital: 1500 EUR/kW, life: 20 y}
      """)
    try expect(outcome, 477.40901917715496, sizes: ["pv": 4.1253596])
  }

  @Test("PV behind an inverter with a battery: 398.662368 EUR/y")
  func battery() throws {
    let outcome = try plan(
      """
        pv: {kind: source, bus: dc, class: S.sun, availability: \(yield(1 / 0.95)), capacity: {max: 10 kW}, capital: 1200 EUR/kW, life: 20 y}
        inverter: {kind: link, from: dc, to: ac, efficiency: 95 %, capacity: {max: 20 kW}, capital: 300 EUR/kW, life: 20 y}
        battery: {kind: storage, bus: ac, efficiency: {charge: 90 %, discharge: 100 %}, standing_loss: 1 %/h, capacity: {max: 50 kWh}, capital: {energy: 750 EUR/kWh}, life: 20 y}
      """, buses: "\n  dc: {carrier: electricity}")
    try expect(
      outcome, 398.66236849622027,
      sizes: ["pv": 6.0378652, "inverter": 4.0978673, "battery.energy": 2.3874995])
  }

  private var file: String { (SharedFolder.path ?? "") + "/data/loads/oemof-home-pv-2020.csv" }

  private func yield(_ scale: Double) -> String {
    "{file: \"\(file)\", column: \"pv yield (kW/kW)\", scale: \(scale * 100) %}"
  }

  private func plan(_ components: String, buses: String = "") throws -> Outcome {
    let project = try TemporaryProject(
      """
      tulou: 1
      name: Home
      horizon: {start: 2020-01-01, length: 1 y, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 0 %, lifetime: 20 y}
      buses:
        ac: {carrier: electricity}\(buses)
      demands:
        home: {bus: ac, power: {file: "\(file)", column: "electricity demand (kW)", unit: kW}}
      components:
      \(components)
      markets:
        grid: {bus: ac, class: N, buy: 0.30 EUR/kWh, sell: 0.06 EUR/kWh, limit: {buy: 100 kW, sell: 100 kW}}
      """)
    return try PublicRoad.plan(project.path)
  }

  private func expect(_ outcome: Outcome, _ value: Double, sizes: [String: Double]) throws {
    #expect(outcome.status == .optimal)
    let certificate = try #require(outcome.certificate)
    #expect(abs(certificate.value / value - 1) < 1e-6, "\(certificate.value) EUR/y")
    #expect(Measured.isWithin("oemof.home", Measured.relative(certificate.value, value)))
    for (name, size) in sizes {
      #expect(abs((outcome.size(name) ?? 0) / size - 1) < 1e-3, "\(name): \(outcome.size(name) ?? 0)")
    }
  }
}

/// validation/oemof-chp: a fixed and an extraction CHP over five hours, numbers of a test of oemof.solph.
@Suite("Fixed and extraction CHP, oemof.solph", .enabled(if: PublicRoad.isOpen && SharedFolder.isPresent))
struct ExtractionTests {
  struct Case: Decodable {
    struct Demand: Decodable {
      var electric: [Double]
      var heat_per_unit: [Double]
      var heat_peak: Double
    }
    struct Expected: Decodable {
      var gas_variable_chp: Double, gas_fixed_chp: Double, objective: Double
    }
    var demand: Demand
    var gas_price: Double
    var expected: Expected
  }

  /// The extraction turbine is a condensing machine and a back-pressure machine side by side: with (0.5, 0) and
  /// (0.3, 0.5) their sums are just the points that the case allows.
  @Test("gas of both, to the printed digits")
  func gas() throws {
    let given: Case = try SharedFolder.json("validation/oemof-chp/case.json")
    let heat = given.demand.heat_per_unit.map { $0 * given.demand.heat_peak }
    let project = try TemporaryProject(
      """
      tulou: 1
      name: Two turbines
      horizon: {start: 2012-01-01, length: 5 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 0 %, lifetime: 20 y}
      carriers:
        gas: {kind: fuel, heating_value: 10 kWh/m3}
      buses:
        line: {carrier: gas}
        power-fixed: {carrier: electricity, spill: true}
        heat-fixed: {carrier: heat, spill: true}
        power-variable: {carrier: electricity, spill: true}
        heat-variable: {carrier: heat, spill: true}
      demands:
        power-one: {bus: power-fixed, power: {file: wanted.csv, column: power, unit: kW}}
        heat-one: {bus: heat-fixed, power: {file: wanted.csv, column: heat, unit: kW}}
        power-two: {bus: power-variable, power: {file: wanted.csv, column: power, unit: kW}}
        heat-two: {bus: heat-variable, power: {file: wanted.csv, column: heat, unit: kW}}
      components:
        fixed: {kind: chp, fuel: line, power: power-fixed, heat: heat-fixed, efficiency: {power: 30 %, heat: 50 %}, capacity: {max: 10 GW}}
        condensing: {kind: generator, fuel: line, power: power-variable, efficiency: 50 %, capacity: {max: 10 GW}}
        extracting: {kind: chp, fuel: line, power: power-variable, heat: heat-variable, efficiency: {power: 30 %, heat: 50 %}, capacity: {max: 10 GW}}
      markets:
        supplier: {bus: line, class: N, buy: \(given.gas_price) EUR/kWh}
      """,
      files: ["wanted.csv": csv([("power", given.demand.electric), ("heat", heat)])])
    let outcome = try PublicRoad.plan(project.path)
    #expect(outcome.status == .optimal)
    let certificate = try #require(outcome.certificate)
    let years = outcome.assembled.problem.years
    // The test of oemof.solph prints the cost to tens: max(el/0.3, heat/0.5) and max(el + 0.4 heat, heat) / 0.5, hour by
    // hour, come to 326,661,586.84.
    #expect(abs(certificate.value * years - given.expected.objective) < 5, "\(certificate.value * years) EUR")
    #expect(abs(certificate.value * years / 326661586.84103334 - 1) < 1e-9)
    #expect(Measured.isWithin("oemof.chp", abs(certificate.value * years - given.expected.objective)))
    let plan = try #require(outcome.plan)
    func fuel(_ id: String, _ efficiency: Double) -> Double {
      (plan.total(id, .conversion) ?? []).reduce(0, +) / efficiency
    }
    #expect(abs(fuel("fixed", 0.3) / given.expected.gas_fixed_chp - 1) < 1e-6)
    let variable = fuel("condensing", 0.5) + fuel("extracting", 0.3)
    #expect(abs(variable / given.expected.gas_variable_chp - 1) < 1e-6)
  }
}

import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

private let head = """
  tulou: 1
  horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
  economy: {currency: EUR, real_discount_rate: 6 %, lifetime: 5 y}
  carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, emission: 0.2 kg/kWh}}
  buses: {ac: {carrier: electricity, spill: true}, hot: {carrier: heat, supply: 60 degC, return: 40 degC, spill: true}, pipe: {carrier: gas}}
  markets: {grid: {bus: ac, class: N, buy: 1 EUR/kWh, emission: 0.5 kg/kWh}, wells: {bus: pipe, class: N, buy: 0.1 EUR/kWh}}

  """

private func accounts(_ text: String, _ solver: any Solver = Structured()) throws -> Accounts {
  let outcome = try PlanStudy.run(project: TemporaryText.project(head + text), solver: solver)
  return Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
}

/// `maximum_hours`: energy of a year by the capacity.
@Suite("Caps of hours") struct HourCapTests {
  private static let machines: [(String, String)] = [
    ("source", "{kind: source, bus: ac, class: W, availability: 100 %, "),
    ("generator", "{kind: generator, fuel: pipe, power: ac, efficiency: 40 %, "),
    ("chp", "{kind: chp, fuel: pipe, power: ac, heat: hot, efficiency: {power: 40 %, heat: 40 %}, "),
    ("boiler", "{kind: boiler, fuel: pipe, heat: hot, efficiency: 90 %, "),
    ("heat-pump", "{kind: heat-pump, power: ac, heat: hot, cop: 5, "),
  ]

  @Test("the energy of a year stays below hours times capacity", arguments: machines)
  func capped(_ kind: String, _ machine: String) throws {
    let demands = "demands: {load: {bus: ac, power: 10 kW}, rooms: {bus: hot, power: 10 kW}}\n"
    let rest =
      "  dear: {kind: boiler, fuel: pipe, heat: hot, efficiency: 20 %, cost: 3 EUR/kWh, capacity: {fixed: 20 kW}}\n"
    func hours(_ cap: String) throws -> Double {
      let found = try accounts(
        demands + "components:\n" + rest.replacing("cost: 3 EUR/kWh", with: "operation: 3 EUR/kWh")
          + "  it: \(machine)\(cap)capacity: {fixed: 8 kW}}\n")
      return try #require(found.value("full_load_hours.it"))
    }
    #expect(try hours("") > 8000)
    #expect(abs(try hours("maximum_hours: 1500 h, ") - 1500) < 1e-3)
  }

  /// A machine of 8 kW at 4 kW: ten hours of the day are 5 h at full load, and ten on line.
  @Test(
    "with whole machines hours on line are counted, whatever their load", .enabled(if: InstalledHighs.isPresent),
    arguments: [("relaxed", 3650.0), ("exact", 1825.0)])
  func online(_ commitment: String, _ hours: Double) throws {
    let text = """
      demands: {load: {bus: ac, power: 4 kW}}
      components:
        it: {kind: generator, fuel: pipe, power: ac, efficiency: 40 %, minimum_load: 50 %, commitment: \(commitment), maximum_hours: 3650 h, capacity: {fixed: 8 kW}}

      """
    let found = try accounts(text, Highs(#require(InstalledHighs.library)))
    #expect(abs((found.value("full_load_hours.it") ?? .nan) - hours) < 1e-3)
  }

  @Test("rules refuse it, and without a capacity it is an error")
  func refused() throws {
    let text = "demands: {load: {bus: ac, power: 10 kW}}\ncomponents:\n"
    #expect(throws: ProjectFault.self) {
      try accounts(text + "  it: {kind: source, bus: ac, class: W, natural: 5 kW, maximum_hours: 100 h}\n")
    }
  }
}

/// The load curve: its peak and valley, as an indicator, a limit and an objective.
@Suite("Peak and valley") struct PeakValleyTests {
  private static let load =
    "demands: {load: {bus: ac, power: {values: [4,4,4,4,4,4,8,8,10,10,10,10,12,12,12,10,10,10,12,12,9,6,4,4], unit: kW}}, shuttles: {bus: ac, kind: vehicles, count: 2, battery: 40 kWh, charger: 10 kW, trip: 60 km/d, consumption: 0.2 kWh/km, away: [\"08:00-18:00\"], efficiency: 100 %}}\n"

  @Test("charging fills the valley: 24 kWh over ten hours of the night raise 4 kW to the level of water in a vessel")
  func objective() throws {
    let cheapest = try accounts(Self.load)
    let even = try accounts(Self.load + "objective: peak_valley_difference\n")
    let before = try #require(cheapest.value("peak_valley_difference")),
      after = try #require(even.value("peak_valley_difference"))
    // Without charging the curve has 12 - 4 = 8 kW. Hours 0-5, 22, 23 at 4 kW, 21 at 6 kW: 24 kWh over eight hours are 3 kW,
    // but 6 kW at 21 h stand 1 kW below 7, so the level is (8 x 4 + 6 + 24) / 9 = 6.888 kW.
    #expect(before >= after - 1e-6)
    #expect(abs(after - (12 - (32.0 + 6 + 24) / 9)) < 1e-4, "\(after)")
  }

  @Test("a limit on it is kept")
  func limit() throws {
    let found = try accounts(Self.load + "limits: {peak_valley_difference: {max: 6 kW}}\n")
    #expect((found.value("peak_valley_difference") ?? 99) <= 6 + 1e-6)
  }

  @Test("both solvers find the same", .enabled(if: InstalledHighs.isPresent))
  func solvers() throws {
    let text = Self.load + "objective: peak_valley_difference\n"
    let own = try accounts(text).value("peak_valley_difference") ?? .nan
    let highs = try accounts(text, Highs(#require(InstalledHighs.library))).value("peak_valley_difference") ?? .nan
    #expect(abs(own - highs) < 1e-4)
  }
}

/// Primary energy by factors, and CO2 of the life cycle in phases.
@Suite("Primary energy and life cycle by hand") struct PrimaryEnergyTests {
  private static let text = """
    demands: {load: {bus: ac, power: 10 kW}, rooms: {bus: hot, power: 9 kW}}
    components:
      boiler: {kind: boiler, fuel: pipe, heat: hot, efficiency: 90 %, capacity: {fixed: 20 kW}}
      roof: {kind: source, bus: ac, class: S.sun, availability: 100 %, capacity: {fixed: 4 kW}}

    """

  @Test("factors of the standard, factors of the file, and the part that is not renewable")
  func factors() throws {
    let usual = try #require(accounts(Self.text + "primary_energy: {}\n").primaryEnergy)
    // 6 kW of power at 2.5, 10 kW of gas at 1.1, 4 kW of sun at 1.
    #expect(abs(usual.total - 8760 * (6 * 2.5 + 10 * 1.1 + 4)) < 1)
    #expect(abs(usual.nonRenewable - 8760 * (6 * 2.3 + 10 * 1.1)) < 1)
    #expect(abs((usual.perServed ?? 0) - 30.0 / 19) < 1e-6)
    let stated = try #require(
      try accounts(Self.text + "primary_energy: {factors: {grid: 2}, non_renewable: {grid: 1.5, wells: 1}}\n")
        .primaryEnergy)
    #expect(abs(stated.total - 8760 * (12 + 11 + 4)) < 1)
    #expect(abs(stated.nonRenewable - 8760 * (9 + 10)) < 1)
    #expect(try accounts(Self.text).primaryEnergy == nil)
  }

  @Test("what is sold is taken off where it is asked for")
  func sales() throws {
    let text =
      head.replacing("buy: 1 EUR/kWh,", with: "buy: 1 EUR/kWh, sell: 0.1 EUR/kWh,")
      + Self.text.replacing("fixed: 4 kW", with: "fixed: 14 kW") + "primary_energy: {credit_sales: true}\n"
    let outcome = try PlanStudy.run(project: TemporaryText.project(text), solver: Structured())
    let plan = try #require(outcome.plan)
    let sold = try #require(Accounts.make(project: outcome.project, plan: plan).primaryEnergy)
    #expect(abs(sold.total - 8760 * (14 + 11 - 4 * 2.5)) < 1)
  }

  @Test("unknown names and a part above the whole are errors")
  func refused() {
    #expect(throws: ProjectFault.self) { try accounts(Self.text + "primary_energy: {factors: {gridd: 2}}\n") }
    #expect(throws: ProjectFault.self) {
      try accounts(Self.text + "primary_energy: {factors: {grid: 2}, non_renewable: {grid: 3}}\n")
    }
  }

  @Test("phases of a life cycle by hand add up to the whole")
  func phases() throws {
    let text = Self.text.replacing(
      "class: S.sun, availability: 100 %,",
      with:
        "class: S.sun, availability: 100 %, life: 2 y, embodied: {component: 100 kg/kW, installation: 10 %, maintenance: 1 %/y, recycling: -20 %},"
    )
    let carbon = try accounts(text).carbon
    let roof = try #require(carbon.phases.first)
    // 4 kW; five years with lives of two: two replacements.
    #expect(abs(roof.component - 400.0 / 5) < 1e-9)
    #expect(abs(roof.installation - 40.0 / 5) < 1e-9)
    #expect(abs(roof.replacement - 2 * 440.0 / 5) < 1e-9)
    #expect(abs(roof.maintenance - 4) < 1e-9)
    #expect(abs(roof.recycling + 3 * 80.0 / 5) < 1e-9)
    #expect(abs(carbon.lifeCycle - roof.total) < 1e-9)
  }
}

import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Exergy of plans whose machines a hand can count: surroundings at 5 degC, heat at 80/60 degC, cold at 7/12 degC.
@Suite("Exergy by hand", .enabled(if: InstalledHighs.isPresent))
struct ExergyAccountTests {
  private static let head = """
    tulou: 1
    horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
    economy: {currency: CNY, real_discount_rate: 6 %, lifetime: 5 y}
    exergy: {ambient: 5 degC}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, exergy_factor: 1.04, emission: 0.2 kg/kWh}}
    buses:
      ac: {carrier: electricity, spill: true}
      hot: {carrier: heat, supply: 80 degC, return: 60 degC, spill: true}
      cool: {carrier: cold, supply: 7 degC, return: 12 degC}
      pipe: {carrier: gas}
    markets:
      grid: {bus: ac, class: N, buy: 1 CNY/kWh}
      wells: {bus: pipe, class: N, buy: 0.3 CNY/kWh}

    """

  private func planned(_ text: String) throws -> (ExergyAccount, Outcome) {
    let outcome = try PlanStudy.run(
      project: TemporaryText.project(text), solver: Highs(#require(InstalledHighs.library)))
    return (Accounts.make(project: outcome.project, plan: try #require(outcome.plan)).exergy, outcome)
  }

  /// kWh a year of a steady kW.
  private let year = 8760.0
  private var hot: Double { 1 - 278.15 * log(353.15 / 333.15) / 20 }

  private func expect(_ line: ExergyLine?, in taken: Double, out given: Double) {
    #expect(abs((line?.taken ?? .nan) - taken) < 1e-6 * taken, "\(String(describing: line?.id))")
    #expect(abs((line?.given ?? .nan) - given) < 1e-6 * max(1, given), "\(String(describing: line?.id))")
    #expect(abs((line?.destroyed ?? .nan) - (taken - given)) < 1e-6 * taken)
  }

  @Test func `a boiler, a heat pump and what a demand needs`() throws {
    let (account, _) = try planned(
      Self.head + """
        demands: {rooms: {bus: hot, power: 10 kW, needs: 40 degC}}
        components:
          boiler: {kind: boiler, fuel: pipe, heat: hot, efficiency: 92 %, capacity: {fixed: 4 kW}}
          pump: {kind: heat-pump, power: ac, heat: hot, cop: 3, capacity: {fixed: 20 kW}}
        """)
    expect(account.line("boiler"), in: 4 / 0.92 * 1.04 * year, out: 4 * hot * year)
    expect(account.line("pump"), in: 2 * year, out: 6 * hot * year)
    let needed = 10 * (40.0 - 5) / 313.15 * year
    expect(account.line("rooms"), in: 10 * hot * year, out: needed)
    let entered = (4 / 0.92 * 1.04 + 2) * year
    #expect(abs((account.efficiency ?? 0) - needed / entered) < 1e-9)
    #expect(account.mismatches.map(\.id) == ["boiler"])
  }

  @Test func `a CHP, a chiller, a solar field and a battery`() throws {
    let (account, _) = try planned(
      Self.head.replacing(
        "grid: {bus: ac, class: N, buy: 1 CNY/kWh}", with: "grid: {bus: ac, class: N, buy: 9 CNY/kWh}") + """
          demands: {rooms: {bus: hot, power: 5 kW}, cellar: {bus: cool, power: 9 kW}, lamps: {bus: ac, power: {values: [1,5,1,5,1,5,1,5,1,5,1,5,1,5,1,5,1,5,1,5,1,5,1,5], unit: kW}}}
          components:
            station: {kind: chp, fuel: pipe, power: ac, heat: hot, efficiency: {power: 38 %, heat: 47 %}, capacity: {fixed: 5 kW}}
            field: {kind: source, bus: hot, class: S.sun, availability: 100 %, capacity: {fixed: 1 kW}}
            chiller: {kind: chiller, power: ac, cold: cool, cop: 4.5, capacity: {fixed: 9 kW}}
            battery: {kind: storage, bus: ac, round_trip: 81 %, hours: 4 h, capacity: {fixed: 20 kW}}
          """)
    let station = try #require(account.line("station"))
    #expect(abs((station.efficiency ?? 0) - (0.38 + 0.47 * hot) / 1.04) < 1e-9)
    let cold = -(1 - 278.15 * log(285.15 / 280.15) / 5)
    expect(account.line("chiller"), in: 2 * year, out: 9 * cold * year)
    let field = try #require(account.line("field"))
    #expect(abs(field.given - year * hot) < 1e-6 * field.given)
    let battery = try #require(account.line("battery"))
    #expect(battery.taken > 0)
    #expect(abs(battery.given / battery.taken - 0.81) < 1e-6)
    #expect(abs(battery.destroyed - (battery.taken - battery.given)) < 1e-6 * battery.taken)
  }

  @Test func `light and wind before the device`() throws {
    func text(_ basis: String) -> String {
      Self.head.replacing("exergy: {ambient: 5 degC}", with: "exergy: {ambient: 5 degC, basis: \(basis)}") + """
        site: {latitude: 30 deg, longitude: 120 deg, altitude: 0 m, time_zone: Asia/Shanghai}
        resources:
          sun: {ghi: {values: [0,0,0,0,0,0,0,0.2,0.4,0.6,0.7,0.8,0.8,0.7,0.6,0.4,0.2,0,0,0,0,0,0,0], unit: kW/m2}}
          mast: {speed: {value: 8 m/s}, height: 70 m}
        demands: {lamps: {bus: ac, power: 1 kW}, rooms: {bus: hot, power: 1 kW}}
        components:
          roof: {kind: pv, bus: ac, resource: sun, capacity: {fixed: 3 kW}}
          rotor: {kind: wind-turbine, bus: ac, resource: mast, turbine: onshore-1500kw, hub_height: 70 m, density: none, capacity: {fixed: 2 kW}}
          field: {kind: solar-collector, bus: hot, resource: sun, optical_efficiency: 75 %, linear_loss: 0 W/m2/K, mean_temperature: 70 degC, capacity: {fixed: 4 m2}}
          boiler: {kind: boiler, fuel: pipe, heat: hot, efficiency: 92 %, capacity: {fixed: 4 kW}}
        """
    }
    let (before, _) = try planned(text("radiation"))
    // 5.4 kWh/m2 a day; modules of 20 % take 5 m2 a kilowatt.
    let roof = try #require(before.line("roof")), field = try #require(before.line("field"))
    #expect(abs(roof.taken - 0.95 * 5.4 * 15 * 365) < 1e-6 * roof.taken)
    #expect(abs(field.taken - 0.95 * 5.4 * 4 * 365) < 1e-6 * field.taken)
    // 0.91 of the kinetic power through 4657 m2 for 1500 kW, in the standard air of the hub's height.
    let rotor = try #require(before.line("rotor"))
    let air = 1.225 * pow(1 - 0.0065 * 70 / 288.15, 4.2559)
    let wind = 0.91 * air * 512 / 2000 * (Double.pi / 4 * 77 * 77 / 1500) * 2 * year
    #expect(abs(rotor.taken - wind) < 1e-4 * wind)
    #expect(before.lines.allSatisfy { $0.hourlyDestroyed.allSatisfy { $0 >= -1e-9 } })
    let (after, _) = try planned(text("device_output"))
    #expect((after.efficiency ?? 0) > (before.efficiency ?? 1))
    #expect(after.line("roof").map { $0.taken == $0.given } == true)
    let rest = before.entered - before.used - before.sold - before.destroyed - before.stored
    #expect(abs(rest) < 1e-6 * before.entered)
  }

  @Test func `a limit counts light before the device as the account does`() throws {
    let text = """
      tulou: 1
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: CNY, real_discount_rate: 6 %, lifetime: 5 y}
      site: {latitude: 30 deg, longitude: 120 deg, altitude: 0 m, time_zone: Asia/Shanghai}
      exergy: {basis: radiation}
      buses: {ac: {carrier: electricity, spill: true}}
      resources: {sun: {ghi: {values: [0,0,0,0,0,0,0,0.2,0.4,0.6,0.7,0.8,0.8,0.7,0.6,0.4,0.2,0,0,0,0,0,0,0], unit: kW/m2}}}
      demands: {lamps: {bus: ac, power: 1 kW}}
      components: {roof: {kind: pv, bus: ac, resource: sun, capital: 1 CNY/kW, capacity: {max: 9 kW}}}
      markets: {grid: {bus: ac, class: N, buy: 1 CNY/kWh}}
      limits: {exergy_efficiency: {min: 60 %}}
      """
    let (account, _) = try planned(text)
    #expect(abs((account.efficiency ?? 0) - 0.6) < 1e-6)
  }

  @Test func `every hour adds up, and the whole`() throws {
    let (account, _) = try planned(
      Self.head.replacing(
        "exergy: {ambient: 5 degC}",
        with: "exergy: {ambient: {values: [1,2,3,4,5,6,7,8,9,10,11,12,12,11,10,9,8,7,6,5,4,3,2,1], unit: degC}}") + """
          demands: {rooms: {bus: hot, power: {values: [1,9,1,9,1,9,1,9,1,9,1,9,1,9,1,9,1,9,1,9,1,9,1,9], unit: kW}, needs: 50 degC}}
          components:
            pump: {kind: heat-pump, power: ac, heat: hot, cop: 3, capacity: {fixed: 6 kW}}
            tank: {kind: storage, bus: hot, round_trip: 96 %, standing_loss: 1 %/h, capacity: {fixed: 40 kWh}}
          """)
    for line in account.lines {
      let largest = line.hourlyTaken.reduce(1e-9) { max($0, abs($1)) }
      #expect(line.hourlyDestroyed.allSatisfy { $0 >= -1e-9 * largest }, "\(line.id)")
    }
    let rest = account.entered - account.used - account.sold - account.destroyed - account.stored
    #expect(abs(rest) < 1e-6 * account.entered)
    #expect((account.line("tank")?.destroyed ?? 0) > 0)
  }

  @Test func `what is missing is named`() throws {
    let text =
      Self.head.replacing("exergy: {ambient: 5 degC}\n", with: "").replacing(
        ", supply: 80 degC, return: 60 degC", with: "") + """
        demands: {rooms: {bus: hot, power: 10 kW}}
        components:
          boiler: {kind: boiler, fuel: pipe, heat: hot, efficiency: 92 %, capacity: {fixed: 40 kW}}
        """
    let (account, outcome) = try planned(text)
    #expect(!account.isComplete)
    #expect(account.missing.contains { $0.contains("surroundings") })
    #expect(account.missing.contains { $0.contains("'hot'") })
    let indicator = Accounts.make(project: outcome.project, plan: try #require(outcome.plan)).indicator(
      "exergy_efficiency")
    #expect(indicator?.value == nil)
    #expect(indicator?.note.contains("surroundings") == true)
  }

  @Test func `a heat pump above Carnot is an error with its line`() throws {
    let text =
      Self.head + """
        demands: {rooms: {bus: hot, power: 10 kW}}
        components:
          pump: {kind: heat-pump, power: ac, heat: hot, cop: 6, capacity: {fixed: 20 kW}}
        """
    let fault = #expect(throws: ProjectFault.self) { try TemporaryText.project(text) }
    let finding = try #require(fault?.diagnostics.first { $0.message.contains("second law") })
    #expect(finding.message.contains("'pump'"))
    #expect(finding.place?.line == 16)
  }

  @Test(arguments: Array(UInt64(1)...50)) func `random projects destroy and never make`(seed: UInt64) throws {
    var random = RandomProject(seed: seed)
    random.project.exergy.ambient = [8]
    for b in random.project.buses.indices {
      switch random.project.carrier(ofBus: random.project.buses[b].id)?.kind {
      case .heat: (random.project.buses[b].supply, random.project.buses[b].return) = (60, 40)
      case .cold: (random.project.buses[b].supply, random.project.buses[b].return) = (7, 12)
      default: break
      }
    }
    let outcome = try RandomAccountsTests.outcome(random.project)
    guard let plan = outcome.plan else { return }
    let account = Accounts.make(project: random.project, plan: plan).exergy
    #expect(account.isComplete, "\(random) \(account.missing)")
    for line in account.lines {
      let largest = (line.hourlyTaken + line.hourlyGiven).reduce(1e-6) { max($0, abs($1)) }
      #expect(line.hourlyDestroyed.allSatisfy { $0 >= -1e-6 * largest }, "\(line.id) \(random)")
    }
    let rest = account.entered - account.used - account.sold - account.destroyed - account.stored
    #expect(abs(rest) < 1e-6 * max(1, account.entered), "\(random)")
  }
}

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

/// A renewable limit is met by nothing that is thrown away, sent in circles or left unserved (rules M5, M14, M17).
@Suite("Use in the renewable fraction", .enabled(if: InstalledHighs.isPresent))
struct RenewableUseTests {
  /// Sun in 6 of 24 hours, as much as is wanted; 100 kW of electricity and 1 kW of heat all day; the grid for the rest.
  private static func text(
    least: Double, hot: String = "", buses: String = "", more: String, demands: String = "h: {bus: hot, power: 1 kW}"
  ) -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, emission: 0.2 kg/kWh}}
    buses: {ac: {carrier: electricity}, hot: {carrier: heat\(hot)}\(buses)}
    demands: {l: {bus: ac, power: 100 kW}, \(demands)}
    components:
      pv: {kind: source, bus: ac, class: S.sun, availability: {values: [0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0]}, capacity: {max: 5000 kW}, capital: 600 USD/kW, life: 25 y}
      \(more)
    markets:
      grid: {bus: ac, class: N, buy: 0.12 USD/kWh, limit: {buy: 500 kW}}
    limits: {renewable_fraction: {min: \(least) %}}
    """
  }

  private func outcome(_ text: String) throws -> (outcome: Outcome, accounts: Accounts?) {
    let project = try TemporaryText.project(text)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    return (outcome, outcome.plan.map { Accounts.make(project: project, plan: $0) })
  }

  /// The greatest fraction of a system: just below it there is a plan, just above none.
  private func expect(
    greatest: Double, hot: String = ", spill: true", buses: String = "", more: String,
    demands: String = "h: {bus: hot, power: 1 kW}", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    func text(_ least: Double) -> String {
      Self.text(least: least, hot: hot, buses: buses, more: more, demands: demands)
    }
    let below = try outcome(text(greatest - 0.01))
    #expect(below.outcome.status == .optimal, sourceLocation: sourceLocation)
    let reached = try #require(below.accounts?.value("renewable_fraction"), sourceLocation: sourceLocation)
    #expect(abs(100 * reached - greatest) < 0.02, sourceLocation: sourceLocation)
    #expect(
      try outcome(text(greatest + 0.01)).outcome.status == .infeasible, sourceLocation: sourceLocation)
  }

  static let heater =
    "heater: {kind: heat-pump, power: ac, heat: hot, cop: 0.8, capacity: {max: 5000 kW}, capital: 60 USD/kW}"

  @Test("heat that the bus throws away is no use: six hours of sun make a quarter")
  func spilledHeat() throws { try expect(greatest: 25, more: Self.heater) }

  @Test("nor is heat that is stored first, piped first, or turned into cold first")
  func detours() throws {
    let tank = Self.heater + "\n  tank: {kind: storage, bus: hot, round_trip: 100 %, capacity: {max: 50 MWh}}"
    // A tank moves the kilowatt of heat of the night into the sun: 1.25 kWh of 101.25 in each of 18 hours more.
    try expect(greatest: 100 * (6 * 101.25 + 18 * 1.25) / (24 * 101.25), more: tank)
    let pipe = Self.heater + "\n  pipe: {kind: link, from: hot, to: far, efficiency: 100 %, capacity: {max: 5 MW}}"
    try expect(
      greatest: 25, hot: "", buses: ", far: {carrier: heat, spill: true}", more: pipe,
      demands: "h: {bus: far, power: 1 kW}")
    let absorber =
      Self.heater + "\n  absorber: {kind: absorption-chiller, heat: hot, cold: cool, cop: 0.5, capacity: {max: 5 MW}}"
    // The heat that makes the kilowatt of cold is used, what the absorber loses of it too.
    try expect(
      greatest: 25, hot: "", buses: ", cool: {carrier: cold, spill: true}", more: absorber,
      demands: "h: {bus: hot, power: 1 kW}, c: {bus: cool, power: 1 kW}")
  }

  @Test(
    "what a store that starts empty holds at the end is no use, whether its bus spills or not",
    arguments: ["", ", spill: true"])
  func filled(hot: String) throws {
    let tank =
      Self.heater + "\n  tank: {kind: storage, bus: hot, round_trip: 100 %, initial: 0 %, capacity: {max: 50 MWh}}"
    // Six hours of sun, and the kilowatt of heat of the nine hours that follow them.
    try expect(greatest: 100 * (6 * 101.25 + 9 * 1.25) / (24 * 101.25), hot: hot, more: tank)
    let electrolyser = """
      ely: {kind: electrolyser, power: ac, hydrogen: h2, efficiency: 60 %, capacity: {max: 5000 kW}}
        tank: {kind: storage, bus: h2, round_trip: 100 %, initial: 0 %, capacity: {max: 1 GWh}}
      """
    try expect(
      greatest: 100 * (6 * 100 + 15 * 1 / 0.6) / (24 * 100 + 24 * 1 / 0.6), hot: hot,
      buses: ", h2: {carrier: hydrogen\(hot)}", more: electrolyser, demands: "h: {bus: h2, power: 1 kW}")
  }

  @Test("nor heat beside a boiler that serves the demand")
  func boiler() throws {
    let more =
      Self.heater
      + "\n  boiler: {kind: boiler, fuel: gasline, heat: hot, efficiency: 90 %, capacity: {max: 5 MW}}\nmarkets:\n  gas: {bus: gasline, class: N, buy: 0.01 USD/kWh}"
    let text = Self.text(least: 26, hot: ", spill: true", buses: ", gasline: {carrier: gas}", more: more)
      .replacing("\nmarkets:\n  grid:", with: "\n  grid:")
    // The boiler takes the night, the heater the six hours of sun: 6 x 101.25 of 2400 + 7.5.
    let most: Double = 6 * 101.25 / (2400 + 6 * 1.25)
    #expect(try outcome(text).outcome.status == .infeasible)
    let near = try outcome(text.replacing("min: 26.0 %", with: "min: \(100 * most - 0.01) %"))
    #expect(abs((near.accounts?.value("renewable_fraction") ?? 0) - most) < 2e-4)
  }

  @Test("hydrogen that becomes electricity again is no use")
  func hydrogen() throws {
    let more = """
      maker: {kind: electrolyser, power: ac, hydrogen: store, efficiency: 50 %, capacity: {max: 5000 kW}}
        cell: {kind: generator, fuel: store, power: ac, efficiency: 50 %, capacity: {max: 5000 kW}}
      """
    // Without a tank for it the cell only burns what is left over.
    try expect(
      greatest: 25, hot: "", buses: ", store: {carrier: hydrogen}", more: more, demands: "h: {bus: store, power: 0 kW}")
  }

  @Test("cold that a bus throws away is no use either")
  func cold() throws {
    try expect(
      greatest: 25, hot: "", buses: ", cool: {carrier: cold, spill: true}",
      more: "chiller: {kind: chiller, power: ac, cold: cool, cop: 2, capacity: {max: 5 MW}, capital: 60 USD/kW}",
      demands: "c: {bus: cool, power: 2 kW}")
  }

  @Test("where nothing can be thrown away, all that a converter takes is use")
  func plain() throws {
    #expect(
      UseNetwork.all(
        of: try TemporaryText.project(Self.text(least: 20, more: Self.heater)), scope: .electricity
      ).isEmpty)
    try expect(greatest: 25, hot: "", more: Self.heater)
  }

  @Test("what a tank loses counts up to what is used, whether or not its bus spills")
  func leak() throws {
    let tank =
      Self.heater
      + "\n  tank: {kind: storage, bus: hot, round_trip: 100 %, standing_loss: 5 %/h, capacity: {max: 50 MWh}}"
    // A kilowatt of heat takes 1.25 kW of power; a tank that leaks adds as much again at most: 60 kWh of use in 24 hours, all by
    // day, beside 600 of 2400 kWh. Filling it up for the leak alone would make any fraction.
    for hot in ["", ", spill: true"] {
      try expect(greatest: 100 * (600 + 60) / (2400 + 60), hot: hot, more: tank)
    }
    let plan = try outcome(Self.text(least: 26.5, more: tank))
    #expect(try #require(plan.accounts).warnings.contains { $0.message.contains("lose on the way count as use") })
    // An honest tank: what it loses on the way is use, and no warning.
    let honest = try outcome(Self.text(least: 20, more: tank))
    #expect(try !#require(honest.accounts).warnings.contains { $0.message.contains("lose on the way") })
  }

  @Test("nor does a ring of lossy pipes, or a gas store that leaks, make more than twice what is used")
  func rings() throws {
    let pipes =
      Self.heater
        + """

          one: {kind: link, from: hot, to: far, efficiency: 50 %, capacity: {max: 5 MW}}
          two: {kind: link, from: far, to: hot, efficiency: 50 %, capacity: {max: 5 MW}}
        """
    // The pipes lose three quarters of what goes round; the demand at 'hot' takes 1.25 kW.
    let text = Self.text(least: 60, buses: ", far: {carrier: heat}", more: pipes)
    #expect(try outcome(text).outcome.status == .infeasible)
    let gas = """
      maker: {kind: electrolyser, power: ac, hydrogen: store, efficiency: 50 %, capacity: {max: 5000 kW}}
        tank: {kind: storage, bus: store, round_trip: 100 %, standing_loss: 20 %/h, capacity: {max: 50 MWh}}
      """
    // 2 kWh of power a kWh of hydrogen, 24 kWh of it: 48 of honest use, 96 with the leak.
    try expect(
      greatest: 100 * (600 + 96) / (2400 + 96), hot: "", buses: ", store: {carrier: hydrogen}", more: gas,
      demands: "h: {bus: store, power: 1 kW}")
  }

  @Test("what is left unserved counts against the fraction")
  func shedding() throws {
    let text =
      Self.text(least: 26, more: Self.heater, demands: "h: {bus: hot, power: 1 kW}")
      .replacing("l: {bus: ac, power: 100 kW}", with: "l: {bus: ac, power: 100 kW, tiers: {normal: 100 %}}")
      + "\nreliability: {unserved_cost: {normal: 0.01 USD/kWh}}"
    #expect(try outcome(text).outcome.status == .infeasible)
  }
}

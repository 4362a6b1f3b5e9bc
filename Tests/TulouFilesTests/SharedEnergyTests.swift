import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSharing
import TulouSolvers

/// Energy that members share by way of the public grid: what plans count, what accounts pay, what laws make of it.
@Suite("Shared energy") struct SharedEnergyTests {
  /// A farm sells 50 kW of wind at 0.05, a mill and an inn buy 30 and 10 kW at 0.16; each has a connection of its own.
  static func text(_ policies: String, sharing: String = "", year: Int = 2027) -> String {
    """
    tulou: 1
    name: three connections
    horizon: {start: \(year)-01-01, length: 24 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses:
      fields: {carrier: electricity, member: farm}
      yard: {carrier: electricity, member: mill}
      house: {carrier: electricity, member: inn}
    members: {farm: {kind: farm}, mill: {kind: sme}, inn: {kind: sme}, office: {kind: state}}
    demands:
      mill-power: {bus: yard, member: mill, power: 30 kW}
      inn-power: {bus: house, member: inn, power: 10 kW}
    components:
      wind: {kind: source, bus: fields, class: W, member: farm, availability: 50 %, capacity: {fixed: 100 kW}}
    markets:
      gf: {bus: fields, class: N, buy: 0.16 EUR/kWh, sell: 0.05 EUR/kWh, emission: 0 kg/kWh}
      gm: {bus: yard, class: N, buy: 0.16 EUR/kWh, sell: 0.05 EUR/kWh, emission: 0 kg/kWh}
      gi: {bus: house, class: N, buy: 0.16 EUR/kWh, sell: 0.05 EUR/kWh, emission: 0 kg/kWh}
    sharing: {outside: same-tariff\(sharing)}
    \(policies.isEmpty ? "" : "policies: {p: {kind: sharing_premium, for: [gf, gm, gi], \(policies)}}")
    """
  }

  static func read(_ text: String) throws -> Project { try ProjectReader.read(text: text, path: "three.yaml") }

  /// What all pay a year without any sharing.
  static let base = 8760 * (40 * 0.16 - 50 * 0.05)

  @Test(
    "shared kW by hand: the lesser of both sides, and no more than agreed parts",
    arguments: [
      ("rate: 0.10 EUR/kWh", 40.0), ("rate: 0.10 EUR/kWh, parts: {gm: 40 %, gi: 60 %}", 30),
      ("rate: 0.10 EUR/kWh, parts: {gm: 20 %}", 10), ("rate: 0.10 EUR/kWh, through: office", 40),
    ])
  func shared(policy: String, power: Double) throws {
    let project = try Self.read(Self.text(policy))
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    let cost = try #require(outcome.certificate).value
    let expected = Self.base - 8760 * power * 0.10
    #expect(abs(cost - expected) < 1e-3)
    let accounts = Accounts.make(outcome, solver: Structured())
    #expect(abs((accounts.value("annual_cost") ?? 0) - expected) < 1e-3)
    let account = try #require(accounts.policies.first)
    #expect(abs(account.publicCost - 8760 * power * 0.10) < 1e-3)
    let farm = account.flows.first { $0.receiver == "farm" }?.annual ?? 0
    #expect(abs(farm - (policy.contains("through") ? 0 : 8760 * power * 0.05)) < 1e-3)
    if policy.contains("through") { #expect(account.flows.map(\.receiver) == ["office"]) }
  }

  @Test("a premium of zero changes nothing") func zero() throws {
    let outcome = try PlanStudy.run(project: Self.read(Self.text("rate: 0 EUR/kWh")), solver: Structured())
    #expect(abs((outcome.certificate?.value ?? 0) - Self.base) < 1e-6 * Self.base)
  }

  @Test("a group has the premium with its manager only") func manager() async throws {
    let project = try Self.read(Self.text("rate: 0.10 EUR/kWh, through: office"))
    let context = StudyContext(solver: Structured())
    let players = project.sharingPlayers
    let costs = await CoalitionStudy.costs(of: project, players: players, groups: Array(1..<16), in: context)
    let game = try PlanningGame(players: players, names: players, costs: costs)
    #expect(abs(game.game.total - 8760 * 40 * 0.1) < 1e-2)
    // Farm and mill alone, then with the office.
    #expect(abs(game.game.values[0b0011]) < 1e-2)
    #expect(abs(game.game.values[0b1011] - 8760 * 30 * 0.1) < 1e-2)
    var aggregated = project
    aggregated.sharing.outside = .aggregated
    let others = await CoalitionStudy.costs(of: aggregated, players: players, groups: Array(1..<16), in: context)
    let second = try PlanningGame(players: players, names: players, costs: others)
    #expect(abs(second.game.values[0b0011] - 8760 * 30 * 0.1) < 1e-2)
  }

  @Test("a law becomes limits that the file does not state, and premiums, with a year's shares") func law() throws {
    let austria = try Self.read(
      Self.text(
        "", sharing: ", law: {use: austria-2021, reach: local, grid_charge: 0.06 EUR/kWh, energy_price: 0.10 EUR/kWh}"))
    #expect(austria.policies.map(\.id) == ["law-grid", "law-energy"])
    #expect(abs(austria.policies[0].sharingRate(at: 0) - 0.0342) < 1e-12)
    #expect(abs(austria.policies[1].sharingRate(at: 0) - 0.05) < 1e-12)
    let outcome = try PlanStudy.run(project: austria, solver: Structured())
    #expect(abs((outcome.certificate?.value ?? 0) - (Self.base - 8760 * 40 * 0.0842)) < 1e-3)
    let accounts = Accounts.make(outcome, solver: Structured())
    // Neither is money of the public.
    #expect(accounts.publicCost == 0 && accounts.policies.allSatisfy { !$0.flows.isEmpty })
    let italy = try Self.read(
      Self.text("", sharing: ", law: {use: italy-2024, zone: north, plant_power: 150 kW, zone_price: 0.15 EUR/kWh}")
        .replacing("buy: 0.16", with: "buy: 0.25"))
    #expect(abs((italy.policies.first?.sharingRate(at: 3) ?? 0) - 0.12) < 1e-12)
    let germany = try Self.read(Self.text("", sharing: ", law: germany-42b-2024"))
    #expect(germany.policies.first?.shared?.parts.count == 3)
    #expect(germany.withoutLawsBounds.policies.first?.shared?.parts.isEmpty == true)
    for (year, share) in [(2027, 0.3), (2031, 0.35)] {
      let text = Self.text("", sharing: ", law: china-2025", year: year).replacing("EUR", with: "CNY")
      let china = try Self.read(text + "\nlimits: {export_share: {max: 90 %}}")
      #expect(china.limits[.selfConsumption] == 0.6 && china.limits[.selfCoverage] == share)
      #expect(china.limits[.exportShare] == 0.9 && china.sharing.law?.limits == [.selfConsumption, .selfCoverage])
    }
  }

  private static func austria(_ law: String, year: Int = 2027) throws -> Project {
    try read(text("", sharing: ", law: {use: austria-2021, reach: local, \(law)}", year: year))
  }

  @Test("a shared kWh that loses by the law earns less, and nothing where it loses in sum") func loses() throws {
    // 57 % of 0.07 is 0.0399; sale brings 0.05.
    let some = try Self.austria("grid_charge: 0.07 EUR/kWh, energy_price: 0.03 EUR/kWh")
    let rates = some.policies.map { $0.sharingRate(at: 0) }
    #expect(abs(rates.reduce(0, +) - 0.0199) < 1e-12 && rates.allSatisfy { $0 >= 0 })
    #expect(!some.warnings.contains { $0.message.contains("sharing would lose") })
    let none = try Self.austria("grid_charge: 0.07 EUR/kWh, energy_price: 0.01 EUR/kWh")
    #expect(none.policies.allSatisfy { $0.isZero })
    #expect(none.warnings.contains { $0.message.contains("gains 0.0399 EUR by the law and brings 0.04 EUR less") })
    let outcome = try PlanStudy.run(project: none, solver: Structured())
    #expect(abs((outcome.certificate?.value ?? 0) - Self.base) < 1e-3)
  }

  @Test("a law counts from the first year that begins under it") func later() throws {
    let rest = "grid_charge: 0.07 EUR/kWh, energy_price: 0.10 EUR/kWh"
    let now = try Self.austria(rest)
    #expect(now.policies.allSatisfy { $0.from == nil } && !now.warnings.contains { $0.message.contains("holds from") })
    let early = try Self.austria(rest, year: 2010)
    #expect(early.policies.map(\.from) == [2022, 2022] && early.policies.allSatisfy { $0.active.first == 0 })
    #expect(early.warnings.contains { $0.message.contains("from 2021-11-01 on, and the project begins in 2010") })
    let never = try Self.austria(rest + ", valid_from: 2090-01-01")
    #expect(never.policies.allSatisfy { $0.active.isZero })
    let china = try Self.read(
      Self.text("", sharing: ", law: {use: china-2025, valid_from: 2090-01-01}").replacing("EUR", with: "CNY"))
    #expect(china.limits[.selfConsumption] == nil && china.sharing.law?.limits.isEmpty == true)
  }

  @Test("after an error of the law nothing is said of what it would do") func quiet() throws {
    let text = Self.text("", sharing: ", law: {use: austria-2021, reach: galactic, grid_charge: 0.1 EUR/kWh}")
    let found = ProjectReader.check(text: text, path: "three.yaml")
    #expect(found.contains { $0.message.contains("is no reach") })
    #expect(!found.contains { $0.message.contains("no charge of the grid falls away") })
  }

  @Test(
    "wrong files are told",
    arguments: [
      (Self.text("rate: 10 %"), "takes money per energy"),
      (Self.text("rate: 0.1 EUR/kWh, through: nobody"), "is no member"),
      (Self.text("rate: 0.1 EUR/kWh, parts: {gm: 80 %, gi: 30 %}"), "more than is sold"),
      (Self.text("rate: 0.1 EUR/kWh, parts: {gx: 80 %}"), "is not among the markets"),
      (Self.text("rate: 0.1 EUR/kWh").replacing("[gf, gm, gi]", with: "[gf]"), "two markets or more"),
      (Self.text("rate: 0.1 EUR/kWh").replacing("member: inn}", with: "member: in}"), "is no member"),
      (Self.text("", sharing: ", law: atlantis"), "is no law"),
      (Self.text("", sharing: ", law: {use: austria-2021, reach: global, grid_charge: 0.1 EUR/kWh}"), "is no reach"),
      (
        Self.text("", sharing: ", law: {use: austria-2021, reach: regional, level: 2, grid_charge: 0.1 EUR/kWh}"),
        "no discount"
      ),
      (Self.text("", sharing: ", law: {use: italy-2024, zone: west}"), "pays solar plant by place"),
    ])
  func wrong(text: String, said: String) throws {
    let fault = #expect(throws: ProjectFault.self) { try Self.read(text) }
    #expect(fault?.diagnostics.contains { $0.message.contains(said) } == true, "\(fault?.diagnostics ?? [])")
  }
}

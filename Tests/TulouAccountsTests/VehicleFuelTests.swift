import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Fuel that vehicles replace: on its own line, in business as usual, in no total of the plan.
@Suite("Fuel of vehicles", .enabled(if: InstalledHighs.isPresent))
struct VehicleFuelTests {
  private func text(cars: String = "", bus: String = "", more: String = "") -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 1 y, step: 1 h}
    economy: {currency: CNY, real_discount_rate: 6 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}, gasline: {carrier: gas}}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3, emission: 0.2 kg/kWh}}
    members: {village: {kind: village, alone: grid}}
    demands:
      lamps: {member: village, bus: ac, power: 10 kW}
      cars: {member: village, bus: ac, kind: vehicles, count: 10, battery: 50 kWh, charger: 7 kW, trip: 40 km/d, consumption: 0.18 kWh/km, away: ["08:00-17:00"]\(cars)}
      buses: {member: village, bus: gasline, power: 5 kW\(bus)}
    markets:
      grid: {bus: ac, class: N, buy: 0.6 CNY/kWh, emission: 0.5 kg/kWh}
      pipe: {bus: gasline, class: N, buy: 0.4 CNY/kWh}
    reference: {electricity: alone}
    \(more)
    """
  }

  private func accounts(_ text: String) throws -> Accounts {
    let outcome = try PlanStudy.run(
      project: TemporaryText.project(text), solver: Highs(#require(InstalledHighs.library)))
    return Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
  }

  private let replaces = ", replaces: {fuel: 0.08 L/km, emission: 2.3 kg/L, price: 7.5 CNY/L}"

  @Test func `replaced fuel stands on its own line and in business as usual, once`() throws {
    let without = try accounts(text())
    let with = try accounts(text(cars: replaces))
    let avoided = 10 * 40 * 365 * 0.08 * 2.3
    #expect(with.carbon.lines.filter { $0.kind == .vehicleFuel }.map(\.scope) == [0])
    #expect(abs(with.carbon.displaced - avoided) < 1e-6)
    #expect(abs(with.carbon.fossil - without.carbon.fossil) < 1e-6)
    #expect(without.carbon.displaced == 0)
    // Business as usual burns the fuel and does not charge.
    let charged = 10 * 40 * 365 * 0.18
    let usual = try #require(without.carbon.businessAsUsual), later = try #require(with.carbon.businessAsUsual)
    #expect(abs(later - usual - avoided + charged * 0.5) < 1e-6)
    let cost = try #require(without.reference?.annualCost), costWith = try #require(with.reference?.annualCost)
    #expect(abs(costWith - cost - 10 * 40 * 365 * 0.08 * 7.5 + charged * 0.6) < 1e-6)
  }

  @Test func `vehicles that burn gas say their distance, and their gas is counted where it is bought`() throws {
    let fuel = ", replaces: {fuel: 0.28 L/km, emission: 2.3 kg/L, distance: 40000 km/y}"
    let carbon = try accounts(text(bus: fuel)).carbon
    #expect(abs(carbon.displaced - 40_000 * 0.28 * 2.3) < 1e-6)
    #expect(abs(carbon.scope1 - 5 * 8760 * 0.2) < 1e-6)
    // Without data the capability is zero.
    #expect(try accounts(text()).carbon.displaced == 0)
    let findings = ProjectReader.check(
      text: text(bus: ", replaces: {fuel: 0.28 L/km, emission: 2.3 kg/L}"), path: "v.yaml")
    #expect(findings.contains { $0.severity == .error && $0.path == "demands.buses.replaces" })
    let twice = ProjectReader.check(
      text: text(cars: ", replaces: {fuel: 0.28 L/km, emission: 2.3 kg/L, distance: 1 km/y}"), path: "v.yaml")
    #expect(twice.contains { $0.severity == .error && $0.message.contains("follows from 'count' and 'trip'") })
  }

  @Test func `the decomposition holds them beside its terms`() throws {
    let base = try accounts(text()).carbon.fleet
    let target = try accounts(text(cars: replaces)).carbon.fleet
    let parts = EmissionDecomposition(from: base, to: target)
    #expect(abs(parts.total) < 1e-6 && abs(parts.residual) < 1e-6)
    #expect(abs(parts.vehicles - 10 * 40 * 365 * 0.08 * 2.3) < 1e-6)
    #expect(abs(parts.withVehicles - parts.vehicles) < 1e-6)
  }

  @Test func `a fleet grows with the stages`() throws {
    let stages = "stages:\n  first: {year: 2025}\n  later: {year: 2035}"
    let project = try TemporaryText.project(text(cars: replaces + ", growth: 7 %/y", more: stages))
    func fleet(_ stage: Int) throws -> (energy: Double, avoided: Double) {
      let demand = try #require(project.stages[stage].project.demands.first { $0.id == "cars" })
      return (demand.power.reduce(0, +), demand.replaces?.avoided ?? .nan)
    }
    let first = try fleet(0), later = try fleet(1)
    let growth = 1.967151357289567  // 1.07^10
    #expect(abs(later.energy / first.energy - growth) < 1e-9)
    #expect(abs(later.avoided / first.avoided - growth) < 1e-9)
  }
}

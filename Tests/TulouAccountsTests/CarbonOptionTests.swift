import Foundation
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

/// What is counted on request stands on lines of its own and in no total.
@Suite("Carbon on request: life cycle, margin, export credit", .enabled(if: InstalledHighs.isPresent))
struct CarbonOptionTests {
  private func text(market: String = "", component: String = "", measure: String = "") -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    demands:
      lamps: {bus: ac, power: 10 kW}
    components:
      mill: {kind: source, bus: ac, class: W, availability: 50 %, capacity: {fixed: 40 kW}, capital: 10 USD/kW, life: 8 y\(component)}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 USD/kWh, sell: 0.05 USD/kWh, limit: {buy: 50 kW, sell: 50 kW}, emission: 0.5 kg/kWh\(market)}
    \(measure)
    """
  }

  private func project(_ text: String) throws -> Project {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-carbon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("project.yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return try ProjectReader.read(path: file)
  }

  private func accounts(_ text: String) throws -> Accounts {
    let outcome = try PlanStudy.run(project: project(text), solver: Highs(#require(InstalledHighs.library)))
    return Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
  }

  @Test func `an export credit is off unless a market asks for it, and in no total`() throws {
    let off = try accounts(text()).carbon
    #expect(off.exportCredit == 0 && off.lines.allSatisfy { $0.kind != .exportCredit })
    let on = try accounts(text(market: ", export_credit: true")).carbon
    // 10 kW are sold in every hour.
    #expect(abs(on.exportCredit - 87_600 * 0.5) < 1e-3)
    #expect(on.fossil == off.fossil)
  }

  @Test func `life-cycle emission counts the first plant and what replaces it`() throws {
    let carbon = try accounts(text(component: ", embodied: 1.2 t/kW")).carbon
    // Built at 0, again at 8 and 16 of 20 years.
    #expect(abs(carbon.lifeCycle - 3 * 40 * 1200 / 20) < 1e-6)
    #expect(carbon.lines.contains { $0.kind == .lifeCycle && $0.scope == 0 && $0.id == "mill" })
    #expect(carbon.fossil < 1e-6)
  }

  @Test func `a marginal factor stands beside the mean one`() throws {
    let small = text(market: ", marginal_emission: 0.8 kg/kWh").replacingOccurrences(
      of: "fixed: 40 kW", with: "fixed: 10 kW")
    let carbon = try accounts(small).carbon
    #expect(abs(carbon.fossil - 5 * 8760 * 0.5) < 1e-3)
    #expect(abs((carbon.atMargin ?? .nan) - 5 * 8760 * 0.8) < 1e-3)
  }

  @Test func `each measure is planned with and without`() throws {
    let whole = text(
      market: ", marginal_emission: 0.8 kg/kWh",
      measure: "measures: {led: {demand: lamps, saves: 40 %, capital: 900 USD, life: 20 y}}"
    ).replacingOccurrences(of: "fixed: 40 kW", with: "fixed: 10 kW")
    let list = try AbatementStudy.measures(
      project: project(whole), solver: Highs(#require(InstalledHighs.library)))
    let led = try #require(list.first { $0.name == "led" })
    #expect(abs((led.avoided ?? .nan) - 4 * 8760 * 0.5) < 1e-3)
    #expect(abs((led.avoidedAtMargin ?? .nan) - 4 * 8760 * 0.8) < 1e-3)
    let cost = 900 * capitalRecoveryFactor(rate: 0.05, years: 20) - 4 * 8760 * 0.2
    #expect(abs(led.cost - cost) < 1e-3)
  }

  @Test func `a wrong dimension names its line`() throws {
    let findings = ProjectReader.check(text: text(component: ", embodied: 3 kWh/kW"), path: "m.yaml")
    #expect(findings.contains { $0.severity == .error && $0.path == "components.mill.embodied" })
  }
}

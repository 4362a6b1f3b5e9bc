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

/// A carbon price with a path over the years reaches what is minimised, the cash flow and the net present cost alike.
@Suite("Carbon price along the years", .enabled(if: InstalledHighs.isPresent))
struct CarbonPathTests {
  private func text(_ price: String, horizon: String = "2027-01-01", more: String = "") -> String {
    """
    tulou: 1
    horizon: {start: \(horizon), length: 48 h, step: 1 h}
    economy: {currency: CNY, real_discount_rate: 6 %, lifetime: 5 y, carbon_price: \(price)}
    demands:
      lamps: {bus: ac, power: 10 kW}
    components:
      mill: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {max: 10 kW}, capital: 1800 CNY/kW}
    markets:
      grid: {bus: ac, class: N, buy: 0.03 CNY/kWh, limit: {buy: 50 kW}, emission: {value: 0.5 kg/kWh, escalation: -2 %/y}}
    \(more)
    """
  }

  private func planned(_ text: String) throws -> (accounts: Accounts, outcome: Outcome) {
    let outcome = try PlanStudy.run(
      project: TemporaryText.project(text), solver: Highs(#require(InstalledHighs.library)))
    return (Accounts.make(project: outcome.project, plan: try #require(outcome.plan)), outcome)
  }

  private func worth(_ prices: [Double], factor: Double = 0.98) -> Double {
    var sum = 0.0
    for (k, price) in prices.enumerated() {
      sum += 87_600 * 0.5 * pow(factor, Double(k)) * price / 1000 / pow(1.06, Double(k + 1))
    }
    return sum
  }

  @Test func `points by year are straight in between and enter value, cash flow and net present cost alike`() throws {
    let path = "{path: {2027: 60 CNY/t, 2029: 100 CNY/t, 2030: 0.2 CNY/kg}, escalation: 5 %/y}"
    let (accounts, outcome) = try planned(text(path).replacing("max: 10 kW", with: "fixed: 0 kW"))
    let prices = [60, 80, 100, 200, 210.0]
    let present = accounts.costs.reduce(0) { $1.kind == .carbon ? $0 + $1.present : $0 }
    #expect(abs(present - worth(prices)) < 1e-6 * present)
    let rows = accounts.cashFlow.filter { $0.kind == .carbon }.sorted { $0.year < $1.year }
    #expect(rows.map(\.year) == [1, 2, 3, 4, 5])
    for (k, row) in rows.enumerated() {
      #expect(abs(row.amount - 43.8 * pow(0.98, Double(k)) * prices[k]) < 1e-6)
    }
    let value = try #require(outcome.certificate?.value)
    let cost = try #require(accounts.value("annual_cost"))
    #expect(abs(cost - value) < 1e-9 * cost)
    let recovery = capitalRecoveryFactor(rate: 0.06, years: 5)
    #expect(abs((accounts.value("net_present_cost") ?? .nan) - cost / recovery) < 1e-6)
    #expect(abs(accounts.carbon.cost - present * recovery) < 1e-6)
  }

  @Test func `the path decides what is built`() throws {
    // 1800 CNY/kW over five years are 0.0488 CNY/kWh; the grid costs 0.03 and what its CO2 costs.
    let low = try planned(text("{path: {2027: 0 CNY/t, 2031: 20 CNY/t}}"))
    #expect((low.accounts.value("co2") ?? .nan) > 40)
    let high = try planned(text("{path: {2027: 0 CNY/t, 2031: 200 CNY/t}}"))
    #expect((high.accounts.value("co2") ?? .nan) < 1e-6)
  }

  @Test func `one point is the plain price, and earlier points count`() throws {
    let plain = try planned(text("{value: 70 CNY/t, escalation: 3 %/y}")).accounts
    let point = try planned(text("{path: {2027: 70 CNY/t}, escalation: 3 %/y}")).accounts
    #expect(abs((plain.value("annual_cost") ?? .nan) - (point.value("annual_cost") ?? 0)) < 1e-9)
    let early = try TemporaryText.project(text("{path: {2020: 0 CNY/t, 2030: 100 CNY/t}}"))
    #expect(
      (1...5).map { abs(early.economy.carbonPrice.value(year: $0) - [0.07, 0.08, 0.09, 0.1, 0.1][$0 - 1]) < 1e-12 }
        == [true, true, true, true, true])
  }

  @Test func `stages pay the price of their own years`() throws {
    let stages = "stages:\n  first: {year: 2027}\n  later: {year: 2029, set: {demands.lamps.power: 20 kW}}"
    let path = "{path: {2027: 60 CNY/t, 2029: 100 CNY/t, 2030: 200 CNY/t}}"
    let project = try TemporaryText.project(
      text(path, more: stages).replacing("max: 10 kW", with: "fixed: 0 kW"))
    let outcome = try StageStudy.run(
      project: project, mode: .foresight, solver: Highs(#require(InstalledHighs.library)))
    let staged = (StagedAccounts.make(project: project, plans: outcome.stages.map(\.plan)))
    let carbon = staged.cashFlow.filter { $0.kind == .carbon }.sorted { $0.year < $1.year }
    let prices = [60, 80, 100, 200, 200.0]
    for (k, row) in carbon.enumerated() {
      let use = k < 2 ? 1.0 : 2
      #expect(abs(row.amount - use * 43.8 * pow(0.98, Double(k)) * prices[k]) < 1e-6)
    }
    #expect(carbon.count == 5)
  }

  @Test func `a path that begins too late, a wrong year and a wrong dimension name their place`() {
    func findings(_ price: String) -> [Diagnostic] {
      ProjectReader.check(text: text(price), path: "c.yaml").filter { $0.severity == .error }
    }
    let late = findings("{path: {2030: 60 CNY/t}}")
    #expect(late.first?.message == "The path begins in 2030, but the project begins in 2027.")
    #expect(late.first?.path == "economy.carbon_price.path")
    #expect(findings("{path: {soon: 60 CNY/t}}").first?.path == "economy.carbon_price.path.soon")
    #expect(findings("{path: {2027: 60 CNY/kWh}}").first?.path == "economy.carbon_price.path.2027")
    #expect(findings("{path: {2027: -6 CNY/t}}").isEmpty == false)
  }
}

/// Projects that a test writes as text.
enum TemporaryText {
  static func project(_ text: String) throws -> Project {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-text-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("project.yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return try ProjectReader.read(path: file)
  }
}

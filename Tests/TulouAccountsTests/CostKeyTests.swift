import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouSolvers

/// Every cost that the format knows has to reach what is minimised and what is counted, by the same amount.
@Suite("Cost keys reach plan and accounts", .enabled(if: InstalledHighs.isPresent))
struct CostKeyTests {
  private func text(battery: String = "", line: String = "", genset: String = "") -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 5 d, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    buses:
      ac: {carrier: electricity}
      far: {carrier: electricity}
      tank: {carrier: diesel}
    carriers:
      diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0 kg/kWh}
    demands:
      lamps: {bus: far, power: 10 kW}
    components:
      battery: {kind: storage, bus: ac, round_trip: 100 %, hours: 4 h, capacity: {fixed: 5 kW}\(battery)}
      line: {kind: link, from: ac, to: far, efficiency: 100 %, capacity: {fixed: 50 kW}\(line)}
      genset: {kind: generator, fuel: tank, power: ac, efficiency: 40 %, capacity: {existing: 20 kW}\(genset)}
    markets:
      fuel: {bus: tank, class: N, buy: 1 USD/kWh}
      grid:
        bus: ac
        class: N
        limit: {buy: 100 kW}
        buy: {bands: {low: {price: 0.1 USD/kWh, hours: ["00:00-12:00"]}, high: {price: 0.3 USD/kWh, hours: rest}}}
    """
  }

  private func starting(_ cost: String) -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 48 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    buses:
      ac: {carrier: electricity}
      tank: {carrier: diesel}
    carriers:
      diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0 kg/kWh}
    demands:
      lamps: {bus: ac, power: 10 kW}
    components:
      genset:
        kind: generator
        fuel: tank
        power: ac
        efficiency: 40 %
        minimum_load: 50 %
        commitment: exact
        capacity: {fixed: 20 kW}
        start_cost: \(cost)
    markets:
      fuel: {bus: tank, class: N, buy: 0.08 USD/kWh}
      grid:
        bus: ac
        class: N
        limit: {buy: 100 kW}
        buy: {bands: {low: {price: 0.1 USD/kWh, hours: ["00:00-12:00"]}, high: {price: 0.3 USD/kWh, hours: rest}}}
    """
  }

  @Test func `a start is paid under exact commitment, and dear starts are not made`() throws {
    // A day without the machine: 12 + 36; with it by day 12 + 24 and one start of 20 kW.
    var exact = PlanOptions()
    exact.wholeNumbers = .exact
    #expect(abs(try accounts(starting("0 USD/kW"), exact).cost - 365 * 36) < 1e-3)
    #expect(abs(try accounts(starting("0.3 USD/kW"), exact).cost - 365 * 42) < 1e-3)
    #expect(abs(try accounts(starting("0.9 USD/kW"), exact).cost - 365 * 48) < 1e-3)
  }

  private func accounts(_ text: String, _ options: PlanOptions = PlanOptions()) throws -> (
    cost: Double, accounts: Accounts, outcome: Outcome
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-cost-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("project.yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try PlanStudy.run(
      project: ProjectReader.read(path: file), options: options, solver: Highs(#require(InstalledHighs.library)))
    let accounts = Accounts.make(project: outcome.project, plan: try #require(outcome.plan))
    let cost = try #require(accounts.value("annual_cost"))
    let value = try #require(outcome.certificate?.value)
    #expect(abs(cost - value) < 1e-6 * abs(value), "accounts \(cost), minimised \(value)")
    return (cost, accounts, outcome)
  }

  @Test func `a cost per kWh of a storage is paid for what is discharged`() throws {
    // 20 kWh a day shifted from 0.3 to 0.1; 0.05 a kWh discharged leaves it worth while.
    let free = try accounts(text()).cost
    let paid = try accounts(text(battery: ", operation: 0.05 USD/kWh")).cost
    #expect(abs(free - 365 * (120 * 0.1 + 120 * 0.3 - 20 * 0.2)) < 1e-3)
    #expect(abs(paid - free - 365 * 20 * 0.05) < 1e-3)
    // Dearer than the difference of prices: it rests.
    let rests = try accounts(text(battery: ", operation: 0.25 USD/kWh")).cost
    #expect(abs(rests - 365 * (120 * 0.1 + 120 * 0.3)) < 1e-3)
  }

  @Test func `a cost per kWh of a link is paid for what it carries`() throws {
    let free = try accounts(text()).cost
    let paid = try accounts(text(line: ", operation: 0.02 USD/kWh")).cost
    #expect(abs(paid - free - 87_600 * 0.02) < 1e-3)
  }

  @Test func `a fixed yearly operation of plant that stands is a constant, of new plant a choice`() throws {
    let free = try accounts(text()).cost
    let stands = try accounts(text(genset: ", operation: {fixed: 500 USD/y}")).cost
    #expect(abs(stands - free - 500) < 1e-3)
    let bought = try accounts(text(battery: ", operation: {fixed: 300 USD/y}")).cost
    #expect(abs(bought - free - 300) < 1e-3)
  }
}

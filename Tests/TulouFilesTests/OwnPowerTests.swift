import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProject
import TulouSharing
import TulouSolvers

/// Limits that laws set on own electricity: what the plan holds is what the accounts count.
@Suite("Limits on own electricity") struct OwnPowerTests {
  /// Sun that would rather be sold than used: 0.09 for sale, 0.10 for purchase, 300 EUR a kW.
  static func accounts(_ limits: String) throws -> Accounts {
    let sun = (0..<48).map { (8..<17).contains($0 % 24) ? "0.7" : "0" }.joined(separator: ",")
    let text = """
      tulou: 1
      name: roof
      horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
      economy: {currency: CNY, real_discount_rate: 5 %, lifetime: 20 y}
      buses: {ac: {carrier: electricity}}
      demands: {load: {bus: ac, power: 100 kW}}
      components:
        roof: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun)], unit: 1}, capacity: {max: 900 kW}, capital: 1500 CNY/kW, operation: 15 CNY/kW/y, life: 25 y}
        battery: {kind: storage, bus: ac, round_trip: 90 %, capacity: {power: {max: 300 kW}, energy: {max: 1 MWh}}, capital: {power: 300 CNY/kW, energy: 900 CNY/kWh}, life: 12 y}
      markets: {grid: {bus: ac, class: N, buy: 0.6 CNY/kWh, sell: 0.35 CNY/kWh, emission: 0.58 kg/kWh}}
      limits: {\(limits)}
      """
    let project = try ProjectReader.read(text: text, path: "roof.yaml")
    return Accounts.make(try PlanStudy.run(project: project, solver: Structured()), solver: Structured())
  }

  @Test("without a limit most is sold, and no indicator is shown")
  func free() throws {
    let accounts = try Self.accounts("")
    #expect(accounts.value("export_share") == nil && accounts.indicator("self_consumption") == nil)
    #expect((accounts.value("sold") ?? 0) > 0)
  }

  @Test("the shares of the Chinese rule are kept, and bind")
  func china() throws {
    let free = try Self.accounts("export_share: {max: 100 %}")
    #expect((free.value("export_share") ?? 0) > 0.2)
    let accounts = try Self.accounts(
      "self_consumption: {min: 60 %}, self_coverage: {min: 30 %}, export_share: {max: 20 %}")
    let used = try #require(accounts.value("self_consumption")), covered = try #require(accounts.value("self_coverage"))
    let sold = try #require(accounts.value("export_share"))
    #expect(used > 0.6 - 1e-6 && covered > 0.3 - 1e-6 && sold < 0.2 + 1e-6)
    #expect(abs(sold - 0.2) < 1e-5 || abs(used - 0.6) < 1e-5)
    #expect((accounts.value("annual_cost") ?? 0) > (free.value("annual_cost") ?? 0))
    // The rule of the law's file says the same of these energies.
    let own = (accounts.value("p_s") ?? 0) - (accounts.value("sold") ?? 0)
    let law = try #require(SharingReader.read(text: "laws: [{use: china-2025}]", path: "l.yaml").laws.first).law
    #expect(law.isMet(available: own / used, selfUse: own, consumption: own / covered * (1 - 1e-6), year: 2027))
  }

  @Test("a limit may be broken at a price")
  func price() throws {
    let held = try Self.accounts("export_share: {max: 5 %}")
    let paid = try Self.accounts("export_share: {max: 5 %, penalty: 0.001 CNY/kWh}")
    #expect(abs((held.value("export_share") ?? 1) - 0.05) < 1e-5)
    #expect((paid.value("export_share") ?? 0) > 0.2)
  }
}

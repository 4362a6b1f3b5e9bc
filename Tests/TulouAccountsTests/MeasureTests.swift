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
import TulouTechnologies

@Suite("Efficiency measures (R5)", .enabled(if: InstalledHighs.isPresent))
struct MeasureTests {
  private func text(capital: String, more: String = "") -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 1 y, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    members: {village: {kind: village}}
    demands:
      lamps: {member: village, bus: ac, power: 10 kW}
    markets:
      grid: {bus: ac, class: N, buy: 0.2 USD/kWh, emission: 0.5 kg/kWh}
    measures:
      led: {demand: lamps, saves: 40 %, capital: \(capital), life: 10 y\(more)}
    """
  }

  private func accounts(_ text: String) throws -> (Accounts, Outcome) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tulou-measure-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("project.yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let project = try ProjectReader.read(path: file)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    return (Accounts.make(project: project, plan: try #require(outcome.plan)), outcome)
  }

  @Test func `a measure that pays is taken and lowers P_O by its stated amount`() throws {
    let (accounts, _) = try accounts(text(capital: "9000 USD"))
    #expect(abs((accounts.value("p_o") ?? .nan) - 0.6 * 87_600) < 1e-3)
    #expect(abs((accounts.value("p_a_prime") ?? .nan) - 0.6 * 87_600) < 1e-3)
    #expect(abs((accounts.value("bought") ?? .nan) - 0.6 * 87_600) < 1e-3)
    #expect(abs((accounts.value("co2") ?? .nan) - 0.6 * 87.6 * 0.5) < 1e-6)
    #expect(accounts.balance.residual < 1e-6)
    #expect((accounts.value("p_s") ?? .nan) == 0)
    let cost = accounts.costs.filter { $0.id == "led" }.reduce(0) { $0 + $1.annual }
    // Done again after ten years, nothing left after twenty: the annuity of ten years.
    #expect(abs(cost - 9000 * capitalRecoveryFactor(rate: 0.05, years: 10)) < 1e-6)
    #expect(accounts.warnings.filter { $0.message.contains("balance") || $0.message.contains("minimised") } == [])
  }

  @Test func `a measure that does not pay is left out`() throws {
    // 35,040 kWh a year at 0.2 save 7,008 a year.
    let (accounts, _) = try accounts(text(capital: "60000 USD"))
    #expect(abs((accounts.value("p_o") ?? .nan) - 87_600) < 1e-3)
    #expect(accounts.costs.allSatisfy { $0.id != "led" || abs($0.annual) < 1e-6 })
  }

  @Test func `an energy a year keeps the profile, and a wrong demand is named`() throws {
    let byEnergy = text(capital: "10 USD").replacing("saves: 40 %", with: "saves: 8.76 MWh/y")
    #expect(abs((try accounts(byEnergy).0.value("p_o") ?? .nan) - 0.9 * 87_600) < 1e-3)
    let wrong = text(capital: "10 USD").replacing("demand: lamps", with: "demand: lamp")
    let findings = ProjectReader.check(text: wrong, path: "m.yaml").filter { $0.severity == .error }
    #expect(findings.first?.message == "There is no demand 'lamp'.")
    #expect(findings.first?.advice == "Did you mean 'lamps'?")
    #expect(findings.first?.path == "measures.led.demand")
  }
}

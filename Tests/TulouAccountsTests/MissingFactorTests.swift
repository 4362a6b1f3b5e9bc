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

/// What nobody gives an emission factor for is no zero: CO2 is at least the sum, and no reduction is stated.
@Suite("Missing emission factors", .enabled(if: InstalledHighs.isPresent))
struct MissingFactorTests {
  /// 10 kW for a day from a cheap and, beyond 4 kW, a dear market.
  private static func text(
    cheap: String = ", emission: 0.5 kg/kWh", dear: String = ", emission: 0.25 kg/kWh", alone: String = "",
    more: String = ""
  ) -> String {
    """
    tulou: 1
    horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
    economy: {currency: USD, real_discount_rate: 5 %, lifetime: 20 y}
    carriers: {gas: {kind: fuel, heating_value: 10 kWh/m3\(more)}}
    buses: {ac: {carrier: electricity}, pipe: {carrier: gas}}
    demands: {load: {bus: ac, power: 10 kW}}
    components: {engine: {kind: generator, fuel: pipe, power: ac, efficiency: 40 %, capacity: {fixed: 2 kW}}}
    markets:
      cheap: {bus: ac, class: N, buy: 0.1 USD/kWh, limit: {buy: 4 kW}\(cheap)}
      dear: {bus: ac, class: N, buy: 0.2 USD/kWh\(dear)}
      unused: {bus: ac, class: N, buy: 9 USD/kWh}
      wells: {bus: pipe, class: N, buy: 0.01 USD/kWh}
      home: {bus: ac, for: alone, class: N, buy: 0.3 USD/kWh\(alone)}
    reference: {electricity: home}
    """
  }

  private func accounts(_ text: String) throws -> (accounts: Accounts, project: Project) {
    let project = try TemporaryText.project(text)
    let outcome = try PlanStudy.run(project: project, solver: Highs(#require(InstalledHighs.library)))
    return (Accounts.make(project: project, plan: try #require(outcome.plan)), project)
  }

  @Test("with all factors the sum is exact, and a market that sold nothing needs none")
  func complete() throws {
    let (found, _) = try accounts(Self.text(alone: ", emission: 1 kg/kWh", more: ", emission: 0.2 kg/kWh"))
    // 4 kW at 0.5, 4 kW at 0.25, 2 kW from 5 kW of gas at 0.2: 4 kg/h of 10.
    #expect(abs((found.value("co2") ?? 0) - 4 * 8.76) < 1e-6)
    #expect(found.carbon.isAtLeast == false && found.indicator("co2")?.isAtLeast == false)
    #expect(abs((found.value("co2_reduction") ?? 0) - 0.6) < 1e-9)
  }

  @Test("a market, or a fuel, without a factor: a row without a number, 'at least', no reduction")
  func plan() throws {
    for (text, missing, kilograms) in [
      (Self.text(cheap: "", alone: ", emission: 1 kg/kWh", more: ", emission: 0.2 kg/kWh"), "cheap", 2.0),
      (Self.text(alone: ", emission: 1 kg/kWh"), "wells", 3),
    ] {
      let (found, project) = try accounts(text)
      #expect(found.carbon.withoutFactor == [missing] && found.carbon.isAtLeast)
      #expect(abs((found.value("co2") ?? 0) - kilograms * 8.76) < 1e-6)
      #expect(found.indicator("co2")?.isAtLeast == true && found.indicator("co2")?.note.contains(missing) == true)
      let line = try #require(found.carbon.lines.first { $0.id == missing })
      #expect(!line.hasFactor && line.amount == 0 && line.energy > 0)
      #expect(found.value("co2_reduction") == nil)
      #expect(found.indicator("co2_reduction")?.note == "no emission factor was given for '\(missing)'")
      #expect(
        project.warnings.contains { $0.message.contains("at least what is printed") && $0.path.contains("emission") })
      #expect(project.assumptions.contains { $0.path.hasSuffix("emission") && $0.value == "no factor" })
    }
  }

  @Test("a reference without a factor: no reduction, but words")
  func reference() throws {
    let (found, _) = try accounts(Self.text(more: ", emission: 0.2 kg/kWh"))
    #expect(found.carbon.isAtLeast == false && found.carbon.usualWithoutFactor == ["home"])
    #expect(found.value("co2_reduction") == nil)
    #expect(found.indicator("co2_reduction")?.note == "no emission factor was given for 'home' in the reference")
    #expect(found.indicator("co2_business_as_usual")?.isAtLeast == true)
  }

  @Test("zero that is written is a factor, at a market and at a source, whatever the fuel's carrier says")
  func written() throws {
    let text = Self.text(alone: ", emission: 1 kg/kWh", more: ", emission: 0.2 kg/kWh").replacing(
      "wells: {bus: pipe, class: N, buy: 0.01 USD/kWh}",
      with: "wells: {bus: pipe, class: N, buy: 0.01 USD/kWh, emission: 0 kg/kWh}")
    let (found, _) = try accounts(text)
    #expect(abs((found.value("co2") ?? 0) - 3 * 8.76) < 1e-6 && !found.carbon.isAtLeast)
  }

  @Test("a market that is not of class N emits nothing fossil, as the register says")
  func green() throws {
    let text = Self.text(cheap: "", alone: ", emission: 1 kg/kWh", more: ", emission: 0.2 kg/kWh")
      .replacing("cheap: {bus: ac, class: N", with: "cheap: {bus: ac, class: W")
    let (found, project) = try accounts(text)
    #expect(!found.carbon.isAtLeast)
    let entry = try #require(project.assumptions.first { $0.path == "markets.cheap.emission" })
    #expect(entry.value == "0 kg/kWh" && entry.source.hasPrefix("our assumption"))
  }
}

import TestSupport
import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// What a number leaves out, or goes beyond, is told where it stands: limits on CO2 beside a market without factor, shares above all of
/// the capacity, sizes above their greatest; and a rolling horizon sheds what its plans shed. Values by hand.
@Suite("Numbers that say what they leave out")
struct ToldNumbersTests {
  static func project(_ rest: String, economy: String = "") throws -> Project {
    try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y\(economy)}
      \(rest)
      """)
  }

  static let plain = """
    demands: {load: {bus: ac, power: 10 kW}}
    markets: {grid: {bus: ac, class: N, buy: 0.1 USD/kWh}}
    """

  @Test("a limit and a price on CO2 say that they count nothing for a market without factor")
  func carbon() throws {
    let limited = try Self.project(Self.plain + "\nlimits: {co2: {max: 1 t/y}}")
    #expect(limited.warnings.contains { $0.path == "limits.co2" && $0.message.contains("'grid'") })
    let priced = try Self.project(Self.plain, economy: ", carbon_price: 50 USD/t")
    #expect(priced.warnings.contains { $0.path == "economy.carbon_price" && $0.message.contains("'grid'") })
    let known = Self.plain.replacing("buy: 0.1 USD/kWh", with: "buy: 0.1 USD/kWh, emission: 0.5 kg/kWh")
    let complete = try Self.project(known + "\nlimits: {co2: {max: 50 t/y}}", economy: ", carbon_price: 50 USD/t")
    #expect(!complete.warnings.contains { $0.path == "limits.co2" || $0.path == "economy.carbon_price" })
  }

  @Test("a share above all of the capacity, and a size above the greatest, are told")
  func beyond() throws {
    func text(_ share: String) -> String {
      Self.plain
        + "\ncomponents: {x: {kind: source, bus: ac, class: W, availability: \(share), capacity: {max: 5 kW}, capital: 1 USD/kW}}"
    }
    #expect(try Self.project(text("110 %")).warnings.contains { $0.message.contains("110.0 % of its capacity") })
    let project = try Self.project(text("100 %"))
    #expect(!project.warnings.contains { $0.message.contains("of its capacity") })
    var options = SimulateOptions()
    options.sizes = ["x": 8]
    let above = try SimulateStudy.run(project: project, options: options, solver: nil)
    #expect(above.warnings.contains { $0.path == "components.x.capacity.max" && $0.message.contains("x = 8") })
    options.sizes = ["x": 5]
    let within = try SimulateStudy.run(project: project, options: options, solver: nil)
    #expect(!within.warnings.contains { $0.path == "components.x.capacity.max" })
  }

  @Test("a rolling horizon with all known leaves unserved what its plans leave, and costs what foresight costs")
  func rolling() throws {
    let project = try Self.project(
      """
      demands: {load: {bus: ac, power: 10 kW, tiers: {critical: 30 %, normal: 50 %, comfort: 20 %}}}
      carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.267 kg/kWh}}
      buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
      components:
        gen: {kind: generator, fuel: tank, power: ac, efficiency: 33.3333333333 %, capacity: {existing: 20 kW}, operation: 0.02 USD/kWh}
      markets: {oil: {bus: tank, class: N, buy: 1.1 USD/l}, grid: {bus: ac, class: N, buy: 0.25 USD/kWh, limit: {buy: 5 kW}}}
      reliability: {unserved_cost: {critical: 20 USD/kWh, normal: 3 USD/kWh, comfort: 0.3 USD/kWh}}
      """)
    var options = SimulateOptions()
    options.strategy = .optimal(horizon: 24, step: 6, knowledge: .perfect)
    let outcome = try SimulateStudy.run(project: project, options: options, solver: Structured())
    // 5 kW at 0.25, 3 kW at 0.33 + 0.02 by the machine, 2 kW of comfort left at 0.3.
    let value = try #require(outcome.certificate?.value)
    #expect(abs(value - 8760 * (5 * 0.25 + 3 * 0.35 + 2 * 0.3)) < 1e-3 * value, "\(value)")
  }
}

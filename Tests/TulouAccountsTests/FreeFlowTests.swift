import TestSupport
import Testing
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers
import TulouTechnologies

/// Where nothing costs anything, or some hours do not, the least is bought and free renewables are curtailed last (rule M20); what a
/// solver leaves of zero is never printed. Values by hand.
@Suite("Flows that cost nothing")
struct FreeFlowTests {
  static var solvers: [SolverChoice] { InstalledHighs.isPresent ? [.structured, .highs] : [.structured] }

  func solver(_ choice: SolverChoice) throws -> any Solver {
    choice == .highs ? try Highs(#require(InstalledHighs.library)) : Structured()
  }

  func sum(_ plan: Plan, _ id: String, _ role: Label.Role) -> Double {
    (plan.total(id, role) ?? []).reduce(0, +)
  }

  static func project(_ rest: String) throws -> Project {
    try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 10 kW}}
      \(rest)
      """)
  }

  static let wind = "x: {kind: source, bus: ac, class: W, availability: 100 %, capacity: {existing: 30 kW}}"

  func plan(_ rest: String, _ choice: SolverChoice) throws -> (plan: Plan, certificate: Certificate) {
    let outcome = try PlanStudy.run(project: try Self.project(rest), solver: try solver(choice))
    return (try #require(outcome.plan), try #require(outcome.certificate))
  }

  @Test("free wind beside a grid at a price of zero: nothing is bought", arguments: solvers)
  func freeGrid(choice: SolverChoice) throws {
    let grid = "grid: {bus: ac, class: N, buy: 0 USD/kWh, limit: {buy: 30 kW}, emission: 0.5 kg/kWh}"
    let battery =
      "b: {kind: storage, bus: ac, round_trip: 90 %, capacity: {power: {max: 5 kW}, energy: {max: 10 kWh}}, capital: {energy: 300 USD/kWh}, life: 10 y}"
    for more in ["", battery] {
      let (plan, certificate) = try plan(
        "markets: {\(grid)}\ncomponents:\n  \(Self.wind)\n  \(more)", choice)
      #expect(sum(plan, "grid", .purchase) < 1e-4, "\(more)")
      #expect(abs(sum(plan, "x", .production) - 240) < 1e-4)
      #expect(certificate.value == 0 && certificate.bound == 0 && certificate.cash == 0)
    }
    // Half of the hours at a price: the free ones buy nothing either.
    let half = "{values: [" + (0..<24).map { $0 < 12 ? "0" : "0.2" }.joined(separator: ",") + "], unit: USD/kWh}"
    let (plan, certificate) = try plan(
      "markets: {grid: {bus: ac, class: N, buy: \(half), limit: {buy: 30 kW}}}\ncomponents:\n  \(Self.wind)", choice)
    #expect(sum(plan, "grid", .purchase) < 1e-4 && certificate.value == 0)
  }

  @Test("free wind beside free fuel and beside free plant of class N", arguments: solvers)
  func freeFuel(choice: SolverChoice) throws {
    let fuel = """
      carriers: {d: {kind: fuel, heating_value: 10 kWh/l, emission: 0.27 kg/kWh}}
      buses: {ac: {carrier: electricity}, f: {carrier: d}}
      markets: {fm: {bus: f, class: N, buy: 0 USD/kWh}}
      components:
        \(Self.wind)
        g: {kind: generator, fuel: f, power: ac, efficiency: 50 %, capacity: {existing: 30 kW}}
      """
    let first = try plan(fuel, choice)
    #expect(sum(first.plan, "fm", .purchase) < 1e-4 && first.certificate.bound == 0)
    let other = """
      components:
        n: {kind: source, bus: ac, class: N, availability: 100 %, emission: 0.1 kg/kWh, capacity: {existing: 30 kW}}
        \(Self.wind)
      """
    let second = try plan(other, choice)
    #expect(sum(second.plan, "n", .production) < 1e-4)
    #expect(abs(sum(second.plan, "x", .production) - 240) < 1e-4)
  }

  @Test("a demand that waits for hours of price zero costs nothing", arguments: solvers)
  func waiting(choice: SolverChoice) throws {
    let text = """
      tulou: 1
      horizon: {start: 2025-01-01, length: 24 h, step: 1 h}
      economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
      demands: {load: {bus: ac, kind: deferrable, window: day, power: 10 kW}}
      markets: {grid: {bus: ac, class: N, buy: {values: [9,9,9,8,1,9,9,0,9,9,9,9,9,9,9,9,9,9,9,9,9,3,9,9], unit: USD/kWh}, limit: {buy: 500 kW}}}
      """
    let outcome = try PlanStudy.run(project: try TemporaryText.project(text), solver: try solver(choice))
    let certificate = try #require(outcome.certificate)
    #expect(certificate.value == 0 && certificate.cash == 0 && certificate.tidiedValue == 0)
  }
}

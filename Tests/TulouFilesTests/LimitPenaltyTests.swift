import Testing
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// A limit with a penalty is broken where that is cheaper than to keep it; all values by hand.
@Suite("Penalties of limits") struct LimitPenaltyTests {
  /// 10 kW all year: cheap grid (0.1 USD/kWh, 0.5 kg/kWh), dear green power (0.2 USD/kWh), and `more`.
  static func text(limits: String, more: String = "") -> String {
    """
    tulou: 1
    name: penalties
    horizon: {start: 2027-01-01, length: 1 y, step: 1 h}
    economy: {currency: USD, real_discount_rate: 0 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    markets:
      grid: {bus: ac, class: N, buy: 0.1 USD/kWh, emission: 0.5 kg/kWh}
      green: {bus: ac, class: W, buy: 0.2 USD/kWh}
    demands:
      load: {bus: ac, power: 10 kW, tiers: {normal: 100 %}}
    \(more)
    limits: {\(limits)}
    """
  }

  static let plant = """
    components:
        mill: {kind: source, bus: ac, class: W, availability: 100 %, capital: 1000 USD/kW, life: 20 y, land: 10 m2/kW, capacity: {max: 10 kW}}
    """

  private func plan(_ text: String) throws -> (value: Double, penalties: Double) {
    let project = try ProjectReader.read(text: text, path: "penalties.yaml")
    let solver = try #require(SolverChoice.builtInStructured)
    let outcome = try PlanStudy.run(project: project, solver: solver)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.gap < 1e-6)
    return (certificate.value, certificate.penalties)
  }

  private struct Case: Sendable {
    var limits: String
    var value: Double, penalties: Double
    var more = ""
  }

  private static let cases: [Case] = [
    // Green power saves 0.5 kg for 0.1 USD: 200 USD/t. 43.8 t/y from the grid.
    Case(limits: "co2: {max: 20 t/y, penalty: 100 USD/t}", value: 11_140, penalties: 2380),
    Case(limits: "co2: {max: 20 t/y, penalty: 300 USD/t}", value: 13_520, penalties: 0),
    // 87.6 MWh/y in all.
    Case(limits: "outside_energy: {max: 40 MWh/y, penalty: 0.05 USD/kWh}", value: 11_140, penalties: 2380),
    Case(limits: "outside_energy: {max: 40 MWh/y, penalty: 0.3 USD/kWh}", value: 13_520, penalties: 0),
    Case(limits: "renewable_fraction: {min: 50 %, penalty: 0.05 USD/kWh}", value: 10_950, penalties: 2190),
    Case(limits: "renewable_fraction: {min: 50 %, penalty: 0.3 USD/kWh}", value: 13_140, penalties: 0),
    // A kilowatt of the mill earns 876 - 50 USD/y for 1000 USD and 10 m2.
    Case(limits: "budget: {max: 5000 USD, penalty: 50 %/y}", value: 3000, penalties: 2500, more: plant),
    Case(limits: "budget: {max: 5000 USD, penalty: 100 %/y}", value: 4630, penalties: 0, more: plant),
    Case(limits: "land: {max: 50 m2, penalty: 50 USD/m2/y}", value: 3000, penalties: 2500, more: plant),
    Case(limits: "land: {max: 50 m2, penalty: 100 USD/m2/y}", value: 4630, penalties: 0, more: plant),
  ]

  @Test("costs what the cheaper of both ways costs")
  func cheaper() throws {
    for one in Self.cases {
      let found = try plan(Self.text(limits: one.limits, more: one.more))
      #expect(abs(found.value - one.value) < 1e-6 * one.value, "\(one.limits)")
      #expect(abs(found.penalties - one.penalties) < 1e-2, "\(one.limits)")
    }
  }

  @Test("a search under rules ranks by the same sum")
  func search() throws {
    for (rate, best) in [(50, (size: 10.0, value: 3000.0)), (100, (size: 5, value: 4630))] {
      let text = Self.text(limits: "budget: {max: 5000 USD, penalty: \(rate) %/y}", more: Self.plant)
        .replacing("  green: {bus: ac, class: W, buy: 0.2 USD/kWh}\n", with: "")
      let project = try ProjectReader.read(text: text, path: "penalties.yaml")
      var options = SearchOptions()
      options.method = .grid
      options.points = 11
      options.seeksBound = false
      let outcome = try SearchStudy.run(project: project, options: options, solver: nil)
      #expect(outcome.rows.first?.sizes == [best.size])
      #expect(abs((outcome.rows.first?.value ?? 0) - best.value) < 1e-6)
    }
  }

  @Test("energy that is not served beyond its share")
  func unserved() throws {
    let limits = "unserved_energy: {max: 10 %, penalty: 0.02 USD/kWh}"
    // Not to serve costs 0.05 and, beyond a tenth, 0.02 USD/kWh: cheaper than the grid at 0.1.
    let found = try plan(
      Self.text(limits: limits, more: "reliability: {unserved_cost: {normal: 0.05 USD/kWh}}"))
    #expect(abs(found.value - 87_600 * (0.05 + 0.9 * 0.02)) < 1e-2)
  }

  @Test("a wrong unit is said, and money alone pays for it")
  func wrong() throws {
    func errors(_ text: String) -> String {
      ProjectReader.check(text: text, path: "penalties.yaml").filter { $0.severity == .error }
        .map { "\($0.path): \($0.message)" }.joined(separator: "\n")
    }
    #expect(errors(Self.text(limits: "co2: {max: 20 t/y, penalty: 3 USD/kWh}")).contains("limits.co2.penalty"))
    #expect(errors(Self.text(limits: "land: {max: 20 m2, penalty: -1 USD/m2/y}")).contains("limits.land.penalty"))
    let text = Self.text(limits: "co2: {max: 20 t/y, penalty: 100 USD/t}") + "\nobjective: outside_energy\n"
    let project = try ProjectReader.read(text: text, path: "penalties.yaml")
    let solver = try #require(SolverChoice.builtInStructured)
    #expect(throws: ProjectFault.self) { try PlanStudy.run(project: project, solver: solver) }
  }
}

import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers
import TulouTechnologies

/// What is said of machines that a linear plan takes in parts.
struct WholeMachineTests {
  /// A generator of 10 kW whose least load is 5 kW, and a load of 10 and 3 kW by turns; nothing may be thrown away.
  private func project(_ more: String = "") throws -> Project {
    try ProjectReader.read(
      text: """
        tulou: 1
        name: Least load
        site: {latitude: 50 deg, longitude: 4 deg, time_zone: UTC}
        horizon: {start: 2025-01-01, length: 4 h}
        economy: {currency: EUR, real_discount_rate: 0 %, lifetime: 20 y}
        carriers: {diesel: {kind: fuel, heating_value: 10 kWh/l, emission: 0.27 kg/kWh}}
        buses: {ac: {carrier: electricity}, tank: {carrier: diesel}}
        demands: {load: {bus: ac, power: {values: [10, 3, 10, 3], unit: kW}}}
        components:
          set: {kind: generator, fuel: tank, power: ac, efficiency: 50 %, minimum_load: 50 %, capacity: {existing: 10 kW}, capital: 500 EUR/kW, life: 20 y\(more)}
        markets: {pump: {bus: tank, class: N, buy: 0.1 EUR/kWh}}
        """, path: "least.yaml")
  }

  @Test("below its least load a machine is approximated, also where it uses nothing at no load") func approximated()
    throws
  {
    var options = PlanOptions()
    options.wholeNumbers = .exact
    let outcome = try PlanStudy.run(project: project(), options: options, solver: Structured())
    #expect(outcome.approximated == ["set"] && outcome.status == .feasible)
  }

  @Test("at or above its least load it is not") func whole() throws {
    var project = try project()
    project.demands[0].power = [10, 5, 10, 7]
    let outcome = try PlanStudy.run(project: project, options: PlanOptions(), solver: Structured())
    #expect(outcome.approximated.isEmpty && outcome.status == .optimal)
  }
}

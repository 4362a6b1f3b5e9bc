import Testing
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// What is said to do where no plan holds, does: the change is made in the file and the file planned again.
@Suite("Remedies of what cannot be met") struct RemedyTests {
  private func text(roof: Double, fraction: Double, unserved: Double) -> String {
    """
    tulou: 1
    name: Workshop
    site: {latitude: 22.55 deg, longitude: 114.10 deg, altitude: 18 m, time_zone: Asia/Shanghai}
    horizon: {start: 2027-03-01, length: 14 d, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 6 %, lifetime: 25 y}
    resources:
      sun: {monthly_ghi: {values: [3.2, 3.3, 3.7, 4.3, 4.8, 4.9, 5.0, 4.8, 4.4, 4.3, 3.7, 3.3], unit: kWh/m2/d}, seed: 1}
    buses: {ac: {carrier: electricity}}
    demands:
      workshop: {bus: ac, power: 30 kW, tiers: {normal: 100 %}}
    reliability: {unserved_cost: {normal: 9 EUR/kWh}}
    components:
      roof: {use: pv-rooftop, bus: ac, resource: sun, capacity: {max: \(roof) kW}}
      battery: {use: battery-lithium, bus: ac, hours: 4 h, capacity: {max: 100 kW}}
    markets:
      grid: {bus: ac, class: N, buy: 0.13 EUR/kWh, emission: 0.58 kg/kWh}
    limits: {renewable_fraction: {min: \(fraction) %}, unserved_energy: {max: \(unserved) %}}
    """
  }

  private func outcome(roof: Double = 200, fraction: Double = 99, unserved: Double = 0) throws -> Outcome {
    let project = try ProjectReader.read(
      text: text(roof: roof, fraction: fraction, unserved: unserved), path: "workshop.yaml")
    return try PlanStudy.run(project: project, solver: #require(SolverChoice.builtInStructured))
  }

  @Test("demand left unserved is none for a renewable fraction, which counts it; the others do")
  func renewableFraction() throws {
    let first = try outcome()
    #expect(first.status == .infeasible)
    let report = try #require(first.infeasibility)
    let remedies = Dictionary(uniqueKeysWithValues: report.remedies.map { ($0.path, $0) })
    #expect(remedies["limits.unserved_energy"] == nil)
    #expect(try outcome(unserved: 100).status == .infeasible)
    let lower = try #require(remedies["limits.renewable_fraction"]?.change)
    #expect(try outcome(fraction: 99 - lower * 1.005).status == .optimal)
    #expect(try outcome(fraction: 99 - lower * 0.9).status == .infeasible)
    if let more = remedies["components.roof.capacity.max"]?.change {
      #expect(try outcome(roof: 200 + more * 1.005).status == .optimal)
    }
  }
}

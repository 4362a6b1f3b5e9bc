import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Rounding that finds no plan proves nothing: what is called infeasible with whole machines is proven so.
@Suite("Verdicts of rounding", .enabled(if: InstalledHighs.isPresent))
struct RoundedVerdictTests {
  /// 10 kW from units of 7 kW and one of 4 kW: one unit is too little, two take more land than `land` m2, one and the 4 kW do.
  private func project(land: Double, small: String = "[0, 4]") throws -> Project {
    try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 10 kW}}
      components:
        a: {kind: source, bus: ac, class: B, availability: 100 %, capacity: {max: 14 kW, unit: 7 kW}, capital: 300 EUR/kW, life: 20 y, land: 1 m2/kW}
        b: {kind: source, bus: ac, class: B, availability: 100 %, capacity: {options: {values: \(small), unit: kW}}, capital: 400 EUR/kW, life: 20 y, land: 1 m2/kW}
      limits: {land: {max: \(land) m2}}
      """)
  }

  private var automatic: AutomaticSolver {
    get throws {
      AutomaticSolver(structured: Structured(), highs: .success(Highs(try #require(InstalledHighs.library))))
    }
  }

  @Test("a plan that rounding misses is found, with the bound of the relaxation")
  func found() throws {
    let outcome = try PlanStudy.run(project: project(land: 12), solver: automatic)
    let plan = try #require(outcome.plan), certificate = try #require(outcome.certificate)
    #expect(plan.capacity(Label("a", .size)) == 7 && plan.capacity(Label("b", .size)) == 4)
    #expect(certificate.bound <= certificate.value + 1e-9)
  }

  @Test("what no whole numbers can do is infeasible; without a solver that branches it is not claimed")
  func verdicts() throws {
    let none = try PlanStudy.run(project: project(land: 12, small: "[0, 2]"), solver: automatic)
    #expect(none.status == .infeasible)
    let unknown = try PlanStudy.run(project: project(land: 12), solver: Structured())
    #expect(unknown.plan == nil && unknown.status == .failed)
    #expect(unknown.warnings.contains { $0.message.contains("does not prove that there is none: '--exact' seeks one") })
  }
}

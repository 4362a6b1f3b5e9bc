import TestSupport
import Testing
import TulouAccounts
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouSolvers

/// What is paid once whatever the size is money: a goal that is an amount of something else does not count it, and the cost of the
/// plan does.
@Suite("Fixed charges and goals other than cost", .enabled(if: InstalledHighs.isPresent))
struct FixedChargeGoalTests {
  private func outcome(fixed: Double, _ rest: String, exact: Bool = false) throws -> (Outcome, Accounts) {
    let sun = (0..<24).map { (8..<17).contains($0) ? "0.\(3 + $0 % 5)" : "0" }.joined(separator: ", ")
    let project = try TemporaryText.project(
      """
      tulou: 1
      horizon: {start: 2027-01-01, length: 24 h, step: 1 h}
      economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
      demands: {load: {bus: ac, power: 5 kW}}
      components:
        pv: {kind: source, bus: ac, class: S.sun, availability: {values: [\(sun)], unit: 1}, capacity: {max: 40 kW}, capital: 700 EUR/kW, life: 20 y}
        bat: {kind: storage, bus: ac, round_trip: 90 %, capacity: {power: {max: 10 kW}, energy: {max: 30 kWh}}, capital: {fixed: \(fixed) EUR, energy: 100 EUR/kWh}, life: 20 y}
      markets:
        grid: {bus: ac, class: N, buy: 0.25 EUR/kWh, emission: 0.4 kg/kWh, limit: {buy: 9 kW}}
      \(rest)
      """)
    var options = PlanOptions()
    if exact { options.wholeNumbers = .exact }
    let outcome = try PlanStudy.run(project: project, options: options, solver: Highs(#require(InstalledHighs.library)))
    return (outcome, Accounts.make(project: project, plan: try #require(outcome.plan)))
  }

  @Test(
    "the goal has the value that it has without charges, a bound below it, and the cash of the accounts",
    arguments: ["co2", "outside_energy", "local_energy", "exergy_efficiency"], [false, true])
  func goals(goal: String, exact: Bool) throws {
    let (plain, _) = try outcome(fixed: 0, "objective: \(goal)", exact: exact)
    let (charged, accounts) = try outcome(fixed: 3000, "objective: \(goal)", exact: exact)
    let without = try #require(plain.certificate), with = try #require(charged.certificate)
    let scale = max(abs(without.value), 1)
    #expect(abs(with.value - without.value) < 2e-5 * scale, "\(with.value), without charges \(without.value)")
    #expect(with.bound <= with.value + 1e-6 * scale && charged.status != .failed)
    let annual = try #require(accounts.value("annual_cost"))
    #expect(abs(with.cash - annual) < 1e-6 * annual, "cash \(with.cash), accounts \(annual)")
  }

  @Test("a weight on cost weighs charges too, and the cash is that of the accounts")
  func weighted() throws {
    let (found, accounts) = try outcome(
      fixed: 3000,
      "objective: {weights: {net_present_cost: 60 %, co2: 40 %}, reference: {pv: 10 kW, bat.power: 4 kW, bat.energy: 10 kWh}}",
      exact: true)
    let certificate = try #require(found.certificate)
    let annual = try #require(accounts.value("annual_cost"))
    #expect(abs(certificate.cash - annual) < 1e-6 * annual, "cash \(certificate.cash), accounts \(annual)")
    #expect(certificate.value <= 1 + 1e-6 && certificate.bound <= certificate.value + 1e-9)
    #expect(abs(certificate.tidiedValue - certificate.value) < 1e-5)
  }
}

import Testing
import TulouAccounts
import TulouDispatch
import TulouDocument
import TulouFiles
import TulouFinance
import TulouPlanning
import TulouProject
import TulouQuantities
import TulouReport
import TulouSolvers

/// Policies: what plans count is what accounts pay, members and public add up, and a policy of zero changes nothing.
@Suite("Policies") struct PolicyTests {
  /// Two days of a mill and a village with wind and a roof; sale pays little, so that premiums decide.
  static func text(_ policies: String, fixed: String = "", stages: String = "") -> String {
    """
    tulou: 1
    name: mill and village
    horizon: {start: 2027-01-01, length: 48 h, step: 1 h}
    economy: {currency: EUR, real_discount_rate: 5 %, lifetime: 20 y}
    buses: {ac: {carrier: electricity}}
    members: {mill: {kind: sme, alone: home}, village: {kind: village, alone: home}}
    demands:
      mill-power: {bus: ac, member: mill, power: 60 kW}
      homes: {bus: ac, member: village, power: 40 kW}
    components:
      wind: {kind: source, bus: ac, class: W, member: mill, availability: 30 %, capacity: {max: 200 kW}, capital: 2000 EUR/kW, operation: 30 EUR/kW/y, life: 20 y}
      roof: {kind: source, bus: ac, class: S.sun, member: village, availability: {values: [\((0..<48).map { (9..<16).contains($0 % 24) ? "0.8" : "0" }.joined(separator: ","))], unit: 1}, capacity: {max: 300 kW}, capital: 700 EUR/kW, operation: 14 EUR/kW/y, life: 25 y}
      \(fixed)
    markets:
      grid: {bus: ac, class: N, buy: 0.10 EUR/kWh, sell: 0.03 EUR/kWh, emission: 0.5 kg/kWh}
      home: {bus: ac, for: alone, class: N, buy: 0.12 EUR/kWh, emission: 0.5 kg/kWh}
    reference: {electricity: alone}
    policies:
    \(policies)
    \(stages)
    """
  }

  static func project(_ policies: String, fixed: String = "", stages: String = "") throws -> Project {
    try ProjectReader.read(text: text(policies, fixed: fixed, stages: stages), path: "mill.yaml")
  }

  static func planned(_ project: Project) throws -> (cost: Double, accounts: Accounts) {
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    return (try #require(outcome.certificate).value, Accounts.make(outcome, solver: Structured()))
  }

  @Test("rules say which policies they do not decide by; years one by one refuse them")
  func rules() throws {
    let project = try Self.project("  p: {kind: feed_in_premium, for: [grid], rate: 0.04 EUR/kWh}")
    var options = SimulateOptions()
    options.sizes = ["wind": 100, "roof": 50]
    let outcome = try SimulateStudy.run(project: project, options: options, solver: Structured())
    #expect(outcome.warnings.contains { $0.message.contains("decides without 'p'") })
    let grant = try Self.project("  p: {kind: grant, for: [village], rate: 3000 EUR}")
    let quiet = try SimulateStudy.run(project: grant, options: options, solver: Structured())
    #expect(!quiet.warnings.contains { $0.message.contains("decides without") })
    let fault = #expect(throws: ProjectFault.self) {
      try MultiYearStudy.run(project: project, options: options, asked: MultiYearOptions(years: 3))
    }
    #expect(fault?.diagnostics.contains { $0.path == "policies" } == true)
  }

  static let each = [
    "  p: {kind: capital_subsidy, for: [wind, roof], rate: 25 %}",
    "  p: {kind: capital_subsidy, for: [wind], rate: 40 %, cap: 20000 EUR}",
    "  p: {kind: production_premium, for: [wind], rate: 0.03 EUR/kWh, years: 10}",
    "  p: {kind: production_premium, for: [wind, roof], rate: 0.03 EUR/kWh, cap: 3000 EUR/y}",
    "  p: {kind: feed_in_premium, for: [grid], rate: 0.04 EUR/kWh, until: 2040}",
    "  p: {kind: feed_in_premium, for: [grid], rate: 0.05 EUR/kWh, cap: 900 EUR/y}",
    "  p: {kind: procurement_price, for: [grid], rate: 0.08 EUR/kWh, years: 7 y}",
    "  p: {kind: guarantee, for: [wind], share: 70 %, interest: 8 %, guaranteed: 4 %, years: 12 y, losses: 1 %/y, fee: 0.2 %/y}",
    "  p: {kind: social_burden, for: [wind, roof], labour: 50 %, rate: 30 %}",
    "  p: {kind: grant, for: [village], rate: 3000 EUR, from: 2029}",
    "  p: {kind: tax, rate: 0.01 EUR/kWh}", "  p: {kind: tax, rate: -20 %, for: [grid], from: 2030}",
    "  p: {kind: tax, rate: 0.004 EUR/kWh, for: [wind]}", "  p: {kind: carbon_price, rate: 60 EUR/t, from: 2029}",
  ]

  @Test("what a plan counts is what the accounts pay", arguments: each)
  func pair(policy: String) throws {
    let (cost, accounts) = try Self.planned(Self.project(policy))
    let annual = try #require(accounts.value("annual_cost"))
    #expect(abs(cost - annual) < 1e-6 * abs(annual))
    let account = try #require(accounts.policies.first)
    #expect(!account.flows.isEmpty)
    // A policy's lines in the cash flow are its members' flows, and the present worth of all rows is that of the cost.
    let lines = accounts.costs.filter { $0.kind == .policy }.reduce(0) { $0 + $1.annual }
    #expect(abs(lines + account.memberBenefit) < 1e-9 * max(1, abs(lines)))
  }

  @Test("members' cash flows sum to the project's, year by year, and public cost is the sum of its flows")
  func sums() throws {
    let all = Self.each.enumerated().map { $1.replacing("  p:", with: "  p\($0):") }.filter {
      !$0.contains("-20 %") && !$0.contains("procurement") && !$0.contains("0.05 EUR")
    }
    let (cost, accounts) = try Self.planned(Self.project(all.joined(separator: "\n")))
    #expect(abs(cost - (accounts.value("annual_cost") ?? 0)) < 1e-6 * abs(cost))
    let members = accounts.members.filter { !$0.id.isEmpty }
    #expect(abs(members.reduce(0) { $0 + $1.costInCluster } - cost) < 1e-6 * abs(cost))
    for year in 0...20 {
      let rows = accounts.cashFlow.filter { $0.year == year }.reduce(0) { $0 + $1.amount }
      let sum = members.reduce(0) { $0 + $1.cashByYear[year] }
      #expect(abs(rows - sum) < 1e-9 * max(1, abs(rows)))
    }
    for policy in accounts.policies {
      let paid = policy.flows.reduce(0) {
        $0 + ($1.payer == policy.publicBody ? $1.annual : $1.receiver == policy.publicBody ? -$1.annual : 0)
      }
      #expect(abs(paid - policy.publicCost) < 1e-9 * max(1, abs(paid)))
      // Who gains what the public pays: members, but for what a guarantee moves between lenders and the guarantor.
      if policy.kind != .guarantee { #expect(abs(policy.publicCost - policy.memberBenefit) < 1e-9 * max(1, abs(paid))) }
    }
  }

  @Test("a policy of zero changes nothing", arguments: each)
  func zero(policy: String) throws {
    let base = try Self.planned(Self.project("  x-none: 1"))
    var project = try Self.project(policy)
    // A floor below the price pays nothing.
    project.policies = project.policies.map { $0.scaled(by: 0) }
    let (cost, accounts) = try Self.planned(project)
    #expect(abs(cost - base.cost) < 1e-9 * abs(base.cost))
    #expect(accounts.publicCost == 0)
    #expect(accounts.policies.allSatisfy { $0.flows.isEmpty })
  }

  @Test("a subsidy by hand: paid with the capital, worth its annuity")
  func subsidy() throws {
    let (_, accounts) = try Self.planned(Self.project("  p: {kind: capital_subsidy, for: [wind], rate: 25 %}"))
    let capital = accounts.cashFlow.first { $0.kind == .capital && $0.id == "wind" }?.amount ?? 0
    let paid = accounts.cashFlow.filter { $0.kind == .policy }
    #expect(capital > 0 && paid.count == 1)
    #expect(paid.first?.time == 0 && abs((paid.first?.amount ?? 0) + 0.25 * capital) < 1e-9 * capital)
    #expect(paid.first?.member == "mill")
    let expected = 0.25 * capital * capitalRecoveryFactor(rate: 0.05, years: 20)
    #expect(abs(accounts.publicCost - expected) < 1e-9 * expected)
  }

  @Test("a guarantee by hand: interest saved by lenders' side, losses by the guarantor")
  func guarantee() throws {
    var policy = Policy(id: "g", kind: .guarantee)
    var loan = Policy.Loan()
    (loan.share, loan.interest, loan.guaranteed, loan.years, loan.losses) = (1, 0.08, 0.04, 2, 0.01)
    policy.loan = loan
    policy.lay(firstYear: 2027, lifetime: 20)
    let payments = policy.payments(capitalAt: 0, lifetime: 20)
    // 100 over two years: 56.0769 at 8 %, 53.0196 at 4 %; open 100, then 50.9804.
    #expect(payments.map(\.time) == [1, 2])
    for payment in payments { #expect(abs(payment.perCapital * 100 - (56.0769231 - 53.0196078)) < 1e-6) }
    #expect(abs(payments[0].loss * 100 - 1) < 1e-9 && abs(payments[1].loss * 100 - 0.509804) < 1e-6)
    // Nothing is counted beyond the project's end.
    #expect(policy.payments(capitalAt: 19, lifetime: 20).count == 1)
  }

  @Test("a cap is not passed, and what is paid under it is divided in proportion")
  func cap() throws {
    let (_, accounts) = try Self.planned(
      Self.project("  p: {kind: production_premium, for: [wind, roof], rate: 0.06 EUR/kWh, cap: 3000 EUR/y}"))
    #expect(abs(accounts.publicCost - 3000) < 1e-6)
    let flows = try #require(accounts.policies.first).flows
    func made(_ id: String) -> Double { accounts.sources.first { $0.id == id }?.yearly ?? 0 }
    let wind = made("wind"), roof = made("roof")
    #expect(abs((flows.first { $0.receiver == "mill" }?.annual ?? 0) - 3000 * wind / (wind + roof)) < 1e-6)
  }

  @Test("years are calendar years of the project")
  func years() throws {
    let (_, accounts) = try Self.planned(Self.project("  p: {kind: tax, rate: 0.01 EUR/kWh, from: 2029, until: 2031}"))
    let years = Set(accounts.cashFlow.filter { $0.kind == .policy && $0.amount != 0 }.map(\.year))
    #expect(years == [3, 4, 5])
  }

  @Test("a tax and a carbon price are there without the project too")
  func reference() throws {
    let none = try Self.planned(Self.project("  x-none: 1")).accounts
    let taxed = try Self.planned(
      Self.project("  t: {kind: tax, rate: 0.01 EUR/kWh}\n  c: {kind: carbon_price, rate: 20 EUR/t}")
    ).accounts
    let more = (taxed.reference?.annualCost ?? 0) - (none.reference?.annualCost ?? 0)
    #expect(abs(more - 100 * 8760 * (0.01 + 0.5 * 0.02)) < 1e-6)
  }

  @Test("stages pay what they bring, and a cap holds for all of them")
  func stages() throws {
    let project = try Self.project(
      """
        p: {kind: capital_subsidy, for: [wind, roof], rate: 30 %, cap: 60000 EUR}
        q: {kind: production_premium, for: [wind], rate: 0.01 EUR/kWh, years: 12}
        g: {kind: grant, for: [village], rate: 500 EUR, from: 2034}
      """, stages: "stages: {now: {year: 2027}, later: {year: 2033, set: {demands.homes.power: 90 kW}}}")
    let solver = Structured()
    let outcome = try StageStudy.run(project: project, mode: .foresight, solver: solver)
    let accounts = StagedAccounts.make(project: project, plans: outcome.stages.map(\.plan))
    let worth = accounts.cashFlow.reduce(0) { $0 + $1.discounted }
    #expect(abs(worth - outcome.netPresentCost) < 1e-6 * abs(worth))
    let subsidy = accounts.cashFlow.filter { $0.id == "p" }.reduce(0) { $0 - $1.amount }
    #expect(subsidy > 0 && subsidy < 60_000 * (1 + 1e-6))
    #expect(accounts.cashFlow.filter { $0.id == "g" }.map(\.time) == [7])
    #expect(throws: ProjectFault.self) { try StageStudy.run(project: project, mode: .myopic, solver: solver) }
  }

  @Test("the study: what each brings, what a tonne costs, and along its level")
  func study() async throws {
    // Wind costs 0.103 a kWh and the grid 0.10, so it is there with the premium only.
    let text = Self.text(
      "  p: {kind: production_premium, for: [wind], rate: 0.03 EUR/kWh}\n  c: {kind: carbon_price, rate: 4 EUR/t}"
    ).replacing("capital: 2000", with: "capital: 3000")
    let project = try ProjectReader.read(text: text, path: "mill.yaml")
    let result = await PolicyStudy.run(
      project: project, sweep: "p", levels: [1, 0.5], parallel: 2, solver: Structured())
    let together = try #require(result.together)
    #expect(together.avoided > 0 && together.autonomy > 0)
    #expect(abs(together.publicCost - result.all.publicCost) < 1e-9)
    #expect(result.sweep.map(\.level) == [0, 0.5, 1])
    let last = try #require(result.sweep.last)
    // The highest level is the project as it is.
    #expect(abs((last.cost ?? 0) - (result.all.cost ?? 1)) < 1e-6 * abs(last.cost ?? 1))
    let effect = try #require(result.effect(ofLevel: last))
    #expect(abs((effect.perTonne ?? 0) - effect.publicCost / effect.avoided) < 1e-9)
    // Members never lose by a premium, and gain no more than is paid.
    #expect(effect.memberBenefit >= -1e-6)
  }

  @Test("what a guarantee moves between lenders and members makes society no richer")
  func society() async throws {
    let project = try Self.project(
      "  p: {kind: guarantee, for: [wind], share: 60 %, interest: 7 %, guaranteed: 4 %, years: 10 y, losses: 1 %/y}")
    let result = await PolicyStudy.run(project: project, parallel: 2, solver: Structured())
    let effect = try #require(result.together)
    // The same wind stands with it and without, so money changes hands only.
    #expect(effect.avoided == 0 && effect.memberBenefit > effect.publicCost + 1)
    #expect(abs(effect.memberBenefit - effect.publicCost - effect.othersCost) < 1e-6 * effect.memberBenefit)
    #expect(effect.net == 0)
    let said = PolicyReport(result: result, version: "test").sentences[0]
    #expect(said.contains(", lenders give up ") && said.contains("society as a whole is neither better nor worse off"))
  }
}

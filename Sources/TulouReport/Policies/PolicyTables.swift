import TulouAccounts
import TulouProject
import TulouQuantities

/// Tables of policies that several reports show.
enum PolicyTables {
  /// Every flow with payer and receiver, and what each policy costs the public.
  static func flows(_ policies: [PolicyAccount], _ project: Project) -> Table {
    let money = { (value: Double, unit: String) in Scale.text(value, project.economy.currency + unit) }
    var table = Table(
      "Flows of policies, levelised over the lifetime",
      columns: [
        .text("Policy"), .text("Kind"), .text("Paid by"), .text("Received by"), .number("Per year"),
        .number("Worth today"),
      ])
    func name(_ id: String) -> String { project.members.first { $0.id == id }?.name ?? id }
    for policy in policies {
      for flow in policy.flows {
        table.add([
          policy.name, policy.kind.words, name(flow.payer), name(flow.receiver), money(flow.annual, "/y"),
          money(flow.present, ""),
        ])
      }
      if policy.flows.isEmpty { table.add([policy.name, policy.kind.words, "", "", money(0, "/y"), money(0, "")]) }
    }
    let cost = policies.reduce(0) { $0 + $1.publicCost }, worth = policies.reduce(0) { $0 + $1.publicCostPresent }
    table.add(["Public cost", "", "", "", money(cost, "/y"), money(worth, "")])
    table.hasTotal = true
    return table
  }
}

extension PlanReport {
  /// What policies pay and take in this plan.
  func policySection() -> Page.Section {
    guard !accounts.policies.isEmpty else { return Page.Section(id: "policies", title: "Policies", []) }
    return Page.Section(
      id: "policies", title: "Policies",
      [
        .table(PolicyTables.flows(accounts.policies, project)),
        .text("What each policy brings, and what an avoided tonne costs the public, shows 'tulou policies'."),
      ])
  }
}

import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// Energy that is shared by way of the public grid: in each step no more than all sell and no more than all buy. Where parts are agreed
  /// beforehand, each market that buys shares no more than its part of what all sell.
  mutating func share(_ policy: Policy) {
    let markets = project.markets.filter { !$0.onlyAlone && policy.targets.contains($0.id) }
    let sold = markets.compactMap { sales[$0.id] }
    let buyers = markets.filter { purchases[$0.id] != nil }
    guard !sold.isEmpty, !buyers.isEmpty, markets.count > 1, let parts = policy.shared?.parts else { return }
    let rate = profile((0..<steps).map(policy.sharingRate)) * money.level(policy.active, times: 0)
    for market in markets where sales[market.id] != nil {
      policyGain[market.id] = (policyGain[market.id] ?? .zero) + rate
    }
    if parts.isEmpty {
      let supply = bound(policy, part: "sold", sold, 1)
      let demand = bound(policy, part: "bought", buyers.flatMap { purchases[$0.id] ?? [] }, 1)
      share(policy, part: "shared", rate, rows: [supply, demand])
      return
    }
    for market in buyers {
      guard let part = parts[market.id], part > 0 else { continue }
      let supply = bound(policy, part: "part of \(market.id)", sold, part)
      let demand = bound(policy, part: "bought by \(market.id)", purchases[market.id] ?? [], 1)
      share(policy, part: "shared by \(market.id)", rate, rows: [supply, demand])
    }
  }

  /// A row `shared - factor sum of flows <= 0`; its index.
  private mutating func bound(_ policy: Policy, part: String, _ flows: [Int], _ factor: Double) -> Int {
    let row = problem.rows.count
    problem.rows.append(HourlyRow(label: Label(policy.id, .limit, part: .named(part)), upper: .zero))
    for j in flows { problem.flows[j].rowTerms.append(RowTerm(row, .constant(-factor))) }
    return row
  }

  private mutating func share(_ policy: Policy, part: String, _ rate: Profile, rows: [Int]) {
    add(
      Flow(Label(policy.id, .auxiliary, part: .named(part)), rows: rows.map { RowTerm($0, .one) }), cash: rate * -1)
  }
}

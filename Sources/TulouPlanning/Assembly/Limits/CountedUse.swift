import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// The terms of the renewable fraction, of which use counts nothing that is thrown away or turned back (rule M17): a flow
  /// beside each converter that could do so says how much of it counts, as the accounts do.
  mutating func countedRenewableAccount(of scope: EnergyScope) -> RenewableAccount {
    let networks = UseNetwork.all(of: project, scope: scope)
    let makers = Set(networks.flatMap { $0.makers.map(\.id) })
    var account = renewableAccount(of: scope, leavingOut: makers)
    if countedUse[scope] == nil {
      var use = LinearForm()
      for network in networks { use.add(self.use(in: network)) }
      countedUse[scope] = use
    }
    if let use = countedUse[scope] { account.use.add(use) }
    return account
  }

  /// What counts as use of a network, by flows that a row a step and one over the horizon bound by what is kept.
  private mutating func use(in network: UseNetwork) -> LinearForm {
    let rows = rowOfBus.filter { network.buses.contains($0.key) }
    let busOfRow = Dictionary(rows.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    let wanted = rows.reduce(Profile.zero) { $0 + self.wanted[$1.value] * (network.worth[$1.key] ?? 0) }
    let name = network.buses.sorted().first ?? ""
    let inStep = problem.rows.count
    problem.rows.append(
      HourlyRow(
        label: Label(LimitKey.renewableFraction.name, .limit, part: "use", bus: name), lower: .constant(-.infinity),
        upper: wanted))
    var overHorizon = LinearForm()
    for (j, flow) in problem.flows.enumerated() {
      let terms = flow.rowTerms.compactMap { term in busOfRow[term.row].map { (bus: $0, coefficient: term.coefficient) }
      }
      guard !terms.isEmpty, let kept = network.kept(by: flow.label, terms) else { continue }
      if kept.inStep != .zero { problem.flows[j].rowTerms.append(RowTerm(inStep, kept.inStep * -1)) }
      overHorizon.add(flow: j, kept.overHorizon * -1)
    }
    var use = LinearForm()
    for maker in network.makers {
      guard let driving = conversions[maker.id] else { continue }
      let below = problem.rows.count
      problem.rows.append(
        HourlyRow(
          label: Label(maker.id, .limit, part: "use"), lower: .constant(-.infinity), upper: .zero))
      problem.flows[driving].rowTerms.append(RowTerm(below, .constant(-1)))
      let j = add(
        Flow(
          Label(maker.id, .auxiliary, part: "use"), rows: [RowTerm(inStep, maker.made), RowTerm(below, .one)],
          upper: problem.flows[driving].upper))
      overHorizon.add(flow: j, maker.made)
      use.add(flow: j, maker.taken)
    }
    problem.yearlyRows.append(
      YearlyRow(
        Label(LimitKey.renewableFraction.name, .limit, part: "use", bus: name), overHorizon, upper: sum(wanted)))
    return use
  }
}

import TulouAccounts
import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// The terms of the renewable fraction, of which use counts nothing that is thrown away or turned back (rule M17): a flow
  /// beside each converter that could do so says how much of it counts, as the accounts do.
  package mutating func countedRenewableAccount(of scope: EnergyScope) -> RenewableAccount {
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

  /// What counts as use of a network.
  private mutating func use(in network: UseNetwork) -> LinearForm {
    network.canDump ? useStepByStep(in: network) : useOverHorizon(in: network)
  }

  /// What is used in a network over the horizon, what stores and lines lose left out, with the demands apart [kWh].
  private func used(in network: UseNetwork) -> LinearForm {
    let rows = rowOfBus.filter { network.buses.contains($0.key) }
    let busOfRow = Dictionary(rows.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    var form = LinearForm()
    form.constant = sum(rows.reduce(Profile.zero) { $0 + self.wanted[$1.value] * (network.worth[$1.key] ?? 0) })
    for (j, flow) in problem.flows.enumerated() {
      let terms = flow.rowTerms.compactMap { term in busOfRow[term.row].map { (bus: $0, coefficient: term.coefficient) }
      }
      if !terms.isEmpty, let used = network.used(by: flow.label, terms) { form.add(flow: j, used) }
    }
    return form
  }

  /// `made - most used <= 0`: what counts is no more than some times what is used.
  private mutating func limit(_ made: LinearForm, in network: UseNetwork, to used: LinearForm) {
    var form = made
    form.add(LinearForm(flows: used.flows), times: -UseNetwork.mostPerUse)
    problem.yearlyRows.append(
      YearlyRow(
        Label(LimitKey.renewableFraction.name, .limit, part: .losses, bus: network.buses.sorted().first ?? ""), form,
        upper: UseNetwork.mostPerUse * used.constant))
  }

  /// What stores hold at the end of their blocks beyond what they held at the start, in the worth of the network [kWh].
  private func filled(in network: UseNetwork) -> LinearForm {
    var form = LinearForm()
    let ends = problem.blocks.compactMap { block in block.last.map { (first: block.lowerBound, last: $0) } }
    for fill in network.fills {
      guard
        let s = problem.states.firstIndex(where: { $0.label.role == .content && $0.label.id == fill.id })
      else { continue }
      let retention = problem.states[s].retention
      var content = [Double](repeating: 0, count: steps)
      for (first, last) in ends {
        content[last] += fill.perContent * retention[last] / stepHours
        content[first] -= fill.perContent / stepHours * problem.weight[last] / problem.weight[first]
      }
      form.states[s] = .series(content)
      for (j, flow) in problem.flows.enumerated() {
        for term in flow.stateTerms where term.state == s {
          var moved = [Double](repeating: 0, count: steps)
          for (_, last) in ends { moved[last] = fill.perContent * term.gain[last] }
          form.add(flow: j, .series(moved))
        }
      }
    }
    return form
  }

  /// Where nothing can be thrown away: a number a converter, its mean power over the horizon that counts [kW].
  private mutating func useOverHorizon(in network: UseNetwork) -> LinearForm {
    let hours = sum(.one)
    let used = network.canLose ? used(in: network) : nil
    var made = LinearForm(), use = LinearForm()
    var beforeEnd = network.fills.isEmpty ? nil : filled(in: network)
    for maker in network.makers {
      guard let driving = conversions[maker.id] else { continue }
      let k = problem.capacities.count
      problem.capacities.append(
        Capacity(
          Label(maker.id, .auxiliary, part: .use), upper: max(1, greatest(of: driving)) * max(1, maker.taken.maximum)))
      problem.yearlyRows.append(
        YearlyRow(
          Label(maker.id, .limit, part: .use),
          LinearForm(flows: [driving: maker.taken * -1], capacities: [k: hours]), upper: 0))
      made.capacities[k] = hours * maker.madePerTaken
      use.capacities[k] = hours
      beforeEnd?.add(flow: driving, maker.taken * -maker.madePerTaken)
    }
    if let used { limit(made, in: network, to: used) }
    if var form = beforeEnd {
      form.add(made)
      let name = network.buses.sorted().first ?? ""
      problem.yearlyRows.append(
        YearlyRow(Label(LimitKey.renewableFraction.name, .limit, part: .filled, bus: name), form, upper: 0))
    }
    return use
  }

  /// What may be thrown away: flows that a row a step and one over the horizon bound by what is kept.
  private mutating func useStepByStep(in network: UseNetwork) -> LinearForm {
    let used = network.canLose ? used(in: network) : nil
    var made = LinearForm()
    let rows = rowOfBus.filter { network.buses.contains($0.key) }
    let busOfRow = Dictionary(rows.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    let wanted = rows.reduce(Profile.zero) { $0 + self.wanted[$1.value] * (network.worth[$1.key] ?? 0) }
    let name = network.buses.sorted().first ?? ""
    let inStep = problem.rows.count
    problem.rows.append(
      HourlyRow(
        label: Label(LimitKey.renewableFraction.name, .limit, part: .use, bus: name), lower: .constant(-.infinity),
        upper: wanted))
    var overHorizon = LinearForm()
    for (j, flow) in problem.flows.enumerated() {
      let terms = flow.rowTerms.compactMap { term in busOfRow[term.row].map { (bus: $0, coefficient: term.coefficient) }
      }
      guard !terms.isEmpty, let kept = network.kept(by: flow.label, terms) else { continue }
      if kept.inStep != .zero { problem.flows[j].rowTerms.append(RowTerm(inStep, kept.inStep * -1)) }
      overHorizon.add(flow: j, kept.overHorizon * -1)
    }
    overHorizon.add(filled(in: network))
    var use = LinearForm()
    for maker in network.makers {
      guard let driving = conversions[maker.id] else { continue }
      let below = problem.rows.count
      problem.rows.append(
        HourlyRow(
          label: Label(maker.id, .limit, part: .use), lower: .constant(-.infinity), upper: .zero))
      problem.flows[driving].rowTerms.append(RowTerm(below, .constant(-1)))
      let j = add(
        Flow(
          Label(maker.id, .auxiliary, part: .use), rows: [RowTerm(inStep, maker.made), RowTerm(below, .one)],
          upper: problem.flows[driving].upper))
      overHorizon.add(flow: j, maker.made)
      made.add(flow: j, maker.made)
      use.add(flow: j, maker.taken)
    }
    problem.yearlyRows.append(
      YearlyRow(
        Label(LimitKey.renewableFraction.name, .limit, part: .use, bus: name), overHorizon, upper: sum(wanted)))
    if let used { limit(made, in: network, to: used) }
    return use
  }
}

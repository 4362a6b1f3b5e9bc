import TulouDocument
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `0 <= f_t <= G` at the rated port; port b gets `coefficient_b,t f_t`. Where running costs at no load, or a least
  /// load matters, the capacity on line `o_t` stands between: `m o_t <= f_t <= o_t <= G`.
  mutating func add(_ converter: ConverterBlock, of component: Component) {
    let label = Label(component.id, .conversion)
    var flow = Flow(label)
    for port in converter.ports {
      guard let row = row(port.bus, for: component.id) else { return }
      flow.rowTerms.append(RowTerm(row, profile(port.coefficient)))
    }
    mergeTerms(&flow.rowTerms)
    let k = capacity(component)
    let outputBuses = converter.ports.filter { $0.coefficient.contains { $0 > 0 } }.map(\.bus)
    let countsForReserve = outputBuses.contains { busesWithReadiness.contains($0) }
    let hasLeastLoad = converter.minimumLoad > 0 && (countsForReserve || converter.exactCommitment)
    let needsOnline =
      k != nil && (converter.noLoad > 0 || converter.runCost > 0 || hasLeastLoad || converter.exactCommitment)
    // Between the capacity and the flow stands what is on line, so the flow needs no limit of its own.
    flow.upper = k.map { [.capacity($0)] } ?? []
    let j = add(flow, cash: money.level(converter.costPerKWh, steps: steps))
    conversions[component.id] = j
    noteWhatRulesOnlyHonour(converter, of: component)
    let online = needsOnline ? k.map { addOnline(converter, of: component, driving: j, capacity: $0) } : nil
    for port in converter.ports where port.coefficient.contains(where: { $0 > 0 }) {
      let coefficient = profile(port.coefficient)
      offer(at: port.bus) { offers in
        if let online {
          offers.flows += online.map { ($0, coefficient) }
        } else if let k {
          offers.capacities.append((k, coefficient))
        }
        offers.flows.append((j, coefficient * -1))
      }
    }
  }

  /// What is on line, one flow; where one of several machines is chosen, one flow for each.
  private mutating func addOnline(
    _ converter: ConverterBlock, of component: Component, driving j: Int, capacity k: Int
  ) -> [Int] {
    let label = Label(component.id, .online)
    var flows: [Flow] = []
    if converter.exactCommitment {
      flows = wholeMachines(of: component, capacity: k)
    } else {
      flows = [Flow(label, upper: [.capacity(k)])]
      assumptions.append(
        Assumption(
          path: "components.\(component.id).commitment", value: "relaxed",
          source:
            "no-load use and least load are approximated, for any share of the capacity may be on line: for the same output real machines burn at least this much fuel ('commitment: exact')",
          kind: .relaxation))
    }
    let below = problem.rows.count
    problem.rows.append(
      HourlyRow(label: Label(component.id, .limit, part: .online), lower: .constant(-.infinity), upper: .zero))
    problem.flows[j].rowTerms.append(RowTerm(below, .one))
    for i in flows.indices { flows[i].rowTerms.append(RowTerm(below, .constant(-1))) }
    if converter.minimumLoad > 0 {
      let above = problem.rows.count
      problem.rows.append(HourlyRow(label: Label(component.id, .limit, part: .minimumLoad), lower: .zero))
      problem.flows[j].rowTerms.append(RowTerm(above, .one))
      for i in flows.indices { flows[i].rowTerms.append(RowTerm(above, .constant(-converter.minimumLoad))) }
    }
    if converter.noLoad > 0, let port = converter.fuelPort, let row = rowOfBus[converter.ports[port].bus] {
      for i in flows.indices { flows[i].rowTerms.append(RowTerm(row, .constant(-converter.noLoad))) }
    }
    let online = flows.map { add($0, cash: .constant(converter.runCost)) }
    if converter.exactCommitment, converter.startCost > 0 {
      addStarts(of: component, online: online, capacity: k, cost: converter.startCost)
    }
    return online
  }

  /// On line in whole machines: of a unit, of the one size that is fixed, or of the one that is chosen from a list.
  private mutating func wholeMachines(of component: Component, capacity k: Int) -> [Flow] {
    let size = problem.capacities[k]
    let label = Label(component.id, .online)
    if size.upper <= 0 { return [Flow(label, upper: [.capacity(k)])] }
    switch size.choice {
    case .multiples(let unit):
      let standing = size.existing / unit
      if abs(standing - standing.rounded()) > 1e-6 {
        faults.append(
          Diagnostic(
            .error,
            "'\(component.id)' asks for exact commitment, but its existing \(rounded(size.existing)) kW are no whole number of machines of \(rounded(unit)) kW.",
            advice: "Give what stands a component of its own, with 'capacity: {fixed: ...}'.",
            path: "components.\(component.id).capacity"))
      }
      return [Flow(label, upper: [.capacity(k)], multipleOf: unit)]
    case .options(let totals):
      return machines(of: totals.filter { $0 > 0 }, for: component, capacity: k)
    case .continuous where size.lower == size.upper:
      return [Flow(label, upper: [.capacity(k)], multipleOf: size.upper)]
    case .continuous:
      faults.append(
        Diagnostic(
          .error, "'\(component.id)' asks for exact commitment, which needs to know how large a machine is.",
          advice:
            "Give 'capacity: {unit: ...}', '{fixed: ...}', or '{options: ...}' to choose one of several, or leave 'commitment' out.",
          path: "components.\(component.id).commitment"))
      return [Flow(label, upper: [.capacity(k)])]
    }
  }

  /// One machine of a list: `sum Z_v = G`, `sum Z_v / v <= 1`, and what is on line is zero or v of that which is there.
  private mutating func machines(of totals: [Double], for component: Component, capacity k: Int) -> [Flow] {
    var chosen = LinearForm(capacities: [k: -1])
    var one = LinearForm()
    var flows: [Flow] = []
    for total in totals {
      let machine = problem.capacities.count
      let part = shortNumber(total, digits: 6)
      problem.capacities.append(
        Capacity(
          Label(component.id, .auxiliary, part: .named("machine " + part)), upper: total, choice: .multiples(of: total))
      )
      chosen.add(capacity: machine, 1)
      one.add(capacity: machine, 1 / total)
      flows.append(
        Flow(Label(component.id, .online, part: .named(part)), upper: [.capacity(machine)], multipleOf: total))
    }
    problem.yearlyRows.append(
      YearlyRow(Label(component.id, .limit, part: .machine), chosen, lower: 0, upper: 0))
    problem.yearlyRows.append(YearlyRow(Label(component.id, .limit, part: .oneMachine), one, upper: 1))
    return flows
  }

  /// What comes on line is paid: the content of a state follows what is on line, `up` raises it, `down` lowers it.
  private mutating func addStarts(of component: Component, online: [Int], capacity k: Int, cost: Double) {
    let s = problem.states.count
    problem.states.append(State(Label(component.id, .content, part: .online), upper: .capacity(k), boundary: .cyclic))
    let follows = problem.rows.count
    problem.rows.append(
      HourlyRow(label: Label(component.id, .limit, part: .starts), lower: .zero, upper: .zero))
    for j in online { problem.flows[j].rowTerms.append(RowTerm(follows, .one)) }
    problem.states[s].rowTerms.append(RowTerm(follows, .constant(-1)))
    // Gains and costs are per hour, a start is not.
    let gain = 1 / stepHours
    add(
      Flow(
        Label(component.id, .auxiliary, part: .start), states: [StateTerm(s, .constant(gain))],
        upper: [.capacity(k)]),
      cash: .constant(cost * gain))
    add(
      Flow(
        Label(component.id, .auxiliary, part: .stop), states: [StateTerm(s, .constant(-gain))],
        upper: [.capacity(k)]))
  }

  /// Starts are paid under exact commitment only, and least hours on line are kept by rules only: said, not hidden.
  private mutating func noteWhatRulesOnlyHonour(_ converter: ConverterBlock, of component: Component) {
    var unheard: [String] = []
    if converter.startCost > 0, !converter.exactCommitment { unheard.append("'start_cost'") }
    if converter.minimumRunHours > 0 { unheard.append("'minimum_run'") }
    if converter.lifeHours != nil { unheard.append("'life_hours'") }
    guard !unheard.isEmpty else { return }
    notes.append(
      Diagnostic(
        .warning,
        "The plan leaves \(unheard.joined(separator: " and ")) of '\(component.id)' out: they act in dispatch by rules.",
        advice: converter.startCost > 0 && !converter.exactCommitment
          ? "With 'commitment: exact' starts are paid in the plan too." : "",
        path: "components.\(component.id)", code: .leftToRules))
  }

  /// Terms on the same row become one.
  private func mergeTerms(_ terms: inout [RowTerm]) {
    var merged: [RowTerm] = []
    for term in terms {
      if let i = merged.firstIndex(where: { $0.row == term.row }) {
        merged[i].coefficient = merged[i].coefficient + term.coefficient
      } else {
        merged.append(term)
      }
    }
    terms = merged
  }
}

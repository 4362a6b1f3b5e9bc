import TulouAccounts
import TulouDocument
import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// A machine, a storage or a link.
  mutating func add(_ component: Component) {
    switch component.block {
    case .source(let source): add(source, of: component)
    case .converter(let converter): add(converter, of: component)
    case .storage(let storage): add(storage, of: component)
    case .link(let link): add(link, of: component)
    }
  }

  /// `0 <= p_t <= a_t G`, or `<= natural_t` and `<= G`, or a stock as a yearly row.
  private mutating func add(_ source: SourceBlock, of component: Component) {
    guard let row = row(source.bus, for: component.id) else { return }
    let k = capacity(component)
    let fade = money.level(-source.degradation)
    let label = Label(component.id, .production, bus: source.bus)
    var flow = Flow(label, rows: [RowTerm(row, .one)])
    var available: Profile?
    switch source.supply {
    case .share(let share):
      let share = profile(share) * fade
      available = share
      if let k {
        flow.upper = [.capacity(k, factor: share)]
      } else {
        faults.append(
          Diagnostic(
            .error, "'\(component.id)' gives a share of its capacity, but has no capacity.",
            advice: "Give it 'capacity: {max: ...}' or 'capacity: {fixed: ...}'.",
            path: "components.\(component.id).capacity"))
        return
      }
    case .natural(let natural):
      let natural = profile(natural) * fade
      available = natural
      flow.upper = [.fixed(natural)] + (k.map { [.capacity($0)] } ?? [])
    case .stock(let annual):
      flow.upper = k.map { [.capacity($0)] } ?? []
      if let hours = source.bufferHours { addStoreRoom(annual, hours: hours, of: component, bus: source.bus, &flow) }
    case .reservoir(let lake):
      flow.upper = (lake.most.map { [.fixed(.constant($0))] } ?? []) + (k.map { [.capacity($0)] } ?? [])
      beginLake(lake, fade: fade, of: component, bus: source.bus, production: &flow)
    }

    let j = add(flow, cash: sourceCost(source))
    productions[component.id] = j
    lakes[component.id]?.production = j
    if case .stock(let annual) = source.supply {
      problem.yearlyRows.append(
        YearlyRow(
          Label(component.id, .limit, part: .stock), LinearForm(flows: [j: .one]), upper: annual * money.years))
    }
    if source.mustTake, let available {
      let r = problem.rows.count
      problem.flows[j].rowTerms.append(RowTerm(r, .one))
      let rowLabel = Label(component.id, .limit, part: .mustTake, bus: source.bus)
      if case .share = source.supply, let k {
        problem.rows.append(.balance(rowLabel, equals: .zero))
        problem.capacities[k].rowTerms.append(RowTerm(r, available * -1))
      } else {
        problem.rows.append(.balance(rowLabel, equals: available))
      }
    }
    tally(source, flow: j)
    if let available, !source.mustTake {
      offer(at: source.bus) { offers in
        if case .share = source.supply, let k {
          offers.capacities.append((k, available))
        } else {
          offers.constant = offers.constant + available
        }
        offers.flows.append((j, .constant(-1)))
      }
    }
    offer(at: source.bus) { $0.sources.append((j, source.energyClass)) }
  }

  /// Cost of a kWh with the carbon price on what it emits.
  private func sourceCost(_ source: SourceBlock) -> Profile {
    var cost = money.level(source.costPerKWh, steps: steps) + money.level(source.pricePerKWh, steps: steps)
    if let factor = project.emissionFactor(of: source), !factor.isZero, project.economy.carbonPriceOnFuel {
      cost = cost + profile(factor.values) * carbonPrice(escalating: factor.escalation)
    }
    return cost
  }

  private mutating func tally(_ source: SourceBlock, flow j: Int) {
    if let factor = project.emissionFactor(of: source), !factor.isZero {
      emission.add(flow: j, profile(factor.values) * money.mean(factor.escalation))
    }
    if project.emissionFactor(of: source) == nil { withoutFactor.add(flow: j, .one) }
    if source.energyClass.isOutside, isEnergy(source.bus) { outside.add(flow: j, .one) }
  }

  /// The carbon price times something that grows by `escalation`, levelised as one series [money/kg].
  func carbonPrice(escalating escalation: Double) -> Double {
    let price = project.economy.carbonPrice
    return price.isZero ? 0 : money.level(price, times: escalation)
  }
}

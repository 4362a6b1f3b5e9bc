import TulouAccounts
import TulouDocument
import TulouFinance
package import TulouProblem
import TulouProject
import TulouTechnologies

extension Draft {
  /// What policies pay and take, as the accounts count it: on sizes, on flows, or as a constant.
  ///
  /// What a cap bounds is a size of its own, in money: at most the cap, and at most what would be paid without it.
  mutating func addPolicies() {
    for policy in project.policies where !policy.isZero {
      switch policy.kind {
      case .capitalSubsidy, .guarantee: supportCapital(policy)
      case .socialBurden: lightenWages(policy)
      case .grant:
        if let time = policy.grantTime(lifetime: money.economy.lifetime), money.isHere(time) {
          cash.constant -= money.once(at: time) * policy.rate * Double(policy.targets.count)
        }
      case .tax: tax(policy)
      case .carbonPrice: priceCarbon(policy)
      case .procurementPrice, .feedInPremium, .productionPremium: payPremium(policy)
      case .sharingPremium: share(policy)
      }
    }
  }

  // MARK: Plant

  /// Sizes of the components that a policy is for, with the capacity of their total and of what is new.
  private func sizes(of policy: Policy) -> [(component: Component, size: Size, total: Int, built: Int)] {
    project.components.filter { policy.targets.contains($0.id) }.flatMap { component in
      component.sizes.compactMap { size in
        capacityOfSize[component.id]?[size.part].map { (component, size, $0, newCapacity[$0] ?? $0) }
      }
    }
  }

  private mutating func supportCapital(_ policy: Policy) {
    let payments = policy.payments(capitalAt: money.timeOfPlant, lifetime: money.economy.lifetime)
    let perCapital = payments.reduce(0) { $0 + money.once(at: $1.time) * $1.perCapital }
    guard perCapital != 0 else { return }
    if let cap = policy.cap {
      var paid = LinearForm()
      for (_, size, _, built) in sizes(of: policy) {
        paid.add(capacity: built, policy.rate * size.cost.capital)
        paid.constant -= policy.rate * size.cost.capital * problem.capacities[built].existing
      }
      bound(policy, paid, cap: cap, worth: perCapital / policy.rate)
      return
    }
    for (component, size, _, built) in sizes(of: policy) {
      let part = perCapital * size.cost.capital
      cash.add(capacity: built, -part)
      cash.constant += part * problem.capacities[built].existing
      investment[built, default: 0] -= part
      guard size.cost.fixedCapital != 0 else { continue }
      problem.capacities[built].fixedCharge -= perCapital * size.cost.fixedCapital
      if problem.capacities[built].fixedCharge < 0 {
        faults.append(
          Diagnostic(
            .error,
            "'\(policy.id)' pays more for the fixed capital of '\(component.id)' than it costs less its salvage value.",
            advice: "Lower 'rate', or set 'salvage: none'.", path: "policies.\(policy.id).rate"))
      }
    }
  }

  private mutating func lightenWages(_ policy: Policy) {
    for (_, size, total, _) in sizes(of: policy) {
      let factor = -policy.rate * policy.labour * money.level(policy.active, times: size.cost.operationEscalation)
      if size.cost.operation != 0 { cash.add(capacity: total, factor * money.years * size.cost.operation) }
      let fixed = factor * money.years * size.cost.fixedOperation
      guard fixed != 0 else { continue }
      if size.existing > 0, !size.mayRetire {
        cash.constant += fixed
      } else {
        problem.capacities[total].fixedCharge += fixed
        yearlyCharge[total, default: 0] += fixed
      }
    }
  }

  // MARK: Energy

  private mutating func tax(_ policy: Policy) {
    let level = money.level(policy.active, times: 0)
    for market in project.markets where !market.onlyAlone && policy.isFor(market.id) {
      guard let buy = market.buy else { continue }
      let growth = policy.isShareOfMoney ? money.level(policy.active, times: buy.price.escalation) : level
      let price = profile((0..<steps).map { policy.purchaseTax(of: market, at: $0) }) * growth
      for flow in purchases[market.id] ?? [] { cash.add(flow: flow, price) }
      policyCost[market.id] = (policyCost[market.id] ?? .zero) + price
    }
    for (flow, premium) in outputs(of: policy) { cash.add(flow: flow, premium * -level) }
  }

  private mutating func priceCarbon(_ policy: Policy) {
    for market in project.markets where !market.onlyAlone && policy.isFor(market.id) {
      guard let factor = project.emissionFactor(of: market), !factor.isZero else { continue }
      let price = profile(factor.values) * (policy.rate * money.level(policy.active, times: factor.escalation))
      for flow in purchases[market.id] ?? [] { cash.add(flow: flow, price) }
      policyCost[market.id] = (policyCost[market.id] ?? .zero) + price
    }
    for component in project.components where policy.isFor(component.id) {
      guard case .source(let source) = component.block, let flow = productions[component.id],
        let factor = project.emissionFactor(of: source), !factor.isZero
      else { continue }
      cash.add(
        flow: flow, profile(factor.values) * (policy.rate * money.level(policy.active, times: factor.escalation)))
    }
  }

  /// Driving flows of the components that a policy is for, with what it pays per unit [money/kWh].
  private func outputs(of policy: Policy) -> [(flow: Int, premium: Profile)] {
    guard !policy.targets.isEmpty else { return [] }
    return project.components.filter { policy.targets.contains($0.id) }.compactMap { component in
      (productions[component.id] ?? conversions[component.id]).map { flow in
        (flow, profile((0..<steps).map { policy.outputPremium(of: component, in: project, at: $0) }))
      }
    }
  }

  private mutating func payPremium(_ policy: Policy) {
    let level = money.level(policy.active, times: 0)
    var paid = LinearForm()
    for (flow, premium) in policy.kind == .productionPremium ? outputs(of: policy) : [] {
      paid.add(flow: flow, premium)
    }
    for market in project.markets where !market.onlyAlone && policy.targets.contains(market.id) {
      guard let flow = sales[market.id] else { continue }
      let premium = profile((0..<steps).map { policy.salePremium(of: market, at: $0) })
      paid.add(flow: flow, premium)
      policyGain[market.id] = (policyGain[market.id] ?? .zero) + premium * level
    }
    if let cap = policy.cap {
      bound(policy, paid, cap: cap * money.years, worth: level)
    } else {
      for (flow, premium) in paid.flows { cash.add(flow: flow, premium * -level) }
    }
  }

  // MARK: Caps

  /// A size that stands for what is paid [money]: at most the cap, and at most what would be paid without it.
  private mutating func bound(_ policy: Policy, _ paid: LinearForm, cap: Double, worth: Double) {
    let k = problem.capacities.count
    problem.capacities.append(Capacity(Label(policy.id, .auxiliary, part: .named("paid")), upper: cap))
    cash.add(capacity: k, -worth)
    var form = paid
    form.constant = 0
    var row = LinearForm(capacities: [k: 1])
    row.add(form, times: -1)
    problem.yearlyRows.append(
      YearlyRow(Label(policy.id, .limit, part: .named("paid")), row, upper: paid.constant))
    let layout = CapLayout(id: policy.id, capacity: k, paid: paid, cap: cap)
    if policy.kind.isOnCapital { capitalCaps.append(layout) }
    // What a stage pays hangs on the stages before it, so it is left as the solver has it.
    if !policy.kind.isOnCapital || !money.isStage { layouts.append(MarketLayout(id: policy.id, caps: [layout])) }
  }
}

/// What a policy with a cap pays.
package struct CapLayout: Sendable {
  /// Policy.
  package var id: String
  /// Size that stands for it [money].
  package var capacity: Int
  /// What it would pay without the cap.
  package var paid: LinearForm
  /// Most that it pays.
  package var cap: Double

  package func settle(_ solution: inout Solution, of problem: HourlyProblem) {
    let sum = problem.value(
      of: paid, flows: solution.flows, contents: solution.contents, capacities: solution.capacities
    ).sum
    solution.capacities[capacity] = max(0, min(cap, sum))
  }
}

import TulouFinance
import TulouProblem
package import TulouProject
import TulouTechnologies

/// What policies pay to members and take from them, and what guarantors pay beside it.
///
/// Made from the payments of the plan where a policy goes by money (capital, operation, energy bought), else from its energies.
struct PolicyItems {
  /// Payments of members: received below zero.
  private(set) var items: [MoneyItem] = []
  /// Expected payments of guarantors to lenders; `id` is the policy.
  private(set) var losses: [MoneyItem] = []
  /// What subsidies with a cap have paid so far, by policy [money].
  private(set) var paid: [String: Double]
  private let reading: Reading
  private let settlement: Settlement

  /// - Parameters:
  ///   - given: Payments of the plan, or of one stage of it.
  ///   - paysAt: Whether what falls due at a time of its own (a grant) is paid here; of a stage, where it runs then.
  ///   - paid: What subsidies with a cap paid in earlier stages, by policy [money].
  init(
    _ reading: Reading, _ settlement: Settlement, _ given: [MoneyItem], paid: [String: Double] = [:],
    paysAt: (Double) -> Bool = { _ in true }
  ) {
    self.paid = paid
    self.reading = reading
    self.settlement = settlement
    for policy in reading.project.policies {
      switch policy.kind {
      case .capitalSubsidy, .guarantee: onCapital(policy, given)
      case .socialBurden: onWages(policy, given)
      case .grant: grant(policy, paysAt)
      case .tax, .carbonPrice: levy(policy)
      case .procurementPrice, .feedInPremium, .productionPremium: premium(policy)
      case .sharingPremium: share(policy)
      }
    }
  }

  private mutating func onCapital(_ policy: Policy, _ given: [MoneyItem]) {
    let lifetime = reading.project.economy.lifetime
    var found: [(member: String, time: Double, amount: Double)] = []
    for item in given where item.kind == .capital && policy.targets.contains(item.id) {
      guard case .once(let time, let capital) = item.schedule else { continue }
      for payment in policy.payments(capitalAt: time, lifetime: lifetime) {
        found.append((item.member, payment.time, payment.perCapital * capital))
        if payment.loss != 0 {
          losses.append(
            MoneyItem(policy.id, "", .policy, .once(time: payment.time, amount: payment.loss * capital)))
        }
      }
    }
    let sum = found.reduce(0) { $0 + $1.amount }
    let part = share(policy.cap.map { max(0, $0 - (paid[policy.id] ?? 0)) }, of: sum)
    paid[policy.id, default: 0] += sum * part
    for one in found {
      items.append(MoneyItem(policy.id, one.member, .policy, .once(time: one.time, amount: -one.amount * part)))
    }
  }

  private mutating func onWages(_ policy: Policy, _ given: [MoneyItem]) {
    for item in given where item.kind == .operation && policy.targets.contains(item.id) {
      guard case .yearly(let amount, let escalation) = item.schedule else { continue }
      pay(policy, item.member, amount: -amount * policy.rate * policy.labour, escalation)
    }
  }

  private mutating func grant(_ policy: Policy, _ paysAt: (Double) -> Bool) {
    guard let time = policy.grantTime(lifetime: reading.project.economy.lifetime), paysAt(time) else { return }
    for member in policy.targets {
      items.append(MoneyItem(policy.id, member, .policy, .once(time: time, amount: -policy.rate)))
    }
  }

  private mutating func levy(_ policy: Policy) {
    let project = reading.project
    for market in project.markets where !market.onlyAlone && policy.isFor(market.id) {
      let bought = reading.total(market.id, .purchase)
      if policy.kind == .tax {
        let money = bought.indices.map { bought[$0] * policy.purchaseTax(of: market, at: $0) }
        let escalation = policy.isShareOfMoney ? market.buy?.price.escalation ?? 0 : 0
        for (member, sum) in settlement.buyers(of: market, amounts: money) {
          pay(policy, member, amount: sum / reading.years, escalation)
        }
      } else if let origin = reading.origin(of: market, bought: bought), !origin.factor.isZero {
        let emitted = bought.indices.map { bought[$0] * origin.factor[$0] * policy.rate }
        for (member, sum) in settlement.buyers(of: market, amounts: emitted) {
          pay(policy, member, amount: sum / reading.years, origin.factor.escalation)
        }
      }
    }
    for component in project.components where policy.isFor(component.id) {
      if policy.kind == .tax {
        let sum = reading.sum(output(policy, component))
        if sum != 0 { pay(policy, reading.payer(component.member), amount: -sum / reading.years, 0) }
      } else if let origin = reading.origin(of: component), !origin.factor.isZero {
        let sum = reading.sum(origin.series, times: origin.factor) * policy.rate
        pay(policy, reading.payer(component.member), amount: sum / reading.years, origin.factor.escalation)
      }
    }
  }

  /// Money in each step for what a component makes, received above zero.
  private func output(_ policy: Policy, _ component: Component) -> [Double] {
    let role: Label.Role
    switch component.block {
    case .source: role = .production
    case .converter: role = .conversion
    case .storage, .link: return []
    }
    return reading.total(component.id, role).enumerated().map {
      $0.element * policy.outputPremium(of: component, in: reading.project, at: $0.offset)
    }
  }

  private mutating func premium(_ policy: Policy) {
    var found: [(member: String, amount: Double)] = []
    for market in reading.project.markets where !market.onlyAlone && policy.targets.contains(market.id) {
      let sold = reading.total(market.id, .sale)
      let money = sold.indices.map { sold[$0] * policy.salePremium(of: market, at: $0) }
      for (member, sum) in settlement.sellers(to: market, amounts: money) where sum != 0 {
        found.append((member, sum / reading.years))
      }
    }
    if policy.kind == .productionPremium {
      for component in reading.project.components where policy.targets.contains(component.id) {
        found.append((reading.payer(component.member), reading.perYear(output(policy, component))))
      }
    }
    let part = share(policy.cap, of: found.reduce(0) { $0 + $1.amount })
    for one in found { pay(policy, one.member, amount: -one.amount * part, 0) }
  }

  /// A premium on what some sell while others buy, to the manager or to both sides.
  private mutating func share(_ policy: Policy) {
    guard let shared = policy.shared else { return }
    let markets = reading.project.markets.filter { !$0.onlyAlone && policy.targets.contains($0.id) }
    guard markets.count > 1 else { return }
    let ids = markets.map(\.id)
    let sold = ids.map { reading.total($0, .sale) }, bought = ids.map { reading.total($0, .purchase) }
    var toSellers = ids.map { _ in [Double](repeating: 0, count: reading.steps) }
    var toBuyers = toSellers
    for t in 0..<reading.steps {
      let supply = sold.reduce(0) { $0 + $1[t] }
      guard supply > 0 else { continue }
      let taken = shared.taken(sold: supply, bought: bought.map { $0[t] }, ids: ids)
      let rate = policy.sharingRate(at: t), sum = taken.reduce(0, +)
      for m in ids.indices {
        toBuyers[m][t] = taken[m] * rate
        toSellers[m][t] = sum * rate * sold[m][t] / supply
      }
    }
    if let manager = shared.manager {
      pay(
        policy, manager, amount: -reading.perYear(toBuyers.reduce(into: toBuyers[0].map { _ in 0 }) { $0.add($1) }), 0)
      return
    }
    let part: (sellers: Double, buyers: Double) =
      switch shared.receiver {
      case .both: (0.5, 0.5)
      case .buyers: (0, 1)
      case .sellers: (1, 0)
      }
    var sums: [String: Double] = [:]
    for (m, market) in markets.enumerated() {
      for one in settlement.sellers(to: market, amounts: toSellers[m]) {
        sums[one.member, default: 0] += one.sum * part.sellers
      }
      for one in settlement.buyers(of: market, amounts: toBuyers[m]) {
        sums[one.member, default: 0] += one.sum * part.buyers
      }
    }
    for (member, sum) in sums.sorted(by: { $0.key < $1.key }) where sum != 0 {
      pay(policy, member, amount: -sum / reading.years, 0)
    }
  }

  private mutating func pay(_ policy: Policy, _ member: String, amount: Double, _ escalation: Double) {
    items.append(
      MoneyItem(policy.id, member, .policy, .along(policy.active, amount: amount, escalation: escalation)))
  }

  /// What of a sum is paid under a cap.
  private func share(_ cap: Double?, of sum: Double) -> Double {
    guard let cap, sum > cap else { return 1 }
    return cap / sum
  }
}

extension Policy {
  /// When a grant is paid [y]; nil: not within the lifetime.
  package func grantTime(lifetime: Double) -> Double? {
    let time = Double(max(0, (from ?? firstYear) - firstYear))
    guard time <= lifetime, isThere(in: firstYear + Int(time)) else { return nil }
    return time
  }
}

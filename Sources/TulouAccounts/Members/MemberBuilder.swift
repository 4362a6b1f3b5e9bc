import TulouFinance
import TulouProblem
import TulouProject
import TulouTechnologies

/// The accounts of members and the commons, and the shares by which the commons' result is divided.
struct MemberBuilder {
  let reading: Reading
  let settlement: Settlement
  let cashFlow: [CashFlowRow]
  let costs: [CostLine]
  let reference: ReferenceItems?

  func accounts() -> (members: [MemberAccount], shares: [MemberShare], key: String) {
    let project = reading.project
    guard !project.members.isEmpty else { return ([], [], "") }
    var list = project.members.map { MemberAccount(id: $0.id, name: $0.name, kind: $0.kind) }
    list.append(MemberAccount(id: "", name: "commons", kind: "commons"))
    for i in list.indices { fill(&list[i], i) }
    let (shares, key) = commonsShares(list.dropLast())
    let years = yearlyPayments(rate: project.economy.realDiscountRate, years: project.economy.lifetime).last?.year ?? 0
    for i in list.indices { list[i].cashByYear = cash(list[i].id, years) }
    let commons = list[list.count - 1]
    for (i, share) in shares.enumerated() {
      list[i].commonsCost = share.share * commons.ownCost
      list[i].costInCluster = list[i].ownCost + list[i].commonsCost
      for y in list[i].cashByYear.indices { list[i].cashByYear[y] += share.share * commons.cashByYear[y] }
      list[i].discountRate = project.members[i].discountRate ?? project.economy.realDiscountRate
      if let alone = list[i].costAlone {
        list[i].benefit = alone - list[i].costInCluster
        list[i].presentBenefit = presentBenefit(
          of: share.id, share: share.share, alone: alone, rate: list[i].discountRate)
      }
    }
    // What the commons bear is borne by the members; nothing is left with them.
    list[list.count - 1].commonsCost = -commons.ownCost
    list[list.count - 1].costInCluster = 0
    list[list.count - 1].cashByYear = commons.cashByYear.map { _ in 0 }
    list[list.count - 1].costAlone = nil
    return (list, shares, key)
  }

  /// A level cost alone against the payments in the cluster, its share of the commons' included, at a rate.
  private func presentBenefit(of member: String, share: Double, alone: Double, rate: Double) -> Double {
    let worth = alone / capitalRecoveryFactor(rate: rate, years: reading.project.economy.lifetime)
    return cashFlow.reduce(worth) { sum, row in
      let part = row.member == member ? 1 : row.member.isEmpty ? share : 0
      return sum - part * row.amount * presentWorth(rate: rate, time: row.time)
    }
  }

  private func cash(_ member: String, _ years: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: years + 1)
    for row in cashFlow where row.member == member { sums[min(row.year, years)] += row.amount }
    return sums
  }

  private func fill(_ account: inout MemberAccount, _ i: Int) {
    let id = account.id
    for kind in CostKind.allCases {
      let lines = costs.filter { $0.member == id && $0.kind == kind }
      guard !lines.isEmpty else { continue }
      account.costs.append(MemberCost(kind: kind, annual: lines.reduce(0) { $0 + $1.annual }))
    }
    account.ownCost = account.costs.reduce(0) { $0 + $1.annual }
    account.investment = costs.reduce(0) { $1.member == id && $1.kind == .capital ? $0 + $1.present : $0 }
    account.served = served(id)
    account.produced = produced(id)
    for c in reading.project.carriers.indices {
      var trade = settlement.trade(member: i, carrier: c)
      let carrier = reading.project.carriers[c].id
      trade.insidePayment = costs.reduce(0) {
        $1.member == id && $1.kind == .internal && $1.id == carrier ? $0 + $1.annual : $0
      }
      let moved = trade.boughtInside + trade.soldInside + trade.boughtOutside + trade.soldOutside
      if moved > 1e-9 { account.trade.append(trade) }
    }
    if let reference, !id.isEmpty, !reference.missing.contains(where: { $0.member == id }) {
      let economy = reading.project.economy
      let table = CashFlowTable(
        reference.items.filter { $0.member == id }, economy: economy,
        payments: yearlyPayments(rate: economy.realDiscountRate, years: economy.lifetime))
      account.costAlone = table.lines.reduce(0) { $0 + $1.annual }
    }
  }

  private func served(_ member: String) -> [ClassEnergy] {
    var sums: [String: Double] = [:]
    for demand in reading.project.demands where reading.payer(demand.member) == member {
      guard let carrier = reading.carrier(demand.bus) else { continue }
      var energy = 0.0
      if demand.kind == .fixed {
        energy = reading.perYear(demand.power)
        for j in reading.flows(demand.id, .unserved) { energy -= reading.perYear(reading.plan.solution.flows[j]) }
      } else {
        energy = reading.perYear(reading.total(demand.id, .serve))
      }
      sums[carrier.id, default: 0] += energy
    }
    for component in reading.project.components where reading.payer(component.member) == member {
      guard let saving = savedEnergy(component) else { continue }
      sums[saving.carrier, default: 0] -= saving.energy
    }
    return ordered(sums)
  }

  /// What a measure saves per year; nil for other components.
  private func savedEnergy(_ component: Component) -> (carrier: String, energy: Double)? {
    guard case .source(let source) = component.block, source.energyClass.isSaving,
      let carrier = reading.carrier(source.bus)
    else { return nil }
    return (carrier.id, reading.perYear(reading.total(component.id, .production)))
  }

  private func produced(_ member: String) -> [ClassEnergy] {
    var sums: [String: Double] = [:]
    for component in reading.project.components where reading.payer(component.member) == member {
      guard savedEnergy(component) == nil else { continue }
      let role: Label.Role
      switch component.block {
      case .source: role = .production
      case .converter: role = .conversion
      case .storage, .link: continue
      }
      for j in reading.flows(component.id, role) {
        for touch in reading.touches[j] where reading.carrierOfBus[touch.bus] >= 0 {
          let energy = reading.perYear(reading.injected(j, touch))
          if energy > 0 { sums[reading.project.carriers[reading.carrierOfBus[touch.bus]].id, default: 0] += energy }
        }
      }
    }
    return ordered(sums)
  }

  private func ordered(_ sums: [String: Double]) -> [ClassEnergy] {
    reading.project.carriers.compactMap { carrier in sums[carrier.id].map { ClassEnergy(carrier.id, $0) } }
  }

  /// By investment, by energy served, or equally; a key that is zero for all gives way to the next.
  private func commonsShares(_ members: ArraySlice<MemberAccount>) -> ([MemberShare], key: String) {
    let energy = { (member: MemberAccount) in member.served.reduce(0) { $0 + max(0, $1.energy) } }
    var keys: [(name: String, amount: (MemberAccount) -> Double)] = []
    switch reading.project.sharing.commonsKey {
    case "investment": keys = [("investment", { $0.investment }), ("energy", energy)]
    case "energy": keys = [("energy", energy)]
    default: break
    }
    for key in keys {
      let total = members.reduce(0) { $0 + key.amount($1) }
      guard total > 1e-9 else { continue }
      return (members.map { MemberShare(id: $0.id, share: key.amount($0) / total) }, key.name)
    }
    return (members.map { MemberShare(id: $0.id, share: 1 / Double(members.count)) }, "equal")
  }
}

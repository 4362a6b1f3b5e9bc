package import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

extension Draft {
  /// `nonrenewable + unserved <= (1 - rho)(demand + sold + use)`; unserved counts against it, or shedding would meet it.
  mutating func renewableFractionLimit(_ share: Double) -> LimitForm? {
    let account = countedRenewableAccount(of: project.limits.renewableFractionOf)
    var form = account.nonrenewable
    form.add(account.unserved)
    form.add(account.use, times: -(1 - share))
    var whole = account.use
    whole.constant += account.demand
    return LimitForm(
      form: form, upper: (1 - share) * account.demand, perActivity: 1 / max(account.demand, 1e-9), whole: whole)
  }

  /// Entries of the renewable fraction (model.md section 3, rule M5).
  ///
  /// Nonrenewable: purchase of class N less its renewable share, and what converters make of fuels that entered as class
  /// N. Where a fuel bus holds both kinds, the fuel of class N counts at the best efficiency of the converters it may go
  /// to. Storage output is no production.
  ///
  /// - Parameter makers: Converters whose use is counted elsewhere.
  package func renewableAccount(of view: EnergyScope, leavingOut makers: Set<String> = []) -> RenewableAccount {
    var account = RenewableAccount()
    let fossil = fossilShares()
    for market in project.markets where view.contains(carrierOfBus[market.bus]?.kind) && !market.onlyAlone {
      if market.energyClass.isOutside {
        for j in purchases[market.id] ?? [] { account.nonrenewable.add(flow: j, .constant(1 - market.renewableShare)) }
      }
      if let j = sales[market.id] { account.use.add(flow: j, .one) }
    }
    for demand in project.demands where view.contains(carrierOfBus[demand.bus]?.kind) {
      account.demand += sum(profile(demand.power))
    }
    for (flow, demand) in sheds where view.contains(carrierOfBus[demand.bus]?.kind) {
      account.unserved.add(flow: flow, .one)
    }
    for component in project.components {
      switch component.block {
      case .source(let source) where source.energyClass.isSaving:
        // A measure lowers the demand that the fraction looks at.
        guard view.contains(carrierOfBus[source.bus]?.kind), let j = productions[component.id] else { continue }
        account.use.add(flow: j, .constant(-1))
      case .source(let source):
        guard source.energyClass.isOutside, view.contains(carrierOfBus[source.bus]?.kind),
          let j = productions[component.id]
        else { continue }
        account.nonrenewable.add(flow: j, .one)
      case .converter(let converter):
        guard let j = conversions[component.id] else { continue }
        let fuels = converter.ports.filter { $0.coefficient.contains { $0 < 0 } && isFuel($0.bus) }
        let input = fuels.reduce(0) { $0 - mean($1) }
        let fossilInput = fuels.reduce(0) { $0 - mean($1) * (fossil[$1.bus] ?? .none).wholeShare }
        let share = input > 0 ? fossilInput / input : 0
        for port in converter.ports where view.contains(carrierOfBus[port.bus]?.kind) {
          if port.coefficient.contains(where: { $0 > 0 }) {
            if share > 0 { account.nonrenewable.add(flow: j, profile(port.coefficient) * share) }
          } else if view.countsUse, !makers.contains(component.id), converter.changesCarrier(of: port, carrierOfBus) {
            account.use.add(flow: j, profile(port.coefficient) * -1)
          }
        }
      case .storage, .link: continue
      }
    }
    addMixedFuels(fossil, view, to: &account)
    return account
  }

  /// Fuel of class N on a bus that also holds other fuel: each kWh at the most output of the view that it can become.
  private func addMixedFuels(
    _ fossil: [String: FossilShare], _ view: EnergyScope, to account: inout RenewableAccount
  ) {
    for (bus, share) in fossil.sorted(by: { $0.key < $1.key }) where share == .mixed {
      var best = 0.0
      for component in project.components {
        guard case .converter(let converter) = component.block else { continue }
        let input = converter.ports.filter { $0.bus == bus }.reduce(0) { $0 - mean($1) }
        guard input > 0 else { continue }
        let output = converter.ports.filter { view.contains(carrierOfBus[$0.bus]?.kind) }
          .reduce(0) { $0 + max(0, mean($1)) }
        best = max(best, output / input)
      }
      for market in project.markets where market.bus == bus && market.energyClass.isOutside && !market.onlyAlone {
        for j in purchases[market.id] ?? [] { account.nonrenewable.add(flow: j, .constant(best)) }
      }
      for component in project.components {
        guard case .source(let source) = component.block, source.bus == bus, source.energyClass.isOutside,
          let j = productions[component.id]
        else { continue }
        account.nonrenewable.add(flow: j, .constant(best))
      }
    }
  }

  private func mean(_ port: ConverterBlock.Port) -> Double {
    port.coefficient.reduce(0, +) / Double(max(1, port.coefficient.count))
  }

  /// Whether what enters each fuel bus is of class N: all of it, none, or both kinds.
  private func fossilShares() -> [String: FossilShare] {
    var shares: [String: FossilShare] = [:]
    func note(_ bus: String, isFossil: Bool) {
      let new: FossilShare = isFossil ? .all : .none
      shares[bus] = shares[bus].map { $0 == new ? new : .mixed } ?? new
    }
    for market in project.markets where isFuel(market.bus) && market.buy != nil && !market.onlyAlone {
      note(market.bus, isFossil: market.energyClass.isOutside)
    }
    for component in project.components {
      guard case .source(let source) = component.block, isFuel(source.bus) else { continue }
      note(source.bus, isFossil: source.energyClass.isOutside)
    }
    // Fuel made of fuel carries its kind on, along pipes and through converters.
    for _ in 0..<3 {
      let known = shares
      for component in project.components {
        switch component.block {
        case .link(let link):
          if isFuel(link.to), let from = known[link.from], known[link.to] == nil { shares[link.to] = from }
          if link.twoWay, isFuel(link.from), let to = known[link.to], known[link.from] == nil { shares[link.from] = to }
        case .converter(let converter):
          let inputs = converter.ports.filter { $0.coefficient.contains { $0 < 0 } }
          for port in converter.ports where port.coefficient.contains(where: { $0 > 0 }) && isFuel(port.bus) {
            guard known[port.bus] == nil else { continue }
            let kinds = inputs.compactMap { known[$0.bus] }
            if let first = kinds.first { shares[port.bus] = kinds.contains(.all) ? .all : first }
          }
        case .source, .storage: continue
        }
      }
    }
    return shares
  }
}

extension ConverterBlock {
  /// Whether it makes another carrier of what a port takes; otherwise what it loses is loss, as a link's.
  fileprivate func changesCarrier(of port: Port, _ carriers: [String: Carrier]) -> Bool {
    ports.contains { $0.coefficient.contains { $0 > 0 } && carriers[$0.bus]?.id != carriers[port.bus]?.id }
  }
}

/// What enters a fuel bus.
enum FossilShare: Sendable, Equatable {
  case all, none, mixed

  /// Share of class N that is known beforehand; mixed fuel is counted where it enters.
  var wholeShare: Double { self == .all ? 1 : 0 }
}

/// Terms of a renewable fraction over the horizon [kWh].
package struct RenewableAccount: Sendable {
  package var nonrenewable = LinearForm()
  package var unserved = LinearForm()
  /// Sold, and taken by converters to other carriers.
  package var use = LinearForm()
  package var demand = 0.0
}

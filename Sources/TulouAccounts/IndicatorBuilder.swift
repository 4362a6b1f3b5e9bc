import TulouFinance
import TulouProblem
package import TulouProject
import TulouQuantities
package import TulouTechnologies

/// Fills the declared indicators from the accounts.
package struct IndicatorBuilder {
  let reading: Reading
  let balance: BalanceBuilder
  /// The accounts, complete but for their indicators.
  package let accounts: Accounts
  let declared: [IndicatorDeclaration]

  /// Payments per year.
  let annualCost: Double

  init(
    _ reading: Reading, _ balance: BalanceBuilder, _ accounts: Accounts,
    declared: [IndicatorDeclaration] = IndicatorDeclaration.all
  ) {
    self.reading = reading
    self.balance = balance
    self.accounts = accounts
    self.declared = declared
    annualCost = accounts.costs.reduce(0) { $0 + $1.annual }
  }

  /// The project that is measured.
  package var project: Project { reading.project }
  /// Energy of a year, all carriers.
  package var year: BalanceSums { accounts.balance.all.yearly }
  /// Total of a size, existing plant included.
  package func total(_ size: Size, of component: Component) -> Double {
    reading.sizing(component, size).total
  }

  func indicators() -> [Indicator] {
    let values = withoutDust(
      Dictionary(declared.map { ($0.key, $0.count(self)) }, uniquingKeysWith: { first, _ in first })
    )
    var list = declared.map { declaration in
      let entry = values[declaration.key]
      var indicator = declaration.with(entry?.value, currency: accounts.currency, note: entry?.note ?? "")
      indicator.isAtLeast = atLeast.contains(declaration.key)
      return indicator
    }
    for machine in accounts.machines where reading.sized(machine.id) {
      let isDust = machine.capacityFactor.map { Dust.cleaned($0, scale: 1) == 0 } ?? false
      list.append(
        Indicator(
          key: "capacity_factor.\(machine.id)", value: isDust ? 0 : machine.capacityFactor, unit: "1",
          definition: "Energy of \(machine.id) per year by its capacity and the hours of the year."))
      list.append(
        Indicator(
          key: "full_load_hours.\(machine.id)", value: isDust ? 0 : machine.fullLoadHours,
          unit: machine.unit == "kW" ? "h/y" : "kWh/\(machine.unit)/y",
          definition: "Energy of \(machine.id) per year by its capacity."))
    }
    list += ownPower + sizeSums(but: list.map(\.key))
    for use in accounts.land.places {
      list.append(
        Indicator(
          key: "site_area.\(use.place)", value: use.area, unit: "m2",
          definition: "Area that machines at \(use.place) keep, distances to their neighbours included."))
    }
    for storage in accounts.storages where storage.power != nil {
      let hours = storage.power.flatMap { $0 > 0 ? storage.discharged / $0 : nil }
        .map { Dust.cleaned($0, scale: reading.hoursPerYear) }
      list.append(
        Indicator(
          key: "capacity_factor.\(storage.id)", value: hours.map { $0 / reading.hoursPerYear }, unit: "1",
          definition: "Discharged energy of \(storage.id) per year by its power and the hours of the year."))
      list.append(
        Indicator(
          key: "full_load_hours.\(storage.id)", value: hours, unit: "h/y",
          definition: "Discharged energy of \(storage.id) per year by its power."))
    }
    return list
  }

  /// Shares of own electricity that the project limits.
  private var ownPower: [Indicator] {
    let stated = LimitKey.ofOwnPower.filter { reading.project.limits[$0] != nil }
    guard !stated.isEmpty else { return [] }
    let own = OwnPower(reading)
    return stated.map { key in
      Indicator(
        key: key.indicator, value: own.value(of: key).map { Dust.cleaned($0, scale: 1) }, unit: "1",
        definition: key.meaning)
    }
  }

  /// Sums over all that stands that the project limits and no account declares.
  private func sizeSums(but known: [String]) -> [Indicator] {
    reading.project.limits.values.keys.sorted { $0.name < $1.name }.compactMap { key in
      guard let perUnit = key.perUnit, key.place == nil, !known.contains(key.indicator) else {
        return nil
      }
      let sum = project.components.reduce(0) { sum, component in
        component.sizes.reduce(sum) { $0 + perUnit(component, $1) * total($1, of: component) }
      }
      return Indicator(
        key: key.indicator, value: sum / key.perIndicator,
        unit: key.quantity.unit(in: accounts.currency),
        definition: key.meaning)
    }
  }

  /// Keys of what is at least the number, for want of an emission factor.
  private var atLeast: [String] {
    (accounts.carbon.withoutFactor.isEmpty ? [] : ["co2"])
      + (accounts.carbon.usualWithoutFactor.isEmpty ? [] : ["co2_business_as_usual"])
  }

  /// Without dust: the scale of a share is one, that of an energy, a mass or a sum of money the largest of its unit.
  private func withoutDust(_ values: [String: IndicatorDeclaration.Noted]) -> [String:
    IndicatorDeclaration.Noted]
  {
    let units = Dictionary(
      declared.map { ($0.key, $0.unit) }, uniquingKeysWith: { first, _ in first })
    var largest = ["1": 1.0]
    for (key, entry) in values {
      guard let unit = units[key], let value = entry.value, value.isFinite, unit != "1" else { continue }
      largest[unit] = max(largest[unit] ?? 0, abs(value))
    }
    return values.reduce(into: values) { kept, one in
      guard let value = one.value.value, let unit = units[one.key] else { return }
      kept[one.key]?.value = Dust.cleaned(value, scale: largest[unit] ?? 0)
    }
  }

  /// Cost of energy by denominator. Where other carriers are demanded too, electricity bears the part
  /// `p E / sum p_c E_c` (multipliers: what each would cost at its reference price); without such prices every kWh alike.
  func costOfElectricity(per denominator: (BalanceSums) -> Double) -> IndicatorDeclaration.Noted {
    let electricity = accounts.balance.electricity?.yearly
    let energy = electricity.map(denominator) ?? 0
    let (share, note) = electricityShare(electricity?.served ?? 0)
    return (energy > 1e-9 ? annualCost * share / energy : nil, note)
  }

  private func electricityShare(_ served: Double) -> (share: Double, note: String) {
    let others = accounts.balance.carriers.filter {
      $0.name != CarrierKind.electricity.rawValue && $0.yearly.served > 1e-9
    }
    guard !others.isEmpty, served > 0 else { return (1, "") }
    guard let price = meanElectricityPrice else { return alike(served) }
    var worth = price * served
    for view in others {
      guard let other = priceOf(view.name, electricity: price) else { return alike(served) }
      worth += other * view.yearly.served
    }
    return (price * served / worth, "electricity bears its part by reference prices")
  }

  private func alike(_ served: Double) -> (share: Double, note: String) {
    let all = accounts.balance.all.yearly.served
    return (all > 0 ? served / all : 1, "every kWh of all carriers bears the same cost: a reference price is missing")
  }

  private var meanElectricityPrice: Double? {
    let market = reading.project.markets.first { !$0.onlyAlone && $0.buy != nil && reading.isElectric($0.bus) }
    guard let values = market?.buy?.price.values, !values.isEmpty else { return nil }
    return values.reduce(0, +) / Double(values.count)
  }

  private func priceOf(_ carrier: String, electricity: Double) -> Double? {
    guard let known = reading.project.carriers.first(where: { $0.id == carrier }) else { return nil }
    if known.kind == .heat, let reference = reading.project.reference, let price = reference.heatFuelPrice,
      let efficiency = reference.heatEfficiency, efficiency > 0
    {
      return price / efficiency
    }
    let market = reading.project.markets.first { $0.buy != nil && reading.carrier($0.bus)?.id == carrier }
    guard let values = market?.buy?.price.values, !values.isEmpty else { return nil }
    return values.reduce(0, +) / Double(values.count)
  }
}

extension Reading {
  /// Whether a component has a size of its own.
  func sized(_ id: String) -> Bool {
    componentIndex[id].map { project.components[$0].sizes.contains { $0.sharedWith == nil } } ?? false
  }
}

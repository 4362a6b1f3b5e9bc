import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

/// Fills the declared indicators from the accounts.
struct IndicatorBuilder {
  let reading: Reading
  let balance: BalanceBuilder
  let accounts: Accounts

  func indicators() -> [Indicator] {
    let values = withoutDust(self.values())
    var list = IndicatorDeclaration.all.map { declaration in
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
    list += ownPower
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

  /// Keys of what is at least the number, for want of an emission factor.
  private var atLeast: [String] {
    (accounts.carbon.withoutFactor.isEmpty ? [] : ["co2"])
      + (accounts.carbon.usualWithoutFactor.isEmpty ? [] : ["co2_business_as_usual"])
  }

  private typealias Entry = (value: Double?, note: String)

  /// Without dust: the scale of a share is one, that of an energy, a mass or a sum of money the largest of its unit.
  private func withoutDust(_ values: [String: Entry]) -> [String: Entry] {
    let units = Dictionary(IndicatorDeclaration.all.map { ($0.key, $0.unit) }, uniquingKeysWith: { first, _ in first })
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

  private func values() -> [String: Entry] {
    var v: [String: Entry] = [:]
    func put(_ key: String, _ value: Double?, _ note: String = "") { v[key] = (value, note) }
    let annual = accounts.costs.reduce(0) { $0 + $1.annual }
    put("net_present_cost", accounts.costs.reduce(0) { $0 + $1.present })
    put("annual_cost", annual)
    put("horizon_cost", annual * accounts.years)
    put("capital", accounts.cashFlow.reduce(0) { $1.kind == .capital ? $0 + $1.amount : $0 })
    putEnergyCosts(annual, put)
    let limits = reading.project.limits
    let fraction = balance.renewableFraction(of: limits.renewableFractionOf)
    put(
      "renewable_fraction", fraction.value,
      limits.renewableFractionOf == .electricity ? "" : "of \(limits.renewableFractionOf.rawValue)")
    put("renewable_fraction_with_storage", balance.renewableFraction(of: .electricity).withStorage)
    putCarbon(put)
    putBalance(put)
    putReliability(put)
    put("land", accounts.land.total)
    put("reservoir_volume", accounts.land.reservoirVolume)
    let missing = accounts.reference == nil ? "no reference is stated" : accounts.reference?.missing.first ?? ""
    let comparison = accounts.reference
    put(
      "irr", comparison?.internalRate,
      missing.isEmpty ? (comparison?.internalRate == nil ? "none: savings do not change sign" : "") : missing)
    put("return_on_investment", comparison?.returnOnInvestment, missing)
    put("payback_simple", comparison?.paybackSimple, missing)
    put("payback_discounted", comparison?.paybackDiscounted, missing)
    put("peak_valley_difference", reading.peakValleyDifference)
    let exergy = accounts.exergy
    put(
      "exergy_efficiency", exergy.efficiency,
      exergy.missing.first.map { "not stated: " + $0 } ?? (exergy.efficiency == nil ? "nothing enters" : ""))
    return v
  }

  private func putCarbon(_ put: (String, Double?, String) -> Void) {
    let carbon = accounts.carbon
    func atLeast(_ ids: [String]) -> String {
      ids.isEmpty ? "" : "at least: no emission factor was given for \(ids.map { "'\($0)'" }.joined(separator: ", "))"
    }
    put("co2", carbon.fossil / 1000, atLeast(carbon.withoutFactor))
    put("co2_business_as_usual", carbon.businessAsUsual.map { $0 / 1000 }, atLeast(carbon.usualWithoutFactor))
    put("co2_reduction", carbon.reduction, carbon.reductionMissing ?? (carbon.reduction == nil ? "no reference" : ""))
    let isSaid = reading.project.emitsPollutants
    for pollutant in Pollutant.all {
      put(pollutant.key, isSaid ? accounts.pollutants[pollutant] : nil, isSaid ? "" : "nothing says what it emits")
    }
  }

  private func putBalance(_ put: (String, Double?, String) -> Void) {
    let year = accounts.balance.all.yearly
    put("autonomy", year.autonomy, "")
    put("autonomy_without_losses", year.autonomyWithoutLosses, "")
    put("p_o", year.served, "")
    let villages = year.servedByKind.reduce(0) { $1.name == "village" ? $0 + $1.energy : $0 }
    put("p_a", year.served - villages, "")
    put("p_a_prime", villages, "")
    put("p_w", year.entry(.wind), "")
    put("p_b", year.entry(.biomass), "")
    put("p_s", year.entry(.sunAndWater), "")
    put("p_n", year.entry(.outside), "")
    put("ambient", year.entry(.ambient), "")
    put("curtailed", year.curtailed, "")
    put("losses", year.losses, "")
    let traded = reading.project.markets.filter { !$0.onlyAlone && reading.isElectric($0.bus) }
    put("bought", traded.reduce(0) { $0 + reading.perYear(reading.total($1.id, .purchase)) }, "")
    put("sold", traded.reduce(0) { $0 + reading.perYear(reading.total($1.id, .sale)) }, "")
  }

  private func putReliability(_ put: (String, Double?, String) -> Void) {
    let year = accounts.balance.all.yearly
    // Of what is wanted, as the limit counts it and as the reliability of electricity does.
    let demand = reading.project.demands.reduce(0) { sum, demand in
      guard let b = reading.busIndex[demand.bus], reading.carrierOfBus[b] >= 0,
        reading.isEnergy[reading.carrierOfBus[b]]
      else { return sum }
      return sum + reading.perYear(demand.power)
    }
    put("unserved", year.unserved, "")
    put("unserved_energy", demand > 1e-9 ? min(1, year.unserved / demand) : 0, "")
    put("capacity_shortage", accounts.reliability.capacityShortage, "")
    put("loss_of_power_supply_hours", accounts.reliability.lossOfPowerSupplyHours, "")
    put(
      "hours_of_autonomy", accounts.reliability.hoursOfAutonomy.mean,
      "counted up to \(Int(saturating: accounts.reliability.hoursOfAutonomy.limit)) h")
  }

  /// Cost of energy by denominator. Where other carriers are demanded too, electricity bears the part
  /// `p E / sum p_c E_c` (multipliers: what each would cost at its reference price); without such prices every kWh alike.
  private func putEnergyCosts(_ annual: Double, _ put: (String, Double?, String) -> Void) {
    let electricity = accounts.balance.electricity?.yearly
    let served = electricity?.served ?? 0
    let sold = electricity?.sold ?? 0
    let produced =
      accounts.balance.electricity.map { view in view.yearly.entries.reduce(0) { $0 + $1.energy } } ?? 0
    let (share, note) = electricityShare(served)
    let cost = annual * share
    put("cost_of_energy_served", served > 1e-9 ? cost / served : nil, note)
    put("cost_of_energy_served_and_sold", served + sold > 1e-9 ? cost / (served + sold) : nil, note)
    put("cost_of_energy_produced", produced > 1e-9 ? cost / produced : nil, note)
    let all = accounts.balance.all.yearly.served
    put("cost_of_energy_all_carriers", all > 1e-9 ? annual / all : nil, "")
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

import TulouProject

extension IndicatorDeclaration {
  /// What it costs, and the renewable fractions.
  static let money: [IndicatorDeclaration] = [
    .init(
      "net_present_cost", "$",
      "Present worth of all cash of the project's lifetime, penalties left out: annual_cost / CRF.",
      value: { $0.accounts.costs.reduce(0) { $0 + $1.present } }),
    .init(
      "annual_cost", "$/y",
      "Cash per year, levelised over the lifetime: capital, replacements less salvage, operation, fuel, purchase less sale, carbon and other pollutants.",
      value: { $0.annualCost }),
    .init(
      "horizon_cost", "$",
      "annual_cost times the years that the horizon stands for.",
      value: { $0.annualCost * $0.accounts.years }),
    .init(
      "cost_of_energy_served", "$/kWh",
      "annual_cost per kWh of electricity served; where heat or cold is demanded too, the part of electricity by reference prices (price x energy served).",
      noted: { $0.costOfElectricity(per: { $0.served }) }),
    .init(
      "cost_of_energy_served_and_sold", "$/kWh",
      "annual_cost per kWh of electricity served and sold; where heat or cold is demanded too, the part of electricity by reference prices.",
      noted: { $0.costOfElectricity(per: { $0.served + $0.sold }) }),
    .init(
      "cost_of_energy_produced", "$/kWh",
      "annual_cost per kWh of electricity produced and bought; where heat or cold is demanded too, the part of electricity by reference prices.",
      noted: { $0.costOfElectricity(per: { $0.entries.reduce(0) { $0 + $1.energy } }) }),
    .init(
      "cost_of_energy_all_carriers", "$/kWh",
      "annual_cost per kWh served of all carriers together.",
      value: { builder in
        let served = builder.year.served
        return served > 1e-9 ? builder.annualCost / served : nil
      }),
    .init(
      "capital", "$",
      "Capital of all new plant in year 0 (with stages: undiscounted sum).",
      value: { $0.accounts.cashFlow.reduce(0) { $1.kind == .capital ? $0 + $1.amount : $0 } }),
    .init(
      "renewable_fraction", "1",
      "1 - (non-renewable + unserved) / (demand + sold + use by converters to other carriers), electricity unless the limit says otherwise; storage output is not production.",
      noted: { builder in
        let scope = builder.reading.project.limits.renewableFractionOf
        return (
          builder.balance.renewableFraction(of: scope).value,
          scope == .electricity ? "" : "of \(scope.rawValue)"
        )
      }),
    .init(
      "renewable_fraction_with_storage", "1",
      "Share of renewable output and storage output in all production, purchase and storage output of electricity (definition of the Shenzhen paper; counts storage twice).",
      value: { $0.balance.renewableFraction(of: .electricity).withStorage }),
  ]
}

import TulouTechnologies

/// A measured number with its name, unit and definition.
public struct Indicator: Sendable, Equatable {
  /// Stable name in `result.json`, e.g. `net_present_cost`, `capacity_factor.wind`.
  public var key: String
  /// The number; nil where there is none (no change of sign for an internal rate of return, no reference ...).
  public var value: Double?
  /// Unit, e.g. `USD`, `kWh/y`; `1` for a share.
  public var unit: String
  /// What exactly it is, with its denominator.
  public var definition: String
  /// Why there is no value, or what restricts it; empty mostly.
  public var note: String
  /// Whether it is at least the number: something is not counted for want of a factor.
  public var isAtLeast = false
  /// An indicator.
  public init(key: String, value: Double?, unit: String, definition: String, note: String = "") {
    self.key = key
    self.value = value
    self.unit = unit
    self.definition = definition
    self.note = note
  }
}

/// Name, unit and definition of an indicator: the one place where these stand.
package struct IndicatorDeclaration: Sendable, Equatable {
  /// Stable name.
  public var key: String
  /// Unit; `$` stands for the currency.
  public var unit: String
  /// What it is.
  public var definition: String

  private init(_ key: String, _ unit: String, _ definition: String) {
    self.key = key
    self.unit = unit
    self.definition = definition
  }

  /// All indicators of a plan in the order in which they are shown.
  package static let all: [IndicatorDeclaration] =
    money + carbon
    + Pollutant.all.map {
      .init(
        $0.key, "kg/y",
        "\($0.meaning): of fuel where it is burnt and of purchases, mean over the years; no credit for sale.")
    } + energy

  private static let money: [IndicatorDeclaration] = [
    .init(
      "net_present_cost", "$",
      "Present worth of all cash of the project's lifetime, penalties left out: annual_cost / CRF."),
    .init(
      "annual_cost", "$/y",
      "Cash per year, levelised over the lifetime: capital, replacements less salvage, operation, fuel, purchase less sale, carbon and other pollutants."
    ),
    .init("horizon_cost", "$", "annual_cost times the years that the horizon stands for."),
    .init(
      "cost_of_energy_served", "$/kWh",
      "annual_cost per kWh of electricity served; where heat or cold is demanded too, the part of electricity by reference prices (price x energy served)."
    ),
    .init(
      "cost_of_energy_served_and_sold", "$/kWh",
      "annual_cost per kWh of electricity served and sold; where heat or cold is demanded too, the part of electricity by reference prices."
    ),
    .init(
      "cost_of_energy_produced", "$/kWh",
      "annual_cost per kWh of electricity produced and bought; where heat or cold is demanded too, the part of electricity by reference prices."
    ),
    .init("cost_of_energy_all_carriers", "$/kWh", "annual_cost per kWh served of all carriers together."),
    .init("capital", "$", "Capital of all new plant in year 0 (with stages: undiscounted sum)."),
    .init(
      "renewable_fraction", "1",
      "1 - (non-renewable + unserved) / (demand + sold + use by converters to other carriers), electricity unless the limit says otherwise; storage output is not production."
    ),
    .init(
      "renewable_fraction_with_storage", "1",
      "Share of renewable output and storage output in all production, purchase and storage output of electricity (definition of the Shenzhen paper; counts storage twice)."
    ),
  ]

  private static let carbon: [IndicatorDeclaration] = [
    .init(
      "co2", "t/y",
      "Fossil CO2 of fuels and purchases, each counted where it enters, mean over the years; no credit for sale."),
    .init("co2_business_as_usual", "t/y", "Fossil CO2 of the reference without the project."),
    .init("co2_reduction", "1", "1 - co2 / co2_business_as_usual."),
  ]

  private static let energy: [IndicatorDeclaration] = [
    .init("autonomy", "1", "1 - P_N / (P_O + charged + sold + losses), all carriers."),
    .init("autonomy_without_losses", "1", "1 - P_N / P_O, all carriers."),
    .init("p_o", "kWh/y", "Energy served, all carriers."),
    .init("p_a", "kWh/y", "Energy served to members other than villages, the commons included."),
    .init("p_a_prime", "kWh/y", "Energy served to villages."),
    .init("p_w", "kWh/y", "Energy that enters from wind (class W), after curtailment."),
    .init("p_b", "kWh/y", "Energy that enters from own biomass (class B), fuels by lower heating value."),
    .init("p_s", "kWh/y", "Energy that enters from sun and water (classes S.*), after curtailment."),
    .init("p_n", "kWh/y", "Energy bought outside (class N), fuels by lower heating value."),
    .init("ambient", "kWh/y", "Heat taken from air, ground or water; in none of P_W, P_B, P_S, P_N."),
    .init("unserved_energy", "1", "Share of the demand of all carriers that is not served."),
    .init("unserved", "kWh/y", "Demand that is not served, all carriers."),
    .init("capacity_shortage", "1", "(Unserved + short reserve) / demand of electricity."),
    .init("loss_of_power_supply_hours", "1", "Share of the hours in which electricity demand is not fully served."),
    .init(
      "hours_of_autonomy", "h",
      "Mean time from each hour on that own sources and storages serve electricity without grid and fuel deliveries."),
    .init("curtailed", "kWh/y", "What sources could have given and did not, natural flow left out."),
    .init("bought", "kWh/y", "Electricity bought."),
    .init("sold", "kWh/y", "Electricity sold."),
    .init("losses", "kWh/y", "Losses of links and converters and what buses spill."),
    .init("land", "m2", "Land of all plant, existing plant included."),
    .init("reservoir_volume", "m3", "Volume of the reservoirs of pumped storages whose head is stated."),
    .init(
      "irr", "1/y",
      "Rate at which the savings against the reference pay the extra capital; none without a change of sign."),
    .init("return_on_investment", "1/y", "Mean yearly saving against the reference per extra capital."),
    .init("payback_simple", "y", "Year in which the sum of savings against the reference reaches zero."),
    .init("payback_discounted", "y", "The same with discounted savings."),
    .init(
      "peak_valley_difference", "kW",
      "Highest less lowest hour of what electricity demands draw, vehicles' charging less what they give back included."
    ),
    .init("exergy_efficiency", "1", "Exergy of what is served per exergy of what enters."),
  ]

  /// The declaration of a key.
  package static func of(_ key: String) -> IndicatorDeclaration? { all.first { $0.key == key } }

  /// The indicator with a value, unit in `currency`.
  package func with(_ value: Double?, currency: String, note: String = "") -> Indicator {
    Indicator(
      key: key, value: value, unit: unit.first == "$" ? currency + unit.dropFirst() : unit, definition: definition,
      note: note)
  }
}

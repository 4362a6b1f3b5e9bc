import TulouFinance

/// One design of a search with what it costs and gives. Money in the project's currency, energies per year.
package struct SearchCandidate: Sendable, Equatable, Codable {
  /// Totals by side of the search space.
  package var sizes: [Double]
  /// How it is run, as a place in `SearchOutcome.strategies`.
  package var strategy = 0
  /// Limits that it breaks, a bit each in the order of `SearchOutcome.limits`; zero: it is feasible.
  package var broken: UInt64
  /// Sum of what limits are broken by, each over its limit [-].
  package var violation: Double
  /// Cash and penalties, what the search minimises [currency/y].
  package var value: Double
  /// Cash [currency/y].
  package var annualCost: Double
  /// Net present cost [currency].
  package var netPresentCost: Double
  /// Paid at the start [currency].
  package var capital: Double
  /// Annual cost less annualised capital [currency/y].
  package var operatingCost: Double
  /// Electricity served, and sold [kWh/y].
  package var served: Double, sold: Double
  /// Made by sources and machines and bought [kWh/y].
  package var produced: Double
  /// 1 - (non-renewable + unserved) / (demand + sold) [-]; nil where nothing is wanted or sold.
  package var renewableFraction: Double?
  /// With storage output counted as production, as the Shenzhen paper does [-].
  /// Nil where nothing is produced.
  package var renewableFractionWithStorage: Double?
  /// Emission [kg/y].
  package var co2: Double
  /// Not served [kWh/y], and its share of the demand [-].
  package var unserved: Double, lossOfPowerSupply: Double
  /// (Unserved + short reserve) / demand [-].
  package var capacityShortage: Double
  /// Thrown away [kWh/y].
  package var curtailed: Double
  /// Bought [kWh/y].
  package var bought: Double
  /// Output of generators [kWh/y], fuel [kWh/y], hours on line and starts of all machines [1/y].
  package var generated: Double, fuel: Double, generatorHours: Double, generatorStarts: Double
  /// The indicator `exergy_efficiency` of its plan [-]; nil where nothing enters, and for numbers of the lanes.
  package var exergyEfficiency: Double?
  /// Whether much comes from sources while storage is missing or short; nil: no, or not looked at (numbers of the lanes).
  package var warning: PenetrationWarning?
  /// Land [m2].
  package var land: Double
  /// Whether every number is that of `tulou simulate`; otherwise those of the lanes, which know only what ranks and draws a design
  /// (value, costs, capital, renewable fraction, emission, what is not served), and leave the others at zero.
  package var isExact: Bool
  /// Components that are built, a bit each in the order of `SearchOutcome.components`: the type of system.
  package var type: UInt64

  /// Whether the emission is at least the number: something that was bought or burnt has no factor.
  package var isCarbonAtLeast = false

  /// Pollutants other than CO2, in the order of `Pollutant.all` [kg/y]; empty: nothing in the project emits any.
  package var pollutants: [Double] = []

  /// What single machines do, in the order of `SearchOutcome.partNames`; empty for numbers of the lanes.
  package var parts: [Double] = []

  /// What its years cost one by one; nil: they were not simulated.
  package var inYears: YearsOfDesign?

  /// Whether it keeps every limit, in every year that was simulated.
  package var isFeasible: Bool { broken == 0 && (inYears?.violation ?? 0) <= 0 }
  /// Cost per kWh served [currency/kWh]; infinite where nothing is.
  package var costOfEnergy: Double { served > 0 ? annualCost / served : .infinity }

  /// The first number of what lanes know that differs from a row run hour by hour; nil: none does.
  func difference(from other: SearchCandidate) -> String? {
    let pairs: [(String, Double, Double)] = [
      ("value", value, other.value), ("net present cost", netPresentCost, other.netPresentCost),
      ("capital", capital, other.capital),
      ("renewable fraction", renewableFraction ?? -1, other.renewableFraction ?? -1),
      ("emission", co2, other.co2), ("share that is not served", lossOfPowerSupply, other.lossOfPowerSupply),
      ("violation of limits", violation, other.violation),
      ("what is known of its emission", isCarbonAtLeast ? 1 : 0, other.isCarbonAtLeast ? 1 : 0),
    ]
    return pairs.first { abs($0.1 - $0.2) > 1e-8 * max(1, abs($0.1), abs($0.2)) }?.0
  }

  /// Its place among designs.
  var merit: DesignMerit {
    guard let inYears else { return DesignMerit(violation: violation, value: value) }
    return DesignMerit(violation: violation + inYears.violation, value: inYears.value)
  }
}

/// One design of a search with what it costs and gives. Money in the project's currency, energies per year.
public struct SearchCandidate: Sendable, Equatable, Codable {
  /// Totals by side of the search space.
  public var sizes: [Double]
  /// How it is run, as a place in `SearchOutcome.strategies`.
  public var strategy = 0
  /// Limits that it breaks, a bit each in the order of `SearchOutcome.limits`; zero: it is feasible.
  public var broken: UInt64
  /// Sum of what limits are broken by, each over its limit [-].
  public var violation: Double
  /// Cash and penalties, what the search minimises [currency/y].
  public var value: Double
  /// Cash [currency/y].
  public var annualCost: Double
  /// Net present cost [currency].
  public var netPresentCost: Double
  /// Paid at the start [currency].
  public var capital: Double
  /// Annual cost less annualised capital [currency/y].
  public var operatingCost: Double
  /// Electricity served, and sold [kWh/y].
  public var served: Double, sold: Double
  /// Made by sources and machines and bought [kWh/y].
  public var produced: Double
  /// 1 - (non-renewable + unserved) / (demand + sold) [-]; nil where nothing is wanted or sold.
  public var renewableFraction: Double?
  /// With storage output counted as production, as the Shenzhen paper does [-].
  /// Nil where nothing is produced.
  public var renewableFractionWithStorage: Double?
  /// Emission [kg/y].
  public var co2: Double
  /// Not served [kWh/y], and its share of the demand [-].
  public var unserved: Double, lossOfPowerSupply: Double
  /// (Unserved + short reserve) / demand [-].
  public var capacityShortage: Double
  /// Thrown away [kWh/y].
  public var curtailed: Double
  /// Bought [kWh/y].
  public var bought: Double
  /// Output of generators [kWh/y], fuel [kWh/y], hours on line and starts of all machines [1/y].
  public var generated: Double, fuel: Double, generatorHours: Double, generatorStarts: Double
  /// The indicator `exergy_efficiency` of its plan [-]; nil where nothing enters, and for numbers of the lanes.
  public var exergyEfficiency: Double?
  /// Whether much comes from sources while storage is missing or short; nil: no, or not looked at (numbers of the lanes).
  public var warning: PenetrationWarning?
  /// Land [m2].
  public var land: Double
  /// Whether every number is that of `tulou simulate`; otherwise those of the lanes, which know only what ranks and draws a design
  /// (value, costs, capital, renewable fraction, emission, what is not served), and leave the others at zero.
  public var isExact: Bool
  /// Components that are built, a bit each in the order of `SearchOutcome.components`: the type of system.
  public var type: UInt64

  /// Whether the emission is at least the number: something that was bought or burnt has no factor.
  public var isCarbonAtLeast = false

  /// Pollutants other than CO2, in the order of `Pollutant.all` [kg/y]; empty: nothing in the project emits any.
  public var pollutants: [Double] = []

  /// What single machines do, in the order of `SearchOutcome.partNames`; empty for numbers of the lanes.
  public var parts: [Double] = []

  /// What its years cost one by one; nil: they were not simulated.
  public var inYears: YearsOfDesign?

  /// Whether it keeps every limit, in every year that was simulated.
  public var isFeasible: Bool { broken == 0 && (inYears?.violation ?? 0) <= 0 }
  /// Cost per kWh served [currency/kWh]; infinite where nothing is.
  public var costOfEnergy: Double { served > 0 ? annualCost / served : .infinity }

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

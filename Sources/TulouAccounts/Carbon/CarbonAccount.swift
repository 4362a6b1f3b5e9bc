/// Emissions of the cluster, each counted once where it enters. Masses in kg CO2 per year, mean over the years.
public struct CarbonAccount: Sendable, Equatable {
  /// One line an origin and kind.
  package var lines: [CarbonLine] = []
  /// Fossil emission: scope 1 (fuels burnt here) and scope 2 (bought electricity, heat) [kg/y].
  public var fossil = 0.0
  /// Scope 1 [kg/y].
  public var scope1 = 0.0
  /// Scope 2 [kg/y].
  public var scope2 = 0.0
  /// Biogenic CO2, in no total [kg/y].
  public var biogenic = 0.0
  /// Methane that slips [kg CH4/y], in no total.
  public var methane = 0.0
  /// What sale displaces outside, in no total: zero unless a market asks for it [kg/y].
  public var exportCredit = 0.0
  /// Making and scrapping of new plant and its replacements, spread over the lifetime; in no total [kg/y].
  public var lifeCycle = 0.0
  /// The same by component and phase.
  package var phases: [LifeCyclePhases] = []
  /// Fuel that vehicles of the plan no longer burn elsewhere, in no total [kg/y].
  public var displaced = 0.0
  /// Purchases of markets with a marginal factor, at that factor; nil where no market has one [kg/y].
  public var marginal: Double?
  /// The same purchases at their mean factor [kg/y].
  public var marginalAtMean = 0.0
  /// Fossil emission with the marginal factor where one is known; nil where none is [kg/y].
  public var atMargin: Double? { marginal.map { fossil - marginalAtMean + $0 } }
  /// Emission of the reference [kg/y]; nil without reference.
  public var businessAsUsual: Double?
  /// Markets and sources that gave energy and of which nobody says what they emit: the sums are at least what stands there.
  public var withoutFactor: [String] = []
  /// The same of the reference.
  public var usualWithoutFactor: [String] = []
  /// Whether more may be emitted than is counted.
  public var isAtLeast: Bool { !withoutFactor.isEmpty }
  /// Share of the reference's emission that is avoided [-]; nil without reference, and where a factor is missing on either side.
  public var reduction: Double? {
    guard withoutFactor.isEmpty, usualWithoutFactor.isEmpty, let usual = businessAsUsual, usual > 0 else { return nil }
    return 1 - fossil / usual
  }
  /// Why no reduction is stated; nil where one is, or without reference.
  public var reductionMissing: String? {
    guard reduction == nil, businessAsUsual != nil else { return nil }
    let plan = withoutFactor.map { "'\($0)'" }, usual = usualWithoutFactor.map { "'\($0)'" }
    guard !plan.isEmpty || !usual.isEmpty else { return "the reference emits nothing" }
    return "no emission factor was given for "
      + (plan + usual.filter { !plan.contains($0) }.map { $0 + " in the reference" }).joined(separator: ", ")
  }
  /// Paid for carbon, levelised [money/y].
  public var cost = 0.0
  /// Electricity as the four-term decomposition sees it.
  package var fleet = FleetState(clean: 0, thermal: 0, consumption: 0, emission: 0)
  /// Nothing yet.
  public init() {}
}

/// Emission of one origin.
package struct CarbonLine: Sendable, Equatable {
  /// What kind of emission it is.
  package enum Kind: String, Sendable, CaseIterable {
    /// Fuel burnt here, counted at purchase or where the source gives it.
    case fuel
    /// Bought electricity, heat, cold.
    case grid
    /// Process emission of a source.
    case source
    /// Biogenic CO2, apart.
    case biogenic
    /// Methane slip [kg CH4], apart.
    case methane
    /// Sale of electricity displaces outside emission, apart, negative.
    case exportCredit = "export_credit"
    /// Making and scrapping of plant, apart.
    case lifeCycle = "life_cycle"
    /// Fuel that vehicles no longer burn, apart, negative.
    case vehicleFuel = "vehicle_fuel"
  }
  /// Market, source, component, or the demand of vehicles.
  package var id: String
  /// Kind.
  package var kind: Kind
  /// Carrier it comes with.
  package var carrier: String
  /// 1: burnt here, 2: bought energy, 3: other; 0: in no scope.
  package var scope: Int
  /// Energy it comes with [kWh/y].
  package var energy: Double
  /// Emission in the first year [kg/y].
  package var firstYear: Double
  /// Mean over the years [kg/y].
  package var amount: Double
  /// Whether somebody says what it emits; otherwise its amounts are zero for want of a number.
  package var hasFactor: Bool
  /// A line.
  package init(
    id: String, kind: Kind, carrier: String, scope: Int, energy: Double, firstYear: Double, amount: Double,
    hasFactor: Bool = true
  ) {
    self.id = id
    self.kind = kind
    self.carrier = carrier
    self.scope = scope
    self.energy = energy
    self.firstYear = firstYear
    self.amount = amount
    self.hasFactor = hasFactor
  }
}

/// CO2 of the life cycle of a component's plant, by phase, mean over the lifetime of the project [kg/y].
///
/// - Source: phases of Energies 2018, 11(4), 1007: component, installation, replacement, maintenance, recycling.
package struct LifeCyclePhases: Sendable, Equatable {
  /// Component.
  package var id: String
  /// Making of what is new.
  package var component = 0.0
  /// Transport and building in of what is new.
  package var installation = 0.0
  /// Making and building in of what replaces plant within the lifetime.
  package var replacement = 0.0
  /// Upkeep.
  package var maintenance = 0.0
  /// Scrapping of what is new and of what is replaced; negative where recycling saves.
  package var recycling = 0.0
  /// Together.
  package var total: Double { component + installation + replacement + maintenance + recycling }
  /// Nothing yet.
  package init(id: String) { self.id = id }
}

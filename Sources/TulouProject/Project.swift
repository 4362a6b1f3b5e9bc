public import TulouDocument
package import TulouFinance
public import TulouQuantities
public import TulouResources
package import TulouSharing
package import TulouStreams
package import TulouTechnologies

/// A cluster, typed, valid and complete: every default filled in, every series resolved, every number in base units
/// (kW, kWh, m2, the project's currency, kg CO2, shares 0...1).
public struct Project: Sendable {
  /// Free text name.
  public var name: String
  /// What stands on the cover of its reports.
  package var cover = Cover()
  /// Where it is.
  public var site: Site?
  /// Area of the site [m2], if stated.
  public var siteArea: Double?
  /// Steps planned over, in standard time, and the clock on the wall beside them.
  public var horizon: Horizon
  /// Weekends and holidays.
  package var calendar: WorkCalendar
  /// Money and time.
  package var economy: Economy
  /// What exergy is counted against.
  package var exergy = ExergySurroundings()
  /// Forms of energy by id.
  package var carriers: [Carrier]
  /// Free text of classes that the project declares, by id.
  public var classNames: [String: String] = [:]
  /// Places where a carrier balances, those of members' own meters included (`<member>.<bus>`).
  package var buses: [Bus]
  /// Who takes part.
  package var members: [Member]
  /// What is wanted.
  package var demands: [Demand]
  /// Machines, storages, links; members' meters included as links.
  package var components: [Component]
  /// The outside.
  package var markets: [Market]
  /// What would be without the project.
  package var reference: Reference?
  /// Penalties and reserve.
  package var reliability: Reliability
  /// Limits of the whole.
  package var limits: Limits
  /// How money is divided among members.
  package var sharing: Sharing
  /// Where things stand on the land; nil: not stated.
  package var layout: Layout?
  /// What the project means to those who live there, by stated factors; nil: not asked.
  package var social: Social?
  /// What the public pays and takes.
  package var policies: [Policy] = []
  /// Who begins, who enters when, who may leave; nil: nobody says.
  package var growth: Growth?
  /// Stages in order of time, each with the whole project as it is then; empty: one stage.
  package var stages: [Stage]
  /// Goals of the objective `weighted`, each with its weight.
  package var weights: [GoalWeight] = []
  /// Sizes of the design that weights are measured against, in the unit of each size; empty: the design of least cost.
  public var referenceSizes: [String: Double] = [:]
  /// Weather years that one design is planned over, each with the whole project; empty: the horizon as it is.
  package var weatherYears: [WeatherYear] = []
  /// Whether contents of storages go on from weather year to weather year; else each year closes its own cycle.
  public var chainsWeatherYears = false
  /// Questions asked of it in the file.
  public var studies: [Study] = []
  /// Factors of primary energy; nil: not asked for.
  package var primaryEnergy: PrimaryEnergyFactors?
  /// What is sought.
  package var objective: Objective
  /// Everything that a default, a catalogue or an unsure source supplied.
  public var assumptions: [Assumption]
  /// Warnings of `check`.
  public var warnings: [Diagnostic]
  /// What nature gives, as it was read or synthesised.
  package var resources: [ProjectResource] = []
  /// Streams of partners; nil where the file has none.
  package var symbiosis: Symbiosis?

  /// A project from its parts.
  package init(
    name: String, site: Site? = nil, siteArea: Double? = nil, horizon: Horizon,
    calendar: WorkCalendar = WorkCalendar(), economy: Economy, carriers: [Carrier], buses: [Bus],
    members: [Member] = [], demands: [Demand] = [], components: [Component] = [], markets: [Market] = [],
    reference: Reference? = nil, reliability: Reliability = Reliability(), limits: Limits = Limits(),
    sharing: Sharing = Sharing(), stages: [Stage] = [], objective: Objective = .netPresentCost,
    assumptions: [Assumption] = [], warnings: [Diagnostic] = []
  ) {
    self.name = name
    self.site = site
    self.siteArea = siteArea
    self.horizon = horizon
    self.calendar = calendar
    self.economy = economy
    self.carriers = carriers
    self.buses = buses
    self.members = members
    self.demands = demands
    self.components = components
    self.markets = markets
    self.reference = reference
    self.reliability = reliability
    self.limits = limits
    self.sharing = sharing
    self.stages = stages
    self.objective = objective
    self.assumptions = assumptions
    self.warnings = warnings
  }

  /// Name of the time zone, e.g. `Asia/Shanghai`.
  public var timeZone: String { horizon.clock.zone }

  /// The carrier of a bus.
  package func carrier(ofBus bus: String) -> Carrier? {
    guard let id = buses.first(where: { $0.id == bus })?.carrier else { return nil }
    return carriers.first { $0.id == id }
  }
}

/// Money and time.
package struct Economy: Sendable, Equatable {
  /// ISO code of the currency.
  package var currency = "USD"
  /// Year whose prices are meant, if stated.
  package var priceYear: Int?
  /// Real yearly discount rate [1/y].
  package var realDiscountRate = 0.0
  /// Yearly inflation, by which nominal payments grow [1/y]; zero where the file states a real rate alone.
  package var inflation = 0.0
  /// Project lifetime N [y].
  package var lifetime = 25.0
  /// Rest value.
  package var salvage: Salvage = .linear
  /// Carbon price of each year [money/kg CO2].
  package var carbonPrice = YearPath(0)
  /// Points by calendar year that the path of the carbon price goes through; empty: a price that only grows.
  package var carbonPricePoints: [Int: Double] = [:]
  /// Whether fuel pays the carbon price.
  package var carbonPriceOnFuel = true
  /// Whether grid purchase pays the carbon price.
  package var carbonPriceOnGrid = true
  /// Price of pollutants in each year [money/kg], paid on fuel and purchases alike.
  package var pollutantPrices: [Pollutant: YearPath] = [:]
  /// Units of the project's currency per unit of other currencies.
  package var exchange: [String: Double] = [:]
  /// Nothing but defaults.
  package init() {}

  /// Rate, lifetime and rest value: what money of different years needs to be one.
  package var discounting: Discounting { Discounting(rate: realDiscountRate, years: lifetime, salvage: salvage) }
}

/// A form of energy or matter.
package struct Carrier: Sendable, Equatable {
  /// What it is.
  package typealias Kind = CarrierKind
  /// Id; built in: `electricity`, `heat`, `cold`, `water`, `hydrogen`.
  package var id: String
  /// What it is.
  package var kind: Kind
  /// Lower heating value [kWh per natural unit], nil: flows are energies already.
  package var heatingValue: Double?
  /// Natural unit of the heating value: `m3` or `kg`.
  package var heatingValueUnit = "kg"
  /// Exergy per lower heating value [-].
  package var exergyFactor = 1.0
  /// Fossil emission [kg CO2/kWh].
  package var emission = 0.0
  /// Yearly real change of `emission` [1/y].
  package var emissionEscalation = 0.0
  /// Whether somebody says what it emits; otherwise `emission` is zero for want of a number.
  package var statesEmission = true
  /// Biogenic emission [kg CO2/kWh], apart.
  package var biogenicEmission = 0.0
  /// What is formed where it is burnt [kg/kWh].
  package var pollutants: [Pollutant: Double] = [:]
  /// Share of methane that slips [-].
  package var methaneSlip = 0.0
  /// A carrier.
  package init(id: String, kind: Kind) {
    self.id = id
    self.kind = kind
  }
}

/// A carrier at a place.
package struct Bus: Sendable, Equatable {
  /// Id, e.g. `ac`, `hongkeng.hot`.
  package var id: String
  /// Id of the carrier.
  package var carrier: String
  /// Free text.
  package var place = ""
  /// Member whose own bus it is; nil: the cluster's.
  package var member: String?
  /// Supply temperature [degC] of heat and cold.
  package var supply: Double?
  /// Return temperature [degC] of heat and cold.
  package var `return`: Double?
  /// Whether surplus may be thrown away.
  package var spill = false
  /// A bus.
  package init(id: String, carrier: String) {
    self.id = id
    self.carrier = carrier
  }
}

/// Who owns, pays and earns.
package struct Member: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Free text.
  public var name: String
  /// `sme`, `village`, `farm`, `energy-station`, `state`, `producer`.
  package var kind: String
  /// Number of people, if stated.
  package var population: Double?
  /// Latitude and longitude [deg], if stated.
  package var latitude: Double?, longitude: Double?
  /// Own bus by cluster bus: `ac` -> `village.ac`; empty: the member sits on the cluster's buses.
  package var ownBuses: [String: String] = [:]
  /// Market that the member would have outside.
  package var aloneMarket: String?
  /// Own real discount rate [1/y]; nil: the project's.
  package var discountRate: Double?
  /// A member.
  package init(id: String, kind: String) {
    self.id = id
    self.name = id
    self.kind = kind
  }
}

/// What would be without the project.
package struct Reference: Sendable, Equatable {
  /// Whether electricity is bought on each member's `alone` market (or at the named market).
  package var electricityMarket: String?
  /// Heat by a boiler: efficiency [-], fuel price [money/kWh], emission [kg/kWh], class.
  package var heatEfficiency: Double?, heatFuelPrice: Double?, heatEmission: Double?
  /// Class of the reference fuel.
  package var heatClass = EnergyClass.outside
  /// What the boiler forms of its fuel [kg/kWh].
  package var heatPollutants: [Pollutant: Double] = [:]
  /// A reference in which each member buys on its own market.
  package init() {}
}

/// Penalties and reserve.
package struct Reliability: Sendable, Equatable {
  /// Penalty of unserved energy by tier or carrier [money/kWh]; demands carry theirs already.
  package var unservedCost: [String: Double] = [:]
  /// Reserve by bus.
  package var reserve: [String: BusReserve] = [:]
  /// Whether what one bus has left over counts as reserve of another through a link between them. Rules count it, and so
  /// does what bounds them; a plan counts each bus by itself (rule M12). No key of the file.
  package var lendsReserve = false
  /// Whether every demand may go unserved, at no cost where the project states none: a rule cannot know that what may not be shed
  /// (rule K16) will run short, so what it sheds has its place in every limit. No key of the file.
  package var shedsAnything = false
  /// Longest outage of the outside whose survival is counted [h].
  package var longestOutage = 168.0
  /// Fuel at hand for generators when the outside is lost, by lower heating value [kWh]; nil: any.
  package var outageFuel: Double?
  /// No penalty, no reserve.
  package init() {}
}

/// Operating reserve that is asked of a bus.
package struct BusReserve: Sendable, Equatable {
  /// Share of the demand of each step [-].
  package var ofDemand: Double
  /// Share of the greatest demand over the year [-].
  package var ofPeak: Double
  /// Share of the output of sources [-], by class; a class without an entry of its own takes that of the nearest class that
  /// it belongs to.
  package var ofClass: [EnergyClass: Double]
  /// Shares.
  package init(ofDemand: Double = 0, ofPeak: Double = 0, ofClass: [EnergyClass: Double] = [:]) {
    self.ofDemand = ofDemand
    self.ofPeak = ofPeak
    self.ofClass = ofClass
  }
  /// Share of the output of a source [-].
  package func share(of energyClass: EnergyClass) -> Double { energyClass.value(in: ofClass) ?? 0 }
  /// The greatest of all shares [-].
  package var greatest: Double { max(ofDemand, ofPeak, ofClass.values.max() ?? 0) }
}

/// How money is divided among members.
package struct Sharing: Sendable, Equatable {
  /// Rule by which the benefit is divided; accounts of a plan are pro rata whatever it is, `tulou share` divides by it.
  package var rule = SharingMethod.proRata
  /// What a member would do without the others.
  package var outside = OutsideOption.contract
  /// Numbers of the members by which the rule `key` divides; who is left out has none.
  package var weights: [String: Double] = [:]
  /// `midpoint` of the outside prices, or a price [money/kWh].
  package var internalPrice: Double?
  /// Key by which the commons' result is divided: `investment`, `energy`, `equal`.
  package var commonsKey = "investment"
  /// Member that receives network charges; nil: they leave the cluster.
  package var networkChargeTo: String?
  /// Law of sharing energy that holds; nil: none is named.
  package var law: LawInUse?
  /// Defaults.
  package init() {}
}

/// A stage: from its year on the project is `project`.
package struct Stage: Sendable {
  /// Id.
  package var id: String
  /// Calendar year in which it begins.
  package var year: Int
  /// The whole project in this stage (its own `stages` empty).
  package var project: Project
  /// A stage.
  package init(id: String, year: Int, project: Project) {
    self.id = id
    self.year = year
    self.project = project
  }
}

/// What is sought.
package enum Objective: String, Sendable, CaseIterable {
  /// Least cash plus penalties.
  case netPresentCost = "net_present_cost"
  /// Least emission.
  case co2
  /// Least energy from outside (P_N).
  case outsideEnergy = "outside_energy"
  /// Most demand served from W, B, S.
  case localEnergy = "local_energy"
  /// Highest exergy efficiency.
  case exergyEfficiency = "exergy_efficiency"
  /// Least difference between the highest and the lowest hour of what electricity demands draw.
  case peakValleyDifference = "peak_valley_difference"
  /// Weighted against a reference design.
  case weighted
}

/// A goal with its weight, for the objective `weighted`.
package struct GoalWeight: Sendable, Equatable {
  /// Which goal.
  package var goal: Study.Goal
  /// Its share; shares add up to 1.
  package var weight: Double
  /// A weight.
  package init(goal: Study.Goal, weight: Double) {
    self.goal = goal
    self.weight = weight
  }
}

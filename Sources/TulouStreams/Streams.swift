/// What would lower a stream at its origin, before anybody uses it.
public struct Reduction: Sendable, Equatable {
  /// Id, unique among all measures of a park.
  public var id: String
  /// Free text.
  public var name: String
  /// Share of the stream that is no longer there [-].
  public var saves: Double
  /// What it costs a year, capital annualised [money/y].
  public var yearlyCost: Double
  /// What each unit not given or not taken is worth at its origin beside its price or disposal [money/kWh or money/t], e.g.
  /// the fuel that is no longer burnt.
  public var worth: Double
  /// CO2 avoided at the origin by each unit [kg/kWh or kg/t].
  public var avoidedEmission: Double

  /// A measure.
  public init(
    id: String, name: String? = nil, saves: Double, yearlyCost: Double, worth: Double = 0, avoidedEmission: Double = 0
  ) {
    self.id = id
    self.name = name ?? id
    self.saves = saves
    self.yearlyCost = yearlyCost
    self.worth = worth
    self.avoidedEmission = avoidedEmission
  }
}

/// What is known of a stream beside its numbers.
public struct StreamRecord: Sendable, Equatable {
  /// Free text.
  public var name = ""
  /// Year from which it flows, if stated.
  public var since: Int?
  /// Year that the numbers are of, if stated.
  public var year: Int?
  /// Where the numbers come from.
  public var source = ""
  /// Whether partner or amount are inferred rather than printed.
  public var isInferred = false
  /// No more is known.
  public init() {}
}

/// A stream that a partner has to spare: waste heat, used water, a by-product.
public struct StreamSource: Sendable, Equatable {
  /// Id.
  public var id: String
  /// Id of the partner who has it.
  public var partner: String
  /// What flows.
  public var kind: StreamKind
  /// Flow in each block [kW or t/h].
  public var supply: [Double]
  /// What it costs to be rid of it [money/kWh or money/t]; below 0 where it is paid for today.
  public var disposal = 0.0
  /// CO2 of disposal [kg/kWh or kg/t].
  public var disposalEmission = 0.0
  /// What disposal costs that was not planned [money/kWh or money/t].
  public var emergencyDisposal = 0.0
  /// Temperatures of heat and cold.
  public var temperatures: TemperatureSpan?
  /// Half of the least difference of temperatures of an exchanger [K].
  public var approach = 5.0
  /// What it is, e.g. `gypsum`; empty: not said.
  public var grade = ""
  /// What is dissolved or contained, by name [mg/kg].
  public var contents: [String: Double] = [:]
  /// Code of the law of waste; empty: none.
  public var wasteCode = ""
  /// Bus of the energy plan that it may feed as well; nil: none.
  public var bus: String?
  /// Whether the law of waste forbids that others use it.
  public var isBarred = false
  /// Share of the time in which it is really there [-]; for people, the plan counts on all of it.
  public var certainty = 1.0
  /// What would lower it.
  public var reductions: [Reduction] = []
  /// What else is known.
  public var record = StreamRecord()

  /// A source.
  public init(id: String, partner: String, kind: StreamKind, supply: [Double]) {
    self.id = id
    self.partner = partner
    self.kind = kind
    self.supply = supply
  }
}

/// A stream that a partner needs and otherwise buys.
public struct StreamSink: Sendable, Equatable {
  /// Id.
  public var id: String
  /// Id of the partner who needs it.
  public var partner: String
  /// What flows.
  public var kind: StreamKind
  /// Flow in each block [kW or t/h].
  public var need: [Double]
  /// What it costs to buy it fresh [money/kWh or money/t].
  public var price = 0.0
  /// CO2 of the fresh supply [kg/kWh or kg/t].
  public var emission = 0.0
  /// Energy from outside that the fresh supply takes [kWh/kWh or kWh/t].
  public var outsideEnergy = 0.0
  /// What a purchase costs that was not planned [money/kWh or money/t].
  public var emergencyPrice = 0.0
  /// Most that it can take from others in each block [kW or t/h]; nil: all of its need.
  public var accepts: [Double]?
  /// Temperatures of heat and cold.
  public var temperatures: TemperatureSpan?
  /// Half of the least difference of temperatures of an exchanger [K].
  public var approach = 5.0
  /// What may serve it, e.g. `gypsum`; empty: anything of its kind.
  public var grades: [String] = []
  /// Most that it stands of each substance [mg/kg].
  public var limits: [String: Double] = [:]
  /// What fresh supply contains [mg/kg].
  public var freshContents: [String: Double] = [:]
  /// Bus of the energy plan that serves it there; nil: none.
  public var bus: String?
  /// How long its stock lasts when nothing comes [h].
  public var stockHours = 0.0
  /// What would lower it.
  public var reductions: [Reduction] = []
  /// What else is known.
  public var record = StreamRecord()

  /// A sink.
  public init(id: String, partner: String, kind: StreamKind, need: [Double]) {
    self.id = id
    self.partner = partner
    self.kind = kind
    self.need = need
  }
}

/// What would lower a stream at its origin, before anybody uses it.
package struct Reduction: Sendable, Equatable {
  /// Id, unique among all measures of a park.
  package var id: String
  /// Free text.
  package var name: String
  /// Share of the stream that is no longer there [-].
  package var saves: Double
  /// What it costs a year, capital annualised [money/y].
  package var yearlyCost: Double
  /// What each unit not given or not taken is worth at its origin beside its price or disposal [money/kWh or money/t], e.g.
  /// the fuel that is no longer burnt.
  package var worth: Double
  /// CO2 avoided at the origin by each unit [kg/kWh or kg/t].
  package var avoidedEmission: Double

  /// A measure.
  package init(
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
package struct StreamRecord: Sendable, Equatable {
  /// Free text.
  package var name = ""
  /// Year from which it flows, if stated.
  package var since: Int?
  /// Year that the numbers are of, if stated.
  package var year: Int?
  /// Where the numbers come from.
  package var source = ""
  /// Whether partner or amount are inferred rather than printed.
  package var isInferred = false
  /// No more is known.
  package init() {}
}

/// A stream that a partner has to spare: waste heat, used water, a by-product.
package struct StreamSource: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Id of the partner who has it.
  package var partner: String
  /// What flows.
  package var kind: StreamKind
  /// Flow in each block [kW or t/h].
  package var supply: [Double]
  /// What it costs to be rid of it [money/kWh or money/t]; below 0 where it is paid for today.
  package var disposal = 0.0
  /// CO2 of disposal [kg/kWh or kg/t].
  package var disposalEmission = 0.0
  /// What disposal costs that was not planned [money/kWh or money/t].
  package var emergencyDisposal = 0.0
  /// Temperatures of heat and cold.
  package var temperatures: TemperatureSpan?
  /// Half of the least difference of temperatures of an exchanger [K].
  package var approach = 5.0
  /// What it is, e.g. `gypsum`; empty: not said.
  package var grade = ""
  /// What is dissolved or contained, by name [mg/kg].
  package var contents: [String: Double] = [:]
  /// Code of the law of waste; empty: none.
  package var wasteCode = ""
  /// Bus of the energy plan that it may feed as well; nil: none.
  package var bus: String?
  /// Whether the law of waste forbids that others use it.
  package var isBarred = false
  /// Share of the time in which it is really there [-]; for people, the plan counts on all of it.
  package var certainty = 1.0
  /// What would lower it.
  package var reductions: [Reduction] = []
  /// What else is known.
  package var record = StreamRecord()

  /// A source.
  package init(id: String, partner: String, kind: StreamKind, supply: [Double]) {
    self.id = id
    self.partner = partner
    self.kind = kind
    self.supply = supply
  }
}

/// A stream that a partner needs and otherwise buys.
package struct StreamSink: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Id of the partner who needs it.
  package var partner: String
  /// What flows.
  package var kind: StreamKind
  /// Flow in each block [kW or t/h].
  package var need: [Double]
  /// What it costs to buy it fresh [money/kWh or money/t].
  package var price = 0.0
  /// CO2 of the fresh supply [kg/kWh or kg/t].
  package var emission = 0.0
  /// Energy from outside that the fresh supply takes [kWh/kWh or kWh/t].
  package var outsideEnergy = 0.0
  /// What a purchase costs that was not planned [money/kWh or money/t].
  package var emergencyPrice = 0.0
  /// Most that it can take from others in each block [kW or t/h]; nil: all of its need.
  package var accepts: [Double]?
  /// Temperatures of heat and cold.
  package var temperatures: TemperatureSpan?
  /// Half of the least difference of temperatures of an exchanger [K].
  package var approach = 5.0
  /// What may serve it, e.g. `gypsum`; empty: anything of its kind.
  package var grades: [String] = []
  /// Most that it stands of each substance [mg/kg].
  package var limits: [String: Double] = [:]
  /// What fresh supply contains [mg/kg].
  package var freshContents: [String: Double] = [:]
  /// Bus of the energy plan that serves it there; nil: none.
  package var bus: String?
  /// How long its stock lasts when nothing comes [h].
  package var stockHours = 0.0
  /// What would lower it.
  package var reductions: [Reduction] = []
  /// What else is known.
  package var record = StreamRecord()

  /// A sink.
  package init(id: String, partner: String, kind: StreamKind, need: [Double]) {
    self.id = id
    self.partner = partner
    self.kind = kind
    self.need = need
  }
}

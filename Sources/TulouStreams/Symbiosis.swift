/// All that a project says about streams: partners, what they have and need, how it may go from one to another.
package struct Symbiosis: Sendable, Equatable {
  /// Partners, sources, sinks, trenches, agreements; its links are what screening leaves.
  package var park: Park
  /// What ways cost and lose.
  package var rules: RouteRules
  /// What may stand in between.
  package var upgrades: [Upgrade] = []
  /// What cleans water, for targets.
  package var regenerations: [WaterRegeneration] = []
  /// Processes that water washes, for targets.
  package var operations: [WaterProcess] = []
  /// Concentrations of fresh water [mg/kg] by substance.
  package var freshWater: [String: Double] = [:]
  /// What is made small.
  package var goal = MatchGoal.money
  /// The body that partners have founded, if any.
  package var association: Association?
  /// Machines that partners share.
  package var equipment: [SharedEquipment] = []
  /// What public reports say of the symbiosis as a whole, set beside the match.
  package var reports: [PublicReport] = []
  /// How long a partner is away where failures are looked at [h].
  package var failureHours = 168.0

  /// What a project says.
  package init(park: Park, rules: RouteRules = RouteRules()) {
    self.park = park
    self.rules = rules
  }

  /// The park with the links that screening leaves, and what it rejects.
  package func screened() -> (park: Park, screening: Screening) {
    let screening = Screening(park, rules: rules, upgrades: upgrades)
    var park = park
    park.links = screening.links
    return (park, screening)
  }

  /// Streams of heat as pinch analysis takes them, at their mean flows; streams without temperatures are left out.
  package var heatStreams: [HeatStream] {
    let hours = park.blocks.reduce(0, +)
    var streams: [HeatStream] = []
    for source in park.sources where source.kind == .heat {
      guard let span = source.temperatures else { continue }
      streams.append(
        HeatStream(
          partner: source.partner, supply: span.start, target: span.end,
          duty: source.supply.count == 1 ? source.supply[0] : park.yearly(source.supply) / hours,
          approach: source.approach, isHot: true))
    }
    for sink in park.sinks where sink.kind == .heat {
      guard let span = sink.temperatures else { continue }
      streams.append(
        HeatStream(
          partner: sink.partner, supply: span.start, target: span.end,
          duty: sink.need.count == 1 ? sink.need[0] : park.yearly(sink.need) / hours, approach: sink.approach,
          isHot: false))
    }
    return streams
  }

  /// Substances that water is judged by, in alphabetic order.
  package var substances: [String] {
    let water =
      park.sources.filter { $0.kind == .water }.flatMap(\.contents.keys)
      + park.sinks.filter { $0.kind == .water }.flatMap(\.limits.keys) + operations.map(\.substance)
    return Set(water).sorted()
  }

  /// Targets of water for one substance, of all partners together or of one.
  package func waterTargets(_ substance: String, partner: String? = nil) -> WaterTargets {
    let hours = park.blocks.reduce(0, +)
    func mean(_ flows: [Double]) -> Double { flows.count == 1 ? flows[0] : park.yearly(flows) / hours }
    func isAsked(_ id: String) -> Bool { partner == nil || id == partner }
    let washed = Set(operations.map(\.sink))
    return WaterTargets(
      sources: park.sources.filter { $0.kind == .water && isAsked($0.partner) }.map {
        WaterSource(partner: $0.partner, flow: mean($0.supply), concentration: $0.contents[substance, default: 0])
      },
      sinks: park.sinks.filter { $0.kind == .water && isAsked($0.partner) && !washed.contains($0.id) }.map {
        WaterSink(partner: $0.partner, flow: mean($0.need), limit: $0.limits[substance] ?? 1e6)
      },
      operations: operations.filter { $0.substance == substance && isAsked($0.operation.partner) }.map(\.operation),
      freshQuality: freshWater[substance, default: 0],
      regeneration: regenerations.first { $0.substance == substance }?.regeneration)
  }
}

/// Totals that a public report prints; its baseline is its own.
package struct PublicReport: Sendable, Equatable {
  /// Free text.
  package var name = ""
  /// Year that it is of, if stated.
  package var year: Int?
  /// CO2 that it says is avoided [kg/y]; nil: it says nothing.
  package var emission: Double?
  /// Water that it says is saved [t/y]; nil: it says nothing.
  package var water: Double?
  /// Where it stands.
  package var source = ""
  /// Why its totals differ from ours, in a sentence.
  package var why = ""
  /// A report without totals yet.
  package init() {}
}

/// A washing process of a sink.
package struct WaterProcess: Sendable, Equatable {
  /// Id of the sink.
  package var sink: String
  /// What is taken up.
  package var substance: String
  /// How much, and between which concentrations.
  package var operation: WaterOperation
  /// A process.
  package init(sink: String, substance: String, operation: WaterOperation) {
    self.sink = sink
    self.substance = substance
    self.operation = operation
  }
}

/// A regeneration of one substance.
package struct WaterRegeneration: Sendable, Equatable {
  /// Id of the upgrade.
  package var id: String
  /// What is taken out.
  package var substance: String
  /// To which concentration, how often.
  package var regeneration: Regeneration
  /// A regeneration.
  package init(id: String, substance: String, regeneration: Regeneration) {
    self.id = id
    self.substance = substance
    self.regeneration = regeneration
  }
}

/// The body in which partners decide: a record, no analysis.
package struct Association: Sendable, Equatable {
  /// Free text.
  package var name = ""
  /// Year of its founding, if stated.
  package var founded: Int?
  /// Ids of partners with a seat on the board.
  package var board: [String] = []
  /// What it has set out to do.
  package var projects: [Project] = []
  /// A project of the association.
  package struct Project: Sendable, Equatable {
    /// Id.
    package var id: String
    /// Free text.
    package var name = ""
    /// How far it is.
    package var state = State.idea
    /// Year in which it is to be done, if stated.
    package var year: Int?
    /// How far a project is.
    package enum State: String, Sendable, CaseIterable { case idea, study, building, running, stopped }
    /// A project.
    package init(id: String) { self.id = id }
  }
  /// An association.
  package init() {}
}

/// One machine of several owners, with a calendar of use.
package struct SharedEquipment: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Free text.
  package var name = ""
  /// Share of each owner [-], by id of the partner.
  package var owners: [String: Double] = [:]
  /// Days of use in a year by id of the partner [d/y].
  package var days: [String: Double] = [:]
  /// Days on which it can be used in a year [d/y].
  package var available = 365.0
  /// Yearly cost [money/y].
  package var yearlyCost = 0.0
  /// A machine.
  package init(id: String) { self.id = id }
  /// Cost of a partner by his days of use [money/y]; by ownership where nobody uses it.
  package func cost(of partner: String) -> Double {
    let all = days.values.reduce(0, +)
    return yearlyCost * (all > 0 ? days[partner, default: 0] / all : owners[partner, default: 0])
  }
}

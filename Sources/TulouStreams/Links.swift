/// What turns a stream that does not fit into one that does: a booster heat pump, a treatment of water.
package struct Upgrade: Sendable, Equatable {
  /// Id.
  package var id: String
  /// What goes in.
  package var kind: StreamKind
  /// What comes out.
  package var delivers: StreamKind
  /// Least temperature of what goes in [degC], for heat; nil: any.
  package var from: Double?
  /// Temperature of what comes out [degC], for heat and cold; nil: unchanged.
  package var to: Double?
  /// What comes out per unit that goes in [-]; 1 + 1/(cop - 1) for a heat pump.
  package var yield = 1.0
  /// Share of each substance that is taken out [-].
  package var removal: [String: Double] = [:]
  /// What running costs per unit that goes in [money/kWh or money/t], driving energy included.
  package var operation = 0.0
  /// CO2 of running per unit that goes in [kg/kWh or kg/t].
  package var emission = 0.0
  /// Energy from outside per unit that goes in [kWh/kWh or kWh/t].
  package var outsideEnergy = 0.0
  /// What a unit of size costs a year [money/kW/y or money h/t/y].
  package var yearlyPerCapacity = 0.0
  /// What it costs a year whatever its size [money/y].
  package var yearlyFixed = 0.0

  /// An upgrade that changes nothing yet.
  package init(id: String, kind: StreamKind, delivers: StreamKind? = nil) {
    self.id = id
    self.kind = kind
    self.delivers = delivers ?? kind
  }
}

/// A way in which a source may serve a sink: what screening leaves, and what matching decides on.
package struct Link: Sendable, Equatable {
  /// Id: `source->sink`, with ` by upgrade` where one is in between.
  package var id: String
  /// Index into `Park.sources`.
  package var source: Int
  /// Index into `Park.sinks`.
  package var sink: Int
  /// Id of the upgrade in between; nil: none.
  package var upgrade: String?
  /// What arrives per unit sent [-].
  package var efficiency = 1.0
  /// What carrying and treating costs per unit sent [money/kWh or money/t].
  package var transport = 0.0
  /// CO2 of that [kg/kWh or kg/t].
  package var emission = 0.0
  /// Energy from outside of that [kWh/kWh or kWh/t].
  package var outsideEnergy = 0.0
  /// What it costs a year once it is built [money/y].
  package var fixed = 0.0
  /// What a unit of size costs a year [money/kW/y or money h/t/y].
  package var perCapacity = 0.0
  /// Least size once it is built [kW or t/h].
  package var smallest = 0.0
  /// Greatest size [kW or t/h].
  package var largest: Double
  /// Least amount sent in a year once it is built [kWh or t].
  package var minimum = 0.0
  /// Share of each substance that is taken out on the way [-].
  package var removal: [String: Double] = [:]
  /// Loss of temperature on the way [K].
  package var temperatureLoss = 0.0
  /// Temperature at which an upgrade takes heat in, and gives it out [degC].
  package var upgradeFrom: Double?, upgradeTo: Double?
  /// Length [m], if known.
  package var length: Double?

  /// A link.
  package init(id: String, source: Int, sink: Int, largest: Double) {
    self.id = id
    self.source = source
    self.sink = sink
    self.largest = largest
  }
}

/// A trench or pipe that several links share.
package struct Trench: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Ids of the links in it.
  package var links: [String]
  /// What it costs a year once a link in it is built [money/y].
  package var fixed: Double
  /// Greatest sum of sizes in it [kW or t/h].
  package var largest: Double

  /// A trench.
  package init(id: String, links: [String], fixed: Double, largest: Double = .infinity) {
    self.id = id
    self.links = links
    self.fixed = fixed
    self.largest = largest
  }
}

/// What two partners have signed about streams.
package struct StreamAgreement: Sendable, Equatable {
  /// Id.
  package var id: String
  /// Ids of the two partners, giver first.
  package var giver: String, taker: String
  /// Ids of the sources that it is about.
  package var streams: [String]
  /// Least share of the source's yearly amount [-].
  package var minimumShare = 0.0
  /// Least yearly amount [kWh or t], in place of a share.
  package var minimumAmount: Double?
  /// Years that it runs; nil: not said.
  package var years: Double?
  /// Price [money/kWh or money/t], if one is named.
  package var price: Double?
  /// Free text.
  package var name = ""

  /// An agreement.
  package init(id: String, giver: String, taker: String, streams: [String]) {
    self.id = id
    self.giver = giver
    self.taker = taker
    self.streams = streams
  }
}

extension StreamAgreement {
  /// Whether it is about a link.
  package func covers(_ link: Link, in park: Park) -> Bool {
    park.giver(of: link) == giver && park.taker(of: link) == taker && streams.contains(park.sources[link.source].id)
  }

  /// Least amount that its links send in a year [kWh or t].
  package func minimum(in park: Park) -> Double {
    minimumAmount
      ?? minimumShare
      * park.sources.filter { $0.partner == giver && streams.contains($0.id) }.reduce(0) { $0 + park.yearly($1.supply) }
  }
}

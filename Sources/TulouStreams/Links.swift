/// What turns a stream that does not fit into one that does: a booster heat pump, a treatment of water.
public struct Upgrade: Sendable, Equatable {
  /// Id.
  public var id: String
  /// What goes in.
  public var kind: StreamKind
  /// What comes out.
  public var delivers: StreamKind
  /// Least temperature of what goes in [degC], for heat; nil: any.
  public var from: Double?
  /// Temperature of what comes out [degC], for heat and cold; nil: unchanged.
  public var to: Double?
  /// What comes out per unit that goes in [-]; 1 + 1/(cop - 1) for a heat pump.
  public var yield = 1.0
  /// Share of each substance that is taken out [-].
  public var removal: [String: Double] = [:]
  /// What running costs per unit that goes in [money/kWh or money/t], driving energy included.
  public var operation = 0.0
  /// CO2 of running per unit that goes in [kg/kWh or kg/t].
  public var emission = 0.0
  /// Energy from outside per unit that goes in [kWh/kWh or kWh/t].
  public var outsideEnergy = 0.0
  /// What a unit of size costs a year [money/kW/y or money h/t/y].
  public var yearlyPerCapacity = 0.0
  /// What it costs a year whatever its size [money/y].
  public var yearlyFixed = 0.0

  /// An upgrade that changes nothing yet.
  public init(id: String, kind: StreamKind, delivers: StreamKind? = nil) {
    self.id = id
    self.kind = kind
    self.delivers = delivers ?? kind
  }
}

/// A way in which a source may serve a sink: what screening leaves, and what matching decides on.
public struct Link: Sendable, Equatable {
  /// Id: `source->sink`, with ` by upgrade` where one is in between.
  public var id: String
  /// Index into `Park.sources`.
  public var source: Int
  /// Index into `Park.sinks`.
  public var sink: Int
  /// Id of the upgrade in between; nil: none.
  public var upgrade: String?
  /// What arrives per unit sent [-].
  public var efficiency = 1.0
  /// What carrying and treating costs per unit sent [money/kWh or money/t].
  public var transport = 0.0
  /// CO2 of that [kg/kWh or kg/t].
  public var emission = 0.0
  /// Energy from outside of that [kWh/kWh or kWh/t].
  public var outsideEnergy = 0.0
  /// What it costs a year once it is built [money/y].
  public var fixed = 0.0
  /// What a unit of size costs a year [money/kW/y or money h/t/y].
  public var perCapacity = 0.0
  /// Least size once it is built [kW or t/h].
  public var smallest = 0.0
  /// Greatest size [kW or t/h].
  public var largest: Double
  /// Least amount sent in a year once it is built [kWh or t].
  public var minimum = 0.0
  /// Share of each substance that is taken out on the way [-].
  public var removal: [String: Double] = [:]
  /// Loss of temperature on the way [K].
  public var temperatureLoss = 0.0
  /// Temperature at which an upgrade takes heat in, and gives it out [degC].
  public var upgradeFrom: Double?, upgradeTo: Double?
  /// Length [m], if known.
  public var length: Double?

  /// A link.
  public init(id: String, source: Int, sink: Int, largest: Double) {
    self.id = id
    self.source = source
    self.sink = sink
    self.largest = largest
  }
}

/// A trench or pipe that several links share.
public struct Trench: Sendable, Equatable {
  /// Id.
  public var id: String
  /// Ids of the links in it.
  public var links: [String]
  /// What it costs a year once a link in it is built [money/y].
  public var fixed: Double
  /// Greatest sum of sizes in it [kW or t/h].
  public var largest: Double

  /// A trench.
  public init(id: String, links: [String], fixed: Double, largest: Double = .infinity) {
    self.id = id
    self.links = links
    self.fixed = fixed
    self.largest = largest
  }
}

/// What two partners have signed about streams.
public struct StreamAgreement: Sendable, Equatable {
  /// Id.
  public var id: String
  /// Ids of the two partners, giver first.
  public var giver: String, taker: String
  /// Ids of the sources that it is about.
  public var streams: [String]
  /// Least share of the source's yearly amount [-].
  public var minimumShare = 0.0
  /// Least yearly amount [kWh or t], in place of a share.
  public var minimumAmount: Double?
  /// Years that it runs; nil: not said.
  public var years: Double?
  /// Price [money/kWh or money/t], if one is named.
  public var price: Double?
  /// Free text.
  public var name = ""

  /// An agreement.
  public init(id: String, giver: String, taker: String, streams: [String]) {
    self.id = id
    self.giver = giver
    self.taker = taker
    self.streams = streams
  }
}

extension StreamAgreement {
  /// Whether it is about a link.
  public func covers(_ link: Link, in park: Park) -> Bool {
    park.giver(of: link) == giver && park.taker(of: link) == taker && streams.contains(park.sources[link.source].id)
  }

  /// Least amount that its links send in a year [kWh or t].
  public func minimum(in park: Park) -> Double {
    minimumAmount
      ?? minimumShare
      * park.sources.filter { $0.partner == giver && streams.contains($0.id) }.reduce(0) { $0 + park.yearly($1.supply) }
  }
}

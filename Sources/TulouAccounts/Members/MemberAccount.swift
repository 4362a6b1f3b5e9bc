/// Energy and money of one member, or of the commons (id empty). Yearly amounts are levelised over the lifetime.
public struct MemberAccount: Sendable, Equatable {
  /// Id; empty: the commons.
  public var id: String
  /// Free text.
  public var name: String
  /// Kind of member; `commons` for the commons.
  public var kind: String
  /// Served by carrier [kWh/y].
  package var served: [ClassEnergy] = []
  /// Own production by carrier (sources and converters) [kWh/y].
  package var produced: [ClassEnergy] = []
  /// Trade by carrier.
  package var trade: [MemberTrade] = []
  /// Cash by kind, internal payments included [money/y]; paid positive.
  package var costs: [MemberCost] = []
  /// Sum of `costs` [money/y].
  public var ownCost = 0.0
  /// Part of the commons' result that falls to it [money/y].
  public var commonsCost = 0.0
  /// ownCost + commonsCost [money/y].
  public var costInCluster = 0.0
  /// What it would pay alone on its own market [money/y]; nil where that is not known.
  public var costAlone: Double?
  /// costAlone - costInCluster [money/y].
  public var benefit: Double?
  /// Real rate by which it discounts: its own, else the project's [1/y].
  public var discountRate = 0.0
  /// What the benefit of all years is worth to it today: the costs alone less its payments, each discounted at `discountRate`
  /// [money]; nil where the cost alone is not known.
  public var presentBenefit: Double?
  /// Capital of its new plant [money].
  public var investment = 0.0
  /// Payments by display year, year 0 first, internal payments and its part of the commons included [money].
  public var cashByYear: [Double] = []
  /// An account.
  public init(id: String, name: String, kind: String) {
    self.id = id
    self.name = name
    self.kind = kind
  }
}

/// What a member buys and sells of a carrier.
package struct MemberTrade: Sendable, Equatable {
  /// Carrier.
  package var carrier: String
  /// Bought from other members [kWh/y].
  package var boughtInside = 0.0
  /// Sold to other members [kWh/y].
  package var soldInside = 0.0
  /// Bought on the market [kWh/y].
  package var boughtOutside = 0.0
  /// Sold on the market [kWh/y].
  package var soldOutside = 0.0
  /// Paid (positive) or received for the inside part [money/y].
  package var insidePayment = 0.0
  /// A trade.
  package init(carrier: String) { self.carrier = carrier }
}

/// Cash of a member by kind.
package struct MemberCost: Sendable, Equatable {
  /// What for.
  package var kind: CostKind
  /// Per year, levelised [money/y].
  package var annual: Double
  /// A cost.
  package init(kind: CostKind, annual: Double) {
    self.kind = kind
    self.annual = annual
  }
}

/// Share of a member in the commons' result.
public struct MemberShare: Sendable, Equatable {
  /// Member.
  public var id: String
  /// Share [-]; all add up to 1.
  public var share: Double
  /// A share.
  public init(id: String, share: Double) {
    self.id = id
    self.share = share
  }
}

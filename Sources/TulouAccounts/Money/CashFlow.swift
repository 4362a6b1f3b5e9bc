import TulouFinance
package import TulouTechnologies

/// What a payment is for.
package enum CostKind: String, Sendable, CaseIterable, Comparable {
  /// New plant.
  case capital
  /// Plant that takes the place of worn plant.
  case replacement
  /// Rest value at the end (received).
  case salvage
  /// Yearly operation of a size.
  case operation
  /// Operation by output.
  case variable
  /// Fuel bought.
  case fuel
  /// Electricity, heat or other energy bought.
  case purchase
  /// Sold outside (received).
  case sale
  /// Charge on the highest purchase of a month.
  case demandCharge = "demand_charge"
  /// Paid each month whatever is bought.
  case fixedCharge = "fixed_charge"
  /// Price of fossil emissions.
  case carbon
  /// Price of other pollutants.
  case pollutants
  /// Paid per kWh through a meter.
  case networkCharge = "network_charge"
  /// Paid by the public (received), or to it.
  case policy
  /// Between members: sums to zero.
  case `internal`

  /// In the order of declaration.
  package static func < (a: CostKind, b: CostKind) -> Bool { a.order < b.order }
  private var order: Int { CostKind.allCases.firstIndex(of: self) ?? 0 }
}

/// A payment: paid positive, received negative.
public struct CashFlowRow: Sendable, Equatable {
  /// Component, market or demand it belongs to.
  public var id: String
  /// Who pays; empty: the commons.
  public var member: String
  /// What it is for.
  package var kind: CostKind
  /// Stage it belongs to; empty without stages.
  public var stage = ""
  /// Exact time after the start [y]; replacements fall at fractions of years.
  public var time: Double
  /// Year for display: 0 at the start, otherwise the year in which `time` falls (its end for yearly amounts).
  public var year: Int
  /// Amount in real money of the price year.
  public var amount: Double
  /// Its present worth.
  public var discounted: Double
  /// A payment.
  package init(
    id: String, member: String, kind: CostKind, stage: String = "", time: Double, year: Int, amount: Double,
    discounted: Double
  ) {
    self.id = id
    self.member = member
    self.kind = kind
    self.stage = stage
    self.time = time
    self.year = year
    self.amount = amount
    self.discounted = discounted
  }
}

/// Cost of one component or market of one kind.
public struct CostLine: Sendable, Equatable {
  /// Component, market or demand.
  public var id: String
  /// Who pays; empty: the commons.
  public var member: String
  /// What for.
  package var kind: CostKind
  /// Per year, levelised [money/y].
  public var annual: Double
  /// Present worth over the lifetime [money].
  public var present: Double
  /// A line.
  package init(id: String, member: String, kind: CostKind, annual: Double, present: Double) {
    self.id = id
    self.member = member
    self.kind = kind
    self.annual = annual
    self.present = present
  }
}

/// What would be without the project, and how the project compares.
public struct ReferenceAccount: Sendable, Equatable {
  /// Cash per year, levelised [money/y].
  public var annualCost = 0.0
  /// Its present worth [money].
  public var netPresentCost = 0.0
  /// Fossil emission, mean over the years [kg/y].
  public var emission = 0.0
  /// What serves it and of which nobody says what it emits; `reference-heat` is its boiler.
  public var withoutFactor: [String] = []
  /// Pollutants other than CO2, mean over the years [kg/y].
  package var pollutants: [Pollutant: Double] = [:]
  /// Reference cost less the project's, year by year (year 0 first); positive: the project saves [money].
  public var savings: [Double] = []
  /// Rate at which the savings are worth zero [1/y]; nil without a change of sign.
  public var internalRate: Double?
  /// Mean yearly saving per extra capital [1/y]; nil without extra capital.
  public var returnOnInvestment: Double?
  /// Year in which the savings' sum reaches zero [y]; nil: never.
  public var paybackSimple: Double?
  /// The same discounted [y].
  public var paybackDiscounted: Double?
  /// Demands that the reference cannot price, with why.
  public var missing: [String] = []
  /// Nothing yet.
  public init() {}
}

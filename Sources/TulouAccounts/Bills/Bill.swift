import TulouProblem

/// What a market charges for given purchases and sales, computed apart from the optimiser; prices of year 1.
public struct Bill: Sendable, Equatable {
  /// Market.
  public var market: String
  /// Its months, in order.
  package var months: [BillMonth] = []
  /// Energy charge over the horizon [money].
  public var energyCharge = 0.0
  /// Earned by sale over the horizon [money], positive.
  public var saleIncome = 0.0
  /// Demand charges over the horizon [money].
  public var demandCharge = 0.0
  /// Demand charges over the horizon by rate, in the order of the market's charges [money].
  public var demandChargeByRate: [Double] = []
  /// Fixed charges over the horizon [money].
  public var fixedCharge = 0.0
  /// What least bills add over the horizon [money].
  public var minimumCharge = 0.0
  /// energyCharge + demandCharge + fixedCharge + minimumCharge - saleIncome [money].
  public var total = 0.0
  /// What the plan, or the rule, counts for this market over the horizon by its own reading of the tariff [money]; nil where
  /// there is no such reading.
  public var believed: Double?
  /// Energy charge of each step of tariffs in time order [money per kWh bought], zero where nothing is bought.
  public var hourlyBuyPrice: [Double] = []
  /// Income of each step by sale [money per kWh sold], zero where nothing is sold.
  public var hourlySellPrice: [Double] = []
  /// A bill.
  public init(market: String) { self.market = market }
  /// The largest sum of money that the plan turns over in the horizon, zero where nobody says it: a hundred millionth of it is what
  /// a solver leaves of zero, which is no difference even where this contract costs nothing.
  package var planned = 0.0
  /// `(total - believed)` over all that is paid and earned, or a hundredth of what the plan turns over, if both are known [-].
  public var difference: Double? {
    believed.map { Dust.cleaned((total - $0) / max(turnover, abs($0), 0.01 * planned, 1e-3), scale: 1) }
  }
  /// All that is paid and earned [money]: what a difference is measured against.
  private var turnover: Double {
    abs(energyCharge) + abs(saleIncome) + demandCharge + fixedCharge + minimumCharge
  }
}

/// What a rate of a tariff brought in a month: a band of time, a tier of energy, or all hours alike.
package struct BillRate: Sendable, Equatable {
  /// Name of the band, `tier 1` and so on, or `all`.
  package var name: String
  /// Bought and sold [kWh].
  package var bought = 0.0, sold = 0.0
  /// Energy charge, and what was earned by sale (positive) [money].
  package var energyCharge = 0.0, saleIncome = 0.0
  /// A rate without any energy.
  package init(_ name: String) { self.name = name }
}

/// A month of a bill.
package struct BillMonth: Sendable, Equatable {
  /// The month, e.g. `2027-01`.
  package var month: String
  /// Share of the month that the horizon stands for [-] (rule M4).
  package var share: Double
  /// Bought [kWh].
  package var bought = 0.0
  /// Sold [kWh].
  package var sold = 0.0
  /// Bought by band, in the order of the tariff's bands [kWh]; empty without bands.
  package var boughtByBand: [ClassEnergy] = []
  /// Bought by tier [kWh]; empty without tiers.
  package var boughtByTier: [Double] = []
  /// What each rate of the tariffs brought, in the order of purchase then sale; sums are those of the month.
  package var rates: [BillRate] = []
  /// Energy charge [money].
  package var energyCharge = 0.0
  /// Earned by sale [money], positive.
  package var saleIncome = 0.0
  /// Highest purchase [kW].
  package var peak = 0.0
  /// Power that is billed, by demand charge; zero in a month that is not billed [kW].
  package var billedPeaks: [Double] = []
  /// What each demand charge comes to [money].
  package var demandChargeByRate: [Double] = []
  /// Step in which the peak of each demand charge lies; nil: none counts.
  package var peakSteps: [Int?] = []
  /// Demand charges [money].
  package var demandCharge = 0.0
  /// Fixed charge [money].
  package var fixedCharge = 0.0
  /// What a least bill adds [money].
  package var minimumCharge = 0.0
  /// Energy of a surplus that is carried into the next month [kWh].
  package var carried = 0.0
  /// A month.
  package init(month: String, share: Double) {
    self.month = month
    self.share = share
  }
}

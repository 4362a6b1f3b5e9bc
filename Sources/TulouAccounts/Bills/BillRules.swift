public import TulouTechnologies

/// All that a bill depends on, beyond what a project file can say: net metering by month, ratchets that look back on
/// some months, tiers of demand charges, coincident peaks.
public struct BillRules: Sendable, Equatable {
  /// Over which time purchases and sales are set off against each other.
  public enum Netting: Sendable { case none, monthly }

  /// A charge on a highest purchase.
  public struct Demand: Sendable, Equatable {
    /// Which months raise the billed power of the others.
    public enum Lookback: Sendable, Equatable {
      /// The highest month of the horizon.
      case all
      /// These calendar months only (1...12).
      case months(Set<Int>)
      /// The given number of months before, running round the year.
      case previous(Int)
    }
    /// Rate by month of the year, 12 values, or one for all [money/kW/month].
    public var rates: [Double]
    /// Tiers of the billed power [kW] with their rates, in place of `rates`; the last has no `upTo`.
    public var tiers: [Market.Tier] = []
    /// Least billed power [kW].
    public var minimum = 0.0
    /// Share of the look-back peak that is billed at least [-].
    public var ratchet = 0.0
    /// Months that count for the ratchet.
    public var lookback = Lookback.all
    /// Steps in which purchases count; nil: all.
    public var steps: [Bool]?
    /// Whether the charge falls once on the whole horizon (coincident peaks of a season) instead of each month.
    public var once = false
    /// A charge.
    public init(rates: [Double]) { self.rates = rates }
    func rate(month: Int) -> Double { rates.count == 12 ? rates[month - 1] : rates.first ?? 0 }
  }

  /// Purchase tariff; nil: nothing can be bought.
  public var buy: Market.Tariff?
  /// Sale tariff; nil: nothing can be sold.
  public var sell: Market.Tariff?
  /// Charges on peaks.
  public var demands: [Demand] = []
  /// Paid each month [money/month].
  public var fixedPerMonth = 0.0
  /// Setting off.
  public var netting = Netting.none

  /// Rules from their tariffs.
  public init(buy: Market.Tariff?, sell: Market.Tariff? = nil) {
    self.buy = buy
    self.sell = sell
  }

  /// The rules of a market of a project.
  public init(_ market: Market) {
    buy = market.buy
    sell = market.sell
    fixedPerMonth = market.fixedChargePerMonth
    demands = market.demandCharges.map { charge in
      var demand = Demand(rates: [charge.rate])
      demand.minimum = charge.minimum
      demand.ratchet = charge.ratchet
      demand.steps = charge.steps
      return demand
    }
  }
}

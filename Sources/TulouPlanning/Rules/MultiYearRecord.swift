package import TulouAccounts
import TulouFinance
package import TulouTechnologies

/// A project simulated year by year: what each year is like, its cash flow, replacements by use, and quantiles.
package struct MultiYearRecord: Sendable, Equatable {
  /// One year of the project's life.
  package struct Year: Sendable, Equatable {
    /// From 1.
    package var year: Int
    /// Electricity wanted [kWh/y].
    package var demand: Double
    /// Not served [kWh/y].
    package var unserved: Double
    /// Penalties of what is not served and of limits that are broken at a price [money].
    package var penalties: Double
    /// Limits on what is served, as this year comes to them.
    package var limits: [MeasuredLimit]
    /// Bought electricity [kWh/y].
    package var bought: Double
    /// Fuel burnt by generators [kWh/y].
    package var fuel: Double
    /// Output of sources, after what was thrown away [kWh/y].
    package var sources: Double
    /// Renewable fraction as the accounts define it [-]; nil: none.
    package var renewableFraction: Double?
    /// Cash of the year: operation, fuel, purchases less sales, replacements; capital and salvage apart [money].
    package var cash: Double
    /// Content left of each storage in the year, by component, in the order of the project [-].
    package var contents: [(id: String, left: Double)]

    /// A year.
    package init(
      year: Int,
      demand: Double,
      unserved: Double,
      penalties: Double,
      limits: [MeasuredLimit],
      bought: Double,
      fuel: Double,
      sources: Double,
      renewableFraction: Double? = nil,
      cash: Double,
      contents: [(id: String, left: Double)]
    ) {
      self.year = year
      self.demand = demand
      self.unserved = unserved
      self.penalties = penalties
      self.limits = limits
      self.bought = bought
      self.fuel = fuel
      self.sources = sources
      self.renewableFraction = renewableFraction
      self.cash = cash
      self.contents = contents
    }

    /// Whether two are the same.
    package static func == (a: Year, b: Year) -> Bool {
      a.year == b.year && a.demand == b.demand && a.unserved == b.unserved && a.penalties == b.penalties
        && a.limits == b.limits && a.bought == b.bought && a.fuel == b.fuel
        && a.sources == b.sources && a.renewableFraction == b.renewableFraction && a.cash == b.cash
        && a.contents.map(\.id) == b.contents.map(\.id) && a.contents.map(\.left) == b.contents.map(\.left)
    }
  }

  /// A replacement.
  package struct Replacement: Sendable, Equatable {
    /// Component.
    package var id: String
    /// Part of it (`power`, `energy`), or empty.
    package var part: Size.Part
    /// When [y].
    package var time: Double
    /// `calendar`, `hours`, `throughput` or `fade`.
    package var cause: String
    /// What it costs [money].
    package var cost: Double

    /// A replacement.
    package init(
      id: String,
      part: Size.Part,
      time: Double,
      cause: String,
      cost: Double
    ) {
      self.id = id
      self.part = part
      self.time = time
      self.cause = cause
      self.cost = cost
    }
  }

  /// Quantiles over drawn paths.
  package struct Quantiles: Sendable, Equatable {
    /// What of: `net_present_cost`, `unserved_energy`, `worst_year_unserved`.
    package var key: String
    /// Unit.
    package var unit: String
    /// Value that one path in ten stays below; half of them; nine in ten.
    package var p10: Double
    /// See `p10`.
    package var p50: Double
    /// See `p10`.
    package var p90: Double
    /// Mean of all paths.
    package var mean: Double

    /// Quantiles.
    package init(
      key: String,
      unit: String,
      p10: Double,
      p50: Double,
      p90: Double,
      mean: Double
    ) {
      self.key = key
      self.unit = unit
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
      self.mean = mean
    }
  }

  /// Years, in order.
  package var years: [Year]
  /// Every payment, in order of time.
  package var cashFlow: [CashFlowRow]
  /// Present worth of all payments [money].
  package var netPresentCost: Double
  /// The same per year, by the capital recovery factor of these years [money/y].
  package var annualCost: Double
  /// Replacements in order of time.
  package var replacements: [Replacement]
  /// Paths drawn; 0: none were asked for.
  package var samples = 0
  /// What was drawn, in words.
  package var drawn = ""
  /// Quantiles over the paths.
  package var quantiles: [Quantiles] = []

  /// A record.
  package init(
    years: [Year],
    cashFlow: [CashFlowRow],
    netPresentCost: Double,
    annualCost: Double,
    replacements: [Replacement],
    samples: Int = 0,
    drawn: String = "",
    quantiles: [Quantiles] = []
  ) {
    self.years = years
    self.cashFlow = cashFlow
    self.netPresentCost = netPresentCost
    self.annualCost = annualCost
    self.replacements = replacements
    self.samples = samples
    self.drawn = drawn
    self.quantiles = quantiles
  }

  /// Mean of the years' penalties [money/y].
  package var penalties: Double { years.reduce(0) { $0 + $1.penalties } / Double(max(1, years.count)) }

  /// Indicators of these years.
  package func indicators(currency: String) -> [Indicator] {
    var found = [
      Indicator(
        key: "multi_year.net_present_cost", value: netPresentCost, unit: currency,
        definition: "Present worth of the cash flow of \(years.count) years simulated one by one."),
      Indicator(
        key: "multi_year.annual_cost", value: annualCost, unit: currency + "/y",
        definition: "multi_year.net_present_cost times the capital recovery factor of these years."),
      Indicator(
        key: "multi_year.penalties", value: penalties, unit: currency + "/y",
        definition:
          "Mean over these years of penalties for what is not served and for limits that are broken at a price."),
    ]
    for quantile in quantiles {
      for (name, value) in [("p10", quantile.p10), ("p50", quantile.p50), ("p90", quantile.p90)] {
        found.append(
          Indicator(
            key: "multi_year.\(quantile.key).\(name)", value: value, unit: quantile.unit,
            definition: "Quantile over \(samples) paths: \(drawn)."))
      }
    }
    return found
  }
}

/// What the caller asks of a simulation year by year.
public struct MultiYearOptions: Sendable, Equatable {
  /// Number of years.
  public var years: Int
  /// Paths drawn over weather years and prices; 0: none.
  public var samples = 0
  /// Standard deviation of the yearly change of each market's prices [-].
  public var priceVolatility = 0.0
  /// So many years, nothing drawn.
  public init(years: Int) { self.years = years }
}

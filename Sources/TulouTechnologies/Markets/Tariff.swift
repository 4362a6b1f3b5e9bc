/// What a market charges and pays, in the words of the file: nothing of it is resolved to steps.
///
/// Bills are computed from these words alone. The plan works with what the reader resolved (`Market.buy`,
/// `Market.demandCharges`), so that each of the two readings checks the other.
package struct Tariff: Sendable, Equatable {
  /// Price of what is bought; nil: nothing can be bought.
  package var buy: EnergyPrice?
  /// Price of what is sold; nil: nothing can be sold.
  package var sell: EnergyPrice?
  /// Charges on highest powers.
  package var demandCharges: [DemandCharge] = []
  /// Paid whatever is bought.
  package var fixedCharges: [FixedCharge] = []
  /// Least sum of energy, demand and fixed charges of a month [money/month].
  package var minimumPerMonth = 0.0
  /// How purchases and sales are set off against each other; nil: each hour is paid by itself.
  package var netMetering: NetMetering?
  /// A tariff that charges nothing.
  package init() {}

  /// A charge on a highest power.
  package struct DemandCharge: Sendable, Equatable {
    /// What it costs and how it is measured.
    package var terms: PeakTerms
    /// Hours and days that count, without months (these are `terms.months`): what any of them takes; empty: all.
    package var times: [CalendarWords] = []
    /// Starts of the steps that count, civil time; empty: all that `times` take (coincident peaks name theirs).
    package var at: [CivilMoment] = []
    /// Steps that count, of a market made in code; nil: what `times` and `at` say.
    package var steps: [Bool]?
    /// A charge.
    package init(_ terms: PeakTerms) { self.terms = terms }
  }

  /// A charge that does not depend on what is bought.
  package struct FixedCharge: Sendable, Equatable {
    /// What it is paid by.
    package enum Period: String, Sendable { case month, day }
    /// Amount [money per month or day].
    package var amount: Double
    /// What it is paid by.
    package var per: Period
    /// A charge.
    package init(_ amount: Double, per: Period) {
      self.amount = amount
      self.per = per
    }
  }
}

/// A price of energy as it is written: one of five forms.
package struct EnergyPrice: Sendable, Equatable {
  /// The forms.
  package enum Form: Sendable, Equatable {
    /// One price for all hours.
    case constant(Double)
    /// One price a step of the horizon.
    case series([Double])
    /// A price for each month of the year, 12 values.
    case monthly([Double])
    /// Bands over the calendar.
    case bands([Band])
    /// Tiers of a month's energy.
    case tiers([Tier])
  }

  /// Hours of one price, or of one list of tiers.
  package struct Band: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// When it holds.
    package var time: CalendarWords
    /// One tier, or several.
    package var tiers: [Tier]
    /// A band.
    package init(_ name: String, _ time: CalendarWords, tiers: [Tier]) {
      self.name = name
      self.time = time
      self.tiers = tiers
    }
  }

  /// A price up to an energy of the month.
  package struct Tier: Sendable, Equatable {
    /// Cumulative energy of the month up to which it holds [kWh]; nil: all above.
    package var upTo: Double?
    /// Price [money/kWh].
    package var price: Double
    /// A tier.
    package init(upTo: Double? = nil, price: Double) {
      self.upTo = upTo
      self.price = price
    }
  }

  /// How it is written; prices before `scale`.
  package var form: Form
  /// Factor on every price.
  package var scale = 1.0
  /// Real yearly growth [1/y].
  package var escalation = 0.0
  /// What fills the tiers of bands.
  package var tiersCount = TiersCount.month
  /// A price.
  package init(_ form: Form) { self.form = form }

  /// Names of its bands; empty without bands.
  package var bandNames: [String] {
    if case .bands(let bands) = form { bands.map(\.name) } else { [] }
  }
}

/// What fills the tiers of a tariff with bands.
package enum TiersCount: String, Sendable, CaseIterable {
  /// All energy of the month, over all bands, in the order of time: each hour pays its band's price of the tier reached.
  case month
  /// The energy of each band by itself.
  case band
}

/// How purchases and sales are set off against each other as energy, band by band.
package struct NetMetering: Sendable, Equatable {
  /// Over which time.
  package enum Period: String, Sendable, CaseIterable { case month, year }
  /// What happens to what was sold beyond what was bought.
  package enum Surplus: String, Sendable, CaseIterable {
    /// It is paid at the price of sale.
    case paid
    /// It is set off as energy in the next month; what is left after the last month is paid `trueUp`.
    case carried
    /// It is lost.
    case lost
  }
  /// Over which time.
  package var period: Period
  /// What happens to a surplus.
  package var surplus: Surplus
  /// Paid for what is left after the last month of the year [money/kWh].
  package var trueUp = 0.0
  /// The last month of the year of set-off, 1...12.
  package var lastMonth = 12
  /// Setting off over a period.
  package init(_ period: Period, surplus: Surplus) {
    self.period = period
    self.surplus = surplus
  }
}

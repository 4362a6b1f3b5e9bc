/// What a charge on a highest power costs and how the power is measured; hours and days apart.
///
/// billed_m = max(peak_m, minimum, ratchet x highest peak among the months looked at), for each month m that is billed.
package struct PeakTerms: Sendable, Equatable {
  /// Which flow is measured.
  package enum Flow: String, Sendable, CaseIterable {
    /// What is bought.
    case purchase
    /// What is sold.
    case sale
    /// Purchase plus sale.
    case both
  }

  /// How often it is paid.
  package enum Period: Sendable { case month, year }

  /// A tier of the billed power.
  package struct PowerTier: Sendable, Equatable {
    /// Cumulative power up to which it holds [kW]; nil: all above.
    package var upTo: Double?
    /// Rate of what lies in it [money/kW/month].
    package var rate: Double
    /// A tier.
    package init(upTo: Double?, rate: Double) {
      self.upTo = upTo
      self.rate = rate
    }
  }

  /// A step of a fee that depends on the billed power.
  package struct FeeStep: Sendable, Equatable {
    /// Power below which it holds [kW]; nil: all from the step before on. A power equal to it belongs to the next step.
    package var upTo: Double?
    /// Fee [money/month].
    package var fee: Double
    /// A step.
    package init(upTo: Double?, fee: Double) {
      self.upTo = upTo
      self.fee = fee
    }
  }

  /// The rate by month of the year, 12 values, or one for all [money/kW per month or year].
  package var rates: [Double]
  /// Tiers of the billed power, in place of `rates`.
  package var tiers: [PowerTier] = []
  /// Steps of a fee, in place of `rates`.
  package var feeSteps: [FeeStep] = []
  /// How often it is paid: each month on its own peak, or each year on the year's.
  package var period = Period.month
  /// Least billed power [kW].
  package var minimum = 0.0
  /// Share of the highest peak among the months looked at that each month is billed at least [-]; 0: no ratchet.
  package var ratchet = 0.0
  /// Months of the year whose peaks the ratchet looks at; nil: all months of the horizon.
  package var ratchetMonths: Set<Int>?
  /// How many months before the ratchet looks back, in place of `ratchetMonths`; the months run round the horizon.
  package var lookBack: Int?
  /// Months of the year that are billed; nil: all.
  package var months: Set<Int>?
  /// Time over which power is averaged, in blocks from midnight [h]; nil: the step.
  package var interval: Double?
  /// Which flow is measured.
  package var flow = Flow.purchase
  /// Measured is the mean of so many highest daily peaks of a month, of different days; nil: the one highest peak.
  package var highestDays: Int?
  /// Real yearly growth [1/y].
  package var escalation = 0.0

  /// One rate for all months.
  package init(rate: Double) { rates = [rate] }
  /// A rate for each month of the year.
  package init(rates: [Double]) { self.rates = rates }

  /// The rate of a month of the year.
  package func rate(month: Int) -> Double { rates.count == 12 ? rates[month - 1] : rates.first ?? 0 }
  /// Whether a month of the year is billed.
  package func bills(_ month: Int) -> Bool { months?.contains(month) ?? true }
  /// Whether the ratchet looks at a month of the year.
  package func looks(at month: Int) -> Bool { ratchetMonths?.contains(month) ?? true }
  /// Multiplies what is paid.
  package mutating func scale(by factor: Double) {
    rates = rates.map { $0 * factor }
    for i in tiers.indices { tiers[i].rate *= factor }
    for i in feeSteps.indices { feeSteps[i].fee *= factor }
  }
}

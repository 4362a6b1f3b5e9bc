package import TulouQuantities

/// A calendar month of which the horizon holds a step, by the clock on the wall.
package struct BillingMonth: Sendable, Equatable {
  /// Key, e.g. `2027-01`.
  package var key: String
  /// Month 1...12.
  package var month: Int
  /// Steps of the horizon in it, ascending.
  package var steps: [Int]
  /// Share of the month that the horizon stands for [-]: sum of weight x dt / hours of the month. A whole month is 1;
  /// a cut month is less; a representative week that stands for the whole year is more. Charges per month are in
  /// proportion to it (rule M4).
  package var share: Double
  /// Year.
  package var year: Int { Int(key.prefix(4)) ?? 1 }
  /// Days of the whole month.
  package var days: Double { Double(CivilDate.days(inMonth: month, of: year)) }
  /// Hours of the whole month.
  package var hours: Double { days * 24 }
}

/// Hours of a calendar year, as its months count them.
func yearHours(_ year: Int) -> Double { Double(CivilDate.hours(inYear: year)) }

/// The billing months of a horizon, in order of time (rule K11: months on the wall, as bills have them).
package func billingMonths(of horizon: Horizon) -> [BillingMonth] {
  horizon.civilMonths.map { month in
    BillingMonth(key: month.key, month: month.month, steps: month.runs.flatMap { Array($0) }, share: month.share)
  }
}

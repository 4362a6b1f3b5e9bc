public import TulouQuantities

/// A calendar month of which the horizon holds a step.
public struct BillingMonth: Sendable, Equatable {
  /// Key, e.g. `2027-01`.
  public var key: String
  /// Month 1...12.
  public var month: Int
  /// Steps of the horizon in it, ascending.
  public var steps: [Int]
  /// Share of the month that the horizon stands for [-]: sum of weight x dt / hours of the month. A whole month is 1;
  /// a cut month is less; a representative week that stands for the whole year is more. Charges per month are in
  /// proportion to it (rule M4).
  public var share: Double
  /// Year.
  public var year: Int { Int(key.prefix(4)) ?? 1 }
  /// Days of the whole month.
  public var days: Double { Double(CivilDate.days(inMonth: month, of: year)) }
  /// Hours of the whole month.
  public var hours: Double { days * 24 }
}

/// Hours of a calendar year, as its months count them.
func yearHours(_ year: Int) -> Double { Double(CivilDate.hours(inYear: year)) }

/// The billing months of a horizon, in order of time.
public func billingMonths(of horizon: Horizon) -> [BillingMonth] {
  var months: [BillingMonth] = []
  var index: [Int: Int] = [:]
  var day = -1
  var current = 0
  for (p, period) in horizon.periods.enumerated() {
    for offset in 0..<period.steps {
      let t = horizon.periodStarts[p] + offset
      let hours = period.startHour + Double(offset) * horizon.stepHours
      let number = period.start.dayNumber + Int(saturating: (hours / 24 + 1e-9).rounded(.down))
      if number != day {
        day = number
        let date = CivilDate(dayNumber: number)
        let code = date.year * 12 + date.month
        if let known = index[code] {
          current = known
        } else {
          current = months.count
          index[code] = current
          months.append(
            BillingMonth(key: String("\(date)".dropLast(3)), month: date.month, steps: [], share: 0))
        }
      }
      months[current].steps.append(t)
      months[current].share += period.weight
    }
  }
  for m in months.indices {
    months[m].share = months[m].share * horizon.stepHours / months[m].hours
  }
  return months.sorted { $0.key < $1.key }
}

public import TulouQuantities

/// Fits a synthetic profile to what is known of the real demand.
public enum Calibration {
  /// Multiplies each calendar month so that it holds the billed energy.
  ///
  /// - Parameters:
  ///   - series: Power [kW], `count == horizon.steps`.
  ///   - monthly: Energy of the twelve months [kWh].
  ///   - horizon: Whole calendar years of one period.
  /// - Throws: where a month is billed but the profile is 0 in it, or the horizon is not whole years.
  public static func toMonthlyEnergy(
    _ series: [Double], monthly: [Double], over horizon: Horizon
  ) throws(ProjectFault) -> [Double] {
    guard series.count == horizon.steps, monthly.count == 12, monthly.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw ProjectFault("A calibration needs one power a step and twelve monthly energies that are not negative.")
    }
    let moments = horizon.moments
    var sums: [Int: Double] = [:]
    var hours: [Int: Double] = [:]
    for (t, moment) in moments.enumerated() {
      let month = moment.date.year * 12 + moment.date.month - 1
      sums[month, default: 0] += series[t] * horizon.stepHours
      hours[month, default: 0] += horizon.stepHours
    }
    for (month, covered) in hours {
      let days = CivilDate.days(inMonth: month % 12 + 1, of: month / 12)
      guard abs(covered - Double(days * 24)) < 1e-6 else {
        throw ProjectFault(
          "Monthly bills need whole months, but month \(month % 12 + 1) has \(covered) h of the horizon.")
      }
      guard sums[month, default: 0] > 0 || monthly[month % 12] == 0 else {
        throw ProjectFault("Month \(month % 12 + 1) is billed, but the profile is 0 in it.")
      }
    }
    return series.indices.map { t in
      let month = moments[t].date.year * 12 + moments[t].date.month - 1
      let sum = sums[month, default: 0]
      return sum > 0 ? series[t] * monthly[month % 12] / sum : 0
    }
  }

  /// Gives a profile a known load-duration curve: the same order in time, the curve's values.
  ///
  /// - Parameters:
  ///   - series: Power [kW].
  ///   - exceedance: Shares of time, ascending from 0 to 1.
  ///   - kilowatts: Power reached in these shares [kW], falling; straight between them.
  public static func toDuration(
    _ series: [Double], exceedance: [Double], kilowatts: [Double]
  ) throws(ProjectFault) -> [Double] {
    guard exceedance.count == kilowatts.count, exceedance.count >= 2, exceedance.first == 0, exceedance.last == 1,
      zip(exceedance, exceedance.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(kilowatts, kilowatts.dropFirst()).allSatisfy({ $0 >= $1 }), (kilowatts.last ?? -1) >= 0
    else { throw ProjectFault("A load-duration curve falls over shares of time that ascend from 0 to 1.") }
    let order = series.indices.sorted { (series[$0], $0) > (series[$1], $1) }
    var result = [Double](repeating: 0, count: series.count)
    var piece = 0
    for (rank, t) in order.enumerated() {
      let share = (Double(rank) + 0.5) / Double(series.count)
      while piece < exceedance.count - 2 && exceedance[piece + 1] < share { piece += 1 }
      let a = exceedance[piece], b = exceedance[piece + 1]
      result[t] = kilowatts[piece] + (kilowatts[piece + 1] - kilowatts[piece]) * (share - a) / (b - a)
    }
    return result
  }

  /// Factor of a demand in a calendar year that grows by a rate [1/y] from a base year: `(1 + g)^(year - base)`.
  public static func growth(rate: Double, from base: Int, to year: Int) -> Double {
    var factor = 1.0
    for _ in 0..<abs(year - base) { factor *= 1 + rate }
    return year >= base ? factor : 1 / factor
  }
}

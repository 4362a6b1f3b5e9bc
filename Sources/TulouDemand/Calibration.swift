package import TulouDocument
package import TulouQuantities

/// Fits a synthetic profile to what is known of the real demand.
package enum Calibration {
  /// Factors of the twelve months that make each hold its billed energy.
  ///
  /// Months are those on the wall. In the south of the earth a year of standard time ends in the first hour of the next
  /// January on the wall; that hour counts with the January that it lacks at its begin.
  /// - Parameters:
  ///   - series: Power [kW], `count == year.steps`.
  ///   - monthly: Energy of the twelve months [kWh].
  ///   - year: One whole calendar year.
  /// - Throws: where a month is billed but the profile is 0 in it, or the horizon is no whole year.
  package static func monthlyFactors(
    _ series: [Double], monthly: [Double], over year: Horizon
  ) throws(ProjectFault) -> [Double] {
    guard series.count == year.steps, monthly.count == 12, monthly.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw ProjectFault("A calibration needs one power a step and twelve monthly energies that are not negative.")
    }
    let start = year.periods[0].start
    guard year.periods.count == 1, (start.month, start.day) == (1, 1),
      abs(Double(year.steps) * year.stepHours - Double(CivilDate.hours(inYear: start.year))) < 1e-6
    else { throw ProjectFault("Monthly bills need a whole calendar year.") }
    var sums = [Double](repeating: 0, count: 12)
    for t in series.indices { sums[year.civil(t).date.month - 1] += series[t] * year.stepHours }
    for m in 0..<12 where sums[m] <= 0 && monthly[m] > 0 {
      throw ProjectFault("Month \(m + 1) is billed, but the profile is 0 in it.")
    }
    return (0..<12).map { sums[$0] > 0 ? monthly[$0] / sums[$0] : 0 }
  }

  /// Gives a profile a known load-duration curve: the same order in time, the curve's values.
  ///
  /// - Parameters:
  ///   - series: Power [kW].
  ///   - exceedance: Shares of time, ascending from 0 to 1.
  ///   - kilowatts: Power reached in these shares [kW], falling; straight between them.
  package static func toDuration(
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
  package static func growth(rate: Double, from base: Int, to year: Int) -> Double {
    var factor = 1.0
    for _ in 0..<abs(year - base) { factor *= 1 + rate }
    return year >= base ? factor : 1 / factor
  }
}

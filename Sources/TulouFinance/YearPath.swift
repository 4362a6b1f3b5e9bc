#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A value of each year of the project, such as a carbon price whose path is laid down in law.
///
/// Year 1 is the project's first year. Years after the last given value grow on by `escalation`, factor 1 in that year.
package struct YearPath: Sendable, Equatable {
  /// Values of the first years, from year 1; never empty.
  package var values: [Double]
  /// Real yearly growth after the last of them [1/y].
  package var escalation: Double

  /// A value that grows from year 1 on.
  package init(_ value: Double, escalation: Double = 0) {
    values = [value]
    self.escalation = escalation
  }

  /// Straight between points given by calendar year; the last value holds, or grows by `escalation`.
  ///
  /// Years before the first point have its value.
  /// - Parameters:
  ///   - points: Values by calendar year, at least one.
  ///   - firstYear: Calendar year that is year 1.
  package init(points: [Int: Double], firstYear: Int, escalation: Double = 0) {
    precondition(!points.isEmpty, "a path has a point")
    let years = points.keys.sorted()
    let last = max(years[years.count - 1], firstYear)
    values = (firstYear...last).map { year in
      guard let above = years.first(where: { $0 >= year }) else {
        // Only where every point lies before the project: the last one, grown until now.
        let end = years[years.count - 1]
        return (points[end] ?? 0) * exp(Double(year - end) * log1p(escalation))
      }
      guard let below = years.last(where: { $0 <= year }), below < above else { return points[above] ?? 0 }
      let share = Double(year - below) / Double(above - below)
      return (points[below] ?? 0) * (1 - share) + (points[above] ?? 0) * share
    }
    self.escalation = escalation
  }

  /// The value of year `year`, from 1.
  package func value(year: Int) -> Double {
    let k = max(1, year)
    guard k > values.count, let last = values.last else { return values[k - 1] }
    return escalation == 0 ? last : last * exp(Double(k - values.count) * log1p(escalation))
  }

  /// The value of year 1.
  package var first: Double { values[0] }
  /// Whether it is zero in every year.
  package var isZero: Bool { values.allSatisfy { $0 == 0 } }
}

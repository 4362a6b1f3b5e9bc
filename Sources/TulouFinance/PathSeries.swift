/// A price or factor that may vary over the steps and grow over the years.
package struct PathSeries: Sendable, Equatable {
  /// Value in each step in year 1; count 1 means the same in every step.
  package var values: [Double]
  /// Real yearly growth [1/y]; factor 1 in year 1.
  package var escalation: Double
  /// A path.
  package init(_ values: [Double], escalation: Double = 0) {
    self.values = values
    self.escalation = escalation
  }
  /// A constant path.
  package init(_ value: Double, escalation: Double = 0) { self.init([value], escalation: escalation) }
  /// The value in step t of year 1.
  package subscript(t: Int) -> Double { values.count == 1 ? values[0] : values[t] }
  /// Whether it is zero everywhere.
  package var isZero: Bool { values.allSatisfy { $0 == 0 } }
}

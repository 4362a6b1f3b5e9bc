package import TulouProblem

/// A limit of an hourly problem that may be relaxed to learn why nothing holds.
package struct ElasticLimit: Sendable, Equatable {
  /// Which limit of the problem it is.
  package enum Place: Sendable, Hashable {
    /// Lower limit of an hourly row: something may be missing from the row.
    case rowLower(Int)
    /// Upper limit of an hourly row.
    case rowUpper(Int)
    /// Lower limit of a yearly row.
    case yearlyLower(Int)
    /// Upper limit of a yearly row.
    case yearlyUpper(Int)
    /// One of the upper bounds of a flow.
    case flowUpper(flow: Int, bound: Int)
    /// Least content of a state.
    case contentLower(Int)
    /// Greatest content of a state.
    case contentUpper(Int)
    /// Least size.
    case capacityLower(Int)
    /// Greatest size.
    case capacityUpper(Int)
  }

  /// How a change of a limit that acts in many steps is measured.
  package enum Measure: Sendable, Hashable {
    /// By the largest change in any step, in the unit of the limit: a connection of more kW.
    case peak
    /// By the sum over the horizon, weight and hours included: energy not served.
    case sum
  }

  /// Which limit.
  package var place: Place
  /// Who it belongs to, for the words made from the finding.
  package var label: Label
  /// How its change is measured; yearly rows and sizes have one number only.
  package var measure: Measure
  /// Yearly rows in which the change of an hourly row counts too, once a unit: energy not served is no renewable energy.
  package var yearlyRows: [Int]
  /// For an upper yearly limit on a part of something that the plan decides: that whole. The change is then one of the share,
  /// `form - change whole <= upper`, not of the sum.
  package var whole: LinearForm?

  /// A limit that may be relaxed.
  package init(
    _ place: Place, label: Label, measure: Measure = .peak, countedIn yearlyRows: [Int] = [], whole: LinearForm? = nil
  ) {
    self.place = place
    self.label = label
    self.measure = measure
    self.yearlyRows = yearlyRows
    self.whole = whole
  }
}

import TulouQuantities

extension Project {
  /// Calendar year at time 0: that of the first stage, else of the first period of the horizon.
  public var firstYear: Int { stages.first?.year ?? horizon.periods.first?.start.year ?? 0 }
}

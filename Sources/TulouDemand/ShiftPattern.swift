package import TulouDocument

/// Hours of work of a plant in one, two or three shifts.
package enum ShiftPattern: Int, Sendable, Equatable, CaseIterable {
  /// 08:00-17:00 with a noon break.
  case oneShift = 1
  /// 06:00-22:00.
  case twoShifts = 2
  /// Day and night.
  case threeShifts = 3

  /// Relative power in each hour of a day of work; `base` is what stays on outside the shifts [share of full work].
  package func shape(base: Double) -> [Double] {
    (0..<24).map { hour in
      switch self {
      case .oneShift: hour == 12 ? max(base, 0.5) : (8..<17).contains(hour) ? 1 : base
      case .twoShifts: (6..<22).contains(hour) ? (hour == 11 || hour == 17 ? 0.85 : 1) : base
      case .threeShifts: (8..<20).contains(hour) ? 1 : 0.92
      }
    }
  }

  /// The pattern for a number of shifts.
  package init(shifts: Int) throws(ProjectFault) {
    guard let pattern = ShiftPattern(rawValue: shifts) else {
      throw ProjectFault("A plant works in 1, 2 or 3 shifts, not in \(shifts).")
    }
    self = pattern
  }
}

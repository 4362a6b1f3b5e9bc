/// How a system is run hour by hour. One file a strategy under Rules/.
package enum Strategy: Sendable, Equatable {
  /// Generators make only what demand and reserve need; storages are charged by sources.
  case loadFollowing(order: DispatchOrder = .storageFirst)
  /// A running generator gives all it can, the surplus charges; once it charges it goes on to the set point of the
  /// state of charge (0: none).
  case cycleCharging(setPoint: Double = 0, order: DispatchOrder = .storageFirst)
  /// Cycle charging where the net demand is below this share of the running generators, else load following.
  case combined(threshold: Double, order: DispatchOrder = .storageFirst)
  /// Surplus to the storage, then sold; demand from the storage, then bought; generators only where that fails.
  case selfConsumption
  /// Charges from the grid at or below the low price, discharges at or above the high one.
  case priceThreshold(low: Double, high: Double)
  /// Keeps the purchase at or below this power [kW] by the storage, which is charged again below it; with one value a
  /// step, at or below that of the step.
  case peakShaving(limit: Double, byStep: [Double] = [])

  /// The strategy for a range of the steps.
  package func part(_ range: Range<Int>) -> Strategy {
    guard case .peakShaving(let limit, let byStep) = self, !byStep.isEmpty else { return self }
    return .peakShaving(limit: limit, byStep: Array(byStep[range]))
  }

  /// Whether machines are ranked by cost in each step.
  var comparesCosts: Bool {
    switch self {
    case .loadFollowing(.cheapest), .cycleCharging(_, .cheapest), .combined(_, .cheapest): true
    default: false
    }
  }
}

/// In which order demand is met and generators are started.
package enum DispatchOrder: Sendable, Equatable {
  /// Storages, then the grid, then the generators as listed, as few as suffice.
  case storageFirst
  /// The cheapest combination by running, fuel, wear and purchase cost of the step and what was paid for stored energy; no
  /// look-ahead.
  ///
  /// Source: HOMER manual, dispatch; research/planning.md 2.2 (10).
  case cheapest
}

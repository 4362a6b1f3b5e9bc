public import TulouQuantities

/// Coefficient of performance of heat pumps and chillers from temperatures.
public enum Performance: Sendable, Equatable {
  /// A share of Carnot's: heat `g Th / (Th - Tc)`, cold `g Tc / (Th - Tc)`, temperatures in kelvin, at most `limit`.
  case carnot(share: Double, limit: Double = 8)
  /// A table over source (or sink) temperatures, ascending [degC], straight between points; outside the table its ends
  /// count.
  case table(celsius: [Double], values: [Double])

  /// What is delivered.
  public enum Service: Sendable, Equatable {
    /// Heat at the hot side.
    case heat
    /// Cold at the cold side.
    case cold
  }

  /// Performance for a cold and a hot side per step [degC], `count == cold.count`.
  ///
  /// For heat the cold side is the source; for cold the hot side is where the heat goes. Where the sides are closer than
  /// 5 K the machine still works against 5 K (its heat exchangers).
  /// - Throws: where a value would break the second law (`share` above 1, a table above Carnot), naming the step.
  public func series(cold: [Double], hot: [Double], service: Service) throws(ProjectFault) -> [Double] {
    try validate()
    guard cold.count == hot.count else {
      throw ProjectFault("There are \(cold.count) temperatures of the cold and \(hot.count) of the hot side.")
    }
    var result: [Double] = []
    result.reserveCapacity(cold.count)
    for t in cold.indices {
      guard cold[t] > -200, hot[t] < 500, cold[t].isFinite, hot[t].isFinite else {
        throw ProjectFault(
          "The temperatures of step \(t + 1), \(cold[t]) and \(hot[t]) degC, are not those of a heat pump.")
      }
      let lift = max(5, hot[t] - cold[t])
      let carnot = (service == .heat ? hot[t] + 273.15 : cold[t] + 273.15) / lift
      switch self {
      case .carnot(let share, let limit): result.append(min(limit, share * carnot))
      case .table(let celsius, let values):
        let value = Performance.interpolate(celsius, values, service == .heat ? cold[t] : hot[t])
        guard value <= carnot else {
          throw ProjectFault(
            "A performance of \(value) between \(cold[t]) and \(hot[t]) degC in step \(t + 1) breaks the second law: at most \(carnot)."
          )
        }
        result.append(value)
      }
    }
    return result
  }

  private func validate() throws(ProjectFault) {
    var found: [Diagnostic] = []
    switch self {
    case .carnot(let share, let limit):
      check(share, in: 0.01...1, "share of Carnot's performance", "", &found)
      check(limit, in: 1...50, "largest performance", "", &found)
    case .table(let celsius, let values):
      if celsius.count != values.count || celsius.isEmpty {
        found.append(Diagnostic(.error, "A table of performance needs as many values as temperatures."))
      }
      for i in celsius.indices.dropFirst() where celsius[i] <= celsius[i - 1] {
        found.append(Diagnostic(.error, "The temperatures of a table of performance must ascend."))
      }
      for value in values { check(value, in: 0.1...50, "performance", "", &found) }
    }
    if !found.isEmpty { throw ProjectFault(found) }
  }

  private static func interpolate(_ x: [Double], _ y: [Double], _ at: Double) -> Double {
    guard at > x[0] else { return y[0] }
    for i in x.indices.dropFirst() where at <= x[i] {
      return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1])
    }
    return y[y.count - 1]
  }
}

/// Waste heat that can be used above a return temperature.
public struct WasteHeat: Sendable, Equatable {
  /// Temperature at which it comes [degC].
  public var supply: Double
  /// Temperature to which the source cools it anyway [degC].
  public var reference: Double
  /// Smallest difference in the heat exchanger [K].
  public var pinch: Double
  /// A stream of waste heat.
  public init(supply: Double, reference: Double = 20, pinch: Double = 5) {
    self.supply = supply
    self.reference = reference
    self.pinch = pinch
  }
  /// Share of its heat that a use with this return temperature can take [-]; heat goes only to what is colder.
  public func usableShare(returnTemperature: Double) throws(ProjectFault) -> Double {
    guard supply > reference else {
      throw ProjectFault("Waste heat of \(supply) degC is not warmer than its reference of \(reference) degC.")
    }
    return min(1, max(0, (supply - pinch - returnTemperature) / (supply - reference)))
  }
}

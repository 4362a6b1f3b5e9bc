package import TulouDocument
import TulouQuantities

/// Coefficient of performance of heat pumps and chillers, from temperatures or as stated.
package enum Performance: Sendable, Equatable {
  /// Values as stated [-], one or one a step; only checked against Carnot's.
  case stated([Double])
  /// A share of Carnot's: heat `g Th / (Th - Tc)`, cold `g Tc / (Th - Tc)`, temperatures in kelvin, at most `limit`.
  case carnot(share: Double, limit: Double = Performance.usualLimit)
  /// A table over source (or sink) temperatures, ascending [degC], straight between points; outside the table its ends
  /// count.
  case table(celsius: [Double], values: [Double])

  /// Greatest performance that a share of Carnot's is taken for [-], where nobody says otherwise.
  ///
  /// A fixed share of Carnot's grows beyond bounds as the two temperatures meet; machines do not. The regressions of
  /// measured heat pumps end at 5.1 (air, lift 15 K) and 6.1 (ground, 20 K), and at 8.8 where they are carried to no lift.
  /// - Source: I. Staffell, D. Brett, N. Brandon, A. Hawkes 2012, "A review of domestic heat pumps", Energy Environ. Sci. 5,
  ///   9291-9306, regressions over the lift; 8 between them is our assumption.
  package static let usualLimit = 8.0

  /// Least difference of temperatures that a machine works against [K]: its heat exchangers; our assumption.
  package static let leastLift = 5.0

  /// What is delivered.
  package enum Service: Sendable, Equatable {
    /// Heat at the hot side.
    case heat
    /// Cold at the cold side.
    case cold
  }

  /// Performance of every step.
  package struct Series: Sendable, Equatable {
    /// Heat or cold per electricity [-].
    package var values: [Double]
    /// Steps in which the limit of a share of Carnot's held the value down.
    package var limited: Int
  }

  /// Performance for a cold and a hot side [degC], one value each or one a step.
  ///
  /// For heat the cold side is the source; for cold the hot side is where the heat goes. Where the sides are closer than
  /// `leastLift`, a share of Carnot's still works against that.
  /// - Throws: where a value would break the second law (`share` above 1, a stated value above Carnot), naming the step.
  package func series(cold: [Double], hot: [Double], service: Service) throws(ProjectFault) -> Series {
    try validate()
    var steps = max(cold.count, hot.count)
    if case .stated(let values) = self { steps = max(steps, values.count) }
    func fits(_ count: Int) -> Bool { count == 1 || count == steps }
    guard fits(cold.count), fits(hot.count) else {
      throw ProjectFault("There are \(cold.count) temperatures of the cold and \(hot.count) of the hot side.")
    }
    if case .stated(let values) = self, !fits(values.count) {
      throw ProjectFault("There are \(values.count) values of performance for \(steps) steps.")
    }
    var result = Series(values: [], limited: 0)
    result.values.reserveCapacity(steps)
    for t in 0..<steps {
      let low = cold[cold.count == 1 ? 0 : t], high = hot[hot.count == 1 ? 0 : t]
      guard low > -200, high < 3000, low.isFinite, high.isFinite else {
        throw ProjectFault("The temperatures of step \(t + 1), \(low) and \(high) degC, are not those of a heat pump.")
      }
      let kelvin = (service == .heat ? high : low) + 273.15
      switch self {
      case .carnot(let share, let limit):
        let value = share * kelvin / max(Self.leastLift, high - low)
        if value > limit { result.limited += 1 }
        result.values.append(min(limit, value))
      case .stated(let values):
        result.values.append(try lawful(values[values.count == 1 ? 0 : t], kelvin, low, high, t))
      case .table(let celsius, let values):
        let value = Performance.interpolate(celsius, values, service == .heat ? low : high)
        result.values.append(try lawful(value, kelvin, low, high, t))
      }
    }
    return result
  }

  /// The value, unless it lies above Carnot's.
  private func lawful(
    _ value: Double, _ kelvin: Double, _ low: Double, _ high: Double, _ t: Int
  ) throws(ProjectFault) -> Double {
    guard high > low, value > kelvin / (high - low) else { return value }
    let carnot = ((kelvin / (high - low)) * 100).rounded() / 100
    throw ProjectFault(
      "A coefficient of performance of \(value.plain) is above Carnot's \(carnot.plain) between \(low.plain) degC and \(high.plain) degC (step \(t + 1)): the second law forbids it."
    )
  }

  private func validate() throws(ProjectFault) {
    var found: [Diagnostic] = []
    switch self {
    case .stated(let values):
      for value in values where !(value > 0 && value <= 50) {
        found.append(Diagnostic(.error, "A performance of \(value) does not lie above 0 and at most at 50."))
        break
      }
      if values.isEmpty { found.append(Diagnostic(.error, "A performance needs at least one value.")) }
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
package struct WasteHeat: Sendable, Equatable {
  /// Temperature at which it comes [degC].
  package var supply: Double
  /// Temperature to which the source cools it anyway [degC].
  package var reference: Double
  /// Smallest difference in the heat exchanger [K].
  package var pinch: Double
  /// A stream of waste heat.
  package init(supply: Double, reference: Double = 20, pinch: Double = 5) {
    self.supply = supply
    self.reference = reference
    self.pinch = pinch
  }
  /// Share of its heat that a use with this return temperature can take [-]; heat goes only to what is colder.
  package func usableShare(returnTemperature: Double) throws(ProjectFault) -> Double {
    guard supply > reference else {
      throw ProjectFault("Waste heat of \(supply) degC is not warmer than its reference of \(reference) degC.")
    }
    return min(1, max(0, (supply - pinch - returnTemperature) / (supply - reference)))
  }
}

package import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

/// What one more kWh (or m3) at a bus would cost in each step, everything else best adapted: the marginal price of energy there.
///
/// It is the multiplier of the bus's balance by the weight and length of the step, so the mean over a demand is that
/// demand's shadow price. Where a step has several best multipliers (a demand that just meets a limit), it is one in their middle.
///
/// - Source: Schweppe, Caramanis, Tabors, Bohn 1988, Spot Pricing of Electricity, Springer, chapter 2.
public struct HourlyPrice: Sendable, Equatable {
  /// The bus.
  public var bus: String
  /// Money per kWh, or per m3 at a bus of water.
  public var unit: String
  /// One a step, at prices levelled over the project's life as the cost of the plan is.
  public var values: [Double]

  /// Prices of a bus.
  public init(bus: String, unit: String, values: [Double]) {
    self.bus = bus
    self.unit = unit
    self.values = values
  }

  /// The prices of all buses of a plan.
  ///
  /// - Parameters:
  ///   - problem: The dispatch that was solved.
  ///   - multipliers: Its multipliers, from the middle of all best ones.
  package static func all(of problem: HourlyProblem, _ multipliers: Multipliers, in project: Project) -> [HourlyPrice] {
    guard problem.steps == project.horizon.steps, multipliers.rows.count == problem.rows.count else { return [] }
    return problem.rows.indices.compactMap { r in
      let label = problem.rows[r].label
      guard label.role == .balance, let carrier = project.carrier(ofBus: label.id) else { return nil }
      var values = multipliers.rows[r]
      guard values.count == problem.steps else { return nil }
      for t in values.indices {
        let amount = problem.weight[t] * problem.stepHours
        values[t] = amount > 0 ? values[t] / amount : 0
      }
      let largest = values.reduce(0) { max($0, abs($1)) }
      guard largest.isFinite, largest > 0 else { return nil }
      for t in values.indices { values[t] = rounded(Dust.cleaned(values[t], scale: largest)) }
      let unit = project.economy.currency + (carrier.kind == .water ? "/m3" : "/kWh")
      return HourlyPrice(bus: label.id, unit: unit, values: values)
    }
  }

  /// To six digits, which is what the solver's accuracy carries.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var scale = 1.0
    while abs(value) * scale < 1e5 { scale *= 10 }
    while abs(value) * scale >= 1e6 { scale /= 10 }
    return (value * scale).rounded() / scale
  }
}

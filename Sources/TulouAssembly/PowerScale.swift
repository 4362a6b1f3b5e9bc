import TulouProject
import TulouQuantities
import TulouTechnologies

/// How large a project is, for upper limits that it does not state.
///
/// Every capacity must be bounded for a rigorous bound on cost. A limit derived here is far above any sensible size
/// and listed as a note; a plan that reaches one says so.
struct PowerScale: Sendable {
  /// Peak of all demands together, fleets by their chargers, and of all sales [kW].
  let peak: Double
  /// Mean of all demands and half of all sale limits [kW].
  let mean: Double

  init(_ project: Project) {
    var peak = 0.0
    var mean = 0.0
    let steps = Double(max(1, project.horizon.steps))
    for demand in project.demands {
      var highest = demand.power.max() ?? 0
      if case .vehicles(let fleet) = demand.kind { highest = max(highest, fleet.chargePower.max() ?? 0) }
      switch demand.kind {
      case .sliding(_, _, let limit?), .daily(let limit?), .tank(_, let limit?, _): highest = max(highest, limit)
      default: break
      }
      peak += highest
      mean += demand.power.count == 1 ? demand.power[0] : demand.power.reduce(0, +) / steps
    }
    for market in project.markets where market.sell != nil && !market.onlyAlone {
      peak += market.sellLimit ?? 0
      mean += 0.5 * (market.sellLimit ?? 0)
    }
    self.peak = max(peak, 1)
    self.mean = max(mean, 0.01 * peak, 0.01)
  }

  /// Limit of a source whose mean output per unit of capacity is `meanShare`.
  func source(meanShare: Double) -> Double { 5 * peak + 10 * mean / max(meanShare, 0.01) }

  /// Limit of a converter or link that gives at least `leastOutput` per unit of its rating.
  func converter(leastOutput: Double) -> Double { 10 * peak / min(1, max(leastOutput, 0.05)) }

  /// Limit of a storage's power [kW].
  var storagePower: Double { 20 * peak }

  /// Limit of a storage's content [kWh]: three months of the mean.
  var storageEnergy: Double { 2200 * mean + 10 * peak }
}

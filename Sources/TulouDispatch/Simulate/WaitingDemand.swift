import TulouAssembly
import TulouProblem
import TulouQuantities
import TulouSimulation
import TulouTechnologies

/// A demand that waits, as a tank with limits in each step: windows, tanks and vehicles are one thing to the rules.
struct WaitingDemand {
  private let demand: TulouTechnologies.Demand
  private let horizon: Horizon
  private let problem: HourlyProblem

  init(_ demand: TulouTechnologies.Demand, horizon: Horizon, problem: HourlyProblem) {
    self.demand = demand
    self.horizon = horizon
    self.problem = problem
  }

  /// The tank of the rules; nil for a demand that does not wait.
  func deferrable(bus: SimulationProblem.Bus) -> DeferrableDemand? {
    let wanted = Profile(demand.power, steps: problem.steps).expanded(problem.steps)
    switch demand.kind {
    case .fixed: return nil
    case .sliding(let delay, let advance, let peak):
      return tank(ServiceWindow.sliding(wanted, delayHours: delay, advanceHours: advance, of: problem), peak, bus)
    case .daily(let peak): return tank(ServiceWindow.daily(wanted, horizon: horizon, of: problem), peak, bus)
    case .tank(let energy, let peak, let least):
      let most = peak ?? (wanted.max() ?? 0) + energy / problem.stepHours
      return DeferrableDemand(
        demand.id, bus: bus, draw: wanted, tank: energy, peak: max(most, 1e-12), minimumLoad: least)
    case .vehicles(let fleet):
      func series(_ values: [Double]) -> [Double] { Profile(values, steps: problem.steps).expanded(problem.steps) }
      let power = series(fleet.chargePower), most = series(fleet.greatestContent)
      let full = max(most.max() ?? 0, 1e-12)
      var waiting = DeferrableDemand(
        demand.id, bus: bus, draw: series(fleet.tripEnergy).map { $0 / problem.stepHours }, tank: full,
        peak: max(power.max() ?? 0, 1e-12), startShare: (most.first ?? full) / full)
      waiting.efficiency = fleet.chargeEfficiency
      waiting.rooms = most
      waiting.leasts = series(fleet.leastContent)
      waiting.peaks = power
      let back = series(fleet.dischargePower)
      if back.contains(where: { $0 > 0 }) {
        waiting.gives = back
        waiting.givingEfficiency = fleet.dischargeEfficiency
      }
      return waiting
    }
  }

  private func tank(_ window: ServiceWindow, _ peak: Double?, _ bus: SimulationProblem.Bus) -> DeferrableDemand {
    let most = peak ?? max(window.reach.max() ?? 0, 1e-12)
    var waiting = DeferrableDemand(
      demand.id, bus: bus, draw: window.drain.map { -$0 / problem.stepHours },
      tank: max(window.room.max() ?? 0, 1e-12), peak: most)
    waiting.rooms = window.room
    // A plan may serve no more than is wanted within reach, a rule neither.
    waiting.peaks = peak.map { peak in window.reach.map { min($0, peak) } } ?? window.reach
    return waiting
  }
}

import TulouProblem
import TulouSimulation

/// Numbers of each hour of a simulated year that are no flows: reserve, and what stored energy has cost.
struct HourNumbers {
  /// Title with unit, and one value a step.
  private(set) var columns: [(title: String, values: [Double])] = []

  /// - Parameter currency: Of the project.
  init(system: SimulatedSystem, dispatch: RuleDispatch, currency: String) {
    let trace = dispatch.trace
    if trace.reserveRequired.contains(where: { $0 > 0 }) {
      columns.append(("reserve required [kW]", trace.reserveRequired))
      columns.append(("reserve available [kW]", trace.reserveAvailable))
    }
    for (s, storage) in system.problem.storages.enumerated() where storage.energy > 0 && storage.inflow.isEmpty {
      columns.append(
        ("\(storage.id) paid for content [\(currency)/kWh]", HourNumbers.paid(s, storage, system.problem, trace)))
    }
  }

  /// Mean of what was paid for the energy in a storage, at the start of each step; surplus of sources costs nothing.
  ///
  /// The average begins at nought, so its first hours say little.
  ///
  /// - Source: HOMER Pro manual, "Battery energy cost"; research/planning.md 2.2 (7).
  private static func paid(
    _ s: Int, _ storage: Storage, _ problem: SimulationProblem, _ trace: SimulationTrace
  ) -> [Double] {
    var mean = 0.0
    return trace.contents[s].indices.map { t in
      let before = mean
      let charge = max(0, -trace.storages[s][t]) * problem.stepHours
      guard charge > 0 else { return before }
      let reason = trace.reasons[t]
      var price = 0.0
      if reason.contains(.gridCharges) || reason.contains(.plannedCharge) && trace.bought[t] > 0 {
        price = problem.grid?.buyPrice[t] ?? 0
      } else if reason.contains(.generatorCharges) || reason.contains(.generatorAtMinimum) {
        var cost = 0.0, output = 0.0
        for (g, generator) in problem.generators.enumerated() where trace.isRunning[g][t] {
          let power = trace.generators[g][t]
          output += power
          cost += (generator.fuelSlope * generator.fuelPrice + generator.outputCost) * power
        }
        price = output > 0 ? cost / output : 0
      }
      let stored = charge * storage.chargeEfficiency
      mean = (mean * trace.contents[s][t] + charge * price) / (trace.contents[s][t] + stored)
      return before
    }
  }
}

import TulouProblem
import TulouSimulation

/// Numbers of each hour of a simulated year that are no flows: reserve, and what stored energy has cost.
struct HourNumbers {
  /// Title with unit, and one value a step.
  private(set) var columns: [(title: String, values: [Double])] = []

  /// - Parameter currency: Of the project.
  init(system: SimulatedSystem, dispatch: RuleDispatch, currency: String) {
    let trace = dispatch.trace
    for (b, bus) in system.buses.enumerated() where trace.reserveRequired[b].contains(where: { $0 > 0 }) {
      let place = system.buses.count > 1 ? " on \(bus)" : ""
      columns.append(("reserve required\(place) [kW]", trace.reserveRequired[b]))
      columns.append(("reserve available\(place) [kW]", trace.reserveAvailable[b]))
    }
    for (s, storage) in system.problem.storages.enumerated() where storage.energy > 0 && storage.inflow.isEmpty {
      columns.append(("\(storage.id) paid for content [\(currency)/kWh]", trace.paid[s]))
    }
  }
}

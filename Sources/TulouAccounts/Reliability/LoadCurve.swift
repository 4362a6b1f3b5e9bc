import TulouProblem
import TulouProject
import TulouTechnologies

extension Reading {
  /// What electricity demands draw in each step [kW]: fixed and deferrable demands and charging of vehicles, less what vehicles give
  /// back and what is not served; nil where no demand draws electricity.
  var electricityLoad: [Double]? {
    let demands = project.demands.filter { isElectric($0.bus) }
    guard !demands.isEmpty else { return nil }
    var load = [Double](repeating: 0, count: steps)
    for demand in demands {
      guard let bus = busIndex[demand.bus] else { continue }
      let served = flows(demand.id, .serve)
      if served.isEmpty {
        load.add(demand.power)
        for j in flows(demand.id, .unserved) { load.add(plan.solution.flows[j], times: -1) }
      } else {
        for j in served + flows(demand.id, .discharge) {
          for touch in touches[j] where touch.bus == bus { load.add(injected(j, touch), times: -1) }
        }
      }
    }
    return load
  }

  /// Highest less lowest hour of the load curve [kW]; nil where there is none.
  var peakValleyDifference: Double? {
    electricityLoad.flatMap { load in load.max().flatMap { high in load.min().map { high - $0 } } }
  }
}

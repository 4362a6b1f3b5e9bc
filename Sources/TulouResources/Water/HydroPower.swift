package import TulouDocument

/// Power of falling water.
package enum HydroPower {
  /// Density of fresh water [kg/m3].
  package static let waterDensity = 1000.0
  /// Acceleration of gravity [m/s2], as in the Shenzhen paper.
  package static let gravity = 9.81

  /// `P = eta rho g h Q / 1000` [kW], equation (6): head h [m], flow Q [m3/s], efficiency eta [-].
  package static func kilowatts(flow: Double, headMetres: Double, efficiency: Double) -> Double {
    efficiency * waterDensity * gravity * headMetres * flow / 1000
  }

  /// Flow [m3/s] that gives a power [kW], equation (6) solved for Q.
  package static func flow(kilowatts: Double, headMetres: Double, efficiency: Double) throws(ProjectFault) -> Double {
    var found: [Diagnostic] = []
    check(headMetres, in: 0.5...2500, "head", "m", &found)
    check(efficiency, in: 0.05...1, "efficiency of the turbine", "", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    return kilowatts * 1000 / (efficiency * waterDensity * gravity * headMetres)
  }

  /// Volume [m3] that a flow [m3/s] fills in some hours: `V = Q 3600 hours`.
  package static func volume(flow: Double, hours: Double) -> Double { flow * 3600 * hours }
}

/// Run-of-river power with constant head and efficiency.
///
/// What nature gives after the ecological flow: `P_t = eta rho g h max(0, Q_t - Q_eco)`, limited by the turbine's flow
/// where one is given. For part-load curves, penstock and flood spill see `HydroStation`.
package struct RunOfRiver: Sendable, Equatable {
  /// Net head [m].
  package var headMetres: Double
  /// Efficiency from water to bus [-].
  package var efficiency: Double
  /// Flow that stays in the river bed [m3/s].
  package var ecologicalFlow: Double
  /// Largest flow that the turbine takes [m3/s]; nil: no limit here (the block's capacity limits).
  package var designFlow: Double?

  /// A station.
  package init(headMetres: Double, efficiency: Double, ecologicalFlow: Double = 0, designFlow: Double? = nil) {
    self.headMetres = headMetres
    self.efficiency = efficiency
    self.ecologicalFlow = ecologicalFlow
    self.designFlow = designFlow
  }

  /// Power that the flow allows [kW], `count == flow.count`; flow [m3/s].
  package func series(flow: [Double]) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(headMetres, in: 0.5...2500, "head", "m", &found)
    check(efficiency, in: 0.05...1, "efficiency of the hydro station", "", &found)
    check(ecologicalFlow, in: 0...250_000, "ecological flow", "m3/s", &found)
    if let designFlow { check(designFlow, in: 0...250_000, "design flow", "m3/s", &found) }
    if let t = flow.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      found.append(Diagnostic(.error, "The flow of step \(t + 1) is \(flow[t]) m3/s, but must not be negative."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let most = designFlow ?? .infinity
    return flow.map {
      HydroPower.kilowatts(flow: min(most, max(0, $0 - ecologicalFlow)), headMetres: headMetres, efficiency: efficiency)
    }
  }
}

package import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Kinds of water turbine and their efficiency over the flow.
///
/// - Source: RETScreen International 2004, "Clean Energy Project Analysis: Engineering and Cases, Small Hydro Project
///   Analysis", appendix A; peak efficiencies are inputs here.
package enum WaterTurbine: Sendable, Equatable {
  /// Francis, with specific speed n_q.
  case francis(peak: Double = 0.90, specificSpeed: Double = 60)
  /// Kaplan.
  case kaplan(peak: Double = 0.91)
  /// Pelton, with number of jets.
  case pelton(peak: Double = 0.89, jets: Int = 2)
  /// Cross-flow (Banki).
  case crossFlow

  /// Least flow at which it runs, share of the design flow [-].
  package var leastShare: Double {
    switch self {
    case .francis: 0.30
    case .kaplan: 0.15
    case .pelton, .crossFlow: 0.10
    }
  }

  /// Efficiency [-] at a share of the design flow; 0 below the least share; above 1 as at 1.
  package func efficiency(share: Double) -> Double {
    guard share >= leastShare else { return 0 }
    let q = min(1, share)
    let value: Double
    switch self {
    case .francis(let peak, let speed):
      let best = 0.65 * pow(speed, 0.05)
      if q <= best {
        value = peak * (1 - 1.25 * pow((best - q) / best, 3.94 - 0.0195 * speed))
      } else {
        let drop = 0.0072 * pow(speed, 0.4)
        let x = (q - best) / (1 - best)
        value = peak * (1 - x * x * drop)
      }
    case .kaplan(let peak): value = peak * (1 - 3.5 * pow(abs(0.75 - q) / 0.75, 6))
    case .pelton(let peak, let jets):
      let j = Double(jets)
      let best = 0.662 + 0.001 * j
      value = peak * (1 - (1.31 + 0.025 * j) * pow(abs(best - q) / best, 5.6 + 0.4 * j))
    case .crossFlow: value = 0.79 - 0.15 * (1 - q) - 1.37 * pow(1 - q, 14)
    }
    return min(1, max(0, value))
  }
}

/// A run-of-river station with turbine curve, penstock loss and flood spill.
package struct HydroStation: Sendable, Equatable {
  /// Gross head [m].
  package var grossHeadMetres: Double
  /// Flow of all units at full gate [m3/s].
  package var designFlow: Double
  /// Number of equal units, run one after the other.
  package var units: Int
  /// Kind of turbine.
  package var turbine: WaterTurbine
  /// Head lost in penstock and rack at design flow, share of the gross head [-]; falls with the square of the flow.
  package var penstockLoss: Double
  /// Efficiency of generator and transformer [-].
  package var generatorEfficiency: Double
  /// Flow that stays in the bed [m3/s].
  package var ecologicalFlow: Double
  /// River flow above which the station is shut [m3/s]; nil: never.
  package var floodFlow: Double?

  /// A station.
  package init(
    grossHeadMetres: Double, designFlow: Double, units: Int = 1, turbine: WaterTurbine = .francis(),
    penstockLoss: Double = 0.05, generatorEfficiency: Double = 0.95, ecologicalFlow: Double = 0,
    floodFlow: Double? = nil
  ) {
    self.grossHeadMetres = grossHeadMetres
    self.designFlow = designFlow
    self.units = units
    self.turbine = turbine
    self.penstockLoss = penstockLoss
    self.generatorEfficiency = generatorEfficiency
    self.ecologicalFlow = ecologicalFlow
    self.floodFlow = floodFlow
  }

  /// What happens to the water, one value a step; turbined + bypassed = river flow in every step.
  package struct Series: Sendable, Equatable {
    /// Power [kW].
    package var power: [Double]
    /// Flow through the turbines [m3/s].
    package var turbined: [Double]
    /// Flow past the station: ecological flow and spill [m3/s].
    package var bypassed: [Double]
    /// All water below the station [m3/s]: what the next one gets.
    package var tailWater: [Double]
  }

  /// Power and water for the river's flow [m3/s].
  package func series(flow: [Double]) throws(ProjectFault) -> Series {
    try validate(flow)
    var result = Series(power: [], turbined: [], bypassed: [], tailWater: flow)
    for river in flow {
      var taken = min(designFlow, max(0, river - ecologicalFlow))
      if let floodFlow, river > floodFlow { taken = 0 }
      let power = kilowatts(flow: taken)
      if power == 0 { taken = 0 }
      result.power.append(power)
      result.turbined.append(taken)
      result.bypassed.append(river - taken)
    }
    return result
  }

  /// Power [kW] of a flow through the turbines [m3/s]; the best number of units runs.
  package func kilowatts(flow: Double) -> Double {
    guard flow > 0 else { return 0 }
    let share = min(1, flow / designFlow)
    let net = grossHeadMetres * (1 - penstockLoss * share * share)
    var best = 0.0
    for running in 1...max(1, units) {
      let each = flow * Double(units) / (designFlow * Double(running))
      if each > 1 + 1e-9 { continue }
      best = max(best, turbine.efficiency(share: each))
    }
    return HydroPower.kilowatts(flow: flow, headMetres: net, efficiency: best * generatorEfficiency)
  }

  private func validate(_ flow: [Double]) throws(ProjectFault) {
    var found: [Diagnostic] = []
    check(grossHeadMetres, in: 0.5...2500, "gross head", "m", &found)
    check(designFlow, in: 1e-4...100_000, "design flow", "m3/s", &found)
    check(Double(units), in: 1...50, "number of units", "", &found)
    check(penstockLoss, in: 0...0.5, "penstock loss", "", &found)
    check(generatorEfficiency, in: 0.3...1, "efficiency of the generator", "", &found)
    check(ecologicalFlow, in: 0...100_000, "ecological flow", "m3/s", &found)
    if let floodFlow, floodFlow < designFlow {
      found.append(
        Diagnostic(.error, "The flood flow \(floodFlow) m3/s lies below the design flow \(designFlow) m3/s."))
    }
    if let t = flow.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      found.append(Diagnostic(.error, "The flow of step \(t + 1) is \(flow[t]) m3/s, but must not be negative."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
  }
}

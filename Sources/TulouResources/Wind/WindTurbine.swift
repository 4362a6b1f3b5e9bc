public import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A wind turbine from mast to connection: shear, density, curve, losses.
public struct WindTurbine: Sendable, Equatable {
  /// What density does to the output.
  public enum DensityCorrection: Sendable, Equatable {
    /// Nothing: the curve as stated at 1.225 kg/m3.
    case none
    /// Output in proportion to density, equation (5) of the Shenzhen paper; above rated speed it overstates the loss.
    case output
    /// The curve's speeds move: `v_site = v (rho0/rho)^x`, x = 1/3 up to 7.5 m/s, rising to 2/3 from 12.5 m/s.
    /// - Source: M. Svenningsen 2010, "Power curve air density correction and other power curve options in WindPRO".
    case curveSpeeds
  }

  /// Curve.
  public var curve: PowerCurve
  /// Height of the hub [m].
  public var hubMetres: Double
  /// How the wind grows with height.
  public var shear: WindShear
  /// Density.
  public var densityCorrection: DensityCorrection
  /// Share that neighbours in the park take by their wakes [-].
  public var wakeLoss: Double
  /// Other losses [-]: outages, cables, ice.
  public var otherLosses: Double

  /// A turbine.
  public init(
    curve: PowerCurve, hubMetres: Double, shear: WindShear, densityCorrection: DensityCorrection = .none,
    wakeLoss: Double = 0, otherLosses: Double = 0
  ) {
    self.curve = curve
    self.hubMetres = hubMetres
    self.shear = shear
    self.densityCorrection = densityCorrection
    self.wakeLoss = wakeLoss
    self.otherLosses = otherLosses
  }

  /// Output per kW of rated power [-], one value a step.
  ///
  /// - Parameters:
  ///   - windSpeed: Speed at the mast [m/s].
  ///   - mastMetres: Height of the mast [m].
  ///   - density: Density of air at hub height [kg/m3] per step, for a correction; empty: the standard's.
  public func series(
    windSpeed: [Double], mastMetres: Double, density: [Double] = []
  ) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(wakeLoss, in: 0...0.8, "wake loss", "", &found)
    check(otherLosses, in: 0...0.95, "losses of the wind turbine", "", &found)
    if let t = windSpeed.firstIndex(where: { !($0 >= 0 && $0 < 100) }) {
      found.append(
        Diagnostic(
          .error, "The wind speed of step \(t + 1) is \(windSpeed[t]) m/s, but must lie between 0 and 100 m/s."))
    }
    if densityCorrection != .none {
      if density.count != windSpeed.count {
        found.append(Diagnostic(.error, "A density correction needs one density for each of \(windSpeed.count) steps."))
      }
      if let t = density.firstIndex(where: { !($0 > 0.4 && $0 < 1.7) }) {
        found.append(
          Diagnostic(
            .error, "The air density of step \(t + 1) is \(density[t]) kg/m3, but must lie between 0.4 and 1.7 kg/m3."))
      }
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let factor = try shear.factor(from: mastMetres, to: hubMetres)
    let kept = (1 - wakeLoss) * (1 - otherLosses)
    let table = CurveTable(curve)
    var result = [Double](repeating: 0, count: windSpeed.count)
    for t in windSpeed.indices {
      let v = windSpeed[t] * factor
      switch densityCorrection {
      case .none: result[t] = table.output(at: v) * kept
      case .output: result[t] = table.output(at: v) * density[t] / AirDensity.standard * kept
      case .curveSpeeds: result[t] = curve.output(at: v, density: density[t]) * kept
      }
    }
    return result
  }

  /// What a careful reader of a plan should know: wind carried far in height, or a mean that is implausible.
  public func warnings(meanSpeed: Double, mastMetres: Double) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if hubMetres > 4 * mastMetres {
      found.append(
        Diagnostic(
          .warning,
          "The wind is carried from \(mastMetres) m to \(hubMetres) m; shear from a low mast, often in town, misleads.",
          advice: "Scale to a wind-atlas mean at hub height (repair: wind mean)."))
    }
    if let factor = try? shear.factor(from: mastMetres, to: hubMetres) {
      let hub = meanSpeed * factor
      if hub < 3 || hub > 12 {
        found.append(
          Diagnostic(
            .warning,
            "A mean of \((hub * 100).rounded() / 100) m/s at the hub is implausible for a wind turbine's site."))
      }
    }
    return found
  }
}

extension PowerCurve {
  /// Exponent of the density ratio at a speed of the curve.
  static func densityExponent(_ speed: Double) -> Double {
    // Straight between 7.5 and 12.5 m/s.
    1.0 / 3 + (1.0 / 3) * min(1, max(0, (speed - 7.5) / 5))
  }

  /// Share of rated power [-] with the curve's speeds moved to another density [kg/m3].
  ///
  /// The moved speeds ascend as the unmoved do for densities between 0.4 and 1.7 kg/m3 and points at least 0.1 m/s apart.
  public func output(at speed: Double, density: Double) -> Double {
    let ratio = log(AirDensity.standard / density)
    func moved(_ i: Int) -> Double { speeds[i] * exp(ratio * PowerCurve.densityExponent(speeds[i])) }
    var low = 0, high = speeds.count - 1
    let first = moved(low), last = moved(high)
    guard speed >= first, speed <= last else { return 0 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if moved(middle) <= speed { low = middle } else { high = middle }
    }
    let a = moved(low), b = moved(high)
    return b > a ? outputs[low] + (outputs[high] - outputs[low]) * (speed - a) / (b - a) : outputs[high]
  }
}

/// A power curve with a look-up by tenths of a metre per second to the piece of curve, so that a step costs no search.
private struct CurveTable {
  let speeds, outputs: [Double]
  private var pieces: [Int32] = []

  init(_ curve: PowerCurve) {
    speeds = curve.speeds
    outputs = curve.outputs
    var piece = 0
    let last = speeds[speeds.count - 1]
    var cell = 0
    while Double(cell) / 10 <= last {
      while piece < speeds.count - 2 && speeds[piece + 1] <= Double(cell) / 10 { piece += 1 }
      pieces.append(Int32(piece))
      cell += 1
    }
  }

  @inline(__always)
  func output(at speed: Double) -> Double {
    guard speed >= speeds[0], speed <= speeds[speeds.count - 1] else { return 0 }
    var i = Int(pieces[min(pieces.count - 1, Int(saturating: speed * 10))])
    while i < speeds.count - 2 && speeds[i + 1] <= speed { i += 1 }
    return outputs[i] + (outputs[i + 1] - outputs[i]) * (speed - speeds[i]) / (speeds[i + 1] - speeds[i])
  }
}

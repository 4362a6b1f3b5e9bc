public import TulouDocument
import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A wind turbine from the wind at its hub to its connection: curve, density, wakes, losses.
public struct WindTurbine: Sendable, Equatable {
  /// What the rotor makes of the wind.
  public enum Curve: Sendable, Equatable {
    /// Share of rated power over the speed, stated at standard density.
    case power(PowerCurve)
    /// Power coefficients of a rotor, for a machine of this rating [kW]; density acts by the formula itself.
    case coefficients(PowerCoefficientCurve, ratedKilowatts: Double)
  }

  /// What density does to the output of a power curve.
  public enum DensityCorrection: String, Sendable, CaseIterable {
    /// Nothing: the curve as stated at 1.225 kg/m3.
    case none
    /// Output in proportion to density, equation (5) of the Shenzhen paper; above rated speed it overstates the loss.
    case output
    /// The curve's speeds move: `v_site = v (rho0/rho)^x`, x = 1/3 up to 7.5 m/s, rising to 2/3 from 12.5 m/s.
    /// - Source: M. Svenningsen 2010, "Power curve air density correction and other power curve options in WindPRO".
    case curveSpeeds = "curve-speeds"
  }

  /// No machine gives more than this share of its rating, in air however dense [-]; our assumption, the limit of a curve's points.
  public static let greatestOutput = 1.2

  /// Curve.
  public var curve: Curve
  /// Density.
  public var densityCorrection: DensityCorrection
  /// Share that neighbours in the park take by their wakes [-].
  public var wakeLoss: Double
  /// Other losses [-]: outages, cables, ice.
  public var otherLosses: Double

  /// A turbine.
  public init(
    curve: Curve, densityCorrection: DensityCorrection = .none, wakeLoss: Double = 0, otherLosses: Double = 0
  ) {
    self.curve = curve
    self.densityCorrection = densityCorrection
    self.wakeLoss = wakeLoss
    self.otherLosses = otherLosses
  }

  /// Output per kW of rated power [-], one value a step.
  ///
  /// - Parameters:
  ///   - hubSpeeds: Speed at the hub [m/s].
  ///   - density: Density of air at the hub [kg/m3], one value or one a step; used by a correction and by coefficients.
  public func series(
    hubSpeeds: [Double], density: [Double] = [AirDensity.standard]
  ) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(wakeLoss, in: 0...0.8, "wake loss", "", &found)
    check(otherLosses, in: 0...0.95, "losses of the wind turbine", "", &found)
    if let t = hubSpeeds.firstIndex(where: { !($0 >= 0 && $0 < 100) }) {
      found.append(
        Diagnostic(
          .error, "The wind speed of step \(t + 1) is \(hubSpeeds[t]) m/s, but must lie between 0 and 100 m/s."))
    }
    if density.count != hubSpeeds.count && density.count != 1 {
      found.append(Diagnostic(.error, "Density takes one value or one for each of \(hubSpeeds.count) steps."))
    }
    if let t = density.firstIndex(where: { !($0 > 0.4 && $0 < 1.7) }) {
      found.append(
        Diagnostic(
          .error, "The air density of step \(t + 1) is \(density[t]) kg/m3, but must lie between 0.4 and 1.7 kg/m3."))
    }
    if case .coefficients(_, let rated) = curve {
      check(rated, in: 0.01...50_000, "rated power of the wind turbine", "kW", &found)
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let kept = (1 - wakeLoss) * (1 - otherLosses)
    let stride = density.count == 1 ? 0 : 1
    var result = [Double](repeating: 0, count: hubSpeeds.count)
    switch curve {
    case .coefficients(let rotor, let rated):
      for t in hubSpeeds.indices {
        let share = rotor.kilowatts(speed: hubSpeeds[t], density: density[t * stride]) / rated
        result[t] = min(Self.greatestOutput, share) * kept
      }
    case .power(let curve):
      let table = CurveTable(curve)
      for t in hubSpeeds.indices {
        let v = hubSpeeds[t], air = density[t * stride]
        switch densityCorrection {
        case .none: result[t] = table.output(at: v) * kept
        case .output: result[t] = min(Self.greatestOutput, table.output(at: v) * air / AirDensity.standard) * kept
        case .curveSpeeds: result[t] = curve.output(at: v, density: air) * kept
        }
      }
    }
    return result
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

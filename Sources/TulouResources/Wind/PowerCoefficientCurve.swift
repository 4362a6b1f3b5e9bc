public import TulouQuantities

/// Output from a curve of power coefficients: `P = rho / 8 d^2 pi v^3 cp(v)`.
/// - Source: E. Hau 2008, Windkraftanlagen, 4th ed., equation 3.2.
public struct PowerCoefficientCurve: Sendable, Equatable {
  /// Speeds, ascending [m/s].
  public let speeds: [Double]
  /// Power coefficients cp at these speeds [-].
  public let coefficients: [Double]
  /// Rotor diameter d [m].
  public let rotorMetres: Double

  /// A curve, linear between its points and zero outside; coefficients up to Betz' 16/27.
  public init(speeds: [Double], coefficients: [Double], rotorMetres: Double) throws(ProjectFault) {
    // The power curve's checks are those of this curve too.
    _ = try PowerCurve(speeds: speeds, outputs: coefficients, source: "")
    var found: [Diagnostic] = []
    for value in coefficients { check(value, in: 0...0.593, "power coefficient", "", &found) }
    check(rotorMetres, in: 0.5...400, "rotor diameter", "m", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    self.speeds = speeds
    self.coefficients = coefficients
    self.rotorMetres = rotorMetres
  }

  /// Output [kW] at a hub speed [m/s] and density [kg/m3].
  public func kilowatts(speed: Double, density: Double) -> Double {
    let curve = PowerCurve(trusted: speeds, coefficients, source: "")
    return kilowatts(speed, density, curve)
  }

  /// Output [kW] of every step.
  public func series(hubSpeeds: [Double], density: [Double]) throws(ProjectFault) -> [Double] {
    guard hubSpeeds.count == density.count else {
      throw ProjectFault("There are \(hubSpeeds.count) wind speeds and \(density.count) densities.")
    }
    let curve = PowerCurve(trusted: speeds, coefficients, source: "")
    return hubSpeeds.indices.map { kilowatts(hubSpeeds[$0], density[$0], curve) }
  }

  private func kilowatts(_ speed: Double, _ density: Double, _ curve: PowerCurve) -> Double {
    density / 8 * rotorMetres * rotorMetres * .pi * speed * speed * speed * curve.output(at: speed) / 1000
  }
}

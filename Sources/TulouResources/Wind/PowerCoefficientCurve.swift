public import TulouDocument

/// Output from a curve of power coefficients: `P = rho / 8 d^2 pi v^3 cp(v)`.
/// - Source: E. Hau 2008, Windkraftanlagen, 4th ed., equation 3.2.
public struct PowerCoefficientCurve: Sendable, Equatable {
  /// Power coefficients cp [-] over the speed [m/s].
  private let curve: PowerCurve
  /// Rotor diameter d [m].
  public let rotorMetres: Double

  /// A curve, linear between its points and zero outside; coefficients up to Betz' 16/27.
  public init(speeds: [Double], coefficients: [Double], rotorMetres: Double) throws(ProjectFault) {
    // The power curve's checks are those of this curve too.
    let curve = try PowerCurve(speeds: speeds, outputs: coefficients, source: "")
    var found: [Diagnostic] = []
    for value in coefficients { check(value, in: 0...0.593, "power coefficient", "", &found) }
    check(rotorMetres, in: 0.5...400, "rotor diameter", "m", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    self.curve = curve
    self.rotorMetres = rotorMetres
  }

  /// Output [kW] at a hub speed [m/s] and density [kg/m3].
  public func kilowatts(speed: Double, density: Double) -> Double {
    density / 8 * rotorMetres * rotorMetres * .pi * speed * speed * speed * curve.output(at: speed) / 1000
  }
}

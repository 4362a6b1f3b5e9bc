#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Temperature of the cells from irradiance, air and wind.
public enum CellTemperature: Sendable, Equatable {
  /// `T = Ta + E exp(a + b v) + E/1000 dT`.
  /// - Source: D. L. King, W. E. Boyson, J. A. Kratochvil 2004, SAND2004-3535, equations 11 and 12.
  case sapm(a: Double, b: Double, dT: Double)
  /// `T = Ta + E / (u0 + u1 v)`.
  /// - Source: D. Faiman 2008, Progress in Photovoltaics 16(4), 307-315, doi 10.1002/pip.813.
  case faiman(u0: Double, u1: Double)
  /// `T = Ta + 0.9 E (1 - efficiency) / (uc + uv v)`.
  /// - Source: PVsyst 6 help, "Array thermal losses"; A. Mermoud 2012.
  case pvsyst(uc: Double, uv: Double, efficiency: Double)

  /// SAPM, glass and polymer, open rack.
  public static let openRack = CellTemperature.sapm(a: -3.56, b: -0.075, dT: 3)
  /// SAPM, glass and glass, close to a roof.
  public static let closeRoof = CellTemperature.sapm(a: -2.98, b: -0.0471, dT: 1)
  /// SAPM, glass and polymer with insulated back.
  public static let insulatedBack = CellTemperature.sapm(a: -2.81, b: -0.0455, dT: 0)

  /// Cell temperature [degC] for irradiance on the plane [kW/m2], air temperature [degC] and wind at 10 m [m/s].
  @inline(__always)
  public func celsius(irradiance: Double, air: Double, wind: Double) -> Double {
    let e = irradiance * 1000
    switch self {
    case .sapm(let a, let b, let dT): return air + e * exp(a + b * wind) + irradiance * dT
    case .faiman(let u0, let u1): return air + e / (u0 + u1 * wind)
    case .pvsyst(let uc, let uv, let efficiency): return air + e * 0.9 * (1 - efficiency) / (uc + uv * wind)
    }
  }
}

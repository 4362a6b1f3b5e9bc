#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
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
  /// A heat balance with the module's own heat capacity, from the temperature at which installed cells settle in
  /// 0.8 kW/m2, 20 degC and 1 m/s [degC]: `FuentesModel`. What the step before left behind counts.
  case fuentes(installedCelsius: Double)

  /// SAPM, glass and polymer, open rack.
  public static let openRack = CellTemperature.sapm(a: -3.56, b: -0.075, dT: 3)
  /// SAPM, glass and glass, close to a roof.
  public static let closeRoof = CellTemperature.sapm(a: -2.98, b: -0.0471, dT: 1)
  /// SAPM, glass and polymer with insulated back.
  public static let insulatedBack = CellTemperature.sapm(a: -2.81, b: -0.0455, dT: 0)
  /// PVWatts, modules on an open rack.
  public static let fuentesRack = CellTemperature.fuentes(installedCelsius: 45)
  /// PVWatts, modules on a roof.
  public static let fuentesRoof = CellTemperature.fuentes(installedCelsius: 49)

  /// Cell temperature of every step [degC], `count == irradiance.count`.
  ///
  /// - Parameters:
  ///   - irradiance: On the plane [kW/m2].
  ///   - air: Air temperature [degC].
  ///   - wind: Wind speed at 10 m [m/s].
  ///   - stepHours: Length of a step [h].
  public func series(irradiance: [Double], air: [Double], wind: [Double], stepHours: Double) -> [Double] {
    if case .fuentes(let installed) = self {
      return FuentesModel(installedCelsius: installed).series(
        irradiance: irradiance, air: air, wind: wind, stepHours: stepHours)
    }
    return irradiance.indices.map { celsius(irradiance: irradiance[$0], air: air[$0], wind: wind[$0]) }
  }

  /// Cell temperature of a step without memory [degC].
  @inline(__always)
  package func celsius(irradiance: Double, air: Double, wind: Double) -> Double {
    let e = irradiance * 1000
    switch self {
    case .sapm(let a, let b, let dT): return air + e * exp(a + b * wind) + irradiance * dT
    case .faiman(let u0, let u1): return air + e / (u0 + u1 * wind)
    case .pvsyst(let uc, let uv, let efficiency): return air + e * 0.9 * (1 - efficiency) / (uc + uv * wind)
    case .fuentes: return air
    }
  }
}

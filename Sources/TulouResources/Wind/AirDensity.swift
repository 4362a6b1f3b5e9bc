public import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Density of air.
public enum AirDensity {
  /// Density rho0 at which power curves are stated [kg/m3] (IEC 61400-12-1; standard atmosphere at sea level, 15 degC).
  public static let standard = 1.225

  /// `rho = p / (R T)` [kg/m3], R = 287.058 J/(kg K), of dry air at pressure [Pa] and temperature [degC].
  public static func idealGas(pressurePascal: Double, temperatureCelsius: Double) -> Double {
    pressurePascal / (287.058 * (temperatureCelsius + 273.15))
  }

  /// Temperature [degC] at another height by the gradient -6.5 K/km of the ICAO standard atmosphere.
  public static func temperature(_ celsius: Double, from low: Double, to high: Double) -> Double {
    celsius - 0.0065 * (high - low)
  }

  /// Density at hub height [kg/m3] from pressure and temperature at the ground (barometric).
  ///
  /// `rho = (p/100 - (hub - h_p) / 8) 1.225 * 288.15 / (1013.3 * T_hub)`.
  /// - Source: E. Hau 2008, Windkraftanlagen, 4th ed., p. 560, as in windpowerlib's `barometric`.
  public static func barometric(
    pressurePascal: Double, pressureHeight: Double, hubHeight: Double, hubTemperatureCelsius: Double
  ) -> Double {
    (pressurePascal / 100 - (hubHeight - pressureHeight) / 8) * 1.225 * 288.15
      / (1013.3 * (hubTemperatureCelsius + 273.15))
  }

  /// Density at hub height [kg/m3] of an ideal gas, pressure falling by 1 hPa in 8 m.
  public static func idealGas(
    pressurePascal: Double, pressureHeight: Double, hubHeight: Double, hubTemperatureCelsius: Double
  ) -> Double {
    idealGas(
      pressurePascal: pressurePascal - (hubHeight - pressureHeight) / 8 * 100, temperatureCelsius: hubTemperatureCelsius
    )
  }

  /// Ratio of the standard atmosphere's density at a height above sea level to that at sea level [-]; HOMER's altitude
  /// correction of wind turbines. Valid up to 11,000 m.
  ///
  /// `(1 - B z / T0)^(g / (R B)) (T0 / (T0 - B z))`, B = 0.0065 K/m, T0 = 288.16 K.
  public static func altitudeRatio(metres z: Double) throws(ProjectFault) -> Double {
    var found: [Diagnostic] = []
    check(z, in: -500...11_000, "height above sea level", "m", &found)
    if !found.isEmpty { throw ProjectFault(found) }
    let cooling = 0.0065 * z / 288.16
    return pow(1 - cooling, 9.81 / (287 * 0.0065)) / (1 - cooling)
  }
}

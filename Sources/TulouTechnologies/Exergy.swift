#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Exergy per energy: how much work a form of energy could do against its surroundings.
///
/// Electricity is worth its energy, heat that the surroundings give nothing, a fuel its heating value by a factor. Temperatures
/// in degC here, in K in the formulas.
/// - Source: J. Szargut, D. R. Morris, F. R. Steward 1988, "Exergy analysis of thermal, chemical and metallurgical
///   processes"; wind and shares of the Xizhou paper, Energies 2018, 11(4), 1007, eq. (7).
package enum Exergy {
  /// Share of the kinetic energy of wind that counts [-].
  package static let windShare = 0.91
  /// Exergy of solar irradiation per irradiation [-], by Petela's factor for the sun at 5770 K, rounded.
  package static let sunShare = 0.95
  /// 0 degC [K].
  static let zeroCelsius = 273.15

  /// Exergy per heat of a loop that gives heat from `supply` down to `return` [-]: `1 - T0 ln(Ts/Tr) / (Ts - Tr)`.
  ///
  /// Below the surroundings it is negative: what is wanted there is cold. Where both temperatures are equal it is the Carnot
  /// factor `1 - T0/T`, and close to it no digit is lost.
  package static func heat(supply: Double, return back: Double, ambient: Double) -> Double {
    let cold = back + zeroCelsius, difference = supply - back
    let ratio = difference / cold
    // ln(1 + x) / x, the limit at 0 being 1.
    let mean = ratio == 0 ? 1 : log1p(ratio) / ratio
    // 1 - T0/Tr + T0/Tr (1 - mean): what is small is subtracted from what is small.
    return (back - ambient) / cold + (ambient + zeroCelsius) / cold * (1 - mean)
  }

  /// Exergy per cold of a loop that takes heat in from `supply` up to `return` [-]: that of heat with the sign turned.
  package static func cold(supply: Double, return back: Double, ambient: Double) -> Double {
    -heat(supply: supply, return: back, ambient: ambient)
  }

  /// Exergy of the wind through a rotor [kW]: 0.91 of its kinetic power.
  ///
  /// - Parameters:
  ///   - density: Density of the air [kg/m3].
  ///   - area: Area of the rotor [m2].
  ///   - speed: Speed of the wind [m/s].
  package static func wind(density: Double, area: Double, speed: Double) -> Double {
    windShare * density * area * speed * speed * speed / 2000
  }

  /// Exergy of a fuel [kWh]: amount by lower heating value by factor.
  package static func fuel(amount: Double, heatingValue: Double, factor: Double) -> Double {
    factor * heatingValue * amount
  }
}

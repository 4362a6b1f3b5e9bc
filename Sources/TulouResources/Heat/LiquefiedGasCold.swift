package import TulouDocument

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cold and power from the regasification of liquefied natural gas.
///
/// The gas is taken as methane at terminal pressure: it boils at Tb, takes up the heat of vaporisation r and then cp up to
/// ambient. Its thermal exergy is `r (T0/Tb - 1) + cp (T0 ln(T0/Tb) - (T0 - Tb))`. Cold at Tc can be drawn while the gas is
/// colder than Tc less a pinch; power takes a share of the exergy that is left.
/// - Source: balances of exergy after A. Bejan, G. Tsatsaronis, M. Moran 1996, "Thermal Design and Optimization", ch. 3; property
///   values of methane at 1 bar (boiling point 111.7 K, 510 kJ/kg, 2.2 kJ/(kg K)).
package struct LiquefiedGasCold: Sendable, Equatable {
  /// Boiling temperature Tb [K].
  package var boilingKelvin: Double
  /// Heat of vaporisation r [kJ/kg].
  package var vaporisation: Double
  /// Heat capacity of the gas cp [kJ/(kg K)].
  package var heatCapacity: Double
  /// Ambient temperature T0 [degC].
  package var ambientCelsius: Double
  /// Share of the exergy left that becomes power [-].
  package var exergyEfficiency: Double

  /// A terminal.
  package init(
    boilingKelvin: Double = 111.7, vaporisation: Double = 510, heatCapacity: Double = 2.2, ambientCelsius: Double = 15,
    exergyEfficiency: Double = 0.3
  ) {
    self.boilingKelvin = boilingKelvin
    self.vaporisation = vaporisation
    self.heatCapacity = heatCapacity
    self.ambientCelsius = ambientCelsius
    self.exergyEfficiency = exergyEfficiency
  }

  /// What a kilogram gives.
  package struct Yield: Sendable, Equatable {
    /// Thermal exergy of the gas [kWh/kg].
    package var exergy: Double
    /// Cold at the store's temperature [kWh/kg].
    package var cold: Double
    /// Exergy of that cold [kWh/kg].
    package var coldExergy: Double
    /// Power [kWh/kg].
    package var power: Double
  }

  /// Cold at a store's temperature [degC] (as a share of all that could be drawn) and power from the rest, per kilogram.
  ///
  /// - Throws: where the store is not between boiling and ambient temperature, or the efficiency would break the second law.
  package func yield(storeCelsius: Double, coldShare: Double, pinch: Double = 10) throws(ProjectFault) -> Yield {
    var found: [Diagnostic] = []
    check(exergyEfficiency, in: 0...1, "exergy efficiency of LNG cold recovery", "", &found)
    check(coldShare, in: 0...1, "share of cold", "", &found)
    check(boilingKelvin, in: 90...200, "boiling temperature of LNG", "K", &found)
    check(ambientCelsius, in: -30...50, "ambient temperature", "degC", &found)
    let store = storeCelsius + 273.15, ambient = ambientCelsius + 273.15
    if !(store - pinch > boilingKelvin && store < ambient) {
      found.append(
        Diagnostic(
          .error,
          "A cold store of \(storeCelsius) degC cannot be cooled by LNG between \(boilingKelvin) K and \(ambientCelsius) degC with a pinch of \(pinch) K."
        ))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let b = boilingKelvin
    let exergy =
      vaporisation * (ambient / b - 1) + heatCapacity * (ambient * log(ambient / b) - (ambient - b))
    let drawn = (vaporisation + heatCapacity * (store - pinch - b)) * coldShare
    let coldExergy = drawn * (ambient / store - 1)
    // Exergy that the drawn cold took out of the gas on its way, at the gas's own temperatures.
    let gone =
      coldShare
      * (vaporisation * (ambient / b - 1)
        + heatCapacity * (ambient * log((store - pinch) / b) - (store - pinch - b)))
    return Yield(
      exergy: exergy / 3600, cold: drawn / 3600, coldExergy: coldExergy / 3600,
      power: max(0, exergy - gone) * exergyEfficiency / 3600)
  }
}

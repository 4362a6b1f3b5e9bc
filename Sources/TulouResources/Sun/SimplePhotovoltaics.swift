package import TulouDocument

/// Photovoltaic output by the Shenzhen paper's equation (3), with or without the temperature of the cells.
///
/// `P = F Y I / I0 (1 + gamma (Tc - 25 degC))`: derating F [-], rated power Y [kW], irradiance on the array I [kW/m2],
/// I0 = 1 kW/m2, `Tc = Ta + (NOCT - 20 degC) I / (0.8 kW/m2)`.
/// - Source: Zhang et al. 2016, Sustainability 8(5), 452, equation (3); HOMER manual, "PV array power output"; cell temperature
///   by R. G. Ross 1976, "Interface design considerations for terrestrial solar cell modules", 12th IEEE PVSC, 801-806.
package struct SimplePhotovoltaics: Sendable, Equatable {
  /// Irradiance at which rated power is stated I0 [kW/m2].
  package static let ratedIrradiance = 1.0
  /// Derating factor F [-]: soiling, wiring, mismatch, inverter; without a temperature coefficient the cells' warmth too.
  package var derating: Double
  /// Change of power with cell temperature gamma [1/K]; zero: temperature does not count.
  package var temperatureCoefficient: Double
  /// Cell temperature NOCT at 0.8 kW/m2, 20 degC and 1 m/s [degC].
  package var nominalCellCelsius: Double

  /// A field with derating factor, 0 ... 1.
  package init(derating: Double, temperatureCoefficient: Double = 0, nominalCellCelsius: Double = 45) {
    self.derating = derating
    self.temperatureCoefficient = temperatureCoefficient
    self.nominalCellCelsius = nominalCellCelsius
  }

  /// Output per kW of rated power [-], `count == irradiance.count`.
  ///
  /// - Parameters:
  ///   - irradiance: On the array [kW/m2].
  ///   - airTemperature: Of every step [degC]; needed with a temperature coefficient.
  package func series(irradiance: [Double], airTemperature: [Double] = []) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(derating, in: 0...1, "derating factor", "", &found)
    check(temperatureCoefficient, in: -0.02...0.02, "temperature coefficient", "1/K", &found)
    check(nominalCellCelsius, in: 20...80, "nominal cell temperature", "degC", &found)
    if let t = irradiance.firstIndex(where: { !($0 >= 0 && $0 <= 2) }) {
      found.append(
        Diagnostic(
          .error, "The irradiance of step \(t + 1) is \(irradiance[t]) kW/m2, but must lie between 0 and 2 kW/m2."))
    }
    if temperatureCoefficient != 0, airTemperature.count != irradiance.count {
      found.append(Diagnostic(.error, "A temperature coefficient needs the air temperature of every step."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let factor = derating / Self.ratedIrradiance
    guard temperatureCoefficient != 0 else { return irradiance.map { $0 * factor } }
    return irradiance.indices.map { t in
      let cell = airTemperature[t] + (nominalCellCelsius - 20) * irradiance[t] / 0.8
      return irradiance[t] * factor * max(0, 1 + temperatureCoefficient * (cell - 25))
    }
  }
}

public import TulouQuantities

/// Photovoltaic output by the Shenzhen paper's equation (3), without temperature.
///
/// `P = F Y I / I0`: derating F [-], rated power Y [kW], irradiance on the array I [kW/m2], I0 = 1 kW/m2.
/// - Source: Zhang et al. 2016, Sustainability 8(5), 452, equation (3); HOMER manual, "PV array power output".
public struct SimplePhotovoltaics: Sendable, Equatable {
  /// Irradiance at which rated power is stated I0 [kW/m2].
  public static let ratedIrradiance = 1.0
  /// Derating factor F [-]: soiling, wiring, mismatch, temperature, inverter.
  public var derating: Double

  /// A field with derating factor, 0 ... 1.
  public init(derating: Double) { self.derating = derating }

  /// Output per kW of rated power [-], `count == irradiance.count`; irradiance on the array [kW/m2].
  public func series(irradiance: [Double]) throws(ProjectFault) -> [Double] {
    var found: [Diagnostic] = []
    check(derating, in: 0...1, "derating factor", "", &found)
    if let t = irradiance.firstIndex(where: { !($0 >= 0 && $0 <= 2) }) {
      found.append(
        Diagnostic(
          .error, "The irradiance of step \(t + 1) is \(irradiance[t]) kW/m2, but must lie between 0 and 2 kW/m2."))
    }
    if !found.isEmpty { throw ProjectFault(found) }
    let factor = derating / Self.ratedIrradiance
    return irradiance.map { $0 * factor }
  }
}

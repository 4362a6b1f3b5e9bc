package import TulouProject
import TulouQuantities

/// An energy of fuel in the unit in which the fuel is bought: litres of what is liquid, cubic metres of gases, kilograms and tonnes.
package struct FuelAmount: Sendable, Equatable {
  /// Amount in `unit`.
  package var value: Double
  /// `L`, `m3` or `kg`.
  package var unit: String

  /// Nil where the carrier has no heating value, so that nobody knows the amount.
  ///
  /// - Parameter energy: By the lower heating value, as the whole project counts it [kWh].
  package init?(_ energy: Double, of carrier: Carrier?) {
    guard let carrier, let heating = carrier.heatingValue, heating > 0 else { return nil }
    let amount = energy / heating
    guard carrier.heatingValueUnit == "m3" else {
      (value, unit) = (amount, "kg")
      return
    }
    // No gas at the pressure in which it is metered holds so much, and no liquid fuel so little.
    let isLiquid = heating >= 1000
    (value, unit) = isLiquid ? (amount * 1000, "L") : (amount, "m3")
  }

  /// `12,340 litres`, `5.2 t`, `18,400 m³`.
  package var text: String { Scale.text(value, unit) }
}

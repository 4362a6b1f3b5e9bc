/// Flow and volume that a pumped storage needs.
///
/// From `P = eta rho g h Q / 1000`: `Q = 1000 P / (eta rho g h)` and `V = 3600 Q T`.
///
/// - Source: equation (6) and section 3.5 of Zhang et al. 2016, Sustainability 8, 452 (R47).
package struct ReservoirNeed: Sendable, Equatable {
  /// Component.
  package var id: String
  /// Turbine power P [kW].
  package var power: Double
  /// Net head h [m].
  package var head: Double
  /// Flow at full power Q [m3/s].
  package var flow: Double
  /// Volume for `hours` of full flow V [m3].
  package var volume: Double
  /// Hours of full flow T [h].
  package var hours: Double

  /// Density of water [kg/m3].
  package static let waterDensity = 1000.0
  /// Acceleration of gravity as the source rounds it [m/s2].
  package static let gravity = 9.81

  /// The need of a content without turbines of a size: a volume, no flow.
  ///
  /// - Parameters:
  ///   - id: Component.
  ///   - content: Energy of the water [kWh].
  ///   - head: Net head h [m], above 0.
  package init(id: String, content: Double, head: Double) {
    precondition(head > 0, "the head is above 0")
    self.id = id
    self.head = head
    power = 0
    flow = 0
    hours = 0
    volume = content * 3.6e6 / (ReservoirNeed.waterDensity * ReservoirNeed.gravity * head)
  }

  /// The need of a storage.
  ///
  /// - Parameters:
  ///   - id: Component.
  ///   - power: Turbine power P [kW].
  ///   - efficiency: Turbine efficiency eta [-], above 0.
  ///   - head: Net head h [m], above 0.
  ///   - hours: Hours of full flow T [h].
  package init(id: String = "", power: Double, efficiency: Double, head: Double, hours: Double) {
    precondition(efficiency > 0 && head > 0, "efficiency and head are above 0")
    self.id = id
    self.power = power
    self.head = head
    self.hours = hours
    flow = 1000 * power / (efficiency * ReservoirNeed.waterDensity * ReservoirNeed.gravity * head)
    volume = flow * 3600 * hours
  }
}

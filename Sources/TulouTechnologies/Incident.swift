/// What nature brings before a device: light on its plane, or wind through its rotor.
///
/// What leaves the device is `SourceBlock.supply`; this is what an exergy account of `basis: radiation` counts instead.
package struct Incident: Sendable, Equatable {
  /// What it is.
  package enum Kind: Sendable, Equatable {
    /// Irradiation.
    case light
    /// Kinetic energy of the wind.
    case wind
  }
  /// What it is.
  package var kind: Kind
  /// Power on a square metre of plane, aperture or rotor, one value a step [kW/m2].
  package var power: [Double]
  /// Area of a unit of the first size [m2]; nil: nobody states it.
  package var areaPerUnit: Double?
  /// What nature brings.
  package init(_ kind: Kind, power: [Double], areaPerUnit: Double?) {
    self.kind = kind
    self.power = power
    self.areaPerUnit = areaPerUnit
  }
}
